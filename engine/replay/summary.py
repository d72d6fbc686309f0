"""What came of a session, in figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.microturn import TURN_S
from engine.replay.events import Event
from engine.replay.session import Step

_LATE_S = TURN_S


class Summary:
    """Counts a session's words, acts and voice, and how long its micro-turns took.

    Compute times are kept as a histogram in steps of 0.1 ms, so that an hour costs what a
    minute does.
    """

    def __init__(self) -> None:
        self.turns = self.late_turns = self.acts = 0
        self.words = {"heard": 0, "say": 0}
        self.voice_s = 0.0
        self._voice_since_s: float | None = None
        self._compute_tenths_ms = np.zeros(20_000, np.int64)

    @property
    def stream_s(self) -> float:
        return self.turns * TURN_S

    def add(self, step: Step) -> None:
        self.turns += 1
        self.late_turns += step.late_s > _LATE_S
        bucket = min(int(step.compute_s * 10_000), len(self._compute_tenths_ms) - 1)
        self._compute_tenths_ms[bucket] += 1

    def add_events(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.stream in self.words:
                self.words[event.stream] += len(str(event.details["text"]).split())
            elif event.stream == "voice":
                self._voice(event)
            self.acts += event.stream == "act"

    def compute_ms(self, percent: float) -> float:
        """The time that `percent` of the micro-turns took at most, in ms."""
        below = np.cumsum(self._compute_tenths_ms)
        return float(np.searchsorted(below, below[-1] * percent / 100.0) + 1) / 10.0

    def lines(self) -> list[str]:
        """The figures in sentences."""
        lines = [
            f"{self.stream_s:.1f} s · heard {_count(self.words['heard'], 'word')} · "
            f"said {_count(self.words['say'], 'word')} · spoke {self.voice_s:.1f} s · "
            f"{_count(self.acts, 'act')}"
        ]
        if self.turns:
            lines.append(
                f"compute per micro-turn: median {self.compute_ms(50):.1f} ms, "
                f"p95 {self.compute_ms(95):.1f} ms of 200 ms"
            )
        if self.late_turns:
            lines.append(f"{_count(self.late_turns, 'micro-turn')} came late: this machine is slow")
        return lines

    def _voice(self, event: Event) -> None:
        if event.details["state"] == "start":
            self._voice_since_s = event.time_s
        elif self._voice_since_s is not None:
            self.voice_s += event.time_s - self._voice_since_s
            self._voice_since_s = None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
