"""The sheet of keys: every action, its key inside Aside and its key in every program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout

from app.settings.schema import GLOBAL_KEYS, HOTKEYS
from app.settings.store import Settings
from app.window.actions import ACTIONS, Action
from app.window.dialog import Dialog, heading, plain_ground, scrolled
from app.window.words import tr

WIDTH, HEIGHT, BETWEEN = 640, 680, 8
SCROLLING = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_End: 1000, Qt.Key.Key_Home: -1000,
}  # fmt: skip


class KeySheet(Dialog):
    """Read off the table each time it is shown; the keys that scroll, scroll it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, tr("Keys"))
        self._settings = settings
        self._area: QScrollArea | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.resize(WIDTH, HEIGHT)
        settings.watch(lambda _: self._fill())
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = SCROLLING.get(Qt.Key(event.key()))
        if steps is None or self._area is None:
            super().keyPressEvent(event)
            return
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + steps * bar.singleStep())

    def _fill(self) -> None:
        if self._area is not None:
            self._area.setParent(None)
        ground = plain_ground()
        grid = QGridLayout(ground)
        grid.setContentsMargins(28, 22, 28, 24)
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(7)
        everywhere = tr("In every program") if self._settings[GLOBAL_KEYS] else ""
        for column, title in enumerate(("", tr("In Aside"), everywhere)):
            grid.addWidget(heading(title), 0, column)
        for before, one in zip((None, *ACTIONS), ACTIONS, strict=False):
            if before is None or before.group != one.group:
                grid.setRowMinimumHeight(grid.rowCount(), BETWEEN)
            row = grid.rowCount()
            for column, text in enumerate(self._texts(one)):
                grid.addWidget(self._label(text, one, column), row, column)
        self._area = scrolled(ground, tr("Keys"))
        self._column.addWidget(self._area)
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
