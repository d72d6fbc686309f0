"""Laws of the GPU kernels, under Triton's interpreter: right, and the same in any company.

The interpreter computes as the kernel says, on the processor. That a real GPU does so bit for bit
is checked where there is one: these tests run there as they are.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
if not torch.cuda.is_available():
    os.environ["TRITON_INTERPRET"] = "1"
interpreter = pytest.importorskip("triton.runtime.interpreter", reason="kernels need triton")

from engine.model import voice  # noqa: E402
from kernels import attention, dmel_bag, experts, flow, matmul, norm  # noqa: E402
from tests import untrained  # noqa: E402

pytestmark = pytest.mark.timeout(120)
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def by_rows(self: object, a: Any, b: Any, d: Any, *_: object) -> Any:
    """A tile's product as matrix units do it: each row alike, wherever in the tile it stands."""
    rows = [(row[:, None] * b.data).sum(0) for row in a.data.astype(d.data.dtype)]
    return interpreter.TensorHandle(np.stack(rows) + d.data, d.dtype.scalar)


@pytest.fixture(autouse=True)
def _matrix_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter multiplies tiles with a library whose rounding depends on the row."""
    monkeypatch.setattr(interpreter.InterpreterBuilder, "create_dot", by_rows)


def random(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed)).to(DEVICE)


def close(one: torch.Tensor, other: torch.Tensor) -> bool:
    return float((one - other).norm() / other.norm()) < 1e-5


@pytest.mark.parametrize("width", [64, 256, 300])
def test_norm_is_right_and_a_row_knows_no_other(width: int) -> None:
    """RMSNorm is the reference's; a row alone is the row in company, bit for bit."""
    x, weight = random(7, width), random(width, seed=1)
    whole = norm.rms_norm(x, weight)
    assert close(whole, norm.reference(x, weight))
    assert all(torch.equal(norm.rms_norm(x[i : i + 1], weight)[0], whole[i]) for i in range(7))


