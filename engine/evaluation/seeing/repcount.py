"""`repcount`: repetitions counted aloud while they are seen, after RepCount-A.

As Thinking Machines Lab states it: the last number said after the penultimate repetition ended
must be within one of the true count. `exact` wants the count itself; `error` is the difference's
share of the count, 1 where no number was said. The order is typed; the video is the camera.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.course import Measure, Trial, Values, case
from engine.evaluation.seeing.counted import numbers
from engine.evaluation.seeing.watched import SHOW_S, Seen
from engine.evaluation.take import Take

ORDER = "would you count my {action}"
ON_TIME_S = 1.0
MEASURES: Mapping[str, Measure] = {
    "within_one": Measure("videos"),
    "exact": Measure("videos"),
    "error": Measure("videos"),
    "each_on_time": Measure("repetitions"),
}


@dataclass(frozen=True)
class Repetitions:
    """ends_s: when each repetition is done, in the video's seconds. begins_s: the video itself,
    in stream seconds."""

    path: Path
    seconds: float
    action: str
    count: int
    ends_s: tuple[float, ...]
    begins_s: float = SHOW_S

    @property
    def order(self) -> str:
        return ORDER.format(action=self.action)

    @property
    def penultimate_s(self) -> float:
        """0 where there is but one."""
        return self.ends_s[-2] if len(self.ends_s) > 1 else 0.0


@dataclass(frozen=True)
class RepCount:
    """The course over one source. A trial's truth is its `Repetitions`."""

    source: Seen
    name: str = "repcount"
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


def values(truth: Repetitions, take: Take) -> Values:
    said = numbers(take.said)
    late = [one.value for one in said if one.time_s > truth.begins_s + truth.penultimate_s]
    off = abs(late[-1] - truth.count) if late else None
    timely = [
        any(n.value == i and abs(n.time_s - truth.begins_s - end_s) <= ON_TIME_S for n in said)
        for i, end_s in enumerate(truth.ends_s, 1)
    ]
    return {
        "within_one": case(off is not None and off <= 1),
        "exact": case(off == 0),
        "error": case(1.0 if off is None else off / max(1, truth.count)),
        "each_on_time": case(sum(timely), len(timely)) if timely else (),
    }
