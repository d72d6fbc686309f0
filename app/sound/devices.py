"""Which microphones and speakers there are, by name, and which one to take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

# "system": what an output plays, heard; it bears the speaker's name.
Kind = Literal["microphone", "speaker", "system"]


class SoundError(Exception):
    """Sound does not work; the message says what to do. Typing still works."""


@dataclass(frozen=True)
class Device:
    """One microphone or speaker, or an output that can be heard.

    name: what people call it and what is remembered. key: what opens it (see the list's `open`).
    """

    kind: Kind
    name: str
    key: str
    rate_hz: int
    is_default: bool = False


@dataclass(frozen=True)
class Devices:
    """What is there now. problem: why nothing can be, in words for the user; else empty.

    no_system: likewise, why what the computer plays cannot be heard.
    """

    all: tuple[Device, ...] = ()
    problem: str = ""
    no_system: str = ""

    def of(self, kind: Kind) -> tuple[Device, ...]:
        return tuple(device for device in self.all if device.kind == kind)

    def choose(self, kind: Kind, wanted: str | None) -> Device | None:
        """The wanted one, by name; else the default; None where there is neither."""
        candidates = self.of(kind)
        named = [d for d in candidates if wanted and wanted.lower() in (d.name.lower(), d.key)]
        default = [d for d in candidates if d.is_default]
        return next(iter(named + default), None)


class DeviceList(Protocol):
    """Where devices are found. One per sound system; all calls come from one thread."""

    def look(self) -> Devices:
        """What is there now. Never raises: what is wrong is in `problem`."""
        ...

    def port(self, device: Device) -> int | str:
        """The PortAudio device behind which `device` is, made ready to be opened now.

        Raises SoundError where PortAudio does not know it (yet).
        """
        ...
