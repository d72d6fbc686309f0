"""Cameras on Linux: names from the kernel, pictures through OpenCV."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import cv2
import psutil

from app.capture.handlers.video import VideoEye, set_up
from app.capture.models import Camera, CaptureError
from app.window.words import later, tr

NAMES, DEVICES = Path("/sys/class/video4linux"), Path("/dev")


def _video(path: str) -> Any:
    # Without this, OpenCV waits ten seconds for a camera that was pulled out.
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
    return cv2.VideoCapture(path, cv2.CAP_V4L2)


class V4L2Handler:
    """names: the kernel's folder of cameras; devices: where their files are."""

    name = "Video4Linux"
    install_instructions = later("Nothing to install: Linux brings it.")

    def __init__(
        self, names: Path = NAMES, devices: Path = DEVICES, video: Callable[[str], Any] = _video
    ) -> None:
        self._names, self._devices, self._video = names, devices, video

    @staticmethod
    def is_compatible() -> bool:
        return sys.platform.startswith("linux")

    @staticmethod
    def is_installed() -> bool:
        return True

    def cameras(self) -> Sequence[Camera]:
        """Same names are numbered, so that each can be asked for."""
        found: list[Camera] = []
        for folder in sorted(self._names.glob("video*"), key=_number):
            with suppress(OSError):  # unplugged while we look
                if (folder / "index").read_text().strip() == "0":
                    name = (folder / "name").read_text("utf-8", "replace").strip()
                    found.append(Camera(_unique(name, found), str(self._devices / folder.name)))
        return found

    def open(self, camera: Camera) -> VideoEye:
        if not os.access(camera.key, os.R_OK | os.W_OK):
            refused = tr(
                "{name} may not be opened: add yourself to the group that owns "
                "{file} (often: sudo usermod -aG video $USER), and log in again."
            )
            raise CaptureError(refused.format(name=camera.name, file=camera.key))
        video = self._video(camera.key)
        if video.isOpened():
            set_up(video)
            if video.grab():
                return VideoEye(camera, video)
        video.release()
        raise CaptureError(_refusal(camera))


def _refusal(camera: Camera) -> str:
    users = ", ".join(dict.fromkeys(_users(camera.key)))
    if users:
        busy = tr("{name} is in use by {users}: close it there, and it is taken by itself.")
        return busy.format(name=camera.name, users=users)
    silent = tr("{name} gives no pictures: unplug it and plug it in again.")
    return silent.format(name=camera.name)


def _users(path: str) -> Iterator[str]:
    """The names of the other programs that hold this device open, as far as we may know."""
    for process in psutil.process_iter(["name", "pid"]):
        if process.info["pid"] == os.getpid():
            continue
        with suppress(OSError, psutil.Error):
            for link in os.scandir(f"/proc/{process.info['pid']}/fd"):
                if os.readlink(link.path) == path:
                    yield str(process.info["name"])
                    break


def _number(folder: Path) -> int:
    digits = folder.name.removeprefix("video")
    return int(digits) if digits.isdigit() else 1 << 30


def _unique(name: str, found: list[Camera]) -> str:
    taken = {camera.name for camera in found}
    again = (f"{name} ({count})" for count in range(2, len(found) + 3))
    return name if name not in taken else next(one for one in again if one not in taken)
