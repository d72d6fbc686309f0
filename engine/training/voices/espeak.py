"""espeak-ng's voices: many accents and timbres, rendered hundreds of times faster than time.

Its events say where every word starts; some pairs ("out of", "in the") are one word to it, and
share their stretch by their letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import soxr

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.voices.clip import Clip
from engine.training.voices.espeak_library import Sound, speak
from engine.training.voices.prompt import ENDS, Token, tokens
from engine.training.voices.timing import Timing, timed_words

RATE_WPM = 170
PITCH = 50
RANGE = 50


@dataclass(frozen=True)
class EspeakVoice:
    """An accent ("en-us"), a variant ("m3", '' for none), and how lively its pitch moves."""

    accent: str
    variant: str = ""
    pitch: int = PITCH
    range: int = RANGE
    family: str = "espeak"

    @property
    def file(self) -> str:
        return f"{self.accent}+{self.variant}" if self.variant else self.accent

    @property
    def name(self) -> str:
        return f"{self.family}/{self.file}/p{self.pitch}r{self.range}"

    def say(self, text: str, *, speed: float = 1.0, pitch: float = 1.0) -> Clip:
        said = tokens(text)
        written, positions = _written(said)
        parameters = {
            "rate": round(np.clip(RATE_WPM * speed, 80, 450)),
            "pitch": round(np.clip(self.pitch + 60 * np.log2(pitch), 0, 99)),
            "range": self.range,
        }
        sound = speak(self.file, written, parameters)
        samples = sound.samples / np.float32(32768)
        audio = np.clip(soxr.resample(samples, sound.rate_hz, SAMPLE_RATE_HZ), -1, 1)
        timing = _timing(said, positions, sound)
        words = timed_words(audio, [token.word for token in said], timing)
        return Clip(audio.astype(np.float32), tuple(words), self.name)


def _written(said: Sequence[Token]) -> tuple[str, list[int]]:
    """The text espeak is given, and where in it each word begins."""
    pieces: list[str] = []
    positions: list[int] = []
    for before, token in zip((None, *said), said, strict=False):
        word = "ay" if token.letter and token.word == "a" else token.word
        # Without a capital after it, a full stop is an abbreviation's to espeak, and no pause.
        starts = before is not None and before.mark in tuple(ENDS)
        positions.append(sum(len(piece) + 1 for piece in pieces))
        pieces.append((word.capitalize() if starts else word) + token.mark)
    return " ".join(pieces), positions


def _timing(said: Sequence[Token], positions: Sequence[int], sound: Sound) -> Timing:
    lengths = [len(token.word) for token in said]
    marks = [(position, sample / sound.rate_hz) for position, sample in sound.marks]
    pauses_s = tuple(sample / sound.rate_hz for sample in sound.pauses)
    seconds = len(sound.samples) / sound.rate_hz
    starts_s = _starts(positions, lengths, marks, (*pauses_s, seconds))
    phonemes_s = tuple(sample / sound.rate_hz for sample in sound.phonemes)
    return Timing(starts_s, pauses_s, phonemes_s=phonemes_s)


def _starts(
    positions: Sequence[int],
    lengths: Sequence[int],
    marks: Sequence[tuple[int, float]],
    pauses_s: Sequence[float],
) -> tuple[float, ...]:
    """Start of every word in seconds, from (text position, time) marks that may miss some."""
    known: list[tuple[int, float]] = []
    for index, (position, length) in enumerate(zip(positions, lengths, strict=True)):
        times = [time for mark, time in marks if position <= mark < position + length]
        if times or index == 0:
            known.append((index, min(times, default=0.0)))
    starts: list[float] = []
    for (first, begin), (after, next_s) in pairwise([*known, (len(lengths), max(pauses_s))]):
        end = min([next_s, *(pause for pause in pauses_s if pause > begin)])
        shares = np.cumsum([0, *lengths[first:after]]) / sum(lengths[first:after])
        starts += [begin + float(share) * max(0.0, end - begin) for share in shares[:-1]]
    return tuple(float(start) for start in np.maximum.accumulate(starts))
