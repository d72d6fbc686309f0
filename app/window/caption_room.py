"""The captions outside the panel: whether the bar is shown, where, and that this is remembered.

Where no window may lie above the others a small ordinary one takes the bar's place, and the pill's.
"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from app.settings.places import kept_with, latest
from app.settings.schema import BAR_PLACES, CAPTION_BAR, CAPTION_PIXELS, MODE
from app.settings.store import Settings
from app.window.bar_place import BarPlace
from app.window.caption_bar import CaptionBar
from app.window.captions import Captions
from app.window.mini_window import MiniWindow, can_overlay
from app.window.status import Status
from app.window.theme import Theme, chosen_theme


class CaptionRoom:
    """Qt's thread. The panel keeps what can be read back; the bar shows what is said now."""

    def __init__(self, settings: Settings, overlays: bool | None = None) -> None:
        """overlays: whether windows may lie above others; None asks the platform."""
        self._settings = settings
        if overlays is None:
            overlays = can_overlay(QGuiApplication.platformName())
        theme, pixels = chosen_theme(settings), settings[CAPTION_PIXELS]
        self.mini = None if overlays else MiniWindow(theme, pixels)
        self._opened = False
        self.bar = CaptionBar(theme, pixels)
        self.bar.placed.connect(self._remember)

    def show(self) -> None:
        """From now on it may be seen."""
        self._opened = True
        self.settle()
        self.show_if_wanted()

    def close(self) -> None:
        self._opened = False
        self.bar.close()
        if self.mini is not None:
            self.mini.close()

    @property
    def wanted(self) -> bool:
        """In the mode of captions alone it is all there is."""
        return self._settings[CAPTION_BAR] or self._settings[MODE] == "captions"

    def show_if_wanted(self) -> None:
        """The small window is there from the start; who closed it gets it back by asking."""
        if self.mini is None:
            self.bar.setVisible(self._opened and self.wanted)
        elif self._opened:
            self.mini.show()

    def show_status(self, status: Status, hint: str) -> None:
        if self.mini is not None:
            self.mini.show_status(status, hint)

    def letter(self, pixels: int) -> None:
        """The size of the words."""
        self.bar.letter(pixels)
        if self.mini is not None:
            self.mini.letter(pixels)

    def settle(self) -> None:
        """On the monitor used last that is there, where it was left on it."""
        screens = {one.name(): one for one in QGuiApplication.screens()}
        primary = QGuiApplication.primaryScreen()
        if primary is None:
            return
        kept = latest(self._settings[BAR_PLACES], screens)
        screen = screens[kept[0]] if kept else primary
        area, pixels = screen.availableGeometry(), self._settings[CAPTION_PIXELS]
        place = BarPlace(*kept[1]) if kept else BarPlace.at_first(area.width(), pixels)
        self.bar.settle(screen, place)

    def show_captions(self, captions: Captions) -> None:
        self._shown.view.show_captions(captions)

    def advance(self, step_s: float) -> bool:
        """Whether anything still moves that can be seen."""
        return self._shown.isVisible() and self._shown.view.advance(step_s)

    def hold_still(self, still: bool) -> None:
        self._shown.view.still = still

    def dress(self, theme: Theme) -> None:
        self._shown.dress(theme)

    @property
    def _shown(self) -> CaptionBar | MiniWindow:
        return self.bar if self.mini is None else self.mini

    def _remember(self, monitor: str, place: BarPlace) -> None:
        kept = self._settings[BAR_PLACES]
        self._settings.change(BAR_PLACES, kept_with(kept, monitor, place.numbers))
