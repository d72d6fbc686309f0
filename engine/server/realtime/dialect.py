"""Realtime as one session speaks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.microturn import TURN_S, OutputTurn
from engine.server.capabilities import capabilities
from engine.server.dialect import Event, Identity, Opening
from engine.server.ending import Ending
from engine.server.inbox import Words
from engine.server.live import LiveSession
from engine.server.realtime import wire
from engine.server.realtime.commands import Commands
from engine.server.realtime.narrator import Narrator
from engine.server.settings import Settings
from engine.server.strict import WireError
from engine.server.visit import Protocol, Visit

RATE_HZ = 24_000
TURN_MS = round(TURN_S * 1000)
PCM = {"type": "audio/pcm", "rate": RATE_HZ}


class Realtime:
    """Implements engine.server.dialect.Dialect."""

    protocol: Protocol = "realtime"
    answers = True

    rate_hz = RATE_HZ

    def __init__(self, identity: Identity, visit: Visit, settings: Settings) -> None:
        self.identity, self.config = identity, wire.SessionConfig(type="realtime")
        self._visit, self._settings = visit, settings
        self.extended = visit.extended
        self.narrator = Narrator(identity.id, RATE_HZ, self.extended)
        self._commands = Commands(self)

    def welcome(self, live: LiveSession) -> Iterator[Event]:
        yield {"type": "session.created", "session": self.resource()}
        if self.extended:
            keep_s = self._visit.keep_s
            yield capabilities(self.identity, self._settings, keep_s, "realtime")

    def parse(self, message: str | bytes) -> wire.RealtimeEvent:
        return wire.parse(message)

    def obey(self, event: wire.RealtimeEvent, live: LiveSession) -> None:
        self._commands.obey(event, live)

    def appended(self, words: Words, turn: int) -> Iterator[Event]:
        at = turn * TURN_MS
        event: dict[str, Any] = {"type": "aside.input_text.appended", "start_ms": at, "end_ms": at}
        if words.client_event_id is not None:
            event["client_event_id"] = words.client_event_id
        if self.extended:
            yield event

    def told(self, out: OutputTurn) -> Iterator[Event]:
        return self.narrator.tell(out)

    def state(self, state: Event) -> Iterator[Event]:
        yield state

    def noticed(self, code: str, message: str) -> Iterator[Event]:
        if self.extended:
            yield {"type": "aside.info", "code": code, "message": message}

    def refused(self, refusal: WireError, kind: str) -> Event:
        error = {
            "type": kind,
            "code": refusal.code,
            "message": refusal.message,
            "param": refusal.param,
            "event_id": refusal.client_event_id,
        }
        return {"type": "error", "error": error}

    def closed(self, ending: Ending, turns: int) -> Iterator[Event]:
        if self.extended:
            yield {"type": "aside.session.closed", "reason": ending.reason}

    def wants_time(self) -> bool:
        return self.narrator.response is not None

    def renew(self) -> None:
        self.narrator.renew()

    def resource(self) -> dict[str, Any]:
        """The session as Realtime shows it: what is in force, not what was asked for."""
        tools = [tool.model_dump(exclude_none=True) for tool in self.config.tools or []]
        return {
            "type": "realtime",
            "object": "realtime.session",
            "id": self.identity.id,
            "model": self.identity.engine,
            "expires_at": self.identity.expires_at,
            "instructions": self.config.instructions or "",
            "output_modalities": ["audio" if self.narrator.spoken else "text"],
            "audio": {
                "input": {
                    "format": PCM, "turn_detection": None, "noise_reduction": None,
                    "transcription": {"model": self.identity.engine},
                },
                "output": {"format": PCM, "voice": self.identity.engine, "speed": 1.0},
            },
            "tools": tools,
            "tool_choice": "auto",
            "max_output_tokens": "inf",
            "truncation": "disabled",
            "tracing": None,
        }  # fmt: skip


def opening(visit: Visit, settings: Settings) -> Opening:
    return Opening(
        speak=lambda identity: Realtime(identity, visit, settings),
        seed=visit.seed,
        keep_s=visit.keep_s if visit.extended else 0.0,
    )
