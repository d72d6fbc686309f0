"""The runtime's steps by the kernels: those of plain torch, and alike in every company.

Without a GPU Triton's interpreter computes them, on the processor; see test_kernels.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
if not torch.cuda.is_available():
    os.environ["TRITON_INTERPRET"] = "1"
interpreter = pytest.importorskip("triton.runtime.interpreter", reason="kernels need triton")

from engine.microturn import InputTurn  # noqa: E402
from engine.runtime import torch_batched  # noqa: E402
from engine.runtime.backend import Ask  # noqa: E402
from engine.runtime.computing import ComputeError, Computing  # noqa: E402
from engine.runtime.session import ModelSession  # noqa: E402
from engine.runtime.torch_batched import (  # noqa: E402
    BatchedBackend,
    from_checkpoint,
    operations_for,
)
from engine.runtime.torch_turns import Turns  # noqa: E402
from engine.runtime.torch_weights import from_arrays  # noqa: E402
from engine.runtime.voice import VoiceMaker  # noqa: E402
from kernels import matmul, norm  # noqa: E402
from tests import untrained  # noqa: E402
from tests.matrix_units import by_rows  # noqa: E402
from tests.test_runtime_session import words  # noqa: E402

pytestmark = pytest.mark.timeout(600)
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
CONFIG = replace(untrained.SMALL, width=32, heads=2, kv_heads=1, head_width=16, rotary=12,
                 mlp_width=48, flow_width=32, flow_steps=1, window=30, text_out=2)  # fmt: skip
TALKS = 8  # with this seed CONFIG writes and speaks at once


@pytest.fixture(autouse=True)
def _matrix_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in test_kernels.py; and tiles are wide, for the interpreter pays for each program."""
    monkeypatch.setattr(interpreter.InterpreterBuilder, "create_dot", by_rows)
    if DEVICE == "cpu":
        monkeypatch.setattr(matmul, "FEW", 0)


def backend(checkpoint: Any, kernels: bool, slots: int = 4) -> BatchedBackend:
    computing = Computing("torch", "fp32", DEVICE, slots, kernels)
    return from_checkpoint(checkpoint, computing)


def session(checkpoint: Any, on: BatchedBackend, seed: int = 0) -> ModelSession:
    return ModelSession(on, checkpoint.tokenizer, VoiceMaker(checkpoint.weights), seed)


def tape(turns: int, seed: int = 5) -> list[InputTurn]:
    """Without pictures: they are products of many rows, and the interpreter is slow."""
    given = untrained.everything(turns, seed)
    return [replace(turn, camera=None, screen=None, text="say beep"[: 8 * (turn.index % 2)])
            for turn in given]  # fmt: skip


@pytest.mark.parametrize("experts", [0, 4], ids=["dense", "experts"])
def test_a_step_by_kernels_is_a_step_in_plain_torch(experts: int) -> None:
    """From the wave to the share of voice: the same tokens, hidden states and logits within 1e-3,
    shares too; dense, and with a mixture of experts."""
    checkpoint = untrained.checkpoint(replace(CONFIG, experts=experts), TALKS)
    plain, kernels = backend(checkpoint, False), backend(checkpoint, True)
    assert "plain" in plain.name
    assert "kernels" in kernels.name
    one, other = session(checkpoint, plain), session(checkpoint, kernels)
    outs = []
    for turn in tape(1):
        outs.append(one.step(turn))
        assert words([outs[-1]]) == words([other.step(turn)])
        for part in ("hidden", "logits", "shares"):
            ours, theirs = (getattr(b.turns, part)[0].cpu() for b in (kernels, plain))
            assert float((ours - theirs).abs().max()) < 1e-3, part
    assert any(out.speaking for out in outs)


