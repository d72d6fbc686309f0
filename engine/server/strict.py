"""What both protocols share in reading a client's frames: strictness, and how a refusal reads."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

MAX_CONTENT_CHARS = 8_000
MAX_IMAGE_CHARS = 8 << 20

EventId = Annotated[str, Field(max_length=256)]
Content = Annotated[str, Field(min_length=1, max_length=MAX_CONTENT_CHARS)]
Image = Annotated[str, Field(max_length=MAX_IMAGE_CHARS)]
E = TypeVar("E")

_CODES = {
    "json_invalid": "invalid_json",
    "union_tag_invalid": "unknown_event",
    "union_tag_not_found": "missing_required_parameter",
    "missing": "missing_required_parameter",
    "extra_forbidden": "unknown_parameter",
}


class WireError(Exception):
    """A client event that was refused. `message` never repeats what the event contained."""

    def __init__(
        self, code: str, message: str, param: str | None = None, client_event_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.param = code, message, param
        self.client_event_id = client_event_id


class Strict(BaseModel):
    """A field that is not known is refused, so that a typing error in a client shows itself."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class ClientEvent(Strict):
    event_id: EventId | None = None


class SoundMark(Strict):
    """What may ride on a piece of sound.

    at: the number of samples that the client sent before it in this session; camera, screen:
    JPEG or PNG in base64.
    """

    at: Annotated[int, Field(ge=0, lt=1 << 53)] | None = None
    camera: Image | None = None
    screen: Image | None = None


class TextAppend(ClientEvent):
    type: Literal["aside.input_text.append"]
    text: Content


class VideoAppend(ClientEvent):
    """One picture, JPEG or PNG in base64."""

    type: Literal["aside.input_video.append"]
    source: Literal["camera", "screen"]
    image: Image


class Addressed(ClientEvent):
    """Whether what is said from here on is meant for Aside, as while a key to talk is held."""

    type: Literal["aside.addressed"]
    addressed: bool


class PlaybackAck(ClientEvent):
    """How much of a generation's voice has sounded; stopped: the rest of it never will."""

    type: Literal["aside.playback.ack"]
    generation: Annotated[int, Field(ge=0, lt=1 << 53)]
    played_ms: Annotated[int, Field(ge=0, lt=1 << 53)]
    stopped: bool = False


def parse(adapter: TypeAdapter[E], message: str | bytes) -> E:
    """One text frame to one event. Raises WireError for anything else, whatever it is."""
    if not isinstance(message, str):
        raise WireError("invalid_frame", "a binary frame came; send JSON in text frames")
    try:
        return adapter.validate_json(message)
    except ValidationError as error:
        raise _refusal(error, message) from None


def _refusal(error: ValidationError, message: str) -> WireError:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    code = _CODES.get(first["type"], "invalid_value")
    sent = _sent(message)
    param = ".".join(_named(first["loc"][1:], sent, first["type"])) or None
    if param != "type" and code == "unknown_event":
        code = "invalid_value"  # a kind within an event, not the event's own
    text = f"{param}: {first['msg']}" if param not in (None, "type") else _of_type(code)
    return WireError(code, text, param, _event_id(sent))


def _named(loc: tuple[int | str, ...], sent: Any, kind: str) -> list[str]:
    """The way to what is wrong, as the client named it: pydantic also names the kinds between."""
    named = []
    for number, part in enumerate(loc):
        here = isinstance(sent, dict) and part in sent
        here = here or (isinstance(sent, list) and isinstance(part, int) and part < len(sent))
        if here:
            sent = sent[part]
        if here or (kind == "missing" and number == len(loc) - 1):
            named.append(str(part))
    # Which kind of event, or of item, it is to be, `type` tells in both protocols.
    return [*named, "type"] if kind.startswith("union_tag") and isinstance(sent, dict) else named


def _of_type(code: str) -> str:
    return {
        "invalid_json": "the frame is not JSON; send one JSON object per text frame",
        "unknown_event": "this server does not know this event type",
        "missing_required_parameter": "an event needs a `type`",
    }.get(code, "the frame is not an event; send a JSON object with a `type`")


def _sent(message: str) -> Any:
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None


def _event_id(sent: Any) -> str | None:
    event_id = sent.get("event_id") if isinstance(sent, dict) else None
    return event_id if isinstance(event_id, str) and len(event_id) <= 256 else None
