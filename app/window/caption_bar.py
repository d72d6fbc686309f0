"""The caption bar: both sides' words over every program, and in nobody's way.

Clicks and keys go through it. Only while Ctrl and Alt are held with the pointer over it can it be
gripped: dragged, stretched at its lower right corner, its words and its ground changed.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFont,
    QGuiApplication,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QScreen,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.window import x11
from app.window.bar_place import AROUND, GROUNDS, BarPlace
from app.window.caption_view import CaptionView
from app.window.overlay import FLAGS
from app.window.theme import Theme, color, font
from app.window.words import tr

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
LOOK_MS = 80
RADIUS, SIDE = 20, 26
BUTTON, CORNER = 30, 26
STEP = 2
THROUGH = Qt.WindowType.WindowTransparentForInput


class CaptionBar(QWidget):
    """`placed` with the monitor's name and the BarPlace, when the user changed it."""

    placed = Signal(str, object)

    def __init__(self, theme: Theme, pixels: int) -> None:
        super().__init__(None, FLAGS | THROUGH)
        self.theme = theme
        self.gripped = False
        self.place = BarPlace.at_first(1000, pixels)
        self._pull: tuple[str, QPoint, BarPlace] | None = None
        self.view = CaptionView(theme, pixels, rows=None)
        self.view.hint = tr("Words appear here. Hold Ctrl+Alt over them to move this bar.")
        self.view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for attribute in (
            Qt.WidgetAttribute.WA_TranslucentBackground,
            Qt.WidgetAttribute.WA_ShowWithoutActivating,
            Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow,
        ):
            self.setAttribute(attribute)
        self.setWindowTitle(tr("Aside's captions"))
        self.setAccessibleName(tr("Caption bar"))
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, AROUND // 4, SIDE, AROUND // 2)
        column.addWidget(self.view)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._see_whether_gripped)

    def dress(self, theme: Theme) -> None:
        self.theme = self.view.theme = theme
        self.update()
        self.view.update()

    def settle(self, screen: QScreen, place: BarPlace) -> None:
        """Goes there, wholly on that monitor, and lets everything through again."""
        self.setScreen(screen)
        self._lay(place, screen)
        self._grip(False)

    def letter(self, pixels: int) -> None:
        """The size of the words."""
        self._change(self.place.lettered(pixels))

    def change_ground(self) -> None:
        self._change(self.place.next_ground())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grip(False)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        for name, box in self._buttons().items():
            if box.contains(at):
                self._press(name)
                return
        how = "stretch" if self._corner().contains(at) else "move"
        self._pull = (how, event.globalPosition().toPoint(), self.place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pull is None:
            return
        how, began, place = self._pull
        way = event.globalPosition().toPoint() - began
        if how == "move":
            self.move(self._corner_of(place) + way)
        else:
            self._lay(place.stretched(way.x(), way.y()), self.screen())

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        if self._pull is None:
            return
        self._pull = None
        screen = QGuiApplication.screenAt(self.geometry().center()) or self.screen()
        corner = self.pos() - screen.availableGeometry().topLeft()
        here = self.place.moved(corner.x() - self.place.left, corner.y() - self.place.top)
        self._lay(here, screen)
        self.placed.emit(screen.name(), self.place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Words grow and shrink under it; with Alt held Qt takes it for a sideways one."""
        way = event.angleDelta().y() or event.angleDelta().x()
        self.letter(self.place.pixels + (STEP if way > 0 else -STEP))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = color(self.theme.panel_bottom)
        ground.setAlphaF(GROUNDS[self.place.ground] if x11.is_composited() else 1.0)
        edge = self.theme.accent if self.gripped else self.theme.edge
        painter.setBrush(ground)
        painter.setPen(QPen(color(edge), 2 if self.gripped else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        if self.gripped:
            self._paint_handles(painter)

    def resizeEvent(self, _: QResizeEvent) -> None:
        if not x11.is_composited():
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
            self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def _see_whether_gripped(self) -> None:
        held = QGuiApplication.queryKeyboardModifiers() & HELD == HELD
        over = held and self.geometry().contains(QCursor.pos())
        if (gripped := over or self._pull is not None) != self.gripped:
            self._grip(gripped)

    def _grip(self, gripped: bool) -> None:
        """Said to the system each time: some forget it when a screen comes or goes."""
        self.gripped = gripped
        self._pull = self._pull if gripped else None
        if (handle := self.windowHandle()) is not None:
            handle.setFlag(THROUGH, not gripped)
        self.setCursor(
            Qt.CursorShape.SizeAllCursor if gripped else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def _press(self, name: str) -> None:
        if name == "ground":
            self.change_ground()
        else:
            self.letter(self.place.pixels + (STEP if name == "larger" else -STEP))

    def _change(self, place: BarPlace) -> None:
        self._lay(place, self.screen())
        if self.isVisible():
            self.placed.emit(self.screen().name(), self.place)

    def _lay(self, place: BarPlace, screen: QScreen) -> None:
        area = screen.availableGeometry()
        self.place = place.inside(area.width(), area.height())
        corner = area.topLeft() + QPoint(self.place.left, self.place.top)
        self.setGeometry(corner.x(), corner.y(), self.place.width, self.place.height)
        if self.view.pixels != self.place.pixels:
            self.view.set_pixels(self.place.pixels)
        self.update()

    def _corner_of(self, place: BarPlace) -> QPoint:
        return self.screen().availableGeometry().topLeft() + QPoint(place.left, place.top)

    def _buttons(self) -> dict[str, QRectF]:
        right = self.width() - 14
        names = ("smaller", "larger", "ground")
        return {
            name: QRectF(right - (3 - at) * (BUTTON + 6) + 6, 10, BUTTON, BUTTON)
            for at, name in enumerate(names)
        }

    def _corner(self) -> QRectF:
        return QRectF(self.width() - CORNER, self.height() - CORNER, CORNER, CORNER)

    def _paint_handles(self, painter: QPainter) -> None:
        for name, box in self._buttons().items():
            painter.setPen(QPen(color(self.theme.edge), 1))
            painter.setBrush(color(self.theme.panel_top).lighter(130))
            painter.drawEllipse(box)
            painter.setPen(color(self.theme.text))
            if name == "ground":
                _paint_half_disc(painter, box, color(self.theme.text))
            else:
                painter.setFont(font(12 if name == "smaller" else 16, QFont.Weight.DemiBold))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "A")
        painter.setPen(QPen(color(self.theme.accent), 2, Qt.PenStyle.SolidLine,
                            Qt.PenCapStyle.RoundCap))  # fmt: skip
        right, bottom = self.width() - 9, self.height() - 9
        for length in (6, 12):
            painter.drawLine(right - length, bottom, right, bottom - length)


def _paint_half_disc(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """The usual sign for contrast."""
    disc = box.adjusted(8, 8, -8, -8)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    painter.setBrush(ink)
    painter.drawPie(disc, 90 * 16, 180 * 16)
