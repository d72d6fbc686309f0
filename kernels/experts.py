"""Mixture of experts for a handful of tokens: fetch the chosen experts' weights, and no others.

At one to eight tokens there is nothing to group. A token's chosen experts are two matrix-vector
products each; what it costs is reading their weights once, so every program reads its part of them
in one sweep. Experts are added in the order in which the router chose them, so a token's result
does not depend on who else is in the batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.nn import functional as F

COLUMNS, ROWS = 32, 64


@dataclass(frozen=True)
class Stack:
    """weight: (experts, inner, columns); scale: (experts, columns) float32 where it is int8."""

    weight: Tensor
    scale: Tensor | None = None

    def of(self, expert: int) -> Tensor:
        """One expert's matrix in float32: (inner, columns)."""
        matrix = self.weight[expert].float()
        return matrix if self.scale is None else matrix * self.scale[expert]


def reference(x: Tensor, up: Stack, down: Stack, chosen: Tensor, share: Tensor) -> Tensor:
    """x: (N, width); up: to hidden; down: back; chosen: (N, used) int64, which experts; share: (N,
    used) float32. Squared ReLU between. Returns (N, width) float32."""
    rows = []
    for token, experts, shares in zip(x.float(), chosen.tolist(), share.float(), strict=True):
        parts = [
            part * (F.relu(token @ up.of(expert)).square() @ down.of(expert))
            for expert, part in zip(experts, shares, strict=True)
        ]
        rows.append(torch.stack(parts).sum(0))
    return torch.stack(rows)


@triton.jit
def _up_kernel(
    x, up, scale, chosen, hidden, width, size, used,
    SCALED: tl.constexpr, COLUMNS: tl.constexpr, ROWS: tl.constexpr,
):  # fmt: skip
    """hidden[token, slot] = relu(x[token] @ up[chosen[token, slot]])^2, a block of columns."""
    place = tl.program_id(0)
    column = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    expert = tl.load(chosen + place)
    total = tl.zeros((COLUMNS,), tl.float32)
    for start in range(0, width, ROWS):
        row = start + tl.arange(0, ROWS)
        token = tl.load(x + (place // used) * width + row, mask=row < width, other=0.0)
        inside = (row[:, None] < width) & (column[None, :] < size)
        part = tl.load(
            up + (expert * width + row[:, None]) * size + column[None, :], mask=inside, other=0
        )
        total += tl.sum(token.to(tl.float32)[:, None] * part.to(tl.float32), 0)
    if SCALED:
        total = total * tl.load(scale + expert * size + column, mask=column < size, other=0.0)
    total = tl.maximum(total, 0.0)
    tl.store(hidden + place * size + column, total * total, mask=column < size)


@triton.jit
def _down_kernel(
    hidden, down, scale, chosen, share, out, width, size, used,
    SCALED: tl.constexpr, COLUMNS: tl.constexpr, ROWS: tl.constexpr,
):  # fmt: skip
    """out[token] = sum over slots of share * hidden @ down[chosen], a block of columns."""
    token = tl.program_id(0)
    column = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    total = tl.zeros((COLUMNS,), tl.float32)
    for slot in range(used):
        place = token * used + slot
        expert = tl.load(chosen + place)
        part_total = tl.zeros((COLUMNS,), tl.float32)
        for start in range(0, size, ROWS):
            row = start + tl.arange(0, ROWS)
            value = tl.load(hidden + place * size + row, mask=row < size, other=0.0)
            inside = (row[:, None] < size) & (column[None, :] < width)
            part = tl.load(
                down + (expert * size + row[:, None]) * width + column[None, :],
                mask=inside, other=0,
            )  # fmt: skip
            part_total += tl.sum(value[:, None] * part.to(tl.float32), 0)
        if SCALED:
            by = tl.load(scale + expert * width + column, mask=column < width, other=0.0)
            part_total = part_total * by
        total += part_total * tl.load(share + place).to(tl.float32)
    tl.store(out + token * width + column, total, mask=column < width)


def experts(x: Tensor, up: Stack, down: Stack, chosen: Tensor, share: Tensor) -> Tensor:
    """As `reference`."""
    (count, width), size, used = x.shape, up.weight.shape[2], chosen.shape[1]
    hidden = x.new_empty(count * used, size, dtype=torch.float32)
    out = x.new_empty(count, width, dtype=torch.float32)
    x, chosen, share = x.contiguous(), chosen.contiguous(), share.contiguous()
    _up_kernel[(count * used, triton.cdiv(size, COLUMNS))](
        x, up.weight, x if up.scale is None else up.scale, chosen, hidden, width, size, used,
        SCALED=up.scale is not None, COLUMNS=COLUMNS, ROWS=ROWS,
    )  # fmt: skip
    _down_kernel[(count, triton.cdiv(width, COLUMNS))](
        hidden, down.weight, x if down.scale is None else down.scale, chosen, share, out,
        width, size, used, SCALED=down.scale is not None, COLUMNS=COLUMNS, ROWS=ROWS,
    )  # fmt: skip
    return out
