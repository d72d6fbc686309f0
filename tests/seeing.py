"""What stands for cameras in tests: recordings, and the kernel's folder of cameras."""

from __future__ import annotations

import queue
import shutil
from pathlib import Path

import cv2
import numpy as np

from app.capture.handlers.v4l2 import V4L2Handler
from app.capture.models import Sight
from engine.microturn import Frame


def record(path: Path, colors: list[tuple[int, int, int]], hz: float = 10.0) -> Path:
    """A video of 320x240 whose frames are of these colours, one after the other."""
    video = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), hz, (320, 240))
    for color in colors:
        video.write(np.full((240, 320, 3), color[::-1], np.uint8))
    video.release()
    return path


class Sockets:
    """Where cameras are plugged in: the kernel's folder and the devices' files, both ours."""

    def __init__(self, home: Path) -> None:
        self.names, self.devices = home / "video4linux", home / "dev"
        self.names.mkdir()
        self.devices.mkdir()
        self.opened: list[str] = []
        self.released: list[str] = []
        self.dead: set[str] = set()

    def plug(self, node: str, name: str, index: int = 0, shows: Path | None = None) -> None:
        folder = self.names / node
        folder.mkdir()
        (folder / "name").write_text(name + "\n")
        (folder / "index").write_text(f"{index}\n")
        device = self.devices / node
        device.write_bytes(b"" if shows is None else shows.read_bytes())

    def unplug(self, node: str) -> None:
        """The driver gives no picture from then on, and the name goes."""
        self.dead.add(str(self.devices / node))
        shutil.rmtree(self.names / node)
        (self.devices / node).unlink()

    def plug_again(self, node: str, name: str, shows: Path) -> None:
        self.dead.discard(str(self.devices / node))
        self.plug(node, name, shows=shows)

    def handler(self) -> V4L2Handler:
        return V4L2Handler(self.names, self.devices, lambda path: Driver(self, path))


class Driver:
    """Plays the recording that lies behind a device, for ever, until it is unplugged."""

    def __init__(self, sockets: Sockets, path: str) -> None:
        self._sockets, self._path = sockets, path
        self._video = cv2.VideoCapture(path)
        sockets.opened.append(path)

    def isOpened(self) -> bool:
        return self._video.isOpened()

    def set(self, _property: int, _value: float) -> bool:
        return True

    def grab(self) -> bool:
        if self._path in self._sockets.dead:
            return False
        if not self._video.grab():
            self._video.set(cv2.CAP_PROP_POS_FRAMES, 0)
            return self._video.grab()
        return True

    def retrieve(self):
        return self._video.retrieve()

    def release(self) -> None:
        self._video.release()
        self._sockets.released.append(self._path)


class Watcher:
    """Takes what a capture desk hands over, from any thread."""

    def __init__(self) -> None:
        self._frames: queue.SimpleQueue[Frame] = queue.SimpleQueue()
        self.frames: list[Frame] = []
        self.sights: list[Sight] = []

    def see(self, frame: Frame) -> None:
        self._frames.put(frame)

    def tell(self, sight: Sight) -> None:
        self.sights.append(sight)

    def seen(self) -> list[Frame]:
        while not self._frames.empty():
            self.frames.append(self._frames.get())
        return self.frames

    @property
    def sight(self) -> Sight:
        return self.sights[-1] if self.sights else Sight()
