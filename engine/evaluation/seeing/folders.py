"""Public video benchmarks as they are unpacked. None of their data is part of this project.

RepCount-A (SVIP lab)   annotation/test.csv: type, name, count, L1, L2, ... (first and last picture
                        of each repetition, empty at the end); video/test/NAME
Charades (AI2)          Charades_v1_test.csv: id, length, actions ("c092 11.90 21.20;..."), ...;
                        Charades_v1_classes.txt: "c092 Turning on a light"; the videos, ID.mp4, in
                        Charades_v1_480 or any folder below
ProactiveVideoQA        TASK/anno.json: [{"video", "question_id", "duration", "conversation":
                        [{"role", "content", "time"}], "answer": [{"content", "reply_timespan"}]}];
                        TASK/videos/NAME. A question is typed before its video begins
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.evaluation.course import CourseError
from engine.evaluation.seeing.proactive import Answer, Question
from engine.evaluation.seeing.repcount import Repetitions
from engine.evaluation.seeing.startstop import Action
from engine.replay.decoders import open_container

_PICTURE_HZ = 30.0


@dataclass(frozen=True)
class RepCountA:
    directory: Path
    kind: str = "RepCount-A test"
    times: str = "the folder's annotation"

    def videos(self) -> Mapping[str, tuple[str, Repetitions]]:
        return {name: (self.kind, one) for name, one in self._videos.items()}

    @cached_property
    def _videos(self) -> dict[str, Repetitions]:
        path = self.directory / "annotation" / "test.csv"
        return {row["name"]: self._video(path, row) for row in _rows(path) if _whole(row)}

    def _video(self, table: Path, row: Mapping[str, str]) -> Repetitions:
        path = self.directory / "video" / "test" / row["name"]
        seconds, rate_hz = _clock(path)
        marks = [row[f"L{i}"] for i in range(1, 2 * int(row["count"]) + 1) if row.get(f"L{i}")]
        try:
            ends = tuple(float(mark) / rate_hz for mark in marks[1::2])
            action = row["type"].replace("_", " ") + "s"
            return Repetitions(path, seconds, action, int(row["count"]), ends)
        except ValueError as error:
            raise CourseError(f"{table}: {row['name']} has marks that are no numbers") from error


def _whole(row: Mapping[str, str]) -> bool:
    return row.get("count", "").isdecimal() and int(row["count"]) > 0


@dataclass(frozen=True)
class Charades:
    directory: Path
    kind: str = "Charades test"
    times: str = "the folder's annotation"

    def videos(self) -> Mapping[str, tuple[str, Action]]:
        return {name: (self.kind, one) for name, one in self._videos.items()}

    @cached_property
    def _videos(self) -> dict[str, Action]:
        names = self._classes()
        found: dict[str, Action] = {}
        for row in _rows(self.directory / "Charades_v1_test.csv"):
            for code, stretches in _actions(row["actions"]).items():
                order = (
                    f"say start when you see somebody {names.get(code, code)} and stop when it ends"
                )
                path = self._path(row["id"])
                found[f"{row['id']}/{code}"] = Action(path, float(row["length"]), order, stretches)
        return found

    def _classes(self) -> dict[str, str]:
        path = self.directory / "Charades_v1_classes.txt"
        lines = _text(path).splitlines()
        return {code: text.lower() for code, _, text in (line.partition(" ") for line in lines)}

    def _path(self, name: str) -> Path:
        usual = self.directory / "Charades_v1_480" / f"{name}.mp4"
        if usual.is_file():
            return usual
        return next(iter(sorted(self.directory.rglob(f"{name}.mp4"))), usual)


def _actions(text: str) -> dict[str, tuple[tuple[float, float], ...]]:
    """Stretches by class, in order."""
    found: dict[str, list[tuple[float, float]]] = {}
    for part in text.split(";"):
        code, *times = part.split()[:3] or [""]
        if len(times) == 2:
            found.setdefault(code, []).append((float(times[0]), float(times[1])))
    return {code: tuple(sorted(stretches)) for code, stretches in found.items()}


@dataclass(frozen=True)
class ProactiveVideos:
    directory: Path
    times: str = "the folder's annotation"

    def videos(self) -> Mapping[str, tuple[str, Question]]:
        return self._questions

    @cached_property
    def _questions(self) -> dict[str, tuple[str, Question]]:
        found = {f"{task}/{name}": (task, one) for task, name, one in self._all()}
        if not found:
            raise CourseError(f"{self.directory} holds no TASK/anno.json: give ProactiveVideoQA's")
        return found

    def _all(self) -> Iterator[tuple[str, str, Question]]:
        for path in sorted(self.directory.glob("*/anno.json")):
            for row in _json(path):
                try:
                    yield path.parent.name, str(row["question_id"]), _question(path.parent, row)
                except (KeyError, TypeError, ValueError, IndexError) as error:
                    raise CourseError(f"{path} is not as published ({error!r})") from error


def _question(folder: Path, row: Mapping[str, Any]) -> Question:
    answers = tuple(
        Answer(a["content"], float(a["reply_timespan"][0]), float(a["reply_timespan"][1]))
        for a in row["answer"]
    )
    path, text = folder / "videos" / row["video"], row["conversation"][0]["content"]
    return Question(path, float(row.get("duration") or _clock(path)[0]), text, answers)


def _clock(path: Path) -> tuple[float, float]:
    """Length in seconds and pictures a second. Raises MediaError."""
    with open_container(path) as container:
        video = container.streams.video[0]
        rate_hz = float(video.average_rate or _PICTURE_HZ)
        return (container.duration or 0) / 1e6, rate_hz


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(path).splitlines()))


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except ValueError as error:
        raise CourseError(f"{path} cannot be read as JSON: {error}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{path} cannot be read ({error}): give the folder as unpacked"
        ) from error
