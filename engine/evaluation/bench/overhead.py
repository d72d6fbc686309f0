"""What the server adds to what computing costs, in a session of its own beside a bare one.

Both take the same input by turns, a micro-turn served and then the same one bare, so that both see
the same machine and, as five times a second in life, caches that other work has been through.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.bench.served import calling, p, served
from engine.evaluation.bench.tape import conversation_at, input_at
from engine.microturn import InputTurn, Session
from engine.runtime import load

Given = Callable[[int], InputTurn]


@dataclass(frozen=True)
class Overhead:
    """load: "listening", people whom nobody told it to answer; or "conversation", the demo, orders
    and all, in which it speaks in `speaking` of the micro-turns. cpu_overhead: what the server's
    cores spend over what the bare runtime's do; it has the goal. overhead: the same of the clock,
    of medians, with the client's work of sending and reading in it. client_cpu_ms: of that side.
    """

    bench: str
    load: str
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
    """Of each load, over so many micro-turns."""
    return [await _overhead(model, turns, name) for name in LOADS]


async def _overhead(model: Path | None, turns: int, name: str) -> Overhead:
    bare, given = load(model).session(0), LOADS[name]
    bare_ms, bare_cpu_s, own_s, spoke = list[float](), 0.0, 0.0, 0
    async with served(model) as server, calling(server) as caller:
        await caller.ask(given(0))
        bare.step(given(0))
        caller.took_ms.clear()
        before = server.threads_s()
        for turn in range(1, turns + 1):
            began_s = time.process_time()
            await caller.ask(given(turn))
            own_s += time.process_time() - began_s
            took_ms, cpu_s, speaking = _step(bare, given(turn))
            bare_ms.append(took_ms)
            bare_cpu_s, spoke = bare_cpu_s + cpu_s, spoke + speaking
        after = server.threads_s()
    served_cpu_s = sum(spent_s - before.get(one, 0.0) for one, spent_s in after.items())
    ours, theirs = p(caller.took_ms, 50), p(bare_ms, 50)
    bare_cpu_ms, served_cpu_ms = 1e3 * bare_cpu_s / turns, 1e3 * served_cpu_s / turns
    return Overhead(
        "server-overhead", name, turns, round(spoke / turns, 3), theirs, ours,
        round(ours / theirs - 1, 4), round(bare_cpu_ms, 2), round(served_cpu_ms, 2),
        round(served_cpu_s / bare_cpu_s - 1, 4), round(1e3 * own_s / turns, 2),
    )  # fmt: skip


def _step(session: Session, given: InputTurn) -> tuple[float, float, bool]:
    """Of a bare micro-turn: milliseconds, seconds of cores, and whether it spoke."""
    began, cpu_s = time.perf_counter(), time.process_time()
    out = session.step(given)
    return 1e3 * (time.perf_counter() - began), time.process_time() - cpu_s, out.speaking
