"""`startstop`: "say start when it begins and stop when it ends", after Charades.

Temporal intersection over union, in percent of what either covers, between the stretches that the
session calls ("start" said, until "stop" said or the end) and the true ones. Who says nothing has
0; who says "start" at once and never "stop" has the share of the video that the action fills.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from engine.evaluation.course import Measure, Trial, Values, case
from engine.evaluation.seeing.watched import SHOW_S, Seen
from engine.evaluation.take import Take

START, STOP = "start", "stop"
Stretch = tuple[float, float]
MEASURES: Mapping[str, Measure] = {
    "iou": Measure("videos"), "iou_over_half": Measure("videos"),
    "called": Measure("videos"),
}  # fmt: skip


@dataclass(frozen=True)
class Action:
    """stretches: when it goes on, in the video's seconds, in order. begins_s: the video itself, in
    stream seconds."""

    path: Path
    seconds: float
    order: str
    stretches: tuple[Stretch, ...]
    begins_s: float = SHOW_S


@dataclass(frozen=True)
class StartStop:
    """The course over one source. A trial's truth is its `Action`."""

    source: Seen
    name: str = "startstop"
    measures = MEASURES

    @property
    def about(self) -> Mapping[str, str]:
        return {"event_times": self.source.times, "clock": "stream"}

    def names(self) -> Sequence[str]:
        return self.source.names()

    def trial(self, key: str) -> Trial:
        return self.source.trial(key)

    def values(self, trial: Trial, takes: Sequence[Take]) -> Values:
        return values(trial.truth, takes[0])


def values(truth: Action, take: Take) -> Values:
    found = called(take, truth.seconds, truth.begins_s)
    iou = overlap(found, truth.stretches)
    return {"iou": case(iou), "iou_over_half": case(iou >= 0.5), "called": case(bool(found))}


def called(take: Take, seconds: float, begins_s: float = SHOW_S) -> list[Stretch]:
    """The stretches that the session calls, in the video's seconds."""
    found: list[Stretch] = []
    begun: float | None = None
    for word in take.said:
        time_s = min(max(0.0, word.time_s - begins_s), seconds)
        if word.text == START and begun is None:
            begun = time_s
        elif word.text == STOP and begun is not None:
            found.append((begun, time_s))
            begun = None
    return found if begun is None else [*found, (begun, seconds)]


def overlap(ours: Sequence[Stretch], theirs: Sequence[Stretch]) -> float:
    """Intersection over union of two sets of stretches, 0 to 1; of nothing and nothing, 0."""
    edges = sorted({edge for stretch in (*ours, *theirs) for edge in stretch})
    both = either = 0.0
    for a, b in pairwise(edges):
        in_ours, in_theirs = (any(s <= a and b <= e for s, e in one) for one in (ours, theirs))
        both += (b - a) * (in_ours and in_theirs)
        either += (b - a) * (in_ours or in_theirs)
    return both / either if either else 0.0
