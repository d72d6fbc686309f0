"""Sound laid on a floor of noise that never ends, in whole micro-turns.

A recording that falls to digital zero after the user's turn flatters whatever waits for silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.training.scenes.stage import Span
from engine.training.voices.clip import Clip

FLOOR_DBFS = -62.0


@dataclass
class Timeline:
    """What a microphone picks up, written from left to right. `now`: stream seconds."""

    now: float = 0.5
    parts: list[tuple[float, np.ndarray]] = field(default_factory=list)

    def say(self, clip: Clip, gain: float = 1.0) -> Span:
        """A clip begins now; the clock moves to the end of its last word."""
        start = self.now
        self.parts.append((start, gain * clip.audio))
        words = tuple((w.text, start + w.start_s, start + w.end_s) for w in clip.words)
        self.now = words[-1][2]
        return Span(words[0][1], words[-1][2], words)

    def play(self, audio: np.ndarray) -> None:
        """A sound begins now; the clock moves to its end."""
        self.parts.append((self.now, audio))
        self.now += len(audio) / SAMPLE_RATE_HZ

    def wave(self, seconds: float, rng: np.random.Generator) -> np.ndarray:
        """(3200 * turns,) float32, at least `seconds` long, on its floor."""
        turns = int(np.ceil(seconds * SAMPLE_RATE_HZ / TURN_SAMPLES - 1e-6))
        wave = rng.standard_normal(turns * TURN_SAMPLES, np.float32)
        wave *= np.float32(10 ** (FLOOR_DBFS / 20))
        for start_s, audio in self.parts:
            first = round(start_s * SAMPLE_RATE_HZ)
            part = audio[: max(0, len(wave) - first)]
            wave[first : first + len(part)] += part
        return np.clip(wave, -1.0, 1.0, out=wave)  # in place: hours of it are half a gigabyte


def recorded(audio: np.ndarray) -> Timeline:
    """A finished recording from the first micro-turn on."""
    line = Timeline(0.0)
    line.play(audio)
    return line
