"""`fdb1` over a folder in the benchmark's own layout, as its makers publish it (CC BY-NC 4.0).

Read below `--folder DIR`, at any depth: `<task>/<id>/input.wav` with, by task,

    candor_pause_handling, synthetic_pause_handling   pause.json        [{"timestamp": [from, to]}]
    candor_turn_taking                                turn_taking.json  [{"timestamp": [end, ...]}]
    synthetic_user_interruption                       interrupt.json    [{"timestamp": [from, to]}]
    icc_backchannel                                   -

and beside the ids of icc_backchannel, if there, `icc_gt_distribution.json`: {id: [share by 0.2 s]}.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.evaluation.course import CourseError, Trial
from engine.evaluation.duplex.fdb1 import Floor, Task
from engine.evaluation.duplex.timeline import recorded
from engine.evaluation.play import ALWAYS, Stimulus
from engine.evaluation.skills import generator
from engine.microturn import SAMPLE_RATE_HZ
from engine.training.people import decoded

AFTER_S = 6.0
TASKS: dict[str, tuple[Task, str]] = {
    "candor_pause_handling": ("pause", "pause.json"),
    "synthetic_pause_handling": ("pause", "pause.json"),
    "candor_turn_taking": ("turn", "turn_taking.json"),
    "synthetic_user_interruption": ("interruption", "interrupt.json"),
    "icc_backchannel": ("backchannel", ""),
}
PEOPLE = "icc_gt_distribution.json"


@dataclass(frozen=True)
class Fdb1Folder:
    """limit: trials of each task, at most."""

    directory: Path
    limit: int | None = None
    seed: int = 0
    word_times: str = "the folder's annotation"

    def names(self) -> Sequence[str]:
        found = [key for task in TASKS for key in _of(self.directory, task)[: self.limit]]
        if not found:
            raise CourseError(
                f"{self.directory} holds none of {', '.join(TASKS)} with input.wav in them: "
                "give the folder into which Full-Duplex-Bench v1 was unpacked"
            )
        return found

    def trial(self, key: str) -> Trial:
        folder = self.directory / key
        task, file = TASKS[folder.parent.name]
        audio = decoded(folder / "input.wav")
        length_s = len(audio) / SAMPLE_RATE_HZ
        marks = _marks(folder / file) if file else []
        floor = _floor(task, length_s, marks, self._people.get(folder.name, ()))
        rng = generator(self.seed, f"fdb1/{key}", 0, 5)
        wave = recorded(audio).wave(max(floor.until_s, length_s), rng)
        return Trial(key, folder.parent.name, (Stimulus(wave, held=ALWAYS),), floor)

    @cached_property
    def _people(self) -> dict[str, tuple[float, ...]]:
        found = sorted(self.directory.rglob(PEOPLE))
        return {name: tuple(shares) for name, shares in _json(found[0]).items()} if found else {}


def _of(directory: Path, task: str) -> list[str]:
    waves = sorted(directory.glob(f"**/{task}/*/input.wav"), key=_natural)
    return [str(wave.parent.relative_to(directory)) for wave in waves]


def _natural(path: Path) -> tuple[str, int, str]:
    name = path.parent.name
    return str(path.parent.parent), int(name) if name.isdigit() else -1, name


def _floor(
    task: Task, length_s: float, marks: Sequence[tuple[float, float]], people: tuple[float, ...]
) -> Floor:
    if task == "pause":
        return Floor(task, 0.0, length_s, length_s, tuple(marks))
    if task == "backchannel":
        return Floor(task, 0.0, length_s, length_s, people=people)
    end_s = marks[0][0] if task == "turn" else marks[0][1]
    since_s = 0.0 if task == "turn" else end_s
    return Floor(task, since_s, max(length_s, end_s + AFTER_S), end_s)


def _marks(path: Path) -> list[tuple[float, float]]:
    try:
        return [(float(a), float(b)) for a, b in (one["timestamp"] for one in _json(path))]
    except (KeyError, TypeError, ValueError) as error:
        raise CourseError(f'{path} holds no [{{"timestamp": [a, b]}}, ...] ({error!r})') from error


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CourseError(f"{path} cannot be read as JSON: {error}") from error
