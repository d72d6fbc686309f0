"""PortAudio's own device list: what there is on Windows, on macOS and on Linux without a server.

PortAudio looks once, when it starts, and never again. So a fresh look is taken by a short-lived
child process, which disturbs no open stream; PortAudio is started anew only when something
must be opened that it does not know yet.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import json
import subprocess
import sys
import time
from typing import Any

from app.sound.devices import Device, Devices, Kind, SoundError
from app.window.words import tr
from engine import child

LOOK_EVERY_S = 4.0
MISSING = (
    "PortAudio is missing, so there is neither microphone nor speaker. "
    "Install it (Debian, Ubuntu: sudo apt install libportaudio2) and start Aside again."
)
NOBODY = "No sound devices found: plug in a headset or start a sound server. Typing works."


def library() -> Any:
    """The module sounddevice. Raises SoundError where the PortAudio library is missing."""
    try:
        import sounddevice
    except OSError as error:
        raise SoundError(tr(MISSING)) from error
    _hush_alsa()
    return sounddevice


@functools.cache
def _hush_alsa() -> object:
    """ALSA writes to the terminal what PortAudio reports anyway. Returns what must stay alive."""
    name = ctypes.util.find_library("asound") if sys.platform.startswith("linux") else None
    if name is None:
        return None
    handler = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
    )(lambda *_: None)
    ctypes.CDLL(name).snd_lib_error_set_handler(handler)
    return handler


def start_anew() -> None:
    """Makes PortAudio look again. Every stream must be closed before."""
    sounddevice = library()
    sounddevice._terminate()
    sounddevice._initialize()


def devices_now() -> list[Device]:
    """The devices as this process's PortAudio knows them. Raises SoundError."""
    sounddevice = library()
    found = list(sounddevice.query_devices())
    api = _main_api(sounddevice)
    return [
        _device(found[index], kind, index == api[f"default_{direction}_device"])
        for index in api["devices"]
        for kind, direction in (("microphone", "input"), ("speaker", "output"))
        if found[index][f"max_{direction}_channels"] > 0
    ]


def _main_api(sounddevice: Any) -> dict[str, Any]:
    """Windows shows every device once per interface: one interface is enough."""
    apis = [api for api in sounddevice.query_hostapis() if api["devices"]]
    wasapi = [api for api in apis if "WASAPI" in api["name"]]
    nothing = {"devices": [], "default_input_device": -1, "default_output_device": -1}
    return next(iter(wasapi + apis), nothing)


def _device(entry: dict[str, Any], kind: Kind | str, is_default: bool) -> Device:
    return Device(
        kind="microphone" if kind == "microphone" else "speaker",
        name=entry["name"],
        key=str(entry["index"]),
        rate_hz=round(entry["default_samplerate"]),
        is_default=is_default,
    )


class PortAudioList:
    """Looks through a child process, at most every four seconds, and remembers meanwhile."""

    def __init__(self) -> None:
        self._seen = Devices()
        self._next_look_s = 0.0

    def look(self) -> Devices:
        if time.monotonic() >= self._next_look_s:
            self._seen = _look_in_child()
            self._next_look_s = time.monotonic() + LOOK_EVERY_S
        return self._seen

    def port(self, device: Device) -> int | str:
        for known in devices_now():
            if (known.kind, known.name) == (device.kind, device.name):
                return int(known.key)
        raise SoundError(tr("{name} is not ready yet").format(name=device.name))


def _look_in_child() -> Devices:
    command = child.command("app.sound.portaudio")
    try:
        done = subprocess.run(
            command, env=child.environment(), capture_output=True, text=True, timeout=10, check=True
        )
        found = tuple(Device(**entry) for entry in json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError, OSError):
        return _look_here()
    return Devices(found, "" if found else tr(NOBODY))


def _look_here() -> Devices:
    try:
        found = tuple(devices_now())
    except SoundError as error:
        return Devices(problem=str(error))
    return Devices(found, "" if found else tr(NOBODY))


if __name__ == "__main__":
    print(json.dumps([device.__dict__ for device in devices_now()]))
