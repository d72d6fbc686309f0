"""Matrix product in which every row of the result is computed alike, however many rows there are.

One tile shape for all sizes, the inner dimension walked from left to right by one program: no
split over it, no choice of tiles by the number of rows.
"""

from __future__ import annotations

import triton
import triton.language as tl
from torch import Tensor

ROWS, COLUMNS, INNER = 16, 64, 64


def reference(x: Tensor, weight: Tensor) -> Tensor:
    """x: (N, inner); weight: (columns, inner), as in nn.Linear. Computed in float32."""
    return (x.float() @ weight.float().T).to(x.dtype)


@triton.jit
def _kernel(
    x, weight, out, rows, columns, inner,
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
            mask=(column[None, :] < columns) & (k[:, None] < inner), other=0.0,
        )  # fmt: skip
        total += tl.dot(left, right, input_precision="ieee")
    inside = (row[:, None] < rows) & (column[None, :] < columns)
    place = out + row[:, None] * columns + column[None, :]
    tl.store(place, total.to(out.dtype.element_ty), mask=inside)


def matmul(x: Tensor, weight: Tensor) -> Tensor:
    """As `reference`: (N, inner), (columns, inner) -> (N, columns)."""
    (rows, inner), columns = x.shape, weight.shape[0]
    out = x.new_empty(rows, columns)
    grid = (triton.cdiv(rows, ROWS), triton.cdiv(columns, COLUMNS))
    _kernel[grid](
        x.contiguous(), weight.contiguous(), out, rows, columns, inner,
        ROWS=ROWS, COLUMNS=COLUMNS, INNER=INNER,
    )  # fmt: skip
    return out
