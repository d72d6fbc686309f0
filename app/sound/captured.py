"""Frames on their way from the thread of a device to the sound loop's."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

import numpy as np

QUEUE_FRAMES = 100


@dataclass(frozen=True)
class Captured:
    """One frame of a source. samples: (160,) float32; end_s: monotonic time of its end."""

    samples: np.ndarray
    end_s: float


class FrameQueue:
    """Bounded: where nobody takes them the oldest go, for sound is never queued for long.

    The frames of a device's block come together and wake who waits for them once.
    """

    def __init__(self) -> None:
        self._frames: deque[Captured] = deque(maxlen=QUEUE_FRAMES)
        self._opened = True
        self._came = threading.Condition(threading.Lock())

    def __len__(self) -> int:
        return len(self._frames)

    def open(self, opened: bool) -> None:
        """Shut, it holds nothing and takes nothing, whatever a device still gives."""
        with self._came:
            self._opened = opened
            if not opened:
                self._frames.clear()

    def put(self, *captured: Captured) -> None:
        with self._came:
            if not self._opened:
                return
            self._frames.extend(captured)
            self._came.notify()

    def get(self, wait_s: float = 0.0) -> Captured | None:
        """The oldest; None when none came within `wait_s` seconds."""
        with self._came:
            if not self._frames and wait_s > 0:
                self._came.wait(wait_s)
            return self._frames.popleft() if self._frames else None
