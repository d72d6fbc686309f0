"""Records on disk, in shards, so that making data and training go on side by side.

A shard is one file of pickled records, written by this program for itself: do not read shards
that come from somewhere else.
"""

from __future__ import annotations

import pickle
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from engine.microturn import TURN_S
from engine.training.render import Record

SHARD_RECORDS = 500


def write_shard(directory: Path, name: str, records: Sequence[Record]) -> Path:
    """Written whole or not at all: a shard that can be seen can be read."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}.records"
    partial = path.with_suffix(".partial")
    partial.write_bytes(pickle.dumps(list(records), protocol=pickle.HIGHEST_PROTOCOL))
    partial.rename(path)
    return path


def shards(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.records"))


def read_shard(path: Path) -> list[Record]:
    records: list[Record] = pickle.loads(path.read_bytes())
    return records


class Bank:
    """All records of a directory that grows while it is read.

    weights: how often each skill is drawn; None draws every record equally often.
    """

    def __init__(
        self, directory: Path, weights: Mapping[str, float] | None = None, refresh_s: float = 60.0
    ) -> None:
        self.directory, self._weights, self._refresh_s = directory, weights, refresh_s
        self._seen: set[Path] = set()
        self._looked = 0.0
        self.records: list[Record] = []
        self._by_skill: dict[str, list[Record]] = defaultdict(list)
        self.refresh()

    def refresh(self) -> None:
        self._looked = time.monotonic()
        for path in shards(self.directory):
            if path not in self._seen:
                self._seen.add(path)
                for record in read_shard(path):
                    self.records.append(record)
                    self._by_skill[record.skill].append(record)

    def glance(self) -> None:
        """Read what is new, if the last look was long ago."""
        if time.monotonic() - self._looked > self._refresh_s:
            self.refresh()

    @property
    def hours(self) -> float:
        return sum(record.turns for record in self.records) * TURN_S / 3600

    def draw(self, rng: np.random.Generator) -> Record:
        """A random record. Raises LookupError when the bank is empty."""
        self.glance()
        if not self.records:
            raise LookupError(f"{self.directory} holds no records: render scenes first")
        chosen = self.records
        if self._weights is not None:
            names = [name for name in self._by_skill if self._weights.get(name)]
            weights = np.array([self._weights[name] for name in names])
            chosen = self._by_skill[str(rng.choice(names, p=weights / weights.sum()))]
        return chosen[int(rng.integers(len(chosen)))]

    def words(self) -> Iterator[str]:
        """Every text in the bank, for the tokenizer."""
        for record in self.records:
            yield from (word for _, word in record.heard)
            yield from (text for _, text in record.typed)
            for said in record.says:
                yield from (word for _, word in said.words)

    def voice(self, limit: int = 2000) -> np.ndarray:
        """Packed log mel of the own voice: (frames, 80) uint8."""
        parts = [said.mel for record in self.records[:limit] for said in record.says]
        return np.concatenate(parts)
