"""What the world does to a wave, without moving its words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.microturn import SAMPLE_RATE_HZ
from engine.training import acoustics
from engine.training.microphone import BIN_HZ, throat

pytestmark = pytest.mark.timeout(60)

Effect = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def bursts(seconds: float = 3.0) -> np.ndarray:
    """Something like words: noise of speech's band, switched on and off unevenly."""
    rng = np.random.default_rng(5)
    count = round(seconds * SAMPLE_RATE_HZ)
    voiced = np.convolve(rng.standard_normal(count), np.hanning(9), "same") * 0.1
    edges = np.cumsum(rng.integers(1500, 6000, 40))
    on = np.searchsorted(edges, np.arange(count)) % 2 == 0
    return (voiced * on).astype(np.float32)


def shift_s(before: np.ndarray, after: np.ndarray) -> float:
    """By how much `after` is later, from the peak of the cross-correlation of the loudness."""
    one, other = (np.convolve(np.abs(w), np.ones(32), "same") for w in (before, after))
    padded = 2 * len(one)
    product = np.conj(np.fft.rfft(one - one.mean(), padded)) * np.fft.rfft(
        other - other.mean(), padded
    )
    lag = int(np.argmax(np.fft.irfft(product)))
    return (lag if lag < len(one) else lag - padded) / SAMPLE_RATE_HZ


def band_share(wave: np.ndarray, low_hz: float, high_hz: float) -> float:
    power = np.abs(np.fft.rfft(wave)) ** 2
    hz = np.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE_HZ)
    return float(power[(hz >= low_hz) & (hz < high_hz)].sum() / power.sum())


EFFECTS: dict[str, Effect] = {
    "room": lambda w, rng: acoustics.room(w, acoustics.synthetic_room(rng)),
    "late room": lambda w, rng: acoustics.room(
        w, np.concatenate([np.zeros(900), acoustics.synthetic_room(rng)])
    ),
    "telephone": lambda w, _: acoustics.telephone(w),
    "laptop": acoustics.laptop,
    "gain": lambda w, _: acoustics.gain_db(w, -12),
    "noise": lambda w, rng: acoustics.mix_at_snr(w, rng.standard_normal(700), 10, rng),
}


@pytest.mark.parametrize("name", EFFECTS)
def test_no_effect_moves_words_or_changes_length(name: str) -> None:
    """Length, rate and type stay, and words stay where they are to within 5 ms."""
    wave = bursts()
    changed = EFFECTS[name](wave, np.random.default_rng(1))
    assert changed.shape == wave.shape
    assert changed.dtype == np.float32
    assert np.isfinite(changed).all()
    assert not np.array_equal(changed, wave)
    assert abs(shift_s(wave, changed)) <= 0.005


