"""What every page of the guide has: a heading, words, and what happens on coming and going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.window.dialog import heading
from app.window.theme import font
from app.window.words import tr

if TYPE_CHECKING:
    from app.conversation import Happening
    from app.window.window import Window


class GuidePage(QWidget):
    """`enter` when it is shown, `leave` when it is not any more; `leave` may come twice."""

    title = ""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.setObjectName("plainground")
        self.window_mind = window
        self.setAccessibleName(tr(self.title))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(heading(tr(self.title), 24))

    def enter(self) -> None: ...

    def leave(self) -> None: ...

    def take(self, happening: Happening) -> None: ...

    def say(self, sentence: str, name: str = "words") -> QLabel:
        """A paragraph, added below what is there. name: its style, as in the style sheet."""
        label = paragraph(sentence, name)
        self.column.addWidget(label)
        return label

    def button(self, words: str) -> QPushButton:
        """As wide as its words, added below what is there."""
        made = QPushButton(words)
        self.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made


def paragraph(sentence: str, name: str = "words") -> QLabel:
    label = QLabel(sentence)
    label.setObjectName(name)
    label.setFont(font(15))
    label.setWordWrap(True)
    return label


def tick() -> QLabel:
    """A ring that becomes a tick when `ticked`."""
    label = QLabel("○")
    label.setObjectName("accent")
    label.setFont(font(15))
    label.setFixedWidth(20)
    label.setAccessibleName(tr("not yet"))
    return label


def ticked(label: QLabel) -> None:
    label.setText("✓")
    label.setAccessibleName(tr("done"))
