"""From mel power to an audio token in one kernel: logarithm, sixteen levels, sum of embeddings.

The levels never reach memory. Rows of the table are added in the order of frames and bins, so a
token is the same in every batch.
"""

from __future__ import annotations

import torch
import triton
import triton.language as tl
from torch import Tensor

FLOOR, CEILING, LEVELS = -6.0, 3.0, 16
COLUMNS = 64


def levels(power: Tensor) -> Tensor:
    """dMel levels 0..15 of mel power."""
    logarithm = power.clamp(min=10.0**FLOOR).log10().clamp(FLOOR, CEILING)
    return ((logarithm - FLOOR) * (LEVELS / (CEILING - FLOOR))).clamp(max=LEVELS - 1).long()


def reference(power: Tensor, table: Tensor) -> Tensor:
    """power: (N, frames * bins) mel power; table: (frames * bins * 16, width). -> (N, width)."""
    rows = torch.arange(power.shape[1]) * LEVELS + levels(power)
    return table[rows].float().sum(1).to(table.dtype)


@triton.jit
def _kernel(power, table, out, entries, width, COLUMNS: tl.constexpr):
    token = tl.program_id(0)
    column = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    total = tl.zeros((COLUMNS,), tl.float32)
    for entry in range(entries):
        value = tl.maximum(tl.load(power + token * entries + entry), 1e-6)
        logarithm = tl.minimum(tl.maximum(tl.log2(value) * 0.30102999566398120, -6.0), 3.0)
        level = tl.minimum((logarithm + 6.0) * (16 / 9), 15.0).to(tl.int32)
        row = table + (entry * 16 + level) * width
        total += tl.load(row + column, mask=column < width, other=0.0).to(tl.float32)
    tl.store(out + token * width + column, total.to(out.dtype.element_ty), mask=column < width)


def dmel_bag(power: Tensor, table: Tensor) -> Tensor:
    """As `reference`, but for powers within rounding of a level's edge."""
    (count, entries), width = power.shape, table.shape[1]
    out = table.new_empty(count, width)
    _kernel[(count, triton.cdiv(width, COLUMNS))](
        power.contiguous(), table, out, entries, width, COLUMNS=COLUMNS
    )
    return out
