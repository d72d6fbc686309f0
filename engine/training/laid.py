"""Records laid out as tokens, ready to be gathered by index: what `sequence` makes, as arrays.

Nothing of a record's tokens depends on how it is heard, so they are laid out once and each
hearing only adds dMel levels. `python -m engine.training.laid RUN` lays out the shards of a
run's bank as they appear, beside a trainer that is too busy for it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import zlib
from collections.abc import Sequence as Many
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from engine.model.checkpoint import CONFIG, TOKENIZER, CheckpointError
from engine.model.config import ModelConfig, Stream
from engine.model.tokenizer import Tokenizer
from engine.signal.mel import BINS, FRAMES_PER_TURN
from engine.training.bank import read_shard, shards
from engine.training.microphone import loudness
from engine.training.render import Record, pack, unpack
from engine.training.sequence import LETTER_DELAY_FRAMES, sequence

_LOOK_S = 0.5


@dataclass(frozen=True)
class Laid:
    """R records one after the other: N tokens, K micro-turns, F = 10 K frames, W spoken turns.

    Of records: skill (R,), tokens (R,), turns (R,), spoken (R,), looks (R,), loudness (R,),
    and keeps (R,), whether lines are in mind at its end.
    Of frames: mel (F, 80) uint8; letters (F,), as late as the model is to name them.
    Of micro-turns: voiced (K,), which of its record's spoken turns this is, or -1.
    Of spoken turns: voice (W, 10, 80) uint8, packed log mel of the own voice; spelled (W, 10),
    its letters.
    Of patches, P of them, `looks` in each record: pixels (P, 3, 40, 40) uint8; row, column (P,).
    Of tokens: text, stream, turn, target, noticed (N,); place (N,), which of its record's audio
    tokens, shares of the voice, or patches, a token is; drawn (N,), the share that is drawn at it,
    or -1.
    """

    skill: np.ndarray
    tokens: np.ndarray
    turns: np.ndarray
    spoken: np.ndarray
    looks: np.ndarray
    loudness: np.ndarray
    keeps: np.ndarray
    mel: np.ndarray
    letters: np.ndarray
    voiced: np.ndarray
    voice: np.ndarray
    spelled: np.ndarray
    pixels: np.ndarray
    row: np.ndarray
    column: np.ndarray
    text: np.ndarray
    stream: np.ndarray
    turn: np.ndarray
    target: np.ndarray
    noticed: np.ndarray
    place: np.ndarray
    drawn: np.ndarray

    def save(self, path: Path) -> None:
        """Written whole or not at all."""
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            np.savez(file, **{f.name: getattr(self, f.name) for f in fields(self)})
        partial.rename(path)

    @staticmethod
    def load(path: Path) -> Laid:
        """Raises CheckpointError for what another version has laid out."""
        with np.load(path) as stored:
            missing = [f.name for f in fields(Laid) if f.name not in stored]
            if missing:
                raise CheckpointError(
                    f"{path} was laid out by another version (it has no {missing[0]}): delete the "
                    ".laid files beside it, and they are laid out again"
                )
            return Laid(**{f.name: stored[f.name] for f in fields(Laid)})


def lay(record: Record, config: ModelConfig, tokenizer: Tokenizer) -> Laid:
    """One record."""
    part = sequence(record, np.zeros_like(record.mel), config, tokenizer)
    stream, turn = np.array(part.stream, np.int8), np.array(part.turn, np.int32)
    count = len(stream)
    place, drawn = np.full(count, -1, np.int32), np.full(count, -1, np.int32)
    for at in (part.audio_at, part.voice_at, part.patch_at):
        place[at] = np.arange(len(at))
    drawn[part.drawn_at] = np.arange(len(part.drawn_at))
    spoken = np.unique(turn[stream == Stream.VOICE])
    voiced = np.full(record.turns, -1, np.int32)
    voiced[spoken] = np.arange(len(spoken))
    delayed = np.concatenate([np.zeros(LETTER_DELAY_FRAMES, np.uint8), record.letters])
    row, column = np.array(part.patch_place, np.uint8).reshape(-1, 2).T
    shares = np.array(part.voice, np.float32).reshape(-1, BINS)
    return Laid(
        np.array([record.skill]), np.array([count]), np.array([record.turns]),
        np.array([len(spoken)]), np.array([len(part.patch_at)]),
        np.array([loudness(10 ** unpack(record.mel))], np.float32), np.array([part.keeps]),
        record.mel, delayed[: len(record.mel)], voiced,
        pack(shares).reshape(-1, FRAMES_PER_TURN, BINS),
        np.array(part.spelled, np.uint8).reshape(-1, FRAMES_PER_TURN),
        np.array(part.patches, np.uint8).reshape(-1, 3, config.patch, config.patch),
        row, column,
        np.array(part.text, np.int32), stream, turn, np.array(part.target, np.int32),
        np.array(part.noticed, np.int32), place, drawn,
    )  # fmt: skip


def lay_all(records: Many[Record], config: ModelConfig, tokenizer: Tokenizer) -> Laid:
    parts = [lay(record, config, tokenizer) for record in records]
    return Laid(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Laid)))


def laid_path(shard: Path) -> Path:
    return shard.with_suffix(".laid")


def waiting(run: Path, part: int = 0, parts: int = 1) -> list[Path]:
    """Shards of a run's bank that are not laid out, those that fall to one of several layers."""
    return [
        shard
        for shard in shards(run / "bank")
        if zlib.crc32(shard.name.encode()) % parts == part and not laid_path(shard).exists()
    ]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m engine.training.laid", description=__doc__)
    parser.add_argument("run", type=Path, help="with a bank, a config.json and a tokenizer.json")
    parser.add_argument("--part", type=int, default=0, help="which of --parts this process is")
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--once", action="store_true", help="end when all is laid out")
    options = parser.parse_args(argv)
    config = ModelConfig.load(options.run / CONFIG)
    tokenizer = Tokenizer.load(options.run / TOKENIZER)
    parent = os.getppid()
    while os.getppid() == parent:
        for shard in waiting(options.run, options.part, options.parts):
            lay_all(read_shard(shard), config, tokenizer).save(laid_path(shard))
        if options.once:
            return 0
        time.sleep(_LOOK_S)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
