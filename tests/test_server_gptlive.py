"""The unmodified `openai` package talks to our server as to its own."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
import soxr
from openai import AsyncOpenAI, OpenAI

from engine.server.server import Server
from tests.scripted import tone
from tests.serving import pcm, serving

pytestmark = pytest.mark.timeout(30)
RATE_HZ = 24_000
CONFIG: dict[str, Any] = {"model": "gpt-live-1"}


def http(server: Server) -> str:
    return server.url.replace("ws:", "http:")


def client(server: Server) -> AsyncOpenAI:
    return AsyncOpenAI(base_url=http(server), api_key=server.settings.token, max_retries=0)


async def talk(connection: Any, turns: int, hz: float = 0.0) -> None:
    """Sound as a client sends it: 20 ms at a time, faster than real time but not by much."""
    wave = tone(hz, turns * RATE_HZ // 5, RATE_HZ)
    for chunk in wave.reshape(-1, RATE_HZ // 50):
        await connection.session.input_audio.append(audio=pcm(chunk))
        await asyncio.sleep(0.002)


async def collect(connection: Any, into: list[Any]) -> AsyncIterator[Any]:
    async for event in connection:
        into.append(event)
        yield event


def joined(events: list[Any], kind: str) -> str:
    return "".join(event.delta for event in events if event.type == kind)


async def _conversation(server: Server) -> list[Any]:
    events: list[Any] = []
    async with client(server).live.connect() as connection:
        await connection.session.start(
            session={**CONFIG, "instructions": "delegate find the answer"}, event_id="mine"
        )
        async for event in collect(connection, events):
            if event.type == "session.started":
                await talk(connection, 3, hz=440)
            elif event.type == "session.delegation.created":
                await connection.session.commentary.append(
                    content="it is forty two", delegation_id=event.delegation.id, event_id="told"
                )
                await talk(connection, 6)
                await connection.session.close()
    return events


def test_the_stock_client_holds_a_conversation() -> None:
    """Sound in, transcripts and sound out, a delegation and its result, with no change to it."""
    with serving() as server:
        events = asyncio.run(_conversation(server))
    kinds = [event.type for event in events]
    assert kinds[0] == "session.started"
    assert events[0].client_event_id == "mine"
    assert events[0].session.audio.format.rate == RATE_HZ
    assert joined(events, "session.input_transcript.delta") == "hz440 hz440 hz440"
    assert joined(events, "session.output_transcript.delta") == "it is forty two"
    created = next(event for event in events if event.type == "session.delegation.created")
    assert (created.delegation.target, created.offset_ms) == ("client", 200)
    assert [e.client_event_id for e in events if e.type.endswith("appended")] == ["told"]
    assert events[-1].type == "session.closed"
    assert events[-1].reason == "close_requested"
    assert events[-1].usage.seconds == pytest.approx(9 * 0.2, abs=0.21)
    assert "error" not in kinds
    assert not [kind for kind in kinds if kind.startswith("aside.")]


def test_the_voice_comes_whole_at_the_clients_rate() -> None:
    """Voice sent in pieces at 24 kHz is the voice that the engine made, with no sample lost."""
    with serving() as server:
        events = asyncio.run(_conversation(server))
    raw = b"".join(base64.b64decode(e.delta) for e in events if e.type.endswith("audio.delta"))
    voice = np.frombuffer(raw, "<i2").astype(np.float32) / 32768
    made = soxr.resample(np.tile(tone(300), 4), 16_000, RATE_HZ)
    assert voice.shape == made.shape
    assert np.abs(voice - made).max() < 1e-3


def test_transcripts_carry_the_time_of_their_micro_turn() -> None:
    """What is heard has the time of its micro-turn; what is said, of the interval it sounds in."""
    with serving() as server:
        events = asyncio.run(_conversation(server))
    spans = [(e.start_ms, e.end_ms) for e in events if e.type == "session.input_transcript.delta"]
    assert spans == [(0, 200), (200, 400), (400, 600)]
    said = [e for e in events if e.type == "session.output_transcript.delta"]
    appended = next(e for e in events if e.type == "session.commentary.appended")
    assert said[0].start_ms == appended.start_ms + 200
    assert all(e.end_ms - e.start_ms == 200 for e in said)


async def _commands(server: Server) -> list[Any]:
    async with client(server).live.connect() as connection:
        await connection.session.start(session=CONFIG)
        session = connection.session
        await session.update(
            session={"delegation": {"type": "client", "acknowledgement_delay_ms": 700}},
            event_id="u",
        )
        # What an update leaves out stays as it is.
        await session.update(session={"delegation": {"type": "client"}}, event_id="v")
        await session.input_audio.mute(event_id="m")
        await talk(connection, 3, hz=440)
        await asyncio.sleep(0.1)
        await session.input_audio.unmute(event_id="n")
        await session.thinking.append(content="a thought", delegation_id=None, event_id="t")
        await session.instructions.append(content="recall", delegation_id=None, event_id="i")
        await talk(connection, 5, hz=800)
        await session.close()
        return [event async for event in connection]


def test_every_command_of_the_stock_client_is_answered() -> None:
    """Mute silences, thoughts are kept, instructions are obeyed, updates resolve: each answered."""
    with serving() as server:
        events = asyncio.run(_commands(server))
    answers = {getattr(event, "client_event_id", None): event for event in events}
    for update in ("u", "v"):
        assert answers[update].session.delegation.acknowledgement_delay_ms == 700
    assert answers["m"].type == "session.input_audio.muted"
    assert answers["n"].type == "session.input_audio.unmuted"
    assert answers["t"].type == "session.thinking.appended"
    assert answers["i"].type == "session.instructions.appended"
    assert "hz440" not in joined(events, "session.input_transcript.delta")
    assert "hz800" in joined(events, "session.input_transcript.delta")
    assert joined(events, "session.output_transcript.delta") == "a thought"


def test_the_stock_client_tolerates_the_extensions() -> None:
    """A client that asks for our events through `aside` gets them as plain objects."""

    async def run(server: Server) -> list[Any]:
        async with client(server).live.connect() as connection:
            await connection.session.start(session={**CONFIG, "aside": {"seed": 7}})
            await connection.send({"type": "aside.input_text.append", "text": "act wave"})
            await talk(connection, 2)
            await connection.session.close()
            return [event async for event in connection]

    with serving() as server:
        events = asyncio.run(run(server))
    acts = [event for event in events if event.type == "aside.act"]
    assert [act.name for act in acts] == ["wave"]
    assert "aside.capabilities" in [event.type for event in events]


@pytest.mark.filterwarnings("ignore:connect.. must be used as a context manager")
def test_the_synchronous_stock_client_works_too() -> None:
    """`OpenAI().live.connect()` holds the same session as its asynchronous twin."""
    with (
        serving() as server,
        OpenAI(base_url=http(server), api_key=server.settings.token).live.connect() as connection,
    ):
        connection.session.start(session=CONFIG)
        assert connection.recv().type == "session.started"
        for _ in range(5):
            connection.session.input_audio.append(audio=pcm(tone(440, 2400, RATE_HZ)))
            time.sleep(0.005)
        connection.session.close()
        kinds = [event.type for event in connection]
    assert "session.input_transcript.delta" in kinds
    assert kinds[-1] == "session.closed"


def test_what_the_server_cannot_do_is_refused_by_name() -> None:
    """A backend of the original that we do not have is an error naming the parameter."""

    async def run(server: Server) -> Any:
        async with client(server).live.connect() as connection:
            delegation: Any = {"type": "responses", "responses": {"model": "gpt-5.5"}}
            await connection.session.start(session={**CONFIG, "delegation": delegation})
            return await connection.recv()

    with serving() as server:
        error = asyncio.run(run(server))
    assert error.type == "error"
    assert error.error.type == "invalid_request_error"
    assert error.error.param.startswith("session.delegation")
