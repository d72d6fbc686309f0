"""The cards that are shown: messages come from any thread, answers go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication

from app.cards.card_window import MARGIN, CardWindow
from app.cards.view import Hands
from app.window.theme import Theme, theme_now
from engine.background.abreast import ALL
from engine.background.card import OURS, Answer, Card, Deck, Gone
from engine.background.card_reading import CardError, Path
from engine.background.open_card import open_cards

Told = Callable[[str], None]


class CardDesk(QObject):
    """`take` may be called from any thread.

    answered: Pressed or Filled. dismissed: the id of a card that the user closed. refused: why a
    message was, for whoever sent it. shown: the id of a card that came up or changed.
    """

    answered = Signal(object)
    dismissed = Signal(str)
    refused = Signal(str)
    shown = Signal(str)
    _arrived = Signal(object, bool, object, float)

    def __init__(self, theme: Callable[[], Theme] = theme_now) -> None:
        super().__init__()
        self._theme = theme
        self.deck = Deck()
        self.windows: dict[str, CardWindow] = {}
        self._arrived.connect(self._take)

    def take(
        self, message: Any, ours: bool = False, told: Told | None = None, known_s: float = ALL
    ) -> None:
        """One A2UI message. ours: of Aside itself, not of a model. told: called in Qt's thread
        with why it is refused, or with "". known_s: as in engine.background.card.Deck."""
        self._arrived.emit(message, ours, told, known_s)

    def close(self) -> None:
        for number in list(self.windows):
            self._remove(number)

    def open_cards(self) -> tuple[str, ...]:
        """What minds have shown and how it is filled in now, as a task is told of it. May be
        called from any thread: a card is a value, and the table of them is copied at once."""
        return open_cards(dict(self.deck.cards))

    def go_to_newest(self) -> bool:
        """The keyboard goes to the card that came last, and to none of its buttons. False where
        there is no card."""
        for window in reversed(list(self.windows.values())):
            if window.isVisible():
                window.raise_()
                window.take_keyboard()
                window.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def shown_since_s(self, number: str) -> float | None:
        """Since when a card is in sight, by the steady clock; None when it is not."""
        window = self.windows.get(number)
        return window.shown_s if window is not None and window.isVisible() else None

    def _take(
        self, message: Any, ours: bool, told: Told | None = None, known_s: float = ALL
    ) -> None:
        try:
            result = self.deck.take(message, ours, known_s)
        except CardError as error:
            self.refused.emit(str(error))
            if told is not None:
                told(str(error))
            return
        if isinstance(result, Gone):
            self._remove(result.id)
        elif result.parts:
            self._show(result)
        if told is not None:
            told("")

    def _show(self, card: Card) -> None:
        window = self.windows.get(card.id)
        if window is None:
            window = self.windows[card.id] = self._made(card.id)
        covered = _body(window)
        window.show_card(card)
        if not window.isVisible():
            window.move(self._place(window))
            window.show()
            # Who cannot see it is told that it is there: it comes without the keyboard.
            QAccessible.updateAccessibility(QAccessibleEvent(window, QAccessible.Event.Alert))
            if not card.id.startswith(OURS):
                for ours in self._ours():
                    ours.raise_()  # nobody's card lies on one that asks
        elif _body(window) != covered:
            self._uncover(window, covered)
        self.shown.emit(card.id)

    def _made(self, number: str) -> CardWindow:
        window = CardWindow(
            self._theme(),
            Hands(
                lambda part: self._press(number, part),
                lambda place, value: self._fill(number, place, value),
                lambda: None,
            ),
        )
        window.dismissed.connect(lambda: self._dismiss(number))
        window.closed.connect(lambda: self._dismiss(number))
        return window

    def _place(self, window: CardWindow) -> QPoint:
        """At the right edge, below those that are there, or else in the next column; where none is
        free, on top of what is not Aside's own, and at last anywhere."""
        area = QGuiApplication.primaryScreen().availableGeometry()
        others = [one for one in self.windows.values() if one.isVisible() and one is not window]
        ours = [one for one in others if one in self._ours()]
        size = _body(window).size()
        free = (self._free(area, size, among) for among in (others, ours, []))
        corner = next(found for found in free if found is not None)
        return corner - QPoint(window.shadow, window.shadow)

    def _free(self, area: QRect, size: QSize, among: list[CardWindow]) -> QPoint | None:
        """Where a card of this size would cover none of these, in columns from right to left."""
        bodies, step = [_body(one) for one in among], size.width() + MARGIN
        for right in range(area.right() - MARGIN, area.left() + size.width(), -step):
            left = right - size.width()
            column = QRect(left, area.top(), size.width(), area.height())
            below = [body.bottom() for body in bodies if body.intersects(column)]
            place = QRect(QPoint(left, max(below, default=area.top()) + MARGIN), size)
            if not bodies or place.bottom() <= area.bottom():
                return place.topLeft()
        return None if bodies else QPoint(area.left() + MARGIN, area.top() + MARGIN)

    def _ours(self) -> list[CardWindow]:
        return [
            one for number, one in self.windows.items()
            if number.startswith(OURS) and one.isVisible()
        ]  # fmt: skip

    def _uncover(self, window: CardWindow, covered: QRect) -> None:
        """What lay under a card that went, or became smaller, is as if it had just come: a click
        that was meant for the card would answer it."""
        for ours in self._ours():
            if ours is not window and _body(ours).intersects(covered):
                ours.come_into_sight()

    def _press(self, number: str, part: str) -> None:
        try:
            self._tell(self.deck.press(number, part))
        except CardError:
            return  # it changed under the hand

    def _fill(self, number: str, place: Path, value: str | float | bool) -> None:
        try:
            filled = self.deck.fill(number, place, value)
        except CardError as error:
            self.refused.emit(str(error))
            return
        self.windows[number].show_card(self.deck.cards[number])
        self._tell(filled)

    def _tell(self, answer: Answer) -> None:
        self.answered.emit(answer)

    def _dismiss(self, number: str) -> None:
        if number in self.windows:
            ours = number.startswith(OURS)
            self._take({"deleteSurface": {"surfaceId": number}}, ours)
            self.dismissed.emit(number)

    def _remove(self, number: str) -> None:
        window = self.windows.pop(number, None)
        if window is not None:
            self._uncover(window, _body(window))
            if window.isVisible() and window.takes_keyboard:
                window.give_keyboard_back()
            window.hide()
            window.deleteLater()


def _body(window: CardWindow) -> QRect:
    """Where a card lies, without its shadow."""
    edge = window.shadow
    return window.geometry().adjusted(edge, edge, -edge, -edge)
