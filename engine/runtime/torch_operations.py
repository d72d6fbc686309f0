"""What a step is made of, in plain torch: one of two sets of the same operations.

The other is in torch_kernels.py. Both take fixed shapes, leave no choice to the host and ask it
nothing, so that a step can be recorded once and played again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.model.config import ModelConfig
from engine.model.layers import rotate
from engine.model.voice import time_features
from engine.runtime.torch_weights import Matrix, Weights
from engine.signal.mel import BINS, LEVELS

EPSILON = 1e-6


@dataclass(frozen=True)
class Span:
    """T new tokens of each of B sessions, padded behind.

    slot, first, length: (B,) int64: where a session's cache lies, the position of its first new
    token, how many it has. cos, sin: (B, T, rotary / 2).
    """

    slot: Tensor
    first: Tensor
    length: Tensor
    cos: Tensor
    sin: Tensor

    def positions(self) -> Tensor:
        """(B, T)."""
        steps = torch.arange(self.cos.shape[1], device=self.first.device)
        return self.first[:, None] + steps

    def places(self, capacity: int, nobody: int) -> Tensor:
        """Where in all slots laid end to end a token goes, padding to nobody's: (B, T)."""
        position = self.positions()
        real = position < (self.first + self.length)[:, None]
        slot = torch.where(real, self.slot[:, None], nobody)
        return slot * capacity + position % capacity


@dataclass(frozen=True)
class Layer:
    """One layer's weights and cache. query_key_norm: (heads + kv_heads, head_width); sinks:
    (sinks, kv_heads, head_width); keys, values: (slots, capacity, kv_heads, head_width)."""

    query_key_norm: Tensor
    sink_keys: Tensor
    sink_values: Tensor
    keys: Tensor
    values: Tensor


