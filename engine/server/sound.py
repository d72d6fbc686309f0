"""Sound on the wire and on the session's sample clock.

The wire carries 16-bit mono at 16 or 24 kHz in base64; a session takes 3200 samples of 16 kHz
at a time. Resampling (soxr, streaming) holds back about 17 ms, so at 24 kHz a micro-turn is
full that much after its last sample arrived.
"""

from __future__ import annotations

import base64
import binascii
from collections import deque

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES, OutputTurn
from engine.server.resampler import Resampler, resampler

MAX_APPEND_S = 10
_SCALE = 32768.0


def decode_pcm16(text: str, rate_hz: int) -> np.ndarray:
    """Base64 of 16-bit little-endian mono to (n,) float32 in [-1, 1).

    Raises ValueError for what is not base64, half a sample, or more than ten seconds.
    """
    if len(text) > MAX_APPEND_S * rate_hz * 2 * 4 // 3 + 4:
        raise ValueError(f"more than {MAX_APPEND_S} s of sound in one event; send less at a time")
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64; encode the PCM bytes with the standard alphabet") from None
    if len(raw) % 2:
        raise ValueError("an odd number of bytes; a sample of 16-bit PCM has two")
    return np.frombuffer(raw, "<i2").astype(np.float32) / _SCALE


def encode_pcm16(samples: np.ndarray) -> str:
    """(n,) float32 to base64 of 16-bit little-endian mono; what is out of range is clipped."""
    scaled = np.clip(np.rint(samples * _SCALE), -_SCALE, _SCALE - 1)
    return base64.b64encode(scaled.astype("<i2").tobytes()).decode("ascii")


class Reception:
    """Where the client's sound has got to, counted in its samples.

    A client that comes back after a lost connection sends again what may have been lost, and
    says where it belongs; what was here already is not heard twice.
    """

    def __init__(self) -> None:
        self.samples = 0

    def take(self, sound: np.ndarray, at: int | None) -> tuple[np.ndarray, int]:
        """The part of (n,) that is new, and how many samples are missing before it."""
        at = self.samples if at is None else at
        missing = max(0, at - self.samples)
        fresh = sound[max(0, self.samples - at) :]
        self.samples = max(self.samples, at + len(sound))
        return fresh, missing


class TurnCutter:
    """Cuts arriving sound into micro-turns; never holds more than `limit_turns` of them.

    Full micro-turns wait in order. When one too many waits, the oldest goes: late means
    listen to now, not to then.
    """

    def __init__(self, rate_hz: int, limit_turns: int) -> None:
        self._resampler = resampler(rate_hz, SAMPLE_RATE_HZ)
        self._partial = np.zeros(0, np.float32)
        self._turns: deque[np.ndarray] = deque()
        self._limit = limit_turns

    def __len__(self) -> int:
        return len(self._turns)

    def push(self, samples: np.ndarray) -> int:
        """Takes (n,) float32 at the wire's rate; returns how many micro-turns were dropped."""
        if self._resampler is not None:
            samples = self._resampler.push(samples)
        if len(self._partial):
            samples = np.concatenate([self._partial, samples])
        full = len(samples) // TURN_SAMPLES * TURN_SAMPLES
        self._partial = samples[full:]
        self._turns.extend(samples[:full].reshape(-1, TURN_SAMPLES))
        dropped = max(0, len(self._turns) - self._limit)
        for _ in range(dropped):
            self._turns.popleft()
        return dropped

    def renew(self) -> None:
        """As a copy of it goes on from here, so does this."""
        if self._resampler is not None:
            self._resampler.renew()

    def clear(self) -> None:
        """Forgets what waits."""
        self._turns.clear()
        self._partial = np.zeros(0, np.float32)

    def pop(self) -> np.ndarray:
        """The oldest waiting micro-turn: (3200,) float32."""
        return self._turns.popleft()


class VoiceEncoder:
    """The voice of one session as base64 PCM at the wire's rate.

    Each utterance has a resampler of its own, emptied when it ends, so that its length is
    exact and no sound of one leaks into the next.
    """

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._resampler: Resampler | None = None

    def encode(self, out: OutputTurn) -> str:
        """Sound to send for this micro-turn, or "" for none."""
        if out.audio is None:
            return self._end()
        if self._rate_hz == SAMPLE_RATE_HZ:
            return encode_pcm16(out.audio)
        if self._resampler is None:
            self._resampler = resampler(SAMPLE_RATE_HZ, self._rate_hz)
        assert self._resampler is not None
        return encode_pcm16(self._resampler.push(out.audio.astype(np.float32)))

    def renew(self) -> None:
        """As a copy of it goes on from here, so does this."""
        if self._resampler is not None:
            self._resampler.renew()

    def _end(self) -> str:
        ending, self._resampler = self._resampler, None
        return "" if ending is None else encode_pcm16(ending.finish())
