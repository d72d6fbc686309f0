"""The interaction model as steps over the pool of caches: embeddings, trunk, heads.

The same arithmetic as engine/model, for many sessions at once and without a choice left to the
host. Shapes are B sessions of T tokens; what pads them is computed and goes nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.model.config import ModelConfig, Stream
from engine.model.positions import angles
from engine.runtime.torch_operations import Layer, PlainOperations, Span
from engine.runtime.torch_weights import Weights


@dataclass(frozen=True)
class Looked:
    """pixels: (B, P, 3, 40, 40) float32; row, column, stream: (B, P) int64."""

    pixels: Tensor
    row: Tensor
    column: Tensor
    stream: Tensor


@dataclass(frozen=True)
class Course:
    """What all layers of a step share. places: (B, T), where keys and values go."""

    span: Span
    places: Tensor
    sight: Tensor | None


class Caches(Protocol):
    """As much of a `Pool` as a step needs; nobody: the slot of what pads."""

    keys: Tensor
    values: Tensor

    @property
    def capacity(self) -> int: ...

    @property
    def nobody(self) -> int: ...


class Network:
    def __init__(
        self, config: ModelConfig, weights: Weights, operations: PlainOperations, pool: Caches
    ) -> None:
        self.config, self.operations = config, operations
        self._matrices, self._tensors = weights.matrices, weights.tensors
        self.lie_in(pool)
        self._cos, self._sin = self._turns()

    def lie_in(self, pool: Caches) -> None:
        """Where keys and values go from now on. Weights that have changed are read again."""
        self.pool = pool
        self._layers = [self._layer(index) for index in range(self.config.layers)]

    def text(self, ids: Tensor, streams: Tensor) -> Tensor:
        return self._tensors["embeddings.text"][ids] + self._stream(streams)

    def audio(self, heard: Tensor) -> Tensor:
        """As the operations hear it, (B, …) -> (B, audio_tokens, width)."""
        made = self.operations.audio(heard, self._tensors["embeddings.audio.table"])
        return made.view(len(heard), self.config.audio_tokens, -1) + self._stream(Stream.AUDIO)

    def bag(self, levels: Tensor) -> Tensor:
        """Audio tokens of levels that are known: (N, audio_frames, bins) -> (N, width)."""
        made = self.operations.bag(levels, self._tensors["embeddings.audio.table"])
        return made + self._stream(Stream.AUDIO)

    def voice(self, share: Tensor) -> Tensor:
        """(B, voice_size) -> (B, width)."""
        return self.operations.linear(share, "embeddings.voice") + self._stream(Stream.VOICE)

    def patches(self, looked: Looked) -> Tensor:
        """(B, P, width). A convolution whose stride is its size is a product."""
        shape, name = looked.row.shape, "embeddings.patches"
        x = looked.pixels.flatten(0, 1).movedim(1, -1)  # (B * P, 40, 40, 3)
        for part, size in (("first", 5), ("second", 4)):
            x = self._convolve(x, f"{name}.{part}", size)
            norm = f"{name}.{part}_norm"
            weight, bias = self._tensors[f"{norm}.weight"], self._tensors[f"{norm}.bias"]
            x = F.gelu(F.layer_norm(x, (x.shape[-1],), weight, bias))
        x = self._convolve(x, f"{name}.third", 2).view(*shape, -1)
        x = x + self._tensors[f"{name}.row"][looked.row]
        return x + self._tensors[f"{name}.column"][looked.column] + self._stream(looked.stream)

    def span(self, slot: Tensor, first: Tensor, length: Tensor, turn: Tensor, width: int) -> Span:
        """turn: (B, T or 1), the micro-turn that each token belongs to; width: T."""
        period = self.config.period
        steps = torch.arange(width, device=first.device)
        token, turn = (first[:, None] + steps) % period, (turn % period).expand(-1, width)
        cos, sin = (torch.cat([t[token], t[turn]], -1) for t in (self._cos, self._sin))
        return Span(slot, first, length, cos, sin)

    def advance(self, x: Tensor, span: Span) -> Tensor:
        """x: (B, T, width) embedded. Their keys and values enter the cache; returns the hidden
        state of each session's last token, (B, width) float32."""
        batch, length, width = x.shape
        course = self.course(span)
        x = x.reshape(batch * length, width)
        for index in range(self.config.layers):
            x = self.block(x, index, course)
        last = x.view(batch, length, width)[torch.arange(batch, device=x.device), span.length - 1]
        return self.leave(last)

    def course(self, span: Span) -> Course:
        places = span.places(self.pool.capacity, self.pool.nobody)
        return Course(span, places, self.operations.sight(span, self.pool.capacity))

    def leave(self, x: Tensor) -> Tensor:
        """The hidden state after the last block: (N, width) -> (N, width) float32."""
        return self.operations.norm(x, self._tensors["trunk.norm.weight"]).float()

    def logits(self, hidden: Tensor) -> Tensor:
        """(B, width) -> (B, vocabulary) float32."""
        o = self.operations
        return o.product(hidden.to(o.kind), self._matrices["text_head.weight"])

    def block(self, x: Tensor, index: int, course: Course) -> Tensor:
        """(B * T, width) through one layer, whose cache takes their keys and values in."""
        return self.think(self.attend(x, index, course), index)

    def attend(self, x: Tensor, index: int, course: Course) -> Tensor:
        """The first half of a block."""
        layer = self._layers[index]
        o, m, t, name = self.operations, self._matrices, self._tensors, f"trunk.blocks.{index}"
        z = o.norm(x, t[f"{name}.attention_norm.weight"])
        made = o.product(z, m[f"{name}.attention.query_key_value.weight"])
        y = o.attend(made, course.span, course.places, course.sight, layer)
        return o.product(y, m[f"{name}.attention.out.weight"], to=x)

    def think(self, x: Tensor, index: int) -> Tensor:
        """The second: (N, width) -> (N, width), each token by itself."""
        o, m, t, name = self.operations, self._matrices, self._tensors, f"trunk.blocks.{index}"
        z = o.norm(x, t[f"{name}.mlp_norm.weight"])
        if self.config.experts:
            return x + self._experts(z, f"{name}.mlp")
        hidden = o.product(z, m[f"{name}.mlp.up.weight"], squared=True)
        return o.product(hidden.to(o.kind), m[f"{name}.mlp.down.weight"], to=x)

    def _experts(self, z: Tensor, name: str) -> Tensor:
        router = self._tensors[f"{name}.router.weight"]
        share, chosen = self.operations.route(self.operations.scores(z, router))
        up, down = self._matrices[f"{name}.up"], self._matrices[f"{name}.down"]
        return self.operations.experts(z, up, down, chosen, share)

    def _convolve(self, x: Tensor, name: str, size: int) -> Tensor:
        """x: (N, h, w, c) -> (N, h / size, w / size, columns)."""
        n, high, wide, channels = x.shape
        x = x.view(n, high // size, size, wide // size, size, channels).transpose(2, 3)
        x = x.reshape(-1, size * size * channels)
        weight = self._tensors[f"{name}.weight"].permute(0, 2, 3, 1).flatten(1)
        y = self.operations.affine(x, weight, self._tensors[f"{name}.bias"])
        return y.view(n, high // size, wide // size, -1)

    def _stream(self, stream: Tensor | Stream) -> Tensor:
        return self._tensors["embeddings.stream"][stream]

    def _layer(self, index: int) -> Layer:
        name, kind, t = f"trunk.blocks.{index}.attention", self.operations.kind, self._tensors
        sink_keys = F.pad(t[f"{name}.sink_key"], (self.config.rotary, 0)).to(kind)
        return Layer(
            t[f"{name}.query_key_norm"][:, 0].contiguous(), sink_keys.contiguous(),
            t[f"{name}.sink_value"].to(kind).contiguous(),
            self.pool.keys[index], self.pool.values[index],
        )  # fmt: skip

    def _turns(self) -> tuple[Tensor, Tensor]:
        """cos and sin of every index of the period: (period, rotary / 4) each."""
        index = np.arange(self.config.period)
        angle = angles(self.config, index, index)[:, : self.config.rotary // 4]
        device = self._tensors["embeddings.text"].device
        made = (function(angle).astype(np.float32) for function in (np.cos, np.sin))
        cos, sin = (torch.from_numpy(table).to(device) for table in made)
        return cos, sin
