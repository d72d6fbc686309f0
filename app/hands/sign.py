"""The sign on the screen while Aside types or clicks: on top of all, and in nobody's way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from app.window.words import said

MARGIN = 24
SHEET = "background: #b3261e; color: #ffffff; padding: 10px 18px; border-radius: 8px;"


class Sign(QLabel):
    """`say` may be called from any thread; "" takes the sign away. Made in Qt's thread."""

    _said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        flags |= Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.WindowDoesNotAcceptFocus
        self.setWindowFlags(flags | Qt.WindowType.WindowTransparentForInput)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setStyleSheet(SHEET)
        self._said.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def say(self, text: str) -> None:
        self._said.emit(said(text))

    def _show(self, text: str) -> None:
        if not text:
            self.hide()
            return
        self.setText(text[:120])
        self.adjustSize()
        area = QGuiApplication.primaryScreen().availableGeometry()
        self.move(area.center().x() - self.width() // 2, area.top() + MARGIN)
        self.show()
        self.raise_()
