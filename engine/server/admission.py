"""Whether this machine can carry one more session: what is measured decides, not a guess."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import psutil

from engine.microturn import TURN_S, TURN_SAMPLES, Engine, InputTurn
from engine.server.settings import MEBI, Settings

WINDOW_S = 30.0
PROBE_TURNS = 8
BUSIEST = 0.9


@dataclass(frozen=True)
class Cost:
    """What a micro-turn costs. wall_s: from sound to answer; cpu_s: of all cores together."""

    wall_s: float
    cpu_s: float


def probe(engine: Engine) -> Cost:
    """Measures a session that hears silence: what is known before anybody talks."""
    session = engine.session(0)
    turns = [InputTurn(k, np.zeros(TURN_SAMPLES, np.float32)) for k in range(PROBE_TURNS)]
    session.step(turns[0])  # what only the first one pays is not the rule
    wall, cpu = time.monotonic(), time.process_time()
    for turn in turns[1:]:
        session.step(turn)
    count = len(turns) - 1
    return Cost((time.monotonic() - wall) / count, (time.process_time() - cpu) / count)


class Admission:
    """Keeps the last half minute of micro-turns of all sessions, and judges by it.

    One session more may, at worst, have each of its micro-turns computed before one of ours: so
    the slowest in a hundred is reckoned longer by the work of one. And all cores together must not
    be busier than nine tenths, where queues begin to grow without end.
    """

    def __init__(
        self, settings: Settings, idle: Cost, cores: float | None = None,
        resident_mib: Callable[[], float] | None = None,
    ) -> None:  # fmt: skip
        self._settings, self._idle = settings, idle
        self._cores = cores or settings.cores or usable_cores()
        self._resident_mib = resident_mib or resident
        self._seen: deque[tuple[float, float, float]] = deque(maxlen=1 << 14)

    def measured(self, wall_s: float, cpu_s: float) -> None:
        """A micro-turn of any session took this long, and so much of a core."""
        self._seen.append((time.monotonic(), wall_s, cpu_s))

    def refusal(self, sessions: int) -> str | None:
        """Why there is no place for one more beside `sessions`; None when there is."""
        if sessions >= self._settings.max_sessions:
            return f"all {self._settings.max_sessions} sessions are taken; try again later"
        if self.short_of_memory():
            return "this machine is short of memory for one more session; try again later"
        return self._too_slow(sessions) if sessions else None

    def short_of_memory(self) -> bool:
        limit = self._settings.memory_mib
        return self._resident_mib() > (memory_limit_mib() if limit is None else limit)

    def p99_s(self) -> float:
        """The slowest in a hundred micro-turns of late."""
        recent = [wall for at, wall, _ in self._seen if at > time.monotonic() - WINDOW_S]
        return float(np.percentile(recent, 99)) if recent else self._idle.wall_s

    def work_s(self) -> float:
        """What a micro-turn costs a core, on average, and never less than an idle one."""
        recent = [cpu for at, _, cpu in self._seen if at > time.monotonic() - WINDOW_S]
        return max(self._idle.cpu_s, float(np.mean(recent)) if recent else 0.0)

    def _too_slow(self, sessions: int) -> str | None:
        work_s, limit_s = self.work_s(), self._settings.limit_s
        busy = (sessions + 1) * work_s / (TURN_S * self._cores)
        expected_s = self.p99_s() + work_s / self._cores
        if busy > BUSIEST:
            return f"with one more session the cores would be {busy:.0%} busy; try again later"
        if expected_s > limit_s:
            return (
                f"with one more session one answer in a hundred would take {1e3 * expected_s:.0f} "
                f"ms, over {1e3 * limit_s:.0f}; try again later"
            )
        return None


def usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def resident() -> float:
    """Memory that this process holds, in MiB."""
    return float(psutil.Process().memory_info().rss / MEBI)


def memory_limit_mib() -> float:
    """Four fifths of the machine's memory: what a process may hold that is told of no limit."""
    return float(0.8 * psutil.virtual_memory().total / MEBI)
