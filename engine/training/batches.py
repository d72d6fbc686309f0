"""Rows of tokens for the trainer: hearings of random records, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from engine.model.config import ModelConfig, Stream
from engine.model.tokenizer import CONTROLS, Tokenizer
from engine.signal.mel import BINS
from engine.training.microphone import Noises, microphone
from engine.training.render import Record
from engine.training.sequence import Sequence, sequence

# How often a hearing begins a session of its own. Always after one that leaves facts or orders in
# mind: what follows knows nothing of them, and beside it they would be seen and not kept.
FRESH_START = 0.1
# Free running, some words are heard wrong; and in a few hearings so many are wrong, up to every
# second one, that the next can only be had from the sound.
MISHEARD, UNRELIABLE, UNRELIABLE_CHANCE = 0.03, (0.1, 0.5), 0.35
ROW_SLACK = 64


Values = np.ndarray | Tensor


@dataclass
class Batch:
    """B rows of T tokens; see engine.model.interaction.Row for the inputs.

    target: (B, T), -1 where nothing is predicted; target_at: the flat positions where something
    is. noticed_at, noticed: (Ns,), where in the middle of the trunk what is seen is to be named,
    and its token. letters: (Na, audio_frames). drawn: the own voice's log mel shares
    (Nd, voice_size), predicted from the flat positions drawn_at; spelled: (Nd, voice_frames), their
    letters.
    patches: (Np, 3, 40, 40) uint8 at the flat positions patch_at, with their places (Np,).
    Arrays, or tensors where they lie on a device.
    """

    text: Values
    stream: Values
    turn: Values
    start: Values
    target: Values
    target_at: Values
    noticed: Values
    noticed_at: Values
    audio: Values
    audio_at: Values
    letters: Values
    voice: Values
    voice_at: Values
    drawn: Values
    drawn_at: Values
    spelled: Values
    patches: Values
    patch_row: Values
    patch_column: Values
    patch_stream: Values
    patch_at: Values
    seconds: float

    @property
    def tokens(self) -> int:
        return int(self.text.shape[0] * self.text.shape[1])


class _RowWriter:
    """Fills one row of `length` tokens; what does not fit is cut off."""

    def __init__(self, length: int) -> None:
        self.length, self.used, self.turns, self.keeps = length, 0, 0, False
        self.columns = {name: np.zeros(length, np.int64) for name in ("text", "turn", "start")}
        self.columns["stream"] = np.full(length, int(Stream.CONTROL), np.int64)
        self.columns |= {name: np.full(length, -1, np.int64) for name in ("target", "noticed")}
        self.lists: dict[str, list[np.ndarray]] = {
            "audio": [],
            "letters": [],
            "voice": [],
            "drawn": [],
            "spelled": [],
            "patches": [],
            "patch_place": [],
        }
        self.places: dict[str, list[int]] = {
            "audio": [],
            "voice": [],
            "drawn": [],
            "patch": [],
        }

    @property
    def full(self) -> bool:
        return self.used >= self.length - ROW_SLACK

    def add(self, part: Sequence, turns: int, fresh: bool) -> None:
        count = min(len(part.text), self.length - self.used)
        rows = slice(self.used, self.used + count)
        self.columns["text"][rows] = part.text[:count]
        self.columns["stream"][rows] = part.stream[:count]
        self.columns["target"][rows] = part.target[:count]
        self.columns["noticed"][rows] = part.noticed[:count]
        self.columns["turn"][rows] = np.array(part.turn[:count]) + self.turns
        first = self.used if fresh or not self.used else self.columns["start"][self.used - 1]
        self.columns["start"][rows] = first
        self._place("audio", part.audio_at, count, {"audio": part.audio, "letters": part.letters})
        self._place("voice", part.voice_at, count, {"voice": part.voice})
        self._place("drawn", part.drawn_at, count, {"drawn": part.drawn, "spelled": part.spelled})
        patches = {"patches": part.patches, "patch_place": list(map(np.array, part.patch_place))}
        self._place("patch", part.patch_at, count, patches)
        self.used += count
        self.turns += turns
        self.keeps = part.keeps

    def _place(
        self, kind: str, at: list[int], count: int, values: dict[str, list[np.ndarray]]
    ) -> None:
        fits = sum(position < count for position in at)
        self.places[kind].extend(position + self.used for position in at[:fits])
        for name, items in values.items():
            self.lists[name].extend(items[:fits])


def batches(
    draw: Callable[[np.random.Generator], Record],
    noises: Noises,
    config: ModelConfig,
    tokenizer: Tokenizer,
    rows: int,
    length: int,
    rng: np.random.Generator,
) -> Iterator[Batch]:
    """Endless batches of `rows` rows of `length` tokens."""
    while True:
        writers = []
        for _ in range(rows):
            writer = _RowWriter(length)
            while not writer.full:
                record = draw(rng)
                part = sequence(record, microphone(record, noises, rng), config, tokenizer)
                mishear(part, config, rng)
                writer.add(part, record.turns, bool(rng.random() < FRESH_START) or writer.keeps)
            writers.append(writer)
        yield _batch(writers, config)


def one_a_row(parts: list[Sequence], turns: int, config: ModelConfig) -> Batch:
    """A sequence of `turns` micro-turns a row; rows are as long as the longest."""
    writers = []
    for part in parts:
        writer = _RowWriter(max(len(each.text) for each in parts))
        writer.add(part, turns, True)
        writers.append(writer)
    return _batch(writers, config)


def mishear(part: Sequence, config: ModelConfig, rng: np.random.Generator) -> None:
    """Corrupt some of the model's own past words."""
    share = rng.uniform(*UNRELIABLE) if rng.random() < UNRELIABLE_CHANCE else MISHEARD
    for position, stream in enumerate(part.stream):
        if stream == Stream.HEARD and rng.random() < share:
            part.text[position] = int(rng.integers(len(CONTROLS) + 256, config.vocabulary))


def _batch(writers: list[_RowWriter], config: ModelConfig) -> Batch:
    def column(name: str) -> np.ndarray:
        return np.stack([writer.columns[name] for writer in writers])

    def places(kind: str) -> np.ndarray:
        flat = [p + i * w.length for i, w in enumerate(writers) for p in w.places[kind]]
        return np.array(flat, np.int64)

    def values(kind: str, *shape: int) -> np.ndarray:
        items = [item for writer in writers for item in writer.lists[kind]]
        return np.array(items).reshape(len(items), *shape)

    target, noticed = column("target"), column("noticed")
    row, column_of = values("patch_place", 2).astype(np.int64).T
    return Batch(
        column("text"), column("stream"), column("turn"), column("start"),
        target, np.flatnonzero(target >= 0), noticed[noticed >= 0], np.flatnonzero(noticed >= 0),
        values("audio", config.audio_frames, BINS), places("audio"),
        values("letters", config.audio_frames).astype(np.int64),
        values("voice", config.voice_size).astype(np.float32), places("voice"),
        values("drawn", config.voice_size).astype(np.float32), places("drawn"),
        values("spelled", config.voice_frames).astype(np.int64),
        values("patches", 3, config.patch, config.patch).astype(np.uint8),
        row, column_of, column("stream").flatten()[places("patch")], places("patch"),
        sum(writer.turns for writer in writers) * 0.2,
    )  # fmt: skip
