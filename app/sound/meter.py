"""How loud the captured sound is now: the signal itself, never the state of a switch."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

FLOOR_DB = -60.0
FALL_DB_PER_S = 40.0
STILL = 0.15


class Meter:
    """A peak meter. Fed by the sound loop, read by whoever shows it.

    on_stir: called in the loop's thread whenever the level comes from under STILL, which is what
    quiet rooms and the microphone's own noise give.
    """

    def __init__(self) -> None:
        self.on_stir: Callable[[], None] = lambda: None
        self._peak_db = FLOOR_DB
        self._at_s = time.monotonic()

    def feed(self, samples: np.ndarray) -> None:
        """Takes one frame as it was captured, before echo cancellation."""
        level_db = 20 * float(np.log10(np.abs(samples).max() + 1e-9))
        before = self.level
        if level_db >= self.level_db:
            self._peak_db, self._at_s = level_db, time.monotonic()
        if before < STILL <= self.level:
            self.on_stir()

    @property
    def level_db(self) -> float:
        """Decibels below full scale, from -60 to 0."""
        fallen = FALL_DB_PER_S * (time.monotonic() - self._at_s)
        return min(0.0, max(FLOOR_DB, self._peak_db - fallen))

    @property
    def level(self) -> float:
        """From 0 (silence) to 1 (full scale), even steps being even in decibels."""
        return 1.0 - self.level_db / FLOOR_DB
