"""Training on what sessions compute: the same bits forward, the model's own gradients backward.

Without a GPU Triton's interpreter computes the kernels, on the processor; see test_kernels.py.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
if not torch.cuda.is_available():
    os.environ["TRITON_INTERPRET"] = "1"
interpreter = pytest.importorskip("triton.runtime.interpreter", reason="kernels need triton")

from engine.model.config import Stream  # noqa: E402
from engine.model.interaction import InteractionModel, PatchRow, Row  # noqa: E402
from engine.runtime.computing import ComputeError, Computing  # noqa: E402
from engine.runtime.torch_backend import load_model  # noqa: E402
from engine.runtime.torch_batched import BatchedBackend, from_checkpoint  # noqa: E402
from engine.training import trainer  # noqa: E402
from engine.training.aligned import Aligned  # noqa: E402
from engine.training.batches import Batch  # noqa: E402
from engine.training.command import main  # noqa: E402
from engine.training.recipe import Recipe  # noqa: E402
from kernels import matmul  # noqa: E402
from tests import untrained  # noqa: E402
from tests.matrix_units import by_rows  # noqa: E402

pytestmark = pytest.mark.timeout(600)
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
CONFIG = replace(untrained.SMALL, width=32, heads=2, kv_heads=1, head_width=16, rotary=12,
                 mlp_width=48, flow_width=32, flow_steps=1, window=12)  # fmt: skip
KINDS = pytest.mark.parametrize("experts", [0, 4], ids=["dense", "experts"])
# Two sessions in one row, the first longer than the window, one in the other, and padding.
LENGTHS, WIDTH = ((20, 6), (9,)), 28


@pytest.fixture(autouse=True)
def _matrix_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in test_kernels.py; and tiles are wide, for the interpreter pays for each program."""
    monkeypatch.setattr(interpreter.InterpreterBuilder, "create_dot", by_rows)
    if DEVICE == "cpu":
        monkeypatch.setattr(matmul, "FEW", 0)


def row(patches: bool = False, padded: bool = True) -> Row:
    """Words everywhere but for some sound and some own voice, and pictures if wanted. padded: what
    is behind the last session belongs to none; else to that session."""
    chance, shape = torch.Generator().manual_seed(3), (len(LENGTHS), WIDTH)
    start, turn = torch.zeros(shape, dtype=torch.int64), torch.zeros(shape, dtype=torch.int64)
    for index, lengths in enumerate(LENGTHS):
        at = 0
        for length in lengths:
            start[index, at : at + length] = at
            turn[index, at : at + length] = 3 * at + torch.arange(length) // 4
            at += length
        if not padded:
            start[index, at:], turn[index, at:] = start[index, at - 1], turn[index, at - 1]
    audio_at, voice_at = torch.tensor([2, 3, 11, 21, WIDTH + 4]), torch.tensor([5, 23, WIDTH + 7])
    levels = torch.randint(0, 16, (5, CONFIG.audio_frames, 80), generator=chance)
    made = Row(
        torch.randint(0, 400, shape, generator=chance),
        torch.full(shape, int(Stream.HEARD)), torch.arange(WIDTH).expand(shape), turn, start,
        levels, audio_at, torch.randn(3, CONFIG.voice_size, generator=chance), voice_at,
    )  # fmt: skip
    if patches:
        pixels = torch.randn(2, 3, CONFIG.patch, CONFIG.patch, generator=chance)
        places, screen = torch.tensor([[0, 1], [2, 0]]), torch.full((2,), int(Stream.SCREEN))
        at = torch.tensor([12, WIDTH + 1])
        made.patches = PatchRow(pixels, places[0], places[1], screen, at)
    for name, value in vars(made).items():
        if isinstance(value, torch.Tensor):
            setattr(made, name, value.to(DEVICE))
    return made


def random_model(experts: int = 0) -> tuple[Any, InteractionModel]:
    checkpoint = untrained.checkpoint(replace(CONFIG, experts=experts), 8)
    return checkpoint, load_model(checkpoint).to(DEVICE)


def streamed(on: BatchedBackend, given: Row, line: int, first: int, length: int) -> list[Any]:
    """A session of the row by itself, as a runtime takes it: a few tokens at a time, and after
    each time the logits."""
    network, flat = on.turns.network, line * WIDTH + first
    x = network.text(given.text.flatten(), given.stream.flatten()).clone()
    x[given.audio_at] = network.bag(given.audio)
    x[given.voice_at] = network.voice(given.voice)
    turn = given.turn.flatten() - given.turn[line, first]
    told: list[Any] = []
    at = 0
    while at < length:
        count = min((1, 2, 5, 1, 4)[len(told) % 5], length - at)
        part = slice(flat + at, flat + at + count)
        slot, begin, many = (torch.tensor([n]).to(DEVICE) for n in (0, at, count))
        span = network.span(slot, begin, many, turn[None, part], count)
        hidden = network.advance(x[None, part], span)
        at += count
        told.append((flat + at - 1, hidden[0], network.logits(hidden)[0]))
    return told


