"""The whole bank in the memory of the device that trains, growing while it is read.

Tokens stay with the processor, which only does index arithmetic; sound (mel, letters, the own
voice) lies on the device. Nothing is read, unpacked or sent twice: 300 hours are some 5 GB.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.microturn import TURN_S
from engine.signal.mel import BINS, FRAMES_PER_TURN
from engine.signal.patches import PATCH
from engine.training.laid import Laid

_LOOK_S = 2.0
PATCHES = ("pixels", "row", "column")
_DRAWS = 1024


class Growing:
    """A tensor that grows along its first axis, by a quarter when room runs out: old and new lie
    side by side while it is copied, and there may be 20 GB of it."""

    def __init__(self, device: torch.device, dtype: torch.dtype, *shape: int) -> None:
        self.used = 0
        self._room = torch.empty((1024, *shape), dtype=dtype, device=device)

    def extend(self, values: np.ndarray) -> None:
        end = self.used + len(values)
        if end > len(self._room):
            size = (max(end, len(self._room) * 5 // 4), *self._room.shape[1:])
            bigger = torch.empty(size, dtype=self._room.dtype, device=self._room.device)
            bigger[: self.used] = self.rows
            self._room = bigger
        self._room[self.used : end] = torch.from_numpy(np.ascontiguousarray(values))
        self.used = end

    @property
    def rows(self) -> Tensor:
        return self._room[: self.used]

    def numpy(self) -> np.ndarray:
        return self.rows.numpy()


class Resident:
    """All laid out records of a directory. Where each begins: `first_*`, (R,) int64."""

    def __init__(
        self, directory: Path, device: torch.device, weights: Mapping[str, float] | None = None
    ) -> None:
        self.directory, self.device, self._weights = directory, device, weights
        self._seen: set[Path] = set()
        self._looked, self._by_skill = 0.0, defaultdict[str, list[int]](list)
        here = torch.device("cpu")
        integers = ("text", "turn", "target", "noticed", "place", "drawn")
        self.columns = {name: Growing(here, torch.int32) for name in integers}
        self.columns["stream"] = Growing(here, torch.int8)
        counts = ["tokens", "turns", "spoken", "looks", "keeps"]
        counts += ["first_token", "first_turn", "first_spoken", "first_look"]
        self.columns |= {name: Growing(here, torch.int64) for name in counts}
        self.loudness = Growing(device, torch.float32)
        self.mel = Growing(device, torch.uint8, BINS)
        self.letters = Growing(device, torch.uint8)
        self.voiced = Growing(device, torch.int32)
        self.voice = Growing(device, torch.uint8, FRAMES_PER_TURN, BINS)
        self.pixels = Growing(device, torch.uint8, 3, PATCH, PATCH)
        self.row, self.column = (Growing(device, torch.uint8) for _ in range(2))
        self.spelled = Growing(device, torch.uint8, FRAMES_PER_TURN)

    def __len__(self) -> int:
        return self.columns["tokens"].used

    @property
    def hours(self) -> float:
        return self.voiced.used * TURN_S / 3600

    def refresh(self, limit: int = 1 << 30) -> int:
        """Take in at most `limit` new files; returns how many there were."""
        fresh = [p for p in sorted(self.directory.glob("*.laid")) if p not in self._seen]
        for path in fresh[:limit]:
            self._seen.add(path)
            self.add(Laid.load(path))
        return len(fresh[:limit])

    def glance(self) -> None:
        """Take in one new file if there is one; looks every other second at most."""
        if time.monotonic() - self._looked > _LOOK_S and not self.refresh(limit=1):
            self._looked = time.monotonic()

    def add(self, laid: Laid) -> None:
        for record, skill in enumerate(laid.skill, start=len(self)):
            self._by_skill[str(skill)].append(record)
        self._add_starts("first_token", self.columns["text"].used, laid.tokens)
        self._add_starts("first_turn", self.voiced.used, laid.turns)
        self._add_starts("first_spoken", self.voice.used, laid.spoken)
        self._add_starts("first_look", self.pixels.used, laid.looks)
        for name, column in self.columns.items():
            if not name.startswith("first_"):
                column.extend(getattr(laid, name))
        stored = ("loudness", "mel", "letters", "voiced", "voice", "spelled", *PATCHES)
        for name in stored:
            getattr(self, name).extend(getattr(laid, name))

    def _add_starts(self, name: str, used: int, counts: np.ndarray) -> None:
        self.columns[name].extend(used + np.cumsum(counts) - counts)

    def __getitem__(self, name: str) -> np.ndarray:
        """A column of tokens or of records."""
        return self.columns[name].numpy()

    def draws(self, rng: np.random.Generator) -> Iterator[int]:
        """Endless random records, each skill as often as its weight says.

        Raises LookupError when none is there.
        """
        while True:
            shares = self._shares()
            names, bounds = list(shares), np.cumsum(list(shares.values()))
            drawn = np.searchsorted(bounds, rng.random(_DRAWS) * bounds[-1], side="right")
            for skill, which in zip(drawn, rng.random(_DRAWS), strict=True):
                group = self._by_skill[names[min(int(skill), len(names) - 1)]]
                yield group[int(which * len(group))]

    def _shares(self) -> dict[str, float]:
        """How often each skill is drawn: by its weight, without weights by how many there are."""
        given, there = self._weights, self._by_skill
        if given is None:
            shares = {name: float(len(records)) for name, records in there.items()}
        else:
            shares = {name: given[name] for name in there if given.get(name)}
        if not shares:
            raise LookupError(f"{self.directory} holds nothing to train on: render scenes first")
        return shares
