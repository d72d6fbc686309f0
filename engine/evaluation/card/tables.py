"""Rows of figures as the tables of a model card, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]


def by(rows: Iterable[Row], what: str) -> dict[tuple[str, str], Row]:
    return {(str(row["skill"]), str(row["system"])): row for row in rows if row.get("what") == what}


def interval(row: Row | None) -> str:
    if row is None:
        return "–"
    return f"{percent(row)} ({100 * row['low']:.0f}–{100 * row['high']:.0f})"


def percent(row: Row | None) -> str:
    return "–" if row is None else f"{100 * row['value']:.0f}"


def number(row: Row | None, unit: str = "") -> str:
    return "–" if row is None else f"{row['value']:.2f}{unit}"


def unmeasured(command: str) -> str:
    return f"Not measured on these weights; `{command}` does it."


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
