"""The client of one session: what it sends arrives, what it is told is typed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.server import ServerConnection, serve

from engine.client import events, picture, wire
from engine.client.events import (
    ActEvent,
    Appended,
    Closed,
    DelegationEvent,
    Error,
    Heard,
    Said,
    SessionEvent,
    Started,
    State,
    VoiceAudio,
)
from engine.client.items import Hush
from engine.client.live import Address, LiveClient, Opening, Unreachable
from engine.microturn import Frame, Update
from engine.server.server import Server
from tests.scripted import tone
from tests.serving import serving

pytestmark = pytest.mark.timeout(30)
Talk = Callable[[LiveClient, SessionEvent], Coroutine[Any, Any, None]]


def address(server: Server) -> Address:
    return Address(server.url, server.settings.token)


def converse(server: Server, talk: Talk, opening: Opening | None = None) -> list[SessionEvent]:
    """Every event of a session in which `talk` is asked after each."""

    async def run() -> list[SessionEvent]:
        seen = []
        async with LiveClient(address(server), opening or Opening()) as client:
            async for event in client:
                seen.append(event)
                await talk(client, event)
        return seen

    return asyncio.run(run())


async def _talk(client: LiveClient, event: SessionEvent) -> None:
    match event:
        case Started():
            await client.send_text("delegate buy milk", "order")
            await client.send_audio(tone(440))
        case DelegationEvent():
            await client.send_update(Update("commentary", "milk bought", event.id), "result")
            for _ in range(3):
                await client.send_audio(tone(0))
            await client.close()


def test_a_conversation_is_typed_events() -> None:
    """Words, voice, delegation, confirmations and the end, each as its own frozen type."""
    with serving() as server:
        seen = converse(server, _talk)
    assert seen[0] == Started(seen[0].session_id, "scripted", extended=True)  # type: ignore[union-attr]
    assert seen[-1] == Closed("close_requested")
    assert [e for e in seen if isinstance(e, Heard)] == [Heard("hz440", 0, 200)]
    assert "".join(e.text for e in seen if isinstance(e, Said)) == "milk bought"
    assert [e.text for e in seen if isinstance(e, DelegationEvent)] == ["buy milk"]
    confirmed = [(e.kind, e.client_event_id) for e in seen if isinstance(e, Appended)]
    assert confirmed == [("text", "order"), ("commentary", "result")]
    voice = [e for e in seen if isinstance(e, VoiceAudio)]
    assert [(v.generation, v.turn) for v in voice] == [(1, 1), (1, 2)]
    assert np.abs(voice[0].samples - tone(300)).max() < 1e-4
    states = [e.state for e in seen if isinstance(e, State)]
    assert states == ["listening", "speaking", "listening"]


def test_what_nobody_heard_is_told_when_the_voice_has_ended() -> None:
    """The user silences it in its second word: the model learns all that came after, once."""

    async def talk(client: LiveClient, event: SessionEvent) -> None:
        if isinstance(event, Started):
            await client.send_text("one two three four")
            for _ in range(2):
                await client.send_audio(tone(0))
        elif isinstance(event, VoiceAudio) and (event.generation, event.turn) == (1, 1):
            await client.write(Hush(1, 250))
            await client.write(Hush(1, 250))
            for _ in range(5):
                await client.send_audio(tone(0))
        elif isinstance(event, State) and (event.state, event.generation) == ("listening", 1):
            await client.send_audio(tone(0))
            await client.send_text("recall")
            for _ in range(20):
                await client.send_audio(tone(0))
            await client.close()

    with serving(behind_turns=40) as server:
        seen = converse(server, talk)
    said = "".join(event.text for event in seen if isinstance(event, Said))
    assert said.count("not heard:") == said.count("not heard: three four") == 1


def test_a_server_that_cannot_be_told_is_hushed_here() -> None:
    """What its voice goes on with is thrown away; after a second without words it sounds again."""

    tasks = []

    async def speak(client: LiveClient) -> None:
        await client.send_text("one two three")
        await client.write(Hush(1, 0))
        for _ in range(4):
            await client.send_audio(tone(0))
        await asyncio.sleep(1.5)
        await client.send_text("four")
        for _ in range(3):
            await client.send_audio(tone(0))
        await client.close()

    async def talk(client: LiveClient, event: SessionEvent) -> None:
        if isinstance(event, Started):
            tasks.append(asyncio.create_task(speak(client)))

    with serving(behind_turns=20) as server:
        seen = converse(server, talk, Opening(extensions=False))
    assert "".join(e.text for e in seen if isinstance(e, Said)).split()[-1] == "four"
    assert len([e for e in seen if isinstance(e, VoiceAudio)]) == 1


def test_a_frame_is_seen_as_it_was() -> None:
    """The screen arrives without loss, the camera nearly so, with red still red."""
    pixels = np.zeros((30, 50, 3), np.uint8)
    pixels[..., 0] = 200

    async def talk(client: LiveClient, event: SessionEvent) -> None:
        if isinstance(event, Started):
            for source in ("camera", "screen"):
                await client.send_picture(source, picture.encode(Frame(source, pixels)))
            await client.send_audio(tone(0))
            await client.close()

    with serving() as server:
        seen = converse(server, talk)
    acts = [dict(event.arguments) for event in seen if isinstance(event, ActEvent)]
    assert [act["source"] for act in acts] == ["camera", "screen"]
    assert [act["size"] for act in acts] == [[30, 50], [30, 50]]
    assert acts[1]["mean"] == [200, 0, 0]
    assert np.abs(np.subtract(acts[0]["mean"], [200, 0, 0])).max() <= 3


def test_pixels_that_are_no_picture_are_refused_here() -> None:
    """A wrong shape or type is an error in the app that made it, not on the wire."""
    for wrong in (np.zeros((3, 3), np.uint8), np.zeros((3, 3, 3)), np.zeros((0, 3, 3), np.uint8)):
        with pytest.raises(ValueError, match="uint8"):
            picture.encode(Frame("screen", wrong))


def test_a_server_without_extensions_is_used_without_them() -> None:
    """Typed text goes as instructions, pictures stay here, and nothing is refused."""

    async def talk(client: LiveClient, event: SessionEvent) -> None:
        if isinstance(event, Started):
            await client.send_text("hello")
            await client.send_picture("camera", b"never sent")
            await client.send_audio(tone(440))
            await client.close()

    with serving() as server:
        seen = converse(server, talk, Opening(extensions=False))
    assert not [event for event in seen if isinstance(event, Error | State | ActEvent)]
    assert "hello" in [event.text for event in seen if isinstance(event, Said)]


def test_broken_samples_become_silence() -> None:
    """What is not a number in the microphone's sound never reaches the wire as noise."""
    samples = tone(440)
    samples[::2] = np.nan
    samples[1::2] = np.inf

    async def talk(client: LiveClient, event: SessionEvent) -> None:
        if isinstance(event, Started):
            await client.send_audio(samples)
            await client.close()

    with serving() as server:
        assert not [event for event in converse(server, talk) if isinstance(event, Heard)]


