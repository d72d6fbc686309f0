"""What a client sends means the same in both protocols once it is read: sound, pictures, text."""

from __future__ import annotations

from typing import Literal

from engine.server import picture
from engine.server.capabilities import CONTENT_TOKENS
from engine.server.inbox import Words
from engine.server.live import LiveSession
from engine.server.picture import Picture
from engine.server.sound import decode_pcm16
from engine.server.strict import (
    Addressed,
    PlaybackAck,
    SoundMark,
    TextAppend,
    VideoAppend,
    WireError,
)

RIDER = "aside"  # the field of what rides on sound
AHEAD_S = 600.0  # longer than any session waits for its client
Shared = TextAppend | VideoAppend | Addressed | PlaybackAck


def hear(live: LiveSession, audio: str, mark: SoundMark | None, event_id: str | None) -> None:
    """Sound, and the pictures that ride on it. Raises WireError, having taken nothing."""
    try:
        samples = decode_pcm16(audio, live.dialect.rate_hz)
    except ValueError as error:
        raise WireError("invalid_audio", str(error), "audio", event_id) from None
    at, here = mark.at if mark else None, live.inbox.received.samples
    if at is not None and at > here + round(AHEAD_S * live.dialect.rate_hz):
        message = f"{here} samples came so far; nobody misses more than {AHEAD_S:g} s of sound"
        raise WireError("invalid_value", message, f"{RIDER}.at", event_id)
    for shown in _riding(mark, event_id):
        live.inbox.see(shown)
    live.hear(samples, at)


def see(
    source: Literal["camera", "screen"], image: str, param: str, event_id: str | None
) -> Picture:
    """A picture as it came, checked. Raises WireError."""
    try:
        return picture.receive(source, image)
    except ValueError as error:
        raise WireError("invalid_image", str(error), param, event_id) from None


def bounded(live: LiveSession, content: str, param: str, event_id: str | None) -> None:
    """Raises WireError for more than 500 tokens."""
    tokens = live.count_tokens(content)
    if tokens > CONTENT_TOKENS:
        message = f"{tokens} tokens; send at most {CONTENT_TOKENS} at a time"
        raise WireError("content_too_long", message, param, event_id)


def extension(event: Shared, live: LiveSession) -> None:
    """The events of ours that mean the same in both protocols."""
    match event:
        case TextAppend():
            live.inbox.read(Words("text", event.text, client_event_id=event.event_id))
        case VideoAppend():
            live.inbox.see(see(event.source, event.image, "image", event.event_id))
        case Addressed():
            live.inbox.hold_key(event.addressed)
        case PlaybackAck():
            _acknowledge(event, live)


def _acknowledge(event: PlaybackAck, live: LiveSession) -> None:
    if not live.spoken.knows(event.generation):
        message = "no such generation, or it is long past; name the one told with the sound"
        raise WireError("unknown_generation", message, "generation", event.event_id)
    lost = live.not_heard(event.generation, event.played_ms) if event.stopped else ""
    answered = {"client_event_id": event.event_id} if event.event_id is not None else {}
    live.tell([{
        "type": "aside.playback.acknowledged", **answered, "generation": event.generation,
        "played_ms": event.played_ms, "unheard": lost,
    }])  # fmt: skip


def _riding(mark: SoundMark | None, event_id: str | None) -> list[Picture]:
    if mark is None:
        return []
    shown: list[tuple[Literal["camera", "screen"], str | None]] = [
        ("camera", mark.camera), ("screen", mark.screen),
    ]  # fmt: skip
    return [
        see(source, image, f"{RIDER}.{source}", event_id)
        for source, image in shown
        if image is not None
    ]
