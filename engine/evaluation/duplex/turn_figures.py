"""Figures of `turns`: what happened, and the swept policies with the silence timer beside."""

from __future__ import annotations

from collections.abc import Sequence

from engine.evaluation.course import Course, Outcome, figures_of
from engine.evaluation.duplex.turn_sweep import frontier, points, sweep
from engine.evaluation.duplex.turns import Decisions
from engine.evaluation.figures import Figure, figure
from engine.evaluation.results import OURS

TIMER = "silence timer"


def turn_figures(course: Course, outcomes: Sequence[Outcome]) -> list[Figure]:
    found = figures_of(course, outcomes)
    for kind in dict.fromkeys(outcome.kind for outcome in outcomes):
        for system in dict.fromkeys(outcome.system for outcome in outcomes):
            own = [o for o in outcomes if (o.kind, o.system) == (kind, system)]
            found += _swept(course, kind, system, [decided(one) for one in own])
        ours = [decided(o) for o in outcomes if (o.kind, o.system) == (kind, OURS)]
        found += _swept(course, kind, TIMER, [undecided(turn) for turn in ours])
    return found


def decided(outcome: Outcome) -> Decisions:
    """The decisions as `turns.values` keeps them: (pause, after what), the turn's end last."""
    *holds, (_, end) = outcome.values["decisions"]
    return Decisions(tuple((a, b if b >= 0 else None) for a, b in holds), end if end >= 0 else None)


def undecided(turn: Decisions) -> Decisions:
    return Decisions(tuple((length, None) for length, _ in turn.holds), None)


def _swept(course: Course, kind: str, system: str, turns: Sequence[Decisions]) -> list[Figure]:
    found = sweep(turns)
    curve = {"curve": frontier(found)} if found.holds.sum() else {}
    return [
        figure(course.name, kind, system, what, "turns", estimate, **course.about, **curve)
        for what, estimate in points(found).items()
    ]
