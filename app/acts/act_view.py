"""One act, whole: what, when, with which arguments, allowed how, and what came of it."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.acts.reading import state_of
from app.history.results import day
from app.window.dialog import announce, heading, restyled, small
from app.window.words import later, said, tr
from engine.background.act_log import Entry
from engine.background.visible import visible

RISKS = {
    "read": later("only looks"),
    "reversible": later("can be taken back"),
    "outside": later("leaves this computer"),
    "lasting": later("cannot be taken back"),
}
NAMES = (
    later("When"), later("Tool"), later("Allowed"), later("State"), later("Outcome"),
)  # fmt: skip
ARGUMENTS_HEIGHT = 190
SELECTED = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
)


class ActView(QWidget):
    """`undo` is pressed by whoever wants it taken back; what follows is the page's."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.what = heading("", 17)
        self.what.setWordWrap(True)
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        self.values = {name: _value() for name in NAMES}
        self.arguments = QPlainTextEdit()
        self.arguments.setReadOnly(True)
        self.arguments.setTabChangesFocus(True)
        self.arguments.setAccessibleName(tr("Arguments"))
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPixelSize(13)
        self.arguments.setFont(face)
        self.arguments.setFixedHeight(ARGUMENTS_HEIGHT)
        self.undo = QPushButton(tr("Undo"))
        self.answer = small("", "words")
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.what)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(NAMES):
            grid.addWidget(small(tr(name)), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.values[name], row, 1)
        column.addLayout(grid)
        column.addWidget(small(tr("Arguments")))
        column.addWidget(self.arguments)
        column.addWidget(self.answer)
        column.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_act(self, entry: Entry, can_undo: bool) -> None:
        self.what.setText(said(entry.preview))
        risk = tr(RISKS.get(entry.risk, entry.risk))
        texts = (
            day(entry.at_s), f"{visible(entry.tool)} ({risk})", said(entry.approval),
            state_of(entry), said(entry.note),
        )  # fmt: skip
        for name, text in zip(NAMES, texts, strict=True):
            self.values[name].setText(text or "–")
        self.arguments.setPlainText(_laid_out(entry.arguments))
        self.undo.setVisible(can_undo)
        if entry.id != self._shown:
            self._shown = entry.id
            self.say("")

    def say(self, sentence: str, wrong: bool = False) -> None:
        restyled(self.answer, "warning" if wrong else "words").setText(sentence)
        announce(self.answer, sentence)


def _value() -> QLabel:
    label = small("", "words")
    label.setTextInteractionFlags(SELECTED)
    return label


def _laid_out(arguments: str) -> str:
    """A line for each argument; nothing in it hides or turns the reading direction."""
    try:
        text = json.dumps(json.loads(arguments), ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):  # cut off, because it was very long
        text = arguments
    return "\n".join(visible(line) for line in text.split("\n"))
