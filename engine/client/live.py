"""One session with an engine, ours or another that speaks GPT-Live, for asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from engine.client import wire
from engine.client.events import (
    AWAY,
    Capabilities,
    Closed,
    Error,
    Notice,
    Said,
    SessionEvent,
    Started,
    VoiceAudio,
)
from engine.client.items import Hush, Item, Mute, Picture, Sound, Source
from engine.client.race import unless
from engine.client.sendings import Sendings
from engine.client.socket import Address, Timing, Unreachable, open_socket
from engine.microturn import Update

__all__ = ["Address", "LiveClient", "Opening", "Unreachable"]

PATH = "/live/sessions"
HUSHED_S = 1.0
RETRIES_S = (0.1, 0.3, 1.0, 2.0)


@dataclass(frozen=True)
class Opening(Timing):
    """How a session is to begin. extensions: False for servers that are not ours.

    keep_s: how long a session whose connection broke is tried again, before it is given up; ticks:
    whether each micro-turn is told when it is done; both only with extensions.
    """

    model: str = "nano"
    instructions: str | None = None
    seed: int = 0
    extensions: bool = True
    keep_s: int = 0
    ticks: bool = False


class LiveClient:
    """`async with LiveClient(address) as client:` then send, and `async for event in client`.

    Iterating ends after `Closed`, which always comes: from the server, or, when the connection
    broke, from here.
    """

    def __init__(self, address: Address, opening: Opening = Opening()) -> None:
        self._address = address
        self._opening = opening
        self._socket: ClientConnection | None = None
        self._sendings = Sendings()
        self._sending = asyncio.Lock()
        self._last_event = 0
        self._hung_up = asyncio.Event()
        self._addressed: bool | None = None
        self._kept = False
        self._hushed_until_s = 0.0
        self.started: Started | None = None

    async def __aenter__(self) -> LiveClient:
        """Connects and waits for the session. Raises Unreachable."""
        try:
            async with asyncio.timeout(self._opening.start_s):
                self._socket = await self._connect()
                await self._begin()
        except TimeoutError:
            await self._hang_up()
            raise Unreachable(f"{self._address.url} did not answer in time") from None
        except BaseException:
            await self._hang_up()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._hang_up()

    async def __aiter__(self) -> AsyncIterator[SessionEvent]:
        assert self.started is not None
        yield self.started
        try:
            while True:
                async for event in self._until_broken():
                    yield event
                    if isinstance(event, Closed):
                        return
                if not self._is_kept:
                    break
                yield AWAY
                began = time.monotonic()
                if not await self._resume():
                    break
                yield Notice("resumed", f"the connection was away {time.monotonic() - began:.1f} s")
        except wire.ProtocolError as error:
            yield Error("protocol", str(error))
        yield Closed("connection_lost")

    async def _until_broken(self) -> AsyncIterator[SessionEvent]:
        try:
            async for frame in self._open_socket:
                self._last_event = wire.number(frame) or self._last_event
                event = wire.parse(frame)
                if isinstance(event, Capabilities):
                    self._kept = event.kept
                if event is not None and not self._is_hushed(event):
                    yield event
        except ConnectionClosed:
            return

    async def send(self, message: wire.Message) -> None:
        """Sends one message of engine.client.wire. What comes after the end is dropped.

        What comes while the connection is away goes out when it is back.
        """
        async with self._sending:
            try:
                await self._open_socket.send(self._sendings.note(message))
            except ConnectionClosed:
                return  # the iterator tells; telling twice would make every sender handle it

    async def write(self, item: Item) -> None:
        """Sends what an app gives, as this protocol writes it."""
        if isinstance(item, Sound):
            if item.addressed is not None:
                await self.address(item.addressed)
            await self.send_audio(item.samples)
        elif isinstance(item, Picture):
            await self.send_picture(item.source, item.encoded)
        elif isinstance(item, Mute):
            await self.mute(item.muted)
        elif isinstance(item, Hush):
            await self.hush(item)
        elif isinstance(item.said, str):
            await self.send_text(item.said, item.id)
        else:
            await self.send_update(item.said, item.id)

    async def send_audio(self, samples: np.ndarray) -> None:
        """(n,) float32 at 16 kHz."""
        await self.send(wire.audio(samples))

    async def send_text(self, words: str, event_id: str | None = None) -> None:
        """What the user typed. A server without our extensions gets it as instructions."""
        assert self.started is not None
        message = wire.text if self.started.extended else wire.instructions
        await self.send(message(words, event_id))

    async def send_picture(self, source: Source, encoded: bytes) -> None:
        """A JPEG or PNG; a server without our extensions sees nothing."""
        if self.started is not None and self.started.extended:
            await self.send(wire.picture(source, encoded))

    async def send_update(self, told: Update, event_id: str | None = None) -> None:
        await self.send(wire.update(told, event_id))

    async def mute(self, muted: bool) -> None:
        await self.send(wire.mute(muted))

    async def address(self, on: bool) -> None:
        """Whether what is sent from here on is meant for the model. Told when it changes; a
        server without our extensions cannot be told."""
        if self.started is not None and self.started.extended and on != self._addressed:
            self._addressed = on
            await self.send(wire.addressed(on))

    async def hush(self, hush: Hush) -> None:
        """What of the voice nobody heard. A server without our extensions cannot be told, and goes
        on: its voice is thrown away until no word of it has come for a second."""
        if self.started is not None and self.started.extended:
            await self.send(wire.hush(hush.generation, hush.played_ms))
        else:
            self._hushed_until_s = time.monotonic() + HUSHED_S

    def _is_hushed(self, event: SessionEvent) -> bool:
        now_s = time.monotonic()
        if now_s >= self._hushed_until_s:
            return False
        if isinstance(event, Said):
            self._hushed_until_s = now_s + HUSHED_S
        return isinstance(event, VoiceAudio)

    async def close(self) -> None:
        """Asks the server to finish; its `Closed` comes through the iterator."""
        await self.send(wire.close())

    async def rest(self) -> None:
        """As `close`, but the session goes on where it was when the engine is started again."""
        assert self.started is not None
        await self.send(wire.rest() if self.started.extended else wire.close())

    def pull_the_cable(self) -> None:
        """Breaks the connection as a dead line does, for trials of what happens then."""
        self._open_socket.transport.abort()

    @property
    def sees(self) -> bool:
        """Whether pictures are wanted."""
        return self.started is not None and self.started.extended

    @property
    def socket(self) -> Any:
        """The TCP socket below, for what it has counted; None when there is none."""
        return self._socket and self._socket.transport.get_extra_info("socket")

    @property
    def _open_socket(self) -> ClientConnection:
        assert self._socket is not None, "the client is not connected"
        return self._socket

    async def _connect(self, query: str = "") -> ClientConnection:
        return await open_socket(self._address, self._address.url + PATH + query, self._opening)

    @property
    def _is_kept(self) -> bool:
        """Whether the session waits for us when the connection broke, and we want it."""
        extended = self.started is not None and self.started.extended
        return bool(self._opening.keep_s) and extended and not self._hung_up.is_set()

    async def _resume(self) -> bool:
        """Comes back to the session. False when it cannot be had any more, or we hung up."""
        assert self.started is not None
        coming = self._come_back(self.started.session_id)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._opening.keep_s):
                return bool(await unless(self._hung_up, coming))
        return False

    async def _come_back(self, session_id: str) -> bool:
        for wait_s in itertools.chain(RETRIES_S, itertools.repeat(RETRIES_S[-1])):
            try:
                query = f"?resume={session_id}&after={self._last_event}"
                return await self._take_up(await self._connect(query))
            except Unreachable as error:
                # A machine that answers, but with no server, has lost what was not kept.
                refused = isinstance(error.__context__, ConnectionRefusedError)
                if error.final or (refused and not self._kept):
                    return False
            except ConnectionClosed:
                pass
            await asyncio.sleep(wait_s)
        return False

    async def _take_up(self, socket: ClientConnection) -> bool:
        """Goes on with this connection. False when we hung up meanwhile: then it is closed."""
        try:
            await self._catch_up(socket, wire.resumed(await socket.recv()))
        finally:
            if self._socket is not socket:
                socket.transport.abort()
        return self._socket is socket

    async def _catch_up(self, socket: ClientConnection, frames: int) -> None:
        async with self._sending:
            if self._hung_up.is_set():
                return  # a cancellation comes a moment later, and this connection would stay
            self._socket = socket
            for text in self._sendings.after(frames):
                await socket.send(text)

    async def _begin(self) -> None:
        opening = self._opening
        keep_s = opening.keep_s if opening.extensions else 0
        start = wire.start(
            opening.model, opening.instructions, opening.seed, opening.extensions, keep_s,
            opening.ticks,
        )  # fmt: skip
        with contextlib.suppress(ConnectionClosed):
            await self._open_socket.send(json.dumps(start))
        try:
            while self.started is None:
                frame = await self._open_socket.recv()
                self._last_event = wire.number(frame) or self._last_event
                self._first(wire.parse(frame))
        except ConnectionClosed:
            raise Unreachable(f"{self._address.url} hung up before the session began") from None
        except wire.ProtocolError as error:
            raise Unreachable(f"{self._address.url}: {error}", final=True) from None

    def _first(self, event: SessionEvent | None) -> None:
        if isinstance(event, Started):
            self.started = replace(event, extended=self._opening.extensions)
        elif isinstance(event, Error):
            final = event.code != "too_many_sessions"
            raise Unreachable(f"{self._address.url}: {event.message}", final)

    async def _hang_up(self) -> None:
        self._hung_up.set()
        if self._socket is not None:
            await self._socket.close()
