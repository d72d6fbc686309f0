"""Two-dimensional positions: one half of the rotary pairs follows the token index, the other the
micro-turn index, so that elapsed time is something attention measures directly.

Every frequency is a whole number of turns in `period` indices. Indices can therefore be counted
modulo the period and stay in the trained range for a session of any length.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.model.config import ModelConfig


def frequencies(config: ModelConfig) -> np.ndarray:
    """Angle per index: (rotary / 2,) float64, token half first, micro-turn half second."""
    pairs = config.rotary // 4
    turns = np.round(np.geomspace(config.period / (2 * np.pi), 1.0, pairs))
    half = turns * (2 * np.pi / config.period)
    return np.concatenate([half, half])


_table = lru_cache(frequencies)


def angles(config: ModelConfig, token: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """Angles of positions: (n,), (n,) int64 -> (n, rotary / 2) float64."""
    table = _table(config)
    half = len(table) // 2
    token, turn = token % config.period, turn % config.period
    return np.concatenate([token[:, None] * table[:half], turn[:, None] * table[half:]], 1)