class PlainOperations:
    """hears: what the front end starts from, "levels" or "wave"."""

    name = "plain"
    hears = "levels"

    def __init__(self, config: ModelConfig, weights: Weights) -> None:
        self.config, self.kind = config, weights.kind
        self._tensors = weights.tensors
        device = weights.tensors["embeddings.text"].device
        self._rows = torch.arange(config.audio_frames * BINS, device=device) * LEVELS
        self._times = _time_features(config, device)

    def norm(self, x: Tensor, weight: Tensor) -> Tensor:
        """(N, width) float32 -> the same in the kind of products."""
        return F.rms_norm(x, (x.shape[-1],), weight, EPSILON).to(self.kind)

    def product(
        self, x: Tensor, by: Matrix, squared: bool = False, to: Tensor | None = None
    ) -> Tensor:
        """(N, inner) -> (N, columns) float32; squared: its positive part, squared; to: added."""
        y = F.linear(x, by.weight.to(x.dtype)).float()
        if by.scale is not None:
            y = y * by.scale
        if squared:
            y = F.relu(y).square()
        return y if to is None else to + y

    def scores(self, x: Tensor, router: Tensor) -> Tensor:
        """What a router gives each expert: (N, width) -> (N, experts), in float32 throughout."""
        return F.linear(x.float(), router)

    def route(self, scores: Tensor) -> tuple[Tensor, Tensor]:
        """(N, experts) -> each token's shares of its experts, and which: (N, used) both."""
        share, chosen = scores.softmax(-1).topk(self.config.experts_used, -1)
        return share / share.sum(-1, keepdim=True), chosen

    def linear(self, x: Tensor, name: str) -> Tensor:
        """One of those that stay in float32."""
        return self.affine(x, self._tensors[f"{name}.weight"], self._tensors[f"{name}.bias"])

    def affine(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        """(N, inner) -> (N, columns), in float32."""
        return F.linear(x, weight, bias)

    def sight(self, span: Span, capacity: int) -> Tensor | None:
        """Who sees whom, once a step's tokens are in the cache: (B, 1, T, sinks + capacity)."""
        slot = torch.arange(capacity, device=span.first.device)
        last = (span.first + span.length - 1)[:, None]
        held = last - (last - slot) % capacity  # (B, capacity)
        back = span.positions()[:, :, None] - held[:, None]
        seen = (held >= 0)[:, None] & (back >= 0) & (back < self.config.window)
        sinks = seen.new_ones(*seen.shape[:2], self.config.sinks)
        return torch.cat([sinks, seen], 2)[:, None]

    def attend(
        self, made: Tensor, span: Span, places: Tensor, sight: Tensor | None, layer: Layer
    ) -> Tensor:
        """made: (B * T, (heads + 2 kv_heads) * head_width), queries, keys and values. Writes keys
        and values where they belong; returns (B * T, heads * head_width)."""
        c, (batch, length) = self.config, span.cos.shape[:2]
        heads = made.view(batch, length, c.heads + 2 * c.kv_heads, c.head_width)
        turned, v = heads.split([c.heads + c.kv_heads, c.kv_heads], 2)
        turned = F.rms_norm(turned, (c.head_width,), None, EPSILON) * layer.query_key_norm
        q, k = rotate(turned, span.cos, span.sin).to(self.kind).split([c.heads, c.kv_heads], 2)
        for held, new in ((layer.keys, k), (layer.values, v.to(self.kind))):
            held.flatten(0, 1)[places.flatten()] = new.flatten(0, 1)
        keys, values = (
            torch.cat([own.expand(batch, -1, -1, -1), held[span.slot]], 1)
            .transpose(1, 2).repeat_interleave(c.heads // c.kv_heads, 1)
            for own, held in ((layer.sink_keys, layer.keys), (layer.sink_values, layer.values))
        )  # fmt: skip
        y = F.scaled_dot_product_attention(q.transpose(1, 2), keys, values, sight, scale=1.0)
        return y.transpose(1, 2).reshape(batch * length, -1)

    def experts(self, x: Tensor, up: Matrix, down: Matrix, chosen: Tensor, share: Tensor) -> Tensor:
        """x: (N, width); chosen, share: (N, used). The chosen experts' matrices are gathered."""
        hidden = F.relu(_gathered(x[:, None, None], up, chosen)).square()
        y = _gathered(hidden.to(self.kind), down, chosen)[:, :, 0]
        return (y * share[..., None]).sum(1)

    def audio(self, heard: Tensor, table: Tensor) -> Tensor:
        """heard: (B, audio_tokens, frames * bins) levels -> (B * audio_tokens, width)."""
        return self.bag(heard.flatten(0, 1), table)

    def bag(self, levels: Tensor, table: Tensor) -> Tensor:
        """Audio tokens of levels: (N, frames * bins or frames, bins) -> (N, width)."""
        return F.embedding_bag(levels.flatten(1).long() + self._rows, table, mode="sum")

    def flow(self, hidden: Tensor, noise: Tensor) -> Tensor:
        """Shares of voice: (N, width), (N, voice_size) -> (N, voice_size)."""
        x, times = noise, self.config.flow_times
        for condition, (begin, end) in zip(self._conditions(hidden), pairwise(times), strict=True):
            y = self.linear(x, "flow.enter")
            for layer in range(self.config.flow_layers):
                y = self._bent(y, condition, f"flow.blocks.{layer}")
            clean = self.linear(F.silu(F.layer_norm(y, (y.shape[-1],))), "flow.leave")
            x = x + (end - begin) / (1.0 - begin) * (clean - x)
        return x

    def _bent(self, y: Tensor, condition: Tensor, name: str) -> Tensor:
        shift, scale, gate = self.linear(condition, f"{name}.modulate").chunk(3, -1)
        z = F.layer_norm(y, (y.shape[-1],)) * (1 + scale) + shift
        z = self.linear(F.silu(self.linear(z, f"{name}.up")), f"{name}.down")
        return y + gate * z

    def _conditions(self, hidden: Tensor) -> Tensor:
        """(steps, N, flow_width)."""
        state, time = self.linear(hidden, "flow.state"), self.linear(self._times, "flow.time")
        return F.silu(state + time[:, None])


def _gathered(x: Tensor, by: Matrix, chosen: Tensor) -> Tensor:
    """x: (N, 1 or used, 1, inner) through each token's experts -> (N, used, 1, columns) float32."""
    y = (x @ by.weight[chosen].to(x.dtype)).float()
    return y if by.scale is None else y * by.scale[chosen][:, :, None]


def _time_features(config: ModelConfig, device: torch.device) -> Tensor:
    begins: Sequence[float] = config.flow_times[:-1]
    return time_features(torch.tensor(begins, device=device))
