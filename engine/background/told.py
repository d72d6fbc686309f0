"""What the agent tells whoever listens: results to hand on, and how tasks stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.background.task import Spent, Task
from engine.microturn import Update


@dataclass(frozen=True)
class Offer:
    """Something for the interaction model, which decides when it is said and whether. key: by
    which `Agent.settle` is told that an engine has taken it in. words: the update's text, with
    its pattern where it is one of ours, for whoever shows it."""

    key: str
    task_id: str
    update: Update
    words: str = ""


@dataclass(frozen=True)
class Progress:
    """A task began, went on or ended. doing: for people, "" when there is nothing new to say.
    done: how far it is, 0 to 1, None where nobody knows."""

    task: Task
    doing: str = ""
    spent: Spent = field(default_factory=Spent)
    done: float | None = None


@dataclass(frozen=True)
class Question:
    """Aside is not sure that it heard the request: `Agent.confirm` or `Agent.cancel` answers."""

    task: Task
    understood: str


@dataclass(frozen=True)
class Warned:
    """Something a person should know that belongs to no task."""

    message: str


@dataclass(frozen=True)
class Rang:
    """A timer or a reminder is due. id: of this one ringing. words: what is said of it, with its
    pattern, for whoever shows it."""

    id: str
    words: str


Told = Offer | Progress | Question | Warned | Rang
