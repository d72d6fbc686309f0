"""One client from its first frame to its last."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn, Protocol

from websockets.exceptions import ConnectionClosed, ConnectionClosedOK

from engine.server import gptlive, realtime, visit, wire
from engine.server.dialect import Opening, error_event
from engine.server.ending import INTERNAL, POLICY, RESTART, TRY_LATER, Displaced, Ending
from engine.server.hall import Hall
from engine.server.live import LiveSession
from engine.server.outbox import Outbox
from engine.server.stay import Stay
from engine.server.strict import WireError
from engine.server.wire import SessionStart

log = logging.getLogger(__name__)
GOODBYE_S = 2.0
FLOOD_S = 0.005


class Transport(Protocol):
    def abort(self) -> None: ...


class Line(Protocol):
    """A WebSocket that is open: of the `websockets` package, or of whatever stands for it.

    `recv` and `send` raise its ConnectionClosed; ConnectionClosedOK after a goodbye.
    """

    @property
    def transport(self) -> Transport: ...

    async def recv(self) -> str | bytes: ...

    async def send(self, message: str) -> None: ...

    async def close(self, code: int = 1000, reason: str = "") -> None: ...


class Connection:
    """Reads events, lets a session live, and says why it ended. One session per connection."""

    def __init__(self, socket: Line, hall: Hall, target: str) -> None:
        """target: path and query that the gate let in."""
        self._socket, self._hall = socket, hall
        self._settings = hall.settings
        self._visit = visit.read(target)
        self._outbox = Outbox(self._settings.outbox_events)
        self._errors = 0
        self._heard_s = time.monotonic()

    async def attend(self) -> None:
        """Serves the client until either side ends it. Raises nothing of the client's making."""
        try:
            stay = await self._back()
        except Ending as ending:  # not here, not now; it may be had at another time
            await self._socket.close(ending.close_code, ending.note[:120])
            return
        writer = asyncio.create_task(self._outbox.drain(self._socket))
        try:
            if stay is None:
                stay = await self._begin(writer)
            await self._talk(stay, writer)
        except Displaced:
            if stay is not None and stay.moved:
                await self._socket.close(RESTART, "the server stops; come back to the session")
            else:
                await self._socket.close(POLICY, "another connection has taken this session over")
        except Ending as ending:
            await self._say_goodbye(writer, ending)
        finally:
            writer.cancel()

    async def _begin(self, writer: asyncio.Task[None]) -> Stay:
        """A session that was opened in the moment in which its client went has lost it already."""
        opening = asyncio.ensure_future(self._open())
        try:
            stay: Stay = await _first(self._settings.start_s, writer, opening, self._lease())
            return stay
        except BaseException:
            if opening.done() and not opening.cancelled() and opening.exception() is None:
                opening.result().enter(writer)
                opening.result().leave(writer)
            raise

    async def _back(self) -> Stay | None:
        """The session that the client comes back to, with what it missed waiting to be sent."""
        stay = await self._hall.come_back(self._visit.resume) if self._visit.resume else None
        if stay is None:
            return None
        if stay.live.dialect.protocol != self._visit.protocol:
            message = f"that session speaks another protocol than {self._visit.protocol}"
            raise Ending("connection_lost", POLICY, message)
        stay.make_room()
        live, self._outbox = stay.live, stay.live.outbox
        complete = live.outbox.rewind(self._visit.after)
        live.outbox.first(resumed(live, complete))
        return stay

    async def _talk(self, stay: Stay, writer: asyncio.Task[None]) -> None:
        stay.enter(writer)
        try:
            await _first(None, writer, stay.over(), self._read(stay, writer), self._lease())
        except (Lost, asyncio.CancelledError):  # by the server in front, which lost the client
            stay.leave(writer)
            raise
        except Ending as ending:
            stay.end(ending)
            raise

    async def _open(self) -> Stay:
        if self._visit.resume:  # it ended between the gate and here
            raise Ending("connection_lost", TRY_LATER, "no such session waits any more")
        if self._visit.protocol == "realtime":
            opening = realtime.opening(self._visit, self._settings)
        else:
            opening = gptlive.opening(await self._start(), self._settings)
        if opening.keep_s:
            self._outbox.keep(self._settings.journal_events)
        return await self._place(opening)

    async def _place(self, opening: Opening) -> Stay:
        try:
            return await self._hall.open(opening, self._outbox)
        except WireError as refusal:
            self._outbox.put(error_event(refusal))
            raise Ending("connection_lost", TRY_LATER, refusal.code) from None

    async def _start(self) -> SessionStart:
        while True:
            message = await self._frame()
            try:
                event = wire.parse(message)
                if isinstance(event, SessionStart):
                    return event
                raise WireError("session_not_started", "send session.start first")
            except WireError as refusal:
                self._refused(error_event(refusal))

    async def _read(self, stay: Stay, writer: asyncio.Task[None]) -> None:
        live = stay.live
        while True:
            message = await self._frame()
            if not stay.held_by(writer):
                continue  # it is over, or another connection's, and this one is about to hear so
            try:
                live.obey(message)
                self._errors = 0
            except WireError as refusal:
                self._refused(live.dialect.refused(refusal, "invalid_request_error"))
            live.go_on()

    async def _frame(self) -> str | bytes:
        message = await self._socket.recv()
        before_s, self._heard_s = self._heard_s, time.monotonic()
        if self._heard_s - before_s < FLOOD_S:
            # Buffered frames do not suspend `recv`: without this a flood would starve the session.
            await asyncio.sleep(0)
        return message

    async def _lease(self) -> NoReturn:
        """Runs out when the client is silent for too long: one timer, not one a frame."""
        lease_s = self._settings.lease_s
        while (left_s := self._heard_s + lease_s - time.monotonic()) > 0:
            await asyncio.sleep(left_s)
        raise Ending("expired", POLICY, "the client was silent for too long")

    def _refused(self, error: Any) -> None:
        self._outbox.put(error)
        self._errors += 1
        if self._errors >= self._settings.max_errors_in_a_row:
            raise Ending("connection_lost", POLICY, "too many refused events in a row")

    async def _say_goodbye(self, writer: asyncio.Task[None], ending: Ending) -> None:
        if isinstance(ending, Lost):
            return
        self._outbox.close()
        try:
            async with asyncio.timeout(GOODBYE_S):
                await writer
                await self._socket.close(ending.close_code, ending.note[:120])
        except TimeoutError:
            # It does not read: a proper close would wait behind what it has not read.
            self._socket.transport.abort()
        except ConnectionClosed:
            pass


