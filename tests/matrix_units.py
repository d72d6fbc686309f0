"""A tile's product as matrix units compute it, for Triton's interpreter."""

from __future__ import annotations

from typing import Any

import numpy as np
from triton.runtime import interpreter


def by_rows(self: object, a: Any, b: Any, d: Any, *_: object) -> Any:
    """A tile's product as matrix units do it: each row alike, wherever in the tile it stands."""
    products = a.data.astype(d.data.dtype)[:, :, None] * b.data.astype(d.data.dtype)[None]
    return interpreter.TensorHandle(np.add.reduce(products, 1) + d.data, d.dtype.scalar)
