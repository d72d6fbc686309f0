"""What must never be in a picture: windows that the user wants unseen, and our own.

It fails closed: where windows cannot be listed, there is no picture. A private window is covered
wherever it can be seen, also a moment before and after it is there, since a window may come
between the list and the picture, and desktops let windows fade.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from app.capture.models import Rect, WindowSeen

if TYPE_CHECKING:
    import numpy as np

LINGER_S = 0.5
COVER = (110, 110, 118)
# Titles and classes of what most people would not show anybody: passwords and private browsing.
USUAL = (
    "*keepass*", "*1password*", "*bitwarden*", "*proton pass*", "*enpass*", "*seahorse*",
    "*gcr-prompter*", "*pinentry*", "*ssh-askpass*", "*polkit*", "*kwallet*",
    "*private browsing*", "*incognito*", "*inprivate*", "*navigation privée*",
    "*privater modus*", "*navegación privada*", "*隐私浏览*", "*无痕*",
)  # fmt: skip


@dataclass(frozen=True)
class PrivateList:
    """patterns: `*` stands for anything; each is held against title and class, any case."""

    patterns: tuple[str, ...] = USUAL

    def names(self, window: WindowSeen) -> bool:
        texts = (window.title.casefold(), window.kind.casefold())
        return any(
            fnmatchcase(text, pattern.casefold()) for pattern in self.patterns for text in texts
        )

    def among(self, windows: Sequence[WindowSeen]) -> tuple[WindowSeen, ...]:
        """The private ones, with the menus and lists that belong to their programs."""
        named = [window for window in windows if self.names(window)]
        programs = {window.pid for window in named if window.pid is not None}
        popups = [w for w in windows if w.popup and w.pid in programs and w not in named]
        return (*named, *popups)


def ours(windows: Iterable[WindowSeen]) -> tuple[WindowSeen, ...]:
    """The windows of this very process."""
    return tuple(window for window in windows if window.pid == os.getpid())


def in_sight(window: WindowSeen, windows: Sequence[WindowSeen]) -> tuple[Rect, ...]:
    """Where `window` may shine through all that is above it. windows: bottom to top."""
    above = windows[windows.index(window) + 1 :]
    parts: list[Rect] = [window.rect]
    for cover in (rect for other in above for rect in other.opaque):
        parts = [rest for part in parts for rest in part.minus(cover)]
    return tuple(parts)


@dataclass
class Curtain:
    """Covers private windows in one picture after the other, and for a while afterwards."""

    private: PrivateList
    now_s: Callable[[], float] = time.monotonic
    _lingering: dict[Rect, float] = field(default_factory=dict)

    def covers(self, windows: Sequence[WindowSeen]) -> tuple[Rect, ...]:
        """What is to be covered now. windows: bottom to top, without our own."""
        now_s = self.now_s()
        for window in self.private.among(windows):
            for rect in in_sight(window, windows):
                self._lingering[rect] = now_s + LINGER_S
        self._lingering = {rect: end for rect, end in self._lingering.items() if end > now_s}
        return tuple(self._lingering)


def cover(pixels: np.ndarray, rect: Rect, covers: Iterable[Rect]) -> None:
    """Paints over `covers` in a picture of `rect`, in place."""
    for area in covers:
        part = area.within(rect)
        if not part.empty:
            top, left = part.top - rect.top, part.left - rect.left
            pixels[top : top + part.height, left : left + part.width] = COVER
