"""One open microphone: its callback cuts 10 ms frames and leaves them in a bounded queue."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.sound.clock import StreamClock
from app.sound.devices import Device
from app.sound.framing import FRAME_SAMPLES, FrameCutter, mono
from app.sound.portaudio import library
from engine.microturn import SAMPLE_RATE_HZ

# Five blocks to a micro-turn. With 20 ms a turn is there 10 ms sooner on average, and an idle
# desktop wakes up twice as often.
LATENCY_S = 0.06
BLOCK_S = 0.04
QUEUE_FRAMES = 100


@dataclass(frozen=True)
class Captured:
    """One frame of the microphone. samples: (160,) float32; end_s: monotonic time of its end."""

    samples: np.ndarray
    end_s: float


FrameQueue = queue.Queue[Captured]


def put_newest(frames: FrameQueue, captured: Captured) -> None:
    """Puts a frame; where nobody takes them, the oldest goes: sound is never queued for long."""
    while True:
        try:
            return frames.put_nowait(captured)
        except queue.Full:
            try:
                frames.get_nowait()
            except queue.Empty:
                continue


class Microphone:
    """Captures from `device` until closed. Raises sounddevice.PortAudioError if it cannot."""

    def __init__(self, device: Device, port: int | str, frames: FrameQueue) -> None:
        self._frames = frames
        self._cutter = FrameCutter(device.rate_hz)
        self._clock = StreamClock(SAMPLE_RATE_HZ)
        self._captured = 0
        self.last_callback_s = time.monotonic()
        self._stream = _open(port, device.rate_hz, self._callback)
        self.latency_s = float(self._stream.latency)

    @property
    def alive(self) -> bool:
        return bool(self._stream.active)

    def close(self) -> None:
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)

    def _callback(self, block: np.ndarray, _count: int, _times: Any, _status: Any) -> None:
        now_s = self.last_callback_s = time.monotonic()
        cut = self._cutter.push(mono(block))
        if not cut:
            return
        self._captured += FRAME_SAMPLES * len(cut)
        self._clock.tick(self._captured, now_s)
        for behind, samples in zip(range(len(cut) - 1, -1, -1), cut, strict=True):
            end = self._captured - FRAME_SAMPLES * behind
            put_newest(self._frames, Captured(samples, self._clock.time_s(end)))


def _open(port: int | str, rate_hz: int, callback: Any) -> Any:
    """Opens with one channel; drivers that refuse get as many as they have."""
    sounddevice = library()
    channels = sounddevice.query_devices(port)["max_input_channels"]
    for count in dict.fromkeys((1, min(2, channels), channels)):
        try:
            stream = sounddevice.InputStream(
                samplerate=rate_hz, device=port, channels=count, dtype="float32",
                blocksize=round(BLOCK_S * rate_hz), latency=LATENCY_S, callback=callback,
            )  # fmt: skip
        except sounddevice.PortAudioError as error:
            refused = error
            continue
        stream.start()
        return stream
    raise refused
