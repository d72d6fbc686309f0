"""GPT-Live as one session speaks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.microturn import OutputTurn
from engine.server import wire
from engine.server.capabilities import capabilities
from engine.server.commands import Commands
from engine.server.dialect import Event, Identity, Opening, error_event
from engine.server.ending import Ending
from engine.server.inbox import Words
from engine.server.live import LiveSession
from engine.server.narrator import Narrator, appended, usage
from engine.server.settings import Settings
from engine.server.strict import WireError
from engine.server.visit import Protocol
from engine.server.wire import SessionConfig, SessionStart

DEFAULT_RATE_HZ = 24_000


class GptLive:
    """Implements engine.server.dialect.Dialect."""

    protocol: Protocol = "live"
    answers = False

    def __init__(self, identity: Identity, start: SessionStart, settings: Settings) -> None:
        self.identity, self.config = identity, start.session
        self._settings = settings
        self._asked = start.event_id
        audio = self.config.audio
        self.rate_hz = audio.format.rate if audio and audio.format else DEFAULT_RATE_HZ
        self.extended = self.config.aside is not None
        self.narrator = Narrator(identity.id, self.rate_hz, self.extended)
        self._commands = Commands(self)

    def welcome(self, live: LiveSession) -> Iterator[Event]:
        yield answer("session.started", self._asked, session=self.resource())
        if self.config.aside is not None:
            keep_s = self.config.aside.keep_s
            yield capabilities(self.identity, self._settings, keep_s, "live")

    def parse(self, message: str | bytes) -> wire.LiveEvent:
        return wire.parse(message)

    def obey(self, event: wire.LiveEvent, live: LiveSession) -> None:
        self._commands.obey(event, live)

    def appended(self, words: Words, turn: int) -> Iterator[Event]:
        yield appended(words, turn)

    def told(self, out: OutputTurn) -> Iterator[Event]:
        yield from self.narrator.tell(out)
        if self.config.aside is not None and self.config.aside.ticks:
            yield {"type": "aside.turn", "turn": out.index}

    def state(self, state: Event) -> Iterator[Event]:
        yield state

    def noticed(self, code: str, message: str) -> Iterator[Event]:
        yield {"type": "info", "code": code, "message": message}

    def refused(self, refusal: WireError, kind: str) -> Event:
        return error_event(refusal, kind)

    def closed(self, ending: Ending, turns: int) -> Iterator[Event]:
        yield {
            "type": "session.closed",
            "reason": ending.reason,
            "session": self.resource(),
            "usage": usage(turns),
        }

    def wants_time(self) -> bool:
        return False

    def renew(self) -> None:
        self.narrator.renew()

    def resource(self) -> dict[str, Any]:
        """The session as GPT-Live shows it: what is in force, not what was asked for."""
        delegation = self.config.delegation
        delay_ms = (delegation.acknowledgement_delay_ms if delegation else None) or 0
        return {
            "id": self.identity.id,
            "expires_at": self.identity.expires_at,
            "model": self.identity.engine,
            "status": "active",
            "instructions": self.config.instructions,
            "audio": {
                "format": {"type": "audio/pcm", "rate": self.rate_hz},
                "output": {"voice": self.identity.engine},
            },
            "delegation": {"type": "client", "acknowledgement_delay_ms": delay_ms},
            "store": False,
        }


def opening(start: SessionStart, settings: Settings) -> Opening:
    aside = start.session.aside
    return Opening(
        speak=lambda identity: GptLive(identity, start, settings),
        seed=aside.seed if aside else 0,
        keep_s=float(aside.keep_s) if aside else 0.0,
        client_event_id=start.event_id,
        before=tuple(history(start.session)),
    )


def history(config: SessionConfig) -> list[Words]:
    """What a session is told before its first micro-turn."""
    items = [(item.role, item.content[0].text) for item in config.input or []]
    told = [Words("thinking", f"{role}: {text}", answered=False) for role, text in items]
    if config.instructions and config.instructions.strip():
        told.append(Words("instructions", config.instructions, answered=False))
    return told


def answer(kind: str, client_event_id: str | None, **fields: Any) -> Mapping[str, Any]:
    """An event that answers a client's."""
    event = {"type": kind, **fields}
    if client_event_id is not None:
        event["client_event_id"] = client_event_id
    return event
