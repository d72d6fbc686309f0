"""Many hearings at once, on tensors: the same rooms, channels and noises as microphone.py.

The frames of all records of a batch lie one after the other, so nothing is padded, and a GPU
hears thousands of hours a minute. The odds and ranges are those of microphone.py; a test compares
what comes out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.signal.mel import BINS, CEILING, FLOOR, LEVELS
from engine.training import microphone as m
from engine.training.render import unpack

_KNOTS = 6
_DOUBLINGS = 6


@dataclass(frozen=True)
class Spots:
    """Places in one long row of frames, and what is found there: mel (n, 80) uint8, at (n,).

    sounding: (n,) bool, where there is anything at all; None for everywhere.
    """

    mel: Tensor
    at: Tensor
    sounding: Tensor | None = None


@dataclass(frozen=True)
class Sources:
    """What M microphones pick up in N frames.

    mel: (N, 80) uint8, clean. hearing: (N,), which of the M each frame belongs to. place: (N,),
    which of its hearing's frames it is. loudness: (M,). noise: recorded noises and babble.
    hiss_at: (n,), frames that have a hiss for noise. own: the own voice where it comes back.
    """

    mel: Tensor
    hearing: Tensor
    place: Tensor
    loudness: Tensor
    noise: Spots
    hiss_at: Tensor
    own: Spots


def levels(power: Tensor) -> Tensor:
    """dMel levels 0..15, as engine.signal.mel.levels."""
    logarithm = power.clamp(min=10.0**FLOOR).log10().clamp(FLOOR, CEILING)
    scaled = (logarithm - FLOOR) * (LEVELS / (CEILING - FLOOR))
    return scaled.clamp(max=LEVELS - 1).to(torch.uint8)


class Ears:
    """Draws rooms, channels and levels on one device."""

    def __init__(self, device: torch.device, seed: int) -> None:
        self.device = device
        self._chance = torch.Generator(device).manual_seed(seed)
        bins = torch.arange(BINS, dtype=torch.float32, device=device)
        self._hz = torch.tensor(m.BIN_HZ, dtype=torch.float32, device=device)
        self._laptop = torch.tensor(m.LAPTOP, dtype=torch.float32, device=device)
        self._mel = (1 + self._hz / 700).log10() * 2595
        self._bins = bins
        self._freedom = torch.tensor(m.freedom_of_bins(), dtype=torch.float32, device=device)
        self._logarithms = torch.tensor(unpack(np.arange(256, dtype=np.uint8)), device=device)
        self._powers = 10**self._logarithms
        knots = np.linspace(0, BINS - 1, _KNOTS)
        hats = [np.interp(np.arange(BINS), knots, row) for row in np.eye(_KNOTS)]
        self._hats = torch.tensor(np.array(hats), dtype=torch.float32, device=device)

    def hear(self, sources: Sources) -> Tensor:
        """dMel levels of every frame: (N, 80) uint8."""
        s, count = sources, len(sources.loudness)
        power = self.throat(self.power_of(s.mel), s)
        power = self.room(power, s, self._happens(count, m.ROOM_CHANCE))
        power = power * self.channel(count)[s.hearing]
        power = power + self.noise(s) * self._noise_level(s.loudness)[s.hearing]
        if len(s.own.at):
            power = power + self.echo(s)
        power = power * self._exponential(count, m.GAIN_EXPONENT)[s.hearing]
        floor = self.hiss(s.hearing, count) * self._exponential(count, m.FLOOR_EXPONENT)[s.hearing]
        on = (s.loudness >= m.SPEECHLESS) | ~(self._happens(count, m.MUTED_CHANCE)[:, 0] > 0)
        return self._without_band(levels(power + floor), s.hearing, count) * on[s.hearing, None]

    def log_mel(self, packed: Tensor) -> Tensor:
        """What `pack` packed."""
        return self._logarithms[packed.long()]

    def power_of(self, packed: Tensor) -> Tensor:
        """Packed log mel to power."""
        return self._powers[packed.long()]

    def throat(self, power: Tensor, s: Sources) -> Tensor:
        """Some hearings are of longer or shorter throats."""
        count = len(s.loudness)
        stretch = self._uniform(count, m.THROAT)
        stretch = torch.where(self._happens(count, m.THROAT_CHANCE) > 0, stretch, 1.0)
        place = (1 + self._hz * stretch / 700).log10() * 2595
        place = (place - self._mel[0]) / (self._mel[1] - self._mel[0])
        place = place.clamp(0, BINS - 1)[s.hearing]
        below = place.long().clamp(max=BINS - 2)
        above = place - below
        return power.gather(1, below) * (1 - above) + power.gather(1, below + 1) * above

    def room(self, power: Tensor, s: Sources, happens: Tensor) -> Tensor:
        """Add exponential tails where it `happens`, (M, 1) of 0 or 1."""
        count = len(s.loudness)
        decay = 10 ** (-6 * m.FRAME_S / self._uniform(count, m.REVERBERATION_S))
        share = 10 ** (self._uniform(count, m.DIRECT_DB) / 10) * (1 - decay) * happens
        return power + share[s.hearing] * ringing(power, s.place, decay[s.hearing])

    def channel(self, count: int) -> Tensor:
        gain = self.smooth_gain(self._uniform(count, m.CHANNEL_DB))
        low, high = (self._uniform(count, edge) for edge in m.TELEPHONE_HZ)
        outside = (self._hz <= low) | (self._hz >= high)
        kind = self._uniform(count, (0.0, 1.0))
        telephone = kind < m.TELEPHONE_CHANCE
        laptop = (kind < m.TELEPHONE_CHANCE + m.LAPTOP_CHANCE) & ~telephone
        gain = torch.where(laptop, gain * self._laptop, gain)
        return torch.where(outside & telephone, gain * 1e-4, gain)

    def smooth_gain(self, spread_db: Tensor) -> Tensor:
        """(M, 1) spreads -> (M, 80) power factors, smooth over the bins."""
        shape = (len(spread_db), _KNOTS)
        knots = torch.randn(shape, generator=self._chance, device=self.device)
        return 10 ** ((knots * spread_db) @ self._hats / 10)

    def noise(self, s: Sources) -> Tensor:
        """Background of a level of about one in every hearing: (N, 80)."""
        count, power = len(s.loudness), torch.zeros(s.mel.shape, device=self.device)
        power = self._add(power, s.noise)
        power = power.index_add_(0, s.hiss_at, self.hiss(s.hearing[s.hiss_at], count))
        zeros = torch.zeros(count, device=self.device)
        frames = zeros.index_add(0, s.hearing, torch.ones_like(s.hearing, dtype=torch.float32))
        mean = zeros.index_add(0, s.hearing, power.mean(1)) / frames.clamp(min=1)
        return power / mean.clamp(min=1e-9)[s.hearing, None]

    def hiss(self, hearing: Tensor, count: int) -> Tensor:
        """Stationary coloured noise: (n, 80) for the n frames of `hearing`."""
        freedom = self._freedom.expand(len(hearing), -1)
        flutter = torch._standard_gamma(freedom, generator=self._chance) / self._freedom
        tilt = (self._hz / 1000) ** -self._uniform(count, m.HISS_TILT) * (1 + self._bins / 12)
        spread = torch.full((count, 1), m.HISS_DB, device=self.device)
        return flutter * (tilt * self.smooth_gain(spread))[hearing]

    def echo(self, s: Sources) -> Tensor:
        count = len(s.loudness)
        power = self._add(torch.zeros(s.mel.shape, device=self.device), s.own)
        spread = torch.full((count, 1), m.ECHO_DB, device=self.device)
        gain = self.smooth_gain(spread) * self._exponential(count, m.ECHO_EXPONENT)
        everywhere = torch.ones(count, 1, device=self.device)
        return self.room(power, s, everywhere) * gain[s.hearing]

    def _add(self, power: Tensor, spots: Spots) -> Tensor:
        more = self.power_of(spots.mel)
        if spots.sounding is not None:
            more = more * spots.sounding[:, None]
        return power.index_add_(0, spots.at, more)

    def _noise_level(self, loudness: Tensor) -> Tensor:
        """(M,) loudness of speech -> (M, 1) power of the noise under it, or without it."""
        loud, count = loudness[:, None], len(loudness)
        under = loud * 10 ** (-self._uniform(count, m.SNR_DB) / 10)
        alone = 10 ** (-self._uniform(count, m.NOISE_ALONE_DB) / 10)
        return torch.where(loud < m.SPEECHLESS, alone, under)

    def _without_band(self, quantised: Tensor, hearing: Tensor, count: int) -> Tensor:
        """In some hearings a few neighbouring bins are lost."""
        first = self._uniform(count, (0, BINS - 10)).floor()
        width = self._uniform(count, m.BAND_WIDTH).floor()
        lost = (self._bins >= first) & (self._bins < first + width)
        lost &= self._happens(count, m.BAND_CHANCE) > 0
        return quantised * ~lost[hearing]

    def _uniform(self, count: int, between: tuple[float, float]) -> Tensor:
        drawn = torch.rand(count, 1, generator=self._chance, device=self.device)
        return between[0] + (between[1] - between[0]) * drawn

    def _exponential(self, count: int, between: tuple[float, float]) -> Tensor:
        return 10 ** self._uniform(count, between)

    def _happens(self, count: int, chance: float) -> Tensor:
        drawn = torch.rand(count, 1, generator=self._chance, device=self.device)
        return (drawn < chance).float()


def ringing(power: Tensor, place: Tensor, decay: Tensor) -> Tensor:
    """sum over k >= 1 of decay^(k-1) times the frame k before, within each hearing: (N, 80).

    place: (N,) frame of its hearing; decay: (N, 1). By doubling, 64 frames back: at the longest
    reverberation what lies before is 96 dB down.
    """
    total, factor = power, decay
    for doubling in range(_DOUBLINGS):
        total = total + factor * before(total, place, 1 << doubling)
        factor = factor * factor
    return before(total, place, 1)


def before(x: Tensor, place: Tensor, frames: int) -> Tensor:
    """The row `frames` earlier in the same hearing, else 0: (N, 80) -> (N, 80)."""
    shifted = torch.zeros_like(x)
    shifted[frames:] = x[: max(0, len(x) - frames)]
    return shifted * (place >= frames)[:, None]
