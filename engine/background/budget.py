"""What a task may cost: time, tokens, money, calls of tools. Past it, the task ends and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.task import Spent

SAME_CALLS = 3
CHARACTERS_A_TOKEN = 4  # where a server does not count


class OverBudget(Exception):
    """The message is one sentence that can be spoken; shown: what has run out, for the screen."""

    def __init__(self, message: str, shown: str) -> None:
        super().__init__(message)
        self.shown = shown


@dataclass(frozen=True)
class Budget:
    """Limits for one task, and for the money of one day. money: in the currency of the prices."""

    time_s: float = 600.0
    tokens: int = 200_000
    money: float = 0.5
    tool_calls: int = 40
    money_a_day: float = 5.0


@dataclass(frozen=True)
class Prices:
    """Money for a million tokens; 0.0 for a model of one's own."""

    tokens_in: float = 0.0
    tokens_out: float = 0.0

    def of(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1e6


class Purse:
    """One task's money. `note` is told each time something is spent.

    spent_today: by all tasks, this one and those beside it, at the moment it is asked.
    """

    def __init__(
        self,
        budget: Budget,
        prices: Prices,
        spent_today: Callable[[], float],
        note: Callable[[Spent], None],
    ) -> None:
        self.spent = Spent()
        self._budget, self._prices, self._note = budget, prices, note
        self._spent_today = spent_today
        self._streamed = 0
        self._calls: Counter[str] = Counter()

    def check(self) -> None:
        """Raises OverBudget when there is nothing left to go on with."""
        if self.spent.tokens >= self._budget.tokens:
            shown = phrase("This task has used up the tokens that it may use.")
            raise OverBudget(phrase(sentences.TOKENS_USED), shown)
        if self.spent.money >= self._budget.money:
            shown = phrase("This task has cost what it may cost.")
            raise OverBudget(phrase(sentences.MONEY_USED), shown)
        if self._spent_today() >= self._budget.money_a_day:
            shown = phrase("The money for the language model is used up for today.")
            raise OverBudget(phrase(sentences.TODAY_USED), shown)

    def pay(self, tokens_in: int, tokens_out: int) -> None:
        tokens, money = tokens_in + tokens_out, self._prices.of(tokens_in, tokens_out)
        self._add(Spent(tokens, money))

    def stream(self, characters: int) -> None:
        """Raises OverBudget for an answer that goes on for ever; it is paid for at its end."""
        self._streamed += characters
        if self._streamed / CHARACTERS_A_TOKEN > self._budget.tokens:
            shown = phrase("The language model does not come to an end.")
            raise OverBudget(phrase(sentences.ENDLESS), shown)

    def call(self, name: str, arguments: str) -> None:
        """Raises OverBudget for one call too many, or the same call again and again."""
        if self.spent.tool_calls >= self._budget.tool_calls:
            shown = phrase("This task has used its tools as often as it may.")
            raise OverBudget(phrase(sentences.CALLS_USED), shown)
        self._calls[f"{name} {arguments}"] += 1
        if self._calls[f"{name} {arguments}"] > SAME_CALLS:
            shown = phrase("The language model asked for the same thing again and again.")
            raise OverBudget(phrase(sentences.IN_A_CIRCLE), shown)
        self._add(Spent(tool_calls=1))

    def _add(self, more: Spent) -> None:
        self.spent = self.spent.plus(more.tokens, more.money, more.tool_calls)
        self._note(more)
