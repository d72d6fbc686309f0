"""A session ends once, says so last, and never hangs, whatever happens in the same moment."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosedError

from engine.server.connection import Connection
from engine.server.dialect import Opening
from engine.server.ending import POLICY, Ending
from engine.server.hall import Hall
from engine.server.journal import FRAME_TEXT
from engine.server.kept import live_through, to_bytes
from engine.server.outbox import Outbox
from engine.server.settings import Settings
from engine.server.stay import Stay
from tests.scripted import ScriptedEngine, tone
from tests.serving import START, pcm

pytestmark = pytest.mark.timeout(30)
LIVE, REALTIME = "/v1/live/sessions", "/v1/realtime"
KEPT = {**START, "aside": {"keep_s": 30}}


class Line:
    """A WebSocket in memory (engine.server.connection.Line): what came, and what was told."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.close_code = 0
        self._came: asyncio.Queue[str | Exception] = asyncio.Queue()

    @property
    def transport(self) -> Line:
        return self

    def abort(self) -> None:
        self.close_code = 1006

    def say(self, kind: str, **fields: Any) -> None:
        self._came.put_nowait(json.dumps({"type": kind, **fields}))

    def hear(self) -> None:
        self.say("session.input_audio.append", audio=pcm(tone(440)))

    def cut(self) -> None:
        self._came.put_nowait(ConnectionClosedError(None, None))

    def kinds(self) -> list[str]:
        return [event["type"] for event in self.seen]

    async def until(self, kind: str) -> None:
        await until(lambda: kind in self.kinds())

    async def recv(self) -> str:
        came = await self._came.get()
        if isinstance(came, Exception):
            raise came
        return came

    async def send(self, message: str) -> None:
        self.seen.append(json.loads(message))

    async def close(self, code: int = 1000, reason: str = "") -> None:
        self.close_code = code


@dataclass
class Refusing:
    """A worker that takes no work any more."""

    error: Exception

    def submit(self, _: Callable[[], None]) -> None:
        raise self.error


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def attended(
    hall: Hall, target: str = LIVE, session: dict[str, Any] | None = None
) -> AsyncIterator[tuple[Line, asyncio.Task[None]]]:
    """A client inside; with `session`, it has started one."""
    line = Line()
    attending = asyncio.create_task(Connection(line, hall, target).attend())
    try:
        if session is not None:
            line.say("session.start", session=session)
            await line.until("session.started")
            # Told of it is not in it yet: the connection that has opened it enters it after that.
            await until(lambda: all(not stay.waiting for stay in hall._stays.values()))
        yield line, attending
    finally:
        attending.cancel()
        with suppress(asyncio.CancelledError):
            await attending


def stay_of(hall: Hall) -> Stay:
    return next(iter(hall._stays.values()))


def run(what: Callable[[Hall], Coroutine[Any, Any, None]], **settings: Any) -> None:
    """With a hall in a loop of its own, in which nothing may go wrong unseen."""
    wrong: list[dict[str, Any]] = []

    async def inside() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, told: wrong.append(told))
        hall = Hall(ScriptedEngine(), Settings(**{"limit_s": 3600.0, **settings}))
        try:
            await what(hall)
        finally:
            hall.close()
            await hall.settled()

    asyncio.run(inside())
    assert not wrong


def test_a_micro_turn_that_ends_with_its_session_is_told_to_nobody() -> None:
    """Its worker has answered, and before the loop hears of it the session is over: its last event
    stays `session.closed`."""

    async def what(hall: Hall) -> None:
        async with attended(hall, session=START) as (line, attending):
            stay = stay_of(hall)
            stay.live.hear(tone(440))
            stay.live.go_on()
            hall._workers[stay.live.identity.id].submit(lambda: None).result(10)
            stay.end(Ending("expired", POLICY, "time is up"))
            await attending
            assert line.kinds()[-1] == "session.closed"
            assert "session.input_transcript.delta" not in line.kinds()
            assert stay.live.turns == 0
            assert line.close_code == POLICY

    run(what)


@pytest.mark.parametrize("after", ["end", "make_room"])
def test_what_comes_after_is_not_obeyed(after: str) -> None:
    """A frame that was on its way when the session ended, or another connection took it over, is
    not counted and not answered: whoever comes back sends it again."""

    async def what(hall: Hall) -> None:
        async with attended(hall, session=KEPT) as (line, attending):
            stay = stay_of(hall)
            line.say("session.input_audio.mute")
            if after == "end":
                stay.end(Ending("expired", POLICY, "time is up"))
            else:
                stay.make_room()
            await attending
            assert "session.input_audio.muted" not in line.kinds()
            assert ("session.closed" in line.kinds()) == (after == "end")
            assert stay.live.frames == 0
            assert line.close_code == POLICY

    run(what)


