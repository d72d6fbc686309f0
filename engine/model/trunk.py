"""The decoder: a stack of pre-norm blocks over one interleaved sequence."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from engine.model.config import ModelConfig
from engine.model.layers import Attention, ExpertMlp, Mlp, RMSNorm, Rotary

Past = Sequence[tuple[Tensor, Tensor]]


class Block(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention_norm, self.mlp_norm = RMSNorm(config.width), RMSNorm(config.width)
        self.attention = Attention(config)
        self.mlp: nn.Module = ExpertMlp(config) if config.experts else Mlp(config)

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, past: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        y, new = self.attention(self.attention_norm(x), cos, sin, mask, past)
        x = x + y
        return x + self.mlp(self.mlp_norm(x)), new


class Trunk(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.rotary = Rotary(config)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = RMSNorm(config.width)

    def forward(
        self, x: Tensor, token: Tensor, turn: Tensor, mask: Tensor, past: Past | None = None
    ) -> tuple[Tensor, Tensor, list[tuple[Tensor, Tensor]]]:
        """x: (B, T, width); token, turn: (B, T) positions; mask: (B, T, sinks + past + T).

        Returns the hidden states (B, T, width), the states after `letters_layer` blocks, and
        each layer's new keys and values.
        """
        cos, sin = self.rotary(token, turn)
        cache, middle = [], x
        for index, block in enumerate(self.blocks):
            x, new = block(x, cos, sin, mask, past[index] if past is not None else None)
            cache.append(new)
            if index + 1 == self.config.letters_layer:
                middle = x
        return self.norm(x), middle, cache


def window_mask(token: Tensor, config: ModelConfig, row_start: Tensor | None = None) -> Tensor:
    """Who sees whom when a whole row is trained at once.

    token: (B, T) int64 token indices, growing by one along a row. Returns (B, T, sinks + T)
    bool: the sinks, and the `window` tokens up to and including oneself. row_start: (B, T) index
    of the first token of the session that each token belongs to; earlier ones are hidden.
    """
    distance = token.unsqueeze(2) - token.unsqueeze(1)  # (B, T, T)
    seen = (distance >= 0) & (distance < config.window)
    if row_start is not None:
        seen &= token.unsqueeze(1) >= row_start.unsqueeze(2)
    sinks = torch.ones(*token.shape, config.sinks, dtype=torch.bool, device=token.device)
    return torch.cat([sinks, seen], 2)
