"""The settings page: built from the schema, group by group, and two pages of other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.settings.schema import GROUPS, SETTINGS
from app.settings.setting import Setting
from app.window.dialog import Dialog, field_row, page_ground, paged, plain_ground, scrolled, small
from app.window.editors import Editor, editor
from app.window.mind_page import MindPage
from app.window.servers_page import ServersPage
from app.window.words import later, tr

if TYPE_CHECKING:
    from app.window.window import Window

WIDTH, HEIGHT = 860, 640
MIND, SERVERS = later("Thinking"), later("Tools")
LAST = ("Looks", "Keys")
PAGES = (*(group for group in GROUPS if group not in LAST), MIND, SERVERS, *LAST)


class SettingsPage(Dialog):
    """Every change holds at once; there is nothing to apply. `open_group` goes to one."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.settings, tr("Settings"))
        self._window = window
        self.editors: dict[str, Editor] = {}
        self.mind, self.servers = MindPage(), ServersPage(window)
        self.groups, self._stack = QListWidget(), QStackedWidget()
        self.groups.setAccessibleName(tr("Groups of settings"))
        paged(self, self.groups, self._stack, ((tr(page), self._page(page)) for page in PAGES))
        self.resize(WIDTH, HEIGHT)
        window.settings.watch(self._changed)

    def open_group(self, page: str) -> None:
        self.groups.setCurrentRow(PAGES.index(page))

    def _page(self, name: str) -> QWidget:
        return {MIND: self.mind, SERVERS: self.servers}.get(name) or self._group(name)

    def _group(self, group: str) -> QWidget:
        ground, column = page_ground(tr(group))
        if group == "Keys":
            column.addWidget(self._about_keys())
        for one in SETTINGS:
            if one.group == group and not one.hidden:
                column.addWidget(self._row(one))
        column.addStretch(1)
        return scrolled(ground, tr(group))

    def _row(self, one: Setting[Any]) -> QWidget:
        made = self.editors[one.id] = editor(one, self._window)
        return field_row(tr(one.words), tr(one.help), made.field, made.trouble)

    def _about_keys(self) -> QWidget:
        about = plain_ground()
        column = QVBoxLayout(about)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(12)
        self.back_end = small("", "backend")
        column.addWidget(self.back_end)
        sheet = QPushButton(tr("Show every key"))
        sheet.clicked.connect(lambda: self._window.do("keys"))
        column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self.back_end.setText(self._window.keys_report())
        return about

    def show_keys(self) -> None:
        """Which back end listens for keys, why that one, and which keys it could not have."""
        self.back_end.setText(self._window.keys_report())
        for one in self.editors.values():
            one.show_trouble()

    def _changed(self, which: Setting[Any]) -> None:
        if which.id in self.editors:
            self.editors[which.id].show_value()
        self.show_keys()

