"""`heard` on recordings of held-out people, by set, beside pocketsphinx on the same clips.

Some sets are also taken together: four that hold whole sentences and wake words of many speakers.
Beside the people stand held-out synthetic voices (hear_voices.py), in no figure of the people.
Each clip is brought to one level, put on a noise floor with half a second before and a second
after it, and streamed through a fresh session; the recogniser gets the same wave, whole.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from engine.evaluation import bootstrap, hear_voices, sphinx
from engine.evaluation.figures import RECORDED, SYNTHESISED, WHOLE, Figure, figure, lags
from engine.evaluation.play import Stimulus, play
from engine.evaluation.results import OURS
from engine.evaluation.skills import generator
from engine.evaluation.suite import one_processor
from engine.evaluation.word_errors import hits, word_errors
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES, Engine
from engine.runtime import load
from engine.training import people
from engine.training.people import Recording
from engine.training.scenes.stage import plain

LEVEL_RMS = 0.06
FLOOR_DBFS = -65.0
LEAD_S, TAIL_S = 0.5, 1.0
POOL = ("pv_intent", "wuw2", "asterisk", "precise")
POOLED = "+".join(POOL)
# Sets of few speakers, who are in both splits: another recording, the same voice.
SAME_SPEAKERS = ("asterisk", "gcompris", "custom_kw", "precise", "ljspeech")
ABOVE = f"above_{sphinx.NAME}"
CAVEAT = (
    "Some of these texts and word times were made or filtered with pocketsphinx, which flatters "
    "it on those clips."
)


@dataclass(frozen=True)
class Heard:
    """One clip: what was said, what both wrote, and how late our right words were."""

    recording: Recording
    said: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    lags_s: tuple[float, ...]


def clips(speech: Path, limit: int | None, seed: int) -> list[Recording]:
    """Held-out recordings whose text is known; at most `limit` of each set, drawn by `seed`.

    Raises MediaDirectoryError.
    """
    by_set: dict[str, list[Recording]] = defaultdict(list)
    for recording in people.load(speech, "heldout"):
        if recording.text_norm and plain(recording.text_norm):
            by_set[recording.set].append(recording)
    chosen = []
    for name, recordings in sorted(by_set.items()):
        order = generator(seed, name, 0, 3).permutation(len(recordings))[:limit]
        chosen += [recordings[index] for index in sorted(order)]
    return chosen


def wave(recording: Recording, rng: np.random.Generator) -> np.ndarray:
    """The clip as both systems get it: (3200 * turns,) float32."""
    audio = recording.audio()
    audio = audio * np.float32(LEVEL_RMS / (np.sqrt(np.mean(audio**2)) + 1e-6))
    first = round(LEAD_S * SAMPLE_RATE_HZ)
    turns = -(-(first + len(audio) + round(TAIL_S * SAMPLE_RATE_HZ)) // TURN_SAMPLES)
    whole = rng.standard_normal(turns * TURN_SAMPLES, np.float32) * 10 ** (FLOOR_DBFS / 20)
    whole[first : first + len(audio)] += audio
    return np.asarray(np.clip(whole, -1, 1), np.float32)


def key(recording: Recording) -> str:
    return f"{recording.set}/{recording.path.name}"


@dataclass(frozen=True)
class Setting:
    """model: a checkpoint, None for the shipped one. theirs: what pocketsphinx is known to have
    made of clips, by `key`, from an earlier run with the same seed."""

    model: Path | None = None
    seed: int = 0
    theirs: Mapping[str, str] = field(default_factory=dict)


class Ears:
    """Both systems, loaded once."""

    def __init__(self, setting: Setting, engine: Engine | None = None) -> None:
        self._engine, self._setting = engine or load(setting.model), setting
        self._sphinx = sphinx.Sphinx()

    def hear(self, recording: Recording) -> Heard:
        seed = self._setting.seed
        sound = wave(recording, generator(seed, key(recording), 0, 4))
        take = play(self._engine.session(seed), Stimulus(sound))
        said = tuple(plain(recording.text_norm or "").split())
        ours = tuple(word.text for word in take.heard)
        ends = [LEAD_S + word.end_s for word in recording.words or ()]
        timed = len(ends) == len(said)
        late = [take.heard[j].time_s - ends[i] for i, j in hits(said, ours)] if timed else []
        return Heard(recording, said, ours, self._theirs(recording, sound), tuple(late))

    def _theirs(self, recording: Recording, sound: np.ndarray) -> tuple[str, ...]:
        known = self._setting.theirs.get(key(recording))
        return tuple(self._sphinx.words(sound) if known is None else known.split())


def run(
    setting: Setting, recordings: Sequence[Recording], jobs: int, watch: Callable[[], None]
) -> list[Heard]:
    """Raises CheckpointError and MediaDirectoryError."""
    found = []
    for heard in _heard(setting, recordings, jobs):
        found.append(heard)
        watch()
    return found


def _heard(setting: Setting, recordings: Sequence[Recording], jobs: int) -> Iterator[Heard]:
    if jobs <= 1:
        with one_processor():
            ears = Ears(setting)
        yield from map(ears.hear, recordings)
        return
    load(setting.model)  # what is wrong with a checkpoint is told here, not by a broken pool
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _enter, (setting,)) as pool:
        yield from pool.map(_in_process, recordings, chunksize=4)


_ears: list[Ears] = []  # one in each process of the pool, put there by `_enter`


def _enter(setting: Setting) -> None:
    with one_processor():
        _ears.append(Ears(setting))


def _in_process(recording: Recording) -> Heard:
    return _ears[0].hear(recording)


def figures(heard: Sequence[Heard]) -> list[Figure]:
    """Word errors by set, of the pool and of all people, for both systems; lags of our words."""
    names = list(dict.fromkeys(one.recording.set for one in heard))
    people = [one for one in heard if one.recording.set != hear_voices.SET]
    pool = [one for one in people if one.recording.set in POOL]
    found = []
    for name in names:
        found += _of(name, [one for one in heard if one.recording.set == name])
    for name, several in ((POOLED, pool), (WHOLE, people)):
        if len({one.recording.set for one in several}) > 1:
            found += _of(name, several)
    return found


def _of(name: str, heard: Sequence[Heard]) -> list[Figure]:
    words = [len(one.said) for one in heard]
    systems = {
        OURS: [word_errors(one.said, one.ours).errors for one in heard],
        sphinx.NAME: [word_errors(one.said, one.theirs).errors for one in heard],
    }
    about = _about(heard)
    found = [
        figure("hear", name, system, "heard_word_errors", "words",
               bootstrap.ratio(errors, words), **about)
        for system, errors in systems.items()
    ]  # fmt: skip
    above = [ours - theirs for ours, theirs in zip(*systems.values(), strict=True)]
    found.append(figure("hear", name, OURS, ABOVE, "words", bootstrap.ratio(above, words), **about))
    return found + lags("hear", name, [s for one in heard for s in one.lags_s])


def _about(heard: Sequence[Heard]) -> dict[str, Any]:
    """What stands beside the figures: how many clips, and whose word times."""
    if all(one.recording.set == hear_voices.SET for one in heard):
        return {"clips": len(heard), "word_times": SYNTHESISED}
    sets = sorted({one.recording.set for one in heard})
    return {"clips": len(heard), "word_times": RECORDED, "caveat": CAVEAT, "sets": sets}


def record(one: Heard, seed: int) -> dict[str, Any]:
    return {
        "clip": key(one.recording),
        "seed": seed,
        "truth": " ".join(one.said),
        OURS: " ".join(one.ours),
        sphinx.NAME: " ".join(one.theirs),
    }


def known(path: Path, seed: int) -> dict[str, str]:
    """What the peer made of clips according to the records of an earlier run; it is slow, and
    its answers do not depend on our model. Raises OSError and ValueError."""
    if not path.is_file():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["clip"]: row[sphinx.NAME] for row in rows if row["seed"] == seed}
