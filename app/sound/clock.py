"""When a device's samples pass, told from when its callbacks come.

Drivers' own time stamps cannot be had everywhere: PulseAudio's are off by half a second after
start. But a callback is never early, only late, so the earliest ones of the last seconds draw
the true line. A stream that stood still for a moment runs on a new one.
"""

from __future__ import annotations

WINDOW_S = 2.0
STALL_S = 0.25


class StreamClock:
    """Maps positions in a stream to monotonic time, following the device's drift."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._best_s = self._previous_best_s = float("inf")
        self._window_end_s = self._ticked_s = float("-inf")

    def tick(self, position: int, now_s: float) -> None:
        """A callback came at `now_s`, after which `position` samples have passed in all."""
        if now_s - self._ticked_s > STALL_S:
            self._best_s = self._previous_best_s = float("inf")
        self._ticked_s = now_s
        offset_s = now_s - position / self._rate_hz
        if now_s >= self._window_end_s:
            self._previous_best_s, self._best_s = self._best_s, offset_s
            self._window_end_s = now_s + WINDOW_S
        self._best_s = min(self._best_s, offset_s)

    def time_s(self, position: int) -> float:
        """When `position` passed. Before the first tick: infinity."""
        return self._offset_s + position / self._rate_hz

    def position(self, time_s: float) -> float:
        """What had passed at `time_s`, in samples. Before the first tick: minus infinity."""
        return (time_s - self._offset_s) * self._rate_hz

    @property
    def _offset_s(self) -> float:
        return min(self._best_s, self._previous_best_s)
