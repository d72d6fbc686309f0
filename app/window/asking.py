"""A question before something that cannot be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.window.words import tr


def really(parent: QWidget, question: str, more: str, yes: str) -> bool:
    """Whether the button `yes` was pressed. more: what would be lost. Return and Escape keep it."""
    box = QMessageBox(parent)
    box.setWindowTitle(yes)
    box.setText(question)
    box.setInformativeText(more)
    box.setTextFormat(Qt.TextFormat.PlainText)
    doing = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    keeping = box.addButton(tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keeping)
    box.setEscapeButton(keeping)
    box.exec()
    return box.clickedButton() is doing
