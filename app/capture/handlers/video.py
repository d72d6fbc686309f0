"""A camera that OpenCV reads: the newest picture, never one that waited in the driver."""

from __future__ import annotations

import time
from typing import Any

import cv2

from app.capture.models import Camera, Lost, Shot
from app.window.words import tr

WIDTH, HEIGHT, RATE_HZ = 640, 480, 15
MOST_STALE = 6
WAITED_S = 0.004


class VideoEye:
    """Reads `video`, an opened cv2.VideoCapture, which it releases in the end."""

    def __init__(self, camera: Camera, video: Any) -> None:
        self._camera, self._video = camera, video

    def look(self) -> Shot:
        """A picture that had to be waited for is fresh; one that was there at once is old."""
        for _ in range(MOST_STALE):
            began_s = time.monotonic()
            if not self._video.grab():
                lost = tr("{name} gives no more pictures: is it unplugged?")
                raise Lost(lost.format(name=self._camera.name))
            if time.monotonic() - began_s > WAITED_S:
                break
        there, pixels = self._video.retrieve()
        if not there:
            raise Lost(tr("{name} gave a broken picture.").format(name=self._camera.name))
        return Shot(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))

    def close(self) -> None:
        self._video.release()


def set_up(video: Any) -> None:
    """A size that is enough for every model, compressed, so that cheap hubs carry it."""
    video.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    video.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
    video.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
    video.set(cv2.CAP_PROP_FPS, RATE_HZ)
    video.set(cv2.CAP_PROP_BUFFERSIZE, 1)
