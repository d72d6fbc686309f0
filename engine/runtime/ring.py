"""The ring cache: keys and values of the tokens that are still visible, owned by the runtime.

The ring is longer than the window by more than one micro-turn's tokens. What a micro-turn
overwrites is therefore already out of sight, and rolling back is moving the write mark. Keys are
stored rotated; the sinks' keys live in the head dimensions that no position turns.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.model.config import ModelConfig
from engine.runtime.looking import MOST_PATCHES
from engine.runtime.writing import MARKS

Pair = tuple[np.ndarray, np.ndarray]


def biggest_turn(config: ModelConfig) -> int:
    """Tokens of the fullest micro-turn that a session can meet."""
    heard = 1 + config.audio_tokens + MOST_PATCHES + config.text_in  # 1: what was pending
    written = config.text_out + MARKS
    return heard + written + config.voice_tokens  # speak, and all shares but the last


def slack(config: ModelConfig) -> int:
    """Slots beyond the window: room for the fullest micro-turn."""
    return -(-biggest_turn(config) // 64) * 64


class Ring:
    """keys: (layers, kv_heads, head_width, sinks + slots); values: (layers, kv_heads, sinks +
    slots, head_width). The sinks' own come first and stay; the slots after them are written in
    turn.
    """

    def __init__(self, config: ModelConfig, sinks: Sequence[Pair] = ()) -> None:
        """sinks: per layer their keys and values, zeros if not given."""
        self.window, self.sinks = config.window, config.sinks
        self.slots = config.window + slack(config)
        heads, held = (config.layers, config.kv_heads), config.sinks + self.slots
        self.keys = np.zeros((*heads, config.head_width, held), np.float32)
        self.values = np.zeros((*heads, held, config.head_width), np.float32)
        for layer, (key, value) in enumerate(sinks):
            self.keys[layer][:, :, : self.sinks] = key
            self.values[layer][:, : self.sinks] = value
        self.count = 0

    def indices(self) -> np.ndarray:
        """Token index held in each slot, negative where nothing is: (slots,) int64."""
        slot = np.arange(self.slots)
        last = self.count - 1
        return last - (last - slot) % self.slots if self.count else np.full(self.slots, -1)

    def mask(self, new: int) -> np.ndarray:
        """Additive mask for `new` tokens: (new, sinks + slots + new) float32."""
        query = self.count + np.arange(new)[:, None]
        held, fresh = self.indices()[None, :], query.T
        seen = (held >= 0) & (query - held < self.window)
        among = (fresh <= query) & (query - fresh < self.window)
        sinks = np.ones((new, self.sinks), bool)
        visible = np.concatenate([sinks, seen, among], 1)
        return np.where(visible, 0.0, -1e9).astype(np.float32)

    def append(self, keys: np.ndarray, values: np.ndarray) -> None:
        """keys: (layers, kv_heads, head_width, n); values: (layers, kv_heads, n, head_width)."""
        new = keys.shape[-1]
        slot = self.sinks + (self.count + np.arange(new)) % self.slots
        self.keys[..., slot] = keys
        self.values[:, :, slot] = values
        self.count += new

    def roll_back(self, count: int) -> None:
        """Forget the tokens from index `count` on. At most one micro-turn can be undone."""
        if not max(0, self.count - self.slots + self.window) <= count <= self.count:
            raise ValueError(f"cannot roll back from token {self.count} to {count}")
        self.count = count

    def copy(self) -> Ring:
        twin = object.__new__(Ring)
        twin.window, twin.sinks = self.window, self.sinks
        twin.slots, twin.count = self.slots, self.count
        twin.keys, twin.values = self.keys.copy(), self.values.copy()
        return twin
