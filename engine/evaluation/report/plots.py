"""Figures as drawings in SVG, without a library: bars with their doubt, and trade-off curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from engine.evaluation.aims import Aim
from engine.evaluation.results import OURS

Row = Mapping[str, Any]
LABEL, BAR, VALUE, LINE = 130, 300, 130, 18
COLOURS = ("#2f6f8f", "#c2703d", "#6b8e4e", "#8a6d9e", "#b0883a", "#5f6b73")
OTHER = "#b9c2c8"


def bars(
    rows: Sequence[Row], shown: Mapping[str, str], limit: float | None, goal: Aim | None = None
) -> str:
    """One bar a system with the interval over it, and a line at the aim.

    shown: the value as text, by system. limit: the scale's end, None for the highest interval's.
    """
    top = limit or max([float(row["high"]) for row in rows if row["high"] > 0], default=1.0)
    top = max(top, goal.value) if goal else top
    height = LINE * len(rows) + 4
    parts = [f'<svg viewBox="0 0 {LABEL + BAR + VALUE} {height}" role="img">']
    for index, row in enumerate(rows):
        parts.append(_bar(row, 2 + index * LINE, top, shown[row["system"]]))
    if goal:
        x = LABEL + BAR * _share(goal.value, top)
        parts.append(f'<path d="M{x:.1f} 0 V{height}" class="aim"/>')
    return "".join([*parts, "</svg>"])


def _bar(row: Row, y: float, top: float, text: str) -> str:
    value, low, high = (LABEL + BAR * _share(row[k], top) for k in ("value", "low", "high"))
    middle = y + LINE / 2
    colour = COLOURS[0] if row["system"] == OURS else OTHER
    return (
        f'<text x="{LABEL - 6}" y="{middle + 4:.1f}" text-anchor="end">{escape(row["system"])}'
        f'</text><rect x="{LABEL}" y="{y + 3:.1f}" width="{value - LABEL:.1f}" height="{LINE - 6}" '
        f'fill="{colour}"/><line x1="{low:.1f}" x2="{high:.1f}" y1="{middle:.1f}" '
        f'y2="{middle:.1f}" class="doubt"/><text x="{LABEL + BAR + 8}" y="{middle + 4:.1f}">'
        f"{escape(text)}</text>"
    )


def _share(value: float, top: float) -> float:
    return min(1.0, max(0.0, float(value) / top)) if top else 0.0


def curves(by_system: Mapping[str, Sequence[Sequence[float]]]) -> str:
    """(mean latency in s, share cut off) by system: to the lower left is better."""
    width, height, pad = 420.0, 260.0, 44.0
    widest = max([x for curve in by_system.values() for x, _ in curve], default=1.0) or 1.0
    highest = max([y for curve in by_system.values() for _, y in curve], default=1.0) or 1.0
    parts = [f'<svg viewBox="0 0 {width + 130} {height}" role="img">']
    parts += _axes(width, height, pad, widest, highest)
    for index, (system, curve) in enumerate(by_system.items()):
        colour = COLOURS[index % len(COLOURS)]
        points = " ".join(
            f"{pad + (width - pad) * x / widest:.1f},"
            f"{height - pad - (height - 2 * pad) * y / highest:.1f}"
            for x, y in curve
        )
        y = 20 + 16 * index
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<rect x="{width + 8}" y="{y - 8}" width="10" height="10" fill="{colour}"/>'
            f'<text x="{width + 22}" y="{y + 1}">{escape(system)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _axes(width: float, height: float, pad: float, widest: float, highest: float) -> list[str]:
    bottom = height - pad
    marks = [
        f'<text x="{pad + (width - pad) * i / 4:.0f}" y="{bottom + 16}" text-anchor="middle">'
        f"{widest * i / 4:.2f}</text>"
        f'<text x="{pad - 6}" y="{bottom - (height - 2 * pad) * i / 4 + 4:.0f}" '
        f'text-anchor="end">{100 * highest * i / 4:.0f} %</text>'
        for i in range(5)
    ]
    return [
        f'<path d="M{pad} {pad / 2} V{bottom} H{width}" class="axis"/>', *marks,
        f'<text x="{(pad + width) / 2}" y="{height - 8}" text-anchor="middle">'
        "mean latency, s</text>",
    ]  # fmt: skip