@pytest.mark.parametrize("name", EFFECTS)
def test_the_same_generator_gives_the_same_sound(name: str) -> None:
    """Randomness comes from the generator and from nowhere else."""
    wave = bursts(1.0)
    first, again = (EFFECTS[name](wave, np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.parametrize("length", [0, 1, 100, 4801])
@pytest.mark.parametrize("name", EFFECTS)
def test_effects_take_waves_of_any_length(name: str, length: int) -> None:
    """Short, odd and empty waves come back with their length."""
    wave = np.full(length, 0.1, np.float32)
    assert EFFECTS[name](wave, np.random.default_rng(2)).shape == (length,)


def test_a_room_keeps_the_level_of_noise() -> None:
    """However loud its response was recorded, a room changes steady noise by less than 2 dB."""
    rng = np.random.default_rng(10)
    noise = rng.standard_normal(SAMPLE_RATE_HZ).astype(np.float32)
    for recorded in (0.01, -3.0):
        heard = acoustics.room(noise, recorded * acoustics.synthetic_room(rng, 0.3, -6.0))
        settled = heard[SAMPLE_RATE_HZ // 2 :]
        assert abs(20 * np.log10(settled.std() / noise.std())) < 2


@pytest.mark.parametrize("snr_db", [-5.0, 0.0, 10.0, 25.0])
def test_noise_lies_as_far_below_speech_as_asked(snr_db: float) -> None:
    """The ratio of speech while it sounds to noise is right to 0.5 dB."""
    wave, rng = bursts(), np.random.default_rng(3)
    mixed = acoustics.mix_at_snr(wave, rng.standard_normal(SAMPLE_RATE_HZ), snr_db, rng)
    sounding = wave != 0
    speech = float((wave[sounding] ** 2).mean())
    noise = float(((mixed - wave) ** 2).mean())
    assert 10 * np.log10(speech / noise) == pytest.approx(snr_db, abs=0.5)


def test_silence_takes_no_noise_from_a_ratio() -> None:
    """Without speech, or without noise, there is no ratio, and the wave stays as it is."""
    rng, silence = np.random.default_rng(4), np.zeros(1600, np.float32)
    assert not acoustics.mix_at_snr(silence, np.ones(10), 10, rng).any()
    assert np.array_equal(acoustics.mix_at_snr(silence + 1, np.zeros(10), 10, rng), silence + 1)


def test_a_telephone_passes_its_band_and_nothing_else() -> None:
    """White noise comes out between 300 and 3400 Hz, with the grain of eight bits."""
    wave = (np.random.default_rng(6).standard_normal(SAMPLE_RATE_HZ) * 0.1).astype(np.float32)
    heard = acoustics.telephone(wave)
    assert band_share(heard, 250, 3600) > 0.99
    assert band_share(heard, 4200, 8000) < 1e-4
    assert band_share(heard, 500, 3000) > 0.75


def test_a_laptop_has_little_bass() -> None:
    """A 100 Hz tone loses at least 8 dB against a 1 kHz tone, whatever the microphone."""
    time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    for seed in range(8):
        low, middle = (
            acoustics.laptop(0.05 * np.sin(2 * np.pi * hz * time_s), np.random.default_rng(seed))
            for hz in (100, 1000)
        )
        assert 10 * np.log10(float((middle**2).mean() / (low**2).mean())) > 8


def test_a_synthetic_room_dies_away_as_fast_as_asked() -> None:
    """Its energy has fallen by about 30 dB after half the reverberation time."""
    response = acoustics.synthetic_room(np.random.default_rng(8), 0.6, direct_db=0.0)
    assert response[0] == 1
    assert float((response[1:] ** 2).sum()) == pytest.approx(1.0, rel=0.01)
    rest = np.cumsum((response[1:] ** 2)[::-1])[::-1]
    fallen_db = 10 * np.log10(rest[round(0.3 * SAMPLE_RATE_HZ)] / rest[0])
    assert fallen_db == pytest.approx(-30, abs=3)


@pytest.mark.parametrize("delay_s", [0.03, 0.12, 0.3])
def test_an_echo_is_late_and_faint_as_asked(delay_s: float) -> None:
    """The own voice comes back `delay_s` later and `decibels` fainter."""
    wave, impulse = bursts(), np.array([0.0, 0.0, 0.5], np.float32)
    back = acoustics.echo(wave, delay_s, impulse, -20)
    assert shift_s(wave, back) == pytest.approx(delay_s, abs=0.001)
    kept = wave[: len(wave) - round(delay_s * SAMPLE_RATE_HZ)]
    assert float((back**2).sum() / (kept**2).sum()) == pytest.approx(0.01, rel=0.01)


def test_what_cannot_be_is_refused() -> None:
    """A silent room, an empty noise and an echo from the future are errors that say so."""
    rng, wave = np.random.default_rng(9), bursts(0.2)
    with pytest.raises(ValueError, match="silent"):
        acoustics.room(wave, np.zeros(10))
    with pytest.raises(ValueError, match="empty"):
        acoustics.mix_at_snr(wave, np.zeros(0), 10, rng)
    with pytest.raises(ValueError, match="before its voice"):
        acoustics.echo(wave, -0.1, np.ones(1), 0)


def test_another_throat_moves_resonances_and_nothing_else() -> None:
    """A throat as long as before changes nothing; a shorter one lifts a peak by its factor."""
    peak = np.exp(-0.5 * ((BIN_HZ - 1000) / 60) ** 2)[None].astype(np.float32)
    np.testing.assert_allclose(throat(peak, 1.0), peak, atol=1e-4)
    for stretch in (0.87, 1.15):
        moved = throat(peak, stretch)[0]
        assert BIN_HZ[moved.argmax()] == pytest.approx(1000 / stretch, rel=0.04)
        assert moved.max() > 0.7