@KINDS
def test_training_forward_is_the_streaming_step_bit_for_bit(experts: int) -> None:
    """Whole rows of several sessions, longer than the window, through embeddings, sinks, layers
    and head: hidden states and logits are those of each session alone, in chunks; in float32 and
    in bfloat16."""
    checkpoint, model = random_model(experts)
    given = row()
    for precision in ("fp32", "bf16"):
        by = Aligned(model, precision)
        with torch.no_grad():
            hidden = by(given)[0].flatten(0, 1)
            logits, compared = by.logits(hidden), 0
        with torch.inference_mode():
            for line, lengths in enumerate(LENGTHS):
                for first, length in zip((0, *lengths), lengths, strict=False):
                    computing = Computing("torch", precision, DEVICE, 1, True)
                    on = from_checkpoint(checkpoint, computing)
                    for at, state, scores in streamed(on, given, line, first, length):
                        assert torch.equal(hidden[at], state), (precision, line, first, at)
                        assert torch.equal(logits[at], scores)
                        compared += 1
        assert compared > 10
        assert hidden.std() > 0.1


@KINDS
def test_gradients_are_the_models_own(experts: int) -> None:
    """The loss, and its gradient by every weight, within rounding; pictures and the balance of
    experts included. Another step sees the weights that the optimiser left."""
    _, model = random_model(experts)
    # The balance of experts counts padding, too, which each lays out in its own way.
    given = row(patches=True, padded=not experts)
    by = Aligned(model, "fp32", kernels=False)
    for _ in range(2):
        ours, theirs = gradients(model, by, given), gradients(model, model, given)
        assert ours.keys() == theirs.keys()
        for name, value in theirs.items():
            assert torch.allclose(ours[name], value, rtol=1e-3, atol=1e-5), name
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.mul_(0.9)


def gradients(model: InteractionModel, by: Any, given: Row) -> dict[str, Any]:
    """Of a loss in which everything has a part, and the loss itself."""
    real = given.stream.new_ones(given.text.shape, dtype=torch.bool)
    for line, lengths in enumerate(LENGTHS):
        real[line, sum(lengths) :] = False  # what pads has no meaning
    hidden, middle = by(given)
    chosen = hidden[real]
    loss = by.logits(chosen).square().mean() + chosen.mean() + middle[real].square().mean()
    for block in model.trunk.blocks:
        if hasattr(block.mlp, "balance"):
            loss = loss + block.mlp.balance
    model.zero_grad()
    loss.backward()
    made = {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}
    return {"loss": loss.detach(), **made}


def batch() -> Batch:
    """Of the row above: the next word is to be written, and two shares are to be drawn."""
    given = row()
    arrays = {name: value.cpu().numpy() for name, value in vars(given).items() if name != "patches"}
    target, none = np.roll(arrays["text"], -1, 1), np.zeros(0, np.int64)
    shares, frames = len(arrays["voice"]), CONFIG.voice_frames
    return Batch(
        arrays["text"], arrays["stream"], arrays["turn"], arrays["start"], target,
        np.arange(target.size), none, none, arrays["audio"], arrays["audio_at"],
        np.ones((len(arrays["audio"]), CONFIG.audio_frames), np.int64), arrays["voice"],
        arrays["voice_at"], arrays["voice"], arrays["voice_at"] - 1,
        np.ones((shares, frames), np.int64), np.zeros((0, 3, CONFIG.patch, CONFIG.patch), np.uint8),
        none, none, none, none, 2.0,
    )  # fmt: skip


def test_a_trainer_learns_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the recipe's switch the loss falls over a few steps on one batch, and it is that of the
    weights of each step."""
    monkeypatch.setattr(trainer, "Aligned", partial(Aligned, kernels=DEVICE == "cuda"))
    recipe = Recipe(minutes=60, rows=len(LENGTHS), length=WIDTH, aligned=True)
    torch.manual_seed(0)
    learner = trainer.Trainer(
        InteractionModel(replace(CONFIG, experts=4)), untrained.tokenizer(), recipe, tmp_path
    )
    assert isinstance(learner.by, Aligned)
    learner.spent_s = 30 * 60.0  # warm
    told = [float(learner._advance(batch()).text.detach()) for _ in range(12)]
    assert told[-1] < told[0] - 0.3


def test_it_is_refused_where_kernels_cannot_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said before anything is rendered, and nothing is trained on other bits than asked."""
    monkeypatch.delenv("TRITON_INTERPRET", raising=False)
    if DEVICE == "cpu":
        with pytest.raises(ComputeError, match="CUDA device, not cpu"):
            Aligned(random_model()[1], "fp32")
        out = tmp_path / "run"
        assert main(["tiny", "--aligned", "--out", str(out)]) == 1
        assert "CUDA device" in capsys.readouterr().err
        assert not out.exists()
