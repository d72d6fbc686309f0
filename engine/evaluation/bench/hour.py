"""A session of an hour at full speed: the compute of every micro-turn, and memory along it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from engine.evaluation.bench.machine import resident_mib
from engine.evaluation.bench.steering import Steered
from engine.evaluation.bench.tape import LOADS, TURNS_PER_ROUND, Load, input_at, load_at
from engine.microturn import TURN_S
from engine.runtime import LoadedEngine
from engine.runtime.session import ModelSession

WARM_UP_TURNS = 10


@dataclass(frozen=True)
class Timing:
    """One micro-turn. tokens: of output text, the end included."""

    turn: int
    load: Load
    wall_ms: float
    cpu_ms: float
    tokens: int


@dataclass
class Hour:
    """What was measured. resident_mib: one figure for each round of the loads."""

    backend: str
    timings: list[Timing] = field(default_factory=list)
    resident_mib: list[float] = field(default_factory=list)

    def tenths(self) -> dict[str, list[Timing]]:
        """The whole, and its first and last tenth, each of at least one round."""
        size = max(len(self.timings) // 10, min(TURNS_PER_ROUND, len(self.timings)))
        return {
            "all": self.timings,
            "first tenth": self.timings[:size],
            "last tenth": self.timings[-size:],
        }


@dataclass(frozen=True)
class LoadFigures:
    """Compute per micro-turn under one load in one part of the hour, in milliseconds."""

    bench: str
    backend: str
    load: str
    input: str
    part: str
    turns: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    cpu_p50_ms: float
    text_tokens: float
    goal_p95_ms: float


@dataclass(frozen=True)
class HourFigures:
    """The hour as a whole. last_over_first: medians, the worst load; real_time: share used."""

    bench: str
    backend: str
    turns: int
    stream_s: float
    compute_s: float
    real_time: float
    last_over_first: float
    first_mib: float
    last_mib: float
    peak_mib: float
    goal_last_over_first: float = 1.15
    goal_peak_mib: float = 600.0


class Stopwatch:
    """Steps a steered session along the tape and times it."""

    def __init__(self, engine: LoadedEngine) -> None:
        self._steered = Steered(engine.backend)
        self._session = ModelSession(self._steered, engine.tokenizer, engine.voice)

    def time(self, turn: int) -> Timing:
        given, load = input_at(turn), load_at(turn)
        self._steered.speaks = load.speaks
        began, cpu = time.perf_counter(), time.process_time()
        self._session.step(given)
        cpu_ms, wall_ms = (time.process_time() - cpu) * 1e3, (time.perf_counter() - began) * 1e3
        return Timing(turn, load, wall_ms, cpu_ms, self._steered.tokens)


def run(engine: LoadedEngine, turns: int, tick: Callable[[], None]) -> Hour:
    """A session of `turns` micro-turns; `tick` is called after each."""
    hour = Hour(engine.backend.name)
    _warm_up(engine)
    watch = Stopwatch(engine)
    for turn in range(turns):
        hour.timings.append(watch.time(turn))
        if turn % TURNS_PER_ROUND == TURNS_PER_ROUND - 1:
            hour.resident_mib.append(resident_mib())
        tick()
    return hour


def _warm_up(engine: LoadedEngine) -> None:
    """What is only paid once, by the first session of a process, is not the hour's."""
    watch = Stopwatch(engine)
    for turn in range(WARM_UP_TURNS):
        watch.time(turn)


def figures(hour: Hour) -> Iterator[LoadFigures]:
    for part, timings in hour.tenths().items():
        for load in LOADS:
            yield _figures(hour.backend, load, part, [t for t in timings if t.load == load])


def _figures(backend: str, load: Load, part: str, timings: list[Timing]) -> LoadFigures:
    wall = [t.wall_ms for t in timings]
    p50, p95, p99 = (round(float(x), 2) for x in np.percentile(wall, [50, 95, 99]))
    cpu = round(float(np.median([t.cpu_ms for t in timings])), 2)
    tokens = round(float(np.mean([t.tokens for t in timings])), 2)
    return LoadFigures(
        "micro-turn", backend, load.name, load.input, part, len(timings), p50, p95, p99, cpu,
        tokens, load.goal_p95_ms,
    )  # fmt: skip


def whole(hour: Hour) -> HourFigures:
    compute_s = sum(t.wall_ms for t in hour.timings) / 1e3
    stream_s = len(hour.timings) * TURN_S
    memory = hour.resident_mib
    return HourFigures(
        "hour", hour.backend, len(hour.timings), round(stream_s, 1), round(compute_s, 2),
        round(compute_s / stream_s, 4), _last_over_first(hour), memory[0], memory[-1], max(memory),
    )  # fmt: skip


def _last_over_first(hour: Hour) -> float:
    """Median of the last tenth over that of the first, under the load where it is worst."""
    tenths = hour.tenths()

    def median(part: str, load: Load) -> float:
        return float(np.median([t.wall_ms for t in tenths[part] if t.load == load]))

    return round(max(median("last tenth", x) / median("first tenth", x) for x in LOADS), 3)
