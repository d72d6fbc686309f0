"""What serving costs: the server over the bare runtime, many sessions, the wire, a broken one."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.client.socket import Unreachable
from engine.evaluation.bench.journal import takeover
from engine.evaluation.bench.overhead import overhead
from engine.evaluation.bench.parts import parts
from engine.evaluation.bench.served import Caller, Served, calling, p, served
from engine.microturn import TURN_S

ROUND_TURNS = 25
LIMIT_MS = 150.0


@dataclass(frozen=True)
class Sessions:
    """The most sessions at which 99 of 100 answers came within the limit, and what stopped it."""

    bench: str
    sessions: int
    cores: int
    per_core: float
    p50_ms: float
    p99_ms: float
    stopped_by: str
    limit_ms: float = LIMIT_MS


@dataclass(frozen=True)
class Wire:
    """Sound both ways for many sessions, with an engine that costs nothing. late: over one
    micro-turn from sending to the whole answer. Bytes: of one session that speaks all the time, as
    TCP counts them; None where the system does not tell. client_cores: of the one process that
    all clients live in, which shares the machine."""

    bench: str
    sessions: int
    seconds: float
    frames: int
    answered: int
    late: int
    dropped_ms: int
    p50_ms: float
    p99_ms: float
    server_cores: float
    client_cores: float
    up_bytes_s: float | None
    down_bytes_s: float | None
    goal_dropped_ms: int = 0
    goal_late: int = 0


@dataclass(frozen=True)
class Resume:
    """A connection cut while sound flows. lost_ms: sound that the model never got."""

    bench: str
    cuts: int
    sent_ms: int
    lost_ms: int
    lost_per_cut_ms: float
    away_p50_ms: float
    goal_lost_per_cut_ms: float = 200.0


def rows(
    model: Path | None, rounds: int, seconds: float, sessions: int, most: int
) -> Iterator[dict[str, Any]]:
    """Every figure, one after the other: they would disturb each other."""
    for row in asyncio.run(overhead(model, rounds * ROUND_TURNS)):
        yield asdict(row)
    yield asdict(asyncio.run(parts(model, rounds, ROUND_TURNS)))
    yield asdict(asyncio.run(ramp(model, seconds, most)))
    yield asdict(asyncio.run(wire(sessions, seconds)))
    yield asdict(asyncio.run(resume(3)))
    yield asdict(asyncio.run(takeover(model)))


async def ramp(model: Path | None, seconds: float, most: int) -> Sessions:
    """One session after the other, until the server refuses or answers come late."""
    held: list[float] = []
    callers: list[Caller] = []
    stopped, options = f"all {most} places taken", ("--max-sessions", str(most))
    async with served(model, options=options) as server, AsyncExitStack() as stack:
        while len(callers) < most:
            try:
                callers.append(await stack.enter_async_context(calling(server)))
            except Unreachable as error:
                stopped = str(error).rpartition("/v1: ")[2]
                break
            took = await _together(callers, seconds)
            if not took or p(took, 99) > LIMIT_MS:
                stopped = f"with one more, p99 was {p(took, 99) if took else 0:.0f} ms"
                callers.pop()
                break
            held = took
    cores, count = _cores(), len(callers)
    return Sessions(
        "sessions", count, cores, round(count / cores, 2), p(held, 50) if held else 0.0,
        p(held, 99) if held else 0.0, stopped,
    )  # fmt: skip


async def _together(
    callers: list[Caller], seconds: float, every_s: float = TURN_S
) -> list[float]:
    """All talk at once, their micro-turns spread over the interval; returns what each took."""
    for caller in callers:
        caller.took_ms.clear()
    turns, count = round(seconds / TURN_S), len(callers)
    await asyncio.gather(
        *(caller.talk(turns, every_s * n / count, every_s) for n, caller in enumerate(callers))
    )
    await asyncio.sleep(every_s)
    return [took for caller in callers for took in caller.took_ms]


async def wire(sessions: int, seconds: float, every_s: float = TURN_S) -> Wire:
    """`seconds` of sound for each session, a micro-turn of it every `every_s` seconds."""
    options = ("--max-sessions", str(sessions), "--late", "1e9")
    async with served(idle=True, options=options) as server, AsyncExitStack() as stack:
        callers = [await stack.enter_async_context(calling(server)) for _ in range(sessions)]
        cpu_s, own_s, began = server.cpu_s(), time.process_time(), time.perf_counter()
        before = _bytes(callers)
        took = await _together(callers, seconds, every_s)
        away_s = time.perf_counter() - began
        cores, ours = (server.cpu_s() - cpu_s) / away_s, (time.process_time() - own_s) / away_s
        after = _bytes(callers)
        up, down = (
            round((now - then) / sessions / seconds) if before and after else None
            for then, now in zip(before or (0, 0), after or (0, 0), strict=True)
        )
    return Wire(
        "wire", sessions, round(away_s, 1), sum(caller.sent for caller in callers),
        sum(caller.sounds for caller in callers), sum(ms > 1e3 * TURN_S for ms in took),
        sum(caller.dropped_ms for caller in callers), p(took, 50), p(took, 99), round(cores, 3),
        round(ours, 3), up, down,
    )  # fmt: skip


def _bytes(callers: list[Caller]) -> tuple[int, int] | None:
    """Of all connections together, sent and received."""
    counted = [caller.bytes() for caller in callers]
    known = [one for one in counted if one is not None]
    if len(known) < len(counted):
        return None
    return sum(sent for sent, _ in known), sum(received for _, received in known)


async def resume(cuts: int) -> Resume:
    """The cable is pulled while the microphone goes on; the session is resumed each time."""
    away_ms: list[float] = []
    async with served(idle=True) as server:
        async with calling(server, keep_s=20) as caller:
            for _ in range(cuts):
                await caller.talk(5)
                away_ms.append(await _cut(server, caller))
                await caller.talk(5)
            await asyncio.sleep(2 * TURN_S)
        sent_ms = round(1e3 * TURN_S * caller.sent)
        lost_ms = sent_ms - round(1e3 * TURN_S * caller.done)
    return Resume(
        "resume", cuts, sent_ms, lost_ms, round(lost_ms / cuts, 1), p(away_ms, 50),
    )  # fmt: skip


async def _cut(server: Served, caller: Caller) -> float:
    """Breaks the connection without a goodbye; milliseconds until an answer comes again."""
    answered, began = len(caller.took_ms), time.perf_counter()
    caller.client.pull_the_cable()
    while len(caller.took_ms) == answered and time.perf_counter() - began < 10:
        await caller.say()
        await asyncio.sleep(TURN_S)
    return 1e3 * (time.perf_counter() - began)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
