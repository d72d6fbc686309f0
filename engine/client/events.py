"""What a client is told: by the engine through its session, and about the engine itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from engine.microturn import Json


@dataclass(frozen=True)
class Started:
    """A session is open. extended: whether the server speaks our extensions."""

    session_id: str
    engine: str
    extended: bool = False


@dataclass(frozen=True)
class PictureLook:
    """How the engine takes pictures of one source: their size, how many a second, and how often
    one that stays the same is worth repeating."""

    source: Literal["camera", "screen"]
    width: int
    height: int
    hz: float
    refresh_s: float = 0.0


@dataclass(frozen=True)
class Capabilities:
    """What the engine can take, as far as it says so. blind: it says that it sees nothing.

    computes: who computes it, on what device, in which precision, in the engine's own words.
    kept: whether a session waits for its client when the server is gone, and comes again.
    """

    looks: tuple[PictureLook, ...] = ()
    blind: bool = False
    computes: str = ""
    kept: bool = False


@dataclass(frozen=True)
class Heard:
    """A fragment of what the user said. Fragments put one after the other are the transcript."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Said:
    """A fragment of what the model says, and the stretch of time in which it sounds."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class VoiceAudio:
    """Sound to play. samples: (n,) float32, 16 kHz.

    generation: grows whenever the voice starts anew; what is older than the newest is stale.
    turn: the micro-turn that decided on it; it belongs into interval turn + 1. Both are 0
    from a server without our extensions.
    """

    generation: int
    samples: np.ndarray
    turn: int = 0


@dataclass(frozen=True)
class Hushed:
    """The model was interrupted: voice of this generation and of older ones must stop now."""

    generation: int


@dataclass(frozen=True)
class ActEvent:
    """The model did something besides talking."""

    name: str
    arguments: Json = field(default_factory=dict)
    turn: int = 0


@dataclass(frozen=True)
class DelegationEvent:
    """The model hands work over. `id` is what updates about it refer to.

    arguments: empty from a server without our extensions; the task is then in the transcript.
    """

    id: str
    offset_ms: int
    arguments: Json = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The task in the model's words, or ""."""
        text = self.arguments.get("text", "")
        return text if isinstance(text, str) else ""


@dataclass(frozen=True)
class State:
    """What the engine is doing now.

    behind_ms: sound that waits; dropped_ms: sound that was lost, since the session began;
    waiting_text: tokens of typed text that still wait for a micro-turn.
    """

    state: Literal["listening", "speaking", "delayed", "muted"]
    turn: int = 0
    generation: int = 0
    muted: bool = False
    behind_ms: int = 0
    dropped_ms: int = 0
    waiting_text: int = 0


@dataclass(frozen=True)
class Appended:
    """The model has this text now. kind: text, instructions, thinking or commentary. key: what the
    app called it, where it wanted to know."""

    kind: str
    start_ms: int
    client_event_id: str | None = None
    key: str = ""


@dataclass(frozen=True)
class TurnDone:
    """A micro-turn is done and all that it gave has been told; only for who asked for ticks."""

    turn: int


@dataclass(frozen=True)
class Usage:
    """Sound taken in since the session began."""

    seconds: float


@dataclass(frozen=True)
class Notice:
    """Something worth telling that is no error.

    code: "away" when the connection broke and the session is tried again, "resumed" when it goes
    on; others as the server or the app names them.
    """

    code: str
    message: str


@dataclass(frozen=True)
class Error:
    """Something the client asked for was refused, or the server failed."""

    code: str
    message: str
    client_event_id: str | None = None


@dataclass(frozen=True)
class Closed:
    """The session is over. reason: as the server gave it; `connection_lost` when it did not."""

    reason: str


@dataclass(frozen=True)
class EngineStarting:
    """The engine is being started or reached; attempt 1 is the first."""

    attempt: int


@dataclass(frozen=True)
class EngineResting:
    """The engine was let go and its memory is free; words for it, or a wish, start it again."""


@dataclass(frozen=True)
class EngineReady:
    """The engine answers at `url`. pid: of our own child, None for another machine's."""

    url: str
    pid: int | None = None


@dataclass(frozen=True)
class EngineLost:
    """The engine died, hung or went out of reach; it is tried again after `retry_s`."""

    reason: str
    retry_s: float


@dataclass(frozen=True)
class EngineFailed:
    """The engine cannot be had; nothing more is tried. message: for people."""

    message: str


AWAY = Notice("away", "the connection was lost")

SessionEvent = (
    Started
    | Capabilities
    | Heard
    | Said
    | VoiceAudio
    | Hushed
    | ActEvent
    | DelegationEvent
    | State
    | Appended
    | TurnDone
    | Usage
    | Notice
    | Error
    | Closed
)
EngineEvent = EngineStarting | EngineResting | EngineReady | EngineLost | EngineFailed
Event = SessionEvent | EngineEvent
