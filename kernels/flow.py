"""The flow head's steps from noise to a share of voice, with nothing between its products.

What a step is conditioned on is known before the first: so all steps' modulations are one product.
Each layer is then two kernels. The first normalises and modulates its input as it reads it,
multiplies, and bends the result; the second multiplies, gates and adds what came in. The last
kernel of a step also takes the step. Rows are computed alike however many there are, as in
matmul.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.nn import functional as F

from kernels.matmul import INNER, ROWS, matmul, tile

PLAIN, MODULATED, BENT = 0, 1, 2  # how the input is read
ADD, BEND, GATE, STEP = 0, 1, 2, 3  # what becomes of the product
EPSILON = 1e-5
STAGES = 4  # tiles held and awaited, each of input, weights, shift and scale


@dataclass(frozen=True)
class Linear:
    """weight: (columns, inner); bias: (columns,)."""

    weight: Tensor
    bias: Tensor


@dataclass(frozen=True)
class Layer:
    """modulate: to shift, scale and gate, (3 width, width); up, down: (width, width)."""

    modulate: Linear
    up: Linear
    down: Linear


@dataclass(frozen=True)
class Head:
    """enter: (width, size); leave: (size, width)."""

    enter: Linear
    layers: Sequence[Layer]
    leave: Linear


def reference(head: Head, noise: Tensor, conditions: Tensor, times: Sequence[float]) -> Tensor:
    """noise: (N, size); conditions: (steps, N, width); times: steps + 1 from 0 to 1 -> (N, size).

    Euler steps on straight paths, where the head names the clean end (see engine/model/voice.py).
    """
    x = noise.float()
    for condition, (begin, end) in zip(conditions.float(), pairwise(times), strict=True):
        y = F.linear(x, head.enter.weight, head.enter.bias)
        for layer in head.layers:
            modulation = F.linear(condition, layer.modulate.weight, layer.modulate.bias)
            shift, scale, gate = modulation.chunk(3, -1)
            u = F.layer_norm(y, (y.shape[-1],)) * (1 + scale) + shift
            u = F.silu(F.linear(u, layer.up.weight, layer.up.bias))
            y = y + gate * F.linear(u, layer.down.weight, layer.down.bias)
        bent = F.silu(F.layer_norm(y, (y.shape[-1],)))
        clean = F.linear(bent, head.leave.weight, head.leave.bias)
        x = x + (end - begin) / (1.0 - begin) * (clean - x)
    return x


@triton.jit(do_not_specialize=("rows",))  # one machine code however many: see attention.py
def _kernel(
    x, weight, bias, shift, scale, gate, beside, out, rows, columns, inner, stride, ahead,
    READ: tl.constexpr, WRITE: tl.constexpr,
    ROWS: tl.constexpr, COLUMNS: tl.constexpr, INNER: tl.constexpr, EPSILON: tl.constexpr,
):  # fmt: skip
    row = tl.program_id(0) * ROWS + tl.arange(0, ROWS)
    column = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    there = row[:, None] < rows
    mean = tl.zeros((ROWS,), tl.float32)
    spread = tl.zeros((ROWS,), tl.float32)
    if READ > 0:
        for start in range(0, inner, INNER):
            k = start + tl.arange(0, INNER)
            part = tl.load(
                x + row[:, None] * inner + k[None, :], mask=there & (k[None, :] < inner), other=0.0
            )
            mean += tl.sum(part, 1)
        mean = mean / inner
        for start in range(0, inner, INNER):
            k = start + tl.arange(0, INNER)
            inside = there & (k[None, :] < inner)
            part = tl.load(x + row[:, None] * inner + k[None, :], mask=inside, other=0.0)
            part = tl.where(inside, part - mean[:, None], 0.0)
            spread += tl.sum(part * part, 1)
        spread = 1.0 / tl.sqrt(spread / inner + EPSILON)
    total = tl.zeros((ROWS, COLUMNS), tl.float32)
    for start in range(0, inner, INNER):
        k = start + tl.arange(0, INNER)
        inside = there & (k[None, :] < inner)
        left = tl.load(x + row[:, None] * inner + k[None, :], mask=inside, other=0.0)
        if READ > 0:
            left = (left - mean[:, None]) * spread[:, None]
        if READ == 1:
            place = row[:, None] * stride + k[None, :]
            by = 1.0 + tl.load(scale + place, mask=inside, other=0.0)
            left = left * by + tl.load(shift + place, mask=inside, other=0.0)
        if READ == 2:
            left = left / (1.0 + tl.exp(-left))
        left = tl.where(inside, left, 0.0)
        right = tl.load(
            weight + column[None, :] * inner + k[:, None],
            mask=(column[None, :] < columns) & (k[:, None] < inner), other=0.0,
        )  # fmt: skip
        total += tl.dot(left, right, input_precision="ieee")
    total += tl.load(bias + column, mask=column < columns, other=0.0)[None, :]
    inside = there & (column[None, :] < columns)
    place = row[:, None] * columns + column[None, :]
    if WRITE == 1:
        total = total / (1.0 + tl.exp(-total))
    if WRITE == 2:
        gated = tl.load(gate + row[:, None] * stride + column[None, :], mask=inside, other=0.0)
        total = tl.load(beside + place, mask=inside, other=0.0) + gated * total
    if WRITE == 3:
        before = tl.load(beside + place, mask=inside, other=0.0)
        total = before + ahead * (total - before)
    tl.store(out + place, total, mask=inside)


def _product(
    x: Tensor, linear: Linear, read: int, write: int,
    modulation: Tensor | None = None, beside: Tensor | None = None, ahead: float = 0.0,
) -> Tensor:  # fmt: skip
    """modulation: (N, 3 width), shift, scale and gate side by side."""
    (rows, inner), columns = x.shape, linear.weight.shape[0]
    out = x.new_empty(rows, columns)
    parts = (x, x, x) if modulation is None else modulation.chunk(3, -1)
    stride = 0 if modulation is None else modulation.stride(0)
    wide = tile(columns)
    grid = (triton.cdiv(rows, ROWS), triton.cdiv(columns, wide))
    _kernel[grid](
        x.contiguous(), linear.weight.contiguous(), linear.bias, *parts,
        x if beside is None else beside, out, rows, columns, inner, stride, ahead,
        READ=read, WRITE=write, ROWS=ROWS, COLUMNS=wide, INNER=INNER, EPSILON=EPSILON,
        num_stages=STAGES,
    )  # fmt: skip
    return out


def draw(head: Head, noise: Tensor, conditions: Tensor, times: Sequence[float]) -> Tensor:
    """As `reference`."""
    steps, count, width = conditions.shape
    flat = conditions.reshape(steps * count, width)
    modulations = [
        (matmul(flat, layer.modulate.weight) + layer.modulate.bias).view(steps, count, -1)
        for layer in head.layers
    ]
    x = noise
    for step, (begin, end) in enumerate(pairwise(times)):
        y = _product(x, head.enter, PLAIN, ADD)
        for layer, modulation in zip(head.layers, modulations, strict=True):
            u = _product(y, layer.up, MODULATED, BEND, modulation[step])
            y = _product(u, layer.down, PLAIN, GATE, modulation[step], y)
        ahead = (end - begin) / (1.0 - begin)
        x = _product(y, head.leave, BENT, STEP, beside=x, ahead=ahead)
    return torch.as_tensor(x)
