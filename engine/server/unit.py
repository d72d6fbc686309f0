"""One micro-turn as a unit: it happens wholly or leaves no trace. Runs in a worker thread."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any, Protocol

from engine.microturn import TURN_SAMPLES, Frame, InputTurn, OutputTurn, Reversible, Session
from engine.server.inbox import Arrivals
from engine.server.picture import Picture
from engine.server.rest import Rested

log = logging.getLogger(__name__)

SNAPSHOT_EVERY_TURNS = 25


class Aborted(Exception):
    """The micro-turn failed and the session is as it was before it."""


class Broken(Exception):
    """The micro-turn failed and could not be undone; the session is of no use any more."""


@dataclass(frozen=True)
class Done:
    """What a micro-turn gave. damaged: sources whose picture could not be decoded; state: the
    session's after it, a value, if it was asked for."""

    out: OutputTurn
    damaged: tuple[str, ...] = ()
    state: Any = None


class Stepper:
    """Steps one session, and undoes a step that failed."""

    def __init__(self, session: Session, rested: Rested | None = None) -> None:
        """rested: where to go on, if not at the beginning."""
        if rested is not None:
            session.restore(rested.state)
        self._session = session
        self._turn = rested.turns if rested is not None else 0
        self._way = _way(session, self._turn)
        self.cpu_s = 0.0  # of the newest micro-turn, in its own thread

    def advance(self, arrivals: Arrivals, keep: bool = False) -> Done:
        """keep: whether to give the state after it, which copies the whole cache.

        Raises Aborted after undoing a failed step, Broken when that is impossible.
        """
        began_s = time.thread_time()
        try:
            out, damaged = self._advance(arrivals)
            return Done(out, damaged, self.state() if keep else None)
        finally:
            self.cpu_s = time.thread_time() - began_s

    def state(self) -> Any:
        """As it is now; a value."""
        return self._session.snapshot()

    def _advance(self, arrivals: Arrivals) -> tuple[OutputTurn, tuple[str, ...]]:
        turn, damaged = input_turn(self._turn, arrivals)
        self._way.begin()
        try:
            out = self._session.step(turn)
            _check(out, self._turn)
        except Exception as error:
            # The type alone: the message of an error may quote the conversation.
            log.error("micro-turn %d failed with %s", self._turn, type(error).__name__)
            self._undo()
            raise Aborted from error
        self._way.commit(arrivals)
        self._turn += 1
        return out, damaged

    def _undo(self) -> None:
        try:
            self._way.undo()
        except Exception as error:
            log.error("undoing it failed with %s", type(error).__name__)
            raise Broken from error


class _Way(Protocol):
    """Back to before the micro-turn that was begun last."""

    def begin(self) -> None: ...

    def commit(self, arrivals: Arrivals) -> None: ...

    def undo(self) -> None: ...


def _way(session: Session, turn: int) -> _Way:
    return _Marks(session) if isinstance(session, Reversible) else _Snapshots(session, turn)


class _Marks:
    """Of a session that knows the way itself."""

    def __init__(self, session: Reversible) -> None:
        self._session = session
        self._mark: Any = None

    def begin(self) -> None:
        self._mark = self._session.mark()

    def commit(self, arrivals: Arrivals) -> None:
        self._mark = None

    def undo(self) -> None:
        self._session.go_back(self._mark)


class _Snapshots:
    """Of any session. A snapshot may copy much, so one is taken every 25 micro-turns only; undoing
    restores it and repeats what was committed since, which gives the same state again: that is
    what the session protocol promises.
    """

    def __init__(self, session: Session, turn: int) -> None:
        self._session = session
        self._saved, self._saved_turn = session.snapshot(), turn
        self._since: list[Arrivals] = []

    def begin(self) -> None:
        pass

    def commit(self, arrivals: Arrivals) -> None:
        self._since.append(arrivals)
        if len(self._since) == SNAPSHOT_EVERY_TURNS:
            self._saved = self._session.snapshot()
            self._saved_turn += len(self._since)
            self._since = []

    def undo(self) -> None:
        self._session.restore(self._saved)
        for index, arrivals in enumerate(self._since, self._saved_turn):
            self._session.step(input_turn(index, arrivals)[0])


def input_turn(index: int, arrivals: Arrivals) -> tuple[InputTurn, tuple[str, ...]]:
    """What arrived as the session takes it, and the sources of damaged pictures."""
    frames, damaged = _decode(arrivals.pictures)
    turn = InputTurn(
        index=index,
        audio=arrivals.audio,
        camera=frames.get("camera"),
        screen=frames.get("screen"),
        text=arrivals.typed.content if arrivals.typed else "",
        updates=tuple(words.update() for words in arrivals.updates),
        addressed=arrivals.addressed,
    )
    return turn, damaged


def _decode(pictures: tuple[Picture, ...]) -> tuple[dict[str, Frame], tuple[str, ...]]:
    frames: dict[str, Frame] = {}
    damaged = []
    for picture in pictures:
        try:
            frames[picture.source] = picture.decode()
        except ValueError:
            damaged.append(picture.source)
    return frames, tuple(damaged)


def _check(out: OutputTurn, index: int) -> None:
    if out.index != index:
        raise ValueError(f"the engine answered micro-turn {out.index} instead of {index}")
    if out.audio is not None and out.audio.shape != (TURN_SAMPLES,):
        raise ValueError(f"the voice has shape {out.audio.shape}, needs ({TURN_SAMPLES},)")
