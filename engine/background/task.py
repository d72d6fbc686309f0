"""What a task is: something delegated, its state, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from engine.microturn import Update


class TaskState(StrEnum):
    """Where a task stands. ASKING: it waits for the user to say whether it was understood."""

    ASKING = "asking"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def open(self) -> bool:
        return self in (TaskState.ASKING, TaskState.RUNNING)


@dataclass(frozen=True)
class Task:
    """generation: grows with every correction; what an older one brings is superseded.

    delegation_id: what the engine's session called it; it means nothing to a later session.
    opened_at, closed_at: Unix time in seconds, for people; nothing is measured with them.
    """

    id: str
    generation: int
    request: str
    state: TaskState
    delegation_id: str | None
    opened_at: float
    closed_at: float | None = None


@dataclass(frozen=True)
class Result:
    """One piece of what a task brought. number: its place among the pieces of a generation."""

    task_id: str
    generation: int
    number: int
    kind: Literal["thinking", "commentary"]
    text: str

    @property
    def key(self) -> str:
        """What a confirmation names it by."""
        return f"{self.task_id}.{self.generation}.{self.number}"

    def update(self, delegation_id: str | None) -> Update:
        return Update(self.kind, self.text, delegation_id)


class Verdict(StrEnum):
    """What the ledger made of a result. Only a fresh one is ever offered."""

    FRESH = "fresh"
    REPEATED = "repeated"  # the same number, or the same words, came before
    SUPERSEDED = "superseded"  # the task was corrected meanwhile
    LATE = "late"  # the task is over, or was never opened


@dataclass(frozen=True)
class Spent:
    """What a task, or a day, has cost. money: in the currency of the configured prices."""

    tokens: int = 0
    money: float = 0.0
    tool_calls: int = 0

    def plus(self, tokens: int = 0, money: float = 0.0, tool_calls: int = 0) -> Spent:
        return Spent(self.tokens + tokens, self.money + money, self.tool_calls + tool_calls)


def is_about(request: str, words: str) -> bool:
    """Whether a request holds all of these words, in any order and case."""
    return set(words.casefold().split()) <= set(request.casefold().split())
