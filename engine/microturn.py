"""What flows through a session, and the one clock it flows on.

Micro-turn *k* covers stream time [0.2k, 0.2(k+1)) seconds. Its input is complete at
0.2(k+1), which is the time of whatever the model heard, said or did on it; the voice it
decides on occupies the interval k+1. This module knows no model, no device and no wire.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np

TURN_S = 0.2
SAMPLE_RATE_HZ = 16_000
TURN_SAMPLES = 3_200

Json = Mapping[str, Any]


def completion_time_s(turn: int) -> float:
    """Stream time at which the input of micro-turn `turn` is complete, in seconds."""
    return round((turn + 1) * TURN_S, 6)


@dataclass(frozen=True)
class Frame:
    """One picture from the camera or the screen.

    pixels: (height, width, 3) uint8, RGB.
    """

    source: Literal["camera", "screen"]
    pixels: np.ndarray


@dataclass(frozen=True)
class Update:
    """What comes back from the background: silent context or something that may be spoken."""

    kind: Literal["thinking", "commentary"]
    text: str
    delegation_id: str | None = None


@dataclass(frozen=True)
class Act:
    """Something the model does besides talking: call a tool, delegate, point, show a card."""

    name: str
    arguments: Json = field(default_factory=dict)


@dataclass(frozen=True)
class InputTurn:
    """Everything that arrived during one micro-turn.

    audio: (3200,) float32 in [-1, 1], 16 kHz; silence where there is no microphone.
    text: what the user typed, whole messages; the session spreads it over micro-turns.
    addressed: whether the user holds the key to talk, so that what is said is meant for Aside.
    """

    index: int
    audio: np.ndarray
    camera: Frame | None = None
    screen: Frame | None = None
    text: str = ""
    updates: tuple[Update, ...] = ()
    addressed: bool = False

    def __post_init__(self) -> None:
        if self.audio.shape != (TURN_SAMPLES,):
            raise ValueError(
                f"micro-turn {self.index}: audio has shape {self.audio.shape}, "
                f"needs ({TURN_SAMPLES},): resample to 16 kHz mono and cut into 200 ms"
            )


@dataclass(frozen=True)
class OutputTurn:
    """What the model did about one micro-turn. Nothing is the commonest answer.

    heard, say: whole words, space-separated, possibly empty.
    audio: (3200,) float32 at 16 kHz for the stream interval index + 1; None when quiet.
    generation: grows by one each time the voice starts, so that stale sound is recognisable.
    waiting_text: how many tokens of typed text still wait for a micro-turn.
    """

    index: int
    heard: str = ""
    say: str = ""
    acts: tuple[Act, ...] = ()
    speaking: bool = False
    audio: np.ndarray | None = None
    generation: int = 0
    waiting_text: int = 0

    @property
    def time_s(self) -> float:
        return completion_time_s(self.index)


class Session(Protocol):
    """One continuous interaction, advanced one micro-turn at a time.

    The state returned by `snapshot` is a value: it can be kept, restored into another session
    of the same engine, and the continuation is then the same, bit for bit.
    """

    def step(self, turn: InputTurn) -> OutputTurn: ...

    def snapshot(self) -> Any: ...

    def restore(self, state: Any) -> None: ...


@runtime_checkable
class Reversible(Session, Protocol):
    """A session that can go back over its newest micro-turn without a copy of itself."""

    def mark(self) -> Any:
        """Where it is. Good for one way back, until the step after the next one begins."""
        ...

    def go_back(self, mark: Any) -> None:
        """As if what was stepped since the mark had never been, whether it failed or not."""
        ...


class Engine(Protocol):
    """A loaded model that opens sessions. sees: the sources of pictures that it makes use of."""

    name: str

    @property
    def sees(self) -> tuple[str, ...]: ...

    def session(self, seed: int = 0) -> Session: ...

    def count_tokens(self, text: str) -> int:
        """How many tokens the model reads `text` as."""
        ...
