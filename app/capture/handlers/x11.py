"""The screen of an X server: pixels through mss, windows and pointer through Xlib."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

import cv2
import mss
import numpy as np
from mss.exception import ScreenShotError

from app.capture.models import CaptureError, Lost, Monitor, Pointer, Rect, WindowSeen
from app.window.words import later, tr


class X11Handler:
    """For X11 sessions on Linux."""

    name = "X11"
    install_instructions = later(
        "Install the packages mss and python-xlib: pip install mss python-xlib"
    )

    @staticmethod
    def is_compatible() -> bool:
        return (
            sys.platform.startswith("linux")
            and bool(os.environ.get("DISPLAY"))
            and not os.environ.get("WAYLAND_DISPLAY")
        )

    @staticmethod
    def is_installed() -> bool:
        return find_spec("Xlib") is not None

    def open(self) -> X11Display:
        return X11Display()


class X11Display:
    """One connection for questions, one for pixels, and the watch over clicks."""

    def __init__(self) -> None:
        from Xlib import display
        from Xlib.error import DisplayError, XError

        from app.capture.handlers.x11_beneath import Beneath
        from app.capture.handlers.x11_pointer import ClickWatch
        from app.capture.handlers.x11_windows import WindowBook

        self._errors: tuple[type[Exception], ...] = (XError, DisplayError, OSError, ScreenShotError)
        self._opened: list[Any] = []
        try:
            self._pixels = self._with(mss.MSS())
            self._display: Any = self._with(display.Display())
            # A window may vanish between question and answer: that is nothing to print.
            self._display.set_error_handler(lambda *_: None)
            self._book = WindowBook(self._display)
            self._beneath = Beneath(self._display)
            self._clicks = self._with(ClickWatch())
        except self._errors as error:
            self.close()  # it is tried again every second, and a server has few places
            dark = tr("The X server does not let its screen be seen: {error}")
            raise CaptureError(dark.format(error=error)) from error

    def _with(self, part: Any) -> Any:
        self._opened.append(part)
        return part

    def monitors(self) -> Sequence[Monitor]:
        found = self._ask(lambda: self._display.screen().root.xrandr_get_monitors().monitors)
        return [
            Monitor(
                self._display.get_atom_name(one["name"]),
                Rect(one["x"], one["y"], one["width_in_pixels"], one["height_in_pixels"]),
            )
            for one in found
        ]

    def windows(self) -> Sequence[WindowSeen]:
        return self._ask(self._book.windows)

    def grab(self, rect: Rect, hidden: Sequence[WindowSeen]) -> np.ndarray:
        pixels = self._ask(lambda: self._shoot(rect))
        gone = {window.id for window in hidden}
        rest = [window for window in self._book.windows() if window.id not in gone]
        for window in hidden:
            part = window.rect.within(rect)
            if not part.empty:
                top, left = part.top - rect.top, part.left - rect.left
                beneath = self._ask(lambda part=part: self._beneath.picture(part, rest))
                pixels[top : top + part.height, left : left + part.width] = beneath
        return pixels

    def grab_window(self, window: WindowSeen) -> np.ndarray | None:
        return self._ask(lambda: self._beneath.window(window))

    def pointer(self) -> Pointer | None:
        at = self._ask(lambda: self._display.screen().root.query_pointer())
        return Pointer(at.root_x, at.root_y, self._clicks.take())

    def close(self) -> None:
        for part in reversed(self._opened):
            with suppress(*self._errors):
                part.close()
        self._opened.clear()

    def _shoot(self, rect: Rect) -> np.ndarray:
        box = {"left": rect.left, "top": rect.top, "width": rect.width, "height": rect.height}
        shot = self._pixels.grab(box)
        pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
        return cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGB)

    def _ask(self, question: Any) -> Any:
        try:
            return question()
        except self._errors as error:
            silent = tr("The X server does not answer: {error}")
            raise Lost(silent.format(error=error)) from error
