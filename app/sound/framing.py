"""Device sound to 10 ms frames at 16 kHz and back, streaming.

A frame is (160,) float32 in [-1, 1]. Everything between the two device callbacks speaks frames.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import soxr

from engine.microturn import SAMPLE_RATE_HZ

FRAME_SAMPLES = SAMPLE_RATE_HZ // 100
FRAME_S = 0.01
HUSH_S = 0.005

# MQ keeps 7.5 kHz within 0.5 dB and holds back 15 ms; HQ would hold back 21 ms for nothing heard.
QUALITY = "MQ"


def _resampler(from_hz: int, to_hz: int) -> Callable[[np.ndarray], np.ndarray]:
    if from_hz == to_hz:
        return lambda samples: samples
    return soxr.ResampleStream(from_hz, to_hz, 1, dtype="float32", quality=QUALITY).resample_chunk


def mono(block: np.ndarray) -> np.ndarray:
    """(n, channels) from a driver to (n,) in [-1, 1]; NaN and infinity become silence."""
    mixed = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1, dtype=np.float32)
    if np.dot(mixed, mixed) <= 1.0:  # a quiet block, and so there is nothing to mend in it
        return mixed.copy()
    if not np.isfinite(mixed.sum()):
        mixed = np.nan_to_num(mixed, posinf=0.0, neginf=0.0)
    return np.minimum(np.maximum(mixed, -1.0), 1.0)


class FrameCutter:
    """Cuts a device's stream, in blocks of any length, into frames."""

    def __init__(self, rate_hz: int) -> None:
        self._resample = _resampler(rate_hz, SAMPLE_RATE_HZ)
        self._rest = np.zeros(0, np.float32)

    def push(self, samples: np.ndarray) -> list[np.ndarray]:
        """(n,) at the device's rate -> the frames that are complete now, each (160,)."""
        stream = np.concatenate([self._rest, self._resample(samples)])
        whole = len(stream) // FRAME_SAMPLES * FRAME_SAMPLES
        self._rest = stream[whole:]
        return list(stream[:whole].reshape(-1, FRAME_SAMPLES))


class FramePourer:
    """Pours frames into blocks of the device's rate and any length, pulling when it runs low."""

    def __init__(self, rate_hz: int, pull: Callable[[], np.ndarray]) -> None:
        self._resample = _resampler(SAMPLE_RATE_HZ, rate_hz)
        self._pull = pull
        self._ready = np.zeros(0, np.float32)
        self._frame = FRAME_S * rate_hz
        self._inside = 0.0  # pulled and not poured, the resampler's share too, at the device's rate
        self._fade = round(HUSH_S * rate_hz)
        self._hushing, self._hushed, self._total = False, 0, 0

    def pour(self, count: int) -> np.ndarray:
        """The next `count` samples at the device's rate: (count,) float32."""
        if self._hushing:
            self._hushing, self._hushed = False, round(self._inside) + self._fade
            self._total = self._hushed
        while len(self._ready) < count:
            self._ready = np.concatenate([self._ready, self._resample(self._pull())])
            self._inside += self._frame
        poured, self._ready = self._ready[:count], self._ready[count:]
        self._inside -= count
        return self._without_the_past(poured) if self._hushed > 0 else poured

    def hush(self) -> None:
        """What was pulled already, some 20 ms, is not poured any more but for a fade of 5 ms, and
        neither are the next 5 ms that are pulled. From any thread."""
        self._hushing = True

    def _without_the_past(self, poured: np.ndarray) -> np.ndarray:
        places = np.arange(len(poured)) + self._total - self._hushed
        shares = np.clip(1 - places / self._fade, 0, 1).astype(np.float32)
        shares[places >= self._total] = 1
        self._hushed -= len(poured)
        return poured * shares
