"""How far a running task is, where somebody really knows.

A tool that knows how much of its work is done calls `tell` from `run`; a plan, `planned`. Where
nothing is told, nothing is known, and that is what is shown: no number here comes from a guess or
from a clock.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar

STEP = 0.01  # smaller ones nobody sees
_CURRENT: ContextVar[Reporter | None] = ContextVar("reporter", default=None)


class Reporter:
    """One task's. told: called in the loop with what is done now, "" where that has not changed,
    and how far it is: 0 to 1, None where nobody knows.

    A task without a plan is as far as the tool that runs; with one, as the plan says.
    """

    def __init__(self, told: Callable[[str, float | None], None]) -> None:
        self._told, self._loop = told, asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._open, self._planned = True, False
        self._sent = 0.0
        self.done: float | None = None

    def listen(self) -> None:
        """To what is told in this asyncio task from now on, and in the threads that it starts."""
        _CURRENT.set(self)

    def close(self) -> None:
        """A thread of a task that is over tells nobody any more."""
        self._open = False

    def begin(self, doing: str) -> None:
        """Something else is done now. How far that is, nobody knows yet."""
        if not self._planned:
            self.done, self._sent = None, 0.0
        self._told(doing, self.done)

    def part(self, done: float) -> None:
        """From any thread. What goes back, or on by less than anybody sees, is not told."""
        if self._planned or not 0 < done - self._sent >= min(STEP, 1 - self._sent):
            return
        self._sent = done
        if threading.get_ident() == self._thread:
            self._show(done, "")
            return
        with suppress(RuntimeError):  # the loop has ended, and a thread of it not yet
            self._loop.call_soon_threadsafe(self._show, done, "")

    def plan(self, done: float, step: str) -> None:
        self._planned = True
        self._show(done, step)

    def _show(self, done: float, doing: str) -> None:
        if self._open:
            self.done = min(1.0, max(0.0, done))
            self._told(doing, self.done)


def tell(done: float) -> None:
    """How much of what a tool does is done: 0 to 1. From the tool or a thread of it; where no task
    listens, nothing comes of it."""
    teller()(done)


def teller() -> Callable[[float], None]:
    """`tell` of the task that asks for it, for whoever is called from elsewhere."""
    reporter = _CURRENT.get()
    return reporter.part if reporter is not None else lambda _done: None


def planned(done: int, steps: tuple[str, ...]) -> None:
    """So many of a task's steps are done. Only in the loop."""
    reporter = _CURRENT.get()
    if reporter is not None:
        reporter.plan(done / len(steps), steps[done] if done < len(steps) else "")
