"""Laws of the model in torch, for any weights: training on rows and living in a session agree."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from engine.model.checkpoint import TRAINING_ONLY
from engine.model.config import ModelConfig, Stream
from engine.model.shapes import weight_shapes
from tests import untrained

torch = pytest.importorskip("torch", reason="the model itself is written in torch")

from engine.model.interaction import InteractionModel, PatchRow, Row  # noqa: E402
from engine.model.trunk import window_mask  # noqa: E402
from engine.runtime.torch_backend import load_model  # noqa: E402

if TYPE_CHECKING:
    from torch import Tensor

pytestmark = pytest.mark.timeout(60)
CONFIGS = [untrained.SMALL, untrained.EXPERTS]
LENGTH = 240  # more than twice the window


@lru_cache
def model(config: ModelConfig, seed: int = 0) -> InteractionModel:
    return load_model(untrained.checkpoint(config, seed))


def row(config: ModelConfig, length: int = LENGTH, seed: int = 0) -> Row:
    """One row with every kind of token in it, six to a micro-turn."""
    chance = np.random.default_rng(seed)
    kind = torch.from_numpy(chance.integers(0, 4, length))
    audio, voice, patch = ((kind == number).nonzero()[:, 0] for number in (1, 2, 3))
    frames = (len(audio), config.audio_frames, 80)
    drawn = chance.standard_normal((len(voice), config.voice_size))
    return Row(
        text=torch.from_numpy(chance.integers(0, config.vocabulary, (1, length))),
        stream=torch.from_numpy(chance.integers(0, len(Stream), (1, length))),
        token=torch.arange(length)[None],
        turn=(torch.arange(length) // 6)[None],
        start=torch.zeros(1, length, dtype=torch.long),
        audio=torch.from_numpy(chance.integers(0, 16, frames)),
        audio_at=audio,
        voice=torch.from_numpy(drawn).float(),
        voice_at=voice,
        patches=some_patches(len(patch), chance, patch),
    )


def some_patches(count: int, chance: np.random.Generator, at: Tensor) -> PatchRow:
    pixels = torch.from_numpy(chance.uniform(-1, 1, (count, 3, 40, 40))).float()
    row, column = (torch.from_numpy(chance.integers(0, 12, count)) for _ in range(2))
    stream = torch.from_numpy(chance.integers(1, 3, count))
    return PatchRow(pixels, row, column, stream, at)


@torch.inference_mode()
def logits(model: InteractionModel, row: Row) -> Tensor:
    """(B, T, vocabulary)."""
    return model.text_head(model(row)[0])


@torch.inference_mode()
def appended(
    model: InteractionModel, row: Row, chunks: list[int], window: int | None = None
) -> Tensor:
    """The logits of a row that comes in chunks, on a cache of at most `window` tokens."""
    x, past, parts, at = model.embed(row), None, [], 0
    for size in chunks:
        part = slice(at, at + size)
        hidden, new = model.append(x[:, part], row.token[:, part], row.turn[:, part], past)
        old = past or [(k[:, :0], v[:, :0]) for k, v in new]
        joined = [
            (torch.cat([a, k], 1), torch.cat([b, v], 1))
            for (a, b), (k, v) in zip(old, new, strict=True)
        ]
        past = [(k[:, -window:], v[:, -window:]) for k, v in joined] if window else joined
        parts.append(model.text_head(hidden))
        at += size
    return torch.cat(parts, 1)


def chunks(seed: int, length: int = LENGTH) -> list[int]:
    """Sizes of one to forty that add up to `length`."""
    sizes: list[int] = []
    chance = np.random.default_rng(seed)
    while sum(sizes) < length:
        sizes.append(min(int(chance.integers(1, 40)), length - sum(sizes)))
    return sizes


@pytest.mark.parametrize("config", CONFIGS, ids=["dense", "experts"])
@pytest.mark.parametrize("seed", range(2))
def test_streaming_gives_what_training_saw(config: ModelConfig, seed: int) -> None:
    """A row that comes in chunks of any size, longer than the window, has the logits of the whole
    row; and a cache that forgets what the window no longer shows changes nothing."""
    whole = logits(model(config), row(config))
    kept = appended(model(config), row(config), chunks(seed))
    forgot = appended(model(config), row(config), chunks(seed), window=config.window)
    assert (whole - kept).abs().max() < 1e-4
    assert (whole - forgot).abs().max() < 1e-4
    assert (whole[0].argmax(-1) == forgot[0].argmax(-1)).all()


def test_the_window_is_an_edge() -> None:
    """With one layer, a token is seen by exactly `window` tokens, itself first, and no earlier."""
    config = replace(untrained.SMALL, layers=1)
    one, other = row(config), row(config)
    at = next(place for place in range(20, LENGTH) if place not in covered(one))
    other.text[0, at] = (one.text[0, at] + 1) % config.vocabulary
    moved = (logits(model(config), one) != logits(model(config), other)).any(-1)[0]
    seen = moved.nonzero()[:, 0]
    assert (int(seen.min()), int(seen.max())) == (at, at + config.window - 1)


def covered(one: Row) -> set[int]:
    """Places of a row where something other than text stands."""
    assert one.patches is not None
    return set(torch.cat([one.audio_at, one.voice_at, one.patches.at]).tolist())


def test_a_session_sees_nothing_of_the_one_before_it_in_a_row() -> None:
    """Two sessions in one row do not see each other: the second has the logits it has alone."""
    config, first = untrained.SMALL, 36
    joined = row(config)
    joined.start[0, first:] = first
    whole = logits(model(config), joined)[0, first:]
    x = model(config).embed(joined)[:, first:]
    token, turn = joined.token[:, first:], joined.turn[:, first:]
    with torch.inference_mode():
        mask = window_mask(token, config, torch.full_like(token, first))
        alone = model(config).text_head(model(config).trunk(x, token, turn, mask)[0])[0]
    assert (whole - alone).abs().max() < 1e-4


@pytest.mark.parametrize("config", CONFIGS, ids=["dense", "experts"])
@pytest.mark.parametrize(("turn", "token"), [(54_000, 300_000), (65_516, 131_000)])
def test_three_hours_later_is_the_same(config: ModelConfig, turn: int, token: int) -> None:
    """Positions moved by three hours (54,000 micro-turns, 300,000 tokens), or to where both begin
    anew, change no logit by more than 1e-4 and no greedy token."""
    early, late = row(config), row(config)
    late.token, late.turn, late.start = late.token + token, late.turn + turn, late.start + token
    one, other = logits(model(config), early), logits(model(config), late)
    assert (one - other).abs().max() < 1e-4
    assert (one.argmax(-1) == other.argmax(-1)).all()


def test_time_is_felt() -> None:
    """The same tokens spread over other micro-turns are something else to the model."""
    one, other = row(untrained.SMALL), row(untrained.SMALL)
    other.turn = other.turn * 2
    few = model(untrained.SMALL)
    assert (logits(few, one) - logits(few, other)).abs().max() > 1e-2


def test_sinks_have_no_position() -> None:
    """What a lone token finds in the sinks does not depend on where it stands."""
    config = untrained.SMALL
    x = torch.randn(1, 1, config.width, generator=torch.Generator().manual_seed(0))
    alone = [
        model(config).append(x, torch.tensor([[token]]), torch.tensor([[turn]]), None)[0]
        for token, turn in [(0, 0), (7, 3), (300_000, 54_000)]
    ]
    assert (alone[0] - alone[1]).abs().max() < 1e-5
    assert (alone[0] - alone[2]).abs().max() < 1e-5


def test_sinks_are_seen() -> None:
    """Other sinks, other logits: every token attends to them, inside the window and beyond."""
    config = untrained.SMALL
    moved = InteractionModel(config).eval()
    moved.load_state_dict(model(config).state_dict())
    for block in moved.trunk.blocks:
        block.attention.sink_value.data += 1.0
    apart = (logits(moved, row(config)) - logits(model(config), row(config))).abs().amax(-1)
    assert (apart > 1e-4).all()


def test_patches_know_nothing_of_each_other() -> None:
    """A patch's token is the same whatever other patches come with it, bit for bit."""
    stem = model(untrained.SMALL).embeddings.patches
    p = some_patches(12, np.random.default_rng(0), torch.arange(12))
    with torch.inference_mode():
        together = stem(p.pixels, p.row, p.column)
        other = p.pixels.flip(0).clone()
        other[3] = p.pixels[3]
        among_others = stem(other, p.row, p.column)
    assert torch.equal(together[3], among_others[3])
    assert not torch.equal(together[4], among_others[4])


def test_experts_are_all_used_and_chosen_by_token() -> None:
    """Different tokens go through different experts, and each expert is some token's first."""
    config = untrained.EXPERTS
    x = model(config).embed(row(config))[0]
    with torch.inference_mode():
        block = model(config).trunk.blocks[0]
        chosen = block.mlp.router(block.mlp_norm(x)).argmax(-1)
    assert set(chosen.tolist()) == set(range(config.experts))


@pytest.mark.parametrize(
    "config",
    [*CONFIGS, ModelConfig(), ModelConfig(audio_tokens=5, voice_tokens=1, sinks=7, experts=8)],
    ids=["small", "experts", "nano", "another"],
)
def test_a_checkpoint_asks_for_the_weights_that_the_model_has(config: ModelConfig) -> None:
    """The table of names and shapes is the model's own, but for what only training needs."""
    with torch.device("meta"):
        state = InteractionModel(config).state_dict()
    shapes = {name: tuple(value.shape) for name, value in state.items()}
    needed = {name: shape for name, shape in shapes.items() if not name.startswith(TRAINING_ONLY)}
    assert weight_shapes(config) == needed
