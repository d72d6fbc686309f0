"""The window "What Aside did": the log of all that was done, and what is allowed."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QStackedWidget

from app.acts.acts_page import ActsPage
from app.acts.grants_page import GrantsPage
from app.settings.store import Settings
from app.tool_room import ToolRoom
from app.window.dialog import Dialog, paged
from app.window.words import tr

WIDTH, HEIGHT = 1080, 660


class ActsWindow(Dialog):
    """Two pages: what was done, and the permissions."""

    def __init__(self, settings: Settings, room: ToolRoom) -> None:
        self.groups, self.stack = QListWidget(), QStackedWidget()
        super().__init__(settings, tr("What Aside did"))
        self.acts, self.grants = ActsPage(room, self.theme), GrantsPage(room, self.theme)
        self.groups.setAccessibleName(tr("Pages"))
        pages = (tr("Log"), self.acts), (tr("Permissions"), self.grants)
        paged(self, self.groups, self.stack, pages)
        self.resize(WIDTH, HEIGHT)
        self.acts.search.setFocus()

    def dress(self, *_: object) -> None:
        super().dress()
        for page in (self.acts, self.grants) if self.stack.count() else ():
            page.dress(self.theme)
