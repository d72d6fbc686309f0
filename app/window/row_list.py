"""A list of two lines a row, what and when, that keeps its place while what it shows changes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.window.theme import Theme, color, font

Index = QModelIndex | QPersistentModelIndex
SHOWN = Qt.ItemDataRole.UserRole
ROW = 64


class Shown(Protocol):
    """What a row shows. spans: what is to stand out in `text`. key: which one it is."""

    @property
    def text(self) -> str: ...

    @property
    def when(self) -> str: ...

    @property
    def spans(self) -> tuple[tuple[int, int], ...]: ...

    @property
    def key(self) -> Hashable: ...


class RowList(QListWidget):
    """`chosen` with what the current row shows, or None; `opened` by Return."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rows")
        self.rows = Rows(theme)
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._tell)
        self.itemActivated.connect(lambda _: self.opened.emit())

    def dress(self, theme: Theme) -> None:
        self.rows.theme = theme
        self.viewport().update()

    def show_rows(self, rows: Sequence[Shown]) -> None:
        """The row that was current stays so, and where it is, if it is still among them; else the
        first is current."""
        before, row, top = self.current(), self.currentRow(), self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        place, moved = 0, None
        for number, shown in enumerate(rows):
            item = QListWidgetItem(shown.text)
            item.setData(SHOWN, shown)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{shown.text}, {shown.when}")
            self.addItem(item)
            if before is not None and before.key == shown.key:
                place, moved = number, number - row
        self.setCurrentRow(place)
        if moved is not None:
            self.doItemsLayout()  # the bar is as long then
            self.verticalScrollBar().setValue(top + moved * ROW)
        self.blockSignals(False)
        self._tell()

    def current(self) -> Any:
        """What the current row shows; None where there is none."""
        item = self.currentItem()
        return item.data(SHOWN) if item else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.current())


class Rows(QStyledItemDelegate):
    """Two lines a row: what, and when; found words in Aside's colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Shown = index.data(SHOWN)
        area = QRectF(option.rect).adjusted(0, 2, 0, -2)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(color(self.theme.hover))
            painter.drawRoundedRect(area, 12, 12)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(color(self.theme.hover, 0.5))
            painter.drawRoundedRect(area, 12, 12)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(color(self.theme.accent, 0.8))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        inner = area.adjusted(12, 9, -12, -9)
        self._paint_text(painter, inner, shown)
        painter.setFont(font(12))
        painter.setPen(color(self.theme.quiet_text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, shown.when)
        painter.restore()

    def _paint_text(self, painter: QPainter, area: QRectF, shown: Shown) -> None:
        face = font(15)
        metrics = QFontMetricsF(face)
        text = metrics.elidedText(shown.text, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(face)
        for piece, stands_out in _pieces(text, shown.spans):
            painter.setPen(color(self.theme.accent if stands_out else self.theme.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignTop, piece)
            area = area.adjusted(metrics.horizontalAdvance(piece), 0, 0, 0)


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, place = [], 0
    for start, end in spans:
        pieces += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [piece for piece in [*pieces, (text[place:], False)] if piece[0]]
