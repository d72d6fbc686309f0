"""Choosing what to share with the mouse: draw a region, click a window or a monitor. Escape
chooses nothing.

It lies over all monitors and, unlike all else here, takes mouse and keyboard: somebody asked for
it, and it ends with one press.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from app.capture.models import Area, Monitor, OneMonitor, OneWindow, Rect, Region, WindowSeen
from app.window import x11
from app.window.pointer_layer import native, on_screen
from app.window.theme import Theme, color, font
from app.window.words import tr

FLAGS = (
    Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.BypassWindowManagerHint
)  # fmt: skip
SMALLEST = 24
Chosen = Literal["monitor", "region", "window"]
WORDS: dict[Chosen, str] = {
    "monitor": "Click the monitor that Aside may see. Escape: nothing.",
    "region": "Draw around what Aside may see. Escape: nothing.",
    "window": "Click the window that Aside may see. Escape: nothing.",
}


class Picker(QWidget):
    """One monitor's part of it; `chosen` with an Area, or None."""

    chosen = Signal(object)

    def __init__(
        self, screen: QScreen, what: Chosen, windows: Sequence[WindowSeen], theme: Theme,
        monitor: Monitor | None = None,
    ) -> None:  # fmt: skip
        """monitor: the one that `screen` is, as the system calls it."""
        super().__init__(None, FLAGS)
        self._screen, self._what, self._windows, self.theme = screen, what, windows, theme
        self._from: QPointF | None = None
        self._marked: Rect | None = None
        self._over: WindowSeen | None = None
        self._monitor = monitor
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMouseTracking(True)
        self.setCursor(
            Qt.CursorShape.CrossCursor if what == "region" else Qt.CursorShape.PointingHandCursor
        )
        self.setWindowTitle(tr("Choose what to share"))
        self.setAccessibleName(tr(WORDS[what]))
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        # Where nothing is translucent, a picture of the screen stands for what is beneath.
        self._backdrop = None if x11.is_composited() else screen.grabWindow(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            self.chosen.emit(None)
        elif self._what == "monitor":
            name = self._monitor.name if self._monitor is not None else None
            self.chosen.emit(None if name is None else OneMonitor(name))
        elif self._what == "window":
            self._hover(event)
            over = self._over
            self.chosen.emit(None if over is None else OneWindow(over.id, over.title))
        else:
            self._from = event.globalPosition()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._what == "window":
            self._hover(event)
        elif self._from is not None:
            self._marked = self._native(QRectF(self._from, event.globalPosition()).normalized())
        elif self._what == "monitor":
            self._marked = native(self._screen)
        self.update()

    def leaveEvent(self, _: QEvent) -> None:
        """The pointer is on another monitor now."""
        if self._what == "monitor":
            self._marked = None
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._what == "region" and self._from is not None:
            drawn = self._native(QRectF(self._from, event.globalPosition()).normalized())
            large = min(drawn.width, drawn.height) >= SMALLEST
            self.chosen.emit(Region(drawn) if large else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.chosen.emit(None)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._backdrop is not None:
            painter.drawPixmap(self.rect(), self._backdrop)
        dark = QPainterPath()
        dark.addRect(QRectF(self.rect()))
        marked = self._over.rect if self._over is not None else self._marked
        if marked is not None:
            box = self._box(marked)
            dark.addRect(box)
            painter.fillRect(box, color("#ffffff", 0.02))  # where nothing is, clicks fall through
            painter.setPen(QPen(color(self.theme.accent), 3))
            painter.drawRect(box)
        painter.fillPath(dark, color("#000000", 0.35))
        self._paint_words(painter)

    def _box(self, marked: Rect) -> QRectF:
        first = on_screen(self._screen, marked.left, marked.top)
        last = on_screen(self._screen, marked.right, marked.bottom)
        return QRectF(first, last).translated(-QPointF(self.geometry().topLeft()))

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(font(18, QFont.Weight.DemiBold))
        text = painter.fontMetrics().boundingRect(tr(WORDS[self._what]))
        box = QRectF(0, 0, text.width() + 48, 52)
        box.moveCenter(QPointF(self.width() / 2, 80))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("#17181d", 0.94))
        painter.drawRoundedRect(box, 26, 26)
        painter.setPen(color("#f5f3ef"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr(WORDS[self._what]))

    def _hover(self, event: QMouseEvent) -> None:
        place = self._native(QRectF(event.globalPosition(), event.globalPosition()))
        under = [one for one in self._windows if one.rect.contains(place.left, place.top)]
        self._over = under[-1] if under else None

    def _native(self, box: QRectF) -> Rect:
        corner, density = QPointF(self._screen.geometry().topLeft()), (
            self._screen.devicePixelRatio())  # fmt: skip
        first = corner + (box.topLeft() - corner) * density
        size = box.size() * density
        drawn = Rect(round(first.x()), round(first.y()), round(size.width()), round(size.height()))
        return drawn if drawn.empty else drawn.within(native(self._screen))


class Choosing:
    """A picker on every monitor, and one answer from all of them."""

    def __init__(self) -> None:
        self._pickers: list[Picker] = []

    def begin(
        self, what: Chosen, windows: Sequence[WindowSeen], theme: Theme, chosen: object,
        monitors: Sequence[Monitor] = (),
    ) -> None:  # fmt: skip
        """chosen: called once with an Area or None."""
        self.end()
        for screen in QGuiApplication.screens():
            picker = Picker(screen, what, windows, theme, _of(screen, monitors))
            picker.chosen.connect(lambda area: self._choose(area, chosen))
            self._pickers.append(picker)
            picker.show()
        if self._pickers:
            self._pickers[0].activateWindow()
            self._pickers[0].grabKeyboard()

    @property
    def open(self) -> bool:
        return bool(self._pickers)

    def end(self) -> None:
        pickers, self._pickers = self._pickers, []
        for picker in pickers:
            picker.releaseKeyboard()
            picker.close()

    def _choose(self, area: Area | None, chosen: object) -> None:
        if self._pickers:
            self.end()
            chosen(area)  # type: ignore[operator]


def _of(screen: QScreen, monitors: Sequence[Monitor]) -> Monitor | None:
    """What the system calls this screen: they are told apart by where they lie."""
    area = native(screen)
    middle = (area.left + area.width // 2, area.top + area.height // 2)
    return next((one for one in monitors if one.rect.contains(*middle)), None)
