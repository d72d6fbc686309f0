"""The screen of macOS: pixels through mss, windows and pointer through Quartz.

Never run: written from the documentation. Sizes are in points, as Quartz counts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import cv2
import mss
import numpy as np

from app.capture.models import CaptureError, Monitor, Pointer, Rect, WindowSeen
from app.capture.privacy import cover
from app.window.words import later, tr

NO_PERMISSION = (
    "macOS does not let Aside see the screen: allow it in System Settings, Privacy & Security, "
    "Screen Recording, and start Aside again."
)


class QuartzHandler:
    """For macOS."""

    name = "macOS"
    install_instructions = later(
        "Install the packages: pip install mss pyobjc-framework-Quartz"
    )

    @staticmethod
    def is_compatible() -> bool:
        return sys.platform == "darwin"

    @staticmethod
    def is_installed() -> bool:
        return find_spec("Quartz") is not None

    def open(self) -> QuartzDisplay:
        return QuartzDisplay()


class QuartzDisplay:
    """Without the permission nothing can be listed, and then nothing is shown either."""

    def __init__(self) -> None:
        from importlib import import_module

        self._quartz: Any = import_module("Quartz")
        if not self._quartz.CGPreflightScreenCaptureAccess():
            self._quartz.CGRequestScreenCaptureAccess()
            raise CaptureError(tr(NO_PERMISSION))
        self._pixels = mss.MSS()
        self._was_down = False

    def monitors(self) -> Sequence[Monitor]:
        return [
            Monitor(
                str(one.get("name") or place),
                Rect(one["left"], one["top"], one["width"], one["height"]),
            )
            for place, one in enumerate(self._pixels.monitors[1:], 1)
        ]

    def windows(self) -> Sequence[WindowSeen]:
        quartz = self._quartz
        found = quartz.CGWindowListCopyWindowInfo(quartz.kCGWindowListOptionOnScreenOnly, 0)
        if not found:
            raise CaptureError(tr(NO_PERMISSION))
        return [self._seen(one) for one in reversed(list(found))]

    def grab(self, rect: Rect, hidden: Sequence[WindowSeen]) -> np.ndarray:
        box = {"left": rect.left, "top": rect.top, "width": rect.width, "height": rect.height}
        try:
            shot = self._pixels.grab(box)
        except mss.ScreenShotError as error:
            dark = tr("{system} does not show its screen: {error}")
            raise CaptureError(dark.format(system=QuartzHandler.name, error=error)) from error
        pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
        picture = cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGB)
        if picture.shape[:2] != (rect.height, rect.width):  # a dense screen has more than points
            size = (rect.width, rect.height)
            picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
        cover(picture, rect, [window.rect for window in hidden])
        return picture

    def grab_window(self, window: WindowSeen) -> np.ndarray | None:
        return None

    def pointer(self) -> Pointer | None:
        quartz = self._quartz
        place = quartz.CGEventGetLocation(quartz.CGEventCreate(None))
        state = quartz.kCGEventSourceStateCombinedSessionState
        down = bool(quartz.CGEventSourceButtonState(state, quartz.kCGMouseButtonLeft))
        clicked, self._was_down = down and not self._was_down, down
        x, y = int(place.x), int(place.y)
        return Pointer(x, y, ((x, y),) if clicked else ())

    def close(self) -> None:
        self._pixels.close()

    def _seen(self, one: Any) -> WindowSeen:
        """Nothing counts as opaque: corners are round, and what shines through is not told."""
        bounds = one["kCGWindowBounds"]
        size = (bounds["X"], bounds["Y"], bounds["Width"], bounds["Height"])
        title = str(one.get("kCGWindowName") or "")
        return WindowSeen(
            id=int(one["kCGWindowNumber"]),
            title=title,
            kind=str(one.get("kCGWindowOwnerName") or ""),
            pid=int(one["kCGWindowOwnerPID"]),
            rect=Rect(*(round(value) for value in size)),
            popup=not title,
        )
