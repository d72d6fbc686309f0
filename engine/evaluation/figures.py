"""Figures: one line of JSON each, with how many cases it rests on and its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from engine.evaluation import bootstrap, calls
from engine.evaluation.bootstrap import Estimate
from engine.evaluation.chain import measure
from engine.evaluation.results import OURS, SceneResult
from engine.evaluation.scoring import SPAN_TOLERANCE_S
from engine.evaluation.skills import DRILLS, PEOPLE, SIGHT, SUITES, TALK, TOOLS

HEARING_DEADLINE_S = 0.6
WHOLE = "all"
SYNTHESISED = "synthesisers' word events"
RECORDED = "forced alignment, as the recordings' manifest has it"
# A baseline of its own where a span is to be named, to the half second: always the same one.
CONSTANT, CONSTANT_STEP_S, CONSTANT_MOST_S = "constant", 0.5, 60.0


@dataclass(frozen=True)
class Figure:
    """what: the name of the quantity, its unit at the end. n: cases, of the kind `cases`."""

    suite: str
    skill: str
    system: str
    what: str
    n: int
    cases: str
    value: float
    low: float
    high: float
    details: dict[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """The figure as one flat JSON object."""
        return {k: v for k, v in asdict(self).items() if k != "details"} | self.details


def figure(
    suite: str, skill: str, system: str, what: str, cases: str, estimate: Estimate, **details: Any
) -> Figure:
    value, low, high = (round(v, 4) for v in (estimate.value, estimate.low, estimate.high))
    return Figure(suite, skill, system, what, estimate.n, cases, value, low, high, details)


def figures(results: Sequence[SceneResult]) -> list[Figure]:
    """Of every skill, then of all skills of a suite together, for every system."""
    found = []
    for skill in dict.fromkeys(result.skill for result in results):
        found += _of(_suite(skill), skill, [r for r in results if r.skill == skill])
    for suite in SUITES:
        whole = [result for result in results if _suite(result.skill) == suite]
        if len({result.skill for result in whole}) > 1:
            found += _of(suite, WHOLE, whole)
            found += _by_family(suite, whole)
    return [_timed(one) for one in found]


def _by_family(suite: str, results: Sequence[SceneResult]) -> list[Figure]:
    """Most held-out voices are of one synthesiser, and a voice of its own kind was trained on."""
    own = [result for result in results if result.system == OURS and result.words]
    families = sorted({result.family for result in own if result.family})
    return [
        figure(suite, f"{name} voices", OURS, "heard_word_errors", "words",
               bootstrap.ratio([r.errors for r in own if r.family == name],
                               [r.words for r in own if r.family == name]))
        for name in families if len(families) > 1
    ]  # fmt: skip


def _timed(one: Figure) -> Figure:
    """With what made the word times, by which windows, reactions and lags are counted."""
    of = RECORDED if one.suite == "people" else SYNTHESISED
    return replace(one, details={"word_times": of, **one.details})


def _suite(skill: str) -> str:
    for suite, extra in (("tools", TOOLS), ("talk", TALK), ("sight", SIGHT)):
        if skill in extra:
            return suite
    return "people" if skill in PEOPLE else "drills" if skill in DRILLS else "basics"


def _of(suite: str, skill: str, results: Sequence[SceneResult]) -> list[Figure]:
    found = []
    for system in dict.fromkeys(result.system for result in results):
        own = [result for result in results if result.system == system]
        found += _behaviour(suite, skill, system, own)
        if system == OURS:
            found += _hearing(suite, skill, own)
            found += _constant(suite, skill, own)
    return found


def _behaviour(suite: str, skill: str, system: str, results: Sequence[SceneResult]) -> list[Figure]:
    right = bootstrap.mean([result.verdict.right for result in results])
    false = bootstrap.ratio(
        [result.verdict.false_voices for result in results],
        [result.seconds / 60 for result in results], rate=True,
    )  # fmt: skip
    found = [
        figure(suite, skill, system, "right", "scenes", right, **_people(results)),
        *_where_due(suite, skill, system, results),
        figure(suite, skill, system, "false_voices_per_minute", "minutes", false),
        *_calls(suite, skill, system, results),
    ]
    reactions = [s for result in results for s in result.verdict.reactions_s]
    offsets = [s for result in results for s in result.verdict.offsets_s]
    if reactions:
        estimate = bootstrap.median(reactions)
        found.append(figure(suite, skill, system, "reaction_median_s", "utterances", estimate))
    if offsets:
        estimate = bootstrap.median([abs(s) for s in offsets])
        found.append(figure(suite, skill, system, "clock_error_median_s", "utterances", estimate))
    return found


def _where_due(
    suite: str, skill: str, system: str, results: Sequence[SceneResult]
) -> list[Figure]:
    """Where in some scenes nothing but an acknowledgement is due, which may be had for less."""
    due = [result.verdict.right for result in results if result.due]
    if not due or len(due) == len(results):
        return []
    return [figure(suite, skill, system, "right_where_due", "scenes", bootstrap.mean(due))]


def _constant(suite: str, skill: str, results: Sequence[SceneResult]) -> list[Figure]:
    """How often whoever always names the same span would be right: the one that fits most."""
    spans = [result.span_s for result in results if result.span_s is not None]
    if len(spans) < len(results):
        return []
    named = np.arange(CONSTANT_STEP_S, CONSTANT_MOST_S, CONSTANT_STEP_S)
    right = np.abs(named[:, None] - np.array(spans)) <= SPAN_TOLERANCE_S
    best = int(right.sum(1).argmax())
    estimate = bootstrap.mean(list(right[best]))
    said_s = float(named[best])
    return [figure(suite, skill, CONSTANT, "right", "scenes", estimate, said_s=said_s)]


def _calls(suite: str, skill: str, system: str, results: Sequence[SceneResult]) -> list[Figure]:
    """What is done with tools, where there is anything to do with them."""
    measures = {**calls.MEASURES, **measure.MEASURES}
    by = {what: [c for r in results for c in r.calls.get(what, ())] for what in measures}
    return [
        figure(suite, skill, system, what, measures[what], bootstrap.mean(found))
        for what, found in by.items()
        if found
    ]


def _people(results: Sequence[SceneResult]) -> dict[str, int]:
    """How many recordings of how many people stand behind a figure; nothing without people."""
    sources = {source for result in results for source in result.sources}
    if not sources:
        return {}
    speakers = {source.partition(":")[0] for source in sources}
    return {"recordings": len(sources), "speakers": len(speakers)}


def _hearing(suite: str, skill: str, results: Sequence[SceneResult]) -> list[Figure]:
    words = [result.words for result in results]
    if not sum(words):
        return []
    errors = bootstrap.ratio([result.errors for result in results], words)
    within = [sum(s <= HEARING_DEADLINE_S for s in result.lags_s) for result in results]
    found = [
        figure(suite, skill, OURS, "heard_word_errors", "words", errors),
        figure(suite, skill, OURS, "heard_right_within_0.6_s", "words",
               bootstrap.ratio(within, words)),
    ]  # fmt: skip
    return found + lags(suite, skill, [s for result in results for s in result.lags_s])


def lags(suite: str, skill: str, lags_s: Sequence[float]) -> list[Figure]:
    """How late the words are that were heard right."""
    if not lags_s:
        return []
    kinds: dict[str, Callable[[Sequence[float]], Estimate]] = {
        "heard_lag_median_s": bootstrap.median,
        "heard_lag_p95_s": lambda values: bootstrap.quantile(values, 0.95),
        "heard_in_time": lambda values: bootstrap.mean([s <= HEARING_DEADLINE_S for s in values]),
    }
    return [
        figure(suite, skill, OURS, what, "words heard right", estimate(lags_s))
        for what, estimate in kinds.items()
    ]


def select(figures: Iterable[Figure], what: str) -> dict[tuple[str, str, str], Figure]:
    """Figures of one quantity by (suite, skill, system)."""
    return {(f.suite, f.skill, f.system): f for f in figures if f.what == what}
