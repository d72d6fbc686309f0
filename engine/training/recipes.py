"""Recipes: which model, which scenes in which proportion, for how long.

`nano` is what ships. Its scenes are weighed by how hard they are to learn, not by how often
people ask for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from engine.model.config import ModelConfig
from engine.signal.mel import log_mel, wave_mel
from engine.training import people
from engine.training.cast import SyntheticCast
from engine.training.generate import Write, records
from engine.training.microphone import Noises
from engine.training.recipe import Recipe
from engine.training.render import Record, pack
from engine.training.scenes.basics import SCENES, read
from engine.training.scenes.dialogue import DIALOGUE_PEOPLE_SCENES, DIALOGUE_SCENES, QUIET_SCENES
from engine.training.scenes.interject import INTERJECT_SCENES
from engine.training.scenes.people import PEOPLE_SCENES, Crowd, WritePeople
from engine.training.scenes.practice import PRACTICE_SCENES
from engine.training.scenes.recall import KEPT_SCENES, RECALL_SCENES
from engine.training.scenes.sight import SIGHT_SCENES
from engine.training.scenes.stage import plain
from engine.training.scenes.together import TOGETHER_SCENES
from engine.training.scenes.tools import TOOL_PEOPLE_SCENES, TOOL_SCENES
from engine.training.vocoder.sentences import loose
from engine.training.vocoder.sentences import sentences as made_up
from engine.training.voices.roster import own_voice, roster

BABBLE, READ = 80, 3000


@dataclass(frozen=True)
class Plan:
    """A whole recipe. hours: stream time to render. weights: by scene name. eyes_min: minutes, and
    none of the recipe's, in which what sees learns by itself (`eyes.py`), before all else.

    resident: the whole bank lies in the memory of the device that trains, and is heard there.
    """

    config: ModelConfig
    recipe: Recipe
    hours: float
    weights: dict[str, float] = field(default_factory=dict)
    resident: bool = False
    eyes_min: float = 0.0


TALK_SCENES = (
    INTERJECT_SCENES | DIALOGUE_SCENES | QUIET_SCENES | TOGETHER_SCENES | RECALL_SCENES
    | KEPT_SCENES | PRACTICE_SCENES
)  # fmt: skip
PEOPLE = PEOPLE_SCENES | TOOL_PEOPLE_SCENES | DIALOGUE_PEOPLE_SCENES
WEIGHTS = {
    "arithmetic": 2.4, "hesitation": 2.4, "greeting": 2.2, "name": 1.4, "repeat": 2.2,
    "spell": 3.0, "count": 0.4, "every": 3.4, "later": 3.8, "duration": 3.4, "cue": 3.4,
    "stop": 1.4, "nod": 0.7, "overheard": 2.6, "company": 3.4, "nothing": 0.5, "sums": 3.6,
    "echo": 2.2, "overheard_people": 4.4, "cue_people": 2.6, "sums_people": 2.6,
    "repeat_people": 2.0, "duration_people": 1.2, "arithmetic_people": 1.6, "read": 7.0,
    "salad": 4.6, "typed": 3.0, "timer": 1.6, "clock": 1.0, "calculate": 1.8, "open": 1.0,
    "keep": 1.8, "look": 1.0, "delegate": 2.8, "amended": 1.4, "refuse": 2.8,
    "delegate_people": 2.0, "wrong": 1.2, "stopme": 0.6, "contradict": 0.6, "invited": 0.6,
    "listening": 0.5, "listening_people": 0.4, "yields": 0.9, "keeps_on": 0.7, "dropped": 0.6,
    "shadow": 0.5, "along": 0.4, "to_english": 0.6, "to_spanish": 0.5, "switch": 0.5,
    "column": 2.4, "row": 3.2, "gaze": 2.4, "lull": 2.4,
    "moments": 0.8, "took": 0.8, "ago": 0.4, "fact": 1.2,
    "kept": 2.4, "bar": 0.2, "light": 0.2,
    "dialog": 0.2, "build": 0.2, "move": 0.2, "region": 0.2, "somebody": 0.3, "hand": 0.3,
    "stand": 0.3, "reps": 0.3, "wave": 0.2, "slouch": 0.3, "fingers": 0.3,
}  # fmt: skip

# A bank of 400 hours is rendered by 14 processes in about ten minutes, while training goes on.
GPU = Recipe(
    minutes=20, rows=32, length=3072, matrix_lr=0.03, cooldown_share=0.4, average=0.998, glances=64
)  # fmt: skip

# At the full rate the small batches of two cores learn little after half an hour: the noise that is
# left goes with the falling rate, so it falls for more than half of the run.
TWO_CORES = Recipe(minutes=120, rows=1, length=3072, cooldown_share=0.55, glances=16)

# Learns nothing: it shows within a minute that rendering, training and saving work on a machine.
TINY = ModelConfig(
    name="tiny", vocabulary=400, width=64, layers=2, mlp_width=128, heads=2, kv_heads=1,
    flow_width=64, flow_layers=1, letters_layer=1, patch_width=16,
)  # fmt: skip

PLANS = {
    "nano": Plan(ModelConfig(), TWO_CORES, 55.0, WEIGHTS, eyes_min=8.0),
    "nano-gpu": Plan(ModelConfig(), GPU, 400.0, WEIGHTS, resident=True, eyes_min=1.5),
    "tiny": Plan(TINY, Recipe(0.2, rows=2, length=256, glances=4), 0.1, WEIGHTS, resident=True),
}


def source(weights: dict[str, float], speech: Path | None, seed: int) -> Iterator[Record]:
    """Endless training scenes. Without recordings of people, on synthetic voices alone."""
    rng = np.random.default_rng(seed)
    scenes: dict[str, Write] = SCENES | TOOL_SCENES | SIGHT_SCENES | TALK_SCENES
    if speech is not None:
        crowd = Crowd(people.load(speech, "train"))
        played = PEOPLE.keys() - crowd.lacks if crowd.all else set()
        scenes |= {name: _with(crowd, PEOPLE[name]) for name in sorted(played)}
    scenes["read"] = partial(read, texts=to_read(speech, seed))
    voices, own = roster("train"), own_voice()
    weighed = {name: (scenes[name], weight) for name, weight in weights.items() if name in scenes}
    return records(weighed, lambda r: SyntheticCast(voices, own, r), rng)


def to_read(speech: Path | None, seed: int) -> list[str]:
    """Open text for the own voice: made-up sentences, people's, and rows of all kinds of words."""
    made, said = made_up(READ, seed), sentences(texts(speech))
    common = [word for line in (*made, *said) for word in plain(line).split()]
    return [*made, *said, *said, *loose(2 * READ, common, seed)]


