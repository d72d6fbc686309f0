"""The sheet of keys: every action, its key inside Aside and its key in every program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.settings.schema import GLOBAL_KEYS, HOTKEYS
from app.settings.store import Settings
from app.window.actions import ACTIONS, Action
from app.window.dialog import Dialog, heading
from app.window.words import tr


class KeySheet(Dialog):
    """Read off the table each time it is shown."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, tr("Keys"))
        self._settings = settings
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(28, 24, 28, 24)
        settings.watch(lambda _: self._fill())
        self._fill()

    def _fill(self) -> None:
        if self._body is not None:
            self._body.setParent(None)
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(7)
        everywhere = tr("In every program") if self._settings[GLOBAL_KEYS] else ""
        for column, title in enumerate(("", tr("In Aside"), everywhere)):
            grid.addWidget(heading(title), 0, column)
        for row, one in enumerate(ACTIONS, start=1):
            for column, text in enumerate(self._texts(one)):
                grid.addWidget(self._label(text, one, column), row, column)
        self._column.addWidget(self._body)
        self.dress()

    def _texts(self, one: Action) -> tuple[str, str, str]:
        hotkey = self._settings[HOTKEYS[one.name]] if one.name in HOTKEYS else ""
        held = f"{hotkey} ({tr('hold')})" if one.hold and hotkey else hotkey
        return tr(one.text), " / ".join(one.keys), held if self._settings[GLOBAL_KEYS] else ""

    def _label(self, text: str, one: Action, column: int) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setObjectName("strong" if column == 0 else "plain")
        label.setToolTip(tr(one.sentence))
        return label
