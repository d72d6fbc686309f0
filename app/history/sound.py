"""Each side's sound in small pieces: about a second of it is lost at worst, and little is held.

Each side runs on its own time line from when the conversation began; where nothing came, nothing
is kept, and an export puts silence there.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import soundfile

from app.history.moment import SIDES, Chunk, Side
from engine.microturn import SAMPLE_RATE_HZ

PIECE_SAMPLES = SAMPLE_RATE_HZ
# A turn that comes a little late goes on where the last one ended; later than this is a gap.
GAP_S = 0.5


@dataclass
class Sounds:
    """Collects (n,) float32 at 16 kHz from one side until a piece is full."""

    side: Side
    _parts: list[np.ndarray] = field(default_factory=list)
    _at_s: float = 0.0
    _samples: int = 0

    def take(self, samples: np.ndarray, now_s: float) -> list[Chunk]:
        """now_s: when the first of `samples` sounds, since the conversation began."""
        done = []
        if self._samples and abs(now_s - self._end_s) > GAP_S:
            done += self.rest()
        if not self._samples:
            near = 0 <= now_s - self._end_s <= GAP_S
            self._at_s = self._end_s if near else max(now_s, self._end_s)
        self._parts.append(samples)
        self._samples += len(samples)
        return done + (self.rest() if self._samples >= PIECE_SAMPLES else [])

    def rest(self) -> list[Chunk]:
        """What is collected so far, as a piece."""
        if not self._samples:
            return []
        samples = np.concatenate(self._parts)
        chunk = Chunk(self.side, self._at_s, encoded(samples))
        self._at_s, self._parts, self._samples = self._end_s, [], 0
        return [chunk]

    @property
    def _end_s(self) -> float:
        return self._at_s + self._samples / SAMPLE_RATE_HZ


def encoded(samples: np.ndarray) -> bytes:
    """(n,) float32 in [-1, 1] -> FLAC, 16 bit."""
    file = io.BytesIO()
    soundfile.write(file, np.clip(samples, -1, 1), SAMPLE_RATE_HZ, "PCM_16", format="FLAC")
    return file.getvalue()


def decoded(flac: bytes) -> np.ndarray:
    """FLAC -> (n,) int16."""
    samples, _ = soundfile.read(io.BytesIO(flac), dtype="int16")
    return samples


def tracks(
    chunks: Iterable[Chunk], sides: Sequence[Side] = SIDES[:2], block_s: float = 10.0
) -> Iterable[np.ndarray]:
    """(n, len(sides)) int16 blocks, a channel for each of `sides`; `chunks` in order of time.

    By default the user is left and Aside right.
    """
    block = np.zeros((0, len(sides)), np.int16)
    start = 0
    for chunk in chunks:
        samples = decoded(chunk.flac)
        first = max(0, round(chunk.at_s * SAMPLE_RATE_HZ) - start)
        needed = first + len(samples)
        if needed > len(block):
            block = np.concatenate([block, np.zeros((needed - len(block), len(sides)), np.int16)])
        block[first:needed, sides.index(chunk.side)] = samples
        # What lies a block before this piece cannot change any more.
        settled = max(0, first - round(block_s * SAMPLE_RATE_HZ))
        if settled:
            yield block[:settled]
            block, start = block[settled:], start + settled
    if len(block):
        yield block
