"""The typing line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLineEdit

from app.window.theme import CONTROL, font
from app.window.words import tr

MAX_CHARACTERS = 4000


class TypingLine(QLineEdit):
    """`entered` on Return, with the line; `entering` when somebody goes to it by the mouse."""

    entered = Signal(str)
    entering = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(CONTROL)
        self.setFont(font(15))
        self.setMaxLength(MAX_CHARACTERS)
        self.setPlaceholderText(tr("Type to Aside"))
        self.setAccessibleName(tr("Type to Aside"))
        self.returnPressed.connect(self._enter)

    def _enter(self) -> None:
        text = self.text()
        self.clear()
        self.entered.emit(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entering.emit()
        super().mousePressEvent(event)
