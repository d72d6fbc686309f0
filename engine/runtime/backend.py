"""What a session asks of whatever computes the model. ONNX Runtime is one, torch another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

import numpy as np

from engine.model.config import ModelConfig
from engine.signal.mel import levels, wave_power


@dataclass(frozen=True)
class Patches:
    """pixels: (f, 3, 40, 40) float32 in [-1, 1]; row, column, stream: (f,) int64."""

    pixels: np.ndarray
    row: np.ndarray
    column: np.ndarray
    stream: np.ndarray


@dataclass(frozen=True)
class Listen:
    """The input of one micro-turn, with the last output token of the one before.

    Exactly one of pending and pending_voice is given, except on the first micro-turn.
    wave: (3520,) float32, the sound with the 320 samples before it.
    """

    wave: np.ndarray
    pending: tuple[int, int] | None = None
    pending_voice: np.ndarray | None = None
    text: tuple[tuple[int, int], ...] = ()
    patches: Patches | None = None

    @cached_property
    def audio(self) -> np.ndarray:
        """(10, 80) uint8 dMel levels, for whoever does not hear the wave itself."""
        return levels(wave_power(self.wave))


@dataclass(frozen=True)
class State:
    """What the trunk knows after a step. hidden: (width,); logits: (vocabulary,)."""

    hidden: np.ndarray
    logits: np.ndarray


class Cache(Protocol):
    """Keys and values of what is still visible. `count` is how many tokens there ever were."""

    count: int

    def roll_back(self, count: int) -> None: ...

    def copy(self) -> Cache: ...


class Backend(Protocol):
    """One loaded model. It keeps no session: all state is in the cache that is passed in."""

    name: str
    config: ModelConfig

    def cache(self) -> Cache: ...

    def listen(self, cache: Any, turn: int, step: Listen) -> State: ...

    def token(self, cache: Any, turn: int, token: int, stream: int) -> State: ...

    def voice(self, cache: Any, turn: int, share: np.ndarray) -> State: ...

    def draw(self, hidden: np.ndarray, noise: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Ask:
    """A whole micro-turn. acting: whether an act is open. noise: (voice_tokens, voice_size), what
    its voice would be drawn from."""

    turn: int
    listen: Listen
    acting: bool
    noise: np.ndarray


@dataclass(frozen=True)
class Answer:
    """tokens: what was written, quiet or speak the last. shares: (voice_tokens, voice_size) where
    it speaks."""

    tokens: tuple[int, ...]
    shares: np.ndarray | None


@runtime_checkable
class WholeTurns(Protocol):
    """A backend that takes a micro-turn as a whole, choices included, many sessions at a time."""

    def micro_turn(self, cache: Any, ask: Ask) -> Answer: ...

    def adopt(self, cache: Any) -> Any:
        """What a session that is restored computes on: `cache` as this backend holds it."""
        ...


def pairs(tokens: Sequence[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """(id, stream) pairs as two int64 arrays."""
    ids = np.array([token for token, _ in tokens], np.int64)
    return ids, np.array([stream for _, stream in tokens], np.int64)
