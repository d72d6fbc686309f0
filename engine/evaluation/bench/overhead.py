"""What the server adds to what computing costs: its sessions beside as many bare ones.

Both take the same input by turns, a micro-turn served and then the same one bare, so that both see
the same machine and, as five times a second in life, caches that other work has been through.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from engine.evaluation.bench.served import Caller, calling, p, served
from engine.evaluation.bench.tape import conversation_at, input_at
from engine.microturn import InputTurn, Session
from engine.runtime import load

MANY, APART = 12, 25  # sessions, and how many micro-turns lie between two of them
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
        await _overhead(model, turns if count == 1 else max(5, 2 * turns // count), name, count)
        for count in (1, MANY)
        for name in LOADS
    ]


async def _overhead(model: Path | None, turns: int, name: str, count: int) -> Overhead:
    engine = load(model)
    served_ms, bare_ms, own_s = list[float](), list[float](), 0.0
    room = ("--max-sessions", str(count))

    def given(turn: int) -> list[InputTurn]:
        """Each is somewhere else in the same conversation."""
        return [replace(LOADS[name](turn + APART * one), index=turn) for one in range(count)]

    async with served(model, options=room) as server, AsyncExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(os.cpu_count()))
        bare = _Bare([engine.session(seed) for seed in range(count)], pool)
        callers = [await stack.enter_async_context(calling(server)) for _ in range(count)]
        await asyncio.gather(*map(Caller.ask, callers, given(0)))
        bare.step(given(0))
        bare.cpu_s, bare.spoke = 0.0, 0
        before = server.threads_s()
        for turn in range(1, turns + 1):
            began, began_s = time.perf_counter(), time.process_time()
            await asyncio.gather(*map(Caller.ask, callers, given(turn)))
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
    """Sessions that nobody serves, on the threads of `pool`.

    cpu_s, spoke: the cores' seconds and the micro-turns spoken, so far.
    """

    def __init__(self, sessions: list[Session], pool: Executor) -> None:
        self._sessions, self._pool = sessions, pool
        self.cpu_s, self.spoke = 0.0, 0

    def step(self, given: Sequence[InputTurn]) -> float:
        """The next micro-turn of each, and how many milliseconds that took by the clock."""
        began, began_s = time.perf_counter(), time.process_time()
        outs = self._pool.map(lambda one, turn: one.step(turn), self._sessions, given)
        self.spoke += sum(out.speaking for out in outs)
        self.cpu_s += time.process_time() - began_s
        return 1e3 * (time.perf_counter() - began)
