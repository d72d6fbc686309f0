"""What an X server shows, and when it changed: told by the server itself, not by asking again."""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

TITLE, CONTROLS = "Aside", 92
SETTLED_S = 0.3


@dataclass(frozen=True)
class Part:
    """Of a window: left, top, width, height in pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Change:
    """moments: when something in the part was painted, and the share of the whole change, from
    how it looked before to how it looked in the end, that was on the screen then."""

    moments: tuple[tuple[float, float], ...] = ()

    def first_s(self, share: float) -> float:
        """When this share of the change was there, in the steady clock's seconds."""
        return next(at for at, there in self.moments if there >= share)


class Screen:
    """A connection of its own to the display of the environment."""

    def __init__(self) -> None:
        from Xlib.display import Display

        self._display: Any = Display()
        self._display.damage_query_version()

    def close(self) -> None:
        self._display.close()

    def panel(self) -> Any:
        """The desktop's window once it is shown, or None."""
        from Xlib import X
        from Xlib.error import XError

        for window in self._display.screen().root.query_tree().children:
            try:
                shown = window.get_attributes().map_state == X.IsViewable
                if shown and window.get_wm_name() == TITLE:
                    return window
            except XError:  # it went away meanwhile
                continue
        return None

    def captions(self, panel: Any) -> Part:
        """Where the words are: all above the row of controls."""
        size = panel.get_geometry()
        return Part(0, 0, size.width, size.height - CONTROLS)

    def controls(self, panel: Any) -> Part:
        size = panel.get_geometry()
        return Part(0, size.height - CONTROLS, size.width, CONTROLS)

    def pixels(self, window: Any, part: Part) -> np.ndarray:
        """(height, width, 4) uint8."""
        from Xlib import X

        taken = window.get_image(
            part.left, part.top, part.width, part.height, X.ZPixmap, 0xFFFFFFFF
        )
        return np.frombuffer(taken.data, np.uint8).reshape(part.height, part.width, 4)

    @contextmanager
    def watching(self, window: Any, part: Part) -> Iterator[Watch]:
        watch = Watch(self, self._display, window, part)
        try:
            yield watch
        finally:
            watch.close()


class Watch:
    """Waits for what is painted into one part of a window."""

    def __init__(self, screen: Screen, display: Any, window: Any, part: Part) -> None:
        from Xlib.ext import damage

        self._screen, self._display, self._window, self._part = screen, display, window, part
        self._before = np.zeros(0, np.int16)
        self._damage = window.damage_create(damage.DamageReportRawRectangles)
        self.forget()

    def close(self) -> None:
        self._display.damage_destroy(self._damage)
        self._display.sync()

    def change(self, within_s: float) -> Change | None:
        """The next change, when it is over; None where none began within `within_s`.

        What is painted and looks as before is none.
        """
        deadline_s = time.monotonic() + within_s
        while time.monotonic() < deadline_s:
            seen = list(self._painted(deadline_s))
            far = [(at_s, float(np.abs(picture - self._before).max())) for at_s, picture in seen]
            self._before = seen[-1][1].astype(np.int16) if seen else self._before
            if far and far[-1][1]:
                return Change(tuple((at_s, there / far[-1][1]) for at_s, there in far))
        return None

    def _painted(self, until_s: float) -> Iterator[tuple[float, np.ndarray]]:
        """Pictures with their times, from the first one that is painted until no more come."""
        while (at_s := self._painted_s(until_s)) is not None:
            yield at_s, self._screen.pixels(self._window, self._part)
            until_s = time.monotonic() + SETTLED_S

    def forget(self) -> None:
        """What was painted until now is no change to come."""
        self._before = self._screen.pixels(self._window, self._part).astype(np.int16)
        while self._display.pending_events():
            self._display.next_event()

    def _painted_s(self, until_s: float) -> float | None:
        """When something was painted into the part; None when it is `until_s`."""
        while True:
            while self._display.pending_events():
                event = self._display.next_event()
                if type(event).__name__ == "DamageNotify" and self._touches(event.area):
                    return time.monotonic()
            left_s = until_s - time.monotonic()
            if left_s <= 0:
                return None
            select.select([self._display.fileno()], [], [], left_s)

    def _touches(self, area: Any) -> bool:
        part = self._part
        beside = area.x >= part.left + part.width or area.x + area.width <= part.left
        above = area.y >= part.top + part.height or area.y + area.height <= part.top
        return not beside and not above
