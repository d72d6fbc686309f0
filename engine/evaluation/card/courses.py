"""The courses in the model card: a table each, the aims beside, reached or not."""

from __future__ import annotations

from collections.abc import Sequence

from engine.evaluation.aims import aim
from engine.evaluation.baselines import BASELINES
from engine.evaluation.card.tables import Row, table
from engine.evaluation.report.meanings import meaning
from engine.evaluation.report.page import text
from engine.evaluation.results import OURS

COURSES = (
    "fdb1", "fdb15", "turns", "timespeak", "cuespeak", "gametime", "presence", "long",
    "repcount", "startstop", "proactive",
)  # fmt: skip
# Computing on a machine that did other things besides: `aside bench` measures that better.
COMPUTED = ("micro_turn_p99_ms", "computing_last_over_first_tenth")
FOLDER = "-folder"  # figures over a benchmark's own data
_NOTES = ("word_times", "event_times", "labels", "composed_of")


def courses(rows: Sequence[Row]) -> str:
    """A table for each course that was run, and the names of those that were not."""
    there = dict.fromkeys(str(row["suite"]) for row in rows if "suite" in row)
    names = [name for course in COURSES for name in (course, course + FOLDER) if name in there]
    parts = [_course(name, [row for row in rows if row.get("suite") == name]) for name in names]
    left = [f"`{name}`" for name in COURSES if not {name, name + FOLDER} & set(there)]
    if left:
        parts.append(f"Not measured on these weights: {', '.join(left)}.")
    return "\n\n".join(
        [
            "## The courses\n\nAfter the published definitions, by rules and without a judging "
            "model; `aside eval COURSE --help` says over what. With the 95 % bootstrap interval, "
            "the latency on the stream's clock. An aim that is not reached is marked.",
            *parts,
        ]
    )


def _course(name: str, rows: Sequence[Row]) -> str:
    rows = [row for row in rows if row["what"] not in COMPUTED]
    by = {(row["skill"], row["what"], row["system"]): row for row in rows}
    lines = []
    for kind, what in dict.fromkeys((str(r["skill"]), str(r["what"])) for r in rows):
        own = by.get((kind, what, OURS))
        if own is not None:
            others = [by.get((kind, what, system)) for system in BASELINES]
            lines.append([kind, what.replace("_", " "), str(own["n"]), ours(own), aimed(own),
                          *(value(other) for other in others)])  # fmt: skip
    notes = sorted({f"{n.replace('_', ' ')}: {row[n]}" for n in _NOTES for row in rows if n in row})
    found = table(["kind", "measure", "n", OURS, "aim", *BASELINES], lines)
    told = [f"{'; '.join(notes)}."] if notes else []
    return "\n\n".join([f"### {name}", *told, found])


def value(row: Row | None) -> str:
    return "–" if row is None else text(row["value"], meaning(str(row["what"])).unit)


def ours(row: Row) -> str:
    unit = meaning(str(row["what"])).unit
    return f"{value(row)} ({text(row['low'], unit)}–{text(row['high'], unit)})"


def aimed(row: Row) -> str:
    found = aim(row)
    if found is None:
        return ""
    wanted = text(found.value, meaning(str(row["what"])).unit)
    bound = f"{'at most' if found.most else 'at least'} {wanted}"
    return bound if found.reached(row["value"]) else f"{bound}: not reached"
