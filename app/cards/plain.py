"""Parts that only show: text, pictures, lists, tables, code, progress, time."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from app.cards.view import BESIDE, WIDTH, Hands, View, label, words
from app.window.theme import Theme, color, font
from app.window.words import tr
from engine.background import card_parts as parts
from engine.background.card import Card

MAX_PIXELS = 4096
TALLEST = 260
FRAME = 20
AROUND = 28  # of lines of code: its frame, and what Qt takes for a line that can be scrolled to
VARIANTS = {"title": (18, QFont.Weight.DemiBold, "cardtitle"), "body": (15, QFont.Weight.Normal,
            "cardtext"), "caption": (12, QFont.Weight.Normal, "cardquiet")}  # fmt: skip


class Stacked(View):
    """A view with one column for what it holds."""

    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)


class TextView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.label = label(15)
        self.column.addWidget(self.label)

    def show_part(self, part: parts.Text, card: Card) -> None:
        pixels, weight, name = VARIANTS[part.variant]
        self.label.setFont(font(pixels, weight))
        if self.label.objectName() != name:
            self.label.setObjectName(name)
            self.label.style().polish(self.label)
        self.label.setText(words(card, part.text))


class DividerView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        line = QFrame()
        line.setObjectName("cardline")
        line.setFixedHeight(1)
        self.column.addWidget(line)

    def show_part(self, part: parts.Divider, card: Card) -> None:
        """It is the same always."""


class ImageView(Stacked):
    """A picture as wide as the card at most; one that is too large or broken is told in words."""

    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.label = label(13, name="cardquiet")
        self.picture = Picture()
        for one in (self.label, self.picture):
            one.hide()
            self.column.addWidget(one)
        self._shown = b""

    def show_part(self, part: parts.Image, card: Card) -> None:
        self.picture.setAccessibleName(part.alt)
        if part.url == self._shown:
            return
        self._shown = part.url
        image = decoded(part.url)
        if image is None:
            self.label.setText(tr("(A picture that cannot be shown: {alt})").format(alt=part.alt))
        else:
            self.picture.show_image(image)
        self.label.setVisible(image is None)
        self.picture.setVisible(image is not None)


class Picture(QLabel):
    """As wide as there is room for, with a scroll bar beside it or without, and no larger than it
    is itself."""

    def show_image(self, image: QImage) -> None:
        self._image, self._drawn = image, QSize()
        self._fit()

    def resizeEvent(self, _: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """Its height follows its width; it is scaled from the whole anew each time."""
        sharp = self.devicePixelRatioF()
        room = QSize(min(max(self.width(), WIDTH - BESIDE), WIDTH, self._image.width()),
                     min(TALLEST, self._image.height()))  # fmt: skip
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if size == self._drawn:
            return
        self._drawn = size
        image = self._image.scaled(size * sharp, mode=Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(sharp)
        self.setMinimumWidth(1)
        self.setFixedHeight(size.height())
        self.setPixmap(QPixmap.fromImage(image))


def decoded(data: bytes) -> QImage | None:
    """None for what is no picture, or would be too large in memory."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > MAX_PIXELS:
        return None
    if reader.format() not in (b"png", b"jpeg"):
        return None
    image = reader.read()
    return None if image.isNull() else image


class ListView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)
        self.column.addLayout(self.grid)
        self._shown: tuple[str, ...] = ()

    def show_part(self, part: parts.List, card: Card) -> None:
        value = card.value(part.items, ())
        items = tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()
        if items == self._shown and self.grid.count():
            return
        self._shown = items
        while (old := self.grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        for row, item in enumerate(items):
            mark, text = label(15, name="cardquiet"), label(15)
            mark.setText(f"{row + 1}." if part.ordered else "•")
            mark.setWordWrap(False)
            text.setText(item)
            self.grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(text, row, 1)


class TableView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.table = QTableWidget()
        self.table.setFont(font(14))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.setTabKeyNavigation(False)  # Tab leads on, the arrows move within
        self.table.setWordWrap(True)
        self.table.setAccessibleName(tr("Table"))
        self.column.addWidget(self.table)

    def show_part(self, part: parts.Table, card: Card) -> None:
        table = self.table
        table.setColumnCount(len(part.columns))
        table.setHorizontalHeaderLabels(list(part.columns))
        table.setRowCount(len(part.rows))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for row, cells in enumerate(part.rows):
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(_cell_words(cell))
                side = Qt.AlignmentFlag.AlignRight if isinstance(cell, float) else (
                    Qt.AlignmentFlag.AlignLeft)  # fmt: skip
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
                if (title := table.horizontalHeaderItem(column)) is not None:
                    title.setTextAlignment(side)
        table.resizeRowsToContents()
        rows = sum(table.rowHeight(row) for row in range(table.rowCount()))
        table.setFixedHeight(min(TALLEST, header.sizeHint().height() + rows + FRAME))


class CodeView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPixelSize(13)
        self.text.setFont(face)
        self.text.setAccessibleName(tr("Code"))
        self.text.setTabChangesFocus(True)
        self.column.addWidget(self.text)

    def show_part(self, part: parts.Code, card: Card) -> None:
        text = words(card, part.text)
        self.text.setAccessibleName(", ".join(filter(None, (tr("Code"), part.language))))
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        width = max(1, 380 // max(1, self.text.fontMetrics().averageCharWidth()))
        lines = sum(1 + len(line) // width for line in text.splitlines() or [""])
        high = lines * self.text.fontMetrics().lineSpacing() + AROUND
        self.text.setFixedHeight(min(TALLEST, high))


class ProgressView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.label, self.bar = label(14), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.column.addWidget(self.label)
        self.column.addWidget(self.bar)

    def show_part(self, part: parts.Progress, card: Card) -> None:
        text = words(card, part.label)
        self.label.setText(text)
        self.label.setVisible(bool(text))
        self.bar.setAccessibleName(text or tr("Progress"))
        done = card.value(part.value)
        known = isinstance(done, int | float) and math.isfinite(done)
        self.bar.setRange(0, 1000 if known else 0)
        if known:
            self.bar.setValue(round(1000 * max(0.0, min(1.0, done))))


class TimerView(Stacked):
    """Counts down to a time, and stays at nought."""

    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.label = label(13, name="cardquiet")
        self.time = label(34, QFont.Weight.Light, "cardtitle")
        self.column.setSpacing(0)
        self.column.addWidget(self.label)
        self.column.addWidget(self.time)
        self._ends_s, self._seconds, self._since_s = 0.0, -1.0, 0.0
        self._tick = QTimer(self, interval=200)
        self._tick.timeout.connect(self._show)
        self._tick.start()

    def show_part(self, part: parts.Timer, card: Card) -> None:
        text = words(card, part.label)
        self.label.setText(text)
        self.label.setVisible(bool(text))
        if part.seconds is not None:
            if part.seconds != self._seconds:
                self._seconds, self._since_s = part.seconds, time.time()
            self._ends_s = self._since_s + part.seconds
        else:
            ends = card.value(part.ends_at, 0.0)
            self._ends_s = ends if isinstance(ends, int | float) else 0.0
        self._show()

    def _show(self) -> None:
        left = max(0, math.ceil(self._ends_s - time.time()))
        hours, rest = divmod(left, 3600)
        minutes, seconds = divmod(rest, 60)
        shown = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
        if shown != self.time.text():
            self.time.setText(shown)
            tone = self.theme.accent if not left else self.theme.text
            self.time.setStyleSheet(f"color: {color(tone).name()}")


def _cell_words(cell: str | float) -> str:
    return cell if isinstance(cell, str) else f"{cell:.10g}"
