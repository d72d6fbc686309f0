"""One replay from beginning to end: feeds the session, shows it, keeps it, checks it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from engine.background.endpoint import Endpoint
from engine.microturn import Engine
from engine.replay.beside import Background, Beside, Nothing
from engine.replay.check import conditions_changed, first_difference
from engine.replay.checkpoint import fingerprint
from engine.replay.errors import OutputError, ReplayError
from engine.replay.events import Event, EventStream
from engine.replay.json_view import JsonView
from engine.replay.recording import Recording
from engine.replay.session import AsFastAsItGoes, RealTime, Step, Tail, drive
from engine.replay.stream import Source
from engine.replay.summary import Summary
from engine.replay.tape import Tape, TapeHeader
from engine.replay.terminal import TerminalView

Load = Callable[[Path | None], Engine]
PIPED_WIDTH = 100


def load_engine(checkpoint: Path | None) -> Engine:
    """The model of a checkpoint folder, or the shipped one. Raises ReplayError."""
    from engine.runtime import CheckpointError, load

    try:
        return load(checkpoint)
    except CheckpointError as error:
        raise ReplayError(str(error)) from error


def _fingerprint(checkpoint: Path | None) -> str:
    from engine.runtime import shipped

    return fingerprint(checkpoint or shipped())


@dataclass(frozen=True)
class Wishes:
    """What the person asked for."""

    seed: int
    speed: str = "max"
    json: bool = False
    out: Path | None = None
    model: Path | None = None
    check: bool = False
    mind: Callable[[], Endpoint | None] = lambda: None


class Performance:
    """Feeds `feed` to a fresh session. Raises ReplayError where it cannot go on."""

    def __init__(self, feed: Source | Tape, wishes: Wishes, load: Load) -> None:
        engine = load(wishes.model)
        self._feed, self._wishes = feed, wishes
        self._session = engine.session(wishes.seed)
        self._header = TapeHeader(wishes.seed, engine.name, _fingerprint(wishes.model))
        self._events = EventStream()
        self._summary = Summary()
        self._records: list[dict[str, object]] = []

    def run(self) -> int:
        """The exit status: 0, or 1 where --check found a difference."""
        with self._view() as view, self._keeping() as recording, self._beside() as beside:
            for step in self._steps(beside):
                events = self._events.of(step.given, step.output)
                self._note(events)
                self._summary.add(step)
                view.show(step, events)
                if recording:
                    recording.write(step, events)
            last = self._events.finish()
            self._note(last)
            view.finish(last)
            if recording:
                recording.finish(last)
        self._tell(view)
        return self._check() if self._wishes.check else 0

    def _beside(self) -> AbstractContextManager[Beside]:
        """A tape holds what the background brought; anything else has one of its own."""
        if isinstance(self._feed, Tape):
            return nullcontext(Nothing())
        return Background(self._wishes.mind)

    def _steps(self, beside: Beside) -> Iterator[Step]:
        pace = RealTime() if self._wishes.speed == "real" else AsFastAsItGoes()
        return drive(self._session, self._feed.input_turns(), pace, self._tail(), beside)

    def _tail(self) -> Tail | None:
        """A tape holds its tail already, and a check compares with nothing but the tape."""
        if self._wishes.check:
            return None
        return Tail(self._wishes.seed, after_input=isinstance(self._feed, Source))

    def _view(self) -> TerminalView | JsonView:
        if self._wishes.json:
            return JsonView(self._feed.turns)
        width = None if sys.stdout.isatty() else PIPED_WIDTH
        return TerminalView(Console(width=width, highlight=False), self._feed.turns)

    @contextmanager
    def _keeping(self) -> Iterator[Recording | None]:
        """The recording that --out asks for. Whatever ends the session, what happened until
        then is kept as well as the disk allows."""
        if self._wishes.out is None:
            yield None
            return
        recording = Recording(self._wishes.out, self._header, self._feed.title)
        try:
            yield recording
        except OutputError:
            recording.abandon()
            raise
        except BaseException:
            recording.finish(self._events.finish())
            raise

    def _note(self, events: Sequence[Event]) -> None:
        self._summary.add_events(events)
        if self._wishes.check:
            self._records.extend(event.record() for event in events)

    def _tell(self, view: TerminalView | JsonView) -> None:
        view.summary(self._summary)
        kept = [f"kept in {self._wishes.out}"] if self._wishes.out else []
        for line in [*self._feed.notes(), *kept]:
            print(line, file=sys.stderr)

    def _check(self) -> int:
        assert isinstance(self._feed, Tape)
        difference = first_difference(self._feed, self._records)
        if difference is None:
            print(f"check: the same {len(self._records)} events", file=sys.stderr)
            return 0
        for reason in conditions_changed(self._feed, self._header):
            print(f"check: {reason}", file=sys.stderr)
        print(f"check: {difference}", file=sys.stderr)
        return 1