def _with(crowd: Crowd, write: WritePeople) -> Write:
    return lambda stage, split: write(stage, split, crowd)


def noise_bank(noise: Path | None, speech: Path | None, seed: int = 0) -> Noises:
    """Recorded noises and babble of the training split, as packed log mel."""
    rng = np.random.default_rng(seed)
    found = people.noises(noise, "train") if noise is not None else []
    mels = tuple(_packed(item.audio()) for item in found)
    if speech is None:
        return Noises(mels)
    talk = people.load(speech, "train")
    chosen = rng.choice(len(talk), min(BABBLE, len(talk)), replace=False)
    return Noises(mels, tuple(_packed(_loud(talk[int(i)])) for i in chosen))


def _loud(recording: people.Recording) -> np.ndarray:
    audio = recording.audio()
    return np.float32(0.06 / (float(np.sqrt(np.mean(audio**2))) + 1e-6)) * audio


def _packed(audio: np.ndarray) -> np.ndarray:
    return pack(log_mel(wave_mel(audio.astype(np.float32))))


def sentences(lines: Iterable[str], longest: int = 14) -> list[str]:
    """Lines of text cut to what is spoken in one breath or two."""
    cut = []
    for line in lines:
        words = line.split()
        parts = [words[i : i + longest] for i in range(0, len(words), longest)]
        cut += [" ".join(part) for part in parts if len(part) > 1]
    return cut


def texts(speech: Path | None) -> Iterator[str]:
    """What people say, for the tokenizer."""
    for recording in people.load(speech, "train") if speech is not None else []:
        if recording.text_norm:
            yield recording.text_norm
