"""The other side of a protocol on loopback: checks every message, answers what it must.

What the model behind it says is up to the test, which speaks in its place with `send`.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from websockets.asyncio.server import Request, Response, Server, ServerConnection, serve

from engine.client.adapters.adapter import Wishes
from engine.client.adapters.table import PROTOCOLS
from engine.client.link import EngineLink
from engine.client.live import Address
from engine.client.socket import AS_USUAL, Timing
from tests.linking import Listener

TOKEN = "right"
Message = dict[str, Any]


class Standin:
    """One server, for any number of connections. Subclasses know the protocol.

    received: every message that was understood; wrong: what no real server would have taken.
    """

    base = "/v1"

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.wrong: list[str] = []
        self.paths: list[str] = []
        self.answering = True
        self._changed = threading.Condition()
        self._socket: ServerConnection | None = None
        self._server: Server | None = None

    async def greet(self) -> None:
        """A client is there."""

    async def react(self, message: Message) -> None:
        """A message that was understood came."""

    def understand(self, frame: str | bytes) -> Message:
        """Raises ValueError where a real server would refuse."""
        return json.loads(frame)

    async def say(self, *messages: Message | bytes) -> None:
        assert self._socket is not None
        for message in messages:
            frame = message if isinstance(message, bytes) else json.dumps(message)
            await self._socket.send(frame)

    def send(self, *messages: Message | bytes) -> None:
        """Says it from the test's thread."""
        self.call(self.say(*messages))

    def send_raw(self, frame: str | bytes) -> None:
        assert self._socket is not None
        self.call(self._socket.send(frame))

    def cut(self) -> None:
        """The connection breaks, without a word."""
        socket = self._socket
        assert socket is not None
        self._loop.call_soon_threadsafe(socket.transport.abort)

    async def stall(self, seconds: float) -> None:
        """Reads nothing from the connection for so long."""
        assert self._socket is not None
        transport = self._socket.transport
        transport.pause_reading()
        asyncio.get_running_loop().call_later(seconds, transport.resume_reading)

    def call(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    def all(self, kind: str) -> list[Message]:
        with self._changed:
            return [message for message in self.received if message["type"] == kind]

    def until(self, kind: str, count: int = 1, **fields: Any) -> Message:
        """Waits for the client's message number `count` of this type with these fields."""

        def found() -> list[Message]:
            return [m for m in self.received if m["type"] == kind and fields.items() <= m.items()]

        with self._changed:
            done = self._changed.wait_for(lambda: len(found()) >= count, 20)
            assert done, [message["type"] for message in self.received][-20:]
            return found()[count - 1]

    def connections(self, count: int) -> None:
        """Waits until so many came."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.paths) >= count, 20), self.paths

    @property
    def url(self) -> str:
        assert self._server is not None
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{port}{self.base}"

    async def serve(self, started: threading.Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        how = {"process_request": self._admit, "compression": None}
        async with serve(self._attend, "127.0.0.1", 0, **how) as self._server:
            started.set()
            await self._stopping.wait()
            if self._socket is not None:
                self._socket.transport.abort()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)

    def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return socket.respond(HTTPStatus.UNAUTHORIZED, "no\n")
        return None

    async def _attend(self, socket: ServerConnection) -> None:
        self._socket = socket
        assert socket.request is not None
        self._note(lambda: self.paths.append(socket.request.path))
        await self.greet()
        async for frame in socket:
            try:
                message = self.understand(frame)
            except ValueError as error:
                self.wrong.append(str(error)[:300])
                continue
            self._note(lambda message=message: self.received.append(message))
            if self.answering:
                await self.react(message)

    def _note(self, change: Callable[[], Any]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()


@contextmanager
def standing_in(standin: Standin) -> Iterator[Standin]:
    """Runs it until the block ends; at the end it must have understood everything."""
    started = threading.Event()
    thread = threading.Thread(target=asyncio.run, args=(standin.serve(started),))
    thread.start()
    assert started.wait(10)
    try:
        yield standin
        assert not standin.wrong, standin.wrong
    finally:
        standin.stop()
        thread.join(10)


@contextmanager
def talking(
    standin: Standin,
    protocol: str,
    instructions: str | None = None,
    token: str = TOKEN,
    timing: Timing = AS_USUAL,
    **options: Any,
) -> Iterator[tuple[EngineLink, Listener]]:
    """A link to the stand-in over the adapter of this name, and what it tells."""
    make = next(known.make for known in PROTOCOLS if known.name == protocol)
    wishes = Wishes("some-model", instructions, options)
    listener = Listener()
    address = Address(standin.url, token)
    link = EngineLink.foreign(listener, address, lambda: make(wishes), timing).start()
    try:
        yield link, listener
    finally:
        assert link.stop()
