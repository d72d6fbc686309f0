"""Weights on a device, in the precision asked for: a checkpoint's, or random ones of any size.

Matrices (`folded.is_matrix`) are made smaller, and the rest stays in float32.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.model.config import ModelConfig
from engine.model.shapes import Shape, weight_shapes
from engine.runtime.folded import FINEST, folded, is_matrix


@dataclass(frozen=True)
class Matrix:
    """weight: (columns, inner) as in nn.Linear; experts' are (experts, inner, columns).

    scale: float32, what int8 columns are multiplied by: (columns,) or (experts, columns).
    """

    weight: Tensor
    scale: Tensor | None = None

    @property
    def bytes(self) -> int:
        scales = 0 if self.scale is None else self.scale.nbytes
        return self.weight.nbytes + scales


@dataclass(frozen=True)
class Weights:
    """matrices: what a step multiplies with; tensors: everything else, in float32. kind: in what
    products are computed."""

    matrices: Mapping[str, Matrix]
    tensors: Mapping[str, Tensor]
    kind: torch.dtype


def compute_kind(precision: str) -> torch.dtype:
    return {"fp32": torch.float32, "bf16": torch.bfloat16, "int8": torch.bfloat16}[precision]


def from_arrays(
    config: ModelConfig, arrays: Mapping[str, np.ndarray], precision: str, device: torch.device
) -> Weights:
    """A checkpoint's weights. precision: of computing.PRECISIONS."""
    there = {
        name: torch.from_numpy(np.ascontiguousarray(value)).to(device)
        for name, value in arrays.items()
    }
    return from_tensors(config, there, precision)


def from_tensors(config: ModelConfig, there: Mapping[str, Tensor], precision: str) -> Weights:
    """The same of tensors in float32, where they lie. Some are the given ones themselves."""
    kind = compute_kind(precision)
    matrices, tensors = {}, {}
    for name, tensor in folded(config, there, torch.cat).items():
        if is_matrix(name):
            matrices[name] = _matrix(tensor, precision, _columns(name))
        else:
            tensors[name] = tensor
    return Weights(matrices, tensors, kind)


def random(config: ModelConfig, precision: str, device: torch.device, seed: int = 0) -> Weights:
    """Made where they lie, one after the other, so that what fills a device can be made on it."""
    kind = compute_kind(precision)
    chance = torch.Generator(device).manual_seed(seed)
    matrices, tensors = {}, {}
    for name, shape in _folded_shapes(config):
        if is_matrix(name):
            matrices[name] = _random_matrix(name, shape, precision, device, chance)
        elif name.endswith("query_key_norm"):
            tensors[name] = torch.ones(shape, device=device)
            tensors[name][: config.heads] *= config.head_width**-0.5  # as `folded` scales them
        elif len(shape) == 1:
            tensors[name] = torch.ones(shape, device=device)
        else:
            tensors[name] = torch.randn(shape, device=device, generator=chance) * shape[-1] ** -0.5
    return Weights(matrices, tensors, kind)


def _random_matrix(
    name: str, shape: Shape, precision: str, device: torch.device, chance: torch.Generator
) -> Matrix:
    """Experts come one by one: in float32, all at once, they may not fit."""
    kind = {"fp32": torch.float32, "bf16": torch.bfloat16, "int8": torch.int8}[precision]
    columns = _columns(name)
    made = Matrix(torch.empty(shape, dtype=kind, device=device))
    if precision == "int8":
        kept = tuple(size for axis, size in enumerate(shape) if axis in (0, columns))
        made = Matrix(made.weight, torch.empty(kept, device=device))
    parts = range(shape[0]) if len(shape) == 3 else [slice(None)]
    inner = shape[1]
    for part in parts:
        size = shape[1:] if len(shape) == 3 else shape
        drawn = torch.randn(size, device=device, generator=chance) * inner**-0.5
        one = _matrix(drawn, precision, columns - (len(shape) == 3))
        made.weight[part] = one.weight
        if one.scale is not None:
            assert made.scale is not None
            made.scale[part] = one.scale
    return made


def _columns(name: str) -> int:
    """Which axis the columns of the product lie on: experts keep theirs last."""
    return 2 if name.endswith(("mlp.up", "mlp.down")) else 0


def _matrix(value: Tensor, precision: str, columns: int) -> Matrix:
    """value: float32. In int8 each column has a scale of its own."""
    if precision != "int8":
        return Matrix(value.to(compute_kind(precision)).contiguous())
    inner = next(axis for axis in (value.ndim - 2, value.ndim - 1) if axis != columns)
    scale = value.abs().amax(inner, keepdim=True).clamp(min=1e-12) / FINEST
    return Matrix((value / scale).round().to(torch.int8), scale.squeeze(inner).contiguous())


def _folded_shapes(config: ModelConfig) -> Iterator[tuple[str, Shape]]:
    """As `folded` would leave them, from the configuration alone."""
    heads, width = (config.heads, config.kv_heads), config.head_width
    for name, shape in weight_shapes(config).items():
        if name.endswith("attention.query.weight"):
            joined = ((heads[0] + 2 * heads[1]) * width, config.width)
            yield name.replace("query.weight", "query_key_value.weight"), joined
        elif name.endswith("attention.query_norm.weight"):
            yield name.replace("query_norm.weight", "query_key_norm"), (sum(heads), 1, width)
        elif not name.endswith(
            ("attention.key.weight", "attention.value.weight", "attention.key_norm.weight")
        ):
            yield name, shape
