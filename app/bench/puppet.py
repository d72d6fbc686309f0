"""The engine of these measurements: it speaks and writes on order, and costs the app nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.bench.row import BenchError
from app.bench.stage import Stage
from engine.client.models.choice import ASIDE, Choices, Remote, save

Order = Literal["quiet", "word", "captions", "speak"]
TOKEN = "ASIDE_BENCH_TOKEN"


@dataclass(frozen=True)
class Puppet:
    """A server in a process of its own, which the desktop of this stage has selected."""

    orders: Path

    def order(self, order: Order) -> None:
        beside = self.orders.with_suffix(".new")
        beside.write_text(order, "utf-8")
        beside.replace(self.orders)

    def words_s(self) -> list[float]:
        """When each heard word was said to the client, by the steady clock."""
        notes = self.orders.with_suffix(".log")
        lines = notes.read_text("utf-8").splitlines() if notes.exists() else []
        return [float(line.split()[0]) for line in lines]


@contextmanager
def puppet(stage: Stage) -> Iterator[Puppet]:
    made = Puppet(stage.home / "orders")
    made.order("quiet")
    stage.environment[TOKEN] = "bench"
    command = [sys.executable, "-m", "engine.evaluation.bench.puppet", str(made.orders),
               "--announce", "--quiet", "--token", "bench", "--late", "10000"]  # fmt: skip
    server = subprocess.Popen(
        command, env=stage.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        _select(stage, _url(server))
        yield made
    finally:
        server.terminate()
        server.wait(10)



def _url(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    line = server.stdout.readline()
    if not line.startswith("{"):
        raise BenchError("the engine of the measurement does not start")
    return str(json.loads(line)["url"])


def _select(stage: Stage, url: str) -> None:
    remote = Remote("puppet", ASIDE, url, key=f"env:{TOKEN}")
    folder = Path(stage.environment["XDG_CONFIG_HOME"]) / "aside"
    save(Choices((remote,), "puppet"), folder / "models.json")
