"""Lends the desk of cards to the background: shows what a mind sends, waits for what is pressed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.cards.desk import CardDesk
from engine.background.abreast import known_s
from engine.background.card import OURS, Pressed
from engine.background.open_card import described, press_request
from engine.background.tool import ToolError

SHOWN_WITHIN_S = 10.0
TWICE_S = 1.5  # for which nobody waits: the same press within that is a second click of one


@dataclass(frozen=True)
class _Waiting:
    cards: frozenset[str]
    loop: asyncio.AbstractEventLoop
    pressed: asyncio.Future[Mapping[str, Any] | None]


class CardScreen(QObject):
    """An engine.background.tools.cards.Screen. Made in Qt's thread; asked in the agent's.

    late: a press for which no tool waits any more: the request in words, and the card as it was.
    """

    late = Signal(str, str)

    def __init__(self, desk: CardDesk) -> None:
        super().__init__()
        self._desk = desk
        self._waiting: list[_Waiting] = []
        self._last: tuple[Pressed | None, float] = (None, 0.0)
        desk.answered.connect(self._answered, Qt.ConnectionType.QueuedConnection)
        desk.dismissed.connect(self._dismissed, Qt.ConnectionType.QueuedConnection)

    async def show(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Raises ToolError; what came before the refused message stays shown."""
        for message in messages:
            refusal = await self._taken(message)
            if refusal:
                raise ToolError(f"The card cannot be shown. {refusal}.")

    async def answer(self, cards: frozenset[str], within_s: float) -> Mapping[str, Any] | None:
        loop = asyncio.get_running_loop()
        waiting = _Waiting(cards, loop, loop.create_future())
        self._waiting.append(waiting)
        try:
            async with asyncio.timeout(within_s):
                return await waiting.pressed
        except TimeoutError:
            return None
        finally:
            self._waiting.remove(waiting)

    async def _taken(self, message: Mapping[str, Any]) -> str:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[str] = loop.create_future()

        def told(refusal: str) -> None:
            _hand_over(loop, done, refusal)

        self._desk.take(message, told=told, known_s=known_s())
        async with asyncio.timeout(SHOWN_WITHIN_S):
            return await done

    def _answered(self, answer: object) -> None:
        if isinstance(answer, Pressed):
            (before, before_s), now_s = self._last, time.monotonic()
            self._last = answer, now_s
            again = answer == before and now_s - before_s < TWICE_S
            waited_for = self._tell(answer.card, answer.message(datetime.now(UTC).isoformat()))
            if not (waited_for or again or answer.card.startswith(OURS)):
                self._tell_late(answer)

    def _dismissed(self, number: str) -> None:
        self._tell(number, None)

    def _tell_late(self, pressed: Pressed) -> None:
        card = self._desk.deck.cards.get(pressed.card)
        if card is not None:
            self.late.emit(press_request(card, pressed), described(card, pressed))

    def _tell(self, number: str, message: Mapping[str, Any] | None) -> bool:
        """Whether anybody waited for it."""
        concerned = [one for one in list(self._waiting) if number in one.cards]
        for waiting in concerned:
            _hand_over(waiting.loop, waiting.pressed, message)
        return bool(concerned)


def _hand_over(
    loop: asyncio.AbstractEventLoop, waiting: asyncio.Future[Any], value: object
) -> None:
    with suppress(RuntimeError):  # the agent has ended, and nobody waits any more
        loop.call_soon_threadsafe(_settle, waiting, value)


def _settle(waiting: asyncio.Future[Any], value: object) -> None:
    if not waiting.done():
        waiting.set_result(value)
