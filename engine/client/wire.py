"""The client's half of the protocol: messages it sends, events it understands.

GPT-Live and our `aside.` extensions, as engine.server documents them. Only this module knows
how they are written.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.client.events import (
    ActEvent,
    Appended,
    Capabilities,
    Closed,
    DelegationEvent,
    Error,
    Heard,
    Notice,
    PictureLook,
    Said,
    SessionEvent,
    Started,
    State,
    TurnDone,
    Usage,
    VoiceAudio,
)
from engine.client.items import Source
from engine.microturn import SAMPLE_RATE_HZ, Update

Message = dict[str, Any]
_SCALE = 32768.0
_NUMBER = re.compile(r'"event_id": ?"event_([0-9]{1,15})"\}\Z')  # the outermost, which is last


class ProtocolError(Exception):
    """The server sent what no server of this protocol sends."""


def start(
    model: str, instructions: str | None = None, seed: int = 0, extensions: bool = True,
    keep_s: int = 0, ticks: bool = False,
) -> Message:  # fmt: skip
    session: Message = {
        "model": model,
        "audio": {"format": {"type": "audio/pcm", "rate": SAMPLE_RATE_HZ}},
        "delegation": {"type": "client"},
    }
    if instructions:
        session["instructions"] = instructions
    if extensions:
        wishes = {"keep_s": keep_s, "ticks": ticks}
        session["aside"] = {"seed": seed} | {name: wish for name, wish in wishes.items() if wish}
    return {"type": "session.start", "session": session}


def audio(samples: np.ndarray) -> Message:
    """(n,) float32 in [-1, 1] at 16 kHz; what is not finite becomes silence."""
    finite = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    pcm = np.clip(np.rint(finite * _SCALE), -_SCALE, _SCALE - 1).astype("<i2")
    encoded = base64.b64encode(pcm.tobytes()).decode("ascii")
    return {"type": "session.input_audio.append", "audio": encoded}


def text(words: str, event_id: str | None = None) -> Message:
    return _identified({"type": "aside.input_text.append", "text": words}, event_id)


def instructions(words: str, event_id: str | None = None) -> Message:
    message = {"type": "session.instructions.append", "content": words, "delegation_id": None}
    return _identified(message, event_id)


def update(told: Update, event_id: str | None = None) -> Message:
    message = {
        "type": f"session.{told.kind}.append",
        "content": told.text,
        "delegation_id": told.delegation_id,
    }
    return _identified(message, event_id)


def picture(source: Source, encoded: bytes) -> Message:
    """encoded: a JPEG or PNG."""
    image = base64.b64encode(encoded).decode("ascii")
    return {"type": "aside.input_video.append", "source": source, "image": image}


def mute(muted: bool) -> Message:
    return {"type": f"session.input_audio.{'mute' if muted else 'unmute'}"}


def addressed(on: bool) -> Message:
    return {"type": "aside.addressed", "addressed": on}


def hush(generation: int, played_ms: int) -> Message:
    fields = {"generation": generation, "played_ms": played_ms, "stopped": True}
    return {"type": "aside.playback.ack", **fields}


def close() -> Message:
    return {"type": "session.close"}


def rest() -> Message:
    return {"type": "aside.session.rest"}


def number(frame: str | bytes) -> int | None:
    """Which event of its session this is, where the server counts them as ours does."""
    text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
    found = _NUMBER.search(text)
    return int(found[1]) if found else None


def resumed(frame: str | bytes) -> int:
    """How many frames of ours a session has that we come back to. Raises ProtocolError."""
    try:
        message = json.loads(frame)
        if message["type"] != "aside.session.resumed":
            raise ValueError(message["type"])
        return int(message["frames"])
    except (ValueError, KeyError, TypeError) as error:
        raise ProtocolError(f"the session could not be resumed: {error!r:.60}") from None


def parse(frame: str | bytes) -> SessionEvent | None:
    """One frame as an event; None for types that are not for us. Raises ProtocolError."""
    try:
        message = json.loads(frame)
        reader = _READERS.get(message["type"])
        return reader(message) if reader else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProtocolError(f"an event of the server could not be read: {error!r:.60}") from None


def _identified(message: Message, event_id: str | None) -> Message:
    return message if event_id is None else {**message, "event_id": event_id}


def _started(message: Message) -> Started:
    session = message["session"]
    return Started(str(session["id"]), str(session["model"]))


def _voice(message: Message) -> VoiceAudio:
    pcm = np.frombuffer(base64.b64decode(message["delta"], validate=True), "<i2")
    mark = message.get("aside") or {}
    samples = pcm.astype(np.float32) / _SCALE
    return VoiceAudio(int(mark.get("generation", 0)), samples, int(mark.get("turn", 0)))


def _delegation(message: Message) -> DelegationEvent:
    arguments = (message.get("aside") or {}).get("arguments", {})
    return DelegationEvent(str(message["delegation"]["id"]), int(message["offset_ms"]), arguments)


def _act(message: Message) -> ActEvent:
    return ActEvent(str(message["name"]), dict(message["arguments"]), int(message["turn"]))


def _capabilities(message: Message) -> Capabilities:
    looks = (message.get("video") or {}).get("looks") or {}
    sources: tuple[Source, ...] = ("camera", "screen")
    hears = message.get("hears")
    return Capabilities(
        tuple(_look(one, looks[one]) for one in sources if one in looks),
        blind=isinstance(hears, list) and not set(sources) & {str(one) for one in hears},
        computes=str(message.get("computes", ""))[:200],
        kept=bool((message.get("resume") or {}).get("outlives_server")),
    )


def _look(source: Source, said: Mapping[str, Any]) -> PictureLook:
    """Within reason, whatever a server says."""
    width, height = (int(max(16, min(3840, float(said[side])))) for side in ("width", "height"))
    hz, refresh_s = float(said["hz"]), float(said.get("refresh_s", 0.0))
    return PictureLook(source, width, height, max(0.1, min(30.0, hz)), max(0.0, refresh_s))


def _state(message: Message) -> State:
    known = {name: message[name] for name in State.__dataclass_fields__}
    if not isinstance(known["state"], str):
        raise TypeError("state")
    return State(**known)


def _appended(message: Message) -> Appended:
    kind = message["type"].split(".")[1].removeprefix("input_")
    return Appended(kind, int(message["start_ms"]), message.get("client_event_id"))


def _error(message: Message) -> Error:
    error = message["error"]
    client_event_id = error.get("client_event_id")
    return Error(str(error["code"]), str(error["message"]), client_event_id)


def _span(message: Message) -> tuple[str, int, int]:
    return str(message["delta"]), int(message["start_ms"]), int(message["end_ms"])


_READERS: Mapping[str, Callable[[Message], SessionEvent]] = {
    "session.started": _started,
    "session.input_transcript.delta": lambda message: Heard(*_span(message)),
    "session.output_transcript.delta": lambda message: Said(*_span(message)),
    "session.output_audio.delta": _voice,
    "session.delegation.created": _delegation,
    "session.instructions.appended": _appended,
    "session.thinking.appended": _appended,
    "session.commentary.appended": _appended,
    "session.usage.updated": lambda message: Usage(float(message["usage"]["seconds"])),
    "session.closed": lambda message: Closed(str(message["reason"])),
    "error": _error,
    "info": lambda message: Notice(str(message["code"]), str(message["message"])),
    "aside.act": _act,
    "aside.capabilities": _capabilities,
    "aside.state": _state,
    "aside.input_text.appended": _appended,
    "aside.turn": lambda message: TurnDone(int(message["turn"])),
}
