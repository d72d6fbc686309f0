"""What a room, a microphone and the rest of the world do to a clean recording, on mel power.

Powers of independent sounds add, a channel is a gain per bin and a room a decaying tail: so the
variety of microphones costs next to nothing and is new at every reading. The same effects on
waves stand in engine/training/acoustics.py; a test compares rooms, telephones and laptops of both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from engine.signal.mel import BINS, HIGH_HZ, LOW_HZ, levels
from engine.training.acoustics import LAPTOP_DB, LAPTOP_HZ, SPEECH_FLOOR
from engine.training.render import Record, unpack

FRAME_S = 0.02

# How often, and between what: shared with engine/training/hearing.py.
THROAT_CHANCE, THROAT = 0.5, (0.87, 1.15)
ROOM_CHANCE, CHANNEL_DB = 0.4, (0.0, 5.0)
REVERBERATION_S, DIRECT_DB = (0.15, 0.8), (-14.0, 1.0)
TELEPHONE_CHANCE, TELEPHONE_HZ = 0.25, ((150.0, 350.0), (3200.0, 3800.0))
LAPTOP_CHANCE = 0.25
RECORDED_CHANCE, BABBLE_CHANCE, BABBLERS = 0.45, 0.15, (2, 6)
SNR_DB, NOISE_ALONE_DB, SPEECHLESS = (8.0, 40.0), (-5.0, 40.0), 1e-4
ACTIVE = SPEECH_FLOOR**2  # of the loudest frame's power: then there is sound in a frame
MUTED_CHANCE = 0.15  # where nobody speaks: a microphone that is off gives no noise either
HISS_TILT, HISS_DB, FLOOR_EXPONENT = (0.0, 1.6), 3.0, (-6.0, -4.0)
# The echo comes as late as a room, a wireless speaker and a micro-turn of play-ahead together, and
# as loud as where nothing is cancelled.
ECHO_CHANCE, ECHO_FRAMES, ECHO_DB, ECHO_EXPONENT = 0.5, (1, 36), 4.0, (-5.0, -0.3)
GAIN_EXPONENT = (-1.2, 0.8)
BAND_CHANCE, BAND_WIDTH = 0.3, (3, 11)


@dataclass(frozen=True)
class Noises:
    """Log mel of recorded noises, packed as bytes: each (frames, 80)."""

    mels: tuple[np.ndarray, ...] = ()
    babble: tuple[np.ndarray, ...] = ()


def bin_hz() -> np.ndarray:
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (LOW_HZ, HIGH_HZ))
    return 700 * (10 ** (np.linspace(low, high, BINS + 2)[1:-1] / 2595) - 1)


BIN_HZ = bin_hz()
LAPTOP = 10 ** (np.interp(BIN_HZ, LAPTOP_HZ, LAPTOP_DB) / 10)
_BIN_MEL = 2595 * np.log10(1 + BIN_HZ / 700)


def smooth_gain(rng: np.random.Generator, spread_db: float) -> np.ndarray:
    """A random gain curve over the bins, smooth: (80,) power factors."""
    knots = rng.normal(0.0, spread_db, 6)
    curve = np.interp(np.arange(BINS), np.linspace(0, BINS - 1, 6), knots)
    return (10 ** (curve / 10)).astype(np.float32)


def channel(rng: np.random.Generator) -> np.ndarray:
    """A good microphone, a telephone or a laptop: (80,) power factors."""
    gain, kind = smooth_gain(rng, float(rng.uniform(*CHANNEL_DB))), rng.random()
    if kind < TELEPHONE_CHANCE:
        low, high = (rng.uniform(*edge) for edge in TELEPHONE_HZ)
        gain = gain * np.where((low < BIN_HZ) & (high > BIN_HZ), 1.0, 1e-4)
    elif kind < TELEPHONE_CHANCE + LAPTOP_CHANCE:
        gain = gain * LAPTOP
    return gain.astype(np.float32)


def throat_bins(stretch: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where a voice from a shorter or longer throat finds the power of each bin.

    stretch: (...,), by how much its resonances lie lower. Returns the bin below (..., 80) int64
    and the share of the bin above it.
    """
    hz = BIN_HZ * stretch[..., None]
    place = np.interp(2595 * np.log10(1 + hz / 700), _BIN_MEL, np.arange(BINS))
    below = np.minimum(place.astype(np.int64), BINS - 2)
    return below, (place - below).astype(np.float32)


def throat(power: np.ndarray, stretch: float) -> np.ndarray:
    """The same words from another throat (Jaitly and Hinton, 2013). power: (F, 80)."""
    below, above = throat_bins(np.array(stretch))
    moved: np.ndarray = power[:, below] * (1 - above) + power[:, below + 1] * above
    return moved


