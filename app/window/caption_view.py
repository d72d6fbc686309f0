"""Paints the captions: big, newest at the bottom, words fading in, lines gliding up."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.window.captions import SETTLED_S, Captions, Line, Side
from app.window.theme import CAPTION_LINES, Theme, color, font
from app.window.words import tr

GUTTER = 70
LEADING = 1.32
LINE_GAP = 0.30
FADE_IN_S, FADE_FROM = 0.25, 0.6  # a word can be read at once, and still comes softly
# Of its colour, for a word that may still grow; it is underlined with dots too.
GROWING = 0.62
FADE_OUT_PX = 46
GLIDE_S = 0.1
LOOK_BACK_MS = 6000
MOST_LAYOUTS = 24
LineNow = tuple[tuple[Side, float], int, int]
NAMES: dict[Side, str] = {"user": "You", "typed": "You", "aside": "Aside"}
HINT = 'Say "Aside, …", or type below.'
OPEN_HINT = "Say something, or type below."
DEAF_HINT = "Type below."


class CaptionView(QWidget):
    """`show_captions` gives it what to show, `advance` moves it on.

    `stirred` when something begins to move.
    """

    stirred = Signal()

    def __init__(self, theme: Theme, pixels: int, rows: int | None = CAPTION_LINES) -> None:
        """rows: how many are always there to be seen; None for as many as there is room for."""
        super().__init__()
        self.theme, self._rows = theme, rows
        self._captions = Captions()
        self.hint = HINT
        self.still = False
        self._layouts: dict[LineNow, QTextLayout] = {}  # what is seen, used last at the end
        self._heights: dict[LineNow, float] = {}
        self._measured: tuple[tuple[Captions, int, int] | None, float] = (None, 0.0)
        self._shown_height = 0.0
        self._look_back = 0.0
        self._back = QTimer(self, interval=LOOK_BACK_MS, singleShot=True)
        self._back.timeout.connect(self._look_at_now)
        # Between its fading in and its being settled a word looks the same: nothing is painted.
        self._settled = QTimer(self, interval=round(1000 * SETTLED_S) + 20, singleShot=True)
        self._settled.timeout.connect(self.update)
        policy = QSizePolicy.Policy.Fixed if rows is not None else QSizePolicy.Policy.Ignored
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        self.setAccessibleName(tr("Captions"))
        self.set_pixels(pixels)

    def set_pixels(self, pixels: int) -> None:
        self.pixels = pixels
        self._layouts.clear()
        self._heights.clear()
        if self._rows is not None:
            self.setFixedHeight(round(self._rows * self._row_height + FADE_OUT_PX * 0.3))
        self._shown_height = self._content_height()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

    def show_captions(self, captions: Captions) -> None:
        self._captions = captions
        last = [f"{tr(NAMES[line.side])}: {line.text}" for line in captions.lines[-2:]]
        self.setAccessibleDescription("\n".join(last))
        self.update()
        self._settled.start()
        self.stirred.emit()

    def advance(self, step_s: float) -> bool:
        """Whether it still moves."""
        goal = self._content_height()
        if self.still:
            self._shown_height = goal
        moving = abs(goal - self._shown_height) > 0.5
        part = 1 - math.exp(-step_s / GLIDE_S) if moving else 1.0
        self._shown_height += (goal - self._shown_height) * part
        moving = moving or self._has_young_words()
        if moving:
            self.update()
        return moving

    def wheelEvent(self, event: QWheelEvent) -> None:
        room = max(0.0, self._content_height() - self.height())
        wanted = self._look_back + event.angleDelta().y() / 2
        self._look_back = max(0.0, min(room, wanted))
        self._back.start()
        self.update()

    def _look_at_now(self) -> None:
        self._look_back = 0.0
        self.update()

    def resizeEvent(self, _: QResizeEvent) -> None:
        self._layouts.clear()
        self._heights.clear()
        self._shown_height = self._content_height()

    def paintEvent(self, _: QPaintEvent) -> None:
        picture = QPixmap(self.size() * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        if self._captions.lines:
            self._paint_lines(painter)
        else:
            self._paint_hint(painter)
        self._fade_top(painter)
        painter.end()
        QPainter(self).drawPixmap(0, 0, picture)

    @property
    def _row_height(self) -> float:
        return self.pixels * LEADING

    def _paint_lines(self, painter: QPainter) -> None:
        bottom = self.height() + self._content_height() - self._shown_height + self._look_back
        newest = self._newest()
        for line in reversed(self._captions.lines):
            top = bottom - self._height_of(line)
            if top < self.height() and bottom > 0:
                strength = 1.0 if line.key in newest else 0.5
                self._paint_line(painter, line, self._layout(line), top, strength)
            bottom = top - self.pixels * LINE_GAP
            if bottom < 0:
                break

    def _newest(self) -> set[object]:
        """The last line of each side stands out."""
        return {
            line.key for line in {NAMES[line.side]: line for line in self._captions.lines}.values()
        }

    def _paint_line(
        self, painter: QPainter, line: Line, layout: QTextLayout, top: float, strength: float
    ) -> None:
        own = self.theme.accent if line.side == "aside" else self.theme.user
        label = font(max(12, round(self.pixels * 0.5)), QFont.Weight.DemiBold)
        ascent = QFontMetricsF(layout.font()).ascent()
        lead = (self._row_height - QFontMetricsF(layout.font()).height()) / 2
        painter.setFont(label)
        painter.setPen(color(own, 0.75 * strength))
        painter.drawText(QPointF(0, top + lead + ascent), tr(NAMES[line.side]))
        painter.setPen(color(own, strength))
        layout.draw(painter, QPointF(GUTTER, top), self._shades(line, own, strength))

    def _shades(self, line: Line, own: str, strength: float) -> list[QTextLayout.FormatRange]:
        """Words that just came are on their way to full strength; one that grows is not there."""
        now_s, ranges, place = time.monotonic(), [], 0
        settled = line.settled(now_s)
        for number, (word, born_s) in enumerate(zip(line.words, line.born_s, strict=True)):
            age = 1.0 if self.still else max(0.0, min(1.0, (now_s - born_s) / FADE_IN_S))
            growing = number >= settled
            if age < 1 or growing:
                there = FADE_FROM + (1 - FADE_FROM) * age
                ink = color(own, strength * there * (GROWING if growing else 1.0))
                ranges.append(_shade(place, len(word), ink, growing))
            place += len(word) + 1
        return ranges

    def _has_young_words(self) -> bool:
        now_s = time.monotonic()
        if self.still:
            return False
        return any(line.pause_s(now_s) < 1.2 * FADE_IN_S for line in self._captions.lines[-4:])

    def _paint_hint(self, painter: QPainter) -> None:
        """Where the newest line stands; in large letters or other languages it takes two."""
        painter.setFont(font(self.pixels))
        painter.setPen(color(self.theme.quiet_text, 0.9))
        lead = (self._row_height - QFontMetricsF(painter.font()).height()) / 2
        painter.drawText(
            QRectF(0, 0, self.width(), self.height() - lead),
            Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap,
            self.hint,
        )

    def _fade_top(self, painter: QPainter) -> None:
        gradient = QLinearGradient(0, 0, 0, FADE_OUT_PX)
        gradient.setColorAt(0, Qt.GlobalColor.transparent)
        gradient.setColorAt(1, Qt.GlobalColor.black)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.fillRect(QRectF(0, 0, self.width(), self.height()), gradient)

    def _content_height(self) -> float:
        """Of all lines. Asked for at every picture, so it is counted anew only when it may differ:
        two hundred long lines took 0.8 ms of every picture."""
        of = (self._captions, self.width(), self.pixels)
        known, height = self._measured
        if known is None or known[0] is not of[0] or known[1:] != of[1:]:
            heights = [self._height_of(line) for line in self._captions.lines]
            height = sum(heights) + self.pixels * LINE_GAP * max(0, len(heights) - 1)
            self._measured = of, height
        return height

    def _height_of(self, line: Line) -> float:
        """A layout is twenty kilobytes: of lines that are not seen the height alone is kept."""
        now = _now(line)
        if now not in self._heights:
            if len(self._heights) > 2 * len(self._captions.lines) + 8:
                there = map(_now, self._captions.lines)
                self._heights = {one: self._heights[one] for one in there if one in self._heights}
            self._heights[now] = _height(self._layout(line))
        return self._heights[now]

    def _layout(self, line: Line) -> QTextLayout:
        now = _now(line)
        layout = self._layouts.pop(now, None) or self._laid_out(line)
        self._layouts[now] = layout
        if len(self._layouts) > MOST_LAYOUTS:
            del self._layouts[next(iter(self._layouts))]
        return layout

    def _laid_out(self, line: Line) -> QTextLayout:
        weight = QFont.Weight.Medium if line.side == "aside" else QFont.Weight.Normal
        layout = QTextLayout(line.text, font(self.pixels, weight))
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        row, top = layout.createLine(), 0.0
        while row.isValid():
            row.setLineWidth(max(50, self.width() - GUTTER))
            row.setPosition(QPointF(0, top + (self._row_height - row.height()) / 2))
            top += self._row_height
            row = layout.createLine()
        layout.endLayout()
        layout.setCacheEnabled(True)
        return layout


def _now(line: Line) -> LineNow:
    """A line only grows, so this tells how far it is; cheaper than its text."""
    return line.key, len(line.words), len(line.words[-1])


def _shade(start: int, length: int, ink: QColor, growing: bool) -> QTextLayout.FormatRange:
    span, shape = QTextLayout.FormatRange(), QTextCharFormat()
    shape.setForeground(ink)
    if growing:
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        shape.setUnderlineColor(ink)
    span.start, span.length, span.format = start, length, shape
    return span


def _height(layout: QTextLayout) -> float:
    rows = layout.lineCount()
    pixels = layout.font().pixelSize()
    return rows * pixels * LEADING
