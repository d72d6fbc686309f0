"""One open microphone: its callback cuts 10 ms frames and leaves them in a bounded queue."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from app.sound.captured import Captured, FrameQueue
from app.sound.clock import StreamClock
from app.sound.devices import Device
from app.sound.framing import FRAME_SAMPLES, FrameCutter, mono
from app.sound.portaudio import library
from engine.microturn import SAMPLE_RATE_HZ

# Five blocks to a micro-turn. With 20 ms a turn is there 10 ms sooner on average, and an idle
# desktop wakes up twice as often.
LATENCY_S = 0.06
BLOCK_S = 0.04


class Microphone:
    """Captures from `device` until closed. Raises sounddevice.PortAudioError if it cannot."""

    def __init__(self, device: Device, port: int | str, frames: FrameQueue) -> None:
        self._frames = frames
        self._cutter = FrameCutter(device.rate_hz)
        self._clock = StreamClock(SAMPLE_RATE_HZ)
        self._captured, self._over = 0, False
        self.last_callback_s = time.monotonic()
        self._stream = _open(port, device.rate_hz, self._callback)
        self.latency_s = float(self._stream.latency)

    @property
    def alive(self) -> bool:
        return bool(self._stream.active)

    def close(self) -> None:
        """A driver may hang in it; nothing is taken from it any more."""
        self._over = True
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)

    def _callback(self, block: Any, count: int, _times: Any, _status: Any) -> None:
        """block: a buffer of `count` times as many float32 as there are channels."""
        now_s = self.last_callback_s = time.monotonic()
        cut = self._cutter.push(mono(np.frombuffer(block, np.float32).reshape(count, -1)))
        begin, self._captured = self._captured, self._captured + FRAME_SAMPLES * len(cut)
        if not cut or self._over:
            return
        self._clock.tick(self._captured, now_s)
        ends_s = (self._clock.time_s(begin + FRAME_SAMPLES * (1 + n)) for n in range(len(cut)))
        self._frames.put(*map(Captured, cut, ends_s))


def _open(port: int | str, rate_hz: int, callback: Any) -> Any:
    """Opens with one channel; drivers that refuse get as many as they have."""
    sounddevice = library()
    channels = sounddevice.query_devices(port)["max_input_channels"]
    for count in dict.fromkeys((1, min(2, channels), channels)):
        try:
            stream = sounddevice.RawInputStream(  # the other wraps each block at twice the cost
                samplerate=rate_hz, device=port, channels=count, dtype="float32",
                blocksize=round(BLOCK_S * rate_hz), latency=LATENCY_S, callback=callback,
            )  # fmt: skip
        except sounddevice.PortAudioError as error:
            refused = error
            continue
        stream.start()
        return stream
    raise refused
