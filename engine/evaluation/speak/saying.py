"""A voice one understands: the model's speech, judged by a recogniser beside its teacher's.

Every sentence is spoken by the teacher, by the teacher through our vocoder, by the model with
the text forced upon it, and by the model reading it of its own accord; noise and babble of the
same length show that the judge does not guess.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.evaluation.skills import generator
from engine.evaluation.speak import session
from engine.evaluation.speak.joints import gaps
from engine.evaluation.speak.judge import Judge, babble, noise
from engine.evaluation.speak.texts import Sentence, tuning
from engine.evaluation.suite import one_processor
from engine.evaluation.vocoder import through
from engine.evaluation.word_errors import word_errors
from engine.microturn import SAMPLE_RATE_HZ
from engine.runtime import load
from engine.runtime.loading import shipped
from engine.signal.mel import HOP
from engine.signal.vocoder import LATENCY_FRAMES, Vocoder, vocoder_weights
from engine.training.cast import own_clip
from engine.training.voices.roster import own_voice, roster

TEACHER, VOCODED, FORCED, READING = "teacher", "teacher, our vocoder", "forced", "reading"
NOISE, BABBLE = "noise", "babble"
SPEAKING = (TEACHER, VOCODED, FORCED, READING)
SYSTEMS = (*SPEAKING, NOISE, BABBLE)
BABBLED = 200


@dataclass(frozen=True)
class Setting:
    """model: a checkpoint, None for the shipped one. temperature: None for the model's own."""

    model: Path | None = None
    seed: int = 0
    temperature: float | None = None
    systems: tuple[str, ...] = SYSTEMS


@dataclass(frozen=True)
class Take:
    """One sentence by one system. gaps: words with silence in them, where words have times."""

    wave: np.ndarray
    understood: tuple[str, ...]
    errors: int
    say: tuple[str, ...] = ()
    gaps: int | None = None


@dataclass(frozen=True)
class Reading:
    """One sentence and every system's take of it."""

    sentence: Sentence
    takes: dict[str, Take]


class Booth:
    """Everything that is needed to have sentences spoken and judged, loaded once."""

    def __init__(self, setting: Setting) -> None:
        """Raises CheckpointError."""
        self._setting, self._engine, self._judge = setting, load(setting.model), Judge()
        weights = vocoder_weights((setting.model or shipped()) / "model.safetensors")
        self._vocoder = Vocoder(weights)
        self._teacher, self._others = own_voice(), roster("heldout")
        self._babbled = tuning(BABBLED) if BABBLE in setting.systems else []

    def read(self, sentence: Sentence) -> Reading:
        takes = {name: self._take(name, sentence) for name in self._setting.systems}
        return Reading(sentence, takes)

    def _take(self, system: str, sentence: Sentence) -> Take:
        clip = own_clip(self._teacher, sentence.text)
        spoken = self._spoken(system, sentence)
        understood = tuple(self._judge.words(spoken.wave))
        errors = word_errors(sentence.words, understood).errors
        late_s = LATENCY_FRAMES * HOP / SAMPLE_RATE_HZ if system == FORCED else 0.0
        timed = system in (TEACHER, VOCODED, FORCED)
        found = gaps(spoken.wave, clip.words, late_s) if timed else None
        return Take(spoken.wave, understood, errors, spoken.say, found)

    def _spoken(self, system: str, sentence: Sentence) -> session.Spoken:
        clip, setting = own_clip(self._teacher, sentence.text), self._setting
        rng = generator(setting.seed, sentence.text, 0, 5)
        if system == FORCED:
            return session.forced(self._engine, clip, setting.seed, setting.temperature)
        if system == READING:
            return session.reading(
                self._engine, sentence.text, clip, setting.seed, setting.temperature
            )
        if system == VOCODED:
            return session.Spoken(through(self._vocoder, clip.audio, lambda frames: frames))
        if system == NOISE:
            return session.Spoken(noise(len(clip.audio), rng))
        if system == BABBLE:
            return session.Spoken(babble(len(clip.audio), self._others, self._babbled, rng))
        return session.Spoken(clip.audio)


def run(
    setting: Setting, sentences: Sequence[Sentence], jobs: int, watch: Callable[[], None]
) -> list[Reading]:
    """Readings in the order of the sentences. Raises CheckpointError, VoiceError."""
    found = []
    for reading in _read(setting, sentences, jobs):
        found.append(reading)
        watch()
    return found


def _read(setting: Setting, sentences: Sequence[Sentence], jobs: int) -> Iterator[Reading]:
    if jobs <= 1:
        yield from map(Booth(setting).read, sentences)
        return
    load(setting.model)  # what is wrong with a checkpoint is told here, not by a broken pool
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _enter, (setting,)) as pool:
        yield from pool.map(_in_process, sentences)


_booths: list[Booth] = []  # one in each process of the pool, put there by `_enter`


def _enter(setting: Setting) -> None:
    with one_processor():
        _booths.append(Booth(setting))


def _in_process(sentence: Sentence) -> Reading:
    return _booths[0].read(sentence)


def record(reading: Reading) -> dict[str, Any]:
    """What was understood of one sentence, by system; of the reading, what it wrote it said."""
    understood = {name: " ".join(take.understood) for name, take in reading.takes.items()}
    said = reading.takes[READING].say if READING in reading.takes else ()
    return {
        "kind": reading.sentence.kind,
        "truth": " ".join(reading.sentence.words),
        "understood": understood,
        "say": " ".join(said),
    }
