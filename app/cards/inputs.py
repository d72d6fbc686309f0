"""Parts that the user answers with: buttons, fields, choices, ticks.

A change that comes from the card's data is shown without being told as the user's own.
"""

from __future__ import annotations

import contextlib
import math

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.cards.plain import Stacked
from app.cards.view import Hands, label, words
from app.window.theme import Theme, font
from app.window.words import tr
from engine.background import card_parts as parts
from engine.background.card import Card
from engine.background.card_reading import Path

LONG_HEIGHT = 92
HINTS = {"number": "a number", "date": "year-month-day", "shortText": "", "longText": ""}


class ButtonView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self._part_id = ""
        self.button = QPushButton()
        self.button.setFont(font(14))
        self.button.setAutoDefault(False)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda: self.hands.press(self._part_id))
        self.column.addWidget(self.button)

    def show_part(self, part: parts.Button, card: Card) -> None:
        self._part_id = part.id
        text = words(card, part.text)
        self.button.setText(text.replace("&", "&&"))
        self.button.setAccessibleName(text)
        ready = part.variant != "primary" or not card.missing
        self.button.setEnabled(bool(card.value(part.enabled, True)) and ready)
        self.button.setToolTip("" if ready else _missing(card))
        if self.button.property("variant") != part.variant:
            self.button.setProperty("variant", part.variant)
            self.button.style().polish(self.button)


class _Line(QLineEdit):
    """A line that asks for the keyboard when somebody goes to it."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hands.type()
        super().mousePressEvent(event)


class _Lines(QPlainTextEdit):
    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self.setTabChangesFocus(True)
        self.setFixedHeight(LONG_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hands.type()
        super().mousePressEvent(event)


class TextFieldView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.label = label(13, name="cardquiet")
        self.field: _Line | _Lines | None = None
        self.column.addWidget(self.label)
        self._part: parts.TextField | None = None

    def show_part(self, part: parts.TextField, card: Card) -> None:
        self._part = part
        name = words(card, part.label)
        self.label.setText(_labelled(name, part.required))
        field = self._field(part.variant == "longText")
        field.setAccessibleName(_labelled(name, part.required))
        field.setPlaceholderText(part.placeholder or tr(HINTS[part.variant]))
        # What is being typed, like "1.", may mean the same as the data's "1": it stays.
        if card.value(part.value, "") != _meant(self.text, part.variant):
            value = words(card, part.value)
            with QSignalBlocker(field):
                field.setText(value) if isinstance(field, _Line) else field.setPlainText(value)

    @property
    def text(self) -> str:
        return self.field.text() if isinstance(self.field, _Line) else (
            self.field.toPlainText() if self.field else "")  # fmt: skip

    def _field(self, long: bool) -> _Line | _Lines:
        if self.field is not None and isinstance(self.field, _Lines) == long:
            return self.field
        if self.field is not None:
            self.field.deleteLater()
        made = _Lines(self.hands) if long else _Line(self.hands)
        made.setFont(font(15))
        made.textChanged.connect(lambda *_: self._tell())
        self.label.setBuddy(made)
        self.column.addWidget(made)
        self.field = made
        return made

    def _tell(self) -> None:
        if self._part is not None:
            self.hands.fill(self._part.value, _meant(self.text, self._part.variant))


def _meant(text: str, variant: str) -> str | float:
    """What was typed, as data: a number where one is asked for and it is one."""
    if variant == "number":
        with contextlib.suppress(ValueError):
            number = float(text.replace(",", "."))
            return number if math.isfinite(number) else text
    return text


class CheckBoxView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.box: QCheckBox | None = None

    def show_part(self, part: parts.CheckBox, card: Card) -> None:
        if self.box is None:
            self.box = _tick(self, part.value)
            self.column.addWidget(self.box)
        _show_tick(self.box, words(card, part.label), card.value(part.value))


class ChecklistView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.boxes: list[tuple[Path, QCheckBox]] = []

    def show_part(self, part: parts.Checklist, card: Card) -> None:
        places = [item.value for item in part.items]
        if places != [place for place, _ in self.boxes]:
            for _, box in self.boxes:
                box.deleteLater()
            self.boxes = [(place, _tick(self, place)) for place in places]
            for _, box in self.boxes:
                self.column.addWidget(box)
        for item, (place, box) in zip(part.items, self.boxes, strict=True):
            _show_tick(box, item.label, card.value(place))


class ChoiceView(Stacked):
    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__(theme, hands)
        self.label, self.box = label(13, name="cardquiet"), QComboBox()
        self.box.setFont(font(15))
        self.box.activated.connect(self._tell)
        self.label.setBuddy(self.box)
        self.column.addWidget(self.label)
        self.column.addWidget(self.box)
        self._part: parts.ChoicePicker | None = None

    def show_part(self, part: parts.ChoicePicker, card: Card) -> None:
        name = words(card, part.label)
        self.label.setText(_labelled(name, part.required))
        self.box.setAccessibleName(_labelled(name, part.required))
        with QSignalBlocker(self.box):
            if self._part is None or self._part.options != part.options:
                self.box.clear()
                for option in part.options:
                    self.box.addItem(option.label, option.value)
            self.box.setCurrentIndex(self.box.findData(words(card, part.value)))
            self.box.setPlaceholderText(tr("Choose"))
        self._part = part

    def _tell(self, place: int) -> None:
        if self._part is not None:
            self.hands.fill(self._part.value, self.box.itemData(place))


def _labelled(name: str, needed: bool) -> str:
    return tr("{name} (needed)").format(name=name) if needed else name


def _missing(card: Card) -> str:
    return tr("Still missing: {names}").format(names=", ".join(card.missing))


def _tick(view: Stacked, place: Path) -> QCheckBox:
    box = QCheckBox(view)
    box.setFont(font(15))
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    box.toggled.connect(lambda on: view.hands.fill(place, on))
    return box


def _show_tick(box: QCheckBox, text: str, value: object) -> None:
    box.setText(text.replace("&", "&&"))
    box.setAccessibleName(text)
    with QSignalBlocker(box):
        box.setChecked(value is True)


def focusable(parent: QWidget) -> list[QWidget]:
    """What the keyboard can go to, in order."""
    wanted = (QLineEdit, QPlainTextEdit, QPushButton, QCheckBox, QComboBox)
    return [one for one in parent.findChildren(QWidget) if isinstance(one, wanted)]
