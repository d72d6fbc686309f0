"""One figure of the desktop beside its goal, and the table of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

Held = Literal["p50", "p95", "p99", "mean", "value"]


class BenchError(Exception):
    """Something could not be measured. The message says what, and what to do."""


@dataclass(frozen=True)
class Measure:
    """of: which of the figures is held against the goal. goal: None where there is none.

    what: from where to where it is measured.
    """

    unit: str
    of: Held
    goal: float | None
    what: str


MEASURES = {
    "start to window": Measure(
        "s", "p95", None, "from the start of the process to its window being mapped"),
    "start to usable window": Measure(
        "s", "p95", 2.0, "from the start of the process to the first action it did, warm"),
    "memory": Measure(
        "MB", "value", 250.0, "resident, a few seconds after the start, without the engine"),
    "memory afterwards": Measure(
        "MB", "value", 250.0, "resident, after words, keys and hushes, without the engine"),
    "idle CPU": Measure(
        "% of a core", "mean", 3.0,
        "microphone open, engine connected, nobody speaks; without the engine"),
    "first sign of a word": Measure(
        "ms", "p95", None, "from the engine's event to a tenth of the word's contrast"),
    "word on screen": Measure(
        "ms", "p95", 50.0, "from the engine's event to half of the word's contrast"),
    "hotkey to effect": Measure(
        "ms", "p95", 50.0, "from the key going down to the window showing the microphone's state"),
    "hotkey to microphone": Measure(
        "ms", "p95", 50.0, "from the key going down to nobody recording at the sound server"),
    "hush to silence": Measure(
        "ms", "p95", 100.0, "from the key going down to the speaker's last sound as recorded"),
    "frame time": Measure(
        "ms", "p99", 16.0, "the window's thread at work at one go, while captions run"),
    "between frames": Measure(
        "ms", "p50", None, "from one picture's beginning to the next, while captions run"),
    "work while idle": Measure(
        "1/s", "mean", None, "how often the window's thread went to work with nothing to show"),
}  # fmt: skip
# Of app.bench.delay.
ANSWERS = {
    "people answered": Measure(
        "share", "value", None, "of people saying digits, after the typed order to add them up"),
    "answer delay": Measure(
        "ms", "p50", 700.0, "from the last word's end in the microphone to the speaker's sound"),
    "answer delay in the stream": Measure(
        "ms", "p50", 500.0, "of the same people, replayed: on the clock of the micro-turns"),
    "devices and computing": Measure(
        "ms", "p50", 200.0, "what the answer delay has over that in the stream, person by person"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """n: how often it was tried, or over how many seconds. reached: None where there is no goal."""

    part: str
    unit: str
    n: int
    figure: float
    of: str
    goal: float | None
    reached: bool | None
    what: str
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    bench: str = "desktop"


def row(part: str, figure: float, n: int = 1) -> Row:
    """part: of MEASURES or ANSWERS."""
    known = (MEASURES | ANSWERS)[part]
    reached = None if known.goal is None else figure <= known.goal
    return Row(part, known.unit, n, round(figure, 2), known.of, known.goal, reached, known.what)


def spread(part: str, values: Sequence[float]) -> Row:
    """Many measurements of the same. Raises BenchError where there is none."""
    if not values:
        raise BenchError(f"{part}: nothing was measured; try again with the machine less busy")
    shares = {f"p{share}": round(float(np.percentile(values, share)), 2) for share in (50, 95, 99)}
    whole = row(part, shares[(MEASURES | ANSWERS)[part].of], len(values))
    return replace(whole, p50=shares["p50"], p95=shares["p95"], p99=shares["p99"])
