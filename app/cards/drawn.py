"""Parts that are painted: charts and ways in steps. What they show is also said in words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from app.cards.view import Hands, View
from app.window.theme import Theme, color, font
from app.window.words import tr
from engine.background import card_parts as parts
from engine.background.card import Card

CHART_HEIGHT = 190
TONES_DARK = ("#ffa366", "#7cc4ff", "#a5d86e", "#e59bff", "#ffd27a", "#8be0d0")
TONES_LIGHT = ("#b8470c", "#1b6fb5", "#4a7d12", "#8a35b0", "#8a5a00", "#0d7a69")
STEP_HEIGHT, STEP_INDENT, DOT = 30, 26, 6
STATES = {"todo": "to do", "current": "being done", "done": "done", "failed": "failed"}


class ChartView(View):
    """Lines or bars over a common scale, with the largest, the smallest and nought marked."""

    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self._part: parts.Chart | None = None
        self.setMinimumHeight(CHART_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, CHART_HEIGHT)

    def show_part(self, part: parts.Chart, card: Card) -> None:
        self._part = part
        self.setAccessibleName(part.alt or tr("Chart"))
        self.setAccessibleDescription(in_words(part))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        part = self._part
        if part is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(11))
        low, high = _scale(part)
        left = max(QFontMetricsF(font(11)).horizontalAdvance(_figure(v, part)) for v in (low, high))
        area = QRectF(left + 10, 10, self.width() - left - 18, self.height() - 52)
        self._paint_scale(painter, part, area, low, high)
        for place, series in enumerate(part.series):
            painter.setPen(QPen(color(self._tone(place)), 2.2))
            if part.variant == "bar":
                self._paint_bars(painter, part, place, area, low, high)
            else:
                painter.drawPolyline(QPolygonF(_points(series.values, area, low, high)))
        self._paint_names(painter, part, area)

    def _paint_scale(
        self, painter: QPainter, part: parts.Chart, area: QRectF, low: float, high: float
    ) -> None:
        for value in dict.fromkeys((low, 0.0 if low < 0 < high else low, high)):
            y = _height(value, area, low, high)
            painter.setPen(QPen(color(self.theme.edge), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(color(self.theme.quiet_text))
            box = QRectF(0, y - 8, area.left() - 8, 16)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, _figure(value, part))

    def _paint_bars(
        self, painter: QPainter, part: parts.Chart, place: int, area: QRectF, low: float,
        high: float,
    ) -> None:  # fmt: skip
        values, many = part.series[place].values, len(part.series)
        slot = area.width() / len(values)
        wide = max(1.0, slot * 0.7 / many)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self._tone(place)))
        ground = _height(max(low, min(high, 0.0)), area, low, high)
        for number, value in enumerate(values):
            x = area.left() + slot * number + slot * 0.15 + wide * place
            y = _height(value, area, low, high)
            bar = QRectF(x, min(y, ground), wide, max(1.0, abs(ground - y)))
            painter.drawRoundedRect(bar, min(3, wide / 3), min(3, wide / 3))

    def _paint_names(self, painter: QPainter, part: parts.Chart, area: QRectF) -> None:
        painter.setPen(color(self.theme.quiet_text))
        if part.labels:
            box = QRectF(area.left(), area.bottom() + 4, area.width(), 16)
            first, last = part.labels[0], part.labels[-1]
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, first)
            if len(part.labels) > 1:
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, last)
        x = area.left()
        for place, series in enumerate(part.series):
            painter.setPen(color(self._tone(place)))
            painter.drawText(QPointF(x, self.height() - 6), series.name)
            x += QFontMetricsF(painter.font()).horizontalAdvance(series.name) + 16

    def _tone(self, place: int) -> str:
        dark = color(self.theme.text).lightness() > 128
        return (TONES_DARK if dark else TONES_LIGHT)[place]


class StepsView(View):
    """A line with a dot for each step: filled where it is done, ringed where we are."""

    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self._steps: tuple[parts.Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: parts.Steps, card: Card) -> None:
        self._steps = part.steps
        said = [f"{step.label}: {tr(STATES[step.state])}" for step in part.steps]
        self.setAccessibleName(". ".join([tr("Steps"), *said]))
        self.setFixedHeight(sum(_step_height(step) for step in part.steps))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0.0
        for place, step in enumerate(self._steps):
            tall = _step_height(step)
            middle = QPointF(DOT + 2, top + STEP_HEIGHT / 2)
            if place + 1 < len(self._steps):
                painter.setPen(QPen(color(self.theme.quiet_text, 0.5), 1.5))
                below = QPointF(middle.x(), top + tall + STEP_HEIGHT / 2 - DOT)
                painter.drawLine(middle + QPointF(0, DOT), below)
            self._paint_dot(painter, middle, step.state)
            self._paint_words(painter, top, step)
            top += tall

    def _paint_dot(self, painter: QPainter, middle: QPointF, state: str) -> None:
        tone = {"todo": self.theme.quiet_text, "failed": self.theme.warning}.get(
            state, self.theme.accent
        )
        painter.setPen(QPen(color(tone), 2))
        painter.setBrush(color(tone) if state == "done" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, DOT - 1, DOT - 1)
        if state == "current":
            painter.setBrush(color(tone))
            painter.drawEllipse(middle, 1.5, 1.5)
        elif state == "failed":
            painter.drawLine(middle - QPointF(2, 2), middle + QPointF(2, 2))
            painter.drawLine(middle - QPointF(2, -2), middle + QPointF(2, -2))

    def _paint_words(self, painter: QPainter, top: float, step: parts.Step) -> None:
        weight = QFont.Weight.DemiBold if step.state == "current" else QFont.Weight.Normal
        painter.setFont(font(15, weight))
        bright = step.state in ("current", "done", "failed")
        painter.setPen(color(self.theme.text if bright else self.theme.quiet_text))
        wide = self.width() - STEP_INDENT
        line = QRectF(STEP_INDENT, top, wide, STEP_HEIGHT)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, _cut(painter, step.label, wide))
        if step.detail:
            painter.setFont(font(12))
            painter.setPen(color(self.theme.quiet_text))
            below = QRectF(STEP_INDENT, top + STEP_HEIGHT - 5, wide, 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignTop, _cut(painter, step.detail, wide))


def in_words(part: parts.Chart) -> str:
    """For those who do not see it: each series from where to where, and its extremes."""
    said = []
    for series in part.series:
        first, last = series.values[0], series.values[-1]
        most, least = max(series.values), min(series.values)
        figures = (_figure(value, part) for value in (first, last, least, most))
        names = ("first", "last", "least", "most")
        course = tr("{name}: from {first} to {last}, least {least}, most {most}")
        said.append(course.format(name=series.name, **dict(zip(names, figures, strict=True))))
    return ". ".join(said)


def _scale(part: parts.Chart) -> tuple[float, float]:
    values = [value for series in part.series for value in series.values]
    low, high = min(values), max(values)
    if part.variant == "bar":
        low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high > low else (low - 1, high + 1)


def _height(value: float, area: QRectF, low: float, high: float) -> float:
    return area.bottom() - (value - low) / (high - low) * area.height()


def _points(values: tuple[float, ...], area: QRectF, low: float, high: float) -> list[QPointF]:
    step = area.width() / max(1, len(values) - 1)
    return [
        QPointF(area.left() + place * step, _height(value, area, low, high))
        for place, value in enumerate(values)
    ]


def _figure(value: float, part: parts.Chart) -> str:
    return f"{value:.4g} {part.unit}".strip()


def _step_height(step: parts.Step) -> int:
    return STEP_HEIGHT + (16 if step.detail else 0)


def _cut(painter: QPainter, text: str, width: float) -> str:
    metrics = QFontMetricsF(painter.font())
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
