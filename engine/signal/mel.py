"""Causal mel power and dMel, streaming.

dMel (Bai et al., arXiv 2407.15835): every mel bin of every frame is quantised to one of 16
levels and the model sums one embedding per (bin, level). Published code centres its windows and
so looks 20 ms ahead; here frame j ends with sample 320(j+1) and sees nothing later.

The wave is cut on the session's sample clock. Sound is always transformed ten frames (one
micro-turn) at a time, so chunked input gives bit for bit what whole input gives.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES

HOP = 320
WINDOW = 640
FFT = 1024
BINS = 80
LEVELS = 16
FRAMES_PER_TURN = TURN_SAMPLES // HOP
LOW_HZ, HIGH_HZ = 80.0, 7600.0
FLOOR, CEILING = -6.0, 3.0
OVERLAP = WINDOW - HOP


def _mel(hz: np.ndarray | float) -> np.ndarray:
    return 2595.0 * np.log10(1.0 + np.asarray(hz) / 700.0)


@lru_cache(maxsize=1)
def filterbank() -> np.ndarray:
    """Triangular mel filters with peak 1: (513, 80) float32."""
    edges_mel = np.linspace(_mel(LOW_HZ), _mel(HIGH_HZ), BINS + 2)
    edges_hz = 700.0 * (10.0 ** (edges_mel / 2595.0) - 1.0)
    hz = np.arange(FFT // 2 + 1)[:, None] * (SAMPLE_RATE_HZ / FFT)
    rising = (hz - edges_hz[:-2]) / (edges_hz[1:-1] - edges_hz[:-2])
    falling = (edges_hz[2:] - hz) / (edges_hz[2:] - edges_hz[1:-1])
    return np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)


@lru_cache(maxsize=1)
def hann() -> np.ndarray:
    return np.hanning(WINDOW + 1)[:WINDOW].astype(np.float32)


def silence() -> np.ndarray:
    """The overlap with which a session starts: (320,) float32 zeros."""
    return np.zeros(OVERLAP, np.float32)


def turn_mel(overlap: np.ndarray, audio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mel power of one micro-turn: (10, 80) float32, and the next overlap. As `turn_wave`."""
    wave, overlap = turn_wave(overlap, audio)
    return wave_power(wave), overlap


def turn_wave(overlap: np.ndarray, audio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sound that one micro-turn's frames are cut from.

    overlap: (320,) float32, the samples before it. audio: (3200,) float32.
    Returns (3520,) float32 and the next overlap. Samples that are not finite count as silence,
    so that a broken device cannot poison a session.
    """
    wave = np.nan_to_num(np.concatenate([overlap, audio]), nan=0.0, posinf=0.0, neginf=0.0)
    return wave, wave[-OVERLAP:]


def wave_power(wave: np.ndarray) -> np.ndarray:
    """Mel power of a wave from `turn_wave`: (3520,) -> (10, 80) float32."""
    windows = np.lib.stride_tricks.sliding_window_view(wave, WINDOW)[::HOP]
    spectrum = np.fft.rfft(windows * hann(), FFT).astype(np.complex64)
    power = spectrum.real**2 + spectrum.imag**2
    return power @ filterbank()


def wave_mel(wave: np.ndarray) -> np.ndarray:
    """Mel power of a whole wave: (n,) float32 -> (10 * ceil(n / 3200), 80) float32."""
    turns = -(-len(wave) // TURN_SAMPLES)
    padded = np.zeros(turns * TURN_SAMPLES, np.float32)
    padded[: len(wave)] = wave
    overlap = silence()
    frames = np.empty((turns * FRAMES_PER_TURN, BINS), np.float32)
    for turn in range(turns):
        chunk = padded[turn * TURN_SAMPLES : (turn + 1) * TURN_SAMPLES]
        mel, overlap = turn_mel(overlap, chunk)
        frames[turn * FRAMES_PER_TURN : (turn + 1) * FRAMES_PER_TURN] = mel
    return frames


def log_mel(power: np.ndarray) -> np.ndarray:
    """log10 of mel power, clipped to [-6, 3]: same shape, float32."""
    return np.clip(np.log10(np.maximum(power, 10.0**FLOOR)), FLOOR, CEILING).astype(np.float32)


def levels(power: np.ndarray) -> np.ndarray:
    """dMel levels 0..15 of mel power: same shape, uint8."""
    scaled = (log_mel(power) - FLOOR) * (LEVELS / (CEILING - FLOOR))
    return np.minimum(scaled, LEVELS - 1).astype(np.uint8)