def room(power: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Add an exponential tail. power: (F, 80)."""
    reverberation_s, direct_db = rng.uniform(*REVERBERATION_S), rng.uniform(*DIRECT_DB)
    decay = 10 ** (-6 * FRAME_S / reverberation_s)
    share = 10 ** (direct_db / 10) * (1 - decay)
    tail = lfilter([0.0, share], [1.0, -decay], power, axis=0)
    return (power + tail).astype(np.float32)


def excerpt(mel: np.ndarray, frames: int, rng: np.random.Generator) -> np.ndarray:
    """Any `frames` frames of a noise, repeated if it is shorter: power (frames, 80)."""
    start = int(rng.integers(0, len(mel)))
    index = (start + np.arange(frames)) % len(mel)
    return 10 ** unpack(mel[index])


def hiss(frames: int, rng: np.random.Generator) -> np.ndarray:
    """Stationary coloured noise with the chi-square flutter of real frames: (frames, 80)."""
    freedom = freedom_of_bins()
    flutter = rng.standard_gamma(freedom, (frames, BINS)) / freedom
    tilt = (BIN_HZ / 1000) ** (-rng.uniform(*HISS_TILT)) * (1 + np.arange(BINS) / 12)
    return (flutter * tilt * smooth_gain(rng, HISS_DB)).astype(np.float32)


def freedom_of_bins() -> np.ndarray:
    """Half the degrees of freedom of a bin's power: wide bins flutter less."""
    return 2 + 0.12 * np.arange(BINS)


def background(frames: int, noises: Noises, rng: np.random.Generator) -> np.ndarray:
    """One kind of noise at a level of about one: (frames, 80) power."""
    kind = rng.random()
    if kind < RECORDED_CHANCE and noises.mels:
        power = excerpt(noises.mels[int(rng.integers(len(noises.mels)))], frames, rng)
    elif kind < RECORDED_CHANCE + BABBLE_CHANCE and noises.babble:
        chosen = rng.integers(0, len(noises.babble), int(rng.integers(*BABBLERS)))
        talkers = [excerpt(noises.babble[int(i)], frames, rng) for i in chosen]
        power = np.sum(talkers, axis=0)
    else:
        power = hiss(frames, rng)
    return power / max(float(np.mean(power)), 1e-9)


def own_echo(record: Record, frames: int, rng: np.random.Generator) -> np.ndarray:
    """The own voice as the microphone hears it: later, fainter, coloured by loudspeaker and room.

    Voice decided on micro-turn k sounds in interval k + 1.
    """
    power = np.zeros((frames, BINS), np.float32)
    delay = int(rng.integers(*ECHO_FRAMES))
    for said in record.says:
        first = (said.turn + 1) * 10 + delay
        part = 10 ** unpack(said.mel[: max(0, frames - first)])
        power[first : first + len(part)] += part
    return room(power, rng) * smooth_gain(rng, ECHO_DB) * 10 ** (rng.uniform(*ECHO_EXPONENT))


def microphone(record: Record, noises: Noises, rng: np.random.Generator) -> np.ndarray:
    """dMel levels of one hearing of a record: (F, 80) uint8."""
    power = 10 ** unpack(record.mel)
    speech = loudness(power)
    frames = len(power)
    if rng.random() < THROAT_CHANCE:
        power = throat(power, float(rng.uniform(*THROAT)))
    if rng.random() < ROOM_CHANCE:
        power = room(power, rng)
    power = power * channel(rng)
    snr_db = rng.uniform(*SNR_DB)
    if speech < SPEECHLESS:
        if rng.random() < MUTED_CHANCE:
            return np.zeros((frames, BINS), np.uint8)
        speech, snr_db = 1.0, rng.uniform(*NOISE_ALONE_DB)
    power = power + background(frames, noises, rng) * speech * 10 ** (-snr_db / 10)
    if record.says and rng.random() < ECHO_CHANCE:
        power = power + own_echo(record, frames, rng)
    power = power * 10 ** rng.uniform(*GAIN_EXPONENT)
    power = power + hiss(frames, rng) * 10 ** rng.uniform(*FLOOR_EXPONENT)
    quantised = levels(power)
    if rng.random() < BAND_CHANCE:
        first = int(rng.integers(0, BINS - 10))
        quantised[:, first : first + int(rng.integers(*BAND_WIDTH))] = 0
    return quantised


def loudness(power: np.ndarray) -> float:
    """The mean power of a bin while somebody speaks: (F, 80) -> what noise is measured against,
    however seldom that is. As engine.training.acoustics.active_power."""
    frames = power.mean(1)
    return float(frames[frames >= ACTIVE * frames.max()].mean()) + 1e-6
