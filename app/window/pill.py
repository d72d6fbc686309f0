"""A small pill that is always there: what Aside is doing, and what it captures.

It takes neither the keyboard nor, but for itself, a click: a click on it shows or hides the
window, the other button opens the menu (many desktops have no tray), and it can be dragged.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QWidget

from app.window import x11
from app.window.lights import Lights
from app.window.overlay import FLAGS
from app.window.status import Status
from app.window.theme import Theme, color, font
from app.window.words import tr

HEIGHT, EDGE = 38, 10
FROM_TOP = 10
DRAG = 6


class Pill(QWidget):
    """`clicked` on a press that was no drag, `placed` when a drag has ended, `asked` where the
    menu is wanted: at a place on the screen."""

    clicked = Signal()
    asked = Signal(QPoint)
    placed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, FLAGS)
        self.theme = theme
        self._pressed: QPoint | None = None
        self._dragged = False
        self._words, self.lights = QLabel(), Lights(theme)
        for attribute in (
            Qt.WidgetAttribute.WA_TranslucentBackground,
            Qt.WidgetAttribute.WA_ShowWithoutActivating,
            Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow,
        ):
            self.setAttribute(attribute)
        self.setWindowTitle(tr("Aside's lights"))
        self.setAccessibleName("Aside")
        self.setFixedHeight(HEIGHT)
        self._arrange()
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        self.theme = self.lights.theme = theme
        self._words.setStyleSheet(f"color: {theme.text}; background: transparent;")
        self.update()
        self.lights.update()

    def show_status(self, status: Status) -> None:
        self.lights.show_lights(status.lights)
        self._words.setText(status.pill_words)
        self._words.setVisible(bool(status.pill_words))
        self.setAccessibleDescription(self.lights.accessibleDescription())
        middle, width = self.geometry().center().x(), self.sizeHint().width()
        if self.width() != width:
            self.setGeometry(middle - width // 2, self.y(), width, HEIGHT)

    def settle(self, screen: QScreen, middle: QPoint) -> None:
        """The middle of its upper edge goes there, as far as all of it is on the screen.

        What kind of window it is, is said again: some systems forget it when screens change.
        """
        self.setScreen(screen)
        self.resize(self.sizeHint().width(), HEIGHT)
        area = screen.availableGeometry()
        left = min(middle.x() - self.width() // 2, area.right() + 1 - self.width())
        top = min(middle.y(), area.bottom() + 1 - HEIGHT)
        self.move(max(area.left(), left), max(area.top(), top))
        if (handle := self.windowHandle()) is not None:
            handle.setFlags(handle.flags() | FLAGS)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._dragged = event.globalPosition().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        now = event.globalPosition().toPoint()
        if self._dragged or (now - self._pressed).manhattanLength() > DRAG:
            self._dragged = True
            self.move(self.pos() + now - self._pressed)
            self._pressed = now

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged:
            self.clicked.emit()
        elif self._pressed is not None:
            self.placed.emit()
        self._pressed = None

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = color(self.theme.panel_bottom)
        if not x11.is_composited():
            fill.setAlpha(255)
        painter.setBrush(fill)
        painter.setPen(QPen(color(self.theme.edge), 1))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)

    def resizeEvent(self, _: object) -> None:
        if not x11.is_composited():
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), HEIGHT / 2, HEIGHT / 2)
            self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def _arrange(self) -> None:
        self._words.setFont(font(13, QFont.Weight.DemiBold))
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(EDGE + 4, 0, EDGE, 0)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self.lights)
