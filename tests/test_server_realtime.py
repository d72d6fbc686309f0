"""The unmodified `openai` package holds a Realtime conversation with our server."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any

import cv2
import numpy as np
import pytest
from openai import AsyncOpenAI, OpenAI

from engine.server.server import Server
from tests.scripted import ScriptedEngine, tone
from tests.serving import pcm, serving

pytestmark = pytest.mark.timeout(60)
RATE_HZ = 24_000
SPOKEN = [
    "response.created",
    "response.output_item.added",
    "conversation.item.added",
    "response.content_part.added",
    "response.output_audio_transcript.delta",
    "response.output_audio.delta",
    "response.output_audio.done",
    "response.output_audio_transcript.done",
    "response.content_part.done",
    "response.output_item.done",
    "conversation.item.done",
    "response.done",
]
CALLED = [
    "response.created",
    "response.output_item.added",
    "conversation.item.added",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.done",
    "response.output_item.done",
    "conversation.item.done",
    "response.done",
]
TOOL = {"type": "function", "name": "delegate", "parameters": {"type": "object"}}


class Talk:
    """A stock connection, and all it was told."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.seen: list[Any] = []

    async def hear(self, turns: int, hz: float = 0.0) -> None:
        wave = tone(hz, turns * RATE_HZ // 5, RATE_HZ)
        for chunk in wave.reshape(turns, -1):
            await self.connection.input_audio_buffer.append(audio=pcm(chunk))
            await asyncio.sleep(0.01)

    async def until(self, kind: str) -> Any:
        async with asyncio.timeout(20):
            while True:
                event = await self.connection.recv()
                self.seen.append(event)
                if event.type == kind:
                    return event

    async def user(self, *content: Any) -> None:
        item: Any = {"type": "message", "role": "user", "content": list(content)}
        await self.connection.conversation.item.create(item=item)

    async def say(self, text: str) -> None:
        await self.user({"type": "input_text", "text": text})

    def kinds(self) -> list[str]:
        return [event.type for event in self.seen]

    def of(self, kind: str) -> list[Any]:
        return [event for event in self.seen if event.type == kind]


def stock(server: Server) -> AsyncOpenAI:
    return AsyncOpenAI(
        base_url=server.url.replace("ws:", "http:"), api_key=server.settings.token, max_retries=0
    )


def talked(
    what: Callable[[Talk], Awaitable[None]], query: dict[str, Any] | None = None, **settings: Any
) -> Talk:
    """One conversation with a scripted engine through the stock client."""

    async def run(server: Server) -> Talk:
        manager = stock(server).realtime.connect(model="gpt-realtime", extra_query=query or {})
        async with manager as connection:
            talk = Talk(connection)
            await what(talk)
            return talk

    with serving(**{"behind_turns": 50, **settings}) as server:
        return asyncio.run(run(server))


def in_order(wanted: list[str], kinds: list[str]) -> bool:
    rest = iter(kinds)
    return all(kind in rest for kind in wanted)


def test_the_stock_client_holds_a_conversation() -> None:
    """The server speaks first; sound and text go in, transcripts, sound and a call come out."""

    async def conversation(talk: Talk) -> None:
        created = await talk.until("session.created")
        assert (created.session.type, created.session.model) == ("realtime", "scripted")
        await talk.connection.session.update(session={"type": "realtime", "tools": [TOOL]})
        await talk.until("session.updated")
        await talk.hear(2, hz=440)
        await talk.say("delegate find the answer")
        await talk.hear(2)
        call = await talk.until("response.function_call_arguments.done")
        assert (call.name, json.loads(call.arguments)) == ("delegate", {"text": "find the answer"})
        await talk.connection.conversation.item.create(
            item={"type": "function_call_output", "call_id": call.call_id, "output": "forty two"}
        )
        await talk.hear(8)
        await talk.until("response.output_audio.done")
        await talk.until("response.done")

    talk = talked(conversation)
    assert talk.kinds()[0] == "session.created"
    heard = talk.of("conversation.item.input_audio_transcription.completed")
    assert [event.transcript for event in heard] == ["hz440 hz440"]
    assert heard[0].usage.seconds == pytest.approx(0.4)
    said = talk.of("response.output_audio_transcript.done")
    assert [event.transcript for event in said] == ["forty two"]
    assert "error" not in talk.kinds()
    assert not [kind for kind in talk.kinds() if kind.startswith("aside.")]


def test_the_events_of_a_response_come_in_order() -> None:
    """Created, item, part, deltas, done: the order of the protocol, each naming its response."""

    async def conversation(talk: Talk) -> None:
        await talk.connection.session.update(session={"type": "realtime", "tools": [TOOL]})
        await talk.say("hello there")
        await talk.hear(4)
        await talk.until("response.done")
        await talk.say("delegate it")
        await talk.hear(3)
        await talk.until("response.done")

    talk = talked(conversation)
    ended = [n for n, kind in enumerate(talk.kinds()) if kind == "response.done"]
    assert in_order(SPOKEN, talk.kinds()[: ended[0] + 1])
    assert in_order(CALLED, talk.kinds()[ended[0] + 1 :])
    first, second = talk.of("response.done")
    assert [item.type for item in first.response.output] == ["message"]
    assert [item.type for item in second.response.output] == ["function_call"]
    assert first.response.status == second.response.status == "completed"
    own = [
        e
        for e in talk.seen[: ended[0]]
        if e.type.startswith("response.") and "created" not in e.type
    ]
    assert {event.response_id for event in own} == {first.response.id}
    assert len({event.event_id for event in talk.seen}) == len(talk.seen)


def test_the_voice_comes_whole_at_24_khz() -> None:
    """The sound of a response is as long as what was said, 16-bit at 24 kHz."""

    async def conversation(talk: Talk) -> None:
        await talk.say("one two three")
        await talk.hear(6)
        await talk.until("response.done")

    talk = talked(conversation)
    raw = b"".join(base64.b64decode(e.delta) for e in talk.of("response.output_audio.delta"))
    voice = np.frombuffer(raw, "<i2")
    assert len(voice) == 3 * RATE_HZ // 5
    assert np.abs(voice).max() > 9000


def test_a_client_that_only_writes_gets_an_answer() -> None:
    """Text and `response.create`, no sound at all: time passes in silence until the answer."""

    async def conversation(talk: Talk) -> None:
        await talk.say("hello")
        await talk.connection.response.create(response={"output_modalities": ["text"]})
        done = await talk.until("response.done")
        assert done.response.output[0].content[0].text == "hello"

    talk = talked(conversation)
    assert [event.text for event in talk.of("response.output_text.done")] == ["hello"]
    assert not talk.of("response.output_audio.delta")


def test_silence_is_an_answer() -> None:
    """A response that was asked for and to which the model has nothing to say ends empty."""

    async def conversation(talk: Talk) -> None:
        await talk.connection.response.create()
        await talk.until("response.created")
        await talk.connection.response.create()
        error = await talk.until("error")
        assert error.error.code == "conversation_already_has_active_response"
        await talk.hear(30)
        done = await talk.until("response.done")
        assert (done.response.status, done.response.output) == ("completed", [])

    talked(conversation)


def test_pictures_are_seen() -> None:
    """An `input_image` is looked at; what is no data URI is refused, naming the part."""
    picture = np.full((90, 160, 3), 200, np.uint8)
    encoded = base64.b64encode(cv2.imencode(".png", picture)[1].tobytes()).decode()

    async def conversation(talk: Talk) -> None:
        bad = {"type": "input_image", "image_url": "https://pictures.example/a.png"}
        await talk.user({"type": "input_text", "text": "look"}, bad)
        error = await talk.until("error")
        assert error.error.param == "item.content.1.image_url"
        uri = f"data:image/png;base64,{encoded}"
        await talk.user({"type": "input_image", "image_url": uri})
        await talk.hear(2)
        act = await talk.until("aside.act")
        assert act.name == "seen"
        assert act.arguments["size"] == [90, 160]

    talk = talked(conversation, {"aside": "1"})
    assert not talk.of("response.created"), "the refused text must not have gone in"


def test_cancel_fences_the_voice() -> None:
    """After `response.cancel` no sound of that generation comes, and the response says why."""

    async def conversation(talk: Talk) -> None:
        await talk.say("one two three four five six")
        await talk.hear(2)
        delta = await talk.until("response.output_audio.delta")
        await talk.connection.response.cancel(event_id="c")
        done = await talk.until("response.done")
        assert (done.response.status, done.response.id) == ("cancelled", delta.response_id)
        assert done.response.status_details.reason == "client_cancelled"
        await talk.hear(8)
        await talk.connection.response.cancel(event_id="d")
        error = await talk.until("error")
        assert (error.error.code, error.error.event_id) == ("response_cancel_not_active", "d")
        after = talk.kinds()[talk.kinds().index("response.done") :]
        assert "response.output_audio.delta" not in after
        await talk.say("again")
        await talk.hear(3)
        await talk.until("response.output_audio.delta")

    talked(conversation)


def test_the_history_holds_what_was_heard() -> None:
    """Truncation cuts the item's words at the sound that was played, and the model is told."""
    engine = ScriptedEngine()

    async def conversation(talk: Talk) -> None:
        await talk.say("one two three")
        await talk.hear(5)
        done = await talk.until("response.done")
        item = done.response.output[0].id
        edit = talk.connection.conversation.item
        await edit.truncate(item_id=item, content_index=0, audio_end_ms=300)
        await talk.until("conversation.item.truncated")
        await edit.retrieve(item_id=item)
        kept = await talk.until("conversation.item.retrieved")
        assert kept.item.content[0].transcript == "one two"
        await talk.hear(1)
        await talk.say("recall")
        await talk.hear(5)
        told = await talk.until("response.done")
        assert told.response.output[0].content[0].transcript == "not heard: three"
        await edit.delete(item_id=item)
        await talk.until("conversation.item.deleted")
        await edit.retrieve(item_id=item)
        assert (await talk.until("error")).error.code == "item_not_found"

    talked(conversation, engine=engine)


def test_what_was_truncated_stays_so() -> None:
    """Cut off while the response goes on, it keeps what was heard when that is done; and nothing is
    cut off beyond its end."""

    async def conversation(talk: Talk) -> None:
        await talk.say("one two three four five")
        await talk.hear(3)
        added = await talk.until("response.output_item.added")
        edit = talk.connection.conversation.item
        await edit.truncate(item_id=added.item.id, content_index=0, audio_end_ms=60_000)
        refused = await talk.until("error")
        assert refused.error.param == "audio_end_ms"
        await edit.truncate(item_id=added.item.id, content_index=0, audio_end_ms=100)
        await talk.until("conversation.item.truncated")
        await talk.hear(5)
        done = await talk.until("response.done")
        assert done.response.output[0].content[0].transcript == "one"
        await edit.retrieve(item_id=added.item.id)
        kept = await talk.until("conversation.item.retrieved")
        assert kept.item.content[0].transcript == "one"

    talked(conversation)


def test_commit_closes_what_was_heard() -> None:
    """`commit` makes an item of the sound so far; without sound it is refused."""

    async def conversation(talk: Talk) -> None:
        await talk.connection.input_audio_buffer.commit()
        assert (await talk.until("error")).error.code == "input_audio_buffer_commit_empty"
        await talk.hear(2, hz=440)
        await talk.until("conversation.item.input_audio_transcription.delta")
        await talk.connection.input_audio_buffer.commit()
        committed = await talk.until("input_audio_buffer.committed")
        done = await talk.until("conversation.item.input_audio_transcription.completed")
        assert done.item_id == committed.item_id
        await talk.connection.input_audio_buffer.clear()
        await talk.until("input_audio_buffer.cleared")

    talked(conversation)


def test_the_extensions_are_told_to_who_asks() -> None:
    """With `aside=1`: capabilities, state, acts, marks on the sound, pictures on the sound."""
    picture = cv2.imencode(".jpg", np.zeros((48, 64, 3), np.uint8))[1].tobytes()

    async def conversation(talk: Talk) -> None:
        able = await talk.until("aside.capabilities")
        assert able.turn_ms == 200
        assert able.video["max_width"] == 3840
        riding = {"at": 0, "camera": base64.b64encode(picture).decode()}
        sound = pcm(tone(0, 2 * RATE_HZ // 5, RATE_HZ))
        await talk.connection.send(
            {"type": "input_audio_buffer.append", "audio": sound, "aside": riding}
        )
        assert (await talk.until("aside.act")).arguments["source"] == "camera"
        await talk.connection.send({"type": "aside.input_text.append", "text": "hello"})
        await talk.hear(3)
        delta = await talk.until("response.output_audio.delta")
        assert delta.aside["generation"] == 1
        ack = {"type": "aside.playback.ack", "generation": 1, "played_ms": 0, "stopped": True}
        await talk.connection.send(ack)
        assert (await talk.until("aside.playback.acknowledged")).unheard == "hello"

    talk = talked(conversation, {"aside": "1", "seed": "3"})
    assert {"aside.state", "aside.input_text.appended"} <= set(talk.kinds())


def test_what_the_server_cannot_do_is_refused_by_name() -> None:
    """Other sound formats, tools elsewhere and stored prompts are errors naming the parameter."""
    refused = {
        "session.audio.input.format.type": {"audio": {"input": {"format": {"type": "audio/pcmu"}}}},
        "session.tools.0.type": {"tools": [{"type": "mcp", "name": "x"}]},
        "session.prompt": {"prompt": {"id": "p"}},
        "session.type": {"type": "transcription"},
    }

    async def conversation(talk: Talk) -> None:
        for param, session in refused.items():
            given: Any = {"type": "realtime", **session}
            await talk.connection.session.update(session=given, event_id="x")
            error = (await talk.until("error")).error
            assert (error.param, error.event_id) == (param, "x")

    talked(conversation)


@pytest.mark.filterwarnings("ignore:connect.. must be used as a context manager")
def test_the_synchronous_stock_client_works_too() -> None:
    """`OpenAI().realtime.connect()` holds the same session as its asynchronous twin."""
    with serving() as server:
        client = OpenAI(base_url=server.url.replace("ws:", "http:"), api_key=server.settings.token)
        with client.realtime.connect(model="any") as connection:
            assert connection.recv().type == "session.created"
            content: Any = [{"type": "input_text", "text": "hi"}]
            connection.conversation.item.create(
                item={"type": "message", "role": "user", "content": content}
            )
            connection.response.create()
            kinds = []
            while not kinds or kinds[-1] != "response.done":
                kinds.append(connection.recv().type)
    assert in_order(SPOKEN, kinds)
