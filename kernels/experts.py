"""Mixture of experts for a handful of tokens: fetch the chosen experts' weights, and no others.

At one to eight tokens there is nothing to group. A token's chosen experts are two matrix-vector
products each; what it costs is reading their weights once, so every program reads its part of them
in one sweep. Experts are added in the order in which the router chose them, so a token's result
does not depend on who else is in the batch.
"""

from __future__ import annotations

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.nn import functional as F

COLUMNS, ROWS = 32, 64


def reference(x: Tensor, up: Tensor, down: Tensor, chosen: Tensor, weight: Tensor) -> Tensor:
    """x: (N, width); up: (experts, width, hidden); down: (experts, hidden, width); chosen: (N,
    used) int64, which experts; weight: (N, used). Squared ReLU between. Returns (N, width)."""
    rows = []
    for token, experts, shares in zip(x.float(), chosen, weight.float(), strict=True):
        parts = [
            share * (F.relu(token @ up[e].float()).square() @ down[e].float())
            for e, share in zip(experts.tolist(), shares, strict=True)
        ]
        rows.append(torch.stack(parts).sum(0))
    return torch.stack(rows).to(x.dtype)


@triton.jit
def _up_kernel(
    x, up, chosen, hidden, width, size, used, COLUMNS: tl.constexpr, ROWS: tl.constexpr
):
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
            up + (expert * width + row[:, None]) * size + column[None, :], mask=inside, other=0.0
        )
        total += tl.sum(token.to(tl.float32)[:, None] * part.to(tl.float32), 0)
    total = tl.maximum(total, 0.0)
    tl.store(hidden + place * size + column, total * total, mask=column < size)


@triton.jit
def _down_kernel(
    hidden, down, chosen, weight, out, width, size, used,
    COLUMNS: tl.constexpr, ROWS: tl.constexpr,
):  # fmt: skip
    """out[token] = sum over slots of weight * hidden @ down[chosen], a block of columns."""
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
                mask=inside, other=0.0,
            )  # fmt: skip
            part_total += tl.sum(value[:, None] * part.to(tl.float32), 0)
        total += part_total * tl.load(weight + place).to(tl.float32)
    place = out + token * width + column
    tl.store(place, total.to(out.dtype.element_ty), mask=column < width)


def experts(x: Tensor, up: Tensor, down: Tensor, chosen: Tensor, weight: Tensor) -> Tensor:
    """As `reference`."""
    (count, width), size, used = x.shape, up.shape[2], chosen.shape[1]
    hidden = x.new_empty(count * used, size, dtype=torch.float32)
    x, chosen, weight = x.contiguous(), chosen.contiguous(), weight.contiguous()
    _up_kernel[(count * used, triton.cdiv(size, COLUMNS))](
        x, up, chosen, hidden, width, size, used, COLUMNS=COLUMNS, ROWS=ROWS
    )
    out = torch.empty_like(x)
    _down_kernel[(count, triton.cdiv(width, COLUMNS))](
        hidden, down, chosen, weight, out, width, size, used, COLUMNS=COLUMNS, ROWS=ROWS
    )
    return out
