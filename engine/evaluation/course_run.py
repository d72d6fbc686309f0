"""Plays the trials of a course to the model and to the baselines, here or in several processes."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.evaluation.baselines import ANSWERING
from engine.evaluation.course import Course, Outcome, Trial
from engine.evaluation.play import play
from engine.evaluation.results import OURS
from engine.evaluation.skills import generator
from engine.evaluation.suite import one_processor
from engine.evaluation.take import Take
from engine.microturn import Engine, InputTurn, OutputTurn, Session
from engine.runtime import load


@dataclass(frozen=True)
class Setting:
    """model: a checkpoint, None for the shipped one."""

    model: Path | None = None
    seed: int = 0
    baselines: bool = True


class Performer:
    """Plays trials of one course; the model is loaded once."""

    def __init__(self, course: Course, setting: Setting, engine: Engine | None = None) -> None:
        self._course, self._setting = course, setting
        self._engine = engine or load(setting.model)

    def outcomes(self, key: str) -> list[Outcome]:
        """The model's first, then those of the baselines."""
        trial = self._course.trial(key)
        return [self._outcome(trial, name, new) for name, new in self._systems(key).items()]

    def _systems(self, key: str) -> Mapping[str, Callable[[], Session]]:
        seed = int(generator(self._setting.seed, key, 0, 2).integers(2**31))
        ours = {OURS: lambda: self._engine.session(seed)}
        return {**ours, **(ANSWERING if self._setting.baselines else {})}

    def _outcome(self, trial: Trial, system: str, new: Callable[[], Session]) -> Outcome:
        sessions = [_Timed(new()) for _ in trial.stimuli]
        takes = [play(one, given) for one, given in zip(sessions, trial.stimuli, strict=True)]
        values = self._course.values(trial, takes)
        record = {**_record(trial, system, takes), "values": values}
        took = tuple(ms for one in sessions for ms in one.took_ms) if system == OURS else ()
        return Outcome(trial.key, trial.kind, system, values, record, took)


class _Timed:
    """A session that notes what each of its micro-turns took."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.took_ms: list[float] = []

    def step(self, turn: InputTurn) -> OutputTurn:
        begun = time.perf_counter()
        output = self._session.step(turn)
        self.took_ms.append(round(1000 * (time.perf_counter() - begun), 2))
        return output

    def snapshot(self) -> Any:
        return self._session.snapshot()

    def restore(self, state: Any) -> None:
        self._session.restore(state)


def _record(trial: Trial, system: str, takes: Sequence[Take]) -> dict[str, Any]:
    """What one needs to see what happened; times in stream seconds."""
    return {
        "trial": trial.key,
        "kind": trial.kind,
        "system": system,
        "truth": trial.told or repr(trial.truth),
        "said": [
            [[round(u.start_s, 3), round(u.stop_s, 3), u.text] for u in take.utterances]
            for take in takes
        ],
    }


def run(
    course: Course, setting: Setting, jobs: int, watch: Callable[[], None] = lambda: None
) -> list[Outcome]:
    """Outcomes in the order of the course's keys. watch: called after each trial.

    Raises CheckpointError, CourseError, MediaDirectoryError, MediaError and VoiceError.
    """
    found: list[Outcome] = []
    for outcomes in _played(course, setting, jobs):
        found += outcomes
        watch()
    return found


def _played(course: Course, setting: Setting, jobs: int) -> Iterator[list[Outcome]]:
    keys = course.names()
    if jobs <= 1:
        with one_processor():
            performer = Performer(course, setting)
        yield from map(performer.outcomes, keys)
        return
    load(setting.model)  # what is wrong with a checkpoint is told here, not by a broken pool
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _enter, (course, setting)) as pool:
        yield from pool.map(_in_process, keys)


_performers: list[Performer] = []  # one in each process of the pool, put there by `_enter`


def _enter(course: Course, setting: Setting) -> None:
    with one_processor():
        _performers.append(Performer(course, setting))


def _in_process(key: str) -> list[Outcome]:
    return _performers[0].outcomes(key)
