"""A server that is killed, and another that takes its session out of the journal."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.client.live import PATH
from engine.client.socket import Timing, open_socket
from engine.evaluation.bench.served import Served, calling, served
from engine.server.settings import Settings

EVERY_TURNS = Settings.journal_turns


@dataclass(frozen=True)
class Takeover:
    """Killed where the most has to be lived through again. away_ms: from the connection to the
    other server until that knows where the session stands; relived_cpu_ms: what each micro-turn
    that is lived through again costs a core, reading included. bytes: of the journal."""

    bench: str
    turns: int
    relived: int
    away_ms: float
    relived_cpu_ms: float
    log_bytes_per_turn: int
    state_bytes: int


async def takeover(model: Path | None) -> Takeover:
    """Talks to one server, kills it, comes back to another with the same folder."""
    relived = EVERY_TURNS - 1
    with TemporaryDirectory() as folder:
        options = ("--journal", folder, "--late", "1e9")
        async with served(model, options=options) as other:
            with suppress(ProcessLookupError):
                async with served(model, options=options) as server, calling(server, 60) as caller:
                    for _ in range(EVERY_TURNS + relived):
                        await caller.ask()
                    assert caller.client.started is not None
                    session = caller.client.started.session_id
                    os.kill(server.pid, signal.SIGKILL)
                    states, logs = _sizes(Path(folder) / session)
                    cpu_s = other.cpu_s()
                    away_ms = await _back(other, session)
                    cpu_s = other.cpu_s() - cpu_s
    return Takeover(
        "takeover", EVERY_TURNS + relived, relived, round(away_ms, 1),
        round(1e3 * cpu_s / relived, 2), round(logs / relived), states,
    )  # fmt: skip


async def _back(server: Served, session: str) -> float:
    """Milliseconds until the session is there again."""
    began, url = time.perf_counter(), f"{server.address.url}{PATH}?resume={session}&after=0"
    socket = await open_socket(server.address, url, Timing(limit_s=60))
    resumed = json.loads(await socket.recv())
    assert resumed["type"] == "aside.session.resumed", resumed["type"]
    took_ms = 1e3 * (time.perf_counter() - began)
    await socket.close()
    return took_ms


def _sizes(folder: Path) -> tuple[int, int]:
    """Bytes of the states and of the logs."""

    def total(kind: str) -> int:
        return sum(file.stat().st_size for file in folder.glob(f"*.{kind}"))

    return total("state"), total("log")
