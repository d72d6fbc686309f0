"""What a back end must be able to do to hear what the computer plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.sound.captured import FrameQueue
from app.sound.devices import Device, Devices
from app.sound.patchbay import Stream


class LoopbackHandler(Protocol):
    """name and install_instructions are for people; the rest is as in app.capture.models."""

    name: str
    install_instructions: str

    @staticmethod
    def is_compatible() -> bool:
        """Whether this kind of machine is its own."""
        ...

    @staticmethod
    def is_installed() -> bool:
        """Whether what it needs is there."""
        ...

    def outputs(self, devices: Devices) -> Sequence[Device]:
        """Devices of the kind "system", each named as the speaker whose sound it hears.

        devices: what the machine's own list of devices has now.
        """
        ...

    def port(self, device: Device) -> int | str | None:
        """Of one of its outputs, as DeviceList.port gives it; None: that list is to be asked."""
        ...

    def open(self, device: Device, port: int | str, frames: FrameQueue) -> Stream:
        """Leaves 10 ms frames in `frames` until it is closed. Raises what the driver likes."""
        ...
