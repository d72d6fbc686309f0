"""Whether a voice is in one piece: jumps where micro-turns meet, and silence inside words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.training.voices.clip import Word, envelope

GAP_S = 0.06
SILENT_DB = -45.0
_STEP_S = 0.005


def jumps(wave: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sizes of the steps from sample to sample, where micro-turns meet and everywhere else.

    wave: (3200 * turns,). Returns (turns - 1,) and the others.
    """
    step = np.abs(np.diff(wave))
    at = np.zeros(len(step), bool)
    at[TURN_SAMPLES - 1 :: TURN_SAMPLES] = True
    return step[at], step[~at]


def gaps(wave: np.ndarray, words: Sequence[Word], late_s: float = 0.0) -> int:
    """How many words hold a silence of more than 60 ms (45 dB below the loud parts).

    late_s: by how much the wave is later than the words' times.
    """
    level = envelope(wave)
    if not len(level):
        return 0
    silent = level < np.quantile(level, 0.95) * 10 ** (SILENT_DB / 20)
    spans = [
        (round((word.start_s + late_s) / _STEP_S), round((word.end_s + late_s) / _STEP_S))
        for word in words
    ]
    return sum(_longest(silent[first:last]) * _STEP_S > GAP_S for first, last in spans)


def _longest(silent: np.ndarray) -> int:
    """The longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(int)))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def seconds(wave: np.ndarray) -> float:
    return len(wave) / SAMPLE_RATE_HZ
