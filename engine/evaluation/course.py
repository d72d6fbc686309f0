"""A course of trials: what each plays, what is measured in it, and how figures come of that.

A trial gives fresh sessions one or several stimuli; the course turns their takes into numbers by
rules alone. No model judges another here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from engine.evaluation import bootstrap
from engine.evaluation.bootstrap import Estimate
from engine.evaluation.figures import WHOLE, Figure, figure
from engine.evaluation.play import Stimulus
from engine.evaluation.results import OURS
from engine.evaluation.take import Take

Case = tuple[float, float]
Values = Mapping[str, Sequence[Case]]


class CourseError(Exception):
    """A course cannot be played with what was given."""


@dataclass(frozen=True)
class Trial:
    """key names it in its course; figures are stated by `kind`. truth: what judging needs. told:
    what its record says of that to a reader, where the truth itself would be too long."""

    key: str
    kind: str
    stimuli: tuple[Stimulus, ...]
    truth: Any = None
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What one system did in one trial. values: cases by measure, as `Measure` tells. turn_ms: what
    each micro-turn took on this machine."""

    key: str
    kind: str
    system: str
    values: Values
    record: Mapping[str, Any] = field(default_factory=dict)
    turn_ms: tuple[float, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Measure:
    """How cases become a figure. A case is (top, bottom); bottom is 1 where nothing is shared.

    ratio: sum of tops over sum of bottoms. rate: the same, over time; n counts the cases, where a
    ratio's counts the bottoms. median: of the tops. macro: also stated over all kinds, each
    weighing the same.
    """

    cases: str
    how: Literal["ratio", "rate", "median"] = "ratio"
    macro: bool = False

    def estimate(self, cases: Sequence[Case]) -> Estimate:
        tops, bottoms = zip(*cases, strict=True)
        if self.how == "median":
            return bootstrap.median(tops)
        found = bootstrap.ratio(tops, bottoms, rate=self.how == "rate")
        return replace(found, n=len(cases)) if self.how == "rate" else found


class Course(Protocol):
    """A suite of trials. It crosses between processes, so it holds settings and no sound."""

    @property
    def name(self) -> str: ...

    @property
    def measures(self) -> Mapping[str, Measure]: ...

    @property
    def about(self) -> Mapping[str, str]:
        """What stands beside every figure: what made the word times, which rules label."""
        ...

    def names(self) -> Sequence[str]:
        """The trials' names, in order. Raises CourseError."""
        ...

    def trial(self, key: str) -> Trial: ...

    def values(self, trial: Trial, takes: Sequence[Take]) -> Values:
        """takes: one for each of the trial's stimuli."""
        ...


def case(value: float, of: float = 1.0) -> tuple[Case, ...]:
    """One case, as `values` wants them."""
    return ((float(value), float(of)),)


def figures_of(course: Course, outcomes: Sequence[Outcome]) -> list[Figure]:
    """By kind, system and measure; then over all kinds where a measure is stated so."""
    systems = list(dict.fromkeys(outcome.system for outcome in outcomes))
    kinds = list(dict.fromkeys(outcome.kind for outcome in outcomes))
    found = []
    for what, measure in course.measures.items():
        for system in systems:
            by_kind = {kind: _cases(outcomes, kind, system, what) for kind in kinds}
            filled = {kind: cases for kind, cases in by_kind.items() if _counts(cases)}
            for kind, cases in filled.items():
                found.append(_figure(course, kind, system, what, measure.estimate(cases)))
            if measure.macro and len(filled) > 1:
                whole = bootstrap.macro(list(filled.values()))
                found.append(_figure(course, WHOLE, system, what, whole))
    return found + _computed(course, outcomes)


def _computed(course: Course, outcomes: Sequence[Outcome]) -> list[Figure]:
    """What the wall clock adds to the stream's on this machine, besides the sound device."""
    took = [ms for outcome in outcomes for ms in outcome.turn_ms]
    if not took:
        return []
    estimate = bootstrap.quantile(took, 0.99)
    about = {"clock": "wall, on this machine as it was loaded"}
    return [figure(course.name, WHOLE, OURS, "micro_turn_p99_ms", "micro-turns", estimate, **about)]


def _cases(outcomes: Sequence[Outcome], kind: str, system: str, what: str) -> list[Case]:
    own = [o for o in outcomes if (o.kind, o.system) == (kind, system)]
    return [pair for outcome in own for pair in outcome.values.get(what, ())]


def _counts(cases: Sequence[Case]) -> bool:
    return sum(bottom for _, bottom in cases) > 0


def _figure(course: Course, kind: str, system: str, what: str, estimate: Estimate) -> Figure:
    cases = course.measures[what].cases
    return figure(course.name, kind, system, what, cases, estimate, **course.about)
