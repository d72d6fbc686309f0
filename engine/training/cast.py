"""Who plays in a scene: one user, somebody else, and the own voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.voices.clip import Clip, Voice, Word

LEAD_S = 0.02
TRAIL_S = 0.06
_SILENT = 0.004


class SyntheticCast:
    """Synthetic voices, one for the user of a scene and another for everybody else."""

    def __init__(self, voices: Sequence[Voice], own: Voice, rng: np.random.Generator) -> None:
        self._own = own
        first, second = rng.integers(0, len(voices), 2)
        self._user, self._other = voices[int(first)], voices[int(second)]
        self._speed, self._pitch = float(rng.uniform(0.8, 1.25)), float(rng.uniform(0.85, 1.2))

    def user(self, text: str) -> Clip:
        return trimmed(self._user.say(text, speed=self._speed, pitch=self._pitch))

    def other(self, text: str) -> Clip:
        return trimmed(self._other.say(text))

    def own(self, text: str) -> Clip:
        return own_clip(self._own, text)


def own_clip(voice: Voice, text: str) -> Clip:
    """The own voice's rendering, cached: answers repeat."""
    return _rendered(voice, text)  # type: ignore[arg-type]  # every voice is a frozen dataclass


@lru_cache(maxsize=4096)
def _rendered(voice: Voice, text: str) -> Clip:
    return trimmed(voice.say(text))


def trimmed(clip: Clip) -> Clip:
    """Cut the silence before and after the sound; word times move with it."""
    loud = np.flatnonzero(np.abs(clip.audio) > _SILENT * max(1e-6, float(np.abs(clip.audio).max())))
    if not len(loud):
        return clip
    first = max(0, int(loud[0]) - round(LEAD_S * SAMPLE_RATE_HZ))
    last = min(len(clip.audio), int(loud[-1]) + round(TRAIL_S * SAMPLE_RATE_HZ))
    shift, end = first / SAMPLE_RATE_HZ, (last - first) / SAMPLE_RATE_HZ

    def moved(time_s: float) -> float:
        return min(end, max(0.0, time_s - shift))

    words = tuple(
        Word(w.text, moved(w.start_s), moved(w.end_s), tuple(map(moved, w.phonemes_s)))
        for w in clip.words
    )
    return replace(clip, audio=clip.audio[first:last], words=words)
