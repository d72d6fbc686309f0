"""Attention of new tokens over sinks and a ring cache: the same for k tokens at once and for one.

Keys are walked in splits of a fixed size that begin at multiples of it in absolute positions, not
at the first visible key. So a query meets its keys in the same groups and the same order whether
it came alone or in company, and partial results are joined from left to right. A split in which a
query sees nothing changes nothing, bit for bit: it adds 0 and scales by 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import triton
import triton.language as tl
from torch import Tensor

SPLIT, QUERIES = 64, 16
_NOTHING = -1.0e30


@dataclass(frozen=True)
class Cache:
    """A ring of `capacity` slots; the token of absolute position p lies in slot p % capacity.

    keys, values: (capacity, kv_heads, width). sink_keys, sink_values: (sinks, kv_heads, width),
    seen by every query. window: how many tokens a query sees, itself included.
    """

    keys: Tensor
    values: Tensor
    sink_keys: Tensor
    sink_values: Tensor
    window: int


def reference(query: Tensor, cache: Cache, first: int) -> Tensor:
    """query: (T, heads, width) of the tokens at absolute positions first..first + T - 1, whose
    keys and values are in the cache already. Returns (T, heads, width)."""
    length, heads, width = query.shape
    group = heads // cache.keys.shape[1]
    rows = []
    for index in range(length):
        position = first + index
        slots = torch.arange(max(0, position - cache.window + 1), position + 1)
        slots = slots % len(cache.keys)
        keys = torch.cat([cache.sink_keys, cache.keys[slots]]).repeat_interleave(group, 1)
        values = torch.cat([cache.sink_values, cache.values[slots]]).repeat_interleave(group, 1)
        scores = torch.einsum("hw,khw->hk", query[index].float(), keys.float()) * width**-0.5
        rows.append(torch.einsum("hk,khw->hw", scores.softmax(-1), values.float()))
    return torch.stack(rows).to(query.dtype)


@triton.jit
def _partial_kernel(
    query, keys, values, sink_keys, sink_values, sums, peaks, outs,
    first, length, heads, kv_heads, sinks, capacity, window, first_split, splits, scale,
    WIDTH: tl.constexpr, SPLIT: tl.constexpr, QUERIES: tl.constexpr,
):  # fmt: skip
    """One split, or the sinks (split 0), for one tile of queries and one head."""
    tile, head, split = tl.program_id(0), tl.program_id(1), tl.program_id(2)
    index = tile * QUERIES + tl.arange(0, QUERIES)
    width = tl.arange(0, WIDTH)
    kv_head = head // (heads // kv_heads)
    q = tl.load(
        query + (index[:, None] * heads + head) * WIDTH + width[None, :],
        mask=index[:, None] < length, other=0.0,
    ).to(tl.float32)  # fmt: skip
    key = tl.arange(0, SPLIT)
    if split == 0:
        there = key < sinks
        offset = (key * kv_heads + kv_head) * WIDTH
        k = tl.load(sink_keys + offset[None, :] + width[:, None], mask=there[None, :], other=0.0)
        v = tl.load(sink_values + offset[:, None] + width[None, :], mask=there[:, None], other=0.0)
        seen = there[None, :] & (index[:, None] < length)
    else:
        position = (first_split + split - 1) * SPLIT + key
        offset = ((position % capacity) * kv_heads + kv_head) * WIDTH
        there = position < first + length
        k = tl.load(keys + offset[None, :] + width[:, None], mask=there[None, :], other=0.0)
        v = tl.load(values + offset[:, None] + width[None, :], mask=there[:, None], other=0.0)
        back = (first + index)[:, None] - position[None, :]
        seen = (back >= 0) & (back < window) & (index[:, None] < length)
    score = tl.dot(q, k.to(tl.float32), input_precision="ieee") * scale
    score = tl.where(seen, score, -1.0e30)
    peak = tl.max(score, 1)
    weight = tl.where(seen, tl.exp(score - peak[:, None]), 0.0)
    out = tl.dot(weight, v.to(tl.float32), input_precision="ieee")
    place = ((index * heads + head) * (splits + 1)) + split
    inside = index < length
    tl.store(peaks + place, peak, mask=inside)
    tl.store(sums + place, tl.sum(weight, 1), mask=inside)
    tl.store(outs + place[:, None] * WIDTH + width[None, :], out, mask=inside[:, None])


@triton.jit
def _join_kernel(
    sums, peaks, outs, result, splits, WIDTH: tl.constexpr
):
    """The partial results of one query and head, from left to right."""
    row = tl.program_id(0)
    width = tl.arange(0, WIDTH)
    start = row * (splits + 1)
    peak, total = tl.load(peaks + start), tl.load(sums + start)
    out = tl.load(outs + start * WIDTH + width)
    for split in range(1, splits + 1):
        next_peak = tl.load(peaks + start + split)
        higher = tl.maximum(peak, next_peak)
        before, now = tl.exp(peak - higher), tl.exp(next_peak - higher)
        total = total * before + tl.load(sums + start + split) * now
        out = out * before + tl.load(outs + (start + split) * WIDTH + width) * now
        peak = higher
    tl.store(result + row * WIDTH + width, (out / total).to(result.dtype.element_ty))


def attention(query: Tensor, cache: Cache, first: int) -> Tensor:
    """As `reference`. There must be at least one sink, at most SPLIT; width is a power of two."""
    length, heads, width = query.shape
    kv_heads, sinks = cache.keys.shape[1], len(cache.sink_keys)
    if not 0 < sinks <= SPLIT:
        raise ValueError(f"{sinks} sinks: from 1 to {SPLIT} are needed")
    first_split = max(0, first - cache.window + 1) // SPLIT
    splits = (first + length - 1) // SPLIT - first_split + 1
    rows = length * heads * (splits + 1)
    sums, peaks = (query.new_empty(rows, dtype=torch.float32) for _ in range(2))
    outs = query.new_empty(rows, width, dtype=torch.float32)
    _partial_kernel[(triton.cdiv(length, QUERIES), heads, splits + 1)](
        query.contiguous(), cache.keys, cache.values, cache.sink_keys, cache.sink_values,
        sums, peaks, outs, first, length, heads, kv_heads, sinks, len(cache.keys), cache.window,
        first_split, splits, width**-0.5, WIDTH=width, SPLIT=SPLIT, QUERIES=QUERIES,
    )  # fmt: skip
    result = torch.empty_like(query, memory_format=torch.contiguous_format)
    _join_kernel[(length * heads,)](sums, peaks, outs, result, splits, WIDTH=width)
    return result
