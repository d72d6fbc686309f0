"""One session with somebody else's model: the socket, and an adapter that reads and writes it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import numpy as np
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from engine.client.adapters.adapter import Adapter, ProtocolError, Refused, Send, Steps
from engine.client.adapters.pcm import clean
from engine.client.events import AWAY, Closed, Error, Notice, SessionEvent, Started, State
from engine.client.items import Hush, Item, Mute, Picture, Sound
from engine.client.socket import AS_USUAL, Address, Timing, Unreachable, open_socket

MAX_EVENTS = 1024
RESUME_S = 20.0
RESUME_WAIT_S = 0.25
REFUSED_CODES = (1008, 3000, 4001, 4003, 4401, 4403)


class AdaptedSession:
    """A Session (engine.client.session) over any adapter.

    A broken connection goes on in the same session where the adapter can resume. Sound and
    pictures of the time between are lost, as they are of the moment; words wait for its end.
    """

    def __init__(
        self,
        address: Address,
        adapter: Adapter,
        timing: Timing = AS_USUAL,
        resume_s: float = RESUME_S,
    ) -> None:
        self._address, self._adapter, self._timing = address, adapter, timing
        self._resume_s = resume_s
        self._socket: ClientConnection | None = None
        self._events: asyncio.Queue[SessionEvent] = asyncio.Queue(MAX_EVENTS)
        self._reading: asyncio.Task[None] | None = None
        self._muted = self._closing = False
        self._connected = asyncio.Event()

    @property
    def sees(self) -> bool:
        return self._adapter.abilities.sees

    async def __aenter__(self) -> AdaptedSession:
        """Connects and waits for the session. Raises Unreachable."""
        url = self._address.url
        try:
            async with asyncio.timeout(self._timing.start_s):
                await self._connect()
                await self._begin()
        except TimeoutError:
            await self._hang_up()
            raise Unreachable(f"{url} did not begin a session in time") from None
        except (ProtocolError, Refused) as error:
            await self._hang_up()
            final = not isinstance(error, Refused) or error.final
            raise Unreachable(f"{url}: {error}", final) from None
        except BaseException:
            await self._hang_up()
            raise
        self._connected.set()
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._reading is not None:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading
        await self._hang_up()
        with contextlib.suppress(asyncio.QueueFull):
            self._events.put_nowait(Closed("connection_lost"))

    async def __aiter__(self) -> AsyncIterator[SessionEvent]:
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Closed):
                return

    async def write(self, item: Item) -> None:
        if isinstance(item, Mute):
            await self._mute(item.muted)
        elif isinstance(item, Hush):
            await self._follow(self._adapter.hush())
        elif isinstance(item, Sound):
            samples = np.zeros_like(item.samples) if self._muted else clean(item.samples)
            await self._follow(self._adapter.hear(samples))
        elif isinstance(item, Picture):
            await self._follow(self._adapter.see(item))
        else:
            await self._connected.wait()
            await self._follow(self._adapter.tell(item))

    async def close(self) -> None:
        self._closing = True
        await self._follow(self._adapter.close())

    async def rest(self) -> None:
        """Somebody else's engine keeps nothing for us."""
        await self.close()

    async def _mute(self, muted: bool) -> None:
        """These protocols know no mute: the server hears silence."""
        self._muted = muted
        await self._events.put(State("muted" if muted else "listening", muted=muted))

    async def _connect(self) -> None:
        url = self._address.url + self._adapter.path()
        self._socket = await open_socket(self._address, url, self._timing)

    async def _begin(self) -> None:
        await self._follow(self._adapter.begin())
        socket = self._open_socket
        try:
            while True:
                steps = self._adapter.read(await socket.recv())
                await self._follow(steps)
                if any(isinstance(step, Started) for step in steps):
                    return
        except ConnectionClosed as error:
            raise self._hung_up(error) from None

    def _hung_up(self, error: ConnectionClosed) -> Unreachable:
        url, close = self._address.url, error.rcvd
        if close is not None and close.code in REFUSED_CODES:
            why = f" and said: {close.reason}" if close.reason else ""
            return Unreachable(f"{url} refused the session ({close.code}){why}", final=True)
        return Unreachable(f"{url} hung up before the session began")

    async def _read(self) -> None:
        """Follows the server to the end of the session, over broken connections if it can."""
        closed = Closed("connection_lost")
        try:
            while True:
                found = await self._read_connection()
                if found is not None:
                    closed = found
                    break
                if self._closing or not await self._resumed():
                    break
        except (ProtocolError, Refused) as error:
            await self._events.put(Error("protocol", str(error)))
        self._connected.set()
        await self._events.put(closed)

    async def _read_connection(self) -> Closed | None:
        """Until the session ends (Closed) or the connection does (None)."""
        try:
            async for frame in self._open_socket:
                for step in self._adapter.read(frame):
                    if isinstance(step, Closed):
                        return step
                    await self._follow([step])
        except ConnectionClosed:
            pass
        self._connected.clear()
        return None

    async def _resumed(self) -> bool:
        if self._adapter.resume() is None:
            return False
        await self._events.put(AWAY)
        deadline_s = time.monotonic() + self._resume_s
        wait_s = RESUME_WAIT_S
        while (steps := self._adapter.resume()) is not None and time.monotonic() < deadline_s:
            try:
                async with asyncio.timeout(self._timing.start_s):
                    await self._connect()
                await self._follow(steps)
            except (Unreachable, TimeoutError) as error:
                if isinstance(error, Unreachable) and error.final:
                    return False
                await asyncio.sleep(wait_s)
                wait_s = min(2 * wait_s, 4.0)
                continue
            self._connected.set()
            await self._events.put(Notice("resumed", "the connection was lost and is back"))
            return True
        return False

    async def _follow(self, steps: Steps) -> None:
        """Events first: a slow server must not hold up the voice that is there."""
        for step in steps:
            if not isinstance(step, Send):
                await self._events.put(step)
        for step in steps:
            if isinstance(step, Send):
                with contextlib.suppress(ConnectionClosed):
                    await self._open_socket.send(step.frame)

    @property
    def _open_socket(self) -> ClientConnection:
        assert self._socket is not None, "the session is not open"
        return self._socket

    async def _hang_up(self) -> None:
        if self._socket is not None:
            await self._socket.close()
