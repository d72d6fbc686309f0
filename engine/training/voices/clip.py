"""What a voice gives back: sound, and when each word of it sounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ

_HOP = SAMPLE_RATE_HZ // 200


@dataclass(frozen=True)
class Word:
    """One spoken word and the stretch of its clip that it fills, in seconds.

    phonemes_s: where its second phoneme and those after it start, if that is known.
    """

    text: str
    start_s: float
    end_s: float
    phonemes_s: tuple[float, ...] = ()


@dataclass(frozen=True)
class Clip:
    """Speech with its words. audio: (n,) float32 in [-1, 1], 16 kHz mono."""

    audio: np.ndarray
    words: tuple[Word, ...]
    voice: str

    @property
    def seconds(self) -> float:
        return len(self.audio) / SAMPLE_RATE_HZ

    def louder(self, factor: float) -> Clip:
        return replace(self, audio=np.float32(factor) * self.audio)


class Voice(Protocol):
    """A speaker. The same arguments give the same clip, whatever was said before."""

    @property
    def name(self) -> str: ...

    @property
    def family(self) -> str: ...

    def say(self, text: str, *, speed: float = 1.0, pitch: float = 1.0) -> Clip:
        """Speak `text`. speed, pitch: factors, 1 is the voice's own.

        Raises ValueError when `text` holds no word, VoiceError when the synthesiser fails.
        """
        ...


class VoiceError(RuntimeError):
    """A synthesiser is missing or did not do what was asked."""


def envelope(audio: np.ndarray) -> np.ndarray:
    """Root mean square of every 5 ms: (n,) -> (n // 80,) float32."""
    frames = audio[: len(audio) // _HOP * _HOP].reshape(-1, _HOP)
    level: np.ndarray = np.sqrt((frames**2).mean(1))
    return level
