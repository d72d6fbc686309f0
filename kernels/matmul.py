"""Matrix product in which every row of the result is computed alike, however many rows there are.

The tile's shape follows from the weight's and never from the number of rows; the inner dimension
is walked from left to right by one program: no split over it. Weights may be int8 with a scale for
each column; what commonly follows a product is done before its result is stored.
"""

from __future__ import annotations

import torch
import triton
import triton.language as tl
from torch import Tensor

ROWS, INNER = 16, 64
NARROW, WIDE, FEW = 16, 64, 4096
# Tiles held and awaited: a narrow one has 2 KiB of weights in bfloat16, a wide one 16 in float32.
STAGES = {NARROW: 6, WIDE: 4}


def tile(columns: int) -> int:
    """Few columns in narrow tiles, so that more programs read the weight at once."""
    return NARROW if columns <= FEW else WIDE


def reference(
    x: Tensor, weight: Tensor, scale: Tensor | None = None, squared: bool = False,
    beside: Tensor | None = None,
) -> Tensor:  # fmt: skip
    """x: (N, inner); weight: (columns, inner), as in nn.Linear; scale: (columns,). Returns
    float32: its positive part squared if `squared`, with `beside` (N, columns) added."""
    y = x.float() @ weight.float().T
    y = y if scale is None else y * scale
    y = y.relu().square() if squared else y
    return y if beside is None else beside + y


@triton.jit(do_not_specialize=("rows",))  # one machine code however many: see attention.py
def _kernel(
    x, weight, scale, beside, out, rows, columns, inner,
    SCALED: tl.constexpr, SQUARED: tl.constexpr, ADDED: tl.constexpr,
    ROWS: tl.constexpr, COLUMNS: tl.constexpr, INNER: tl.constexpr,
):  # fmt: skip
    row = tl.program_id(0) * ROWS + tl.arange(0, ROWS)
    column = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    total = tl.zeros((ROWS, COLUMNS), tl.float32)
    for start in range(0, inner, INNER):
        k = start + tl.arange(0, INNER)
        left = tl.load(
            x + row[:, None] * inner + k[None, :],
            mask=(row[:, None] < rows) & (k[None, :] < inner), other=0.0,
        )  # fmt: skip
        right = tl.load(
            weight + column[None, :] * inner + k[:, None],
            mask=(column[None, :] < columns) & (k[:, None] < inner), other=0,
        )  # fmt: skip
        total += tl.dot(left, right.to(left.dtype), input_precision="ieee")
    inside = (row[:, None] < rows) & (column[None, :] < columns)
    place = row[:, None] * columns + column[None, :]
    if SCALED:
        total = total * tl.load(scale + column, mask=column < columns, other=0.0)[None, :]
    if SQUARED:
        total = tl.maximum(total, 0.0)
        total = total * total
    if ADDED:
        total = tl.load(beside + place, mask=inside, other=0.0) + total
    tl.store(out + place, total, mask=inside)


def matmul(
    x: Tensor, weight: Tensor, scale: Tensor | None = None, squared: bool = False,
    beside: Tensor | None = None,
) -> Tensor:  # fmt: skip
    """As `reference`: (N, inner), (columns, inner) -> (N, columns) float32."""
    (rows, inner), columns = x.shape, weight.shape[0]
    out = x.new_empty(rows, columns, dtype=torch.float32)
    wide = tile(columns)
    _kernel[(triton.cdiv(rows, ROWS), triton.cdiv(columns, wide))](
        x.contiguous(), weight.contiguous(), weight if scale is None else scale,
        x if beside is None else beside.contiguous(), out, rows, columns, inner,
        SCALED=scale is not None, SQUARED=squared, ADDED=beside is not None,
        ROWS=ROWS, COLUMNS=wide, INNER=INNER, num_stages=STAGES[wide],
    )  # fmt: skip
    return out
