"""Windows: WASAPI loopback, through the library soundcard, for PortAudio has none. Never run."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from app.sound.captured import Captured, FrameQueue
from app.sound.devices import Device, Devices
from app.sound.framing import FrameCutter, mono
from app.sound.patchbay import Stream

RATE_HZ = 48_000
BLOCK = RATE_HZ // 100


class WasapiHandler:
    """Any output can be heard, by its own name."""

    name = "WASAPI loopback"
    install_instructions = (
        "What this computer plays is heard through the package soundcard: pip install soundcard"
    )

    @staticmethod
    def is_compatible() -> bool:
        return sys.platform == "win32"

    @staticmethod
    def is_installed() -> bool:
        return find_spec("soundcard") is not None

    def outputs(self, devices: Devices) -> Sequence[Device]:
        soundcard: Any = import_module("soundcard")
        default = soundcard.default_speaker().id
        return [
            Device("system", one.name, one.id, RATE_HZ, one.id == default)
            for one in soundcard.all_speakers()
        ]

    def port(self, device: Device) -> str:
        return device.key

    def open(self, device: Device, port: int | str, frames: FrameQueue) -> Stream:
        return LoopbackStream(str(port), frames)


class LoopbackStream:
    """Reads in a thread of its own; while nothing plays the library gives silence."""

    latency_s = 0.03

    def __init__(self, key: str, frames: FrameQueue) -> None:
        self._key, self._frames = key, frames
        self._stopping = threading.Event()
        self.last_callback_s = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="loopback", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        soundcard: Any = import_module("soundcard")
        heard = soundcard.get_microphone(self._key, include_loopback=True)
        cutter = FrameCutter(RATE_HZ)
        with heard.recorder(samplerate=RATE_HZ, blocksize=BLOCK) as recorder:
            while not self._stopping.is_set():
                block = mono(np.asarray(recorder.record(numframes=BLOCK), np.float32))
                self.last_callback_s = time.monotonic()
                cut = cutter.push(block)
                self._frames.put(*(Captured(samples, self.last_callback_s) for samples in cut))
