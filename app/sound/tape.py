"""A recording in place of the microphone, or of what the computer plays."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from app.sound.captured import Captured, FrameQueue
from app.sound.devices import Device, DeviceList, Devices, Kind, SoundError
from app.sound.framing import FRAME_S, FRAME_SAMPLES, FrameCutter
from engine.microturn import SAMPLE_RATE_HZ

# A recorded session is a folder; what its model heard lies in this file (engine.replay.tape).
IN_A_FOLDER = "microphone.flac"


class WithTapes:
    """A list of devices in which tapes stand for all devices of their kind."""

    def __init__(self, listed: DeviceList, tapes: Mapping[Kind, Path]) -> None:
        self._listed, self._tapes = listed, tapes

    def look(self) -> Devices:
        devices = self._listed.look()
        real = tuple(one for one in devices.all if one.kind not in self._tapes)
        taped = tuple(
            Device(kind, f"recording {path.name}", str(path), SAMPLE_RATE_HZ, is_default=True)
            for kind, path in self._tapes.items()
        )
        return replace(devices, all=real + taped)

    def port(self, device: Device) -> int | str:
        return device.key if device.kind in self._tapes else self._listed.port(device)


class TapeSound:
    """Plays a file's sound into `frames` at the pace of life, over and over, until closed.

    path: whatever holds sound (wav, flac, mp3, mp4 ...), or a recorded session's folder. Raises
    SoundError where none can be read.
    """

    latency_s = 0.0

    def __init__(self, path: Path, frames: FrameQueue) -> None:
        self._path = path / IN_A_FOLDER if path.is_dir() else path
        self._frames = frames
        self._stopping = threading.Event()
        self.last_callback_s = time.monotonic()
        first = next(cut(self._path), None)
        if first is None:
            raise SoundError(f"there is no sound in {self._path}")
        self._thread = threading.Thread(target=self._run, name="tape", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        due_s = time.monotonic()
        while not self._stopping.is_set():
            for samples in cut(self._path):
                due_s += FRAME_S
                if self._stopping.wait(max(0.0, due_s - time.monotonic())):
                    return
                self.last_callback_s = time.monotonic()
                self._frames.put(Captured(samples, due_s))


def cut(path: Path) -> Iterator[np.ndarray]:
    """A file's sound in frames: (160,) float32 each, at 16 kHz. Raises SoundError."""
    import av

    cutter = FrameCutter(SAMPLE_RATE_HZ)
    resampler = av.AudioResampler("flt", "mono", SAMPLE_RATE_HZ, FRAME_SAMPLES)
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                return
            frames: Any = container.decode(audio=0)
            for frame in frames:
                for one in resampler.resample(frame):
                    yield from cutter.push(one.to_ndarray()[0])
    except (OSError, ValueError) as error:
        raise SoundError(f"{path} cannot be read: {error}") from error
