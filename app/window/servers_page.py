"""The settings page of tools that others lend: MCP servers, added, switched off and removed, and
who searches the web."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.tool_room import ToolRoom
from app.window.asking import really
from app.window.beside import Beside
from app.window.dialog import announce, heading, page_ground, restyled, scrolled, small
from app.window.search_choice import SearchChoice
from app.window.server_row import ServerRow, in_short
from app.window.words import said, tr
from engine.background.mcp_config import SAMPLE, parse
from engine.background.mcp_servers import ServerState
from engine.background.phrase import of_error
from engine.background.tool import ToolError

if TYPE_CHECKING:
    from app.window.window import Window

LOOK_AGAIN_MS = 400
TYPING_MS = 150
MAX_SHOWN = 6


class ServersPage(QWidget):
    """Shows the servers as they are, and what a pasted text would start before it does."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._states: tuple[ServerState, ...] = ()
        self.rows: dict[str, ServerRow] = {}
        self._arrange()
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self._refresh)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._check)
        self.text.textChanged.connect(self._typing.start)
        self.add.clicked.connect(self._add)
        self.acts.clicked.connect(lambda: self._window.do("acts"))

    @property
    def _tools(self) -> ToolRoom | None:
        return self._window.rooms.tools

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
        self._check()
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._again.stop()
        super().hideEvent(event)

    def _arrange(self) -> None:
        self.trouble, self.answer = small("", "warning"), small("", "words")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Configuration of servers"))
        self.text.setPlaceholderText(SAMPLE)
        # Wrapping one very long line, as somebody may paste, would take seconds.
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(96)
        self.add, self.acts = QPushButton(tr("Add")), QPushButton(tr("What Aside did"))
        self.add.setObjectName("main")
        ground, column = page_ground(tr("Tools"))
        column.addWidget(small(tr(
            "Programs that lend Aside their tools by the Model Context Protocol. Aside asks you "
            "before it uses one, except where a configuration says that it only reads."
        )))  # fmt: skip
        column.addWidget(self.trouble)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column.addLayout(self._list)
        column.addSpacing(8)
        column.addWidget(heading(tr("Add servers")))
        column.addWidget(small(tr("Paste their configuration, as their instructions give it.")))
        column.addWidget(self.text)
        column.addWidget(self.answer)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        buttons.addWidget(self.acts)
        column.addLayout(buttons)
        column.addSpacing(18)
        self.search = SearchChoice(lambda: self._tools)
        column.addWidget(self.search)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(ground, tr("Tools")))

    def _refresh(self) -> None:
        """As things are now; a row that is there stays, and with it the keyboard."""
        states, trouble = self._now()
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        if states == self._states:
            return
        self._states = states
        for gone in self.rows.keys() - {state.config.name for state in states}:
            self.rows.pop(gone).deleteLater()
        for state in states:
            self._row(state.config.name).show_state(state)

    def _now(self) -> tuple[tuple[ServerState, ...], str]:
        if self._tools is None:
            return (), tr("There are no tools here now.")
        try:
            return self._tools.servers(), said(self._tools.missing)
        except ToolError as error:
            return (), said(of_error(error))

    def _row(self, name: str) -> ServerRow:
        if name not in self.rows:
            row = self.rows[name] = ServerRow(name)
            row.switched.connect(lambda on: self._do(lambda room: room.switch_server(name, on)))
            row.removed.connect(lambda: self._remove(name))
            self._list.addWidget(row)
        return self.rows[name]

    def _check(self) -> None:
        """What the text would start, or what is wrong with it and where."""
        self.add.setEnabled(False)
        text = self.text.toPlainText()
        if not text.strip():
            self._say("")
            return
        try:
            servers = parse(text)
        except ToolError as error:
            self._say(said(of_error(error)), wrong=True)
            return
        lines = [in_short(server, server.name in self.rows) for server in servers[:MAX_SHOWN]]
        if len(servers) > MAX_SHOWN:
            lines.append(tr("and {count} more").format(count=len(servers) - MAX_SHOWN))
        self._say("\n".join(lines))
        self.add.setEnabled(self._tools is not None)

    def _add(self) -> None:
        text = self.text.toPlainText()
        self.add.setEnabled(False)
        self._do(lambda room: room.add_servers(text), self.text.clear)

    def _remove(self, name: str) -> None:
        question = tr("Remove the server {name}?").format(name=name)
        lost = tr("Its configuration, with any keys in it, is forgotten.")
        if really(self, question, lost, tr("Remove")):
            self._do(lambda room: room.remove_server(name))

    def _do(
        self,
        work: Callable[[ToolRoom], Coroutine[Any, Any, None]],
        done: Callable[[], object] = lambda: None,
    ) -> None:
        """In the background; the rows show meanwhile how it goes."""
        room = self._tools
        if room is None:
            return
        job = Beside(self)

        def told(result: object) -> None:
            job.deleteLater()
            self._refresh()
            if isinstance(result, ToolError):
                self._say(said(of_error(result)), wrong=True)
            else:
                done()

        job.do(lambda: work(room), told)

    def _say(self, words: str, wrong: bool = False) -> None:
        restyled(self.answer, "warning" if wrong else "words").setText(words)
        if wrong:
            announce(self.answer, words)
