"""Laws of dMel: causal, streaming, and deaf to broken devices."""

from __future__ import annotations

import numpy as np
import pytest

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.signal import mel
from tests import untrained

pytestmark = pytest.mark.timeout(60)


def tone(hz: float, amplitude: float = 0.3) -> np.ndarray:
    """Two micro-turns of a sine: (6400,) float32."""
    time = np.arange(2 * TURN_SAMPLES) / SAMPLE_RATE_HZ
    return (amplitude * np.sin(2 * np.pi * hz * time)).astype(np.float32)


def streamed(wave: np.ndarray) -> np.ndarray:
    """Levels of a wave that arrives micro-turn by micro-turn: (10 n, 80) uint8."""
    overlap, parts = mel.silence(), []
    for turn in wave.reshape(-1, TURN_SAMPLES):
        power, overlap = mel.turn_mel(overlap, turn)
        parts.append(mel.levels(power))
    return np.concatenate(parts)


@pytest.mark.parametrize("seed", range(3))
def test_chunks_give_what_the_whole_gives(seed: int) -> None:
    """Sound that streams in gives the levels of the whole wave, bit for bit."""
    wave = untrained.sound(20, seed).ravel()
    assert np.array_equal(streamed(wave), mel.levels(mel.wave_mel(wave)))


def test_frames_stand_on_the_sample_clock() -> None:
    """Frame j sees samples 320(j-1) to 320(j+1), across the joints of micro-turns as elsewhere."""
    wave = untrained.sound(6).ravel()
    padded = np.concatenate([np.zeros(mel.HOP, np.float32), wave])
    windows = np.lib.stride_tricks.sliding_window_view(padded, mel.WINDOW)[:: mel.HOP]
    spectrum = np.fft.rfft(windows * np.hanning(mel.WINDOW + 1)[: mel.WINDOW], mel.FFT)
    power = np.abs(spectrum) ** 2 @ mel.filterbank()
    assert np.allclose(mel.wave_mel(wave), power, rtol=1e-3, atol=1e-6)


def test_what_comes_later_changes_nothing_before() -> None:
    """Sample n reaches no frame that ends before it, and does reach the two that hold it."""
    wave = untrained.sound(4).ravel()
    before = mel.wave_mel(wave)
    for n in np.random.default_rng(1).integers(0, len(wave), 60):
        other = wave.copy()
        other[n] += 0.5
        touched = np.flatnonzero((mel.wave_mel(other) != before).any(1))
        assert touched.min() * mel.HOP + mel.HOP > n
        assert set(touched) <= {n // mel.HOP, n // mel.HOP + 1}


def test_the_end_of_a_wave_is_padded_not_dropped() -> None:
    """A wave that ends within a micro-turn is heard as if silence followed."""
    wave = untrained.sound(2).ravel()[:4000]
    padded = np.concatenate([wave, np.zeros(2400, np.float32)])
    assert np.array_equal(mel.wave_mel(wave), mel.wave_mel(padded))


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_samples_that_are_no_numbers_count_as_silence(broken: float) -> None:
    """A device that delivers no numbers is heard as silence, then and afterwards."""
    wave, silent = untrained.sound(3).ravel(), untrained.sound(3).ravel()
    wave[4000:5000], silent[4000:5000] = broken, 0.0
    assert np.array_equal(streamed(wave), streamed(silent))
    assert np.isfinite(mel.wave_mel(wave)).all()


def test_more_power_is_never_a_lower_level() -> None:
    """Levels grow with power, from 0 to 15 and no further."""
    power = np.concatenate([[0.0], np.geomspace(1e-9, 1e9, 2000), [np.inf]]).astype(np.float32)
    level = mel.levels(power)
    assert (np.diff(level.astype(int)) >= 0).all()
    assert set(level) == set(range(mel.LEVELS))


@pytest.mark.parametrize("hz", [150.0, 440.0, 1000.0, 3000.0, 7000.0])
def test_a_tone_is_loudest_in_the_bin_that_is_tuned_to_it(hz: float) -> None:
    """The loudest bin of a tone is the one whose filter answers its frequency most."""
    loudest = mel.wave_mel(tone(hz))[-5:].mean(0).argmax()
    answer = mel.filterbank()[round(hz * mel.FFT / SAMPLE_RATE_HZ)]
    assert abs(int(loudest) - int(answer.argmax())) <= 1


def test_ordinary_speech_and_silence_use_the_scale() -> None:
    """Digital silence is level 0 everywhere; sound at -20 dBFS reaches the upper half."""
    assert not mel.levels(mel.wave_mel(np.zeros(TURN_SAMPLES, np.float32))).any()
    assert mel.levels(mel.wave_mel(tone(440, 0.1))).max() >= mel.LEVELS // 2


def test_louder_by_ten_decibels_is_the_same_step_everywhere() -> None:
    """A gain moves the log of every bin by itself: 20 dB are 2 in log10 of power."""
    wave = untrained.sound(2).ravel()
    quiet, loud = mel.wave_mel(wave * 0.01), mel.wave_mel(wave * 0.1)
    assert np.allclose(np.log10(loud) - np.log10(quiet), 2.0, atol=1e-3)
