"""The living mark: the ring is the user, the dot at its side is Aside.

The ring opens with the sound that is really captured; the dot swells while Aside speaks and
circles while the engine starts.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.sound.meter import STILL
from app.window.status import Doing
from app.window.theme import Theme, color
from app.window.words import tr

SIZE = 44
REST_ANGLE = math.radians(-38)
TURN_S = 1.6
LEVEL_S, SWELL_S = 0.048, 0.115
SETTLED = 0.005


class Mark(QWidget):
    """Shows what is being done; `advance` moves it on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.still = False
        self._doing: Doing = "starting"
        self._level = self._swell = 0.0
        self._time_s = 0.0
        self.setFixedSize(SIZE, SIZE)
        self.setAccessibleName(tr("Aside's mark"))

    def sizeHint(self) -> QSize:
        return QSize(SIZE, SIZE)

    def advance(self, doing: Doing, level: float, step_s: float) -> bool:
        """Whether it still moves."""
        swell = 1.0 if doing == "speaking" else 0.0
        before = (self._doing, round(self._level, 2), round(self._swell, 2))
        self._doing = doing
        level = level if level >= STILL else 0.0
        self._level += (level - self._level) * (1 - math.exp(-step_s / LEVEL_S))
        self._swell += (swell - self._swell) * (1 - math.exp(-step_s / SWELL_S))
        self._time_s += step_s
        now = (self._doing, round(self._level, 2), round(self._swell, 2))
        if now != before or self._moves:
            self.update()
        settled = max(abs(level - self._level), abs(swell - self._swell)) < SETTLED
        return self._moves or not settled

    @property
    def _moves(self) -> bool:
        return not self.still and self._doing in ("starting", "restarting", "speaking")

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(SIZE * 0.43, SIZE * 0.56)
        radius = SIZE * (0.255 + 0.05 * self._level)
        angle = self._angle()
        self._paint_ring(painter, centre, radius, angle)
        self._paint_dot(painter, centre, radius, angle)

    def _angle(self) -> float:
        if self._doing in ("starting", "restarting") and not self.still:
            return REST_ANGLE + 2 * math.pi * self._time_s / TURN_S
        return REST_ANGLE

    def _paint_ring(self, painter: QPainter, centre: QPointF, radius: float, angle: float) -> None:
        dim = 0.35 if self._doing in ("muted", "paused", "deaf", "failed", "resting") else 0.95
        pen = QPen(color(self.theme.text, dim), 3.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        gap_degrees = 34
        start = -math.degrees(angle) + gap_degrees
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawArc(box, round(start * 16), round((360 - 2 * gap_degrees) * 16))

    def _paint_dot(self, painter: QPainter, centre: QPointF, radius: float, angle: float) -> None:
        reach = radius * 1.3
        place = centre + QPointF(math.cos(angle) * reach, math.sin(angle) * reach)
        breath = 0.12 * math.sin(2 * math.pi * self._time_s / 0.9) * self._swell
        breath = 0.0 if self.still else breath
        size = SIZE * 0.105 * (1 + 0.4 * self._swell + breath)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._swell > 0.05:
            painter.setBrush(color(self.theme.accent, 0.22 * self._swell))
            painter.drawEllipse(place, size * 1.6, size * 1.6)
        painter.setBrush(color(self.theme.accent, 0.4 if self._doing == "failed" else 1.0))
        painter.drawEllipse(place, size, size)
