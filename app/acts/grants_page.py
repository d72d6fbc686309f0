"""The page with what needs no question any more, or is refused for good; each can be revoked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.history.results import day
from app.tool_room import ToolRoom
from app.window.beside import Beside
from app.window.dialog import announce, restyled, small
from app.window.row_list import RowList
from app.window.theme import Theme
from app.window.words import later, said, tr
from engine.background.grants import Grant
from engine.background.phrase import of_error
from engine.background.tool import ToolError

LOOK_AGAIN_MS = 1000
SOME = later("Revoke one, and Aside asks again. Allowing is done on the card that asks.")
NONE = later(
    "Aside asks before it does anything. What you allow or refuse for longer than once stands here."
)


@dataclass(frozen=True)
class GrantRow:
    grant: Grant
    text: str
    when: str
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> str:
        return self.grant.id


class GrantsPage(QWidget):
    """Nothing can be allowed here: that is done on the card that shows what it is for."""

    def __init__(self, room: ToolRoom, theme: Theme) -> None:
        super().__init__()
        self._room, self._beside = room, Beside(self)
        self._grants: tuple[Grant, ...] | None = None
        self.list, self.answer = RowList(theme), small("", "words")
        self.revoke = QPushButton(tr("Revoke"))
        self._arrange()
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        self.list.chosen.connect(lambda row: self.revoke.setEnabled(row is not None))
        self.revoke.clicked.connect(self._revoke)

    def dress(self, theme: Theme) -> None:
        self.list.dress(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._again.stop()
        super().hideEvent(event)

    def refresh(self) -> None:
        try:
            grants = self._room.grants()
        except ToolError as error:
            self._say(said(of_error(error)), wrong=True)
            return
        if grants == self._grants:
            return
        self._grants = grants
        self.list.show_rows([self._row(grant) for grant in reversed(grants)])
        self.about.setText(tr(SOME) if grants else tr(NONE))

    def _arrange(self) -> None:
        self.list.setAccessibleName(tr("Permissions"))
        self.about = small("")
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 24, 30, 22)
        column.setSpacing(12)
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        column.addWidget(self.answer)
        column.addWidget(self.revoke, 0, Qt.AlignmentFlag.AlignLeft)

    def _revoke(self) -> None:
        row: GrantRow | None = self.list.current()
        if row is not None:
            self._beside.do(lambda: self._room.revoke(row.grant), self._revoked)

    def _revoked(self, result: object) -> None:
        if isinstance(result, BaseException):
            wrong = isinstance(result, ToolError)
            self._say(said(of_error(result)) if wrong else tr("It was not revoked."), wrong=True)
        else:
            self._say(tr("Revoked: Aside asks again."))
        self.refresh()

    def _say(self, sentence: str, wrong: bool = False) -> None:
        restyled(self.answer, "warning" if wrong else "words").setText(sentence)
        announce(self.answer, sentence)

    def _row(self, grant: Grant) -> GrantRow:
        words = tr("Allowed: {what}") if grant.allow else tr("Never: {what}")
        since = tr("always, since {day}") if grant.lasting else tr("this session, since {day}")
        tool = tr(self._room.sentence(grant.tool)).removesuffix(".")
        parts = [tool, since.format(day=day(grant.given_s))]
        when = " · ".join(filter(None, parts))
        return GrantRow(grant, words.format(what=said(grant.words)), when)
