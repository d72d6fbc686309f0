"""What the server adds to what computing costs: its sessions beside as many bare ones.

Both take the same input by turns, a micro-turn served and then the same one bare, so that both see
the same machine and, as five times a second in life, caches that other work has been through.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.bench.served import calling, p, served
from engine.evaluation.bench.tape import conversation_at, input_at
from engine.microturn import InputTurn, Session
from engine.runtime import load

MANY = 12
Given = Callable[[int], InputTurn]


@dataclass(frozen=True)
class Overhead:
    """load: "listening", people whom nobody told it to answer; or "conversation", the demo, orders
    and all, in which it speaks in `speaking` of the micro-turns. sessions: how many at once; turns:
    of each. cpu_overhead: what the server's cores spend over what the bare runtime's do; it has the
    goal. overhead: the same of the clock, of medians of a micro-turn of all sessions, with the
    clients' work of sending and reading in it. cpu_ms: of one micro-turn.
    """

    bench: str
    load: str
    sessions: int
    turns: int
    speaking: float
    bare_p50_ms: float
    served_p50_ms: float
    overhead: float
    bare_cpu_ms: float
    served_cpu_ms: float
    cpu_overhead: float
    client_cpu_ms: float
    goal_cpu_overhead: float = 0.05


def _listening(turn: int) -> InputTurn:
    return InputTurn(turn, input_at(turn).audio)


LOADS: dict[str, Given] = {"listening": _listening, "conversation": conversation_at}


async def overhead(model: Path | None, turns: int) -> list[Overhead]:
    """Of each load, alone and among as many sessions as a busy server has: so many in all."""
    return [
        await _overhead(model, max(5, turns // count), name, count)
        for count in (1, MANY)
        for name in LOADS
    ]


async def _overhead(model: Path | None, turns: int, name: str, count: int) -> Overhead:
    engine, given = load(model), LOADS[name]
    bare = _Bare([engine.session(seed) for seed in range(count)])
    served_ms, bare_ms, own_s = list[float](), list[float](), 0.0
    room = ("--max-sessions", str(count))
    async with served(model, options=room) as server, AsyncExitStack() as stack:
        callers = [await stack.enter_async_context(calling(server)) for _ in range(count)]
        await asyncio.gather(*(caller.ask(given(0)) for caller in callers))
        bare.step(given(0))
        bare.cpu_s, bare.spoke = 0.0, 0
        before = server.threads_s()
        for turn in range(1, turns + 1):
            began, began_s = time.perf_counter(), time.process_time()
            await asyncio.gather(*(caller.ask(given(turn)) for caller in callers))
            own_s += time.process_time() - began_s
            served_ms.append(1e3 * (time.perf_counter() - began))
            bare_ms.append(bare.step(given(turn)))
        after = server.threads_s()
    served_cpu_s = sum(spent_s - before.get(one, 0.0) for one, spent_s in after.items())
    ours, theirs, whole = p(served_ms, 50), p(bare_ms, 50), turns * count
    return Overhead(
        "server-overhead", name, count, turns, round(bare.spoke / whole, 3), theirs, ours,
        round(ours / theirs - 1, 4), round(1e3 * bare.cpu_s / whole, 2),
        round(1e3 * served_cpu_s / whole, 2), round(served_cpu_s / bare.cpu_s - 1, 4),
        round(1e3 * own_s / whole, 2),
    )  # fmt: skip


class _Bare:
    """Sessions that nobody serves, on as many threads as there are cores.

    cpu_s, spoke: the cores' seconds and the micro-turns spoken, so far.
    """

    def __init__(self, sessions: list[Session]) -> None:
        self._sessions, self._pool = sessions, ThreadPoolExecutor(os.cpu_count())
        self.cpu_s, self.spoke = 0.0, 0

    def step(self, given: InputTurn) -> float:
        """The next micro-turn of all, and how many milliseconds that took by the clock."""
        began = time.perf_counter()
        for cpu_s, spoke in self._pool.map(lambda one: _step(one, given), self._sessions):
            self.cpu_s, self.spoke = self.cpu_s + cpu_s, self.spoke + spoke
        return 1e3 * (time.perf_counter() - began)


def _step(session: Session, given: InputTurn) -> tuple[float, bool]:
    """Of a bare micro-turn: seconds of its core, and whether it spoke."""
    cpu_s = time.thread_time()
    out = session.step(given)
    return time.thread_time() - cpu_s, out.speaking
