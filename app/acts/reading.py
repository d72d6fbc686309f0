"""The log of acts as a window lists it: the newest first, as far as it fits what is searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.history.results import day
from app.history.words import Query, parse
from app.tool_room import ToolRoom
from app.window.words import later, said, tr
from engine.background.act_log import Entry

MAX_ROWS = 500
_MARKS = re.compile("[\u0300-\u036f]+")
STATES = {
    "begun": later("begun; how it ended is not known"),
    "done": later("done"),
    "failed": later("failed"),
    "refused": later("not allowed"),
    "cancelled": later("broken off"),
    "undone": later("taken back"),
}


@dataclass(frozen=True)
class ActRow:
    """One act. text: what was to be done; spans: what was searched for in it."""

    entry: Entry
    text: str
    when: str
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> str:
        return self.entry.id


@dataclass(frozen=True)
class Look:
    """What was found. more: how many there are beyond `rows`."""

    rows: tuple[ActRow, ...]
    more: int


class Reading:
    """Reads the log anew only where it was written since. Not for Qt's thread: it may be long."""

    def __init__(self, room: ToolRoom) -> None:
        self._room = room
        self._read: tuple[float, list[Entry]] = (-1.0, [])

    async def look(self, typed: str) -> Look:
        """Raises ToolError."""
        changed_s = self._room.acts_changed_s()
        if self._read[0] != changed_s:
            self._read = (changed_s, self._room.acts())
        return looked(self._read[1], typed)


def looked(entries: Sequence[Entry], typed: str) -> Look:
    """Those of `entries` in which each word that is typed stands somewhere, the newest first.

    Neither case nor accents count.
    """
    query, words = parse(typed), _folded(typed).split()
    rows: list[ActRow] = []
    more = 0
    for entry in reversed(entries):
        if words and not _fits(entry, words):
            continue
        if len(rows) < MAX_ROWS:
            rows.append(_row(entry, query))
        else:
            more += 1
    return Look(tuple(rows), more)


def state_of(entry: Entry) -> str:
    """In the user's language; a state of another version as it stands there."""
    return tr(STATES.get(entry.state, entry.state))


def _row(entry: Entry, query: Query) -> ActRow:
    text = said(entry.preview)
    return ActRow(entry, text, f"{day(entry.at_s)} · {state_of(entry)}", tuple(query.spans(text)))


def _fits(entry: Entry, words: Sequence[str]) -> bool:
    text = _folded("\n".join(_texts(entry)))
    return all(word in text for word in words)


def _texts(entry: Entry) -> Iterator[str]:
    yield from (said(entry.preview), entry.tool, entry.arguments, state_of(entry))
    yield from (said(entry.approval), said(entry.note))


def _folded(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