def test_a_session_alone_is_a_session_in_a_batch_bit_for_bit() -> None:
    """Hidden states, logits, voice and the cache itself: company changes no bit of them."""
    checkpoint = untrained.checkpoint(CONFIG, TALKS)
    alone, many = backend(checkpoint, True), backend(checkpoint, True)
    other, one = (session(checkpoint, many, seed) for seed in (1, 3))
    twin = session(checkpoint, alone, 3)
    given, others = ask(one, tape(1)[0]), ask(other, tape(1, 6)[0])
    with torch.inference_mode():
        alone.turns.advance([(twin.state.cache, given)])
        many.turns.advance([(other.state.cache, others), (one.state.cache, given)])
    for part in ("hidden", "logits", "shares"):
        mine, theirs = getattr(alone.turns, part)[0], getattr(many.turns, part)[1]
        assert torch.equal(mine, theirs), part
    assert torch.equal(alone.pool.keys[:, 0], many.pool.keys[:, 1])
    assert torch.equal(alone.pool.values[:, 0], many.pool.values[:, 1])


def ask(person: ModelSession, turn: InputTurn) -> Ask:
    config = person.config
    noise = np.ones((config.voice_tokens, config.voice_size), np.float32)
    return Ask(turn.index, person._input(turn), False, noise)


@torch.inference_mode()
def test_a_whole_row_is_its_tokens_one_by_one_bit_for_bit() -> None:
    """What training computes over a row at once is what a session computes in chunks: through all
    layers, hidden states and cache alike."""
    checkpoint = untrained.checkpoint(CONFIG, TALKS)
    whole, chunks = backend(checkpoint, True), backend(checkpoint, True)
    x = torch.randn(1, 18, CONFIG.width, generator=torch.Generator().manual_seed(0)).to(DEVICE)
    at_once = advance(whole, x, 0)
    for begin, end in ((0, 1), (1, 18)):
        by_parts = advance(chunks, x[:, begin:end], begin)
    assert torch.equal(at_once, by_parts)
    for cache in ("keys", "values"):
        one, other = (getattr(b.pool, cache)[:, 0] for b in (whole, chunks))
        assert torch.equal(one, other)
        assert one.any()


def advance(on: BatchedBackend, x: torch.Tensor, first: int) -> torch.Tensor:
    """Tokens from position `first` on, one micro-turn for every ten."""
    length, network = x.shape[1], on.turns.network
    turn = ((first + torch.arange(length)) // 10)[None].to(DEVICE)
    numbers = (torch.tensor([n]).to(DEVICE) for n in (0, first, length))
    return network.advance(x, network.span(*numbers, turn, length))


def test_kernels_without_a_gpu_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can run them it is said, and what to do."""
    monkeypatch.delenv("TRITON_INTERPRET", raising=False)
    if DEVICE == "cpu":
        with pytest.raises(ComputeError, match="CUDA device, not cpu"):
            backend(untrained.checkpoint(CONFIG), True)


def test_where_kernels_do_not_run_it_is_said_and_plain_torch_computes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a C compiler Triton launches nothing: who asked for kernels is told so before any
    session, who left the choice gets plain torch, and the log says why."""

    def launch(*_: Any) -> None:
        raise RuntimeError("Failed to find C compiler. Please specify via CC.\nmore")

    monkeypatch.setattr(norm, "rms_norm", launch)
    checkpoint = untrained.checkpoint(CONFIG)
    with pytest.raises(ComputeError, match="Failed to find C compiler"):
        backend(checkpoint, True)
    weights = from_arrays(CONFIG, checkpoint.weights, "fp32", torch.device("cpu"))
    chosen = operations_for(CONFIG, weights, torch.device("cuda"), None)
    assert chosen.name == "plain"
    assert "plain torch" in caplog.text


def test_steps_are_recorded_on_their_own_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever card is a thread's current one while a model is loaded: recorded is what its own
    card is given."""
    current: list[torch.device] = []

    @contextmanager
    def on(device: torch.device) -> Iterator[None]:
        current.append(device)
        yield
        current.pop()

    def record(turns: Turns) -> None:
        recorded.append((turns.device, current[-1]))

    recorded: list[tuple[torch.device, torch.device]] = []
    monkeypatch.setattr(torch_batched, "_on", on)
    monkeypatch.setattr(Turns, "record", record)
    backend(untrained.checkpoint(CONFIG), False)
    assert recorded == [(torch.device(DEVICE), torch.device(DEVICE))]

