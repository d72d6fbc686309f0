"""Stand-ins of the Realtime GA server and of its translation sessions, from the openai types."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
from openai.types.realtime import (
    RealtimeClientEvent,
    RealtimeServerEvent,
    RealtimeTranslationClientEvent,
    RealtimeTranslationServerEvent,
)
from pydantic import BaseModel, TypeAdapter

from tests.standin import Message, Standin

CLIENT = TypeAdapter(RealtimeClientEvent)
SERVER = TypeAdapter(RealtimeServerEvent)
TRANSLATION_CLIENT = TypeAdapter(RealtimeTranslationClientEvent)
TRANSLATION_SERVER = TypeAdapter(RealtimeTranslationServerEvent)


def event(types: TypeAdapter[Any], kind: str, **fields: Any) -> Message:
    """A server's event; one that the real server's types do not know fails the test."""
    message = {"type": kind, "event_id": "event_1", **fields}
    types.validate_python(message, strict=False)
    return message


def checked(types: TypeAdapter[Any], frame: str | bytes) -> Message:
    """A client's event. Raises ValueError for what the types refuse, unknown fields included."""
    message = json.loads(frame)
    parsed = types.validate_python(message)
    known = parsed.model_dump(exclude_unset=True, mode="json", by_alias=True)
    unknown = _unknown(parsed)
    if unknown:
        raise ValueError(f"{message['type']}: unknown fields {unknown}")
    assert known["type"] == message["type"]
    return message


def _unknown(model: Any) -> list[str]:
    """Fields that the published types do not name, at any depth."""
    found = list(getattr(model, "model_extra", None) or {})
    for value in getattr(model, "__dict__", {}).values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, BaseModel):
                found += _unknown(part)
    return found


def voice(seconds: float, hz: float = 440.0, rate_hz: int = 24_000) -> str:
    """A tone as base64 of 16-bit PCM."""
    wave = np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)
    return base64.b64encode((wave * 16000).astype("<i2").tobytes()).decode()


class RealtimeStandin(Standin):
    """Says what it must: that the session is there, that it is configured, that an item is in."""

    async def greet(self) -> None:
        session = {"type": "realtime", "object": "realtime.session", "id": "sess_1"}
        await self.say(event(SERVER, "session.created", session=session))

    def understand(self, frame: str | bytes) -> Message:
        return checked(CLIENT, frame)

    async def react(self, message: Message) -> None:
        if message["type"] == "session.update":
            session = {**message["session"], "id": "sess_1", "model": "some-model"}
            await self.say(event(SERVER, "session.updated", session=session))
        if message["type"] == "conversation.item.create":
            item = {**message["item"], "status": "completed", "object": "realtime.item"}
            await self.say(event(SERVER, "conversation.item.added", item=item))

    def begin(self, response: str = "resp_1") -> None:
        self.send(event(SERVER, "response.created", response=_response(response, "in_progress")))

    def speak(self, text: str, seconds: float, response: str = "resp_1", item: str = "i1") -> None:
        """A piece of voice with its words, which come a little ahead."""
        at = {"response_id": response, "item_id": item, "output_index": 0, "content_index": 0}
        said = event(SERVER, "response.output_audio_transcript.delta", delta=text, **at)
        self.send(said, event(SERVER, "response.output_audio.delta", delta=voice(seconds), **at))

    def end(self, response: str = "resp_1", status: str = "completed") -> None:
        self.send(event(SERVER, "response.done", response=_response(response, status)))

    def call_tool(self, name: str, arguments: str, response: str = "resp_1") -> None:
        at = {"response_id": response, "item_id": "call_item", "output_index": 0}
        done = "response.function_call_arguments.done"
        self.send(event(SERVER, done, call_id="call_1", name=name, arguments=arguments, **at))

    def hear_user(self, start_ms: int = 100, item: str = "u1") -> None:
        kind = "input_audio_buffer.speech_started"
        self.send(event(SERVER, kind, audio_start_ms=start_ms, item_id=item))


def _response(name: str, status: str) -> Message:
    return {"id": name, "object": "realtime.response", "status": status, "output": []}


class TranslationStandin(Standin):
    async def greet(self) -> None:
        await self.say(self._session("session.created", {}))

    def understand(self, frame: str | bytes) -> Message:
        return checked(TRANSLATION_CLIENT, frame)

    async def react(self, message: Message) -> None:
        if message["type"] == "session.update":
            await self.say(self._session("session.updated", message["session"]["audio"]))
        if message["type"] == "session.close":
            await self.say(event(TRANSLATION_SERVER, "session.closed"))

    def _session(self, kind: str, audio: Message) -> Message:
        session = {"id": "sess_t", "type": "translation", "model": "some-model", "expires_at": 1}
        return event(TRANSLATION_SERVER, kind, session={**session, "audio": audio})
