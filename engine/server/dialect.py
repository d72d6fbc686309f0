"""What a live session asks of a protocol, so that it need not know which one it speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from engine.microturn import OutputTurn
from engine.server import visit
from engine.server.ending import Ending
from engine.server.inbox import Words
from engine.server.strict import WireError

if TYPE_CHECKING:
    from engine.server.live import LiveSession

Event = Mapping[str, Any]
Events = Iterable[Event]


@dataclass(frozen=True)
class Identity:
    """Who a session is: its id, allocated here, and the engine it runs on.

    expires_at: Unix time in seconds. sees: the sources of pictures that the engine makes use of.
    computes: who computes it and how, as the engine tells it; empty where it does not.
    """

    id: str
    engine: str
    expires_at: int
    sees: tuple[str, ...]
    computes: str = ""


class Dialect(Protocol):
    """One protocol as one session speaks it. It keeps what only its protocol knows of.

    `parse` and `obey` raise WireError, having changed nothing; the rest give the events that tell
    the client what happened, in their order. answers: whether its clients ever wait for an answer,
    so that time has to pass for them without sound.
    """

    protocol: visit.Protocol
    rate_hz: int
    extended: bool
    answers: bool

    def welcome(self, live: LiveSession) -> Events: ...

    def parse(self, message: str | bytes) -> Any: ...

    def obey(self, event: Any, live: LiveSession) -> None: ...

    def appended(self, words: Words, turn: int) -> Events: ...

    def told(self, out: OutputTurn) -> Events: ...

    def state(self, state: Event) -> Events: ...

    def noticed(self, code: str, message: str) -> Events: ...

    def refused(self, refusal: WireError, kind: str) -> Event: ...

    def closed(self, ending: Ending, turns: int) -> Events: ...

    def wants_time(self) -> bool: ...

    def renew(self) -> None:
        """As a copy of it goes on from here, so does this."""


@dataclass(frozen=True)
class Opening:
    """A session that a client asked for, found good.

    speak: gives its protocol. keep_s: how long it waits for a client whose connection was lost.
    """

    speak: Callable[[Identity], Dialect]
    seed: int = 0
    keep_s: float = 0.0
    client_event_id: str | None = None
    before: tuple[Words, ...] = field(default=())


def error_event(refusal: WireError, kind: str = "invalid_request_error") -> dict[str, Any]:
    """An error as GPT-Live tells it."""
    error: dict[str, Any] = {"type": kind, "code": refusal.code, "message": refusal.message}
    if refusal.param is not None:
        error["param"] = refusal.param
    event: dict[str, Any] = {"type": "error", "error": error}
    if refusal.client_event_id is not None:
        error["client_event_id"] = event["client_event_id"] = refusal.client_event_id
    return event
