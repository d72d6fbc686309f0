"""Every message of both protocols with a field missing, extra, wrong or huge: refused by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from engine.server import wire as live
from engine.server.realtime import wire as realtime
from tests.scripted import tone
from tests.serving import START, Wire, alive, pcm, realtime_wire, serving, wire

pytestmark = pytest.mark.timeout(60)
SOUND = pcm(tone(0, 480))
MESSAGE = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "a"}]}
SHARED: dict[str, dict[str, Any]] = {
    "aside.input_text.append": {"text": "a"},
    "aside.input_video.append": {"source": "camera", "image": ""},
    "aside.addressed": {"addressed": True},
    "aside.playback.ack": {"generation": 0, "played_ms": 0, "stopped": False},
}
GPT_LIVE: dict[str, dict[str, Any]] = SHARED | {
    "session.start": {"session": START},
    "session.update": {"session": {"delegation": {"type": "client"}}},
    "session.input_audio.append": {"audio": SOUND, "aside": {"at": 0}},
    "session.input_audio.mute": {},
    "session.input_audio.unmute": {},
    "session.instructions.append": {"content": "a", "delegation_id": None},
    "session.thinking.append": {"content": "a", "delegation_id": None},
    "session.commentary.append": {"content": "a", "delegation_id": None},
    "session.close": {},
    "aside.session.rest": {},
    "aside.output_audio.cancel": {"generation": 0},
}
REALTIME: dict[str, dict[str, Any]] = SHARED | {
    "session.update": {"session": {"type": "realtime"}},
    "input_audio_buffer.append": {"audio": SOUND, "aside": {"at": 0}},
    "input_audio_buffer.commit": {},
    "input_audio_buffer.clear": {},
    "output_audio_buffer.clear": {},
    "conversation.item.create": {"item": MESSAGE, "previous_item_id": None},
    "conversation.item.retrieve": {"item_id": "a"},
    "conversation.item.delete": {"item_id": "a"},
    "conversation.item.truncate": {"item_id": "a", "content_index": 0, "audio_end_ms": 0},
    "response.create": {"response": {"instructions": "a"}},
    "response.cancel": {"response_id": "a"},
}
OPTIONAL = {"aside", "stopped", "previous_item_id", "response", "response_id"}
HUGE = {str: "\u00e9" * 100_000, int: 10**30, bool: 10**30}


def wrongs(messages: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(type, fields, the field that must be named) of everything that can be wrong on one level."""
    for kind, fields in messages.items():
        yield kind, fields | {"event_id": 3}, "event_id"
        yield kind, fields | {"event_id": "x" * 300}, "event_id"
        yield kind, fields | {"extra": 1}, "extra"
        for name, value in fields.items():
            if name not in OPTIONAL:
                yield kind, {k: v for k, v in fields.items() if k != name}, name
            for wrong in ([], 1.5, {"a": []}):
                yield kind, fields | {name: wrong}, name
            if type(value) in HUGE:
                yield kind, fields | {name: HUGE[type(value)]}, name
            if isinstance(value, dict):
                yield kind, fields | {name: value | {"extra": 1}}, f"{name}.extra"


def refused(client: Wire, kind: str, fields: dict[str, Any], named: str) -> None:
    client.send(kind, **fields)
    error = client.until("error")["error"]
    at_fault = (error.get("param") or "").split(".")
    assert at_fault[: len(named.split("."))] == named.split("."), (kind, fields.keys(), error)
    assert error["type"] == "invalid_request_error"
    assert len(error["message"]) < 400


def test_gpt_live_names_the_field() -> None:
    """Each wrong field of GPT-Live is named in the error; this session and its neighbour go on."""
    with (
        serving(max_errors_in_a_row=10_000) as server,
        wire(server, START) as neighbour,
        wire(server, START) as client,
    ):
        for kind, fields, named in wrongs(GPT_LIVE):
            refused(client, kind, fields, named)
        alive(client)
        alive(neighbour)


