"""Batches gathered from a resident bank: what batches.py makes, by index arithmetic.

The processor chooses records and works out where everything goes; the device fetches the sound
and hears it. A test holds that both ways lay out the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from engine.model.config import ModelConfig, Stream
from engine.model.tokenizer import CONTROLS
from engine.signal.mel import BINS, FRAMES_PER_TURN
from engine.training.batches import (
    FRESH_START,
    MISHEARD,
    ROW_SLACK,
    UNRELIABLE,
    UNRELIABLE_CHANCE,
    Batch,
)
from engine.training.hearing import Ears
from engine.training.microphone import FRAME_S, Noises
from engine.training.resident import Resident
from engine.training.soundscape import Frames, Soundscape, sent


@dataclass(frozen=True)
class Placed:
    """M hearings in a batch: which record, from which flat position, how many tokens of it.

    turn: micro-turns before it in its row. start: where in its row its session began. (M,) each.
    """

    record: np.ndarray
    at: np.ndarray
    count: np.ndarray
    turn: np.ndarray
    start: np.ndarray


class Gatherer:
    """Makes batches of `rows` rows of `length` tokens on the bank's device."""

    def __init__(
        self, bank: Resident, noises: Noises, config: ModelConfig, rows: int, length: int, seed: int
    ) -> None:
        self._bank, self._config, self._rows, self._length = bank, config, rows, length
        self._rng = np.random.default_rng(seed)
        self._ears = Ears(bank.device, seed)
        self._soundscape = Soundscape(bank, noises, self._rng)
        self._draws = bank.draws(self._rng)

    def batches(self) -> Iterator[Batch]:
        while True:
            self._bank.glance()
            yield self.gather(self.place(self._draws))

    def place(self, records: Iterator[int]) -> Placed:
        """Fill the rows with hearings of records, one after the other."""
        tokens, turns = self._bank["tokens"], self._bank["turns"]
        chosen = []
        for row in range(self._rows):
            used = turn = start = keeps = 0
            while used < self._length - ROW_SLACK:
                record = next(records)
                count = min(int(tokens[record]), self._length - used)
                if self._rng.random() < FRESH_START or keeps:
                    start = used
                chosen.append((record, row * self._length + used, count, turn, start))
                used, turn = used + count, turn + int(turns[record])
                keeps = self._bank["keeps"][record]
        return Placed(*np.array(chosen, np.int64).T)

    def gather(self, placed: Placed) -> Batch:
        bank, size = self._bank, self._rows * self._length
        index = ranges(bank["first_token"][placed.record], placed.count)
        flat = ranges(placed.at, placed.count)
        hearing = np.repeat(np.arange(len(placed.record)), placed.count)
        stream, place = bank["stream"][index], bank["place"][index]
        frames = self._frames(placed)
        share = bank["first_spoken"][placed.record] * self._config.voice_tokens
        audio, voice = stream == Stream.AUDIO, stream == Stream.VOICE
        drawn = bank["drawn"][index]
        shares = share[hearing[drawn >= 0]] + drawn[drawn >= 0]
        part = (frames.first // self._config.audio_frames)[hearing[audio]] + place[audio]
        sources, letters = self._soundscape.around(placed.record, frames)
        levels = self._ears.hear(sources)
        patch = (stream == Stream.CAMERA) | (stream == Stream.SCREEN)
        look = self._sent(bank["first_look"][placed.record][hearing[patch]] + place[patch])
        target, noticed = (
            _scattered(size, flat, bank[name][index], -1) for name in ("target", "noticed")
        )
        return Batch(
            text=self._grid(size, flat, self._mishear(bank["text"][index], stream, hearing)),
            stream=self._grid(size, flat, stream, Stream.CONTROL),
            turn=self._grid(size, flat, bank["turn"][index] + placed.turn[hearing]),
            start=self._grid(size, flat, placed.start[hearing]),
            target=self._sent(target).view(self._rows, -1),
            target_at=self._sent(np.flatnonzero(target >= 0)),
            noticed=self._sent(noticed[noticed >= 0]),
            noticed_at=self._sent(np.flatnonzero(noticed >= 0)),
            audio=self._grouped(levels, part, BINS), audio_at=self._sent(flat[audio]),
            letters=self._grouped(letters, part).long(),
            voice=self._shares(share[hearing[voice]] + place[voice]),
            voice_at=self._sent(flat[voice]),
            drawn=self._shares(shares), drawn_at=self._sent(flat[drawn >= 0]),
            spelled=self._spelled(shares),
            patches=bank.pixels.rows[look], patch_row=bank.row.rows[look].long(),
            patch_column=bank.column.rows[look].long(), patch_stream=self._sent(stream[patch]),
            patch_at=self._sent(flat[patch]),
            seconds=frames.total * FRAME_S,
        )  # fmt: skip

    def _frames(self, placed: Placed) -> Frames:
        """The frames of each record up to the last micro-turn that has a token in the batch."""
        last = self._bank["first_token"][placed.record] + placed.count - 1
        turns = self._bank["turn"][last].astype(np.int64) + 1
        return Frames(turns * FRAMES_PER_TURN, self._bank.device)

    def _mishear(self, text: np.ndarray, stream: np.ndarray, hearing: np.ndarray) -> np.ndarray:
        """Some of the model's own past words are wrong: see batches.py. hearing: (N,), of which."""
        count = int(hearing[-1]) + 1
        unreliable = self._rng.random(count) < UNRELIABLE_CHANCE
        share = np.where(unreliable, self._rng.uniform(*UNRELIABLE, count), MISHEARD)[hearing]
        wrong = (stream == Stream.HEARD) & (self._rng.random(len(text)) < share)
        made_up = self._rng.integers(len(CONTROLS) + 256, self._config.vocabulary, len(text))
        return np.where(wrong, made_up, text)

    def _shares(self, which: np.ndarray) -> Tensor:
        """Shares of the own voice as log mel: (n, voice_size)."""
        shares = self._bank.voice.rows.view(-1, self._config.voice_size)
        return self._ears.log_mel(shares[self._sent(which)])

    def _spelled(self, which: np.ndarray) -> Tensor:
        """Their letters: (n, voice_frames)."""
        letters = self._bank.spelled.rows.view(-1, self._config.voice_frames)
        return letters[self._sent(which)].long()

    def _grouped(self, frames: Tensor, part: np.ndarray, *shape: int) -> Tensor:
        return frames.view(-1, self._config.audio_frames, *shape)[self._sent(part)]

    def _grid(self, size: int, at: np.ndarray, values: np.ndarray, rest: int = 0) -> Tensor:
        return self._sent(_scattered(size, at, values, rest)).view(self._rows, -1)

    def _sent(self, array: np.ndarray) -> Tensor:
        return sent(array, self._bank.device)


def ranges(first: np.ndarray, count: np.ndarray) -> np.ndarray:
    """first, first + 1, ... `count` times, for each of them: (sum of counts,) int64."""
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(int(count.sum()))


def _scattered(size: int, at: np.ndarray, values: np.ndarray, rest: int) -> np.ndarray:
    row = np.full(size, rest, np.int64)
    row[at] = values
    return row
