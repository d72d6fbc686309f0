"""Sound as protocols carry it, and sound at their rates."""

from __future__ import annotations

import base64

import numpy as np
import soxr

from engine.client.adapters.adapter import ProtocolError
from engine.microturn import SAMPLE_RATE_HZ

_SCALE = 32768.0
_NOTHING = np.zeros(0, np.float32)


def clean(samples: np.ndarray) -> np.ndarray:
    """float32 in [-1, 1]; what is not finite becomes silence."""
    finite = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(finite, -1.0, 1.0).astype(np.float32)


def pcm16(samples: np.ndarray) -> bytes:
    """(n,) float32 as little-endian 16-bit."""
    return np.clip(np.rint(samples * _SCALE), -_SCALE, _SCALE - 1).astype("<i2").tobytes()


def base64_pcm16(samples: np.ndarray) -> str:
    return base64.b64encode(pcm16(samples)).decode("ascii")


def base64_float32(samples: np.ndarray) -> str:
    return base64.b64encode(samples.astype("<f4").tobytes()).decode("ascii")


def from_base64_pcm16(text: object) -> np.ndarray:
    """(n,) float32. Raises ProtocolError for what is no base64 of whole samples."""
    try:
        if not isinstance(text, str):
            raise TypeError
        pcm = np.frombuffer(base64.b64decode(text, validate=True), "<i2")
    except (ValueError, TypeError):
        raise ProtocolError("sound that is no base64 of 16-bit samples") from None
    return pcm.astype(np.float32) / _SCALE


class Resampler:
    """A stream from one rate to another; equal rates pass through untouched."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._rates = (from_hz, to_hz)
        self._stream = self._new()

    def give(self, samples: np.ndarray, last: bool = False) -> np.ndarray:
        """What comes out now. After `last` a new stream begins."""
        if self._stream is None:
            return samples
        out: np.ndarray = self._stream.resample_chunk(samples.astype(np.float32), last=last)
        if last:
            self._stream = self._new()
        return out

    def finish(self) -> np.ndarray:
        """The rest of the stream."""
        return self.give(_NOTHING, last=True)

    def _new(self) -> soxr.ResampleStream | None:
        from_hz, to_hz = self._rates
        return None if from_hz == to_hz else soxr.ResampleStream(from_hz, to_hz, 1)


def to_engine(from_hz: int) -> Resampler:
    """To the rate that everything of ours runs at."""
    return Resampler(from_hz, SAMPLE_RATE_HZ)


def from_engine(to_hz: int) -> Resampler:
    return Resampler(SAMPLE_RATE_HZ, to_hz)
