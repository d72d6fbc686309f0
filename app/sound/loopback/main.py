"""Which back end hears what the computer plays here, and the list of devices with its outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.sound.captured import FrameQueue
from app.sound.devices import Device, DeviceList, Devices, SoundError
from app.sound.loopback.handlers.blackhole import BlackHoleHandler
from app.sound.loopback.handlers.monitor import MonitorHandler
from app.sound.loopback.handlers.wasapi import WasapiHandler
from app.sound.loopback.models import LoopbackHandler
from app.sound.patchbay import Stream
from app.window.words import later, tr

NOT_HERE = later("What this computer plays cannot be heard on this kind of system.")


def handlers() -> Sequence[LoopbackHandler]:
    return (MonitorHandler(), WasapiHandler(), BlackHoleHandler())


class WithSystemSound:
    """The machine's list of devices, and the outputs whose sound can be heard here."""

    def __init__(
        self, listed: DeviceList, found: Sequence[LoopbackHandler] | None = None
    ) -> None:
        self._listed = listed
        able = handlers() if found is None else found
        self._handler = next((one for one in able if one.is_compatible()), None)

    def look(self) -> Devices:
        """Never raises: why nothing can be heard is in `no_system`."""
        devices = self._listed.look()
        others = tuple(one for one in devices.all if one.kind != "system")
        handler = self._handler
        if handler is None:
            return replace(devices, all=others, no_system=tr(NOT_HERE))
        outputs = tuple(handler.outputs(devices)) if handler.is_installed() else ()
        why = "" if outputs else handler.install_instructions
        return replace(devices, all=others + outputs, no_system=why)

    def port(self, device: Device) -> int | str:
        own = None
        if device.kind == "system" and self._handler is not None:
            own = self._handler.port(device)
        return self._listed.port(device) if own is None else own

    def open(self, device: Device, port: int | str, frames: FrameQueue) -> Stream:
        """A stream of what `device` plays."""
        if self._handler is None:
            raise SoundError(tr(NOT_HERE))
        return self._handler.open(device, port, frames)
