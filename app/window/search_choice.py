"""On the page of tools: who is asked when something is searched for on the web."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.tool_room import ToolRoom
from app.window.beside import Beside
from app.window.dialog import announce, field_row, heading, restyled, small
from app.window.editors import FIELD_WIDTH
from app.window.words import later, said, tr
from engine.background.phrase import of_error
from engine.background.tool import ToolError
from engine.background.tools.searching import EXAMPLE

KINDS = {"": later("Nobody"), "searxng": "SearXNG", "brave": "Brave Search"}


class SearchChoice(QWidget):
    """What is entered is a draft until it is chosen. room: None where there are no tools."""

    def __init__(self, room: Callable[[], ToolRoom | None]) -> None:
        super().__init__()
        self._room, self._choosing = room, Beside(self)
        self.kind, self.address, self.key = QComboBox(), QLineEdit(), QLineEdit()
        for kind, name in KINDS.items():
            self.kind.addItem(tr(name), kind)
        self.address.setPlaceholderText(EXAMPLE)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.use, self.answer = QPushButton(tr("Use this one")), small("", "words")
        self._arrange()
        self.kind.currentIndexChanged.connect(self._fit)
        self.use.clicked.connect(self._choose)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        room = self._room()
        self.use.setEnabled(room is not None)
        try:
            chosen = room.search() if room is not None else {}
        except ToolError as error:
            self._say(said(of_error(error)), wrong=True)
            return
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen.get("kind", ""))))
        self.address.setText(str(chosen.get("address", "")))
        self._say("")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(tr("Web search")))
        column.addWidget(small(tr(
            "Nothing is searched for before you choose who is asked, and what is sent is shown "
            "to you first."
        )))  # fmt: skip
        kept = tr("It is kept in the system's key store and never shown again.")
        self._rows = {}
        for name, words, help, field in (
            ("", tr("Who is asked"), "", self.kind),
            ("searxng", tr("Address"), tr("Of a SearXNG server that gives JSON."), self.address),
            ("brave", tr("Key"), kept, self.key),
        ):
            field.setFixedWidth(FIELD_WIDTH)
            field.setAccessibleName(words)
            field.setAccessibleDescription(help)
            self._rows[name] = field_row(words, help, field)
            column.addWidget(self._rows[name])
        column.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.answer)

    def _fit(self) -> None:
        """Only what the chosen one needs."""
        for name, row in self._rows.items():
            row.setVisible(name in ("", self.kind.currentData()))

    def _choose(self) -> None:
        room, kind = self._room(), str(self.kind.currentData())
        if room is None:
            return
        chosen: dict[str, Any] = {"kind": kind} if kind else {}
        if kind == "searxng":
            chosen["address"] = self.address.text().strip()
        key = self.key.text().strip() if kind == "brave" else ""
        self._choosing.do(lambda: room.choose_search(chosen, key), self._chosen)

    def _chosen(self, result: object) -> None:
        if isinstance(result, BaseException):
            wrong = said(of_error(result)) if isinstance(result, ToolError) else ""
            self._say(wrong or tr("It was not kept."), wrong=True)
            return
        self.key.clear()
        asked = self.kind.currentData()
        self._say(tr("Searches go there from now on.") if asked else tr("Nothing is searched for."))

    def _say(self, sentence: str, wrong: bool = False) -> None:
        restyled(self.answer, "warning" if wrong else "words").setText(sentence)
        announce(self.answer, sentence)
