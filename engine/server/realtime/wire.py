"""The events a Realtime client may send.

Field names and meanings follow the public `openai` client 3.54, `types/realtime`. What steers
detectors and other models behind the original (turn detection, transcription, noise reduction,
voice, temperature of words) is accepted and not obeyed: `session.updated` shows what is in force.
What would change the meaning of the sound or of an item is refused by name.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from engine.server import strict
from engine.server.strict import (
    Addressed,
    ClientEvent,
    PlaybackAck,
    SoundMark,
    Strict,
    TextAppend,
    VideoAppend,
)

MAX_TOOLS = 128
Name = Annotated[str, Field(min_length=1, max_length=256)]
Modalities = Annotated[list[Literal["text", "audio"]], Field(min_length=1, max_length=2)]
Text = Annotated[str, Field(max_length=65_536)]
Said = Annotated[str, Field(max_length=strict.MAX_CONTENT_CHARS)]
Anything = dict[str, Any] | None


class Pcm(Strict):
    type: Literal["audio/pcm"]
    rate: Literal[24000] | None = None


class AudioIn(Strict):
    format: Pcm | None = None
    noise_reduction: Anything = None
    transcription: Anything = None
    turn_detection: Anything = None


class AudioOut(Strict):
    format: Pcm | None = None
    speed: float | None = None
    voice: str | dict[str, str] | None = None


class Audio(Strict):
    input: AudioIn | None = None
    output: AudioOut | None = None


class Tool(Strict):
    type: Literal["function"]
    name: Name
    description: Text | None = None
    parameters: Anything = None


class SessionConfig(Strict):
    type: Literal["realtime"]
    model: Name | None = None
    instructions: Text | None = None
    audio: Audio | None = None
    output_modalities: Modalities | None = None
    tools: Annotated[list[Tool], Field(max_length=MAX_TOOLS)] | None = None
    tool_choice: str | Anything = None
    max_output_tokens: int | Literal["inf"] | None = None
    parallel_tool_calls: bool | None = None
    reasoning: Anything = None
    truncation: str | Anything = None
    tracing: str | Anything = None
    include: list[str] | None = None


class SessionUpdate(ClientEvent):
    type: Literal["session.update"]
    session: SessionConfig


class SoundAppend(ClientEvent):
    type: Literal["input_audio_buffer.append"]
    audio: str
    aside: SoundMark | None = None


class SoundCommit(ClientEvent):
    type: Literal["input_audio_buffer.commit"]


class SoundClear(ClientEvent):
    type: Literal["input_audio_buffer.clear"]


class VoiceClear(ClientEvent):
    type: Literal["output_audio_buffer.clear"]


class Part(Strict):
    """A part of a message. Sound comes by `input_audio_buffer.append` alone: one clock."""

    type: Literal["input_text", "input_image", "output_text", "text"]
    text: Said | None = None
    image_url: strict.Image | None = None
    detail: Literal["auto", "low", "high"] | None = None


class Message(Strict):
    type: Literal["message"]
    role: Literal["user", "system", "assistant"]
    content: Annotated[list[Part], Field(min_length=1, max_length=16)]
    id: Name | None = None
    object: Literal["realtime.item"] | None = None
    status: Literal["completed", "incomplete", "in_progress"] | None = None


class CallOutput(Strict):
    type: Literal["function_call_output"]
    call_id: Name
    output: Said
    id: Name | None = None
    object: Literal["realtime.item"] | None = None
    status: Literal["completed", "incomplete", "in_progress"] | None = None


class ItemCreate(ClientEvent):
    type: Literal["conversation.item.create"]
    item: Annotated[Message | CallOutput, Field(discriminator="type")]
    previous_item_id: Name | None = None


class ItemDelete(ClientEvent):
    type: Literal["conversation.item.delete"]
    item_id: Name


class ItemRetrieve(ClientEvent):
    type: Literal["conversation.item.retrieve"]
    item_id: Name


class ItemTruncate(ClientEvent):
    type: Literal["conversation.item.truncate"]
    item_id: Name
    content_index: Annotated[int, Field(ge=0, le=0)]
    audio_end_ms: Annotated[int, Field(ge=0, lt=1 << 53)]


class ResponseConfig(Strict):
    instructions: Said | None = None
    output_modalities: Modalities | None = None
    metadata: dict[str, str] | None = None
    conversation: Literal["auto"] | None = None
    audio: Anything = None
    max_output_tokens: int | Literal["inf"] | None = None
    tool_choice: str | Anything = None
    parallel_tool_calls: bool | None = None
    reasoning: Anything = None


class ResponseCreate(ClientEvent):
    type: Literal["response.create"]
    response: ResponseConfig | None = None


class ResponseCancel(ClientEvent):
    type: Literal["response.cancel"]
    response_id: Name | None = None


RealtimeEvent = (
    SessionUpdate
    | SoundAppend
    | SoundCommit
    | SoundClear
    | VoiceClear
    | ItemCreate
    | ItemDelete
    | ItemRetrieve
    | ItemTruncate
    | ResponseCreate
    | ResponseCancel
    | TextAppend
    | VideoAppend
    | Addressed
    | PlaybackAck
)
_ADAPTER: TypeAdapter[RealtimeEvent] = TypeAdapter(
    Annotated[RealtimeEvent, Field(discriminator="type")]
)


def parse(message: str | bytes) -> RealtimeEvent:
    """One text frame to one event. Raises WireError for anything else, whatever it is."""
    return strict.parse(_ADAPTER, message)
