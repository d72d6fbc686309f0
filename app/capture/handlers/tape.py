"""A recording in place of a camera or a screen, for demonstrations and tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2

from app.capture.handlers.session_tape import SessionTapeEye
from app.capture.models import Camera, CaptureError, Eye, Lost, Shot, Source
from app.window.words import later, tr


class TapeEye:
    """Plays a video file, or shows a still picture, at the pace of life, over and over."""

    def __init__(self, path: Path, now_s: Callable[[], float] = time.monotonic) -> None:
        if not path.is_file():
            missing = tr("{path}: no such recording. Check the name and the folder.")
            raise CaptureError(missing.format(path=path))
        self._path, self._now_s = path, now_s
        self._video: Any = cv2.VideoCapture(str(path))
        if not self._video.isOpened():
            unreadable = tr("{path}: no pictures can be read from it. Give a video file.")
            raise CaptureError(unreadable.format(path=path))
        self._next: Any = None
        self._begin()

    def look(self) -> Shot | None:
        """The picture that is due now; None until the next one is."""
        newest = None
        while self._next is not None and self._next_s <= self._now_s() - self._began_s:
            newest = self._next
            self._advance()
        if self._next is None:
            self._begin()
        return None if newest is None else Shot(cv2.cvtColor(newest, cv2.COLOR_BGR2RGB))

    def close(self) -> None:
        self._video.release()

    def _begin(self) -> None:
        self._video.set(cv2.CAP_PROP_POS_FRAMES, 0)
        self._frame_s = 1.0 / (self._video.get(cv2.CAP_PROP_FPS) or 5.0)
        self._began_s, self._frames = self._now_s(), 0
        self._advance()
        if self._next is None:
            broken = tr("{path}: not one picture can be decoded. Convert it again.")
            raise Lost(broken.format(path=self._path))

    def _advance(self) -> None:
        there, pixels = self._video.read()
        self._next = pixels if there else None
        self._next_s = self._frames * self._frame_s
        self._frames += 1


def tape(path: Path, source: Source) -> Eye:
    """A video, a still picture, or the folder of a recorded session. Raises CaptureError."""
    return SessionTapeEye(path, source) if path.is_dir() else TapeEye(path)


class TapeCameras:
    """A recording that stands for the only camera."""

    name = later("recording")
    install_instructions = ""

    def __init__(self, path: Path) -> None:
        self._camera = Camera(tr("recording {name}").format(name=path.name), str(path))

    @staticmethod
    def is_compatible() -> bool:
        return True

    @staticmethod
    def is_installed() -> bool:
        return True

    def cameras(self) -> Sequence[Camera]:
        return [self._camera]

    def open(self, camera: Camera) -> Eye:
        return tape(Path(camera.key), "camera")
