"""A small ordinary window that does what the pill and the caption bar do.

For desktops on which no program may lie above the others or say where it is: Wayland, where only
layer shells can, which GNOME does not have and Qt by itself does not speak.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.window.caption_view import CaptionView
from app.window.lights import Lights
from app.window.status import Status
from app.window.theme import Theme, color, font
from app.window.words import tr

SIZE, LEAST = QSize(460, 210), QSize(300, 130)
SMALLER = 0.75
EDGE = 18


def can_overlay(platform: str) -> bool:
    """Whether Qt's platform of that name lets a window lie above others, where we say.

    X11 does, on a Wayland desktop too (XWayland is "xcb").
    """
    return not platform.startswith("wayland")


class MiniWindow(QWidget):
    """`clicked` on a press anywhere in it."""

    clicked = Signal()

    def __init__(self, theme: Theme, pixels: int) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Aside"))
        self.setAccessibleName(tr("Aside"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setMinimumSize(LEAST)
        self.resize(SIZE)
        self.lights, self._words = Lights(theme), QLabel()
        self._words.setFont(font(14, QFont.Weight.DemiBold))
        self.view = CaptionView(theme, round(pixels * SMALLER), rows=None)
        self.view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        head = QHBoxLayout()
        head.addWidget(self._words, 1)
        head.addWidget(self.lights)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE - 6, EDGE, EDGE)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        self.theme = self.view.theme = self.lights.theme = theme
        self._words.setStyleSheet(f"color: {theme.text}; background: transparent;")
        for part in (self, self.view, self.lights):
            part.update()

    def letter(self, pixels: int) -> None:
        self.view.set_pixels(round(pixels * SMALLER))

    def show_status(self, status: Status, hint: str) -> None:
        self.view.hint = hint
        self.lights.show_lights(status.lights)
        self._words.setText(tr(status.words))
        self.setAccessibleDescription(self.lights.accessibleDescription())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """An ordinary window has no desktop shining through: its ground is solid."""
        painter = QPainter(self)
        fill = QLinearGradient(0, 0, 0, self.height())
        for place, tone in ((0, self.theme.panel_top), (1, self.theme.panel_bottom)):
            ground = color(tone)
            ground.setAlpha(255)
            fill.setColorAt(place, ground)
        painter.fillRect(self.rect(), fill)
