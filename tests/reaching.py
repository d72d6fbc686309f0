"""What somebody without a mouse or without sight finds in a window: names, and places for Tab."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton, QLineEdit, QAbstractSpinBox, QComboBox, QTextEdit, QPlainTextEdit,
    QAbstractItemView,
)  # fmt: skip
TO_NAME = (*CONTROLS, QProgressBar)


def controls(window: QWidget, kinds: tuple[type, ...] = CONTROLS) -> list[QWidget]:
    """What can be used in it now; not what stock controls are made of."""
    return [
        one for one in window.findChildren(QWidget)
        if isinstance(one, kinds) and one.isVisibleTo(window) and one.isEnabled()
        and not _is_part(one, window)
    ]  # fmt: skip


def _is_part(widget: QWidget, window: QWidget) -> bool:
    """The line of a spin box, the button in a search line, the list of a combo box."""
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, (QAbstractSpinBox, QLineEdit, QComboBox, QAbstractItemView)):
            return True
        above = above.parentWidget()
    return False


def spoken_name(widget: QWidget) -> str:
    """As a screen reader says it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def walked(application: QApplication, window: QWidget) -> Iterator[QWidget]:
    """Where Tab leads, from where the keyboard is until it comes round."""
    first = application.focusWidget()
    seen: list[QWidget] = []
    while (now := application.focusWidget()) is not None and now not in seen:
        seen.append(now)
        yield now
        QTest.keyClick(now, Qt.Key.Key_Tab)
        application.processEvents()
        assert len(seen) < 300, first


def picture(shown: QWidget) -> np.ndarray:
    """(height, width, 4) uint8 of a widget and a little around it, as it lies in its window."""
    window = shown.window()
    area = QRect(shown.mapTo(window, QPoint(0, 0)), shown.size())
    grabbed = window.grab(area.adjusted(-4, -4, 4, 4) & window.rect()).toImage()
    image = grabbed.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()


def changed(before: np.ndarray, after: np.ndarray) -> int:
    """How many pixels are visibly another."""
    apart = np.abs(before.astype(int) - after.astype(int)).max(axis=2)
    return int((apart > 24).sum())
