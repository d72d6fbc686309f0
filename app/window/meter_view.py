"""The last second of captured sound as a row of bars: what is drawn was captured."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.sound.meter import STILL
from app.window.theme import Theme, color
from app.window.words import tr

BARS = 14
BAR, GAP, HEIGHT = 3, 3, 24
BAR_S = 0.066


class MeterView(QWidget):
    """`show_level` takes one level, 0 to 1, per picture, and how long that stands."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._levels: deque[float] = deque([0.0] * BARS, maxlen=BARS)
        self._bar_s = 0.0
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(tr("Microphone level"))

    def sizeHint(self) -> QSize:
        return QSize(BARS * (BAR + GAP) - GAP, HEIGHT)

    def show_level(self, level: float, step_s: float) -> bool:
        """Whether there is anything to see: a quiet room is shown as silence."""
        lit = any(self._levels)
        level = level if level >= STILL else 0.0
        self._bar_s += step_s
        if self._bar_s < BAR_S:
            self._levels[-1] = max(self._levels[-1], level)
        else:
            self._bar_s %= BAR_S
            self._levels.append(level)
        if lit or any(self._levels):
            self.update()
        return any(self._levels)

    @property
    def shown(self) -> float:
        """The loudest bar, for tests and screen readers."""
        return max(self._levels)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, level in enumerate(self._levels):
            height = BAR + (HEIGHT - BAR) * level
            age = (place + 1) / BARS
            loud = 0.3 + 0.7 * min(1.0, 2 * level)
            painter.setBrush(color(self.theme.text, (0.35 + 0.65 * age) * loud))
            box = QRectF(place * (BAR + GAP), (HEIGHT - height) / 2, BAR, height)
            painter.drawRoundedRect(box, BAR / 2, BAR / 2)
