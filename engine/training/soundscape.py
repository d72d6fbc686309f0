"""What the microphones of a batch pick up, fetched from a resident bank on its device.

The processor only says which record, which noises and how late the echo; every frame's place is
worked out on the device, without waiting for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.signal.mel import BINS, FRAMES_PER_TURN
from engine.training import microphone as m
from engine.training.hearing import Sources, Spots
from engine.training.microphone import Noises
from engine.training.resident import Growing, Resident


@dataclass(frozen=True)
class Chosen:
    """The noises of M hearings: which recordings, and which hearing each one belongs to."""

    which: np.ndarray
    hearing: np.ndarray
    hissing: np.ndarray


class Noisy:
    """Recorded noises on a device, each after the other: the babble last."""

    def __init__(self, noises: Noises, device: torch.device) -> None:
        mels = [*noises.mels, *noises.babble]
        self.recorded, self.babblers = len(noises.mels), len(noises.babble)
        self.length = np.array([len(mel) for mel in mels], np.int64)
        self.first = np.cumsum(self.length) - self.length
        self.mel = Growing(device, torch.uint8, BINS)
        for mel in mels:
            self.mel.extend(mel)

    def choose(self, count: int, rng: np.random.Generator) -> Chosen:
        """For each of `count` hearings a noise, a few voices, or neither: then it is a hiss."""
        kind = rng.random(count)
        noise = (kind < m.RECORDED_CHANCE) & (self.recorded > 0)
        babble = ~noise & (kind < m.RECORDED_CHANCE + m.BABBLE_CHANCE) & (self.babblers > 0)
        number = np.where(babble, rng.integers(*m.BABBLERS, count), noise)
        hearing = np.repeat(np.arange(count), number)
        bound = np.where(babble, self.babblers, self.recorded)[hearing]
        which = (rng.random(len(hearing)) * bound).astype(np.int64)
        which += np.where(babble[hearing], self.recorded, 0)
        return Chosen(which, hearing, np.flatnonzero(~noise & ~babble))


class Soundscape:
    """Draws noises and echoes for the records of a bank."""

    def __init__(self, bank: Resident, noises: Noises, rng: np.random.Generator) -> None:
        self._bank, self._rng = bank, rng
        self._noisy = Noisy(noises, bank.device)

    def around(self, record: np.ndarray, frames: Frames) -> tuple[Sources, Tensor]:
        """Everything that is heard while `frames` of each record pass, and the letters (N,)."""
        bank = self._bank
        source = frames.spread(bank["first_turn"][record] * FRAMES_PER_TURN) + frames.place
        noise, hiss_at = self._noise(frames)
        loudness = bank.loudness.rows[sent(record, bank.device)]
        sources = Sources(
            bank.mel.rows[source], frames.hearing, frames.place, loudness,
            noise, hiss_at, self._own(record, frames),
        )  # fmt: skip
        return sources, bank.letters.rows[source]

    def _noise(self, frames: Frames) -> tuple[Spots, Tensor]:
        """Frames of recorded noise, and where a hiss is heard instead."""
        noisy, rng = self._noisy, self._rng
        chosen = noisy.choose(len(frames.count), rng)
        length, first = noisy.length[chosen.which], noisy.first[chosen.which]
        start = (rng.random(len(length)) * length).astype(np.int64)
        heard = frames.only(chosen.hearing)
        spot = (heard.spread(start) + heard.place) % heard.spread(length) + heard.spread(first)
        hissing = frames.only(chosen.hissing)
        return Spots(noisy.mel.rows[spot], heard.at), hissing.at

    def _own(self, record: np.ndarray, frames: Frames) -> Spots:
        """The own voice as it comes back, where it sounds, in about half of the hearings."""
        bank, rng = self._bank, self._rng
        echoes = (bank["spoken"][record] > 0) & (rng.random(len(record)) < m.ECHO_CHANCE)
        hearing = np.flatnonzero(echoes)
        heard, record = frames.only(hearing), record[hearing]
        # Voice decided on micro-turn k sounds in interval k + 1.
        delay = FRAMES_PER_TURN + rng.integers(*m.ECHO_FRAMES, len(hearing))
        late = heard.place - heard.spread(delay)
        turn = heard.spread(bank["first_turn"][record]) + late.clamp(min=0) // FRAMES_PER_TURN
        spoken = bank.voiced.rows[turn]
        sounding = (late >= 0) & (spoken >= 0)
        spoken = spoken.clamp(min=0) + heard.spread(bank["first_spoken"][record])
        mel = bank.voice.rows.view(-1, BINS)[spoken * FRAMES_PER_TURN + late % FRAMES_PER_TURN]
        return Spots(mel, heard.at, sounding)


class Frames:
    """Frames of M hearings in a row, on a device. count, first: (M,) on the processor.

    hearing, place, at: (N,) tensors: which hearing a frame belongs to, which of its frames it
    is, and where it stands in the row of all frames.
    """

    def __init__(
        self, count: np.ndarray, device: torch.device, first: np.ndarray | None = None
    ) -> None:
        self.count, self.device, self.total = count, device, int(count.sum())
        before = np.cumsum(count) - count
        self.first = before if first is None else first
        self._repeats = sent(count, device)
        self.hearing = self.spread(np.arange(len(count)))
        self.place = torch.arange(self.total, device=device) - self.spread(before)
        self.at = self.place + self.spread(self.first)

    def spread(self, values: np.ndarray) -> Tensor:
        """One value for each hearing -> one for each frame: (M,) -> (N,)."""
        return torch.repeat_interleave(
            sent(values, self.device), self._repeats, output_size=self.total
        )

    def only(self, hearing: np.ndarray) -> Frames:
        """The frames of some hearings, one after the other, that still know where they stand."""
        return Frames(self.count[hearing], self.device, self.first[hearing])


def sent(array: np.ndarray, device: torch.device) -> Tensor:
    """Whole numbers to a device, without waiting for it."""
    tensor = torch.from_numpy(np.ascontiguousarray(array, np.int64))
    return tensor.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else tensor
