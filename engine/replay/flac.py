"""FLAC that can be read at any moment of its making.

An encoder writes how long the file is when it closes it, and readers refuse a file that does
not say. Here the length in the header follows the sound, block by block, so that a killed
session leaves a good file behind. Layout: RFC 9639, section 8.2.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import soundfile

from engine.microturn import SAMPLE_RATE_HZ
from engine.replay.disk import PatchedFile
from engine.replay.media import FULL_SCALE

BLOCK_SAMPLES = 4_096
_LENGTH_AT = 21


class _Encoded:
    """Collects what the encoder writes, with the place where it belongs."""

    def __init__(self) -> None:
        self.pieces: list[tuple[int, bytes]] = []
        self._at = self._end = 0

    def write(self, data: bytes) -> int:
        piece = bytes(data)
        self.pieces.append((self._at, piece))
        self._at += len(piece)
        self._end = max(self._end, self._at)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at


class FlacWriter:
    """Writes 16 kHz mono sound, lossless at 16 bits; at most 0.5 s are not yet on the disk.

    Raises OutputError.
    """

    def __init__(self, path: Path) -> None:
        self._encoded = _Encoded()
        self._encoder = soundfile.SoundFile(
            self._encoded, "w", SAMPLE_RATE_HZ, 1, format="FLAC", subtype="PCM_16"
        )
        self._file = PatchedFile(path)
        self._length_byte = 0
        self._written = 0

    def write(self, wave: np.ndarray) -> None:
        """Appends (n,) float32 that lies on the tape grid."""
        self._encoder.write(np.rint(wave * FULL_SCALE).astype(np.int16))
        self._written += len(wave)
        if self._drain():
            # A block leaves the encoder once the first sample after it has come in.
            self._patch_length((self._written - 1) // BLOCK_SAMPLES * BLOCK_SAMPLES)

    def close(self) -> None:
        """Writes what the encoder still holds."""
        try:
            self._encoder.close()
            self._drain()
            self._patch_length(self._written)
        finally:
            self._file.close()

    def abandon(self) -> None:
        """Leaves the file as it is on the disk, readable up to its last whole block."""
        self._encoder.close()
        self._file.close()

    def _drain(self) -> bool:
        pieces, self._encoded.pieces = self._encoded.pieces, []
        for offset, data in pieces:
            self._file.write(offset, data)
            if offset <= _LENGTH_AT < offset + len(data):
                self._length_byte = data[_LENGTH_AT - offset]
        return bool(pieces)

    def _patch_length(self, samples: int) -> None:
        if samples:
            first = (self._length_byte & 0xF0) | samples >> 32
            self._file.write(_LENGTH_AT, bytes([first]) + (samples & 0xFFFFFFFF).to_bytes(4, "big"))
