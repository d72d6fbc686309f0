"""Keeps a session with an engine going: starts, watches, restarts, and tells what it does."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.client.events import (
    Closed,
    EngineFailed,
    EngineLost,
    EngineReady,
    EngineResting,
    EngineStarting,
    Event,
    Notice,
)
from engine.client.host import Host
from engine.client.live import Unreachable
from engine.client.outgoing import Outgoing
from engine.client.race import unless
from engine.client.session import OpenSession, Session

GOODBYE_S = 2.0
REST_S = 10.0


@dataclass(frozen=True)
class Patience:
    """How often and how fast a lost engine is tried again.

    attempts: failures in a row before it is given up, None for never. A session that lasted
    `settled_s` was no failure.
    """

    attempts: int | None = 5
    waits_s: tuple[float, ...] = (0.1, 0.5, 1.0, 2.0, 5.0)
    settled_s: float = 10.0

    def wait_s(self, failures: int) -> float:
        return self.waits_s[min(failures, len(self.waits_s)) - 1] if failures else 0.0

    def is_over(self, failures: int) -> bool:
        return self.attempts is not None and failures >= self.attempts


class Supervisor:
    """Runs one session after the other until stopped or out of patience.

    A hang shows as a heartbeat without answer, or as the server giving up a micro-turn that
    does not end; both end the session, and the child with it. A session that merely grew too
    old is followed by a new one on the same engine.
    """

    def __init__(
        self,
        host: Host,
        outgoing: Outgoing,
        tell: Callable[[Event], None],
        open_session: OpenSession,
        patience: Patience | None = None,
    ) -> None:
        self._host, self._outgoing, self._tell = host, outgoing, tell
        self._open_session = open_session
        self._patience = patience or Patience()
        self._stopping = asyncio.Event()
        self._away = False
        self._drowsy, self._awake = asyncio.Event(), asyncio.Event()
        self._awake.set()

    async def run(self) -> None:
        """Returns when stopped, or after EngineFailed."""
        failures = 0
        try:
            while not self._stopping.is_set():
                if not self._awake.is_set():
                    await self._sleep()
                    continue
                self._tell(EngineStarting(failures + 1))
                began = time.monotonic()
                reason, final = await self._once()
                if self._stopping.is_set() or not self._awake.is_set():
                    continue
                settled = time.monotonic() - began >= self._patience.settled_s
                if reason is None:  # another follows at once, unless this one hardly began
                    failures = 0 if settled else failures + 1
                    await self._wait(self._patience.wait_s(failures))
                    continue
                failures = 1 if settled else failures + 1
                if final or self._patience.is_over(failures):
                    self._tell(EngineFailed(reason))
                    return
                await self._pause(reason, self._patience.wait_s(failures))
        finally:
            await self._host.let_go()
            self._host.forget()

    def stop(self) -> None:
        """Lets the session finish, or gives up what is being opened; then `run` returns."""
        self._stopping.set()
        self._awake.set()

    def rest(self) -> None:
        """Lets a child of ours go, so that its memory is free, and keeps the session for it.

        An engine that runs elsewhere has no memory here, and is left alone.
        """
        if self._host.pid is not None:
            self._awake.clear()
            self._drowsy.set()

    def wake(self) -> None:
        """Starts the engine again, if it rests; the session goes on where it was."""
        self._drowsy.clear()
        self._awake.set()

    async def _sleep(self) -> None:
        await self._host.let_go()
        self._tell(EngineResting())
        await self._awake.wait()

    async def _once(self) -> tuple[str | None, bool]:
        """One session. Returns why the engine is lost, or None, and whether for good."""
        try:
            client = await unless(self._stopping, self._open())
            if client is None:
                return None, False
            try:
                reason = await self._converse(client)
            finally:
                await client.__aexit__()
        except Unreachable as error:
            await self._host.let_go()
            return str(error), error.final
        if reason in ("expired", "close_requested"):
            return None, False
        return await self._host.let_go(), False

    async def _open(self) -> Session:
        address = await self._host.reach()
        client = await self._open_session(address).__aenter__()
        self._tell(EngineReady(address.url, self._host.pid))
        return client

    async def _converse(self, client: Session) -> str:
        self._away = False
        self._outgoing.begin(client.sees)
        jobs = (self._send(client), self._part(client), self._doze(client))
        helpers = [asyncio.create_task(job) for job in jobs]
        reason = "connection_lost"
        try:
            async for event in client:
                if isinstance(event, Notice) and event.code in ("away", "resumed"):
                    self._away = event.code == "away"
                self._tell(self._outgoing.notice(event))
                if isinstance(event, Closed):
                    reason = event.reason
        finally:
            for helper in helpers:
                helper.cancel()
            for error in self._outgoing.end():
                self._tell(error)
        return reason

    async def _send(self, client: Session) -> None:
        while True:
            await client.write(await self._outgoing.next())

    async def _part(self, client: Session) -> None:
        """Closes the session in order when stopped, and by force when that takes too long or the
        connection is away."""
        await self._stopping.wait()
        if not self._away:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(GOODBYE_S):
                    await client.close()  # on a dead line this waits, too
                    await asyncio.sleep(GOODBYE_S)
        await client.__aexit__()

    async def _doze(self, client: Session) -> None:
        """The same for a rest, which takes as long as the state takes to be written."""
        await self._drowsy.wait()
        await client.rest()
        await asyncio.sleep(REST_S)
        await client.__aexit__()

    async def _pause(self, reason: str, wait_s: float) -> None:
        self._tell(EngineLost(reason, wait_s))
        await self._wait(wait_s)

    async def _wait(self, wait_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._stopping.wait()
