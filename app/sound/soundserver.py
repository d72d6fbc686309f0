"""The devices of a Linux sound server: PulseAudio, or PipeWire, which speaks the same protocol.

PortAudio sees the whole server as one device named "pulse". Which microphone or speaker is meant
is said through the two variables that the server's client library reads when a stream opens.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from app.sound.devices import Device, Devices, SoundError
from app.sound.portaudio import devices_now
from app.window.words import tr

VARIABLE = {"microphone": "PULSE_SOURCE", "speaker": "PULSE_SINK", "system": "PULSE_SOURCE"}

SILENT = "No sound server answers, so there is neither microphone nor speaker. Typing works."

_opening = threading.Lock()


def is_compatible() -> bool:
    return sys.platform.startswith("linux")


@contextmanager
def opening() -> Iterator[None]:
    """Around the opening of a stream: the variables that `port` sets are as before afterwards.

    Programs that are started later inherit what is left, and would sound and record there. A
    stream that is open keeps its device, also when it is stopped and started again: the library
    reads the variables when it makes the connection, which is the stream's own.
    """
    with _opening:
        before = {name: os.environ.get(name) for name in VARIABLE.values()}
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


class SoundServerList:
    """Asks the server over one connection, which is made again when the server was restarted."""

    def __init__(self) -> None:
        self._server: Any = None

    def look(self) -> Devices:
        """Devices of the server; empty, with a problem, where there is none."""
        import pulsectl

        try:
            if self._server is None:
                self._server = pulsectl.Pulse("aside devices", threading_lock=True)
            return Devices(tuple(_found(self._server)))
        except (pulsectl.PulseError, OSError):
            self.close()
            return Devices(problem=tr(SILENT))

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    def port(self, device: Device) -> int | str:
        """To be called within `opening`."""
        names = {known.name: int(known.key) for known in devices_now()}
        if "pulse" not in names:
            raise SoundError(
                tr(
                    "PortAudio cannot reach the sound server. "
                    "Debian, Ubuntu: sudo apt install libasound2-plugins"
                )
            )
        os.environ[VARIABLE[device.kind]] = device.key
        return names["pulse"]


def _found(server: Any) -> list[Device]:
    defaults = server.server_info()
    sources, sinks = server.source_list(), server.sink_list()
    microphones = [
        _device("microphone", source, defaults.default_source_name)
        for source in sources
        if not _is_monitor(source)
    ]
    speakers = [_device("speaker", sink, defaults.default_sink_name) for sink in sinks]
    there = {source.name for source in sources}
    outputs = [
        replace(speaker, kind="system", key=sink.monitor_source_name)
        for speaker, sink in zip(speakers, sinks, strict=True)
        if sink.monitor_source_name in there
    ]
    return microphones + speakers + outputs


def _is_monitor(source: Any) -> bool:
    """A monitor records what a speaker plays: no microphone."""
    return source.proplist.get("device.class") == "monitor"


def _device(kind: Any, entry: Any, default_name: str) -> Device:
    name = entry.description or entry.name
    rate_hz = entry.sample_spec.rate
    return Device(kind, name, entry.name, rate_hz, is_default=entry.name == default_name)
