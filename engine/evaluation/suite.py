"""Plays many scenes to the model and to the baselines, in this process or in several."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.baselines import BASELINES, BLIND, Blind
from engine.evaluation.chain import played
from engine.evaluation.play import play
from engine.evaluation.results import OURS, SceneResult, result
from engine.evaluation.skills import SIGHT, Repertoire, generator
from engine.evaluation.surroundings import Surroundings
from engine.microturn import Engine
from engine.runtime import load

Task = tuple[str, int]
_CHUNK = 8


@dataclass(frozen=True)
class Setting:
    """What a run is made of. model: a checkpoint, None for the shipped one. chain: whether acts
    go to the background, which brings its own results, instead of those of a scene's author.
    toolkit: whose screens are shown alone, None for those that training draws too."""

    model: Path | None = None
    speech: Path | None = None
    noise: Path | None = None
    seed: int = 0
    baselines: bool = True
    chain: bool = False
    toolkit: str | None = None


class Player:
    """Plays scenes of one setting; everything it needs is loaded once."""

    def __init__(self, setting: Setting, engine: Engine | None = None) -> None:
        self.setting = setting
        self.engine = engine or load(setting.model)
        self.repertoire = Repertoire.with_people(setting.speech, setting.toolkit)
        self.surroundings = Surroundings.recorded(setting.noise)

    def results(self, task: Task) -> list[SceneResult]:
        """Of one scene: the model's result first, then those of the baselines."""
        skill, index = task
        seed = self.setting.seed
        scene = self.repertoire.scene(seed, skill, index)
        chance = generator(seed, skill, index, 1)
        own_seed = int(generator(seed, skill, index, 2).integers(2**31))
        sessions = {OURS: self.engine.session(own_seed)}
        if self.setting.baselines:
            sessions |= {name: new() for name, new in BASELINES.items()}
            if skill in SIGHT:
                sessions[BLIND] = Blind(self.engine.session(own_seed))
        if self.setting.chain:
            return played.results(scene, index, sessions, self.surroundings, chance)
        stimulus = self.surroundings.stimulus(scene, chance)
        return [
            result(scene, index, name, play(session, stimulus))
            for name, session in sessions.items()
        ]


def run(
    setting: Setting, tasks: Sequence[Task], jobs: int, watch: Callable[[], None]
) -> list[SceneResult]:
    """Results in the order of the tasks, whatever `jobs` is. watch: called after each scene.

    Raises CheckpointError, MediaDirectoryError.
    """
    found: list[SceneResult] = []
    for results in _played(setting, tasks, jobs):
        found += results
        watch()
    return found


def _played(setting: Setting, tasks: Sequence[Task], jobs: int) -> Iterator[list[SceneResult]]:
    if jobs <= 1:
        with one_processor():
            player = Player(setting)
        yield from map(player.results, tasks)
        return
    Player(setting)  # what is wrong is told here, not by a broken pool
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _enter, (setting,)) as pool:
        yield from pool.map(_in_process, tasks, chunksize=_CHUNK)


_players: list[Player] = []  # one in each process of the pool, put there by `_enter`


def _enter(setting: Setting) -> None:
    with one_processor():
        _players.append(Player(setting))


def _in_process(task: Task) -> list[SceneResult]:
    return _players[0].results(task)


@contextmanager
def one_processor() -> Iterator[None]:
    """While it is open, the process sees one processor.

    The runtime takes as many threads as it sees processors. On one, many scenes are done
    sooner: the way to use more is --jobs."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
