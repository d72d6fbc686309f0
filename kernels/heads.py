"""Queries, keys and values from one product to where they are needed, in one kernel.

Each head of each token is normed, weighed and turned by its position as it is read; queries are
laid out for attention, keys and values go straight to their places in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import triton
import triton.language as tl
from torch import Tensor

EPSILON = 1e-6


@dataclass(frozen=True)
class Turn:
    """weight: (heads + kv_heads, width), of the norm. cos, sin: (N, pairs), of each token."""

    weight: Tensor
    cos: Tensor
    sin: Tensor


def reference(made: Tensor, turn: Turn, heads: int) -> tuple[Tensor, Tensor, Tensor]:
    """made: (N, (heads + 2 kv_heads) * width). Returns float32 queries, keys and values: (N,
    heads or kv_heads, width)."""
    turned, width = turn.weight.shape
    kv = turned - heads
    parts = made.float().view(len(made), turned + kv, width)
    x, v = parts.split([turned, kv], 1)
    x = x * (x.square().mean(-1, keepdim=True) + EPSILON).rsqrt() * turn.weight
    pairs, cos, sin = turn.cos.shape[1], turn.cos[:, None], turn.sin[:, None]
    a, b, rest = x[..., :pairs], x[..., pairs : 2 * pairs], x[..., 2 * pairs :]
    x = torch.cat([a * cos - b * sin, b * cos + a * sin, rest], -1)
    q, k = x.split([heads, kv], 1)
    return q, k, v


@triton.jit
def _kernel(
    made, weight, cosines, sines, places, query, keys, values, heads, kv_heads, epsilon,
    PAIRS: tl.constexpr, WIDTH: tl.constexpr,
):  # fmt: skip
    token, head = tl.program_id(0), tl.program_id(1)
    column = tl.arange(0, WIDTH)
    start = made + (token * (heads + 2 * kv_heads) + head) * WIDTH
    x = tl.load(start + column).to(tl.float32)
    if head < heads + kv_heads:
        turns = column < 2 * PAIRS
        partner = tl.where(column < PAIRS, column + PAIRS, column - PAIRS)
        partner = tl.where(turns, partner, column)
        scale = tl.rsqrt(tl.sum(x * x, 0) / WIDTH + epsilon)
        y = tl.load(start + partner).to(tl.float32)
        x = x * scale * tl.load(weight + head * WIDTH + column)
        y = y * scale * tl.load(weight + head * WIDTH + partner)
        angle = token * PAIRS + column % PAIRS
        cos = tl.load(cosines + angle, mask=turns, other=1.0)
        sin = tl.load(sines + angle, mask=turns, other=0.0)
        x = x * cos + tl.where(column < PAIRS, -y, y) * sin
    if head < heads:
        out = query + (token * heads + head) * WIDTH + column
        tl.store(out, x.to(query.dtype.element_ty))
    else:
        kv_head = (head - heads) % kv_heads
        place = (tl.load(places + token) * kv_heads + kv_head) * WIDTH + column
        if head < heads + kv_heads:
            tl.store(keys + place, x.to(keys.dtype.element_ty))
        else:
            tl.store(values + place, x.to(values.dtype.element_ty))


def spread(
    made: Tensor, turn: Turn, heads: int, keys: Tensor, values: Tensor, places: Tensor
) -> Tensor:
    """As `reference`, but keys and values are written into the caches: token n's at places[n] of
    their first dimension. keys, values: (…, kv_heads, width). Returns queries of their kind."""
    turned, width = turn.weight.shape
    query = made.new_empty(len(made), heads, width, dtype=keys.dtype)
    kv_heads = turned - heads
    _kernel[(len(made), heads + 2 * kv_heads)](
        made.contiguous(), turn.weight, turn.cos.contiguous(), turn.sin.contiguous(), places,
        query, keys, values, heads, kv_heads, EPSILON, PAIRS=turn.cos.shape[1], WIDTH=width,
    )  # fmt: skip
    return query
