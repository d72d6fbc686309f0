"""Where the pill is: as it was left on the monitor used last, else at the upper edge."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QScreen

from app.settings.places import kept_with, latest
from app.settings.schema import PILL_PLACES
from app.settings.store import Settings
from app.window.pill import FROM_TOP, Pill


class PillPlace:
    """Kept is the middle of its upper edge, for its width follows what it says."""

    def __init__(self, pill: Pill, settings: Settings | None) -> None:
        """settings: None where nothing is to be remembered."""
        self._pill, self._settings = pill, settings
        pill.placed.connect(self._remember)

    def settle(self) -> None:
        screens = {one.name(): one for one in QGuiApplication.screens()}
        primary = QGuiApplication.primaryScreen()
        if primary is None:
            return
        kept = latest(self._settings[PILL_PLACES], screens) if self._settings else None
        screen = screens[kept[0]] if kept else primary
        area = screen.availableGeometry()
        middle, top = kept[1] if kept else (area.width() // 2, FROM_TOP)
        self._pill.settle(screen, area.topLeft() + QPoint(middle, top))

    def _remember(self) -> None:
        if self._settings is None:
            return
        area = self._pill.geometry()
        screen: QScreen = QGuiApplication.screenAt(area.center()) or self._pill.screen()
        way = area.topLeft() - screen.availableGeometry().topLeft()
        here = (way.x() + area.width() // 2, way.y())
        kept = self._settings[PILL_PLACES]
        self._settings.change(PILL_PLACES, kept_with(kept, screen.name(), here))
        self.settle()
