"""Linux: the monitor that PulseAudio and PipeWire have for every output."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec

from app.sound.captured import FrameQueue
from app.sound.devices import Device, Devices
from app.sound.microphone import Microphone
from app.sound.patchbay import Stream


class MonitorHandler:
    """A monitor is opened as a microphone is; the sound server lists it with the others."""

    name = "the sound server's monitor"
    install_instructions = (
        "What this computer plays can be heard only through a sound server: start PulseAudio or "
        "PipeWire (Debian, Ubuntu: sudo apt install pipewire-pulse)."
    )

    @staticmethod
    def is_compatible() -> bool:
        return sys.platform.startswith("linux")

    @staticmethod
    def is_installed() -> bool:
        return find_spec("pulsectl") is not None

    def outputs(self, devices: Devices) -> Sequence[Device]:
        return devices.of("system")

    def port(self, device: Device) -> None:
        """The sound server's own list knows."""

    def open(self, device: Device, port: int | str, frames: FrameQueue) -> Stream:
        return Microphone(device, port, frames)
