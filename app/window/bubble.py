"""What Aside says unprompted, beside what it is about: in nobody's way, and gone by itself."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.window import x11
from app.window.frame_clock import PICTURE_MS
from app.window.interjections import Interjection
from app.window.pointer_layer import FLAGS
from app.window.theme import Theme, color, font
from app.window.words import tr

WIDEST, PIXELS = 380, 17
RADIUS, AWAY = 18, 14
SIDE, ABOVE = 18, 13
FADE_S = 0.2


class Bubble(QWidget):
    """One at a time; it grows while it is being said. `still`: it neither fades in nor out."""

    def __init__(self, theme: Theme, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(None, FLAGS)
        self._now_s = now_s
        self.still = False
        self._came_s = self._goes_s = 0.0
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setFont(font(PIXELS, QFont.Weight.Medium))
        for attribute in (
            Qt.WidgetAttribute.WA_TranslucentBackground,
            Qt.WidgetAttribute.WA_ShowWithoutActivating,
            Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow,
        ):
            self.setAttribute(attribute)
        self.setWindowTitle(tr("Aside interjects"))
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, ABOVE, SIDE, ABOVE)
        column.addWidget(self._words)
        self._pictures = QTimer(self)
        self._pictures.setInterval(PICTURE_MS)
        self._pictures.timeout.connect(self.advance)
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        self.theme = theme
        self._words.setStyleSheet(f"color: {theme.accent}; background: transparent;")
        self.update()

    def say(self, what: Interjection, beside: QRect) -> None:
        """beside: what it is about, in Qt's coordinates of the desktop; it covers none of it."""
        if not self.isVisible():
            self._came_s = self._now_s()
        self._goes_s = self._now_s() + what.seconds
        self._words.setText(what.text)
        self.setAccessibleName(what.text)
        size = self._size()
        screen = QGuiApplication.screenAt(beside.center()) or QGuiApplication.primaryScreen()
        self.setScreen(screen)
        self.setGeometry(QRect(corner(size, beside, screen.availableGeometry()), size))
        self.advance()
        self.show()
        self.raise_()
        self._pictures.start()

    def advance(self) -> None:
        """Moves it by one picture."""
        if self._now_s() >= self._goes_s:
            self.vanish()
        else:
            self.setWindowOpacity(self._strength)

    def vanish(self) -> None:
        self._pictures.stop()
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = color(self.theme.panel_bottom)
        if not x11.is_composited():
            ground.setAlpha(255)
        painter.setBrush(ground)
        painter.setPen(QPen(color(self.theme.accent, 0.55), 1.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def resizeEvent(self, _: object) -> None:
        if not x11.is_composited():
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
            self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    @property
    def _strength(self) -> float:
        if self.still or not x11.is_composited():
            return 1.0
        age_s, left_s = self._now_s() - self._came_s, self._goes_s - self._now_s()
        return max(0.0, min(1.0, min(age_s + 0.03, left_s) / FADE_S))

    def _size(self) -> QSize:
        """As narrow as its words are, up to WIDEST, then in rows."""
        metrics = self._words.fontMetrics()
        room = QRect(0, 0, WIDEST - 2 * SIDE, 10_000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._words.text())
        return QSize(needed.width() + 2 * SIDE + 4, needed.height() + 2 * ABOVE + 2)


def corner(size: QSize, beside: QRect, area: QRect) -> QPoint:
    """Right of it, else left, else below, else above: the first where it is wholly on `area`."""
    middle = beside.center() - QPoint(size.width() // 2, size.height() // 2)
    places = (
        QPoint(beside.right() + AWAY, middle.y()),
        QPoint(beside.left() - AWAY - size.width(), middle.y()),
        QPoint(middle.x(), beside.bottom() + AWAY),
        QPoint(middle.x(), beside.top() - AWAY - size.height()),
    )
    inside = [_within(place, size, area) for place in places]
    free = [one for one in inside if not QRect(one, size).intersects(beside)]
    return free[0] if free else inside[0]


def _within(place: QPoint, size: QSize, area: QRect) -> QPoint:
    right, bottom = area.right() + 1 - size.width(), area.bottom() + 1 - size.height()
    return QPoint(
        max(area.left(), min(place.x(), right)), max(area.top(), min(place.y(), bottom))
    )
