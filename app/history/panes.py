"""The parts of the history's window and where they stand. What they mean is `window.py`'s."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.history.transcript import Transcript
from app.window.icons import app_icon
from app.window.row_list import RowList
from app.window.theme import CONTROL, Theme, font
from app.window.words import tr

SIDE_WIDTH = 340
SIZE = QSize(1040, 680)


class Panes(QWidget):
    """Search, results and what is kept on the left; a conversation and its buttons on the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("history")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("History"))
        self.setWindowIcon(app_icon())
        self._build(theme)
        self.resize(SIZE)

    def _build(self, theme: Theme) -> None:
        self.search = QLineEdit()
        self.search.setFixedHeight(CONTROL)
        self.search.setFont(font(15))
        self.search.setPlaceholderText(tr("Search what was said"))
        self.search.setAccessibleName(tr("Search what was said"))
        self.search.setClearButtonEnabled(True)
        self.results, self.transcript = RowList(theme), Transcript(theme)
        self.title = QLabel()
        self.title.setObjectName("title")
        self.title.setFont(font(17, QFont.Weight.DemiBold))
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.footer = QLabel()
        self.footer.setFont(font(12))
        self.footer.setWordWrap(True)
        self.footer.setTextFormat(Qt.TextFormat.PlainText)
        self.copy = self._button(tr("Copy"), "Ctrl+C")
        self.export = self._button(tr("Export…"), "Ctrl+S")
        self.delete = self._button(tr("Delete…"), "Ctrl+Backspace")
        self._arrange()

    def _arrange(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._left())
        whole.addLayout(self._right(), 1)
        order = (self.search, self.results, self.transcript, self.copy, self.export, self.delete)
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _left(self) -> QFrame:
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(SIDE_WIDTH)
        left = QVBoxLayout(side)
        left.setContentsMargins(12, 16, 12, 14)
        left.setSpacing(10)
        left.addWidget(self.search)
        left.addWidget(self.results, 1)
        left.addWidget(self.footer)
        return side

    def _right(self) -> QVBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(26, 16, 20, 6)
        bar.setSpacing(8)
        bar.addWidget(self.title, 1)
        for button in (self.copy, self.export, self.delete):
            bar.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(bar)
        right.addWidget(self.transcript, 1)
        return right

    def _button(self, words: str, keys: str) -> QPushButton:
        button = QPushButton(words)
        button.setFont(font(13))
        button.setAccessibleName(words.removesuffix("…"))
        button.setToolTip(f"{words.removesuffix('…')} ({keys})")
        button.setAutoDefault(False)
        return button
