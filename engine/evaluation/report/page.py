"""All figures of a folder as one HTML page that needs nothing else: text, tables and drawings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from engine.evaluation.aims import aim
from engine.evaluation.report.meanings import Unit, meaning
from engine.evaluation.report.plots import bars, curves

Row = Mapping[str, Any]
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em;
       color: #22292e; background: #fff }
h1 { font-weight: 600 } h2 { margin-top: 2.2em; border-bottom: 1px solid #d5dbdf }
h3 { margin: 1.4em 0 0.2em } p { margin: 0.2em 0 } .note { color: #66727a; font-size: 13px }
.plots { display: flex; flex-wrap: wrap; gap: 0.4em 2em } figure { margin: 0.6em 0; width: 420px }
figcaption { font-size: 13px } svg { width: 100%; height: auto; font: 11px system-ui, sans-serif }
.doubt { stroke: #22292e; stroke-width: 1.5 } .axis { stroke: #8b969d; fill: none }
.aim { stroke: #c2703d; stroke-dasharray: 3 2; fill: none }
@media (prefers-color-scheme: dark) { body { color: #dde3e7; background: #171b1e }
svg text { fill: #dde3e7 } .doubt { stroke: #dde3e7 } h2 { border-color: #39434a } }
"""
HEAD = (
    "Bars are values, the thin line over each is its 95 % bootstrap interval, n the cases it rests "
    "on. Times are the stream clock's: what is heard at a loudspeaker comes later by the fixed "
    "offset at which the voice is played (<code>aside bench</code> measures that machine's share). "
    "Beside the model stand sessions that understand nothing: silent, always talking, and a gate "
    "that answers after 500 ms without energy. A figure is worth what it is above theirs."
)


def page(rows: Sequence[Row]) -> str:
    """rows: the figures' records. The same rows give the same page."""
    weights = sorted({str(row["weights"]) for row in rows if "weights" in row})
    suites = dict.fromkeys(str(row["suite"]) for row in rows)
    body = [
        "<h1>Aside, measured</h1>",
        f"<p>{HEAD}</p>",
        f'<p class="note">weights {escape(", ".join(weights) or "unknown")}</p>',
        *(_suite(suite, [row for row in rows if row["suite"] == suite]) for suite in suites),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Aside, measured</title>'
        f"<style>{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _suite(name: str, rows: Sequence[Row]) -> str:
    skills = dict.fromkeys(str(row["skill"]) for row in rows)
    ordered = [*(s for s in skills if s == "all"), *(s for s in skills if s != "all")]
    parts = [_skill(skill, [row for row in rows if row["skill"] == skill]) for skill in ordered]
    return f"<h2>{escape(name)}</h2>{_notes(rows)}{''.join(parts)}"


def _notes(rows: Sequence[Row]) -> str:
    told = ("word_times", "event_times", "clock", "labels", "composed_of", "caveat")
    lines = {f"{key.replace('_', ' ')}: {row[key]}" for key in told for row in rows if key in row}
    return "".join(f'<p class="note">{escape(line)}</p>' for line in sorted(lines))


def _skill(name: str, rows: Sequence[Row]) -> str:
    measures = dict.fromkeys(str(row["what"]) for row in rows)
    plots = [_plot(what, [row for row in rows if row["what"] == what]) for what in measures]
    return f'<h3>{escape(name)}</h3><div class="plots">{"".join(plots)}{_trade(rows)}</div>'


def _plot(what: str, rows: Sequence[Row]) -> str:
    found = meaning(what)
    limit = {"share": 1.0, "points": 100.0}.get(found.unit)
    texts = {row["system"]: f"{text(row['value'], found.unit)}  n {row['n']}" for row in rows}
    goal = aim(rows[0])
    wanted = (
        f"{'at most' if goal.most else 'at least'} {text(goal.value, found.unit)}" if goal else ""
    )
    better = f", {found.best} is good" if found.best else ""
    better += f", aimed at: {wanted}" if wanted else ""
    about = f"{what.replace('_', ' ')}: {found.text}{better}" if found.text else what
    return (
        f"<figure><figcaption>{escape(about)}</figcaption>{bars(rows, texts, limit, goal)}</figure>"
    )


def text(value: float, unit: Unit) -> str:
    """A value as a person reads it: 0.123 of a share is "12.3 %"."""
    if unit == "share":
        return f"{100 * value:.3g} %"
    return f"{value:.2f} s" if unit == "seconds" else f"{value:.3g}"


def _trade(rows: Iterable[Row]) -> str:
    """The trade between latency and cut-offs, once for each system that has one."""
    found = {str(row["system"]): row["curve"] for row in rows if row.get("curve")}
    if not found:
        return ""
    caption = "pauses cut off against latency, over all policies: the lower left is good"
    return f"<figure><figcaption>{caption}</figcaption>{curves(found)}</figure>"
