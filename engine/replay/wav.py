"""The session's sound for people: microphone left, voice right, readable while it grows."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES, OutputTurn
from engine.replay.disk import PatchedFile
from engine.replay.media import FULL_SCALE, on_tape_grid

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_FRAME_BYTES = 4
_LARGEST = 0xFFFFFFFF
_SILENCE = np.zeros(TURN_SAMPLES, np.float32)


class StereoWave:
    """session.wav: (n, 2) 16-bit at 16 kHz. The voice of micro-turn k lies in the interval k+1.

    Raises OutputError.
    """

    def __init__(self, path: Path) -> None:
        self._file = PatchedFile(path)
        self._bytes = 0
        self._voice = _SILENCE
        self._file.write(0, _header(0))

    def write(self, microphone: np.ndarray, output: OutputTurn) -> None:
        """Appends one micro-turn: the microphone now, beside the voice decided before it."""
        self._append(microphone, self._voice)
        self._voice = _SILENCE if output.audio is None else output.audio

    def close(self) -> None:
        """Appends the voice that the last micro-turn decided on, where there is one."""
        try:
            if self._voice.any():
                self._append(_SILENCE, self._voice)
        finally:
            self._file.close()

    def abandon(self) -> None:
        """Leaves the file as it is on the disk."""
        self._file.close()

    def _append(self, left: np.ndarray, right: np.ndarray) -> None:
        sides = np.stack([on_tape_grid(left), on_tape_grid(right)], axis=1)
        data = (sides * FULL_SCALE).astype("<i2").tobytes()
        self._file.write(_HEADER.size + self._bytes, data)
        self._bytes += len(data)
        self._file.write(0, _header(self._bytes))


def _header(data_bytes: int) -> bytes:
    size = min(data_bytes, _LARGEST - _HEADER.size)
    rate = SAMPLE_RATE_HZ
    return _HEADER.pack(
        *(b"RIFF", size + _HEADER.size - 8, b"WAVE", b"fmt ", 16, 1, 2, rate),
        *(rate * _FRAME_BYTES, _FRAME_BYTES, 16, b"data", size),
    )
