"""Attention of new tokens over sinks and a ring cache: the same for k tokens at once and for one,
for one session and for many.

Keys are walked in splits of a fixed size that begin at multiples of it in absolute positions, not
at the first visible key. So a query meets its keys in the same groups and the same order whether
it came alone or in company, and partial results are joined from left to right. A split in which a
query sees nothing changes nothing, bit for bit: it adds 0 and scales by 1.

Where sessions stand is read on the device, and how many splits are walked follows from the shapes
alone: so the same launch serves every micro-turn, and may be recorded. And it is one machine code
for all shapes: Triton would else compile one for a single token and another for many, and which
sums are fused to one rounding is the compiler's choice, made anew for each.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import triton
import triton.language as tl
from torch import Tensor

SPLIT, QUERIES = 64, 16
PARTIAL = 1 << 28  # numbers of partial results in memory at once, 1 GiB; places count in 32 bits


@dataclass(frozen=True)
class Cache:
    """Rings of `capacity` places; the token of absolute position p lies in place p % capacity.

    keys, values: (slots, capacity, kv_heads, width). sink_keys, sink_values: (sinks, kv_heads,
    width), seen by every query. window: how many tokens a query sees, itself included.
    """

    keys: Tensor
    values: Tensor
    sink_keys: Tensor
    sink_values: Tensor
    window: int


@dataclass(frozen=True)
class Standing:
    """Where B sessions stand, (B,) int64 each: slot, which ring; first, the position of the first
    new token; length, how many of the T queries are real."""

    slot: Tensor
    first: Tensor
    length: Tensor


def reference(query: Tensor, cache: Cache, standing: Standing, scale: float) -> Tensor:
    """query: (B, T, heads, width), whose keys and values are in the cache already.

    Returns the same shape; zeros for queries that are not real.
    """
    out = torch.zeros_like(query)
    rows = zip(standing.slot.tolist(), standing.first.tolist(), standing.length.tolist(),
               strict=True)  # fmt: skip
    for row, (slot, first, length) in enumerate(rows):
        for index in range(length):
            out[row, index] = _one(query[row, index], cache, slot, first + index, scale)
    return out


def _one(query: Tensor, cache: Cache, slot: int, position: int, scale: float) -> Tensor:
    """(heads, width), of one token."""
    group = len(query) // cache.keys.shape[2]
    places = torch.arange(max(0, position - cache.window + 1), position + 1)
    places = (places % cache.keys.shape[1]).to(query.device)
    keys = torch.cat([cache.sink_keys, cache.keys[slot, places]]).repeat_interleave(group, 1)
    values = torch.cat([cache.sink_values, cache.values[slot, places]]).repeat_interleave(group, 1)
    scores = torch.einsum("hw,khw->hk", query.float(), keys.float()) * scale
    return torch.einsum("hk,khw->hw", scores.softmax(-1), values.float()).to(query.dtype)


@triton.jit(
    do_not_specialize=(
        "slots", "firsts", "lengths", "tiles", "width_queries", "capacity", "splits",
    )
)  # fmt: skip
def _partial_kernel(
    query, keys, values, sink_keys, sink_values, sums, peaks, outs, slots, firsts, lengths,
    tiles, width_queries, heads, kv_heads, sinks, capacity, window, splits, scale,
    WIDTH: tl.constexpr, SPLIT: tl.constexpr, QUERIES: tl.constexpr,
):  # fmt: skip
    """One split, or the sinks (split 0), for one tile of one session's queries and one head."""
    row, tile = tl.program_id(0) // tiles, tl.program_id(0) % tiles
    head, split = tl.program_id(1), tl.program_id(2)
    first, length = tl.load(firsts + row), tl.load(lengths + row)
    index = tile * QUERIES + tl.arange(0, QUERIES)
    inside = index < width_queries
    real = index < length
    place = ((row * width_queries + index) * heads + head) * (splits + 1) + split
    width = tl.arange(0, WIDTH)
    kv_head = head // (heads // kv_heads)
    begin = (tl.maximum(first - window + 1, 0) // SPLIT + split - 1) * SPLIT
    earliest = first + tile * QUERIES
    latest = first + tl.minimum(length, (tile + 1) * QUERIES) - 1
    meets = (begin <= latest) & (begin + SPLIT > earliest - window + 1)
    if (split == 0) | meets:
        q = tl.load(
            query + ((row * width_queries + index[:, None]) * heads + head) * WIDTH
            + width[None, :], mask=real[:, None], other=0.0,
        )  # fmt: skip
        key = tl.arange(0, SPLIT)
        if split == 0:
            there = key < sinks
            offset = (key.to(tl.int64) * kv_heads + kv_head) * WIDTH
            k = tl.load(
                sink_keys + offset[None, :] + width[:, None], mask=there[None, :], other=0.0
            )
            v = tl.load(
                sink_values + offset[:, None] + width[None, :], mask=there[:, None], other=0.0
            )
            seen = there[None, :] & real[:, None]
        else:
            position = begin + key
            ring = tl.load(slots + row) * capacity
            offset = ((ring + position % capacity) * kv_heads + kv_head) * WIDTH
            there = position < first + length
            k = tl.load(keys + offset[None, :] + width[:, None], mask=there[None, :], other=0.0)
            v = tl.load(values + offset[:, None] + width[None, :], mask=there[:, None], other=0.0)
            back = (first + index)[:, None] - position[None, :]
            seen = (back >= 0) & (back < window) & real[:, None]
        score = tl.dot(q, k, input_precision="ieee") * scale
        score = tl.where(seen, score, -1.0e30)
        peak = tl.max(score, 1)
        weight = tl.where(seen, tl.exp(score - peak[:, None]), 0.0)
        out = tl.dot(weight.to(v.dtype), v, input_precision="ieee")
        tl.store(peaks + place, peak, mask=inside)
        tl.store(sums + place, tl.sum(weight, 1), mask=inside)
        tl.store(outs + place[:, None] * WIDTH + width[None, :], out, mask=inside[:, None])
    else:
        none = tl.zeros((QUERIES,), tl.float32)
        nothing = tl.zeros((QUERIES, WIDTH), tl.float32)
        tl.store(peaks + place, none - 1.0e30, mask=inside)
        tl.store(sums + place, none, mask=inside)
        tl.store(outs + place[:, None] * WIDTH + width[None, :], nothing, mask=inside[:, None])


@triton.jit(do_not_specialize=("lengths", "per_session", "splits"))
def _join_kernel(
    sums, peaks, outs, result, lengths, per_session, heads, splits, WIDTH: tl.constexpr
):
    """The partial results of one query and head, from left to right."""
    row = tl.program_id(0)
    session, index = row // per_session, (row % per_session) // heads
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
    real = index < tl.load(lengths + session)
    shown = tl.where(real, out / tl.where(real, total, 1.0), 0.0)
    tl.store(result + row * WIDTH + width, shown.to(result.dtype.element_ty))


def attention(query: Tensor, cache: Cache, standing: Standing, scale: float) -> Tensor:
    """As `reference`. There must be at least one sink, at most SPLIT; width is a power of two."""
    batch, length, heads, width = query.shape
    if not 0 < len(cache.sink_keys) <= SPLIT:
        raise ValueError(f"{len(cache.sink_keys)} sinks: from 1 to {SPLIT} are needed")
    splits = (cache.window + length - 1 + SPLIT - 2) // SPLIT + 1  # wherever the first begins
    query = query.contiguous()
    result = torch.empty_like(query)
    at_once = max(1, PARTIAL // (length * heads * (splits + 1) * width))
    for begin in range(0, batch, at_once):
        some = slice(begin, begin + at_once)
        stands = Standing(standing.slot[some], standing.first[some], standing.length[some])
        _attend(query[some], cache, stands, scale, splits, result[some])
    return result


def _attend(
    query: Tensor, cache: Cache, standing: Standing, scale: float, splits: int, result: Tensor
) -> None:
    """Of so many sessions that their partial results fit."""
    batch, length, heads, width = query.shape
    capacity, kv_heads, sinks = *cache.keys.shape[1:3], len(cache.sink_keys)
    rows, tiles = batch * length * heads, triton.cdiv(length, QUERIES)
    sums, peaks = (query.new_empty(rows * (splits + 1), dtype=torch.float32) for _ in range(2))
    outs = query.new_empty(rows * (splits + 1), width, dtype=torch.float32)
    _partial_kernel[(batch * tiles, heads, splits + 1)](
        query, cache.keys, cache.values, cache.sink_keys, cache.sink_values,
        sums, peaks, outs, standing.slot, standing.first, standing.length,
        tiles, length, heads, kv_heads, sinks, capacity, cache.window, splits, scale,
        WIDTH=width, SPLIT=SPLIT, QUERIES=QUERIES,
    )  # fmt: skip
    _join_kernel[(rows,)](
        sums, peaks, outs, result, standing.length, length * heads, heads, splits, WIDTH=width
    )
