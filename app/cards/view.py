"""What every drawn part is: a widget that shows its part, again whenever that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from app.window.theme import Theme, font
from engine.background.card import Card
from engine.background.card_parts import Part
from engine.background.card_reading import Path

WIDTH = 400
BESIDE = 14  # room for the card's scroll bar


@dataclass(frozen=True)
class Hands:
    """What the user's hands do to a card, told to whoever owns it.

    press: a button, by its id. fill: a value for a place in the data. type: somebody wants to
    write, so the card may have the keyboard.
    """

    press: Callable[[str], None]
    fill: Callable[[Path, str | float | bool], None]
    type: Callable[[], None]


class View(QWidget):
    """Made for one part's id and kind. `show_part` comes whenever the card has changed."""

    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__()
        self.theme, self.hands = theme, hands

    def show_part(self, part: Any, card: Card) -> None:
        """part: of the kind that this view draws."""
        raise NotImplementedError


def words(card: Card, bound: Any) -> str:
    """A bound field as text, whatever the data has there."""
    value = card.value(bound, "")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, str) else "" if value is None else str(value)


def label(
    pixels: int, weight: QFont.Weight = QFont.Weight.Normal, name: str = "cardtext"
) -> QLabel:
    """A label that takes its text as it is: no markup, no links."""
    made = QLabel()
    made.setObjectName(name)
    made.setFont(font(pixels, weight))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    return made


def kind_of(part: Part) -> str:
    return type(part).__name__
