"""The list on the left: the conversations, or, while somebody searches, the lines found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import (
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.history.look import ROW
from app.history.moment import Hit, Talk
from app.window.theme import Theme, color, font
from app.window.words import tr

Index = QModelIndex | QPersistentModelIndex
RESULT = Qt.ItemDataRole.UserRole
EXCERPT_BEFORE = 24


@dataclass(frozen=True)
class Result:
    """One row: a conversation, or a line of one. spans: what is to stand out in `text`."""

    talk: Talk
    text: str
    when: str
    moment: int = 0
    spans: tuple[tuple[int, int], ...] = ()


def of_talk(talk: Talk) -> Result:
    minutes = max(1, round((talk.ended_s - talk.began_s) / 60))
    length = tr("{minutes} min").format(minutes=minutes)
    return Result(talk, talk.title or tr("(no words)"), f"{day(talk.began_s)} · {length}")


def of_hit(hit: Hit, talk: Talk, spans: Sequence[tuple[int, int]]) -> Result:
    """The line from shortly before the first word that was found."""
    text = hit.moment.text.replace("\n", " ")
    first = spans[0][0] if spans else 0
    cut = max(0, text.rfind(" ", 0, max(0, first - EXCERPT_BEFORE)) + 1) if first else 0
    lead = "…" if cut else ""
    moved = tuple((a - cut + len(lead), b - cut + len(lead)) for a, b in spans if a >= cut)
    when = f"{hit.moment.name} · {day(talk.began_s + hit.moment.at_s)}"
    return Result(talk, lead + text[cut:], when, hit.moment.id, moved)


def day(epoch_s: float) -> str:
    """The day and time as people say them."""
    then, today = datetime.fromtimestamp(epoch_s), date.today()
    time = f"{then:%H:%M}"
    if then.date() == today:
        return tr("today, {time}").format(time=time)
    if then.date() == today - timedelta(days=1):
        return tr("yesterday, {time}").format(time=time)
    return f"{QLocale().toString(QDate(then.year, then.month, then.day), tr('d MMM yyyy'))}, {time}"


class ResultList(QListWidget):
    """`chosen` with the Result whenever another row is the current one."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = _Rows(theme)
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._tell)
        self.itemActivated.connect(lambda _: self.opened.emit())

    def show_results(self, results: Sequence[Result]) -> None:
        """The row that was current stays so, if it is still among them; else the first is."""
        before = self.current()
        self.blockSignals(True)
        self.clear()
        place = 0
        for number, result in enumerate(results):
            item = QListWidgetItem(result.text)
            item.setData(RESULT, result)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{result.text}, {result.when}")
            self.addItem(item)
            if before and (before.talk.id, before.moment) == (result.talk.id, result.moment):
                place = number
        self.setCurrentRow(place)
        self.blockSignals(False)
        self._tell()

    def current(self) -> Result | None:
        item = self.currentItem()
        return item.data(RESULT) if item else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.current())


class _Rows(QStyledItemDelegate):
    """Two lines a row: what, and when; found words in Aside's colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        result: Result = index.data(RESULT)
        area = QRectF(option.rect).adjusted(8, 2, -8, -2)
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
        self._paint_text(painter, inner, result)
        painter.setFont(font(12))
        painter.setPen(color(self.theme.quiet_text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, result.when)
        painter.restore()

    def _paint_text(self, painter: QPainter, area: QRectF, result: Result) -> None:
        face = font(15)
        metrics = QFontMetricsF(face)
        shown = metrics.elidedText(result.text, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(face)
        for piece, stands_out in _pieces(shown, result.spans):
            painter.setPen(color(self.theme.accent if stands_out else self.theme.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignTop, piece)
            area = area.adjusted(metrics.horizontalAdvance(piece), 0, 0, 0)


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, place = [], 0
    for start, end in spans:
        pieces += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [piece for piece in [*pieces, (text[place:], False)] if piece[0]]