@pytest.mark.parametrize("error", [RuntimeError("no more work is taken"), TimeoutError()])
@pytest.mark.parametrize("protocol", [LIVE, REALTIME])
def test_a_micro_turn_that_cannot_begin_ends_its_session(protocol: str, error: Exception) -> None:
    """Begun by sound that came or by time that passes: nobody waits for an answer for ever, and
    whatever was the matter is called a failure of the server."""

    async def what(hall: Hall) -> None:
        session = START if protocol == LIVE else None
        async with attended(hall, protocol, session) as (line, attending):
            await until(lambda: bool(hall._stays))
            live = stay_of(hall).live
            live._worker = Refusing(error)  # type: ignore[assignment]
            if protocol == LIVE:
                line.hear()
            else:
                line.say("response.create")
            async with asyncio.timeout(10):
                await attending
            assert line.close_code == 1011
            assert not hall._stays

    run(what)


def test_no_time_passes_while_it_waits_for_its_client() -> None:
    """Not even while a response is open, for which silence passes when no sound comes."""

    async def what(hall: Hall) -> None:
        async with attended(hall, REALTIME + "?aside=1&keep_s=30") as (line, _):
            line.say("aside.input_text.append", text=" ".join(["word"] * 12))
            line.say("response.create")
            await line.until("response.output_audio.delta")
            stay, told = stay_of(hall), len(line.seen)
            line.cut()
            await until(lambda: stay.waiting and stay.live._unit is None)
            turns = stay.live.turns
            await asyncio.sleep(0.7)
            assert stay.live.turns == turns
        again = f"{REALTIME}?resume={stay.live.identity.id}&after={told}"
        async with attended(hall, again) as (line, _):
            await line.until("response.done")
            assert stay.live.turns > turns

    run(what)


@pytest.mark.parametrize("keep_s", [0.0, 0.2])
def test_whoever_is_called_off_leaves_as_one_whose_line_broke(keep_s: float) -> None:
    """A server in front may call off what attends to a client: the session then waits for it, as
    long as it would have, and does not stay for ever."""

    async def what(hall: Hall) -> None:
        async with attended(hall, session=KEPT) as (_, attending):
            stay = stay_of(hall)
            stay.keep_s = keep_s
            began_s = time.monotonic()
            attending.cancel()
            await asyncio.wait({attending})
            assert stay.waiting == bool(keep_s)
            await until(lambda: hall.places == 0)
            assert time.monotonic() - began_s >= keep_s

    run(what)


@pytest.mark.parametrize(("session", "keeps"), [(START, 0), (KEPT, 1)])
def test_a_session_that_opens_as_its_client_goes_has_lost_it(
    session: dict[str, Any], keeps: int
) -> None:
    """The connection is cut off in the tick in which the session is there: it ends with it, or
    waits for its client as ever."""

    async def what(hall: Hall) -> None:
        opened = hall.open

        async def too_late(opening: Opening, outbox: Outbox) -> Stay:
            stay = await opened(opening, outbox)
            attending.cancel()
            return stay

        hall.open = too_late  # type: ignore[method-assign]
        line = Line()
        attending = asyncio.create_task(Connection(line, hall, LIVE).attend())
        line.say("session.start", session=session)
        with suppress(asyncio.CancelledError):
            await attending
        assert [stay.waiting for stay in hall._stays.values()] == [True] * keeps
        await until(lambda: hall.places == keeps)

    run(what)


def test_whatever_a_frame_holds_can_be_lived_through_again() -> None:
    """Characters that no text may hold are written down and read back as they came."""

    async def what(hall: Hall) -> None:
        async with attended(hall, session=START) as _:
            live = stay_of(hall).live
            told = live.outbox.count
            frame = '{"type": "session.close", "event_id": "\ud800"}'
            live_through(live, [(FRAME_TEXT, frame.encode("utf-8", "surrogatepass"))])
            assert live.frames == 1
            assert live.outbox.count == told + 1, "it is refused, as it was"
            assert not live.inbox.closed

    run(what)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("target", "session", "sound"),
    [
        (LIVE, KEPT, "session.input_audio.append"),
        (REALTIME + "?aside=1&keep_s=30", None, "input_audio_buffer.append"),
    ],
)
def test_a_long_session_holds_no_more_than_a_short_one(
    target: str, session: dict[str, Any] | None, sound: str
) -> None:
    """Talk of the same kind for twice as long leaves as much behind, in bytes: what it knows of
    itself, of its items and of what was told lately. So it cannot grow slow either."""
    sizes = []

    async def what(hall: Hall) -> None:
        async with attended(hall, target, session) as _:
            await until(lambda: bool(hall._stays))
            live = stay_of(hall).live
            heard = [pcm(tone(hz, live.dialect.rate_hz // 5)) for hz in (440, 440, 0, 0)]
            for turn in range(1_200):
                if turn % 4 == 0:
                    live.obey(json.dumps({"type": "aside.input_text.append", "text": "word"}))
                live.obey(json.dumps({"type": sound, "audio": heard[turn % 4]}))
                while live.inbox.waiting_turns:
                    live.repeat(live.take(), True)
                live.outbox.settle()
                if turn in (599, 1_199):
                    sizes.append(len(to_bytes(live.core())))
            assert live.turns >= 1_199

    run(what)
    assert sizes[1] < 1.02 * sizes[0]
