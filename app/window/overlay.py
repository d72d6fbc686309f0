"""The window as the desktop sees it: above the others, translucent, and never in the way.

It does not take the keyboard when it appears or is clicked. Only somebody who goes to the typing
line gives it the keyboard, and Escape, or going elsewhere, gives it back.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QApplication, QWidget

from app.window import x11
from app.window.theme import PANEL_RADIUS, PANEL_WIDTH, SHADOW, Theme, color

FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)
ABOVE_EDGE = 8


class Overlay(QWidget):
    """A rounded panel with a soft shadow around it; drag it anywhere between its controls.

    `closed` when the desktop closes it, `left` when whoever typed into it has gone.
    """

    closed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, position: tuple[int, int] | None = None) -> None:
        super().__init__(None, FLAGS)
        self.theme = theme
        self.position = position
        self._grip: QPoint | None = None
        self._lender: int | None = None
        self.shadow = SHADOW if x11.is_composited() else 0
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setFixedWidth(PANEL_WIDTH + 2 * self.shadow)

    def take_keyboard(self) -> None:
        if not self.takes_keyboard:
            self._lender = x11.keyboard_owner()
        self.windowHandle().setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
        self.activateWindow()

    def give_keyboard_back(self) -> None:
        """To whom it was taken from, unless somebody else has it by now."""
        was_ours = self.isActiveWindow()
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()
        self.windowHandle().setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, True)
        if was_ours and self._lender is not None:
            x11.give_keyboard(self._lender)
        self._lender = None
        self.left.emit()

    @property
    def takes_keyboard(self) -> bool:
        flags = self.windowHandle().flags()
        return not flags & Qt.WindowType.WindowDoesNotAcceptFocus

    @property
    def grabbed(self) -> bool:
        """Whether somebody is dragging it."""
        return self._grip is not None

    def settle(self) -> None:
        """Goes where it was left, if that is still on a screen; else to the bottom."""
        self.adjustSize()
        if self.position is not None and _is_visible(QPoint(*self.position), self):
            self.move(*self.position)
            return
        area = _screen().availableGeometry()
        left = area.center().x() - self.width() // 2
        self.move(left, area.bottom() - self.height() - ABOVE_EDGE + self.shadow // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_keyboard_back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The desktop asked it to close: that means the program, not a hidden window."""
        super().closeEvent(event)
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self._is_in_use():
            self.give_keyboard_back()

    def _is_in_use(self) -> bool:
        return self.isActiveWindow() or QApplication.activePopupWidget() is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        if QGuiApplication.platformName() == "wayland":
            self.windowHandle().startSystemMove()
            return
        self.move(event.globalPosition().toPoint() - self._grip)
        self.position = (self.x(), self.y())

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._grip = None

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        panel = QRectF(self.rect()).adjusted(
            self.shadow + 0.5, self.shadow + 0.5, -self.shadow - 0.5, -self.shadow - 0.5
        )
        self._paint_shadow(painter, panel)
        fill = QLinearGradient(panel.topLeft(), panel.bottomLeft())
        fill.setColorAt(0, self._solid(self.theme.panel_top))
        fill.setColorAt(1, self._solid(self.theme.panel_bottom))
        painter.setBrush(fill)
        painter.setPen(QPen(color(self.theme.edge), 1))
        painter.drawRoundedRect(panel, PANEL_RADIUS, PANEL_RADIUS)

    def resizeEvent(self, _: object) -> None:
        if not self.shadow:
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), PANEL_RADIUS, PANEL_RADIUS)
            self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def _solid(self, value: str) -> object:
        """Without a compositor nothing shines through, so nothing is left open."""
        made = color(value)
        if not self.shadow:
            made.setAlpha(255)
        return made

    def _paint_shadow(self, painter: QPainter, panel: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(self.shadow, 0, -2):
            nearness = 1 - step / self.shadow
            painter.setBrush(color(self.theme.shadow, 0.045 * nearness**2))
            grown = panel.adjusted(-step, -step * 0.6, step, step)
            painter.drawRoundedRect(grown, PANEL_RADIUS + step, PANEL_RADIUS + step)


def _screen() -> QScreen:
    return QGuiApplication.primaryScreen()


def _is_visible(corner: QPoint, window: QWidget) -> bool:
    middle = corner + window.rect().center()
    return any(screen.geometry().contains(middle) for screen in QGuiApplication.screens())
