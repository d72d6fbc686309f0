"""Speech that is not meant for the listener, as Full-Duplex-Bench v1.5 publishes its acoustics."""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, firwin2, lfilter

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.acoustics import gain_db

BACKGROUND_DB, BACKGROUND_HZ = -15.0, 3000.0
BACKGROUND_ECHO = (0.100, -10.0)
AWAY_DB, SHELF_HZ, SHELF_DB = -8.0, 4000.0, -5.0
AWAY_ECHOES = ((0.045, -6.0), (0.120, -12.0))
_TAPS = 129


def background(wave: np.ndarray) -> np.ndarray:
    """Somebody else in the room: -15 dB, nothing above 3 kHz, an echo of -10 dB after 100 ms.

    (n,) float32 in and out, 16 kHz; the last echo is kept, so it grows by its delay.
    """
    b, a = butter(4, BACKGROUND_HZ, fs=SAMPLE_RATE_HZ)
    return gain_db(_echoed(np.asarray(lfilter(b, a, wave)), (BACKGROUND_ECHO,)), BACKGROUND_DB)


def turned_away(wave: np.ndarray) -> np.ndarray:
    """The user talking to somebody else: -8 dB, 5 dB less above 4 kHz, two reflections.

    (n,) float32 in and out, 16 kHz; it grows by the longest delay.
    """
    gains = [1.0, 1.0, 10 ** (SHELF_DB / 20), 10 ** (SHELF_DB / 20)]
    shelf = firwin2(_TAPS, [0, SHELF_HZ - 200, SHELF_HZ + 200, 8000], gains, fs=SAMPLE_RATE_HZ)
    coloured = np.convolve(wave, shelf)[_TAPS // 2 : _TAPS // 2 + len(wave)]
    return gain_db(_echoed(coloured, AWAY_ECHOES), AWAY_DB)


def _echoed(wave: np.ndarray, echoes: tuple[tuple[float, float], ...]) -> np.ndarray:
    longest = max(round(delay_s * SAMPLE_RATE_HZ) for delay_s, _ in echoes)
    whole = np.concatenate([wave, np.zeros(longest)])
    dry = whole.copy()
    for delay_s, decibels in echoes:
        delay = round(delay_s * SAMPLE_RATE_HZ)
        whole[delay:] += dry[: len(dry) - delay] * 10 ** (decibels / 20)
    return whole.astype(np.float32)
