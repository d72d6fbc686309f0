"""A replay as JSON lines on standard output; progress, for people, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.progress import Progress

from engine.replay.events import Event
from engine.replay.session import Step
from engine.replay.summary import Summary


class JsonView:
    """Prints each event as it becomes known. Used as a context manager.

    turns: how many micro-turns the input lasts, None where unknown.
    """

    def __init__(self, turns: int | None) -> None:
        watched = sys.stderr.isatty() and not sys.stdout.isatty()
        self._progress = Progress(console=Console(stderr=True), disable=not watched)
        self._task = self._progress.add_task("replay", total=turns)

    def __enter__(self) -> JsonView:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, step: Step, events: Sequence[Event]) -> None:
        """Takes in one micro-turn and the events that became known with it."""
        self._progress.update(self._task, completed=step.given.index + 1)
        self.finish(events)

    def finish(self, events: Sequence[Event]) -> None:
        """Prints events without a micro-turn of their own."""
        for event in events:
            print(event.line(), flush=True)

    def summary(self, summary: Summary) -> None:
        """Nothing: the events are the whole of it."""
