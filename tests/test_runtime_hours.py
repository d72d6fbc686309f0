"""Three hours in, a session is what it was in its first minute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from engine import runtime
from engine.microturn import InputTurn
from engine.model.checkpoint import Checkpoint, load_checkpoint
from engine.model.config import ModelConfig
from engine.runtime.backend import State
from engine.runtime.onnx_backend import OnnxBackend
from engine.runtime.ring import Ring
from engine.runtime.session import ModelSession
from engine.runtime.voice import VoiceMaker
from tests import untrained

pytestmark = pytest.mark.timeout(120)
HOURS = (54_000, 300_000)
WRAP = (ModelConfig().period - 40, 5 * ModelConfig().period - 100)


class LateRing(Ring):
    """A ring whose first token is number `first`, as if what came before had left the window."""

    def __init__(self, new: Ring, first: int) -> None:
        vars(self).update(vars(new))
        self.first = self.count = first

    def indices(self) -> np.ndarray:
        held = super().indices()
        return np.where(held >= self.first, held, -1)


@dataclass
class Told:
    """A backend that keeps what the model answered: (what was asked, logits or share)."""

    backend: Any
    answers: list[tuple[str, np.ndarray]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.backend, name)
        return self._kept(name, found) if callable(found) and name != "cache" else found

    def _kept(self, name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
        def kept(*arguments: Any) -> Any:
            answer = ask(*arguments)
            kind = f"{name} {arguments[2:4]}" if name == "token" else name
            self.answers.append((kind, answer.logits if isinstance(answer, State) else answer))
            return answer

        return kept


def lived(
    checkpoint: Checkpoint, given: list[InputTurn], start: tuple[int, int]
) -> list[tuple[str, Any]]:
    """All that the model answered in a session that begins at this (micro-turn, token)."""
    backend = OnnxBackend(checkpoint)
    told = Told(backend)
    session = ModelSession(told, checkpoint.tokenizer, VoiceMaker(checkpoint.weights))  # type: ignore[arg-type]
    session.state.turn = start[0]
    session.state.cache = LateRing(session.state.cache, start[1])
    for turn in given:
        session.step(replace(turn, index=start[0] + turn.index))
    return told.answers


def without_chance(checkpoint: Checkpoint) -> Checkpoint:
    """The voice's noise is drawn anew each micro-turn; without it, sessions can be compared."""
    return replace(checkpoint, config=replace(checkpoint.config, flow_temperature=0.0))


def compare(
    checkpoint: Checkpoint, given: list[InputTurn], start: tuple[int, int], within: float = 1e-4
) -> set[str]:
    """A session from there does what one from zero does, logits `within` so much of each other;
    returns the kinds of steps."""
    still = without_chance(checkpoint)
    early, late = (lived(still, given, first) for first in ((0, 0), start))
    assert [what for what, _ in early] == [what for what, _ in late]
    for (what, one), (_, other) in zip(early, late, strict=True):
        assert np.abs(one - other).max() < (1e-3 if what == "draw" else within)
    return {what.split()[0] for what, _ in early}


@pytest.mark.parametrize(
    ("config", "seed"),
    [(untrained.SMALL, untrained.LIVELY), (untrained.EXPERTS, 5)],
    ids=["dense", "experts"],
)
def test_three_hours_later_random_weights_do_the_same(config: Any, seed: int) -> None:
    """The same minute, begun 54,000 micro-turns and 300,000 tokens later: the same tokens, and
    every logit within 1e-4, and the voice within 1e-3."""
    steps = compare(untrained.checkpoint(config, seed), untrained.everything(80), HOURS)
    assert steps == {"listen", "token", "voice", "draw"}


def test_three_hours_later_the_shipped_model_does_the_same() -> None:
    """The shipped model three hours in: the same tokens, logits within 1e-3, as between back ends.
    Trained weights give logits of ten and more, in which rounding shows sooner.
    """
    steps = compare(load_checkpoint(runtime.shipped()), untrained.people(60), HOURS, 1e-3)
    assert steps >= {"listen", "token"}


def test_positions_begin_anew_unnoticed() -> None:
    """Where both indices pass their period within the window, nothing happens."""
    steps = compare(untrained.checkpoint(), untrained.everything(80), WRAP)
    assert steps == {"listen", "token", "voice", "draw"}


def test_a_new_session_three_hours_in_sees_nothing_before_it() -> None:
    """The comparison is fair: the late ring shows nothing of a past that it does not have."""
    config = untrained.SMALL
    ring, early = LateRing(Ring(config), 300_000), Ring(config)
    assert np.array_equal(ring.mask(3), early.mask(3))
    keys, values = np.ones((2, 2, 32, 50), np.float32), np.ones((2, 2, 50, 32), np.float32)
    ring.append(keys, values)
    early.append(keys, values)
    assert (ring.mask(3) == 0.0).sum() == (early.mask(3) == 0.0).sum()
