"""Sound files as the microphone: any rate, any channels, in constant memory.

Sound leaves here as 16 kHz mono float32 on the 16-bit grid, cut into micro-turns. On the grid,
because a tape keeps 16 bits: what the model hears live is then bit for bit what it hears when
the tape is replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import soxr

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.replay.decoders import probe_sound, sound_blocks
from engine.replay.errors import MediaError

FULL_SCALE = 32_768.0
_CLIPPED_FROM = 0.999
_CLIPPED_WORTH_SAYING = 0.001
_CUT_OFF_S = 0.5


def on_tape_grid(wave: np.ndarray) -> np.ndarray:
    """The nearest 16-bit samples: (n,) float32 -> (n,) float32 in [-1, 1 - 2**-15].

    What is not finite counts as silence.
    """
    steps = np.rint(wave * np.float32(FULL_SCALE)) + np.float32(
        0.0
    )  # no minus zero: not in 16 bits
    steps[~np.isfinite(steps)] = 0.0
    on_grid: np.ndarray = steps.clip(-FULL_SCALE, FULL_SCALE - 1) / np.float32(FULL_SCALE)
    return on_grid


class Sound:
    """One sound file or a video's sound, as a stream of 16 kHz mono.

    Opening reads the header only and raises MediaError; `blocks` decodes from the start, and
    `notes` then says what was odd about the sound, in sentences for a person.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.info = probe_sound(path)
        self._samples = self._not_finite = self._clipped = 0
        self._ended = False

    @property
    def seconds(self) -> float | None:
        return self.info.seconds

    def blocks(self) -> Iterator[np.ndarray]:
        """Blocks of (n,) float32, n varying. Raises MediaError for a broken or empty file."""
        self._samples = self._not_finite = self._clipped = 0
        mono = (self._mono(block) for block in sound_blocks(self.path, self.info))
        yield from resampled(mono, self.info.rate_hz)
        self._require_sound()
        self._ended = True

    def notes(self) -> list[str]:
        """What a person should know about this file, as far as it was read."""
        rate, channels = self.info.rate_hz, self.info.channels
        found = []
        if rate != SAMPLE_RATE_HZ:
            found.append(f"{rate} Hz, resampled to {SAMPLE_RATE_HZ} Hz")
        if channels > 1:
            found.append(f"{channels} channels, mixed to one")
        if self._not_finite:
            found.append(f"{self._not_finite} samples that are no numbers, taken as silence")
        if self._clipped > _CLIPPED_WORTH_SAYING * self._samples:
            share = 100 * self._clipped / self._samples
            found.append(f"clipped ({share:.1f} % at full scale), words may be lost")
        found += self._missing()
        return [f"{self.path.name}: {note}" for note in found]

    def _missing(self) -> list[str]:
        """That the file ended before its header said it would, once it was read."""
        read_s = self._samples / self.info.channels / self.info.rate_hz
        if not self._ended or self.seconds is None or read_s > self.seconds - _CUT_OFF_S:
            return []
        return [f"sound for {read_s:.1f} of {self.seconds:.1f} s, the rest is missing"]

    def _mono(self, block: np.ndarray) -> np.ndarray:
        finite = np.isfinite(block)
        self._samples += block.size
        self._not_finite += block.size - int(np.count_nonzero(finite))
        wave = np.where(finite, block, np.float32(0.0))
        self._clipped += int(np.count_nonzero(np.abs(wave) >= _CLIPPED_FROM))
        return np.clip(wave, -1.0, 1.0).mean(axis=1, dtype=np.float32)

    def _require_sound(self) -> None:
        if not self._samples:
            raise MediaError(f"{self.path}: holds no sound (0 samples). Record it again.")
        if self._not_finite == self._samples:
            raise MediaError(
                f"{self.path}: not one sample is a number (all NaN or infinite). Export it again."
            )


def resampled(blocks: Iterable[np.ndarray], rate_hz: int) -> Iterator[np.ndarray]:
    """Mono blocks at `rate_hz` -> mono blocks at 16 kHz; the same samples for any blocking."""
    if rate_hz == SAMPLE_RATE_HZ:
        yield from blocks
        return
    stream = soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")
    for block in blocks:
        yield stream.resample_chunk(block)
    yield stream.resample_chunk(np.empty(0, np.float32), last=True)


def cut(blocks: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    """Blocks of any length -> micro-turns of (3200,) float32 on the tape grid; the last one may
    be shorter."""
    rest = np.empty(0, np.float32)
    for block in blocks:
        rest = np.concatenate([rest, block])
        whole = len(rest) // TURN_SAMPLES * TURN_SAMPLES
        for start in range(0, whole, TURN_SAMPLES):
            yield on_tape_grid(rest[start : start + TURN_SAMPLES])
        rest = rest[whole:]
    if len(rest):
        yield on_tape_grid(rest)


def microphone(sounds: Sequence[Sound]) -> Iterator[np.ndarray]:
    """The files one after the other, without a gap, cut into micro-turns."""
    return cut(block for sound in sounds for block in sound.blocks())
