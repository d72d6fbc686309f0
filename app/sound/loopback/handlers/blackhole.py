"""macOS: it gives no program what others play, so a driver that loops sound back must be there.

BlackHole (or Loopback) appears as a microphone once it is installed; who wants to hear it too
makes a multi-output device of it and the speaker. Never run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from app.sound.captured import FrameQueue
from app.sound.devices import Device, Devices
from app.sound.microphone import Microphone
from app.sound.patchbay import Stream

DRIVERS = ("BlackHole", "Loopback")


class BlackHoleHandler:
    """What the driver's input brings is what the computer plays."""

    name = "a loopback driver"
    install_instructions = (
        "macOS gives no program what others play. Install BlackHole (brew install blackhole-2ch), "
        "make a Multi-Output Device of it and your speaker in Audio MIDI Setup, and choose that "
        "as the system's output."
    )

    @staticmethod
    def is_compatible() -> bool:
        return sys.platform == "darwin"

    @staticmethod
    def is_installed() -> bool:
        return True

    def outputs(self, devices: Devices) -> Sequence[Device]:
        drivers = [one for one in devices.of("microphone") if one.name.startswith(DRIVERS)]
        return [
            replace(one, kind="system", is_default=place == 0) for place, one in enumerate(drivers)
        ]

    def port(self, device: Device) -> int:
        """PortAudio knows it as a microphone, by the number in its key."""
        return int(device.key)

    def open(self, device: Device, port: int | str, frames: FrameQueue) -> Stream:
        return Microphone(device, port, frames)
