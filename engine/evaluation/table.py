"""The figures of a run as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from engine.evaluation.baselines import BASELINES, BLIND
from engine.evaluation.chain.measure import MEASURES
from engine.evaluation.figures import Figure, select
from engine.evaluation.results import OURS


def percent(figure: Figure | None) -> str:
    return "–" if figure is None else f"{100 * figure.value:.0f}"


def interval(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    return f"{100 * figure.value:.0f} ({100 * figure.low:.0f}–{100 * figure.high:.0f})"


def seconds(figure: Figure | None) -> str:
    return "–" if figure is None else f"{figure.value:.2f}"


def _table(title: str, first: str, others: Sequence[str]) -> Table:
    table = Table(title=title, box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def skills_table(figures: Sequence[Figure]) -> Table:
    """Percent of scenes that are all right, with the interval; the baselines beside."""
    table = _table(
        "Held-out scenes, free-running: % all right (95 % interval), seconds to react,\n"
        "false voices per minute, % word errors",
        "skill",
        ["n", OURS, "silent", "always", "gate", BLIND, "react", "false", "heard"],
    )
    right, false = select(figures, "right"), select(figures, "false_voices_per_minute")
    reaction, errors = select(figures, "reaction_median_s"), select(figures, "heard_word_errors")
    for suite, skill in dict.fromkeys((suite, skill) for suite, skill, _ in right):
        own = (suite, skill, OURS)
        table.add_row(
            skill, str(right[own].n), interval(right[own]),
            *(percent(right.get((suite, skill, name))) for name in (*BASELINES, BLIND)),
            seconds(reaction.get(own)), f"{false[own].value:.1f}", interval(errors.get(own)),
        )  # fmt: skip
    return table


def chain_table(figures: Sequence[Figure]) -> Table:
    """Percent of what was due that was really done by tools and mind, and told."""
    table = _table(
        "Through the background: % of due calls done by the right tool, with the right arguments;\n"
        "of due results offered once, told once in a pause; of scenes with nothing else done, "
        "all right",
        "skill",
        ["n", "tool", "exactly", "offered", "told", "no more", "all right"],
    )
    by = [select(figures, what) for what in MEASURES]
    right = select(figures, "right")
    for suite, skill in dict.fromkeys((suite, skill) for suite, skill, _ in right):
        own = (suite, skill, OURS)
        due = by[0].get(own)
        table.add_row(skill, str(due.n if due else 0), *(percent(one.get(own)) for one in by))
    return table


def hearing_table(figures: Sequence[Figure]) -> Table:
    """Word errors by set, in percent, for every system."""
    errors = select(figures, "heard_word_errors")
    systems = list(dict.fromkeys(system for _, _, system in errors))
    table = _table(
        "Recordings of held-out people: % word errors (95 % interval)",
        "set",
        ["clips", "words", *systems],
    )
    for suite, skill in dict.fromkeys((suite, skill) for suite, skill, _ in errors):
        own = errors[suite, skill, OURS]
        others = (interval(errors.get((suite, skill, system))) for system in systems)
        table.add_row(skill, str(own.details["clips"]), str(own.n), *others)
    return table