@pytest.mark.parametrize(("rows", "inner", "columns"), [(1, 256, 100), (37, 130, 64), (16, 64, 1)])
def test_matmul_is_right_and_a_row_knows_no_other(rows: int, inner: int, columns: int) -> None:
    """The product is the reference's; rows alone and in company are the same, bit for bit."""
    x, weight = random(rows, inner), random(columns, inner, seed=1)
    whole = matmul.matmul(x, weight)
    assert close(whole, matmul.reference(x, weight))
    for row in {0, rows // 2, rows - 1}:
        assert torch.equal(matmul.matmul(x[row : row + 1], weight)[0], whole[row])


def filled(tokens: int, capacity: int, window: int) -> attention.Cache:
    """A ring into which `tokens` tokens have been written, in order."""
    keys, values = random(tokens, 2, 32, seed=2), random(tokens, 2, 32, seed=3)
    ring_keys, ring_values = (torch.full((capacity, 2, 32), 7.0).to(DEVICE) for _ in range(2))
    for position in range(tokens):
        ring_keys[position % capacity] = keys[position]
        ring_values[position % capacity] = values[position]
    return attention.Cache(
        ring_keys, ring_values, random(4, 2, 32, seed=4), random(4, 2, 32, seed=5), window
    )


@pytest.mark.parametrize(("before", "length"), [(0, 1), (0, 20), (50, 17), (100, 3), (190, 40)])
def test_attention_is_right(before: int, length: int) -> None:
    """Sinks, window and ring as in the reference, also where the ring has gone round."""
    cache, query = filled(before + length, 192, 100), random(length, 4, 32, seed=6)
    ours = attention.attention(query, cache, before)
    assert close(ours, attention.reference(query, cache, before))


@pytest.mark.parametrize("before", [0, 40, 63, 64, 130, 200])
def test_append_of_many_is_decode_of_one(before: int) -> None:
    """A query among nineteen gets what it gets alone, bit for bit."""
    cache, query = filled(before + 19, 256, 100), random(19, 4, 32, seed=6)
    whole = attention.attention(query, cache, before)
    for index in (0, 1, 15, 16, 18):
        alone = attention.attention(query[index : index + 1], cache, before + index)
        assert torch.equal(alone[0], whole[index])


def test_attention_needs_a_sink() -> None:
    """Without a sink a split may be empty for everybody: refused."""
    cache = filled(4, 16, 8)
    none = attention.Cache(cache.keys, cache.values, cache.keys[:0], cache.values[:0], 8)
    with pytest.raises(ValueError, match="sinks"):
        attention.attention(random(1, 4, 32), none, 3)


@pytest.mark.parametrize("tokens", [1, 3, 8])
def test_experts_are_right_and_a_token_knows_no_other(tokens: int) -> None:
    """Chosen experts, weighed and added as in the reference; alone as in company, bit for bit."""
    x, up, down = random(tokens, 48), random(6, 48, 80, seed=1), random(6, 80, 48, seed=2)
    chosen = torch.stack([torch.randperm(6)[:2] for _ in range(tokens)]).to(DEVICE)
    weight = random(tokens, 2, seed=3).softmax(-1)
    whole = experts.experts(x, up, down, chosen, weight)
    assert close(whole, experts.reference(x, up, down, chosen, weight))
    for i in range(tokens):
        part = slice(i, i + 1)
        alone = experts.experts(x[part], up, down, chosen[part], weight[part])
        assert torch.equal(alone[0], whole[i])


def test_sound_becomes_a_token_in_one_kernel() -> None:
    """Levels and their embeddings' sum are the reference's, silence and overload included."""
    power = 10 ** (random(3, 5 * 80).sigmoid() * 12 - 8)
    power[0, :5] = torch.tensor([0.0, 1e-30, 1e9, 1e3, 1e-6])
    table = random(5 * 80 * 16, 96, seed=1)
    ours = dmel_bag.dmel_bag(power, table)
    assert close(ours, dmel_bag.reference(power.cpu(), table.cpu()).to(DEVICE))
    assert torch.equal(dmel_bag.dmel_bag(power[1:2], table)[0], ours[1])


def linear(columns: int, inner: int, seed: int) -> flow.Linear:
    weight = random(columns, inner, seed=seed) / inner**0.5
    return flow.Linear(weight, random(columns, seed=seed + 1))


@pytest.mark.parametrize(("width", "size"), [(64, 80), (72, 100)])
def test_the_flow_heads_steps_are_right_and_a_row_knows_no_other(width: int, size: int) -> None:
    """All steps from noise to share are the reference's; a session alone draws what it draws in
    company, bit for bit."""
    layers = [
        flow.Layer(linear(3 * width, width, 10 * n), linear(width, width, 10 * n + 2),
                   linear(width, width, 10 * n + 4))
        for n in range(2)
    ]  # fmt: skip
    head = flow.Head(linear(width, size, 50), layers, linear(size, width, 60))
    times = (0.0, 0.02, 0.2, 1.0)
    noise, conditions = random(5, size, seed=70), random(3, 5, width, seed=71)
    whole = flow.draw(head, noise, conditions, times)
    assert close(whole, flow.reference(head, noise, conditions, times))
    for row in (0, 4):
        one = slice(row, row + 1)
        assert torch.equal(flow.draw(head, noise[one], conditions[:, one], times), whole[one])


def test_the_steps_are_those_of_the_models_own_head() -> None:
    """The kernel's reference draws what engine/model/voice.py draws from the same weights."""
    own = voice.FlowHead(untrained.SMALL).to(DEVICE)
    for number, parameter in enumerate(own.parameters()):
        parameter.data = random(*parameter.shape, seed=number) / parameter.shape[-1] ** 0.5
    hidden, noise = random(3, untrained.SMALL.width), random(3, untrained.SMALL.voice_size, seed=1)
    times = untrained.SMALL.flow_times
    conditions = torch.stack([
        torch.nn.functional.silu(
            own.state(hidden) + own.time(voice.time_features(torch.full((3,), time).to(DEVICE)))
        )
        for time in times[:-1]
    ])  # fmt: skip

    def part(module: torch.nn.Linear) -> flow.Linear:
        return flow.Linear(module.weight, module.bias)

    layers = [flow.Layer(part(b.modulate), part(b.up), part(b.down)) for b in own.blocks]
    head = flow.Head(part(own.enter), layers, part(own.leave))
    assert close(flow.reference(head, noise, conditions, times), own.draw(hidden, noise))
