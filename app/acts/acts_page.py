"""The page with all that was done: searched, read one by one, taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.acts.act_view import ActView
from app.acts.reading import ActRow, Look, Reading
from app.tool_room import ToolRoom
from app.window.asking import really
from app.window.beside import Beside
from app.window.dialog import announce, plain_ground, restyled, small
from app.window.row_list import RowList
from app.window.theme import Theme
from app.window.words import said, tr
from engine.background.phrase import of_error
from engine.background.tool import ToolError

LIST_WIDTH = 350
TYPING_MS = 120
LOOK_AGAIN_MS = 1000


class ActsPage(QWidget):
    def __init__(self, room: ToolRoom, theme: Theme) -> None:
        super().__init__()
        self._room, self._reading = room, Reading(room)
        self._looking, self._undoing = Beside(self), Beside(self)
        self._changed_s = -1.0
        self.search, self.list = QLineEdit(), RowList(theme)
        self.view, self.footer = ActView(), small("")
        self.empty = QPushButton(tr("Empty the log…"))
        self._arrange()
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._look)
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.chosen.connect(self._show)
        self.view.undo.clicked.connect(self._undo)
        self.empty.clicked.connect(self._ask_to_empty)
        self._show(None)

    def dress(self, theme: Theme) -> None:
        self.list.dress(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._again.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape: first the search, then the window."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        words = tr("Search what was done")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(tr("What Aside did"))
        left = plain_ground()
        left.setFixedWidth(LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(20, 22, 6, 16)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.footer)
        column.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        right = QVBoxLayout()
        right.setContentsMargins(22, 24, 30, 22)
        right.addWidget(self.view)
        row.addLayout(right, 1)

    def _look_again(self) -> None:
        """More is done while the window is open."""
        try:
            if self._room.acts_changed_s() != self._changed_s:
                self._look()
        except ToolError as error:
            self._take(error)

    def _look(self) -> None:
        try:
            self._changed_s = self._room.acts_changed_s()
        except ToolError as error:
            self._take(error)
            return
        typed = self.search.text()
        self._looking.do(lambda: self._reading.look(typed), self._take)

    def _take(self, look: Look | BaseException) -> None:
        if isinstance(look, Look):
            self.list.show_rows(look.rows)
            self.empty.setEnabled(bool(look.rows) or bool(self.search.text()))
            restyled(self.footer, "").setText(self._footer(look))
        elif isinstance(look, ToolError):
            restyled(self.footer, "warning").setText(said(of_error(look)))

    def _footer(self, look: Look) -> str:
        if look.more:
            return tr("{count} older ones: search for them.").format(count=look.more)
        if look.rows:
            return tr("Everything stays on this computer.")
        if self.search.text():
            return tr("Nothing was found.")
        return tr("Nothing was done yet. What Aside does, or is not allowed to, will stand here.")

    def _show(self, row: ActRow | None) -> None:
        self.view.setVisible(row is not None)
        if row is not None:
            self.view.show_act(row.entry, self._can_undo(row))

    def _can_undo(self, row: ActRow) -> bool:
        try:
            return self._room.can_undo(row.entry)
        except ToolError:
            return False

    def _undo(self) -> None:
        row: ActRow | None = self.list.current()
        if row is not None:
            self._undoing.do(lambda: self._room.undo(row.entry), self._undone)
            self.view.undo.setEnabled(False)
            self.list.setFocus()

    def _ask_to_empty(self) -> None:
        lost = tr(
            "All that stands in it is gone for good, and nothing of it can be undone any more."
        )
        if really(self, tr("Empty the log of what Aside did?"), lost, tr("Empty the log")):
            self._undoing.do(self._room.forget_acts, self._emptied)

    def _emptied(self, result: object) -> None:
        """What went wrong stays to be read; else the list is read anew."""
        if isinstance(result, BaseException):
            wrong = said(of_error(result)) if isinstance(result, ToolError) else ""
            restyled(self.footer, "warning").setText(wrong or tr("The log was not emptied."))
            announce(self.footer, self.footer.text())
            return
        self.search.clear()
        self._look()
        announce(self.footer, tr("The log is empty."))

    def _undone(self, result: object) -> None:
        self.view.undo.setEnabled(True)
        if isinstance(result, ToolError):
            self.view.say(said(of_error(result)), wrong=True)
        elif isinstance(result, str):
            self.view.say(said(result))
        else:
            self.view.say(tr("It could not be taken back."), wrong=True)
        self._look()
