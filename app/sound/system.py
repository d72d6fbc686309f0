"""Which device list fits this machine."""

from __future__ import annotations

from app.sound import soundserver
from app.sound.devices import Device, DeviceList, Devices
from app.sound.portaudio import PortAudioList


class ServerFirst:
    """Linux: the sound server's devices; where none runs, what the kernel offers."""

    def __init__(self) -> None:
        self._server = soundserver.SoundServerList()
        self._bare = PortAudioList()
        self._current: DeviceList = self._server

    def look(self) -> Devices:
        served = self._server.look()
        self._current = self._server
        if not served.problem:
            return served
        bare = self._bare.look()
        if bare.all:
            self._current = self._bare
            return bare
        return served

    def port(self, device: Device) -> int | str:
        return self._current.port(device)


def device_list() -> DeviceList:
    return ServerFirst() if soundserver.is_compatible() else PortAudioList()
