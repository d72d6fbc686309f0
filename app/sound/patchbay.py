"""Keeps the chosen microphone and speaker open, by name, whatever is plugged and unplugged.

One thread looks twice a second, and it alone opens and closes streams. What is open follows from
three things: what there is, what the user wants, and what is switched on. A device that vanished
gives way to the default, or to nothing, and is taken again when it returns.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.sound.devices import Device, DeviceList, Devices, Kind, SoundError
from app.sound.loop import Latency
from app.sound.soundserver import opening
from app.window.words import later, tr

LOOK_S = 0.5
STALLED_S = 4.0
RETRY_S = 2.0
CLOSE_S, STOP_S = 2.0, 8.0
log = logging.getLogger(__name__)
NO_OUTPUT = later("There is no speaker whose sound could be heard.")
KINDS: tuple[Kind, ...] = ("microphone", "speaker", "system")
ABSENT: dict[Kind, str] = {
    "microphone": later("No microphone."), "speaker": later("No speaker."), "system": NO_OUTPUT,
}  # fmt: skip


class Stream(Protocol):
    """An open microphone or speaker, or what is heard of one."""

    latency_s: float

    @property
    def last_callback_s(self) -> float:
        """Of the steady clock; now, where none is due."""
        ...

    @property
    def alive(self) -> bool: ...

    def close(self) -> None: ...


Opener = Callable[[Device, int | str], Stream]


@dataclass(frozen=True)
class Wiring:
    """What is connected now, and what to tell the user about it (empty when all is well).

    system: the output that is heard; wants_system: whether one is to be.
    """

    devices: Devices = field(default_factory=Devices)
    microphone: Device | None = None
    speaker: Device | None = None
    system: Device | None = None
    wants_system: bool = False
    notices: tuple[str, ...] = ()
    latency: Latency = field(default_factory=Latency)


class _Line:
    """One side: what is wanted and what is open."""

    def __init__(self, kind: Kind, wanted: str | None) -> None:
        self.kind, self.wanted = kind, wanted
        self.enabled = kind != "system"
        self.device: Device | None = None
        self.stream: Stream | None = None
        self.trouble = self.stuck = ""
        self.retry_at_s = 0.0

    def close(self) -> None:
        """A driver may hang in closing (PortAudio's ALSA can, when a device dies as it opens)."""
        stream, device = self.stream, self.device
        self.stream = self.device = None
        if stream is not None and device is not None and not _closes(stream):
            hangs = tr("{name} hangs in the sound system: start Aside again to use it.")
            self.stuck = hangs.format(name=device.name)

    def is_lost(self, devices: Devices) -> bool:
        if self.stream is None or self.device is None:
            return False
        stalled = time.monotonic() - self.stream.last_callback_s > STALLED_S
        known = self.device.key in {device.key for device in devices.of(self.kind)}
        return stalled or not known or not self.stream.alive

    def notice(self, devices: Devices) -> str:
        if not self.enabled:
            return ""
        if self.device is None:
            return self.stuck or self.trouble or self._missing(devices)
        if self.wanted and self.wanted.lower() not in (self.device.name.lower(), self.device.key):
            away = tr("{wanted} is not there: using {used} until it returns.")
            return away.format(wanted=self.wanted, used=self.device.name)
        return ""

    def _missing(self, devices: Devices) -> str:
        if self.kind == "system":
            return devices.no_system or tr(NO_OUTPUT)
        return devices.problem or tr(ABSENT[self.kind])


class Patchbay:
    """Tells `notify`, on its own thread, whenever the wiring changed.

    start_anew: makes PortAudio look for devices again; called with every stream closed.
    """

    def __init__(
        self,
        devices: DeviceList,
        openers: Mapping[Kind, Opener],
        start_anew: Callable[[], None],
        notify: Callable[[Wiring], None],
        wanted: Mapping[Kind, str | None],
    ) -> None:
        self._list, self._openers = devices, openers
        self._start_anew, self._notify = start_anew, notify
        self._lines = {kind: _Line(kind, wanted.get(kind)) for kind in KINDS}
        self._wiring = Wiring()
        self._anew_for = Devices()
        self._look_now = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="patchbay", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """A sound server that hangs is not waited for: the thread goes with the process."""
        self._stopping = True
        self._look_now.set()
        self._thread.join(STOP_S)

    def want(self, kind: Kind, name: str | None) -> None:
        """Takes this device from now on; None means the system's default."""
        self._lines[kind].wanted = name
        self._lines[kind].retry_at_s = 0.0
        self._look_now.set()

    def enable(self, kind: Kind, enabled: bool) -> None:
        """A disabled line is closed, so that nothing at all is captured."""
        self._lines[kind].enabled = enabled
        self._look_now.set()

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._look()
            except Exception as error:  # of a driver or a sound server; this thread must go on
                log.error("looking for devices: %s", type(error).__name__)
            self._look_now.wait(LOOK_S)
            self._look_now.clear()
        for line in self._lines.values():
            line.close()

    def _look(self) -> None:
        devices = self._list.look()
        for line in self._lines.values():
            self._attend(line, devices)
        wiring = self._describe(devices)
        if wiring != self._wiring:
            self._wiring = wiring
            self._notify(wiring)

    def _attend(self, line: _Line, devices: Devices) -> None:
        if line.is_lost(devices):
            line.close()
        usable = line.enabled and not line.stuck
        target = devices.choose(line.kind, line.wanted) if usable else None
        if line.device is not None and target is not None and line.device.key == target.key:
            return
        line.close()
        if target is not None and time.monotonic() >= line.retry_at_s:
            self._open(line, target, devices)

    def _open(self, line: _Line, target: Device, devices: Devices) -> None:
        try:
            with opening():
                port = self._port(target, devices)
                line.stream = self._openers[line.kind](target, port)
        except Exception as error:  # drivers raise what they like, and typing must go on
            refused = tr("{name} cannot be opened: {error}")
            line.trouble = refused.format(name=target.name, error=_words(error))
            line.retry_at_s = time.monotonic() + RETRY_S
        else:
            line.device, line.trouble = target, ""

    def _port(self, target: Device, devices: Devices) -> int | str:
        """PortAudio may not know yet what was plugged in: then it starts anew, once per change."""
        try:
            return self._list.port(target)
        except SoundError:
            if devices == self._anew_for:
                raise
        self._anew_for = devices
        for line in self._lines.values():
            line.close()
        self._start_anew()
        return self._list.port(target)

    def _describe(self, devices: Devices) -> Wiring:
        microphone, speaker, system = (self._lines[kind] for kind in KINDS)
        notices = dict.fromkeys(self._lines[kind].notice(devices) for kind in KINDS)
        return Wiring(
            devices=devices,
            microphone=microphone.device,
            speaker=speaker.device,
            system=system.device,
            wants_system=system.enabled,
            notices=tuple(notice for notice in notices if notice),
            latency=Latency(*(_latency_s(self._lines[kind]) for kind in KINDS)),
        )


def _closes(stream: Stream) -> bool:
    closing = threading.Thread(target=stream.close, name="closing", daemon=True)
    closing.start()
    closing.join(CLOSE_S)
    return not closing.is_alive()


def _latency_s(line: _Line) -> float:
    return line.stream.latency_s if line.stream is not None else 0.0


def _words(error: Exception) -> str:
    """PortAudio puts its own words first and codes behind them."""
    return str(error.args[0] if error.args else error) or type(error).__name__
