"""ONNX Runtime and torch compute the same model: on the same input, the same numbers."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnxruntime as ort
import pytest

from engine import runtime
from engine.microturn import InputTurn, OutputTurn
from engine.model.checkpoint import Checkpoint, load_checkpoint
from engine.model.config import ModelConfig
from engine.model.tokenizer import QUIET, SPEAK
from engine.runtime.backend import Backend, Listen, State
from engine.runtime.folded import ZERO, folded, is_matrix, packed
from engine.runtime.onnx_backend import PROVIDERS, OnnxBackend
from engine.runtime.session import ModelSession
from engine.runtime.voice import VoiceMaker
from tests import untrained

pytest.importorskip("torch", reason="torch is the peer")

from engine.runtime.torch_backend import TorchBackend

pytestmark = pytest.mark.timeout(300)
MINUTE = 300
TIE = 2e-3


@dataclass
class Both:
    """The caches of two backends, advanced together."""

    one: Any
    other: Any

    @property
    def count(self) -> int:
        assert self.one.count == self.other.count
        return self.one.count

    def roll_back(self, count: int) -> None:
        self.one.roll_back(count)
        self.other.roll_back(count)

    def copy(self) -> Both:
        return Both(self.one.copy(), self.other.copy())


@dataclass
class Compared:
    """A backend that asks two others the same and goes on with the first one's answer."""

    one: Backend
    other: Backend
    name: str = "compared"
    apart: list[float] = field(default_factory=list)
    choices: int = 0

    def __post_init__(self) -> None:
        self.config = self.one.config

    def cache(self) -> Both:
        return Both(self.one.cache(), self.other.cache())

    def listen(self, cache: Both, turn: int, step: Listen) -> State:
        return self._same(lambda backend, own: backend.listen(own, turn, step), cache)

    def token(self, cache: Both, turn: int, token: int, stream: int) -> State:
        return self._same(lambda backend, own: backend.token(own, turn, token, stream), cache)

    def voice(self, cache: Both, turn: int, share: np.ndarray) -> State:
        return self._same(lambda backend, own: backend.voice(own, turn, share), cache)

    def draw(self, hidden: np.ndarray, noise: np.ndarray) -> np.ndarray:
        one, other = self.one.draw(hidden, noise), self.other.draw(hidden, noise)
        self.apart.append(float(np.abs(one - other).max()))
        return one

    def _same(self, step: Callable[[Backend, Any], State], cache: Both) -> State:
        one, other = step(self.one, cache.one), step(self.other, cache.other)
        self.apart.append(float(np.abs(one.logits - other.logits).max()))
        self._same_choice(one.logits, other.logits)
        self._same_choice(one.logits[[QUIET, SPEAK]], other.logits[[QUIET, SPEAK]])
        return one

    def _same_choice(self, one: np.ndarray, other: np.ndarray) -> None:
        second, first = np.sort(one)[-2:]
        assert one.argmax() == other.argmax() or first - second < TIE
        self.choices += 1


def lived(checkpoint: Checkpoint, given: list[InputTurn]) -> tuple[Compared, list[OutputTurn]]:
    """A session on both backends at once."""
    compared = Compared(OnnxBackend(checkpoint), TorchBackend(checkpoint))
    session = ModelSession(compared, checkpoint.tokenizer, VoiceMaker(checkpoint.weights))
    return compared, [session.step(turn) for turn in given]


def busy(outs: list[OutputTurn]) -> dict[str, int]:
    """On how many micro-turns something came out, by stream."""
    return {
        "heard": sum(bool(out.heard) for out in outs),
        "speaking": sum(out.speaking for out in outs),
        "quiet": sum(not out.speaking for out in outs),
    }


@pytest.mark.parametrize(
    ("config", "seed"),
    [(untrained.SMALL, untrained.LIVELY), (untrained.EXPERTS, 5)],
    ids=["dense", "experts"],
)
def test_a_minute_of_random_weights(config: ModelConfig, seed: int) -> None:
    """Whatever the weights: over a minute of everything, logits and voice agree within 1e-3 and
    the greedy choice is the same but for ties; the ring has long turned round by then."""
    compared, outs = lived(untrained.checkpoint(config, seed), untrained.everything(MINUTE))
    assert max(compared.apart) < 1e-3
    assert compared.choices > 2 * MINUTE
    assert min(busy(outs).values()) > 10


@pytest.mark.parametrize("given", [untrained.people, untrained.demo], ids=["busy", "people"])
def test_a_minute_of_the_shipped_model(given: Callable[[int], list[InputTurn]]) -> None:
    """The shipped model, a minute of people with pictures of noise, typing and updates, and another
    of people alone, who are heard: logits and voice within 1e-3 of torch, the greedy choice the
    same but for ties."""
    compared, outs = lived(load_checkpoint(runtime.shipped()), given(MINUTE))
    assert max(compared.apart) < 1e-3
    assert compared.choices >= MINUTE
    assert busy(outs)["heard"] or given is not untrained.demo


def test_in_bytes_it_computes_nearly_the_same() -> None:
    """Matrices of bytes: a quarter as many, all that a step multiplies with, to the nearest step;
    and what the shipped model says to the first sound is nearly what it says in float32."""
    checkpoint = load_checkpoint(runtime.shipped())
    whole = folded(checkpoint.config, checkpoint.weights)
    small = packed(whole)
    matrices = [name for name in whole if is_matrix(name)]
    assert len(matrices) == 4 * checkpoint.config.layers + 1
    for name in matrices:
        columns = len(whole[name])
        scales = small[f"{name}.scales"].reshape(columns, -1, 1)
        again = (small[f"{name}.bytes"].astype(np.float32) - ZERO) * scales
        assert np.all(np.abs(again - whole[name].reshape(again.shape)) <= 0.5001 * scales)
    parts = [f"{name}.{part}" for name in matrices for part in ("bytes", "scales")]
    before, after = sum(whole[n].nbytes for n in matrices), sum(small[n].nbytes for n in parts)
    assert before > 3.8 * after
    exact, rough = OnnxBackend(checkpoint), OnnxBackend(checkpoint, precision="int8")
    assert rough.name.endswith("CPU int8")
    sound = np.random.default_rng(0).normal(0, 0.1, 3520).astype(np.float32)
    step = Listen(sound, text=((5, 1), (6, 1)))
    ours, theirs = (one.listen(one.cache(), 0, step).logits for one in (exact, rough))
    assert 0 < np.linalg.norm(ours - theirs) < 0.05 * np.linalg.norm(ours)
    wide = untrained.checkpoint(untrained.WIDE, untrained.LIVELY)
    session = ModelSession(
        OnnxBackend(wide, precision="int8"), wide.tokenizer, VoiceMaker(wide.weights), 3
    )
    assert all(busy([session.step(turn) for turn in untrained.everything(40)]).values())


def test_a_provider_that_cannot_be_used_is_not_named_as_the_one_in_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Installed is not usable: the backend tells who computes, and who was meant to."""
    monkeypatch.setattr(ort, "get_available_providers", lambda: list(PROVIDERS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own words about it
        name = OnnxBackend(untrained.checkpoint()).name
    assert name.split()[2] == "CPU"
    assert "CUDA is installed and could not be used" in name
