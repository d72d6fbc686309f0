"""The small parts every block is made of: norm, rotary positions, attention, two kinds of MLP."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.model.config import ModelConfig
from engine.model.positions import frequencies


class RMSNorm(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, (x.shape[-1],), self.weight.to(x.dtype), 1e-6)


class Rotary(nn.Module):
    """cos and sin of the two-dimensional position of every token."""

    table: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.period = config.period
        table = torch.from_numpy(frequencies(config))
        self.register_buffer("table", table, persistent=False)

    def forward(self, token: Tensor, turn: Tensor) -> tuple[Tensor, Tensor]:
        """token, turn: (..., T) int64 indices. Returns cos, sin: (..., T, rotary / 2) float32."""
        half = self.table.numel() // 2
        index = torch.stack([token, turn], -1).remainder(self.period).double()  # (..., T, 2)
        angle = index.repeat_interleave(half, -1) * self.table  # (..., T, rotary/2)
        return angle.cos().float(), angle.sin().float()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn the first 2 * cos.shape[-1] dimensions of each head.

    x: (B, T, heads, head_width); cos, sin: (B, T, rotary / 2).
    """
    pairs = cos.shape[-1]
    cos, sin = cos.unsqueeze(-2).to(x.dtype), sin.unsqueeze(-2).to(x.dtype)
    a, b, rest = x[..., :pairs], x[..., pairs : 2 * pairs], x[..., 2 * pairs :]
    return torch.cat([a * cos - b * sin, b * cos + a * sin, rest], -1)


class Attention(nn.Module):
    """Grouped-query attention over sinks, cache and the new tokens.

    The sinks' keys live in the dimensions that no position turns, so what a token finds in
    them does not depend on where it stands.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        c = self.config = config
        self.query = nn.Linear(c.width, c.heads * c.head_width, bias=False)
        self.key = nn.Linear(c.width, c.kv_heads * c.head_width, bias=False)
        self.value = nn.Linear(c.width, c.kv_heads * c.head_width, bias=False)
        self.out = nn.Linear(c.heads * c.head_width, c.width, bias=False)
        self.query_norm, self.key_norm = RMSNorm(c.head_width), RMSNorm(c.head_width)
        self.sink_key = nn.Parameter(torch.randn(c.sinks, c.kv_heads, c.head_width - c.rotary))
        self.sink_value = nn.Parameter(torch.zeros(c.sinks, c.kv_heads, c.head_width))

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, past: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x: (B, T, width); mask: (B, T, sinks + past + T) bool, True = visible.

        past: keys and values, each (B, P, kv_heads, head_width). Returns the output and the new
        tokens' (keys, values), each (B, T, kv_heads, head_width).
        """
        c, (batch, length, _) = self.config, x.shape
        q = self.query(x).view(batch, length, c.heads, c.head_width)
        k = self.key(x).view(batch, length, c.kv_heads, c.head_width)
        v = self.value(x).view(batch, length, c.kv_heads, c.head_width)
        q = rotate(self.query_norm(q), cos, sin)
        k = rotate(self.key_norm(k), cos, sin)
        keys, values = self._with_sinks(k, v, past)
        y = self.mix(q, keys, values, mask)  # (B, T, heads, head_width)
        return self.out(y.reshape(batch, length, -1)), (k, v)

    def mix(self, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
        """q: (B, T, heads, head_width); keys, values: (B, K, kv_heads, head_width); mask:
        (B, T, K). Returns what each query finds: (B, T, heads, head_width)."""
        c = self.config
        y = F.scaled_dot_product_attention(
            q.transpose(1, 2),
            keys.transpose(1, 2).repeat_interleave(c.heads // c.kv_heads, 1),
            values.transpose(1, 2).repeat_interleave(c.heads // c.kv_heads, 1),
            attn_mask=mask.unsqueeze(1),
            scale=1.0 / math.sqrt(c.head_width),
        )
        return y.transpose(1, 2)

    def _with_sinks(
        self, k: Tensor, v: Tensor, past: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, Tensor]:
        batch = k.shape[0]
        sink_k = F.pad(self.sink_key, (self.config.rotary, 0)).to(k.dtype)
        parts_k = [sink_k.expand(batch, -1, -1, -1), k]
        parts_v = [self.sink_value.to(v.dtype).expand(batch, -1, -1, -1), v]
        if past is not None:
            parts_k.insert(1, past[0])
            parts_v.insert(1, past[1])
        return torch.cat(parts_k, 1), torch.cat(parts_v, 1)


class Mlp(nn.Module):
    """Squared ReLU (So et al., arXiv 2109.08668)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.up = nn.Linear(config.width, config.mlp_width, bias=False)
        self.down = nn.Linear(config.mlp_width, config.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(F.relu(self.up(x)).square())


class ExpertMlp(nn.Module):
    """Mixture of experts: each token goes through the `experts_used` it scores highest.

    `balance` holds the load-balancing loss of the last forward (Fedus et al., arXiv 2101.03961).
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        c = self.config = config
        self.router = nn.Linear(c.width, c.experts, bias=False)
        self.up = nn.Parameter(torch.randn(c.experts, c.width, c.mlp_width) / c.width**0.5)
        self.down = nn.Parameter(torch.randn(c.experts, c.mlp_width, c.width) / c.mlp_width**0.5)
        self.balance = torch.zeros(())

    def forward(self, x: Tensor) -> Tensor:
        flat = x.reshape(-1, x.shape[-1])  # (N, width)
        weight, chosen = self.route(flat)
        weight = weight.to(x.dtype)
        y = torch.zeros_like(flat)
        for expert in range(self.config.experts):
            row, slot = (chosen == expert).nonzero(as_tuple=True)
            hidden = F.relu(flat[row] @ self.up[expert]).square() @ self.down[expert]
            y = y.index_add(0, row, hidden * weight[row, slot, None])
        return y.view_as(x)

    def route(self, flat: Tensor) -> tuple[Tensor, Tensor]:
        """Of each token the shares of its experts, and which: (N, width) -> (N, used) twice."""
        scores = self.router(flat).float().softmax(-1)  # (N, experts)
        weight, chosen = scores.topk(self.config.experts_used, -1)
        share = F.one_hot(chosen, self.config.experts).float().mean((0, 1))
        self.balance = self.config.experts * (share * scores.mean(0)).sum()
        return weight / weight.sum(-1, keepdim=True), chosen
