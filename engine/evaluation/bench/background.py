"""What our own code adds between an act and the mind, and between the mind and an offer.

The mind is a server in a process of its own that answers at once; only its clock is used, which
on one machine is ours. The micro-turns are those of the shipped model, at the pace of life, with
fifty tasks at work beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from engine.background.agent import Agent
from engine.background.endpoint import Endpoint
from engine.background.ledger import Ledger
from engine.background.package import MAX_SOUND_S
from engine.background.surroundings import Surroundings
from engine.background.told import Offer, Progress, Told
from engine.evaluation.bench.start import ROOT
from engine.evaluation.bench.tape import BenchError
from engine.microturn import SAMPLE_RATE_HZ, TURN_S, TURN_SAMPLES, Frame, InputTurn
from engine.replay.noise import noise_floor
from engine.replay.session import RealTime
from engine.runtime import load

GOAL_OUT_MS, GOAL_BACK_MS = 20.0, 10.0
TASKS_AT_ONCE = 50
WAIT_S = 60.0
SCREEN, CAMERA = (720, 1280), (360, 640)


@dataclass(frozen=True)
class WayFigures:
    """part: "act to first byte" at the endpoint, or "first byte to offer"; in milliseconds."""

    bench: str
    part: str
    tasks: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    goal_p95_ms: float


@dataclass(frozen=True)
class TurnFigures:
    """Micro-turns of a session while `tasks` ran. late: whose output came after the next input
    was complete; late_without: the same without any task."""

    bench: str
    part: str
    tasks: int
    turns: int
    late: int
    late_without: int
    p95_ms: float
    p95_without_ms: float


class Watch:
    """Notes when the first offer of each task came, and how many tasks ended."""

    def __init__(self) -> None:
        self.offered_s: dict[str, float] = {}
        self.ended = 0
        self._changed = threading.Condition()

    def __call__(self, told: Told) -> None:
        now_s = time.perf_counter()
        with self._changed:
            if isinstance(told, Offer):
                self.offered_s.setdefault(told.task_id, now_s)
            elif isinstance(told, Progress) and not told.task.state.open:
                self.ended += 1
                self._changed.notify_all()

    def until(self, ended: int) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: self.ended >= ended, WAIT_S):
                raise BenchError(f"{self.ended} of {ended} tasks ended within {WAIT_S:g} s")


def ways(tasks: int) -> Iterator[WayFigures]:
    """One task after the other, each with all that a package can hold. Raises BenchError."""
    with _mind(0.0, tells=True) as mind, _agent(mind.url) as (agent, watch):
        around = _surroundings()
        acted_s = []
        for number in range(tasks):
            acted_s.append(time.perf_counter())
            agent.take(around.package(f"task {number}"))
            watch.until(number + 1)
        came_s, answered_s = mind.times(tasks)
    out = 1e3 * (np.array(came_s) - np.array(acted_s))
    back = 1e3 * (np.array(list(watch.offered_s.values())) - np.array(answered_s))
    yield _way("act to first byte", out[1:], GOAL_OUT_MS)
    yield _way("first byte to offer", back[1:], GOAL_BACK_MS)


def beside(checkpoint: Path | None, turns: int) -> TurnFigures:
    """The shipped model steps in real time, without tasks and then with fifty."""
    session = load(checkpoint).session()
    without = _late(session, 0, turns)
    with _mind(0.2, tells=False) as mind, _agent(mind.url) as (agent, watch):
        stopping = threading.Event()
        feeder = threading.Thread(target=_feed, args=(agent, watch, stopping))
        feeder.start()
        late = _late(session, turns, turns)
        stopping.set()
        feeder.join()
    return TurnFigures(
        "background", "micro-turns beside tasks", TASKS_AT_ONCE, turns,
        int(np.sum(late > TURN_S)), int(np.sum(without > TURN_S)),
        round(1e3 * float(np.percentile(late, 95)), 2),
        round(1e3 * float(np.percentile(without, 95)), 2),
    )  # fmt: skip


def _feed(agent: Agent, watch: Watch, stopping: threading.Event) -> None:
    """Keeps fifty tasks at work."""
    around, begun = _surroundings(), 0
    while not stopping.is_set():
        while begun - watch.ended < TASKS_AT_ONCE:
            agent.take(around.package(f"task {begun}"))
            begun += 1
        time.sleep(0.01)
    agent.cancel_all()


def _late(session: Any, first: int, turns: int) -> np.ndarray:
    """Seconds from each complete input to its output: (turns,)."""
    pace, late = RealTime(), []
    for turn in range(first, first + turns):
        pace.wait(turn)
        session.step(InputTurn(turn, noise_floor(0, turn)))
        late.append(pace.late_s(turn))
    return np.array(late)


def _surroundings() -> Surroundings:
    """Everything full: the longest sound, both pictures, a long talk."""
    around, rng = Surroundings(), np.random.default_rng(0)
    for _ in range(round(MAX_SOUND_S * SAMPLE_RATE_HZ / TURN_SAMPLES)):
        around.hear(rng.uniform(-0.3, 0.3, TURN_SAMPLES).astype(np.float32))
    for _ in range(100):
        around.words("user", "and then we talked about something else for quite a while")
        around.words("aside", "yes we did")
    around.see(Frame("screen", _page(rng)))
    around.see(Frame("camera", _room(rng)))
    return around


def _page(rng: np.random.Generator) -> np.ndarray:
    """A window full of text, as far as a picture's encoder is concerned: (720, 1280, 3)."""
    marks = rng.random((SCREEN[0] // 4, SCREEN[1] // 4)) < 0.4
    marks[::5] = marks[1::5] = False  # between the lines
    ink = np.where(np.kron(marks, np.ones((4, 4), bool)), 30, 250).astype(np.uint8)
    return np.repeat(ink[:, :, None], 3, axis=2)


def _room(rng: np.random.Generator) -> np.ndarray:
    """Soft shapes with a sensor's noise: (360, 640, 3)."""
    coarse = rng.integers(40, 200, (CAMERA[0] // 40, CAMERA[1] // 40, 3))
    soft = np.kron(coarse, np.ones((40, 40, 1)))
    return np.clip(soft + rng.normal(0, 4, soft.shape), 0, 255).astype(np.uint8)


def _way(part: str, ms: np.ndarray, goal: float) -> WayFigures:
    p50, p95, p99 = (round(float(x), 2) for x in np.percentile(ms, [50, 95, 99]))
    return WayFigures("background", part, len(ms), p50, p95, p99, goal)


@contextmanager
def _agent(url: str) -> Iterator[tuple[Agent, Watch]]:
    watch = Watch()
    with TemporaryDirectory() as folder:
        agent = Agent(watch, Ledger(Path(folder) / "tasks.sqlite3")).start()
        agent.use(Endpoint(url, "at once"))
        try:
            yield agent, watch
        finally:
            agent.stop()


class _Mind:
    """The other process: its address, and what its clock said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self._said = process.stdout
        self.url = json.loads(self._said.readline())["url"]

    def times(self, count: int) -> tuple[list[float], list[float]]:
        """When the first byte of each request came, and when that of its answer went."""
        rows = [json.loads(self._said.readline()) for _ in range(count)]
        return [row["came_s"] for row in rows], [row["answered_s"] for row in rows]


@contextmanager
def _mind(pause_s: float, tells: bool) -> Iterator[_Mind]:
    command = [sys.executable, "-m", "engine.evaluation.bench.mind", str(pause_s)]
    command += ["--tell"] if tells else []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield _Mind(process)
        finally:
            process.kill()
