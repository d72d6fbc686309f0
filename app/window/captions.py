"""The captions as a value: who said what, in order of beginning. No Qt.

Both sides may speak at once, so each has its own open line, to which its words are added until
it paused while the other side began a line, or paused for long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Side = Literal["user", "typed", "aside"]

PAUSE_S = 1.0
LONG_PAUSE_S = 8.0
# Pieces of one word come a micro-turn or two apart.
SETTLED_S = 0.8
MAX_LINES = 200
MAX_WORDS = 60


@dataclass(frozen=True)
class Line:
    """What one side said in one go. born_s: when each word came, by the window's clock."""

    side: Side
    words: tuple[str, ...] = ()
    born_s: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def key(self) -> tuple[Side, float]:
        """Stays the same while the line grows."""
        return self.side, self.born_s[0]

    def plus(self, fragment: str, now_s: float) -> Line:
        """A fragment that begins without a space goes on with the last word."""
        fresh = fragment.split()
        words = self.words
        if words and not fragment[0].isspace():
            words = (*words[:-1], words[-1] + fresh.pop(0))
        born_s = (*self.born_s, *[now_s] * len(fresh))
        return replace(self, words=(*words, *fresh), born_s=born_s)

    def settled(self, now_s: float) -> int:
        """How many of its words are final; the last may still grow until it paused."""
        growing = self.side != "typed" and self.pause_s(now_s) < SETTLED_S
        return len(self.words) - growing

    def pause_s(self, now_s: float) -> float:
        return now_s - self.born_s[-1]


@dataclass(frozen=True)
class Captions:
    """The lines so far, oldest first. Those before `first_open` take no more words."""

    lines: tuple[Line, ...] = ()
    first_open: int = 0

    def plus(self, side: Side, fragment: str, now_s: float) -> Captions:
        """More of what one side says: words, part of a word, or nothing."""
        if not fragment.split():
            return self
        place = self._open_line(side, now_s)
        if place is None:
            lines = (*self.lines, Line(side).plus(fragment, now_s))
        else:
            grown = self.lines[place].plus(fragment, now_s)
            lines = (*self.lines[:place], grown, *self.lines[place + 1 :])
        return Captions(lines, self.first_open).newest(MAX_LINES)

    def newest(self, count: int) -> Captions:
        """Without the lines before the last `count`."""
        forgotten = max(0, len(self.lines) - count)
        return Captions(self.lines[forgotten:], max(0, self.first_open - forgotten))

    def closed(self) -> Captions:
        """A new session begins: what the old one left unfinished stays so."""
        return replace(self, first_open=len(self.lines))

    def finished(self, now_s: float) -> tuple[Line, ...]:
        """Lines that have paused: what a screen reader may be told."""
        return tuple(line for line in self.lines if line.pause_s(now_s) > PAUSE_S)

    def last(self, side: Side) -> Line | None:
        """What that side said last."""
        return next((line for line in reversed(self.lines) if line.side == side), None)

    def _open_line(self, side: Side, now_s: float) -> int | None:
        if side == "typed":
            return None
        for place in range(len(self.lines) - 1, self.first_open - 1, -1):
            line = self.lines[place]
            if line.side == side:
                limit_s = LONG_PAUSE_S if place == len(self.lines) - 1 else PAUSE_S
                goes_on = line.pause_s(now_s) <= limit_s and len(line.words) < MAX_WORDS
                return place if goes_on else None
        return None
