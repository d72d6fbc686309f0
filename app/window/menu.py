"""A menu that looks like the window it belongs to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.window import x11
from app.window.theme import font


class Menu(QMenu):
    """Its colours are those of `parent`; with round corners where the desktop can show them."""

    def __init__(self, parent: QWidget, title: str = "") -> None:
        super().__init__(title, parent)
        self.setFont(font(14))
        self.setToolTipsVisible(True)
        if x11.is_composited():
            self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
