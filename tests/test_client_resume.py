"""A broken connection to an engine elsewhere: the session goes on where it was, nothing doubled."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.client import wire
from engine.client.events import AWAY, Closed, Heard, Notice, Said, Started
from engine.client.link import EngineLink
from engine.client.live import Address, LiveClient, Opening
from engine.client.sendings import SENSED_KEPT, Sendings
from engine.server.server import Server
from engine.server.settings import Settings
from tests.linking import Listener
from tests.scripted import ScriptedEngine, tone
from tests.serving import serving

pytestmark = pytest.mark.timeout(60)


class Cable:
    """A wire between client and server that can be cut. down: nobody comes through."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._ends: list[asyncio.StreamWriter] = []
        self.cuts = 0
        self.down = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.down:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server.port)
        self._ends += [writer, far_writer]
        await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))

    def cut(self) -> None:
        """Both ends see a dead line, and no WebSocket says goodbye."""
        self.cuts += 1
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def cabled(server: Server) -> AsyncIterator[tuple[Cable, Address]]:
    cable = Cable(server)
    listener = await asyncio.start_server(cable.carry, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    try:
        yield cable, Address(f"ws://127.0.0.1:{port}/v1", server.settings.token)
    finally:
        cable.cut()
        listener.close()


async def _until(done: Callable[[], bool], within_s: float = 10.0) -> None:
    async with asyncio.timeout(within_s):
        while not done():
            await asyncio.sleep(0.01)


async def _talk(server: Server, cuts: int) -> list[Any]:
    events: list[Any] = []
    async with (
        cabled(server) as (cable, address),
        LiveClient(address, Opening(keep_s=20)) as client,
    ):

        async def speak() -> None:
            for number in range(24):
                if number == 2:
                    await client.send_text("one two three four five")
                await client.send_audio(tone(200 + 20 * number))
                if number in (4, 11)[:cuts]:
                    cable.cut()
                await asyncio.sleep(0.03)
            await asyncio.sleep(0.5)
            await client.close()

        speaking = asyncio.create_task(speak())
        events.extend([event async for event in client])
        await speaking
    return events


@pytest.mark.parametrize("cuts", [1, 2])
def test_a_cut_wire_loses_nothing(cuts: int) -> None:
    """Sound, words and answers around a break arrive once each, in order."""
    with serving(behind_turns=50) as server:
        events = asyncio.run(_talk(server, cuts))
    heard = "".join(event.text for event in events if isinstance(event, Heard)).split()
    assert heard == [f"hz{200 + 20 * number}" for number in range(24)]
    said = "".join(event.text for event in events if isinstance(event, Said))
    assert said == "one two three four five"
    notices = [event for event in events if isinstance(event, Notice)]
    assert [notice.code for notice in notices] == ["away", "resumed"] * cuts
    assert events[-1] == Closed("close_requested")


def test_an_absence_is_told_while_it_lasts() -> None:
    """A cut wire is told when it is cut, and not only when it is mended."""

    async def run(server: Server) -> tuple[list[str], list[str]]:
        told: list[str] = []
        async with (
            cabled(server) as (cable, address),
            LiveClient(address, Opening(keep_s=20)) as client,
        ):

            async def listen() -> None:
                async for event in client:
                    if isinstance(event, Notice):
                        told.append(event.code)

            listening = asyncio.create_task(listen())
            await client.send_audio(tone(440))
            cable.down = True
            cable.cut()
            await asyncio.sleep(0.3)
            during = told.copy()
            cable.down = False
            await _until(lambda: "resumed" in told)
            await client.close()
            await listening
        return during, told

    with serving() as server:
        assert asyncio.run(run(server)) == (["away"], ["away", "resumed"])


def test_who_is_stopped_while_away_does_not_come_back() -> None:
    """A link ends at once, however long it would have tried, and leaves its session alone."""

    async def run(server: Server) -> None:
        listener = Listener()
        async with cabled(server) as (cable, address):
            link = EngineLink.remote(listener, address).start()
            await _until(lambda: bool(listener.of(Started)))
            stay = server.hall.find(listener.of(Started)[0].session_id)
            assert stay is not None
            cable.down = True
            cable.cut()
            await _until(lambda: bool(listener.of(Notice)))
            began = time.monotonic()
            assert await asyncio.to_thread(link.stop)
            assert time.monotonic() - began < 1
            cable.down = False
            await asyncio.sleep(0.5)
            assert stay.waiting
        assert [notice.code for notice in listener.of(Notice)] == ["away"]

    with serving() as server:
        asyncio.run(run(server))


def test_who_hangs_up_while_coming_back_leaves_no_connection() -> None:
    """The server had answered when the client left: what was begun is closed, and not used."""

    async def run(server: Server) -> list[Any]:
        async with cabled(server) as (cable, address):
            client = await LiveClient(address, Opening(keep_s=20)).__aenter__()
            assert client.started is not None
            stay = server.hall.find(client.started.session_id)
            assert stay is not None
            events: list[Any] = []

            async def listen() -> None:
                async for event in client:
                    events.append(event)

            listening = asyncio.create_task(listen())
            async with client._sending:  # what it would send again waits for this
                cable.cut()
                await _until(lambda: AWAY in events)
                await asyncio.sleep(0.5)
                assert not stay.waiting
                leaving = asyncio.create_task(client.__aexit__())
                await asyncio.sleep(0)
            await asyncio.wait_for(listening, 5)
            await leaving
            await _until(lambda: stay.waiting)
        return events

    with serving() as server:
        events = asyncio.run(run(server))
    assert events[-1] == Closed("connection_lost")
    assert [event for event in events if isinstance(event, Notice)] == [AWAY]


def test_who_does_not_keep_is_told_at_once() -> None:
    """Without `keep_s` a cut wire is the end of the session, as it always was."""

    async def run(server: Server) -> list[Any]:
        async with cabled(server) as (cable, address), LiveClient(address) as client:
            await client.send_audio(tone(440))
            asyncio.get_running_loop().call_later(0.2, cable.cut)
            return [event async for event in client]

    with serving() as server:
        assert asyncio.run(run(server))[-1] == Closed("connection_lost")


def test_a_session_that_is_gone_is_given_up() -> None:
    """When the server has closed the session meanwhile, the client says so and stops trying."""

    async def run(server: Server) -> list[Any]:
        opening = Opening(keep_s=20)
        async with cabled(server) as (cable, address), LiveClient(address, opening) as client:
            assert client.started is not None
            stay = server.hall.find(client.started.session_id)
            assert stay is not None
            stay.keep_s = 0.0
            await client.send_audio(tone(440))
            asyncio.get_running_loop().call_later(0.2, cable.cut)
            return [event async for event in client]

    with serving() as server:
        assert asyncio.run(run(server))[-1] == Closed("connection_lost")


async def _restarted(settings: Settings) -> list[Any]:
    """A talk over a server that stops, and comes again on its port a second later."""
    engine, port = ScriptedEngine(), settings.port
    async with AsyncExitStack() as first:
        server = await first.enter_async_context(Server(engine, settings))
        port = server.port
        there = Address(server.url, settings.token)
        async with LiveClient(there, Opening(keep_s=20)) as client:
            seen: list[Any] = []

            async def listen() -> None:
                seen.extend([event async for event in client])

            listening = asyncio.create_task(listen())
            await client.send_audio(tone(440))
            await asyncio.sleep(0.3)
            await first.aclose()
            await asyncio.sleep(1.0)
            async with Server(engine, replace(settings, port=port)):
                await client.send_audio(tone(660))
                await asyncio.sleep(0.5)
                await client.close()
                await asyncio.wait_for(listening, 20)
    return seen


@pytest.mark.parametrize("kept", [True, False])
def test_a_server_that_comes_again_is_waited_for_if_it_keeps_sessions(
    tmp_path: Path, kept: bool
) -> None:
    """With a journal the session goes on; without one it is lost, and said so at once."""
    journal = tmp_path / "journal" if kept else None
    settings = Settings(token="t" * 20, limit_s=3600.0, journal=journal)
    seen = asyncio.run(_restarted(settings))
    heard = "".join(event.text for event in seen if isinstance(event, Heard)).split()
    assert heard == (["hz440", "hz660"] if kept else ["hz440"])
    assert seen[-1] == Closed("close_requested" if kept else "connection_lost")


def test_sendings_count_as_the_server_does() -> None:
    """What was read is not sent again; old sound is forgotten, words are not."""
    sendings = Sendings()
    for number in range(2 * SENSED_KEPT):
        sendings.note(wire.audio(tone(0, 16)))
        if number % 10 == 0:
            sendings.note(wire.text(f"{number}", f"id{number}"))
    total = sendings.count
    assert sendings.after(total) == []
    for _ in range(3):
        sendings.note(wire.text("new"))
    again = sendings.after(total + 1)
    assert len(again) == 2
    assert sendings.count == total + 3
    assert len(sendings.after(total)) == 2
