"""Laws of the GPU kernels, under Triton's interpreter: right, and the same in any company.

The interpreter computes as the kernel says, on the processor. That a real GPU does so bit for bit
is checked where there is one: these tests run there as they are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
if not torch.cuda.is_available():
    os.environ["TRITON_INTERPRET"] = "1"
interpreter = pytest.importorskip("triton.runtime.interpreter", reason="kernels need triton")

from engine.model import voice  # noqa: E402
from engine.signal import mel  # noqa: E402
from kernels import (  # noqa: E402
    attention,
    experts,
    flow,
    front_end,
    heads,
    matmul,
    norm,
)
from tests import untrained  # noqa: E402
from tests.matrix_units import by_rows  # noqa: E402

pytestmark = pytest.mark.timeout(120)
ROOT = Path(__file__).resolve().parents[1]
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


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


def filled(tokens: int, capacity: int, window: int, slot: int = 0) -> attention.Cache:
    """Two rings, into one of which `tokens` tokens have been written, in order."""
    keys, values = random(tokens, 2, 32, seed=2), random(tokens, 2, 32, seed=3)
    ring_keys, ring_values = (torch.full((2, capacity, 2, 32), 7.0).to(DEVICE) for _ in range(2))
    for position in range(tokens):
        ring_keys[slot, position % capacity] = keys[position]
        ring_values[slot, position % capacity] = values[position]
    return attention.Cache(
        ring_keys, ring_values, random(4, 2, 32, seed=4), random(4, 2, 32, seed=5), window
    )


def standing(*rows: tuple[int, int, int]) -> attention.Standing:
    """Slot, first position and length of each session."""
    return attention.Standing(*torch.tensor(rows).T.contiguous().to(DEVICE))


@pytest.mark.parametrize("small", [False, True])
def test_what_follows_a_product_is_done_with_it(small: bool) -> None:
    """Scales of int8 columns, squares of the positive part, and what is added."""
    x, beside = random(5, 96), random(5, 70, seed=2)
    weight, scale = random(70, 96, seed=1), None
    if small:
        weight = (weight * 40).clamp(-127, 127).to(torch.int8)
        scale = random(70, seed=3).exp() / 40
    for squared, added in ((False, None), (True, None), (True, beside), (False, beside)):
        ours = matmul.matmul(x, weight, scale, squared, added)
        assert close(ours, matmul.reference(x, weight, scale, squared, added))


@pytest.mark.parametrize(("before", "length"), [(0, 1), (0, 20), (50, 17), (100, 3), (190, 40)])
def test_attention_is_right(before: int, length: int) -> None:
    """Sinks, window and ring as in the reference, also where the ring has gone round; what pads a
    session is nothing."""
    cache, query = filled(before + length, 192, 100, slot=1), random(1, length + 2, 4, 32, seed=6)
    where = standing((1, before, length))
    ours = attention.attention(query, cache, where, 0.2)
    assert close(ours, attention.reference(query, cache, where, 0.2))
    assert not ours[0, length:].any()


@pytest.mark.parametrize("before", [0, 40, 63, 64, 130, 200])
def test_append_of_many_is_decode_of_one(before: int) -> None:
    """A query among nineteen gets what it gets alone, bit for bit."""
    cache, query = filled(before + 19, 256, 100), random(1, 19, 4, 32, seed=6)
    whole = attention.attention(query, cache, standing((0, before, 19)), 0.2)
    for index in (0, 1, 15, 16, 18):
        one = standing((0, before + index, 1))
        alone = attention.attention(query[:, index : index + 1], cache, one, 0.2)
        assert torch.equal(alone[0, 0], whole[0, index])


def test_a_session_alone_is_a_session_among_many() -> None:
    """Sessions that stand elsewhere, in a batch of any shape, change no bit of each other."""
    cache, query = filled(150, 192, 100), random(3, 4, 4, 32, seed=6)
    rows = [(0, 147, 3), (1, 20, 1), (0, 90, 4)]
    whole = attention.attention(query, cache, standing(*rows), 0.2)
    for index, row in enumerate(rows):
        alone = attention.attention(query[index : index + 1], cache, standing(row), 0.2)
        assert torch.equal(alone[0], whole[index])


def test_attention_of_many_sessions_is_taken_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many at once as their partial results have room, and 32 bits count; the bits are the
    same, also where the last part is smaller."""
    cache, query = filled(150, 192, 100), random(5, 4, 4, 32, seed=6)
    where = standing((0, 147, 3), (1, 20, 1), (0, 90, 4), (1, 0, 2), (0, 30, 4))
    whole, launched = attention.attention(query, cache, where, 0.2), []
    one = 4 * 4 * 4 * 32  # a session's: tokens, heads, splits and sinks, numbers
    monkeypatch.setattr(attention, "PARTIAL", 2 * one + 1)
    inner = attention._attend

    def attend(part: torch.Tensor, *rest: Any) -> None:
        launched.append(len(part))
        inner(part, *rest)

    monkeypatch.setattr(attention, "_attend", attend)
    assert torch.equal(attention.attention(query, cache, where, 0.2), whole)
    assert launched == [2, 2, 1]


