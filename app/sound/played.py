"""What the speaker really played, by time: the far end that echo cancellation needs."""

from __future__ import annotations

import threading
import time

import numpy as np

from app.sound.clock import StreamClock
from engine.microturn import SAMPLE_RATE_HZ

RING_SAMPLES = 4 * SAMPLE_RATE_HZ
SLACK_SAMPLES = 8
JUMP_SAMPLES = 480


class Played:
    """A ring of the last four seconds played. One writer (the speaker), one reader (the loop).

    The reader walks through it frame by frame. Two devices' clocks drift apart; it follows one
    sample at a time, which the canceller's filter tracks without noticing, and jumps only where
    it is 30 ms wrong (a stream was reopened).
    """

    def __init__(self) -> None:
        self._ring = np.zeros(RING_SAMPLES, np.float32)
        self._written = 0
        self._next: int | None = None
        self._clock = StreamClock(SAMPLE_RATE_HZ)
        self._lock = threading.Lock()

    def write(self, samples: np.ndarray, now_s: float) -> None:
        """The speaker took (n,) samples at 16 kHz."""
        with self._lock:
            places = np.arange(self._written, self._written + len(samples)) % RING_SAMPLES
            self._ring[places] = samples
            self._written += len(samples)
            self._clock.tick(self._written, now_s)

    def restart(self) -> None:
        """Another speaker begins: its clock is another one."""
        with self._lock:
            self._clock = StreamClock(SAMPLE_RATE_HZ)
            self._next = None

    def read(self, count: int, end_s: float, patience_s: float = 0.0) -> np.ndarray:
        """The (count,) samples that the speaker had taken when `end_s` came.

        Waits `patience_s` for samples that a late callback still owes; then they are silence.
        A speaker that owes more than 30 ms has stalled, and nobody waits for it.
        """
        with self._lock:
            position = self._clock.position(end_s)
            if position == float("-inf"):
                return np.zeros(count, np.float32)
            start = self._follow(round(position) - count)
        if start + count - self._written <= JUMP_SAMPLES:
            self._await(start + count, patience_s)
        with self._lock:
            self._next = start + count
            if start >= self._written:  # as always while the speaker rests
                return np.zeros(count, np.float32)
            return self._cut(start, count)

    def _follow(self, target: int) -> int:
        if self._next is None or abs(target - self._next) > JUMP_SAMPLES:
            return target
        off = target - self._next
        return self._next + (0 if abs(off) <= SLACK_SAMPLES else int(np.sign(off)))

    def _await(self, position: int, patience_s: float) -> None:
        deadline_s = time.monotonic() + patience_s
        while self._written < position and time.monotonic() < deadline_s:
            time.sleep(0.002)

    def _cut(self, start: int, count: int) -> np.ndarray:
        places = np.arange(start, start + count)
        known = (places >= max(0, self._written - RING_SAMPLES)) & (places < self._written)
        return np.where(known, self._ring[places % RING_SAMPLES], np.float32(0))
