"""Cameras on Windows and macOS: names through PyAV, pictures through OpenCV.

Both go by the same list of the system, so a camera's place in it opens the camera of that name;
the list is asked anew each time. Never run on either system.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import av
import cv2

from app.capture.handlers.video import VideoEye, set_up
from app.capture.models import Camera, CaptureError
from app.window.words import later, tr

LISTS = {"win32": "dshow", "darwin": "avfoundation"}
OPENS = {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}
HINTS = {
    "win32": "close the program that uses it, and see Settings, Privacy, Camera.",
    "darwin": "allow Aside in System Settings, Privacy & Security, Camera.",
}


class NamedCameras:
    """For Windows (DirectShow) and macOS (AVFoundation)."""

    name = later("cameras of the system")
    install_instructions = later(
        "Install the packages: pip install av opencv-python-headless"
    )

    @staticmethod
    def is_compatible() -> bool:
        return sys.platform in LISTS

    @staticmethod
    def is_installed() -> bool:
        return True

    def cameras(self) -> Sequence[Camera]:
        try:
            found = av.enumerate_input_devices(LISTS[sys.platform])
        except (OSError, ValueError):
            return []
        seeing = [one for one in found if "video" in one.media_types]
        # A system may list its screens among the cameras.
        return [
            Camera(one.description, one.name)
            for one in seeing
            if not one.description.startswith("Capture screen")
        ]

    def open(self, camera: Camera) -> VideoEye:
        place = [one.key for one in self.cameras()].index(camera.key)
        video = cv2.VideoCapture(place, OPENS[sys.platform])
        if video.isOpened():
            set_up(video)
            if video.grab():
                return VideoEye(camera, video)
        video.release()
        dark = tr("{name} gives no pictures: {hint}")
        raise CaptureError(dark.format(name=camera.name, hint=tr(HINTS[sys.platform])))
