"""Real clips with event times: `--video DIR`, a folder with a manifest.

`manifest.jsonl` has one object a line: `path`, `seconds`, `action`, `count` and `events`, each with
its time `t`, its `type` and where several are alike a number `n` or a `label`; `time_error_s` says
how exact the times are. What a clip is asked about follows from the types of its events.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.evaluation.course import CourseError
from engine.evaluation.seeing.filmed import Watchable
from engine.evaluation.seeing.proactive import Answer, Question
from engine.evaluation.seeing.repcount import Repetitions
from engine.evaluation.seeing.startstop import Action
from engine.evaluation.seeing.watched import TAIL_S

USEFUL_S = 5.0
PAIRS: Mapping[str, tuple[str, str]] = {
    "enter": ("leave", "say start when something or somebody comes in and stop when they leave"),
    "walks": ("stands still", "say start when somebody walks and stop when they stand still"),
    "steps aside": ("comes back", "say start when he steps aside and stop when he comes back"),
}
COMES = "please tell me when somebody comes or goes"
TOLD: Mapping[str, tuple[str, str]] = {
    "enter": ("somebody has come in", COMES),
    "leave": ("they have left", COMES),
    "remove": ("a bottle was taken", "tell me when a bottle is taken or put back"),
    "add": ("a bottle was put back", "tell me when a bottle is taken or put back"),
    "steps aside": ("he stepped aside", "tell me when he steps aside or comes back"),
    "comes back": ("he came back", "tell me when he steps aside or comes back"),
    "gesture held": ("a thumb is up", "tell me when i hold up my thumb"),
    "palm open": ("the hand is open", "tell me when the hand is open"),
}

OTHERS: Mapping[str, tuple[str, ...]] = {
    "enter": ("somebody came in", "somebody is here", "a person entered"),
    "leave": ("somebody left", "somebody is gone", "a person left"),
    "gesture held": ("i see your hand", "thumbs up"),
    "palm open": ("i see your hand", "palm open"),
}


@dataclass(frozen=True)
class Clips:
    directory: Path
    kind: str = "real clips"
    times: str = "read by eye, within 0.2 to 0.5 s"

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        path = self.directory / "manifest.jsonl"
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            return [json.loads(line) for line in lines if line.strip()]
        except OSError as error:
            raise CourseError(
                f"{path} cannot be read ({error.strerror}): give --video DIR"
            ) from error
        except ValueError as error:
            raise CourseError(f"{path} cannot be read as JSON lines: {error}") from error

    def repetitions(self) -> Mapping[str, Repetitions]:
        return {
            row["path"]: Repetitions(
                self.directory / row["path"], row["seconds"], _action(row),
                row["count"], _times(row, "rep_done"),
            )
            for row in self._rows if row.get("count") and _times(row, "rep_done")
        }  # fmt: skip

    def actions(self) -> Mapping[str, Action]:
        found = {}
        for row in self._rows:
            for start, (stop, order) in PAIRS.items():
                stretches = _stretches(row, start, stop)
                if stretches:
                    path = self.directory / row["path"]
                    found[row["path"]] = Action(path, row["seconds"], order, stretches)
        return found

    def questions(self) -> Mapping[str, Question]:
        found = {}
        for row in self._rows:
            events = [e for e in row.get("events", ()) if e["type"] in TOLD and e["t"] > 0.3]
            if events:
                answers = tuple(_answer(row, event) for event in events)
                order = TOLD[events[0]["type"]][1]
                path = self.directory / row["path"]
                found[row["path"]] = Question(path, row["seconds"], order, answers)
        return found


def _action(row: Mapping[str, Any]) -> str:
    """ "push-ups (deep)" is "push ups"."""
    return str(row["action"]).split(" (")[0].replace("-", " ")


def _times(row: Mapping[str, Any], kind: str) -> tuple[float, ...]:
    return tuple(event["t"] for event in row.get("events", ()) if event["type"] == kind)


def _stretches(row: Mapping[str, Any], start: str, stop: str) -> tuple[tuple[float, float], ...]:
    """Each start with the next stop of the same number or label; without one, to the end."""
    events = row.get("events", ())
    found = []
    for begun in (event for event in events if event["type"] == start):
        ends = [
            e["t"] for e in events
            if e["type"] == stop and e["t"] > begun["t"]
            and (e.get("n"), e.get("label")) == (begun.get("n"), begun.get("label"))
        ]  # fmt: skip
        found.append((begun["t"], min(ends, default=row["seconds"])))
    return tuple(found)


def _answer(row: Mapping[str, Any], event: Mapping[str, Any]) -> Answer:
    until_s = min(event["t"] + USEFUL_S, row["seconds"] + TAIL_S)
    others = OTHERS.get(event["type"], ())
    return Answer(TOLD[event["type"]][0], event["t"], until_s, others)


@dataclass(frozen=True)
class ClipsOf:
    """The clips that one course can ask about."""

    clips: Clips
    found: Callable[[Clips], Mapping[str, Watchable]]

    @property
    def times(self) -> str:
        return self.clips.times

    def videos(self) -> Mapping[str, tuple[str, Watchable]]:
        return {name: (self.clips.kind, one) for name, one in self.found(self.clips).items()}