def test_a_refused_token_is_final_and_an_empty_port_is_not() -> None:
    """Trying again helps against a server that is not up yet, not against a wrong token."""
    with serving() as server:
        gone = address(server)
        with pytest.raises(Unreachable, match="token") as refused:
            _connect(replace(gone, token="wrong"))
        assert refused.value.final
    with pytest.raises(Unreachable, match="cannot be reached") as missing:
        _connect(gone)
    assert not missing.value.final


def test_a_full_server_is_worth_another_try() -> None:
    """No place now is told in the server's words, and is not final."""
    with serving(max_sessions=0) as server, pytest.raises(Unreachable, match="taken") as full:
        _connect(address(server))
    assert not full.value.final


def _connect(where: Address, opening: Opening | None = None) -> None:
    async def run() -> None:
        async with LiveClient(where, opening or Opening()):
            pass

    asyncio.run(run())


def _foreign(frames: list[str], seconds: float = 5.0) -> list[SessionEvent]:
    """What a client makes of a server that sends just these frames and hangs up."""

    async def attend(socket: ServerConnection) -> None:
        for frame in frames:
            await socket.send(frame)

    async def run() -> list[SessionEvent]:
        async with serve(attend, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            where = Address(f"ws://127.0.0.1:{port}/v1", "t")
            async with asyncio.timeout(seconds), LiveClient(where) as client:
                return [event async for event in client]

    return asyncio.run(run())


STARTED = '{"type": "session.started", "session": {"id": "s", "model": "m"}}'
NONSENSE = [
    "{",
    "[]",
    '{"type": 3, "x": 1}',
    '{"type": "aside.state"}',
    '{"type": "session.output_audio.delta", "delta": "%"}',
    '{"type": "session.output_audio.delta", "delta": "AA=="}',
    '{"type": "session.delegation.created", "delegation": []}',
    '{"type": "aside.act", "name": "a", "arguments": 3, "turn": 0}',
    '{"type": "error", "error": null}',
]


@pytest.mark.parametrize("frame", NONSENSE)
def test_a_server_that_talks_nonsense_is_an_error_not_a_crash(frame: str) -> None:
    """Whatever a server sends, the iterator gives events and ends with Closed."""
    seen = _foreign([STARTED, frame])
    assert isinstance(seen[-1], Closed)
    assert all(isinstance(event, Started | Error | Closed) for event in seen)


def test_a_connection_that_breaks_is_told_as_closed() -> None:
    """A server that vanishes without a word ends the session as `connection_lost`."""
    assert _foreign([STARTED])[-1] == Closed("connection_lost")


def test_unknown_events_are_passed_over() -> None:
    """A newer server may say more than this client knows."""
    assert wire.parse(json.dumps({"type": "session.new_thing", "a": 1})) is None


def test_what_is_refused_before_a_session_is_said() -> None:
    """An error instead of a session carries the server's own words."""
    refusal = '{"type": "error", "error": {"code": "unknown_parameter", "message": "no aside"}}'
    with pytest.raises(Unreachable, match="no aside"):
        _foreign([refusal])


def test_events_are_values() -> None:
    """What flows is frozen: nobody can change what another listener sees."""
    for kind in events.Event.__args__:
        assert kind.__dataclass_params__.frozen, kind
