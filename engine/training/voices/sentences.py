"""Text with several sentences, for synthesisers that speak one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import soxr

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.voices.clip import Clip, VoiceError, Word
from engine.training.voices.prompt import ENDS, Token, tokens
from engine.training.voices.timing import Timing, timed_words


@dataclass(frozen=True)
class Utterance:
    """One sentence as synthesised. samples: (n,) int16 at rate_hz, in which the timing holds."""

    samples: np.ndarray
    rate_hz: int
    timing: Timing


Synthesise = Callable[[str, float], Utterance]


def spoken(text: str, name: str, speed: float, pitch: float, synthesise: Synthesise) -> Clip:
    """Speak `text` with `synthesise(sentence, stretch)`, stretch being a factor on durations.

    Pitch is turned by resampling, so the throat shrinks with it; the tempo is as asked.
    """
    audio: list[np.ndarray] = []
    words: list[Word] = []
    for sentence in sentences(tokens(text)):
        before_s = sum(len(part) for part in audio) / SAMPLE_RATE_HZ
        utterance = synthesise(_written(sentence), pitch / speed)
        if len(utterance.timing.starts_s) != len(sentence):
            found = len(utterance.timing.starts_s)
            raise VoiceError(f"{name} made {found} words of the {len(sentence)} it was given")
        wave = utterance.samples / np.float32(32768)
        wave = soxr.resample(wave, utterance.rate_hz * pitch, SAMPLE_RATE_HZ)
        texts, timing = [token.word for token in sentence], utterance.timing.scaled(1 / pitch)
        words += timed_words(wave, texts, timing, before_s)
        audio.append(wave)
    return Clip(np.clip(np.concatenate(audio), -1, 1).astype(np.float32), tuple(words), name)


def sentences(said: Sequence[Token]) -> list[list[Token]]:
    """Cut after every token whose mark ends a sentence."""
    cut: list[list[Token]] = [[]]
    for token in said:
        cut[-1].append(token)
        if token.mark and token.mark in ENDS:
            cut.append([])
    return [sentence for sentence in cut if sentence]


def _written(sentence: Sequence[Token]) -> str:
    """The letter a is written "ay" for dictionaries that take "a" for the article."""
    return " ".join(("ay" if t.letter and t.word == "a" else t.word) + t.mark for t in sentence)
