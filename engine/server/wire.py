"""The events a client of GPT-Live may send, and ours under `aside.`.

What this server cannot do (other delegation targets, G.711, triggers, fixtures) is refused by
name and never ignored. Field names and meanings follow the public `openai` client 3.54,
`types/live`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from engine.server import strict
from engine.server.strict import (
    MAX_CONTENT_CHARS,
    Addressed,
    ClientEvent,
    Content,
    PlaybackAck,
    SoundMark,
    Strict,
    TextAppend,
    VideoAppend,
    WireError,
)

__all__ = ["MAX_CONTENT_CHARS", "WireError", "parse"]
MAX_KEEP_S = 300


class PcmFormat(Strict):
    type: Literal["audio/pcm"]
    rate: Literal[16000, 24000]


class AudioOutput(Strict):
    voice: str | dict[str, str] | None = None


class AudioConfig(Strict):
    format: PcmFormat | None = None
    output: AudioOutput | None = None


class ClientDelegation(Strict):
    type: Literal["client"]
    acknowledgement_delay_ms: Annotated[int, Field(ge=0)] | None = None


class TextPart(Strict):
    text: Content
    type: Literal["input_text", "text", "output_text"] | None = None


class InitialItem(Strict):
    role: Literal["developer", "user", "assistant"]
    content: Annotated[list[TextPart], Field(min_length=1, max_length=1)]
    id: str | None = None
    status: Literal["incomplete", "completed"] | None = None
    type: Literal["message"] | None = None


class AsideConfig(Strict):
    """Asking for this turns the extensions on; a server of the original refuses the field.

    keep_s: how long the session is to wait for its client when the connection is lost. ticks:
    whether it is told of each micro-turn that is done.
    """

    version: Literal[1] = 1
    seed: Annotated[int, Field(ge=0, lt=1 << 63)] = 0
    keep_s: Annotated[int, Field(ge=0, le=MAX_KEEP_S)] = 0
    ticks: bool = False


class SessionConfig(Strict):
    model: Annotated[str, Field(min_length=1, max_length=256)]
    instructions: Annotated[str, Field(max_length=65_536)] | None = None
    audio: AudioConfig | None = None
    delegation: ClientDelegation | None = None
    input: Annotated[list[InitialItem], Field(max_length=128)] | None = None
    safety_identifier: str | None = None
    store: Literal[False] | None = None
    triggers: Annotated[list[Any], Field(max_length=0)] | None = None
    aside: AsideConfig | None = None


class SessionUpdateConfig(Strict):
    delegation: ClientDelegation | None = None
    triggers: Annotated[list[Any], Field(max_length=0)] | None = None


class SessionStart(ClientEvent):
    type: Literal["session.start"]
    session: SessionConfig


class SessionUpdate(ClientEvent):
    type: Literal["session.update"]
    session: SessionUpdateConfig


class AudioAppend(ClientEvent):
    type: Literal["session.input_audio.append"]
    audio: str
    aside: SoundMark | None = None


class AudioMute(ClientEvent):
    type: Literal["session.input_audio.mute", "session.input_audio.unmute"]


class ContextAppend(ClientEvent):
    """Instructions (to obey), thinking (silent context) or commentary (may be spoken)."""

    type: Literal[
        "session.instructions.append", "session.thinking.append", "session.commentary.append"
    ]
    content: Content
    delegation_id: str | None


class SessionClose(ClientEvent):
    type: Literal["session.close"]


class SessionRest(ClientEvent):
    """Ends the session and leaves its state for the next process of the same engine."""

    type: Literal["aside.session.rest"]


class VoiceCancel(ClientEvent):
    """The rest of this generation's voice is not wanted."""

    type: Literal["aside.output_audio.cancel"]
    generation: Annotated[int, Field(ge=0, lt=1 << 53)]


LiveEvent = (
    SessionStart
    | SessionUpdate
    | AudioAppend
    | AudioMute
    | ContextAppend
    | SessionClose
    | SessionRest
    | TextAppend
    | VideoAppend
    | Addressed
    | VoiceCancel
    | PlaybackAck
)
_ADAPTER: TypeAdapter[LiveEvent] = TypeAdapter(Annotated[LiveEvent, Field(discriminator="type")])


def parse(message: str | bytes) -> LiveEvent:
    """One text frame to one event. Raises WireError for anything else, whatever it is."""
    return strict.parse(_ADAPTER, message)
