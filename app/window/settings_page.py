"""The settings page: built from the schema, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.settings.schema import GROUPS, SETTINGS
from app.settings.setting import Setting
from app.window.dialog import Dialog, heading
from app.window.editors import Editor, editor
from app.window.theme import font
from app.window.words import tr

if TYPE_CHECKING:
    from app.window.window import Window

WIDTH, HEIGHT = 860, 600


class SettingsPage(Dialog):
    """Every change holds at once; there is nothing to apply. `open_group` goes to one."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.settings, tr("Settings"))
        self._window = window
        self.editors: dict[str, Editor] = {}
        self.groups, self._stack = QListWidget(), QStackedWidget()
        self.groups.setAccessibleName(tr("Groups of settings"))
        self.groups.setFixedWidth(190)
        for group in GROUPS:
            self.groups.addItem(tr(group))
            self._stack.addWidget(self._group(group))
        self.groups.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.groups.setCurrentRow(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.groups)
        row.addWidget(self._stack, 1)
        self.resize(WIDTH, HEIGHT)
        window.settings.watch(self._changed)

    def open_group(self, group: str) -> None:
        self.groups.setCurrentRow(GROUPS.index(group))

    def _group(self, group: str) -> QWidget:
        ground = QWidget()
        ground.setObjectName("plainground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(32, 26, 32, 26)
        column.setSpacing(8)
        column.addWidget(heading(tr(group), 20))
        if group == "Keys":
            column.addWidget(self._about_keys())
        for one in SETTINGS:
            if one.group == group and not one.hidden:
                column.addWidget(self._row(one))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(ground)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the keyboard scrolls into view
        area.setAccessibleName(tr(group))
        return area

    def _row(self, one: Setting[Any]) -> QWidget:
        made = editor(one, self._window)
        self.editors[one.id] = made
        line = QWidget()
        line.setObjectName("plainground")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(24)
        words = QVBoxLayout()
        words.setSpacing(3)
        label = QLabel(tr(one.words))
        label.setObjectName("words")
        label.setBuddy(made.field)
        words.addWidget(label)
        if one.help:
            words.addWidget(_small(tr(one.help)))
        words.addWidget(made.trouble)
        row.addLayout(words, 1)
        row.addWidget(made.field, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _about_keys(self) -> QWidget:
        about = QWidget()
        about.setObjectName("plainground")
        column = QVBoxLayout(about)
        column.setContentsMargins(0, 0, 0, 4)
        self.back_end = _small("")
        self.back_end.setObjectName("backend")
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


def _small(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(font(13))
    label.setWordWrap(True)
    return label
