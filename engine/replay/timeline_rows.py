"""Cuts a session into the rows of its timeline and finds a place for every word.

Nothing here draws; positions are in pixels from the left edge of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.microturn import TURN_S
from engine.replay.score import PEAKS_PER_S, Kind, Mark, Score
from engine.replay.timeline_style import (
    CHIP_SIZE,
    LEFT,
    PIXELS_PER_S,
    PLOT,
    ROW_S,
    WORD_SIZE,
    fitted,
    text_width,
)

WORD_GAP, CHIP_PADDING = 12.0, 12.0
_LONGEST_CHIP = 0.6 * PLOT
_QUIET_PEAK = 0.01
_PUSH = 0.5 * PIXELS_PER_S


@dataclass(frozen=True)
class Row:
    """One line of the timeline: ROW_S seconds from start_s on."""

    start_s: float

    def holds(self, time_s: float) -> bool:
        return self.start_s <= time_s < self.start_s + ROW_S

    def x(self, time_s: float) -> float:
        """Where a time lies, in pixels, whether or not the row holds it."""
        return LEFT + (time_s - self.start_s) * PIXELS_PER_S


@dataclass(frozen=True)
class Fold:
    """A stretch in which nothing happened, drawn as one line of text."""

    start_s: float
    stop_s: float


@dataclass(frozen=True)
class Placed:
    """A mark with the place of its text: `line` counts from 0."""

    mark: Mark
    text: str
    left: float
    width: float
    line: int


def strips(score: Score) -> list[Row | Fold]:
    """The session in rows; two and more rows on end without anything in them fold into one."""
    count = max(1, math.ceil(score.end_s / ROW_S - 1e-9))
    rows = [Row(index * ROW_S) for index in range(count)]
    peaks = score.user_peaks
    found: list[Row | Fold] = []
    for group in _runs(rows, [_is_empty(row, score, peaks) for row in rows]):
        if group.empty and len(group.rows) > 1:
            stop_s = min(score.end_s, group.rows[-1].start_s + ROW_S)
            found.append(Fold(group.rows[0].start_s, stop_s))
        else:
            found.extend(group.rows)
    return found


def placed(row: Row, marks: Sequence[Mark], kinds: Sequence[Kind]) -> list[Placed]:
    """The row's marks of some kinds, each on the first line where it covers no other."""
    ends: list[float] = []
    out = []
    for mark in marks:
        if mark.kind in kinds and row.holds(_moment(mark)):
            text, left, width = _measured(row, mark)
            line = _line(ends, left, width)
            left = max(left, *ends[line : line + 1], LEFT)
            ends[line : line + 1] = [left + width + WORD_GAP]
            out.append(Placed(mark, text, left, width, line))
    return out


def _line(ends: Sequence[float], left: float, width: float) -> int:
    """The first line that is free from `left` on, or so soon after that a small push will do."""
    for line, end in enumerate(ends):
        if end <= left + _PUSH and max(end, left) + width <= LEFT + PLOT + 1:
            return line
    return len(ends)


@dataclass(frozen=True)
class _Run:
    empty: bool
    rows: list[Row]


def _runs(rows: Sequence[Row], empty: Sequence[bool]) -> Iterator[_Run]:
    run = _Run(empty[0], [])
    for row, now in zip(rows, empty, strict=True):
        if now != run.empty:
            yield run
            run = _Run(now, [])
        run.rows.append(row)
    yield run


def _is_empty(row: Row, score: Score, peaks: np.ndarray) -> bool:
    start, stop = (round(s * PEAKS_PER_S) for s in (row.start_s, row.start_s + ROW_S))
    return (
        not (peaks[start:stop] > _QUIET_PEAK).any()
        and not any(row.holds(_moment(mark)) for mark in score.marks)
        and not any(
            span.start_s < row.start_s + ROW_S and span.stop_s > row.start_s for span in score.voice
        )
    )


def _moment(mark: Mark) -> float:
    """A time inside the micro-turn to which the mark belongs: what was heard lies before it."""
    return mark.time_s - TURN_S / 2 if mark.kind == "heard" else mark.time_s


def _measured(row: Row, mark: Mark) -> tuple[str, float, float]:
    """(text, left edge, width). What was heard ends at its time, all else begins there."""
    chip = mark.kind in ("typed", "act", "update")
    size, padding = (CHIP_SIZE, CHIP_PADDING) if chip else (WORD_SIZE, 0.0)
    text = fitted(mark.text, size, _LONGEST_CHIP if chip else PLOT)
    width = text_width(text, size) + 2 * padding
    left = row.x(mark.time_s) - (width if mark.kind == "heard" else 0.0)
    return text, min(max(left, LEFT), LEFT + PLOT - width), width
