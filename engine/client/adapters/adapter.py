"""What an adapter is: a protocol written and read, without a socket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from engine.client.events import SessionEvent
from engine.client.items import Picture, Words

Frame = str | bytes
Message = dict[str, Any]


@dataclass(frozen=True)
class Abilities:
    """What a model behind a protocol can do.

    interjects: speaks without being spoken to. cadence_ms: how often it decides; 0 where the
    protocol says nothing about it. tools: calls tools, and so can delegate. reads: takes typed
    text and results from the background. transcribes: tells what it heard. resumes: a lost
    connection goes on in the same session.
    """

    hears: bool = True
    sees: bool = False
    interjects: bool = False
    tools: bool = False
    reads: bool = True
    transcribes: bool = False
    resumes: bool = False
    cadence_ms: int = 0


@dataclass(frozen=True)
class Wishes:
    """How a session with somebody else's model is to begin.

    options: what the protocol of the model knows besides; each adapter names its own.
    """

    model: str
    instructions: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Send:
    """A frame for the server: str is text, bytes is binary."""

    frame: Frame


Step = SessionEvent | Send
Steps = Sequence[Step]


class ProtocolError(Exception):
    """The server sent what no server of this protocol sends."""


class Refused(Exception):
    """The server would not begin. final: asking again changes nothing."""

    def __init__(self, message: str, final: bool) -> None:
        super().__init__(message)
        self.final = final


class Adapter(Protocol):
    """One session's side of a protocol. The first `Started` that `read` returns opens it.

    Every method returns what follows, in order: events for the app and frames for the server.
    """

    @property
    def abilities(self) -> Abilities: ...

    def path(self) -> str:
        """What follows the address, with its query."""
        ...

    def begin(self) -> Steps:
        """The connection stands: what is said first. Nothing where the server begins."""
        ...

    def read(self, frame: Frame) -> Steps:
        """Raises ProtocolError, and Refused before the session began."""
        ...

    def hear(self, samples: np.ndarray) -> Steps:
        """(n,) float32 at 16 kHz. This is what makes time pass: voice that waits comes out."""
        ...

    def see(self, picture: Picture) -> Steps: ...

    def tell(self, words: Words) -> Steps:
        """A typed text or an update. What the protocol cannot carry is answered with Error."""
        ...

    def hush(self) -> Steps:
        """The user silenced the voice: what waits of it is stale, and a server that can be told is
        told how much was heard."""
        ...

    def resume(self) -> Steps | None:
        """The connection broke and another stands: what is said first. None: it cannot go on."""
        ...

    def close(self) -> Steps: ...
