"""`turns`: false cut-offs against latency, as eot-bench measures the end of turns (LiveKit).

A turn is given with its silences; the last one ends it, every earlier one is to be held. The
session decides by beginning to speak. As there, a policy is laid over the decisions and swept: a
delay that each decision must outlast, and a silence after which the turn counts as over anyway.
The sweep rests on one run: a decision that a delay suppresses is not made anew. `silence timer` is
the policy without any decision, the benchmark's own baseline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluation.course import Case, Measure, Trial, Values, case
from engine.evaluation.duplex.fdb1 import Source
from engine.evaluation.take import Take

SHORTEST_S, LONGEST_S, HORIZON_S = 0.2, 5.0, 3.0
DELAYS_S = np.round(np.arange(0.0, 1.65, 0.05), 3)
TIMEOUTS_S = np.round(np.arange(0.1, HORIZON_S + 0.05, 0.1), 3)
Span = tuple[float, float]

MEASURES: Mapping[str, Measure] = {
    "false_cutoffs": Measure("pauses"),
    "turns_cut_off": Measure("turns"),
    "talked_over": Measure("turns"),
    "answered_within_3_s": Measure("turns"),
    "latency_median_s": Measure("turns answered", "median"),
    "latency_mean_s": Measure("turns answered"),
}


@dataclass(frozen=True)
class Turn:
    """silences: every one of at least 0.1 s, in stream seconds; the last one ends the turn."""

    silences: tuple[Span, ...]

    @property
    def end_s(self) -> float:
        return self.silences[-1][0]

    @property
    def holds(self) -> tuple[Span, ...]:
        """The pauses that count: 0.2 to 5 s, as in the benchmark."""
        return tuple(
            (a, b) for a, b in self.silences[:-1] if SHORTEST_S - 1e-9 <= b - a <= LONGEST_S
        )


@dataclass(frozen=True)
class Decisions:
    """holds: of each pause its length, and after how much of it the session spoke (None: it did
    not). end: the same after the turn's end."""

    holds: tuple[tuple[float, float | None], ...]
    end: float | None


def decisions(turn: Turn, take: Take) -> Decisions:
    starts = [utterance.start_s for utterance in take.utterances]
    holds = tuple((b - a, _first(starts, a, b)) for a, b in turn.holds)
    return Decisions(holds, _first(starts, turn.end_s, turn.end_s + HORIZON_S))


def _first(starts: Sequence[float], since_s: float, until_s: float) -> float | None:
    return next((s - since_s for s in starts if since_s <= s < until_s), None)


@dataclass(frozen=True)
class Turns:
    """The course over one source. A trial's truth is its `Turn`."""

    source: Source
    name: str = "turns"
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


def values(turn: Turn, take: Take) -> Values:
    found = decisions(turn, take)
    cut = [(float(fired is not None), 1.0) for _, fired in found.holds]
    starts = [u.start_s for u in take.utterances if u.start_s < turn.end_s]
    over = any(not any(a <= s < b for a, b in turn.silences) for s in starts)
    given: dict[str, tuple[Case, ...]] = {
        "false_cutoffs": tuple(cut),
        "turns_cut_off": case(any(top for top, _ in cut)),
        "talked_over": case(over),
        "answered_within_3_s": case(found.end is not None),
        "decisions": (*((length, -1.0 if f is None else f) for length, f in found.holds),
                      (-1.0, -1.0 if found.end is None else found.end)),
    }  # fmt: skip
    if found.end is not None:
        given |= {"latency_median_s": case(found.end), "latency_mean_s": case(found.end)}
    return given
