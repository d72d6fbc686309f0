"""How often a source is looked at, and how large its pictures are."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from app.capture.models import Source
from engine.client.events import Capabilities


@dataclass(frozen=True)
class Look:
    """width, height: what the model makes of a picture anyway, so nothing larger travels.

    hz: at most so many pictures a second; refresh_s: one that stays the same is repeated so often.
    """

    width: int
    height: int
    hz: float
    refresh_s: float = 0.0

    def as_often_as(self, part: float) -> Look:
        """part: of its rate; 0 leaves the rate, for then nothing is opened at all."""
        return replace(self, hz=self.hz * part) if part else self


# nano's: one camera picture a micro-turn, the screen finely, and whole once a second.
LOOKS: dict[Source, Look] = {
    "camera": Look(160, 120, 5.0),
    "screen": Look(640, 360, 5.0, refresh_s=1.0),
}


def looks_of(able: Capabilities) -> dict[Source, Look]:
    """As the engine asks for; ours where it says nothing."""
    said: dict[Source, Look] = {
        one.source: Look(one.width, one.height, one.hz, one.refresh_s) for one in able.looks
    }
    return {**LOOKS, **said}


@dataclass
class Pace:
    """Scales pictures and holds back those that show nothing new."""

    look: Look
    now_s: Callable[[], float] = time.monotonic
    _sent: np.ndarray | None = field(default=None)
    _sent_s: float = 0.0

    def scaled(self, pixels: np.ndarray) -> np.ndarray:
        """(height, width, 3) uint8 of any size, to the size of the look."""
        size = (self.look.width, self.look.height)
        if pixels.shape[1::-1] == size:
            return pixels
        return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))

    def is_due(self, picture: np.ndarray) -> bool:
        """Whether this one should travel; then it is the one that the next is held against."""
        now_s, old = self.now_s(), self._sent
        fresh = now_s - self._sent_s < self.look.refresh_s
        if old is not None and fresh and np.array_equal(picture, old):
            return False
        self._sent, self._sent_s = picture, now_s
        return True
