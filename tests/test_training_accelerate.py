"""What machines with matrix units do differently gives what everybody else gets."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import Tensor  # noqa: E402

from engine.model.config import ModelConfig  # noqa: E402
from engine.model.layers import Attention, Rotary  # noqa: E402
from engine.model.trunk import window_mask  # noqa: E402
from engine.training.accelerate import BLOCK, BlockedAttention  # noqa: E402

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
