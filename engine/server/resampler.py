"""A streaming resampler that can be written down in mid-stream."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import soxr

WARM_S = 0.25  # many times the length of the filter, so what was before it changes nothing
_NOTHING = np.zeros(0, np.float32)


class Resampler:
    """soxr, whose own state nobody can read.

    So the newest quarter of a second that went in is kept. After `renew`, and after being
    pickled and read back, it goes on from a fresh resampler that was fed with that: both give
    the same samples from there on, bit for bit, and no seam is heard.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        common = math.gcd(from_hz, to_hz)
        self._from, self._to = from_hz // common, to_hz // common
        self._warm = round(WARM_S * from_hz / self._from) * self._from
        self._recent = _NOTHING
        self._in = self._out = 0
        self._start()

    def push(self, samples: np.ndarray) -> np.ndarray:
        """(n,) float32 in, (m,) float32 out: what is complete by now."""
        self._in += len(samples)
        self._recent = np.concatenate([self._recent, samples])
        # What is dropped is whole periods, so that a fresh one stays on the same grid.
        spare = max(0, len(self._recent) - self._warm)
        self._recent = self._recent[-(-spare // self._from) * self._from :]
        return self._give(self._soxr.resample_chunk(samples))

    def finish(self) -> np.ndarray:
        """The rest, when nothing more comes."""
        return self._give(self._soxr.resample_chunk(_NOTHING, last=True))

    def renew(self) -> None:
        self._start()

    def _start(self) -> None:
        self._soxr = soxr.ResampleStream(self._from, self._to, 1, dtype="float32", quality="HQ")
        before = (self._in - len(self._recent)) // self._from * self._to
        warmed = self._soxr.resample_chunk(self._recent) if len(self._recent) else _NOTHING
        given = self._out - before
        self._ready, self._skip = warmed[given:], max(0, given - len(warmed))

    def _give(self, fresh: np.ndarray) -> np.ndarray:
        sound = np.concatenate([self._ready, fresh]) if len(self._ready) else fresh
        self._ready = _NOTHING
        skipped = min(self._skip, len(sound))
        self._skip -= skipped
        self._out += len(sound) - skipped
        return sound[skipped:]

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name in _KEPT}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        vars(self).update(kept)
        self._start()


_KEPT = ("_from", "_to", "_warm", "_recent", "_in", "_out")


def resampler(from_hz: int, to_hz: int) -> Resampler | None:
    """None where there is nothing to do."""
    return None if from_hz == to_hz else Resampler(from_hz, to_hz)
