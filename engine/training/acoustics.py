"""What rooms, telephones, laptops and the rest of the world do to a wave.

Everything takes and returns (n,) float32 at 16 kHz, as long as what came in and without delay:
the times of words hold. What is random takes its generator. The same effects on mel power, for
training, stand in engine/training/microphone.py.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.signal import fftconvolve, firwin, firwin2

from engine.microturn import SAMPLE_RATE_HZ

# A laptop's small microphone: little bass, a hill where the case resounds.
LAPTOP_HZ = (0.0, 100.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 6000.0, 8000.0)
LAPTOP_DB = (-40.0, -18.0, -6.0, -1.0, 0.0, 1.0, 3.0, 0.0, -8.0)
_MU = 255.0
SPEECH_FLOOR = 0.1
_FRAME = SAMPLE_RATE_HZ // 50


def gain_db(wave: np.ndarray, decibels: float) -> np.ndarray:
    """Louder by `decibels`; above full scale it is left to the caller to clip."""
    return (wave * 10 ** (decibels / 20)).astype(np.float32)


def room(wave: np.ndarray, response: np.ndarray) -> np.ndarray:
    """A wave heard in a room. response: (m,) impulse response.

    The direct path, the response's peak, is moved to time 0 and the response's energy made 1, so
    that the speech is neither shifted nor made much louder or fainter.
    """
    return np.asarray(fftconvolve(wave, aligned(response))[: len(wave)], np.float32)


def aligned(response: np.ndarray) -> np.ndarray:
    """An impulse response from its direct path on, with energy 1 and a positive direct path.

    Raises ValueError for a response that is silent.
    """
    peak = int(np.argmax(np.abs(response))) if len(response) else 0
    if not len(response) or response[peak] == 0:
        raise ValueError("the room response is silent: choose another recording")
    kept = np.asarray(response[peak:], np.float64)
    return np.asarray(kept * np.sign(kept[0]) / np.sqrt(np.square(kept).sum()), np.float32)


def synthetic_room(
    rng: np.random.Generator, reverberation_s: float = 0.4, direct_db: float = 3.0
) -> np.ndarray:
    """An exponential room: a direct path, then noise that falls 60 dB in `reverberation_s`.

    direct_db: energy of the direct path over all that follows. Returns (m,) float32.
    """
    samples = np.arange(1, round(reverberation_s * SAMPLE_RATE_HZ))
    decay = 10 ** (-3 * samples / (reverberation_s * SAMPLE_RATE_HZ))
    tail = rng.standard_normal(len(samples)) * decay
    # The first reflection comes from a wall, not from the mouth.
    tail[: int(rng.uniform(0.001, 0.006) * SAMPLE_RATE_HZ)] = 0
    tail *= 10 ** (-direct_db / 20) / np.sqrt(float((tail**2).sum()))
    return np.concatenate([[1.0], tail]).astype(np.float32)


def telephone(wave: np.ndarray) -> np.ndarray:
    """300 to 3400 Hz, 8 kHz, 8-bit mu-law (ITU-T G.711's curve), back at 16 kHz."""
    narrow = fftconvolve(wave, _band(300.0, 3400.0), mode="same")[::2]
    coded = np.clip(narrow, -1, 1)
    squeezed = np.sign(coded) * np.log1p(_MU * np.abs(coded)) / np.log1p(_MU)
    steps = np.round(squeezed * 127) / 127
    opened = np.sign(steps) * np.expm1(np.abs(steps) * np.log1p(_MU)) / _MU
    doubled = np.zeros(len(wave))
    doubled[::2] = 2 * opened
    return np.asarray(fftconvolve(doubled, _band(200.0, 3600.0), mode="same"), np.float32)


def laptop(wave: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A small microphone: little bass, a random colour, mild saturation near full scale."""
    shape_db = np.array(LAPTOP_DB) + rng.normal(0, 2.0, len(LAPTOP_DB))
    coloured = fftconvolve(wave, _colour(np.array(LAPTOP_HZ), shape_db), mode="same")
    drive = rng.uniform(1.0, 2.0)
    return np.asarray(np.tanh(drive * coloured) / drive, np.float32)


def mix_at_snr(
    speech: np.ndarray, noise: np.ndarray, snr_db: float, rng: np.random.Generator
) -> np.ndarray:
    """Speech with noise under it, `snr_db` below the speech while it sounds.

    The noise begins anywhere in its recording and is repeated if it is shorter. Silent speech or
    noise has no ratio: the speech comes back unchanged.
    """
    under = excerpt(noise, len(speech), rng)
    wanted, found = active_power(speech), float(np.square(under, dtype=np.float64).sum())
    if wanted == 0 or found == 0:
        return speech.astype(np.float32)
    scale = np.sqrt(wanted * len(speech) / found) * 10 ** (-snr_db / 20)
    return np.asarray(speech + scale * under, np.float32)


def excerpt(noise: np.ndarray, samples: int, rng: np.random.Generator) -> np.ndarray:
    """Any `samples` samples of a noise, repeated as needed. Raises ValueError when it is empty."""
    if not len(noise):
        raise ValueError("the noise is empty: choose another recording")
    slack = len(noise) - samples
    start = int(rng.integers(0, slack + 1)) if slack >= 0 else int(rng.integers(0, len(noise)))
    return np.asarray(noise[(start + np.arange(samples)) % len(noise)], np.float32)


def active_power(wave: np.ndarray) -> float:
    """Mean power of the 20 ms frames in which there is sound; 0 for silence."""
    whole = np.zeros(-(-len(wave) // _FRAME) * _FRAME)
    whole[: len(wave)] = wave
    power = (whole.reshape(-1, _FRAME) ** 2).mean(1)
    loud = power[power > SPEECH_FLOOR**2 * power.max(initial=0.0)]
    return float(loud.mean()) if len(loud) else 0.0


def echo(
    own_voice: np.ndarray, delay_s: float, response: np.ndarray, decibels: float
) -> np.ndarray:
    """The own voice as it comes back into the microphone: late, through the room, fainter.

    Word times move by `delay_s`. Raises ValueError for a negative delay.
    """
    if delay_s < 0:
        raise ValueError(f"an echo cannot come {-delay_s} s before its voice")
    delay = min(len(own_voice), round(delay_s * SAMPLE_RATE_HZ))
    late = np.concatenate([np.zeros(delay, np.float32), own_voice[: len(own_voice) - delay]])
    return gain_db(room(late, response), decibels)


def _colour(knots_hz: np.ndarray, shape_db: np.ndarray) -> np.ndarray:
    """A symmetric filter of 257 taps: used with mode "same" it delays nothing."""
    gains = 10 ** (np.asarray(shape_db) / 20)
    return np.asarray(firwin2(257, knots_hz, gains, fs=SAMPLE_RATE_HZ))


@lru_cache(maxsize=4)
def _band(low_hz: float, high_hz: float) -> np.ndarray:
    return np.asarray(firwin(257, (low_hz, high_hz), pass_zero=False, fs=SAMPLE_RATE_HZ))
