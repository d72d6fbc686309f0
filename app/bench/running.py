"""The real desktop as a process of its own: started, waited for, looked at, ended."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.bench.row import BenchError
from app.bench.screen import Screen
from app.bench.stage import Stage
from app.do import NotRunning, ring
from app.settings.migration import VERSION

START_S, QUIT_S, LOOK_S = 60.0, 20.0, 0.005
PLAIN = ("-m", "app.cli", "desktop")


@dataclass(frozen=True)
class Desktop:
    """shown_s, usable_s: from the start of the process to its window being mapped, and to the
    first action that it did."""

    process: psutil.Process
    shown_s: float
    usable_s: float

    def cpu_s(self) -> float:
        """Seconds of cores that it has used; the engine is no part of it."""
        used = self.process.cpu_times()
        return float(used.user + used.system)

    def resident_mb(self) -> float:
        return float(self.process.memory_info().rss / 1e6)


@contextmanager
def desktop(stage: Stage, screen: Screen, command: tuple[str, ...] = PLAIN) -> Iterator[Desktop]:
    """Usable from the beginning of the block; raises BenchError where it does not come up."""
    _first_steps_done(stage)
    with (stage.home / "desktop.log").open("w") as log:
        began_s = time.monotonic()
        process = subprocess.Popen([sys.executable, *command], env=stage.environment, stderr=log)
    try:
        shown_s = _until(lambda: screen.panel() is not None, process) - began_s
        usable_s = _until(_answers, process) - began_s
        yield Desktop(psutil.Process(process.pid), shown_s, usable_s)
    finally:
        _quit(process)


def _until(met: Callable[[], bool], process: subprocess.Popen) -> float:
    """When it was met."""
    deadline_s = time.monotonic() + START_S
    while time.monotonic() < deadline_s and process.poll() is None:
        if met():
            return time.monotonic()
        time.sleep(LOOK_S)
    raise BenchError("the desktop does not open here; `aside doctor` may say why")


def _answers() -> bool:
    try:
        return not ring("reload")
    except NotRunning:
        return False


def _quit(process: subprocess.Popen) -> None:
    try:
        ring("quit")
        process.wait(QUIT_S)
    except (NotRunning, subprocess.TimeoutExpired):
        process.kill()
        process.wait()


def _first_steps_done(stage: Stage) -> None:
    """The guide is for the first start alone; any later one is what is measured."""
    path = Path(stage.environment["XDG_CONFIG_HOME"]) / "aside" / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": VERSION, "settings": {"guide.seen": True}}), "utf-8")
