"""Shows a question of the approver as a card, and brings the answer of hand or voice back."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from app.cards.desk import CardDesk
from app.window.words import said, tr
from engine.background.approval import Answer, By, Choice, Question
from engine.background.card import OURS, Deck, Pressed
from engine.background.card_kinds import gone, question_card
from engine.background.spoken import Spoken, approves

GONE_WITHIN_S = 1.0


@dataclass(frozen=True)
class _Asked:
    """Who waits for the answer, and in which loop."""

    question: Question
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Answer]


class CardAsker(QObject):
    """An engine.background.approval.Asker. Made in Qt's thread; asked in the agent's.

    waits: a question was put on the screen.
    """

    waits = Signal()

    def __init__(self, desk: CardDesk) -> None:
        super().__init__()
        self._desk = desk
        self._asked: dict[str, _Asked] = {}
        desk.answered.connect(self._pressed, Qt.ConnectionType.QueuedConnection)
        desk.dismissed.connect(self._dismissed, Qt.ConnectionType.QueuedConnection)

    async def ask(self, question: Question) -> Answer:
        """Closing the card is a no. Raises CardError if the question cannot be shown whole.

        Answered, it returns when the card is gone: what was approved may be meant for the window
        that has the keyboard then.
        """
        messages = question_card(question, tr, said)
        trial = Deck()
        for message in messages:
            trial.take(message, ours=True)
        loop = asyncio.get_running_loop()
        asked = _Asked(question, loop, loop.create_future())
        self._asked[OURS + question.id] = asked
        try:
            for message in messages:
                self._desk.take(message, ours=True)
            self.waits.emit()
            answer = await asked.answer
        finally:
            self._asked.pop(OURS + question.id, None)
            away = self._taken_away(question.id, loop)
        with suppress(TimeoutError):
            async with asyncio.timeout(GONE_WITHIN_S):
                await away.wait()
        return answer

    def _taken_away(self, number: str, loop: asyncio.AbstractEventLoop) -> asyncio.Event:
        """Has its card taken away. Set when it is."""
        away = asyncio.Event()

        def told(_refused: str) -> None:
            with suppress(RuntimeError):  # whoever asked has ended meanwhile
                loop.call_soon_threadsafe(away.set)

        self._desk.take(gone(number), ours=True, told=told)
        return away

    @property
    def asking(self) -> bool:
        """Whether any question waits for its answer."""
        return bool(self._asked)

    def refuse(self, said_s: float) -> bool:
        """A no was said aloud: to every question that was in sight then. Whether one was."""
        refused = [
            number
            for number in list(self._asked)
            if (self._desk.shown_since_s(number) or said_s) < said_s
        ]
        for number in refused:
            self._answer(number, Choice.NO, By.VOICE)
        return bool(refused)

    def speak(self, word: str, said_s: float, quiet_since_s: float | None) -> bool:
        """A word was said to the cards; whether one of them took it for a yes.

        Times are of the steady clock; quiet_since_s as in engine.background.spoken.
        """
        for number, asked in list(self._asked.items()):
            spoken = Spoken(word, said_s, self._desk.shown_since_s(number), quiet_since_s)
            if approves(asked.question.word, asked.question.risk, spoken):
                self._answer(number, Choice.ONCE, By.VOICE, spoken)
                return True
        return False

    def _pressed(self, answer: object) -> None:
        if isinstance(answer, Pressed) and answer.card in self._asked:
            self._answer(answer.card, Choice(answer.name), By.CLICK)

    def _dismissed(self, number: str) -> None:
        if number in self._asked:
            self._answer(number, Choice.NO, By.CLICK)

    def _answer(self, number: str, choice: Choice, by: By, spoken: Spoken | None = None) -> None:
        asked = self._asked.get(number)
        if asked is None:
            return  # it was withdrawn in this very moment
        answer = Answer(asked.question.id, choice, by, spoken)
        asked.loop.call_soon_threadsafe(_settle, asked.answer, answer)


def _settle(waiting: asyncio.Future[Answer], answer: Answer) -> None:
    """The first answer counts; one that comes after the question was withdrawn does not."""
    if not waiting.done():
        waiting.set_result(answer)
