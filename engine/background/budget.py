"""What a task may cost: time, tokens, money, calls of tools. Past it, the task ends and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from engine.background.phrase import phrase
from engine.background.task import Spent

SAME_CALLS = 3
CHARACTERS_A_TOKEN = 4  # where a server does not count


class OverBudget(Exception):
    """The message is one sentence that can be spoken."""


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
    """One task's money. `note` is told each time something is spent."""

    def __init__(
        self, budget: Budget, prices: Prices, spent_today: float, note: Callable[[Spent], None]
    ) -> None:
        self.spent = Spent()
        self._budget, self._prices, self._note = budget, prices, note
        self._left_today = budget.money_a_day - spent_today
        self._streamed = 0
        self._calls: Counter[str] = Counter()

    def check(self) -> None:
        """Raises OverBudget when there is nothing left to go on with."""
        if self.spent.tokens >= self._budget.tokens:
            raise OverBudget(phrase("I stopped: this task has used up the tokens it may use."))
        if self.spent.money >= self._budget.money:
            raise OverBudget(phrase("I stopped: this task has cost what it may cost."))
        if self.spent.money >= self._left_today:
            raise OverBudget(phrase("I stopped: today's money for the language model is used up."))

    def pay(self, tokens_in: int, tokens_out: int) -> None:
        tokens, money = tokens_in + tokens_out, self._prices.of(tokens_in, tokens_out)
        self._add(Spent(tokens, money))

    def stream(self, characters: int) -> None:
        """Raises OverBudget for an answer that goes on for ever; it is paid for at its end."""
        self._streamed += characters
        if self._streamed / CHARACTERS_A_TOKEN > self._budget.tokens:
            raise OverBudget(phrase("I stopped: the language model does not come to an end."))

    def call(self, name: str, arguments: str) -> None:
        """Raises OverBudget for one call too many, or the same call again and again."""
        if self.spent.tool_calls >= self._budget.tool_calls:
            raise OverBudget(phrase("I stopped: this task has used its tools too often."))
        self._calls[f"{name} {arguments}"] += 1
        if self._calls[f"{name} {arguments}"] > SAME_CALLS:
            raise OverBudget(
                phrase("I stopped: the language model asked for the same thing in a circle.")
            )
        self._add(Spent(tool_calls=1))

    def _add(self, more: Spent) -> None:
        self.spent = self.spent.plus(more.tokens, more.money, more.tool_calls)
        self._note(more)