def test_attention_needs_a_sink() -> None:
    """Without a sink a split may be empty for everybody: refused."""
    cache = filled(4, 16, 8)
    none = attention.Cache(cache.keys, cache.values, cache.sink_keys[:0], cache.sink_values[:0], 8)
    with pytest.raises(ValueError, match="sinks"):
        attention.attention(random(1, 1, 4, 32), none, standing((0, 3, 1)), 0.2)


@pytest.mark.parametrize(("tokens", "heads_", "pairs"), [(1, 4, 12), (5, 2, 8)])
def test_heads_come_turned_to_where_they_are_needed(tokens: int, heads_: int, pairs: int) -> None:
    """Queries, and keys and values in their places, are the reference's; the rest of the cache is
    as it was; a token knows no other."""
    made, weight = random(tokens, (heads_ + 4) * 32), random(heads_ + 2, 32, seed=1)
    angle = random(tokens, pairs, seed=2)
    places = torch.tensor([9, 3, 17, 0, 12][:tokens]).to(DEVICE)

    def spread(part: slice) -> tuple[torch.Tensor, ...]:
        keys, values = (torch.full((20, 2, 32), 7.0).to(DEVICE) for _ in range(2))
        turn = heads.Turn(weight, angle[part].cos(), angle[part].sin())
        query = heads.spread(made[part], turn, heads_, keys, values, places[part])
        return query, keys, values

    query, keys, values = spread(slice(None))
    wanted = heads.reference(made, heads.Turn(weight, angle.cos(), angle.sin()), heads_)
    for ours, theirs in zip((query, keys[places], values[places]), wanted, strict=True):
        assert close(ours, theirs)
    others = [place for place in range(20) if place not in places.tolist()]
    assert (keys[others] == 7).all()
    alone = spread(slice(0, 1))
    assert torch.equal(alone[0][0], query[0])
    assert torch.equal(alone[1][places[0]], keys[places[0]])


@pytest.mark.parametrize(("tokens", "small"), [(1, False), (3, False), (8, False), (4, True)])
def test_experts_are_right_and_a_token_knows_no_other(tokens: int, small: bool) -> None:
    """Chosen experts, weighed and added as in the reference, in float32 and in int8; alone as in
    company, bit for bit."""
    x = random(tokens, 48)
    up, down = stack(small, 6, 48, 80, seed=1), stack(small, 6, 80, 48, seed=2)
    chosen = torch.stack([torch.randperm(6)[:2] for _ in range(tokens)]).to(DEVICE)
    share = random(tokens, 2, seed=3).softmax(-1)
    whole = experts.experts(x, up, down, chosen, share)
    assert close(whole, experts.reference(x, up, down, chosen, share))
    for i in range(tokens):
        part = slice(i, i + 1)
        alone = experts.experts(x[part], up, down, chosen[part], share[part])
        assert torch.equal(alone[0], whole[i])


