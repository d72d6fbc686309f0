"""One micro-turn as a unit: it happens wholly or leaves no trace. Runs in a worker thread."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any

from engine.microturn import TURN_SAMPLES, Frame, InputTurn, OutputTurn, Session
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
    """What a micro-turn gave. damaged: sources whose picture could not be decoded."""

    out: OutputTurn
    damaged: tuple[str, ...] = ()


class Stepper:
    """Steps one session, and undoes a step that failed.

    A snapshot may copy the whole cache, so one is taken every 25 micro-turns only; undoing
    restores it and repeats what was committed since, which gives the same state again: that
    is what the session protocol promises.
    """

    def __init__(self, session: Session, rested: Rested | None = None) -> None:
        """rested: where to go on, if not at the beginning."""
        if rested is not None:
            session.restore(rested.state)
        self._session = session
        self._saved: Any = session.snapshot()
        self._saved_turn = rested.turns if rested is not None else 0
        self._since: list[Arrivals] = []
        self.cpu_s = 0.0  # of the newest micro-turn, in its own thread

    def advance(self, arrivals: Arrivals) -> Done:
        """Raises Aborted after undoing a failed step, Broken when that is impossible."""
        began_s = time.thread_time()
        try:
            return self._advance(arrivals)
        finally:
            self.cpu_s = time.thread_time() - began_s

    def state(self) -> Any:
        """As it is now; a value."""
        return self._session.snapshot()

    @property
    def saved(self) -> tuple[int, Any]:
        """The newest snapshot, and after how many micro-turns it was taken."""
        return self._saved_turn, self._saved

    def _advance(self, arrivals: Arrivals) -> Done:
        index = self._saved_turn + len(self._since)
        turn, damaged = input_turn(index, arrivals)
        try:
            out = self._session.step(turn)
            _check(out, index)
        except Exception as error:
            # The type alone: the message of an error may quote the conversation.
            log.error("micro-turn %d failed with %s", index, type(error).__name__)
            self._undo()
            raise Aborted from error
        self._commit(arrivals)
        return Done(out, damaged)

    def _commit(self, arrivals: Arrivals) -> None:
        self._since.append(arrivals)
        if len(self._since) == SNAPSHOT_EVERY_TURNS:
            self._saved = self._session.snapshot()
            self._saved_turn += len(self._since)
            self._since = []

    def _undo(self) -> None:
        try:
            self._session.restore(self._saved)
            for index, arrivals in enumerate(self._since, self._saved_turn):
                self._session.step(input_turn(index, arrivals)[0])
        except Exception as error:
            log.error("undoing it failed with %s", type(error).__name__)
            raise Broken from error


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
