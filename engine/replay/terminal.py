"""A replay in the terminal: both sides' words as they come, then a summary."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from engine.microturn import completion_time_s
from engine.replay.events import Event
from engine.replay.session import Step
from engine.replay.summary import Summary
from engine.replay.transcript import Passage, Row, Transcript

_USER, _ASIDE, _FAINT = "bold blue", "bold dark_orange", "bright_black"
_STYLE = {"typed": "blue italic", "act": "magenta", "update": "green"}
_MARK = {"typed": "⌨ ", "act": "→ ", "update": "← "}


class TerminalView:
    """Shows a replay to a person. Used as a context manager.

    turns: how many micro-turns the input lasts, None where unknown. What moves (words still
    coming, the progress bar) shows in a terminal only, not in a pipe.
    """

    def __init__(self, console: Console, turns: int | None) -> None:
        self._console = console
        self._transcript = Transcript()
        self._progress = _progress(console)
        self._task = self._progress.add_task("", total=turns)
        self._live = Live(console=console, refresh_per_second=8, transient=True)

    def __enter__(self) -> TerminalView:
        self._console.print(_heading())
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, step: Step, events: Sequence[Event]) -> None:
        """Takes in one micro-turn and the events that became known with it."""
        now_s = completion_time_s(step.given.index)
        if step.given.text:
            self._transcript.typed(now_s, step.given.text)
        for event in events:
            self._transcript.event(event)
        self._print(self._transcript.settled(now_s))
        self._progress.update(self._task, completed=step.given.index + 1)
        if self._live.is_started:
            self._live.update(self._moving(now_s))

    def finish(self, events: Sequence[Event]) -> None:
        """Takes in the last events and prints the rows that are still open."""
        for event in events:
            self._transcript.event(event)
        self._print(self._transcript.rest())

    def summary(self, summary: Summary) -> None:
        self._console.print()
        for line in summary.lines():
            self._console.print(Text(line, style=_FAINT))

    def _print(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._console.print(_line(row))

    def _moving(self, now_s: float) -> RenderableType:
        rows = [_line(row) for row in self._transcript.open_rows]
        return Group(*rows, Text(f"{now_s:6.1f} s", style=_FAINT), self._progress)


def _progress(console: Console) -> Progress:
    return Progress(
        BarColumn(bar_width=40),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=console,
    )


def _columns() -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    for width in (7, None, 7, None):
        table.add_column(
            width=width, ratio=None if width else 1, justify="right" if width else "left"
        )
    return table


def _heading() -> Table:
    table = _columns()
    table.add_row("", Text("you", style=_USER), "", Text("Aside", style=_ASIDE))
    return table


def _line(row: Row) -> Table:
    table = _columns()
    user, aside = row.sides.get("user"), row.sides.get("aside")
    table.add_row(*_cells(user), *_cells(aside))
    return table


def _cells(passage: Passage | None) -> tuple[Text, Text]:
    if passage is None:
        return Text(""), Text("")
    mark = _MARK.get(passage.kind, "")
    time = Text(f"{passage.time_s:.1f}", style=_FAINT)
    return time, Text(mark + _printable(passage.text), style=_STYLE.get(passage.kind, ""))


def _printable(text: str) -> str:
    """Without control characters: a tape may come from anybody, and a terminal obeys them."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
