"""The pointer and its clicks, drawn into the picture: screens do not show them otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np

from app.capture.models import Rect, Shot

CLICK_S = 0.8
INK, RIM, CLICK = (255, 0, 170), (255, 255, 255), (255, 120, 0)
RADIUS, CLICK_RADIUS = 6, 11
FINE = 4  # OpenCV's fixed point: positions to a sixteenth of a pixel


@dataclass
class Marks:
    """Remembers clicks, so that one between two pictures is seen."""

    now_s: Callable[[], float] = time.monotonic
    _clicks: list[tuple[float, int, int]] = field(default_factory=list)

    def draw(self, picture: np.ndarray, shot: Shot) -> np.ndarray:
        """A copy of the scaled `picture` with what `shot` says of the pointer."""
        pointer, rect = shot.pointer, shot.rect
        if pointer is None or rect is None:
            return picture
        now_s = self.now_s()
        fresh = [(now_s, x, y) for x, y in pointer.clicks]
        self._clicks = [one for one in self._clicks + fresh if now_s - one[0] < CLICK_S]
        marked = picture.copy()
        for _, x, y in self._clicks:
            if rect.contains(x, y):
                _ring(marked, _place(marked, rect, x, y), CLICK_RADIUS, CLICK)
        if rect.contains(pointer.x, pointer.y):
            _ring(marked, _place(marked, rect, pointer.x, pointer.y), RADIUS, INK)
        return marked


def _place(picture: np.ndarray, rect: Rect, x: int, y: int) -> tuple[float, float]:
    height, width = picture.shape[:2]
    across = (x + 0.5 - rect.left) * width / rect.width - 0.5
    down = (y + 0.5 - rect.top) * height / rect.height - 0.5
    return across, down


def _ring(
    picture: np.ndarray, place: tuple[float, float], radius: int, ink: tuple[int, int, int]
) -> None:
    scale = 1 << FINE
    centre = (round(place[0] * scale), round(place[1] * scale))
    for color, thickness in ((RIM, 4), (ink, 2)):
        cv2.circle(picture, centre, radius * scale, color, thickness, cv2.LINE_AA, FINE)
