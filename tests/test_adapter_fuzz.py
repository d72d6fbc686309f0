"""Whatever a server sends, an adapter answers with events, or says that it is no such server."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from engine.client import events
from engine.client.adapters.adapter import Adapter, ProtocolError, Refused, Send, Wishes
from engine.client.adapters.opus import OpusWriter
from engine.client.adapters.table import PROTOCOLS, Protocol
from tests.standin_realtime import voice

pytestmark = pytest.mark.timeout(60)
ROUNDS = 1000
ODD: list[Any] = [
    None, True, -1, 0, 1e308, 2**70, "", "x", "%%", [], {}, [[]], {"id": {}}, "\ud800", "Infinity",
]  # fmt: skip
AT = {"response_id": "r", "item_id": "i", "call_id": "c", "output_index": 0}
RESPONSE = {"id": "r", "status": "in_progress", "status_details": {"error": {"code": "c"}}}
GRANTED = {
    "input_audio_format": {"rate": 16000}, "output_audio_format": {"rate": 24000},
    "input_modalities": ["audio", "image"], "native_unit_ms": 80,
}  # fmt: skip
SESSION = {"id": "s", "model": "m", "epoch": 0, "sglang": {"granted": GRANTED},
           "capabilities": {"chunk_period_ms": 80, "supports_session_resume": True}}  # fmt: skip
OPENING = [
    {"type": "session.created", "session": SESSION, "resume_token": "t"},
    {"type": "session.updated", "session": SESSION},
]
TALK: list[dict[str, Any]] = [
    *OPENING,
    {"type": "session.resumed", "session": SESSION, "resume_token": "t"},
    {"type": "response.created", "response": RESPONSE},
    {"type": "response.output_audio_transcript.delta", **AT, "delta": "words"},
    {"type": "response.output_audio.delta", **AT, "delta": voice(0.1), "metadata": {"epoch": 0}},
    {"type": "session.output_audio.delta", "delta": voice(0.1), "elapsed_ms": 200},
    {"type": "session.output_transcript.delta", "delta": "words", "elapsed_ms": 200},
    {"type": "session.input_transcript.delta", "delta": "words", "elapsed_ms": 200},
    {"type": "response.output_item.added", "item": {"type": "function_call", **AT, "name": "n"}},
    {"type": "response.function_call_arguments.done", **AT, "name": "delegate", "arguments": "{}"},
    {"type": "input_audio_buffer.speech_started", **AT, "audio_start_ms": 1},
    {"type": "conversation.item.input_audio_transcription.delta", **AT, "delta": "words"},
    {"type": "conversation.item.input_audio_transcription.completed", **AT, "transcript": "words"},
    {"type": "conversation.item.added", "item": {"id": "w"}},
    {"type": "overlap.decision", "epoch": 1, "action": "barge_in", "server_event_seq": 7},
    {"type": "response.listen", "epoch": 2},
    {"type": "error", "error": {"type": "t", "code": "c", "message": "m", "event_id": "audio-0-1"}},
    {"type": "response.done", "response": {**RESPONSE, "status": "cancelled"}},
]


def spoilt(message: dict[str, Any], chance: random.Random) -> Any:
    """The message with one thing in it missing, replaced or added, at any depth."""
    copy = json.loads(json.dumps(message))
    place = copy
    while True:
        key = chance.choice(list(place))
        if isinstance(place[key], dict) and place[key] and chance.random() < 0.6:
            place = place[key]
            continue
        match chance.randrange(3):
            case 0:
                del place[key]
            case 1:
                place[key] = chance.choice(ODD)
            case _:
                place[chance.choice(["extra", "aside", "type"])] = chance.choice(ODD)
        return copy


def frames(chance: random.Random) -> Iterator[str | bytes]:
    for _ in range(ROUNDS):
        message = chance.choice(TALK)
        kind = chance.random()
        if kind < 0.3:
            yield json.dumps(message)
        elif kind < 0.9:
            yield json.dumps(spoilt(message, chance))
        elif kind < 0.95:
            yield json.dumps(message)[: chance.randrange(60)]
        else:
            yield chance.randbytes(chance.randrange(40))


def opened(protocol: Protocol) -> Adapter:
    adapter = protocol.make(Wishes("m"))
    adapter.begin()
    if protocol.name == "moshi":
        adapter.read(b"\x00" + bytes(8))
    for message in OPENING if protocol.name != "moshi" else []:
        adapter.read(json.dumps(message))
    return adapter


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.name)
def test_no_frame_breaks_an_adapter(protocol: Protocol) -> None:
    """Every answer is of known types; only ProtocolError and Refused are raised; sound goes on."""
    chance = random.Random(7)
    adapter = opened(protocol)
    known = (*events.SessionEvent.__args__, Send)
    for frame in frames(chance):
        try:
            steps = list(adapter.read(frame))
        except (ProtocolError, Refused):
            steps, adapter = [], opened(protocol)
        if chance.random() < 0.1:
            steps += adapter.hear(np.zeros(3200, np.float32))
        assert all(isinstance(step, known) for step in steps)


def test_a_moshi_frame_may_hold_anything() -> None:
    """Spoilt pages, spoilt packets, every message type: no more than silence comes of it."""
    chance = random.Random(7)
    protocol = next(known for known in PROTOCOLS if known.name == "moshi")
    adapter, writer = opened(protocol), OpusWriter()
    for _ in range(300):
        page = bytearray(writer.give(np.zeros(480, np.float32)))
        for _ in range(chance.randrange(4)):
            page[chance.randrange(len(page))] = chance.randrange(256)
        adapter.read(bytes([chance.randrange(8) or 1]) + bytes(page[: chance.randrange(1, 200)]))
    assert adapter.hear(np.zeros(3200, np.float32))
