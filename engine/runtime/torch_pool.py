"""The ring caches of all sessions in one allocation: a slot is a session's place in it.

A session's cache outside of its slot is a `Ring`, the same value that the ONNX path computes on:
so a snapshot is a value, may rest in a file, and goes on in either runtime.
"""

from __future__ import annotations

import gc
import weakref
from collections import deque
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.model.config import ModelConfig
from engine.runtime.folded import sinks
from engine.runtime.ring import Ring, slack


class NoSlot(Exception):
    """Every slot belongs to a session."""


class SlotCache:
    """A session's cache: in a slot once it has been computed on, in a ring before that."""

    def __init__(self, pool: Pool, kept: Ring | None = None) -> None:
        self.pool, self.kept = pool, kept
        self.slot: int | None = None
        self.count = 0 if kept is None else kept.count

    def seat(self) -> int:
        """Its slot, taken now if it has none. Raises NoSlot."""
        if self.slot is None:
            slot = self.pool.take()
            weakref.finalize(self, self.pool.give_back, slot)
            self.pool.write(slot, self.kept)
            self.slot, self.kept = slot, None
        return self.slot

    def roll_back(self, count: int) -> None:
        """Forget the tokens from index `count` on. At most one micro-turn can be undone."""
        oldest = max(0, self.count - self.pool.capacity + self.pool.config.window)
        if not oldest <= count <= self.count:
            raise ValueError(f"cannot roll back from token {self.count} to {count}")
        self.count = count

    def copy(self) -> Ring:
        """What it holds, apart from the pool."""
        if self.slot is None:
            ring = self.pool.empty() if self.kept is None else self.kept.copy()
        else:
            with self.pool.lock:
                ring = self.pool.read(self.slot)
        ring.count = self.count
        return ring


class Pool:
    """keys, values: (layers, slots + 1, capacity, kv_heads, head_width); the token of absolute
    position p lies at p % capacity. The last slot belongs to nobody: what pads a batch is
    written there.
    """

    def __init__(
        self, config: ModelConfig, weights: Mapping[str, Tensor], slots: int,
        kind: torch.dtype, device: torch.device, lock: AbstractContextManager[Any],
    ) -> None:  # fmt: skip
        self.config, self.slots, self.lock = config, slots, lock
        self.capacity = config.window + slack(config)
        shape = (config.layers, slots + 1, self.capacity, config.kv_heads, config.head_width)
        self.keys, self.values = (torch.zeros(shape, dtype=kind, device=device) for _ in range(2))
        self.sinks = sinks(config, _sink_arrays(weights))
        self._free = deque(range(slots))

    @property
    def nobody(self) -> int:
        return self.slots

    @property
    def free(self) -> int:
        return len(self._free)

    def take(self) -> int:
        if not self._free:
            gc.collect()  # a session that was left in a cycle keeps its slot until then
        try:
            return self._free.popleft()
        except IndexError:
            raise NoSlot(
                f"all {self.slots} places of the device's cache are taken; close a session, or "
                "start the engine with more"
            ) from None

    def give_back(self, slot: int) -> None:
        self._free.append(slot)

    def empty(self) -> Ring:
        return Ring(self.config, self.sinks)

    def write(self, slot: int, ring: Ring | None) -> None:
        """Fills a slot from a ring; without one nothing of whoever had it before is left."""
        if ring is None:
            self.keys[:, slot].zero_()
            self.values[:, slot].zero_()
            return
        first = self.config.sinks
        keys = torch.from_numpy(ring.keys[..., first:]).permute(0, 3, 1, 2)
        values = torch.from_numpy(ring.values[:, :, first:]).permute(0, 2, 1, 3)
        self.keys[:, slot] = keys.to(self.keys)
        self.values[:, slot] = values.to(self.values)

    def read(self, slot: int) -> Ring:
        """A slot's content as a ring, whose count is to be set."""
        ring, first = self.empty(), self.config.sinks
        ring.keys[..., first:] = _host(self.keys[:, slot].permute(0, 2, 3, 1))
        ring.values[:, :, first:] = _host(self.values[:, slot].permute(0, 2, 1, 3))
        return ring


def _host(tensor: Tensor) -> np.ndarray:
    return tensor.contiguous().float().cpu().numpy()


def _sink_arrays(weights: Mapping[str, Tensor]) -> dict[str, np.ndarray]:
    return {
        name: tensor.float().cpu().numpy()
        for name, tensor in weights.items()
        if name.endswith(("sink_key", "sink_value"))
    }
