"""Mixture of experts for a handful of tokens: fetch the chosen experts' weights, and no others.

At one to eight tokens there is nothing to group. A token's chosen experts are two matrix-vector
products each; what it costs is reading their weights once. So every chosen expert of every token
has programs of its own, and each keeps several tiles of its weights under way. What the experts
made is added in the order in which the router chose them, so a token's result does not depend on
who else is in the batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import triton
import triton.language as tl
from torch import Tensor
from torch.nn import functional as F

# Of a tile of weights, and how many tiles a program holds and awaits. In bfloat16 a tile is 8 KiB:
# with three on their way, a hundred programs keep 2.4 MB in flight, which is what 3 TB/s
# need at 0.8 us from asking to having.
COLUMNS, ROWS, STAGES = 64, 64, 4


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


def route_reference(scores: Tensor, used: int) -> tuple[Tensor, Tensor]:
    """scores: (N, experts) float32. Which `used` experts each token goes through, the likeliest
    first, int64, and their shares, which make one: both (N, used), shares first."""
    share, chosen = scores.softmax(-1).topk(used, -1)
    return share / share.sum(-1, keepdim=True), chosen


@triton.jit
def _route_kernel(scores, share, chosen, experts, used, EXPERTS: tl.constexpr, USED: tl.constexpr):
    """Of one token. The softmax over all experts needs no sum: the shares are of those chosen."""
    token = tl.program_id(0).to(tl.int64)
    expert, slot = tl.arange(0, EXPERTS), tl.arange(0, USED)
    score = tl.load(scores + token * experts + expert, mask=expert < experts, other=-1.0e38)
    best = tl.zeros((USED,), tl.float32) - 1.0e38
    which = tl.zeros((USED,), tl.int32)
    for place in range(used):
        highest, at = tl.max(score, 0, return_indices=True)  # the first of equals
        best = tl.where(slot == place, highest, best)
        which = tl.where(slot == place, at, which)
        score = tl.where(expert == at, -1.0e38, score)
    weight = tl.where(slot < used, tl.exp(best - tl.max(best, 0)), 0.0)
    tl.store(share + token * used + slot, weight / tl.sum(weight, 0), mask=slot < used)
    tl.store(chosen + token * used + slot, which.to(tl.int64), mask=slot < used)


def route(scores: Tensor, used: int) -> tuple[Tensor, Tensor]:
    """As `route_reference`."""
    count, experts = scores.shape
    share = scores.new_empty(count, used)
    chosen = scores.new_empty(count, used, dtype=torch.int64)
    _route_kernel[(count,)](
        scores.contiguous(), share, chosen, experts, used,
        EXPERTS=triton.next_power_of_2(experts), USED=triton.next_power_of_2(used), num_warps=1,
    )  # fmt: skip
    return share, chosen


@triton.jit
def _kernel(
    x, weight, scale, chosen, out, inner, columns, sharing,
    SCALED: tl.constexpr, SQUARED: tl.constexpr,
    COLUMNS: tl.constexpr, ROWS: tl.constexpr, STAGES: tl.constexpr,
):  # fmt: skip
    """out[place] = x[place // sharing] @ weight[chosen[place]], a block of columns."""
    place = tl.program_id(0).to(tl.int64)  # rows of training are many
    column = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    expert = tl.load(chosen + place)
    parts = tl.zeros((ROWS, COLUMNS), tl.float32)
    for start in tl.range(0, inner, ROWS, num_stages=STAGES):
        row = start + tl.arange(0, ROWS)
        value = tl.load(x + (place // sharing) * inner + row, mask=row < inner, other=0.0)
        inside = (row[:, None] < inner) & (column[None, :] < columns)
        part = tl.load(
            weight + (expert * inner + row[:, None]) * columns + column[None, :],
            mask=inside, other=0,
        )  # fmt: skip
        parts += value.to(tl.float32)[:, None] * part.to(tl.float32)
    total = tl.sum(parts, 0)
    if SCALED:
        total = total * tl.load(scale + expert * columns + column, mask=column < columns, other=0.0)
    if SQUARED:
        total = tl.maximum(total, 0.0)
        total = total * total
    tl.store(out + place * columns + column, total, mask=column < columns)


@triton.jit
def _join_kernel(parts, share, out, columns, used, COLUMNS: tl.constexpr):
    """What a token's experts made, each by its share, in the router's order."""
    token = tl.program_id(0).to(tl.int64)
    column = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    total = tl.zeros((COLUMNS,), tl.float32)
    for slot in range(used):
        place = token * used + slot
        part = tl.load(parts + place * columns + column, mask=column < columns, other=0.0)
        total += part * tl.load(share + place).to(tl.float32)
    tl.store(out + token * columns + column, total, mask=column < columns)


def experts(x: Tensor, up: Stack, down: Stack, chosen: Tensor, share: Tensor) -> Tensor:
    """As `reference`."""
    (count, width), used = x.shape, chosen.shape[1]
    chosen = chosen.contiguous()
    hidden = _through(x.contiguous(), up, chosen, used, squared=True)
    parts = _through(hidden, down, chosen, 1, squared=False)
    out = x.new_empty(count, width, dtype=torch.float32)
    _join_kernel[(count, triton.cdiv(width, COLUMNS))](
        parts, share.contiguous(), out, width, used, COLUMNS=COLUMNS
    )
    return out


def _through(x: Tensor, stack: Stack, chosen: Tensor, sharing: int, squared: bool) -> Tensor:
    """(N or N * used, inner) through each place's expert -> (N * used, columns) float32."""
    _, inner, columns = stack.weight.shape
    out = x.new_empty(chosen.numel(), columns, dtype=torch.float32)
    _kernel[(chosen.numel(), triton.cdiv(columns, COLUMNS))](
        x, stack.weight, x if stack.scale is None else stack.scale, chosen, out,
        inner, columns, sharing, SCALED=stack.scale is not None, SQUARED=squared,
        COLUMNS=COLUMNS, ROWS=ROWS, STAGES=STAGES,
    )  # fmt: skip
    return out
