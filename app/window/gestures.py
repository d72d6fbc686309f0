"""The three ways to point: an arrow, a box, a spotlight. Drawn in Qt's coordinates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen, QTransform

from app.window.pointing import Shape
from app.window.theme import color

MARGIN = 6.0
ROUND, LINE, RIM = 10.0, 4.0, 1.5
ARROW = 92.0
DIM = 0.55
# On anybody's pictures and texts, dark or light: a strong orange between white and black.
INK, PAPER, SHADE = "#ff6d1f", "#ffffff", "#000000"
SOFT, STEPS = 14.0, 7


class Gesture(Protocol):
    """Something to show."""

    @property
    def bounds(self) -> QRectF:
        """Where it paints, global."""
        ...

    def ink(self) -> QPainterPath:
        """What of it is solid, for desktops that know no translucency."""
        ...

    def paint(self, painter: QPainter) -> None: ...


def gesture(shape: Shape, target: QRectF, screen: QRectF, translucent: bool) -> Gesture:
    """target: what is pointed at; screen: the monitor it is on."""
    if shape == "arrow":
        return Arrow.at(target.topLeft(), screen)
    if shape == "spotlight" and translucent:
        return Spotlight(target, screen)
    return Box(target)


@dataclass(frozen=True)
class Arrow:
    """Its tip touches the place; it comes from wherever there is room."""

    outline: QPainterPath
    bounds: QRectF

    @classmethod
    def at(cls, tip: QPointF, screen: QRectF) -> Arrow:
        across = -1.0 if tip.x() + ARROW > screen.right() else 1.0
        down = -1.0 if tip.y() + ARROW > screen.bottom() else 1.0
        turned = QTransform().translate(tip.x(), tip.y()).scale(across, down)
        outline = turned.map(_arrow_pointing_up_left())
        return cls(outline, outline.boundingRect())

    def ink(self) -> QPainterPath:
        return _with_rim(self.outline)

    def paint(self, painter: QPainter) -> None:
        for width in (9.0, 6.0):
            painter.setPen(_pen(color(SHADE, 0.12), width))
            painter.drawPath(self.outline)
        painter.setPen(_pen(color(PAPER), 2 * RIM))
        painter.drawPath(self.outline)
        painter.fillPath(self.outline, color(INK))


@dataclass(frozen=True)
class Box:
    """A frame whose inner edge is the edge of the place."""

    target: QRectF

    @property
    def bounds(self) -> QRectF:
        grown = LINE + 3 * RIM
        return self.target.adjusted(-grown, -grown, grown, grown)

    def ink(self) -> QPainterPath:
        return self._frame(LINE + 2 * RIM, 0.0)

    def paint(self, painter: QPainter) -> None:
        painter.fillPath(self._frame(LINE + 3 * RIM, 0.0), color(SHADE, 0.25))
        painter.fillPath(self._frame(LINE + 2 * RIM, 0.0), color(PAPER))
        painter.fillPath(self._frame(LINE + RIM, RIM), color(INK))

    def _frame(self, outer: float, inner: float) -> QPainterPath:
        """The ring between two distances from the place."""
        ring = QPainterPath()
        for grown in (outer, inner):
            edge = self.target.adjusted(-grown, -grown, grown, grown)
            ring.addRoundedRect(edge, ROUND + grown, ROUND + grown)
        return ring


@dataclass(frozen=True)
class Spotlight:
    """All of the monitor is dimmed but the place."""

    target: QRectF
    bounds: QRectF

    def ink(self) -> QPainterPath:
        return self._dark(0.0)

    def paint(self, painter: QPainter) -> None:
        share = 1 - (1 - DIM) ** (1 / STEPS)
        for step in range(STEPS):
            painter.fillPath(self._dark(SOFT * step / (STEPS - 1)), color(SHADE, share))

    def _dark(self, grown: float) -> QPainterPath:
        around = QPainterPath()
        around.addRect(self.bounds)
        hole = self.target.adjusted(-grown, -grown, grown, grown)
        around.addRoundedRect(hole, ROUND + grown, ROUND + grown)
        return around


def _arrow_pointing_up_left() -> QPainterPath:
    """Tip at (0, 0), the shaft towards the lower right: an upright arrow, turned."""
    head, wing, neck, shaft = 0.46 * ARROW, 0.27 * ARROW, 0.10 * ARROW, 1.18 * ARROW
    upright = QPainterPath(QPointF(0, 0))
    for x, y in (
        (wing, head), (neck, head * 0.86), (neck * 0.8, shaft),
        (-neck * 0.8, shaft), (-neck, head * 0.86), (-wing, head),
    ):  # fmt: skip
        upright.lineTo(x, y)
    upright.closeSubpath()
    return QTransform().rotateRadians(-math.pi / 4).map(upright)


def _with_rim(outline: QPainterPath) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * RIM)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(outline).united(outline)


def _pen(ink: object, width: float) -> QPen:
    pen = QPen(ink, width)  # type: ignore[call-overload]
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
