"""What the voice is asked to say: a hundred judged sentences, and others to tune it by.

Half of the judged ones are what the model says in held-out scenes, drawn once and kept in
judged.txt, so that scenes may change and the judgement does not; the other half is open text that
was written for this judgement alone and stands in no training text. known.txt, drawn and kept
likewise, is what the judge knows of scenes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np

from engine.evaluation.skills import generator
from engine.microturn import SAMPLE_RATE_HZ
from engine.training.scenes.basics import SCENES
from engine.training.scenes.stage import Stage, plain
from engine.training.voices.clip import Clip, Word
from engine.training.voices.prompt import words

SCENE, OPEN = "scenes", "open text"
TUNING_SEED = 4_108
JUDGED, KNOWN = (Path(__file__).with_name(f"{name}.txt") for name in ("judged", "known"))
_MUTE_WORD_S = 0.4

OPEN_TEXT = (
    "the train leaves from the second platform",
    "someone left a wet umbrella near the stairs",
    "your package should arrive before the weekend",
    "we planted tall sunflowers along the wall",
    "the meeting has moved to half past nine",
    "please close the gate when you leave",
    "my neighbor plays the drums every night",
    "the soup needs a little more time",
    "there are three new messages from work",
    "the battery is almost empty again",
    "a heavy truck blocked the narrow lane",
    "nobody remembered to feed the parrot",
    "the library opens early during the holidays",
    "she painted the fence a bright color",
    "your printer has run out of ink",
    "the children built a fort with blankets",
    "turn left after the old bakery",
    "the lights went out during dinner",
    "i found your glasses under the sofa",
    "the recipe calls for two large eggs",
    "he fixed the bicycle in ten minutes",
    "the weather should clear up by noon",
    "our flight was delayed because of fog",
    "keep the medicine away from the heat",
    "a small boat drifted toward the shore",
    "the phone rang while we were sleeping",
    "this jacket is too thin for winter",
    "they sold the farm to a young couple",
    "the dentist can see you on thursday",
    "write your address on the envelope",
    "the bus driver waited for the old man",
    "we walked home through the quiet park",
    "the file was saved on your desktop",
    "put the heavy boxes against the door",
    "the museum is free for students today",
    "her brother works at the hospital",
    "the kettle is boiling in the kitchen",
    "you have an appointment in one hour",
    "the road is closed because of the flood",
    "a stranger asked me for directions",
    "the baby finally fell asleep",
    "we need more chairs for the guests",
    "the password must have eight letters",
    "they watched the stars from the roof",
    "his letter arrived after three weeks",
    "the last page of the book is missing",
    "take the stairs because the lift is broken",
    "the market sells fresh fish in the morning",
    "i cannot open the second window",
    "the dog barked at the mail carrier",
)


@dataclass(frozen=True)
class Sentence:
    """text: with the marks that the teacher reads by. kind: SCENE or OPEN."""

    text: str
    kind: str

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(plain(self.text).split())


def judged(each: int = 50) -> list[Sentence]:
    """At most 50 of each kind. The same ones whatever the model, the seed, and today's scenes."""
    return [
        *(Sentence(text, SCENE) for text in kept(JUDGED)[:each]),
        *(Sentence(text, OPEN) for text in OPEN_TEXT[:each]),
    ]


def kept(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def tuning(size: int) -> list[Sentence]:
    """What the model says in training scenes, without what is judged."""
    barred = frozenset(plain(sentence.text) for sentence in judged())
    return [Sentence(t, SCENE) for t in spoken_in_scenes(size, "train", TUNING_SEED, barred)]


def spoken_in_scenes(
    size: int, split: str, seed: int, barred: frozenset[str] = frozenset()
) -> list[str]:
    """Different texts that the model is to say in scenes, drawn from every skill in turn."""
    found: dict[str, str] = {}
    for text in _said(split, seed):
        if len(found) == size:
            break
        if plain(text) not in barred:
            found.setdefault(plain(text), text)
    return list(found.values())


def _said(split: str, seed: int) -> Iterator[str]:
    for index in count():
        for skill, write in SCENES.items():
            cast = _MuteCast()
            stage = Stage(skill, cast, generator(seed, skill, index, 0))
            write(stage, split)
            if cast.said:
                yield cast.said[int(stage.rng.integers(len(cast.said)))]


class _MuteCast:
    """Plays a scene without a sound, so that its texts can be had at once."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def user(self, text: str) -> Clip:
        return _mute(text)

    def other(self, text: str) -> Clip:
        return _mute(text)

    def own(self, text: str) -> Clip:
        self.said.append(text)
        return _mute(text)


def _mute(text: str) -> Clip:
    """As long as speech would be, with silence for sound."""
    said = words(text)
    timed = tuple(
        Word(word, i * _MUTE_WORD_S, (i + 1) * _MUTE_WORD_S) for i, word in enumerate(said)
    )
    samples = round(len(said) * _MUTE_WORD_S * SAMPLE_RATE_HZ)
    return Clip(np.zeros(samples, np.float32), timed, "mute")
