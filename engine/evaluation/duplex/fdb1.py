"""`fdb1`: pauses, turn ends, interruptions and backchannels, as Full-Duplex-Bench v1 defines them.

Re-implemented from the published definition; none of its code or sound is here. What needs a
judge (how fitting an answer is) is not measured. A takeover of a pause is an error, one of a
turn's end is wanted; latency alone can be gamed by whoever takes pauses over, or begins before the
user has ended, which the definition counts as no latency at all. So both are stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from engine.evaluation.course import Case, Measure, Trial, Values, case
from engine.evaluation.duplex.backchannel import divergence, histogram
from engine.evaluation.duplex.takeover import backchannels, spoken
from engine.evaluation.take import Take

Task = Literal["pause", "turn", "interruption", "backchannel", "wrong"]


@dataclass(frozen=True)
class Floor:
    """since_s, until_s: the window in which what the system says is judged. end_s: of the user's
    last word there. pauses: (start, end) of the marked ones. people: when people would give a
    backchannel, as a histogram in 0.2 s bins."""

    task: Task
    since_s: float
    until_s: float
    end_s: float
    pauses: tuple[tuple[float, float], ...] = ()
    people: tuple[float, ...] = ()


class Source(Protocol):
    """Where trials come from: a folder in the benchmark's layout, or texts that are spoken."""

    @property
    def word_times(self) -> str: ...

    def names(self) -> Sequence[str]: ...

    def trial(self, key: str) -> Trial: ...


MEASURES: Mapping[str, Measure] = {
    "takeover": Measure("trials"),
    "latency_median_s": Measure("takeovers", "median"),
    "latency_mean_s": Measure("takeovers"),
    "began_too_soon": Measure("takeovers"),
    "pauses_started_in": Measure("pauses"),
    "backchannels_per_second": Measure("trials", "rate"),
    "backchannel_divergence": Measure("trials"),
}


@dataclass(frozen=True)
class Fdb1:
    """The course over one source. A trial's truth is its `Floor`."""

    source: Source
    name: str = "fdb1"
    measures = MEASURES

    @property
    def about(self) -> Mapping[str, str]:
        return {"word_times": self.source.word_times, "clock": "stream"}

    def names(self) -> Sequence[str]:
        return self.source.names()

    def trial(self, key: str) -> Trial:
        return self.source.trial(key)

    def values(self, trial: Trial, takes: Sequence[Take]) -> Values:
        return values(trial.truth, takes[0])


def values(floor: Floor, take: Take) -> Values:
    found = spoken(take, floor.since_s, floor.until_s)
    given: dict[str, tuple[Case, ...]] = {"takeover": case(found.takes_over)}
    if found.takes_over and floor.task in ("turn", "interruption"):
        latency = case(found.latency_s(floor.end_s))
        given |= {
            "latency_median_s": latency, "latency_mean_s": latency,
            "began_too_soon": case(found.voices[0][0] < floor.end_s),
        }  # fmt: skip
    if floor.pauses:
        given["pauses_started_in"] = tuple(
            (float(any(a <= u.start_s < b for u in take.utterances)), 1.0)
            for a, b in floor.pauses
        )  # fmt: skip
    return given | (_backchannels(floor, take) if floor.task == "backchannel" else {})


def _backchannels(floor: Floor, take: Take) -> dict[str, tuple[Case, ...]]:
    times_s = [u.start_s for u in backchannels(take, floor.until_s)]
    given = {"backchannels_per_second": case(len(times_s), floor.until_s)}
    if floor.people:
        ours = histogram(times_s, floor.until_s)
        given["backchannel_divergence"] = case(divergence(ours, np.asarray(floor.people)))
    return given
