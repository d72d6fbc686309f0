"""What Aside points at, shown on the screen itself, above everything and in nobody's way.

Clicks and keys go through it to whatever is beneath. It goes by itself, and at once when the
screen is not shared any more.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QRegion, QScreen
from PySide6.QtWidgets import QWidget

from app.capture.models import Rect
from app.window import x11
from app.window.gestures import MARGIN, Gesture, gesture
from app.window.pointing import Pointing
from app.window.words import tr

FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.BypassWindowManagerHint
    | Qt.WindowType.WindowTransparentForInput
    | Qt.WindowType.WindowDoesNotAcceptFocus
)
FADE_S = 0.18


class PointerLayer(QWidget):
    """One gesture at a time; a new one takes the place of the old."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(None, FLAGS)
        self._now_s = now_s
        self._pointing: Pointing | None = None
        self._aim: Rect | None = None
        self._drawn: Gesture | None = None
        self._painted = 0.0
        self.still = False
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setWindowTitle(tr("Aside points"))
        self.setAccessibleName(tr("Aside points here"))

    def point(self, pointing: Pointing, aim: Rect | None) -> None:
        """aim: the part of the screen that the model saw; without it there is no place."""
        if aim is not None:
            self._pointing, self._began_s = pointing, self._now_s()
            self._lay(aim)

    def advance(self, aim: Rect | None) -> None:
        """Moves it by one picture, and along with what it points at."""
        if self._pointing is None:
            return
        if aim is None or self._age_s > self._pointing.seconds:
            self.vanish()
        elif aim != self._aim:
            self._lay(aim)
        elif self._strength != self._painted:
            self.update()

    @property
    def target(self) -> QRect | None:
        """What is pointed at, in Qt's coordinates of the desktop; None when nothing is."""
        return self._target if self._pointing is not None and self.isVisible() else None

    def vanish(self) -> None:
        self._pointing = self._aim = None
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._drawn is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._painted = self._strength
            painter.setOpacity(self._painted if x11.is_composited() else 1.0)
            painter.translate(-QPointF(self.geometry().topLeft()))
            self._drawn.paint(painter)

    @property
    def _age_s(self) -> float:
        return self._now_s() - self._began_s

    @property
    def _strength(self) -> float:
        """Of its colours, 0 to 1, while it comes and goes."""
        if self._pointing is None:
            return 0.0
        if self.still:
            return 1.0
        left_s = self._pointing.seconds - self._age_s
        return max(0.0, min(1.0, min(self._age_s + 0.03, left_s) / FADE_S))

    def _lay(self, aim: Rect) -> None:
        assert self._pointing is not None
        left, top, width, height = self._pointing.on(aim)
        screen = screen_of(left + width / 2, top + height / 2)
        if screen is None:
            self.vanish()
            return
        corner, size = on_screen(screen, left, top), QSizeF(width, height)
        target = QRectF(corner, size / screen.devicePixelRatio())
        self._aim, self._target = aim, target.toAlignedRect()
        self._drawn = gesture(
            self._pointing.shape, target, QRectF(screen.geometry()), x11.is_composited()
        )
        self._place(self._drawn, screen)

    def _place(self, drawn: Gesture, screen: QScreen) -> None:
        around = drawn.bounds.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        area = around.toAlignedRect().intersected(screen.geometry())
        self.setScreen(screen)
        self.setGeometry(area)
        self._cut_out(drawn, area)
        self.show()
        self.raise_()
        self.update()

    def _cut_out(self, drawn: Gesture, area: QRect) -> None:
        """Without a compositor nothing is translucent: only the ink is a window then."""
        if x11.is_composited():
            self.clearMask()
            return
        ink = drawn.ink().translated(-QPointF(area.topLeft()))
        self.setMask(QRegion(ink.toFillPolygon().toPolygon()))


def native(screen: QScreen) -> Rect:
    """The screen in its own pixels. Qt keeps its corner where the system has it, and divides
    only its size by the density."""
    area, density = screen.geometry(), screen.devicePixelRatio()
    return Rect(
        area.left(), area.top(), round(area.width() * density), round(area.height() * density)
    )


def screen_of(x: float, y: float) -> QScreen | None:
    """The one that shows this place, in the screen's own pixels."""
    place = int(x), int(y)
    return next((one for one in QGuiApplication.screens() if native(one).contains(*place)), None)


def on_screen(screen: QScreen, x: float, y: float) -> QPointF:
    """A place in the screen's own pixels, as Qt counts it."""
    corner, density = QPointF(screen.geometry().topLeft()), screen.devicePixelRatio()
    return corner + (QPointF(x, y) - corner) / density
