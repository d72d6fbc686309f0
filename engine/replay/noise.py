"""The noise floor: what a quiet room gives a microphone.

Digital silence is something no microphone ever gave, and sound that falls to it tells a model
that a file has ended. Each micro-turn's floor depends on (seed, micro-turn) alone.
"""

from __future__ import annotations

import numpy as np

from engine.microturn import TURN_SAMPLES
from engine.replay.media import on_tape_grid

LEVEL_DBFS = -75.0


def noise_floor(seed: int, turn: int) -> np.ndarray:
    """(3200,) float32 of white noise at -75 dBFS RMS, on the tape grid."""
    source = np.random.Generator(np.random.Philox(key=[seed % 2**64, turn]))
    wave = source.standard_normal(TURN_SAMPLES, np.float32) * 10.0 ** (LEVEL_DBFS / 20.0)
    return on_tape_grid(wave)


def filled(wave: np.ndarray, seed: int, turn: int) -> np.ndarray:
    """A micro-turn whose missing end is noise floor: (n <= 3200,) -> (3200,) float32."""
    if len(wave) == TURN_SAMPLES:
        return wave
    floor = noise_floor(seed, turn)
    floor[: len(wave)] = wave
    return floor