@pytest.mark.parametrize(("among", "used"), [(176, 15), (4, 2), (3, 3), (5, 1)])
def test_routes_are_right_and_a_token_knows_no_other(among: int, used: int) -> None:
    """The likeliest experts in their order, the first of equals, and shares that make one, as in
    the reference, also where all but one are hopeless; alone as in company, bit for bit."""
    scores = 3 * random(5, among)
    scores[1] = torch.arange(among) * -300.0
    scores[2] = 0.0
    share, chosen = experts.route(scores, used)
    wanted_share, wanted = experts.route_reference(scores, used)
    assert torch.allclose(share, wanted_share, atol=1e-6)
    for token in (0, 3, 4):
        assert torch.equal(chosen[token], wanted[token])
    assert chosen[2].tolist() == list(range(used))
    assert chosen[1].tolist() == list(range(used))
    for token in range(5):
        alone = experts.route(scores[token : token + 1], used)
        assert torch.equal(alone[0][0], share[token])
        assert torch.equal(alone[1][0], chosen[token])


def stack(small: bool, *shape: int, seed: int) -> experts.Stack:
    """small: in int8, with a scale for each column."""
    weight = random(*shape, seed=seed)
    if not small:
        return experts.Stack(weight)
    whole = (weight * 40).clamp(-127, 127).to(torch.int8)
    return experts.Stack(whole, random(shape[0], shape[2], seed=seed + 9).exp())


def test_the_wave_becomes_a_token() -> None:
    """From sound on: the power is that of engine/signal/mel.py, the tokens those of the reference,
    silence and overload among them; a micro-turn knows no other. Of levels that are known it makes
    the same token, bit for bit."""
    parts = (torch.from_numpy(part).to(DEVICE) for part in (mel.hann(), mel.filterbank()))
    front = front_end.front(*parts, mel.HOP, 2)
    wave = torch.zeros(3, 960)  # a token for each of two frames
    wave[0] = torch.from_numpy(untrained.sound(1)[0, :960])
    wave[1] = 40 * wave[0]
    wave, table = wave.to(DEVICE), random(2 * 80 * 16, 96, seed=1)
    known = torch.from_numpy(mel.wave_power(wave[0].cpu().numpy())).to(DEVICE)
    assert close(front_end.power(wave, front)[0], known)
    ours = front_end.front_end(wave, table, front)
    assert ours.shape == (3, 96)
    assert close(ours, front_end.reference(wave, table, front))
    assert torch.equal(front_end.front_end(wave[1:2], table, front), ours[1:2])
    levels = front_end.levels(front_end.power(wave, front))
    assert torch.equal(front_end.bag(levels, table), ours)


def test_a_front_end_that_does_not_fit_is_refused() -> None:
    """Filters and samples come in whole groups, or it is said."""
    with pytest.raises(ValueError, match="70 filters"):
        front_end.front(torch.ones(640), torch.ones(513, 70), 320, 5)


def test_every_kernel_compiles_for_a_gpu() -> None:
    """Whatever the interpreter forgives: to machine code, in every precision, with no more shared
    memory than a desktop's card has; nothing is run. And to one machine code, however many tokens
    of however many sessions there are: else the compiler might round one otherwise than another."""
    environment = {name: value for name, value in os.environ.items() if name != "TRITON_INTERPRET"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.compiled_kernels"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert set(told["codes"].values()) == {1}, told["codes"]
    files = {name.rpartition(".")[0] for name in told["ways"]}
    assert files == {f"kernels.{path.stem}" for path in (ROOT / "kernels").glob("[a-z]*.py")}


def linear(columns: int, inner: int, seed: int) -> flow.Linear:
    weight = random(columns, inner, seed=seed) / inner**0.5
    return flow.Linear(weight, random(columns, seed=seed + 1))


def test_the_flow_heads_steps_are_right_and_a_row_knows_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All steps from noise to share are the reference's; a session alone draws what it draws in
    company, bit for bit."""
    monkeypatch.setattr(matmul, "FEW", 0)  # wide tiles: the interpreter pays for each program
    width, size = 72, 100
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
