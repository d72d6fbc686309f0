"""An open screen: one area of it, without what must not be seen, with the pointer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.capture.models import (
    Area,
    CaptureError,
    Display,
    MustNotBeSeen,
    OneMonitor,
    OneWindow,
    Rect,
    Region,
    Shot,
    WindowSeen,
)
from app.capture.privacy import Curtain, PrivateList, cover, in_sight, ours
from app.window.words import tr


class ScreenEye:
    """Looks at `area` through `display`, which it closes in the end."""

    def __init__(self, display: Display, area: Area, private: PrivateList) -> None:
        self._display, self._area = display, area
        self._curtain = Curtain(private)

    def look(self) -> Shot:
        """Raises CaptureError: the area is gone, or what is on it cannot be known."""
        if isinstance(self._area, OneWindow):
            return self._look_at_window(self._area)
        rect = self._rect()
        before = self._windows()
        hidden = ours(before)
        pixels = self._display.grab(rect, hidden)
        after = self._windows()
        cover(pixels, rect, self._newcomers(before, after))
        for windows in (before, after):
            cover(pixels, rect, self._curtain.covers(_foreign(windows)))
        return Shot(pixels, rect, self._display.pointer())

    def close(self) -> None:
        self._display.close()

    def _look_at_window(self, area: OneWindow) -> Shot:
        window = self._find(area)
        pixels = self._display.grab_window(window)
        if pixels is None:
            before = self._windows()
            pixels = self._display.grab(window.rect, ours(before))
            for windows in (before, self._windows()):
                _cover_all_above(pixels, window, windows)
        still = self._find(area)
        if still.rect != window.rect:
            raise CaptureError(tr("{area} is being moved.").format(area=area.words))
        return Shot(pixels, window.rect, self._display.pointer())

    def _find(self, area: OneWindow) -> WindowSeen:
        found = {window.id: window for window in self._windows()}.get(area.id)
        if found is None:
            gone = tr("{area} is closed or hidden: show it, or share another.")
            raise CaptureError(gone.format(area=area.words))
        if self._curtain.private.names(found):
            private = tr("{area} is on your list of private windows.")
            raise MustNotBeSeen(private.format(area=area.words))
        return found

    def _newcomers(self, before: Sequence[WindowSeen], after: Sequence[WindowSeen]) -> list[Rect]:
        """Our own windows that came or moved while the picture was taken."""
        known = {(window.id, window.rect) for window in before}
        late = [window for window in ours(after) if (window.id, window.rect) not in known]
        return [rect for window in late for rect in in_sight(window, after)]

    def _windows(self) -> Sequence[WindowSeen]:
        try:
            return self._display.windows()
        except CaptureError as error:
            blind = tr(
                "Nothing of the screen is shown, for private windows cannot be told: {error}"
            )
            raise MustNotBeSeen(blind.format(error=error)) from error

    def _rect(self) -> Rect:
        monitors = self._display.monitors()
        whole = _around([monitor.rect for monitor in monitors])
        if isinstance(self._area, Region):
            rect = self._area.rect.within(whole)
            if rect.empty:
                raise CaptureError(tr("The region is on no monitor any more: share another."))
            return rect
        if isinstance(self._area, OneMonitor):
            named = [one.rect for one in monitors if one.name == self._area.name]
            if not named:
                there = ", ".join(one.name for one in monitors)
                gone = tr("There is no monitor {name}; there are: {there}.")
                raise CaptureError(gone.format(name=self._area.name, there=there))
            return named[0]
        return whole


def _foreign(windows: Sequence[WindowSeen]) -> tuple[WindowSeen, ...]:
    own = ours(windows)
    return tuple(window for window in windows if window not in own)


def _cover_all_above(pixels: np.ndarray, window: WindowSeen, windows: Sequence[WindowSeen]) -> None:
    """Who shares one window does not share the others. windows: bottom to top."""
    places = {other.id: place for place, other in enumerate(windows)}
    above = windows[places.get(window.id, -1) + 1 :]
    cover(pixels, window.rect, [other.rect for other in above])


def _around(rects: Sequence[Rect]) -> Rect:
    """The smallest area around all. Raises CaptureError for none."""
    if not rects:
        raise CaptureError(tr("There is no monitor."))
    left, top = min(r.left for r in rects), min(r.top for r in rects)
    right, bottom = max(r.right for r in rects), max(r.bottom for r in rects)
    return Rect(left, top, right - left, bottom - top)