def test_realtime_names_the_field() -> None:
    """Each wrong field of Realtime is named in the error; this session and its neighbour go on."""
    with (
        serving(max_errors_in_a_row=10_000) as server,
        wire(server, START) as neighbour,
        realtime_wire(server) as client,
    ):
        for kind, fields, named in wrongs(REALTIME):
            refused(client, kind, fields, named)
        client.send("conversation.item.create", item=MESSAGE)
        client.send("response.create")
        client.until("response.done")
        alive(neighbour)


NAMELESS: list[tuple[dict[str, Any], str]] = [
    ({}, "type"), ({"type": "no.such"}, "type"), ({"type": 3}, "type"),
    ({"type": "conversation.item.create", "item": {"role": "user"}}, "item.type"),
    ({"type": "conversation.item.create", "item": {"type": "no_such"}}, "item.type"),
    ({"type": "session.update", "session": {"type": "realtime", "max_output_tokens": "some"}},
     "session.max_output_tokens"),
    ({"type": "session.update", "session": {"type": "realtime", "tool_choice": 3}},
     "session.tool_choice"),
    ({"type": "conversation.item.create", "item": {**MESSAGE, "content": [{"type": "input_text"}]}},
     "item.content.0.text"),
    ({"type": "conversation.item.create", "item": {**MESSAGE, "content": [{"text": "a"}]}},
     "item.content.0.type"),
    ({"type": "input_audio_buffer.append", "audio": SOUND, "aside": {"at": 0}}, "aside"),
    ({"type": "aside.addressed", "addressed": True}, "type"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "named"), NAMELESS)
def test_the_name_is_the_clients_own(message: dict[str, Any], named: str) -> None:
    """Whatever is wrong, and however the server sorts its kinds, the field is one that was sent."""
    with serving() as server, realtime_wire(server, "") as client:
        client.socket.send(json.dumps(message))
        assert client.until("error")["error"]["param"] == named


def test_sound_far_ahead_of_its_time_is_refused() -> None:
    """A clock gone wrong costs the piece of sound that says so, and nothing after it."""
    with serving() as server, wire(server, START) as client:
        client.turns(1)
        for at in (1 << 50, 3_200 + 16_000 * 700):
            client.send("session.input_audio.append", audio=pcm(tone(440)), aside={"at": at})
            error = client.until("error")["error"]
            assert (error["code"], error["param"]) == ("invalid_value", "aside.at")
        client.send("session.input_audio.append", audio=pcm(tone(440)), aside={"at": 3_200})
        client.until("session.input_transcript.delta")


def test_what_refers_to_nothing_is_refused() -> None:
    """A call that never was, an item that is there already, a place to rest that was not given."""
    with serving() as server, realtime_wire(server) as client, wire(server, START) as other:
        output = {"type": "function_call_output", "call_id": "call_1", "output": "a"}
        client.send("conversation.item.create", item=output, event_id="o")
        error = client.until("error")["error"]
        assert (error["code"], error["param"]) == ("unknown_call", "item.call_id")
        for _ in range(2):
            client.send("conversation.item.create", item={**MESSAGE, "id": "mine"}, event_id="i")
        error = client.until("error")["error"]
        assert (error["code"], error["param"]) == ("item_exists", "item.id")
        other.send("aside.session.rest")
        assert other.until("error")["error"]["code"] == "cannot_rest"
        alive(other)


@pytest.mark.parametrize(
    ("messages", "events"), [(GPT_LIVE, live.LiveEvent), (REALTIME, realtime.RealtimeEvent)]
)
def test_no_message_was_left_out(messages: dict[str, Any], events: Any) -> None:
    """The laws above try every type that a client may send, each in a form that is right."""
    models = get_args(events)
    kinds = {kind for model in models for kind in get_args(model.model_fields["type"].annotation)}
    assert set(messages) == kinds
    parse = live.parse if messages is GPT_LIVE else realtime.parse
    for kind, fields in messages.items():
        parse(json.dumps({"type": kind, **fields}))