class Lost(Ending):
    """The connection broke without a word; its client may come back."""

    def __init__(self) -> None:
        super().__init__("connection_lost")


def resumed(live: LiveSession, complete: bool) -> dict[str, Any]:
    """Where the session stands, for a client that came back."""
    return {
        "type": "aside.session.resumed",
        "session": live.identity.id,
        "complete": complete,
        "turn": live.turns,
        "generation": live.generation,
        "received": live.inbox.received.samples,
        "frames": live.frames,
    }


async def _first(limit_s: float | None, writer: asyncio.Task[None], *jobs: Awaitable[Any]) -> Any:
    """Runs jobs until one of them, or the writer, ends; gives its result or raises Ending."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(
            [writer, *tasks], timeout=limit_s, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if not done:
        raise Ending("expired", POLICY, "time is up")
    if writer.cancelled():
        raise Displaced
    return _result(next(task for task in [*tasks, writer] if task in done).result)


def _result(outcome: Callable[[], Any]) -> Any:
    try:
        return outcome()
    except Ending:
        raise
    except ConnectionClosedOK:
        raise Ending("remote_hangup") from None
    except ConnectionClosed:
        raise Lost from None
    except Exception as error:
        log.error("a connection broke with %s", type(error).__name__)
        raise Ending("connection_lost", INTERNAL, "internal error") from error
