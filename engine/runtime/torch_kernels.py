"""The same operations by the kernels of kernels/: made for a GPU, and alike in every company."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.model.config import ModelConfig
from engine.runtime.torch_operations import Layer, PlainOperations, Span
from engine.runtime.torch_weights import Matrix, Weights
from engine.signal import mel
from kernels import attention, experts, front_end, heads, matmul, norm
from kernels.flow import Head, Linear, draw
from kernels.flow import Layer as Bend


class KernelOperations(PlainOperations):
    name = "kernels"
    hears = "wave"

    def __init__(self, config: ModelConfig, weights: Weights) -> None:
        super().__init__(config, weights)
        device = weights.tensors["embeddings.text"].device
        window, filters = (torch.from_numpy(a).to(device) for a in (mel.hann(), mel.filterbank()))
        self._front = front_end.front(window, filters, mel.HOP, config.audio_frames)
        self._head = self._flow_head()

    def norm(self, x: Tensor, weight: Tensor) -> Tensor:
        return norm.rms_norm(x, weight, self.kind)

    def product(
        self, x: Tensor, by: Matrix, squared: bool = False, to: Tensor | None = None
    ) -> Tensor:
        return matmul.matmul(x, by.weight, by.scale, squared, to)

    def scores(self, x: Tensor, router: Tensor) -> Tensor:
        return matmul.matmul(x.float(), router)

    def route(self, scores: Tensor) -> tuple[Tensor, Tensor]:
        return experts.route(scores, self.config.experts_used)

    def affine(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return matmul.matmul(x, weight) + bias

    def sight(self, span: Span, capacity: int) -> Tensor | None:
        """The kernel works it out from where sessions stand."""
        return None

    def attend(
        self, made: Tensor, span: Span, places: Tensor, sight: Tensor | None, layer: Layer
    ) -> Tensor:
        c, (batch, length) = self.config, span.cos.shape[:2]
        turn = heads.Turn(layer.query_key_norm, span.cos.flatten(0, 1), span.sin.flatten(0, 1))
        query = heads.spread(made, turn, c.heads, layer.keys, layer.values, places.flatten())
        cache = attention.Cache(
            layer.keys, layer.values, layer.sink_keys, layer.sink_values, c.window
        )
        standing = attention.Standing(span.slot, span.first, span.length)
        query = query.view(batch, length, c.heads, c.head_width)
        return attention.attention(query, cache, standing, 1.0).view(batch * length, -1)

    def experts(self, x: Tensor, up: Matrix, down: Matrix, chosen: Tensor, share: Tensor) -> Tensor:
        there, back = (experts.Stack(by.weight, by.scale) for by in (up, down))
        return experts.experts(x, there, back, chosen, share)

    def audio(self, heard: Tensor, table: Tensor) -> Tensor:
        """heard: (B, samples), from the wave on."""
        return front_end.front_end(heard, table, self._front)

    def bag(self, levels: Tensor, table: Tensor) -> Tensor:
        return front_end.bag(levels, table)

    def flow(self, hidden: Tensor, noise: Tensor) -> Tensor:
        return draw(self._head, noise, self._conditions(hidden), self.config.flow_times)

    def _flow_head(self) -> Head:
        def linear(name: str) -> Linear:
            return Linear(*(self._tensors[f"flow.{name}.{p}"] for p in ("weight", "bias")))

        layers = [
            Bend(*(linear(f"blocks.{n}.{part}") for part in ("modulate", "up", "down")))
            for n in range(self.config.flow_layers)
        ]
        return Head(linear("enter"), layers, linear("leave"))
