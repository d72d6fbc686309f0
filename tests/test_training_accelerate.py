"""What makes training faster computes what everybody else computes."""

from __future__ import annotations

import copy

import pytest

torch = pytest.importorskip("torch")

from torch import Tensor  # noqa: E402

from engine.model.config import ModelConfig  # noqa: E402
from engine.model.interaction import InteractionModel  # noqa: E402
from engine.model.layers import Attention, Rotary  # noqa: E402
from engine.model.trunk import window_mask  # noqa: E402
from engine.training.accelerate import BLOCK, BlockedAttention, accelerate  # noqa: E402

CONFIG = ModelConfig(width=64, heads=4, kv_heads=2, head_width=32, rotary=16, window=150)


@pytest.mark.parametrize("length", [BLOCK // 2, 2 * BLOCK, 2 * BLOCK + 37])
def test_attention_in_blocks_finds_what_attention_finds(length: int) -> None:
    torch.manual_seed(length)
    attention = Attention(CONFIG)
    torch.nn.init.normal_(attention.sink_value)
    token = torch.arange(length).expand(2, -1)
    start = torch.where(token >= length // 3, length // 3, 0)
    mask = window_mask(token, CONFIG, start)
    cos, sin = Rotary(CONFIG)(token, token // 4)
    x = torch.randn(2, length, CONFIG.width)

    def found() -> list[Tensor]:
        attention.zero_grad()
        y, _ = attention(x, cos, sin, mask, None)
        y.square().sum().backward()
        return [y.detach(), *(p.grad.clone() for p in attention.parameters() if p.grad is not None)]

    plain = found()
    attention.__class__ = BlockedAttention
    blocked = found()
    assert len(plain) == len(blocked) > 5
    for one, other in zip(plain, blocked, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-3 * float(one.abs().max()))


@pytest.mark.timeout(300)  # compiling takes most of it
def test_an_accelerated_trunk_computes_what_a_plain_one_does() -> None:
    """Compiled where there is a compiler: hidden states, those of the middle, and gradients. Rows
    of another length, as glances are, still go through it as it was written."""
    torch.manual_seed(0)
    config = ModelConfig(**{
        **vars(CONFIG), "vocabulary": 300, "layers": 2, "letters_layer": 1, "mlp_width": 96,
        "flow_width": 32, "flow_layers": 1, "patch_width": 8,
    })  # fmt: skip
    plain = InteractionModel(config)
    with torch.no_grad():
        for parameter in plain.trunk.parameters():
            parameter.add_(0.05 * torch.randn_like(parameter))
    fast = copy.deepcopy(plain)
    length = BLOCK + 32
    accelerate(fast, 2, length, halved=False)
    assert isinstance(fast.trunk.blocks[0].attention, BlockedAttention)
    assert not any(parameter.grad is not None for parameter in fast.parameters())
    token = torch.arange(length).expand(2, -1)
    start = torch.where(token >= 50, 50, 0)
    x = torch.randn(2, length, config.width)

    def found(model: InteractionModel, upto: int, called: bool) -> list[Tensor]:
        at, trunk = token[:, :upto], model.trunk
        mask = window_mask(at, config, start[:, :upto])
        compute = trunk if called else trunk.forward
        hidden, middle, _ = compute(x[:, :upto], at, (at // 4).contiguous(), mask)
        (hidden.square().sum() + middle.sum()).backward()
        gradients = [p.grad.clone() for p in trunk.parameters() if p.grad is not None]
        trunk.zero_grad()
        return [hidden.detach(), middle.detach(), *gradients]

    for upto, called in ((length, True), (length - 70, False)):
        one, other = found(plain, upto, called), found(fast, upto, called)
        assert len(one) == len(other) > 12
        for expected, got in zip(one, other, strict=True):
            limit = 1e-3 * float(expected.abs().max())
            torch.testing.assert_close(got, expected, rtol=1e-3, atol=limit)
