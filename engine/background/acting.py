"""What the interaction model's acts ask of an agent: the same in the app and in a replay.

It hands on and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.background.direct import is_act, is_thought
from engine.background.package import ContextPackage
from engine.microturn import Act

if TYPE_CHECKING:
    from engine.background.agent import Agent

DELEGATE, CANCEL, CORRECT = "delegate", "cancel", "correct"
ALL = "everything"


def concerns(name: str) -> bool:
    """Whether an act of this name is the background's business."""
    return name in (DELEGATE, CANCEL, CORRECT) or is_act(name)


def _at_once(begin: Callable[[], None]) -> None:
    begin()


def obey(
    agent: Agent,
    act: Act,
    package: Callable[[str], ContextPackage],
    id: str | None = None,
    first: Callable[[Callable[[], None]], None] = _at_once,
) -> None:
    """package: what a task with this request is given. id: what the session calls the act. first:
    calls what begins a task that may need a mind, once that may begin."""
    words = str(act.arguments.get("text", ""))
    if act.name == CANCEL:
        agent.cancel_all() if words == ALL else agent.cancel(about=words)
    elif act.name == CORRECT:
        meant = package(words)
        first(lambda: agent.correct(meant))
    elif act.name == DELEGATE:
        wanted = package(words)
        first(lambda: agent.take(wanted, id))
    elif is_act(act.name):
        call = package(f"{act.name} {words}".strip())

        def begin() -> None:
            agent.take(call, id, direct=True)

        first(begin) if is_thought(act.name) else begin()
