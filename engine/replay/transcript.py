"""The words of both sides as passages: what was said in one breath, with its time.

Model words come a few at a time, one event per micro-turn. People read passages, so words of
one side that follow each other closely are joined. Used by the terminal and by summaries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.replay.events import Event

Side = Literal["user", "aside"]
GAP_S = 1.0
_LONGEST_WORDS = 12


@dataclass
class Passage:
    """Words of one side. time_s: of its first word; until_s: of its last."""

    time_s: float
    until_s: float
    text: str
    kind: Literal["words", "typed", "act", "update"] = "words"

    def takes(self, time_s: float) -> bool:
        """Whether words at `time_s` still belong to it."""
        short = len(self.text.split()) < _LONGEST_WORDS
        return self.kind == "words" and short and time_s - self.until_s <= GAP_S

    def add(self, time_s: float, text: str) -> None:
        self.until_s = time_s
        self.text = f"{self.text} {text}"


@dataclass
class Row:
    """What both sides said side by side: at most one passage each."""

    sides: dict[Side, Passage] = field(default_factory=dict)

    def takes(self, side: Side, passage: Passage) -> bool:
        """Whether the passage goes beside what the other side is saying at this moment."""
        if side in self.sides:
            return False
        return all(passage.time_s - other.until_s <= GAP_S for other in self.sides.values())


class Transcript:
    """Collects events into rows. `settled` hands out, once, the rows that cannot change."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    @property
    def open_rows(self) -> list[Row]:
        return self._rows

    def typed(self, time_s: float, text: str) -> None:
        self._put("user", Passage(time_s, time_s, text, "typed"))

    def event(self, event: Event) -> None:
        """Takes in one event; the voice's own events say nothing to read."""
        if event.stream in ("heard", "say"):
            side: Side = "user" if event.stream == "heard" else "aside"
            self._words(side, event.time_s, str(event.details["text"]))
        elif event.stream == "act":
            self._put("aside", Passage(event.time_s, event.time_s, act_text(event), "act"))
        elif event.stream == "update":
            text = str(event.details["text"])
            self._put("aside", Passage(event.time_s, event.time_s, text, "update"))

    def settled(self, now_s: float) -> list[Row]:
        """Rows that no later word can join, in order; they are handed out once."""
        done = 0
        while done < len(self._rows) and self._is_settled(self._rows[done], now_s):
            done += 1
        out, self._rows = self._rows[:done], self._rows[done:]
        return out

    def rest(self) -> list[Row]:
        """The rows that are left when the session has ended."""
        out, self._rows = self._rows, []
        return out

    def _words(self, side: Side, time_s: float, text: str) -> None:
        latest = next((row.sides[side] for row in self._rows[::-1] if side in row.sides), None)
        if latest and latest.takes(time_s):
            latest.add(time_s, text)
        else:
            self._put(side, Passage(time_s, time_s, text))

    def _put(self, side: Side, passage: Passage) -> None:
        if not (self._rows and self._rows[-1].takes(side, passage)):
            self._rows.append(Row())
        self._rows[-1].sides[side] = passage

    def _is_settled(self, row: Row, now_s: float) -> bool:
        return all(not passage.takes(now_s) for passage in row.sides.values()) and not any(
            now_s - passage.until_s <= GAP_S for passage in row.sides.values()
        )


def act_text(event: Event) -> str:
    """An act as a person would write it: name(key: value, ...)."""
    arguments = event.details["arguments"]
    shown = ", ".join(f"{key}: {value}" for key, value in arguments.items())
    return f"{event.details['name']}({shown})"
