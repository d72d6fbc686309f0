"""Who may do what: by risk, by what the user said before, and else by asking.

An approval comes from the user's hand, or for what can be undone from their voice. No text that
was read, heard from a film or returned by a tool is ever looked at here. Whatever goes wrong is a
no: no asker, no answer in time, an answer to another question, a voice where a hand is needed.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from engine.background import sentences
from engine.background.grants import Grants
from engine.background.phrase import later, phrase
from engine.background.spoken import Spoken, approves, one_time_word
from engine.background.tool import Arguments, Refusal, Risk, Tool

ANSWER_WITHIN_S = 120.0
MAX_OPEN = 6  # more cards than that nobody reads
MAX_REFUSED = 1_000


class Choice(StrEnum):
    """What a card offers."""

    ONCE = "once"
    SESSION = "session"
    ALWAYS = "always"
    NO = "no"
    NEVER = "never"


class By(StrEnum):
    KEY = "key"
    CLICK = "click"
    VOICE = "voice"


APPROVED = {
    Choice.ONCE: later("approved once by {by}"),
    Choice.SESSION: later("approved for this session by {by}"),
    Choice.ALWAYS: later("approved always by {by}"),
}
BY = {By.KEY: later("key"), By.CLICK: later("click"), By.VOICE: later("voice")}


@dataclass(frozen=True)
class Question:
    """A card that asks. preview: what would be done, in words; arguments: the real ones, all.

    scope: what "session" and "always" would cover, in words. word: to be said aloud for a yes,
    only where a voice may answer; it is for the card alone, never for a model or a log.
    """

    id: str
    task_id: str
    tool: str
    sentence: str
    risk: Risk
    preview: str
    arguments: Mapping[str, Any]
    scope: str
    word: str | None
    expires_in_s: float = ANSWER_WITHIN_S
    choices: tuple[Choice, ...] = tuple(Choice)


@dataclass(frozen=True)
class Answer:
    """spoken: what was said and when, if it was said."""

    question_id: str
    choice: Choice
    by: By
    spoken: Spoken | None = None


class Asker(Protocol):
    """Shows the question to the user. Being cancelled takes the card away."""

    async def ask(self, question: Question) -> Answer: ...


class Nobody:
    """The asker where no user is: it never says yes."""

    async def ask(self, question: Question) -> Answer:
        return Answer(question.id, Choice.NO, By.KEY)


@runtime_checkable
class Scoped(Protocol):
    """A tool that knows how far a lasting approval should reach, e.g. to one site."""

    def scope(self, arguments: Arguments) -> tuple[str, str]:
        """A key that is the same for calls approved together, and words for it."""
        ...


def scope_of(tool: Tool, arguments: Arguments) -> tuple[str, str]:
    """What cannot be taken back is only ever approved with these very arguments."""
    if isinstance(tool, Scoped):
        return tool.scope(arguments)
    if tool.risk is Risk.LASTING:
        return exactly(arguments), phrase("exactly this")
    return "all", phrase("every use of {tool}", tool=tool.name)


def exactly(arguments: Arguments) -> str:
    text = json.dumps(dict(arguments), sort_keys=True)
    return f"exactly {hashlib.sha256(text.encode()).hexdigest()}"


class Approver:
    """Decides about calls, one question at a time for each of them."""

    def __init__(self, grants: Grants, asker: Asker, within_s: float = ANSWER_WITHIN_S) -> None:
        self.grants = grants
        self._asker = asker
        self._within_s = within_s
        self._open = 0
        self._refused: dict[tuple[str, str, str], None] = {}

    async def approve(self, tool: Tool, arguments: Arguments, preview: str, task_id: str) -> str:
        """How it was approved, for the log. Raises ToolError when it was not."""
        scope, words = scope_of(tool, arguments)
        grant = self.grants.about(tool, scope)
        if grant is not None and not grant.allow:
            told = f"The user does not want {tool.name} to be used. Do without it."
            raise Refusal(told, phrase(sentences.UNWANTED), by_user=True)
        if tool.risk is Risk.READ:
            return phrase("needs no approval")
        if grant is not None:
            return phrase("approved before: {what} ({id})", what=grant.words, id=grant.id)
        call = (task_id, tool.name, exactly(arguments))
        if call in self._refused:
            told = f"The user refused this use of {tool.name} already. Do without it."
            raise Refusal(told, phrase(sentences.SAID_NO_BEFORE), by_user=True)
        if self._open >= MAX_OPEN:
            told = f"{MAX_OPEN} questions wait for the user already. Ask again later."
            raise Refusal(told, phrase(sentences.WAITING))
        try:
            question = self._question(tool, arguments, preview, task_id, words)
            return await self._ask(tool, question, scope)
        except Refusal as error:
            if error.by_user:
                self._remember_refusal(call)
            raise

    def _question(
        self, tool: Tool, arguments: Arguments, preview: str, task_id: str, words: str
    ) -> Question:
        word = one_time_word() if tool.risk is Risk.REVERSIBLE else None
        return Question(
            secrets.token_hex(8), task_id, tool.name, tool.sentence, tool.risk, preview,
            dict(arguments), words, word, self._within_s,
        )  # fmt: skip

    async def _ask(self, tool: Tool, question: Question, scope: str) -> str:
        answer = await self._answer(question)
        if not _valid(question, answer):
            told = f"The user did not approve {tool.name}: that was no valid answer."
            raise Refusal(told, phrase(sentences.WRONG_ANSWER))
        self._remember(tool, scope, question.scope, answer)
        if answer.choice in (Choice.NO, Choice.NEVER):
            told = f"The user said no to {tool.name}. Do without it."
            raise Refusal(told, phrase(sentences.SAID_NO), by_user=True)
        return phrase(APPROVED[answer.choice], by=phrase(BY[answer.by]))

    async def _answer(self, question: Question) -> Answer:
        self._open += 1
        try:
            # Not wait_for: before Python 3.12 it loses a cancelling that comes with the answer.
            async with asyncio.timeout(self._within_s):
                return await self._asker.ask(question)
        except TimeoutError as error:
            told = f"Nobody approved {question.tool} in time, so it was not done."
            raise Refusal(told, phrase(sentences.NO_ANSWER)) from error
        except Exception as error:
            told = f"Nobody could be asked about {question.tool}: not done."
            raise Refusal(told, phrase(sentences.NOT_ASKED)) from error
        finally:
            self._open -= 1

    def _remember(self, tool: Tool, scope: str, words: str, answer: Answer) -> None:
        """scope, words: as the card showed them; another window may be in front by now."""
        if answer.choice in (Choice.SESSION, Choice.ALWAYS):
            lasting = answer.choice is Choice.ALWAYS
            self.grants.give(tool, scope, words, allow=True, lasting=lasting)
        elif answer.choice is Choice.NEVER:
            words = phrase("any use of {tool}", tool=tool.name)
            self.grants.give(tool, "", words, allow=False, lasting=True)

    def _remember_refusal(self, call: tuple[str, str, str]) -> None:
        self._refused[call] = None
        if len(self._refused) > MAX_REFUSED:
            self._refused.pop(next(iter(self._refused)))


def _valid(question: Question, answer: Answer) -> bool:
    """A no counts however it is said; a voice says yes once, by the word, to what can be undone."""
    if answer.question_id != question.id or answer.choice not in question.choices:
        return False
    if answer.by is not By.VOICE or answer.choice is Choice.NO:
        return True
    once = answer.choice is Choice.ONCE and answer.spoken is not None
    return once and approves(question.word, question.risk, answer.spoken)  # type: ignore[arg-type]
