"""One open speaker: its callback pulls frames and remembers what was really played."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.sound.devices import Device
from app.sound.framing import FramePourer
from app.sound.played import Played
from app.sound.portaudio import library

# 50 ms made "be quiet now" take up to 120 ms on a sound server; with 30 it takes up to 85.
LATENCY_S = 0.03
BLOCK_S = 0.01


class Speaker:
    """Plays what `pull` gives, (160,) float32 at 16 kHz a frame, and writes it to all of `played`.

    Raises sounddevice.PortAudioError if the device cannot be opened.
    """

    def __init__(
        self, device: Device, port: int | str, pull: Callable[[], np.ndarray],
        played: Sequence[Played],
    ) -> None:  # fmt: skip
        self._pull, self._played = pull, played
        self._pourer = FramePourer(device.rate_hz, self._next_frame)
        self.last_callback_s = time.monotonic()
        for one in played:
            one.restart()
        self._stream = _open(port, device.rate_hz, self._callback)
        self.latency_s = float(self._stream.latency)

    @property
    def alive(self) -> bool:
        return bool(self._stream.active)

    def close(self) -> None:
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)

    def _callback(self, block: np.ndarray, count: int, _times: Any, _status: Any) -> None:
        self.last_callback_s = time.monotonic()
        block[:] = self._pourer.pour(count)[:, np.newaxis]

    def _next_frame(self) -> np.ndarray:
        frame = self._pull()
        now_s = time.monotonic()
        for one in self._played:
            one.write(frame, now_s)
        return frame


def _open(port: int | str, rate_hz: int, callback: Any) -> Any:
    """Opens with one channel; drivers that refuse get the same sound on two."""
    sounddevice = library()
    for count in (1, 2):
        try:
            stream = sounddevice.OutputStream(
                samplerate=rate_hz, device=port, channels=count, dtype="float32",
                blocksize=round(BLOCK_S * rate_hz), latency=LATENCY_S, callback=callback,
            )  # fmt: skip
        except sounddevice.PortAudioError as error:
            refused = error
            continue
        stream.start()
        return stream
    raise refused
