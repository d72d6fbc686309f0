"""A server in a process of its own, and clients that talk to it at the pace of people."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil

from engine.child import command as child_command
from engine.client.events import Closed, SessionEvent, State, TurnDone, VoiceAudio
from engine.client.host import Child, server_command
from engine.client.live import Address, LiveClient, Opening
from engine.evaluation.bench.tape import input_at
from engine.microturn import TURN_S, InputTurn

TCP_INFO_BYTES = 136  # of Linux's tcp_info, up to tcpi_bytes_acked and tcpi_bytes_received
IDLE = child_command("engine.evaluation.bench.idle")


@dataclass
class Caller:
    """One session. took_ms: from sending a micro-turn's sound to all of its answer being here.

    done: micro-turns that the model took in.
    """

    client: LiveClient
    took_ms: list[float] = field(default_factory=list)
    sent: int = 0
    sounds: int = 0
    dropped_ms: int = 0
    done: int = 0
    _sent_at: dict[int, float] = field(default_factory=dict)
    _ticked: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Notes what comes, to the end."""
        async for event in self.client:
            self._note(event)

    async def say(self, given: InputTurn | None = None) -> None:
        """Sends the next micro-turn: of people talking, or what is given, text and sound."""
        self._sent_at[self.sent] = time.perf_counter()
        self.sent += 1
        given = given or input_at(self.sent)
        if given.text:
            await self.client.send_text(given.text)
        await self.client.send_audio(given.audio)

    async def ask(self, given: InputTurn | None = None) -> None:
        """Sends one and waits until it is done."""
        self._ticked.clear()
        await self.say(given)
        await self._ticked.wait()

    async def talk(self, turns: int, phase_s: float = 0.0, every_s: float = TURN_S) -> None:
        """`turns` micro-turns, in real time if not told otherwise, begun after `phase_s`."""
        began = time.perf_counter() + phase_s
        for turn in range(turns):
            await asyncio.sleep(max(0.0, began + turn * every_s - time.perf_counter()))
            await self.say()

    def bytes(self) -> tuple[int, int] | None:
        """What its connection has sent and received, as TCP counts; None where it does not tell."""
        line = self.client.socket
        if not hasattr(socket, "TCP_INFO") or line is None:
            return None
        counted = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, TCP_INFO_BYTES)
        if len(counted) < TCP_INFO_BYTES:
            return None
        acknowledged, received = struct.unpack_from("QQ", counted, TCP_INFO_BYTES - 16)
        return acknowledged, received

    def _note(self, event: SessionEvent) -> None:
        if isinstance(event, TurnDone):
            sent_at = self._sent_at.pop(event.turn, None)
            if sent_at is not None:
                self.took_ms.append(1e3 * (time.perf_counter() - sent_at))
            self.done = event.turn + 1
            self._ticked.set()
        elif isinstance(event, VoiceAudio):
            self.sounds += 1
        elif isinstance(event, State):
            self.dropped_ms = event.dropped_ms
        elif isinstance(event, Closed):
            self._ticked.set()


@dataclass(frozen=True)
class Served:
    """A server of our own."""

    address: Address
    pid: int

    def cpu_s(self) -> float:
        """Seconds of cores that it has used."""
        used = psutil.Process(self.pid).cpu_times()
        return float(used.user + used.system)

    def threads_s(self) -> dict[int, float]:
        """Seconds that each of its threads has used: to the nanosecond where Linux counts so."""
        used = {}
        for one in psutil.Process(self.pid).threads():
            used[one.id] = one.user_time + one.system_time
            try:
                with open(f"/proc/{self.pid}/task/{one.id}/schedstat", encoding="ascii") as file:
                    used[one.id] = int(file.read().split()[0]) / 1e9
            except OSError:
                pass
        return used


@asynccontextmanager
async def served(
    model: Path | None = None, idle: bool = False, options: tuple[str, ...] = ()
) -> AsyncIterator[Served]:
    """The real engine, or the one that costs nothing. Raises Unreachable."""
    child = Child([*(IDLE if idle else server_command(model)), *options])
    try:
        address = await child.reach()
        assert child.pid is not None
        yield Served(address, child.pid)
    finally:
        await child.let_go()


@asynccontextmanager
async def calling(server: Served, keep_s: int = 0) -> AsyncIterator[Caller]:
    """One session, from its start to its close. Raises Unreachable."""
    opening = Opening(ticks=True, keep_s=keep_s, heartbeat_s=20, limit_s=60, start_s=30)
    async with LiveClient(server.address, opening) as client:
        caller = Caller(client)
        listening = asyncio.create_task(caller.listen())
        try:
            yield caller
        finally:
            await client.close()
            await asyncio.wait({listening}, timeout=10)
            listening.cancel()


def p(values: list[float], percent: float) -> float:
    """A percentile, to a hundredth."""
    return round(float(np.percentile(values, percent)), 2)
