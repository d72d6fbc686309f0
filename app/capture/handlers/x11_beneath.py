"""What lies beneath our own windows on X11, put together from the windows' own pixels.

The Composite extension keeps each top-level window's content off the screen, covered or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from Xlib import X, Xatom
from Xlib.error import XError
from Xlib.ext.composite import RedirectAutomatic

from app.capture.models import Rect, WindowSeen

UNKNOWN = (110, 110, 118)
ALL_PLANES = 0xFFFFFFFF


class Beneath:
    """Reads window contents over one connection. Where the extension is missing, all is grey."""

    def __init__(self, display: Any) -> None:
        self._display = display
        self._root = display.screen().root
        self.works = display.has_extension("Composite")
        if self.works:
            display.composite_query_version()
            self._root.composite_redirect_subwindows(RedirectAutomatic)
            display.sync()

    def picture(self, rect: Rect, windows: Sequence[WindowSeen]) -> np.ndarray:
        """(height, width, 3) uint8 RGB of what `windows`, bottom to top, show in `rect`."""
        canvas = np.empty((rect.height, rect.width, 3), np.uint8)
        canvas[:] = UNKNOWN
        layers = _needed(rect, windows)
        if len(layers) == len(windows):
            self._paint(canvas, rect, self._wallpaper())
        for window in layers:
            self._paint_window(canvas, rect, window)
        return canvas

    def window(self, window: WindowSeen) -> np.ndarray | None:
        """Its own pixels, whole; None where they cannot be had."""
        canvas = np.empty((window.rect.height, window.rect.width, 3), np.uint8)
        canvas[:] = UNKNOWN
        return canvas if self._paint_window(canvas, window.rect, window) else None

    def _paint_window(self, canvas: np.ndarray, rect: Rect, window: WindowSeen) -> bool:
        if not self.works:
            return False
        frame = self._display.create_resource_object("window", window.id)
        content = frame.composite_name_window_pixmap()
        try:
            return self._paint(canvas, rect, (content, window.rect))
        finally:
            content.free()

    def _wallpaper(self) -> tuple[Any, Rect] | None:
        """The picture that desktops leave behind the windows, in the size of the root."""
        found = self._root.get_full_property(
            self._display.intern_atom("_XROOTPMAP_ID"), Xatom.PIXMAP
        )
        if found is None:
            return None
        try:
            pixmap = self._display.create_resource_object("pixmap", found.value[0])
            size = pixmap.get_geometry()
            return pixmap, Rect(0, 0, size.width, size.height)
        except XError:
            return None

    def _paint(self, canvas: np.ndarray, rect: Rect, layer: tuple[Any, Rect] | None) -> bool:
        """Lays one pixmap over the canvas of `rect`; False where it cannot be read."""
        if layer is None:
            return False
        pixmap, area = layer
        part = area.within(rect)
        if part.empty:
            return True
        try:
            image = pixmap.get_image(
                part.left - area.left, part.top - area.top, part.width, part.height,
                X.ZPixmap, ALL_PLANES,
            )  # fmt: skip
        except XError:  # it was resized or closed since it was listed
            return False
        pixels = np.frombuffer(image.data, np.uint8)
        if pixels.size != part.width * part.height * 4:
            return False
        top, left = part.top - rect.top, part.left - rect.left
        place = canvas[top : top + part.height, left : left + part.width]
        place[:] = _over(pixels.reshape(part.height, part.width, 4), place, image.depth)
        return True


def _needed(rect: Rect, windows: Sequence[WindowSeen]) -> Sequence[WindowSeen]:
    """From the topmost window that hides all below it in `rect` upwards."""
    for place in range(len(windows) - 1, -1, -1):
        if any(part.within(rect) == rect for part in windows[place].opaque):
            return windows[place:]
    return windows


def _over(pixels: np.ndarray, below: np.ndarray, depth: int) -> np.ndarray:
    """BGRX or premultiplied BGRA over RGB."""
    colors = pixels[:, :, 2::-1]
    if depth != 32:
        return colors
    rest = 255 - pixels[:, :, 3:].astype(np.uint16)
    return np.minimum(255, colors + (below * rest + 127) // 255).astype(np.uint8)
