"""Turns what happens in a conversation into the lines that are kept. A value, no database.

Lines are cut as the captions cut them: each side has one open line, which grows until it pauses.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.conversation import Happening, Typed
from app.history.moment import Kind, Moment
from app.window.captions import Captions, Line, Side
from app.window.words import said, tr
from engine.background.told import Offer, Rang
from engine.client.events import ActEvent, DelegationEvent, EngineLost, Heard, Said

KINDS: dict[Side, Kind] = {"user": "heard", "typed": "typed", "aside": "said"}
MAX_TEXT = 20_000
OPEN_LINES = 8  # more than can still grow
LOST = "The engine was lost and started again."


@dataclass
class Entry:
    """A line that is to be written. row: its place in the database, once it has one."""

    moment: Moment
    row: int | None = None


@dataclass
class Scribe:
    """Times are seconds of one steady clock; `began_s` is when this conversation began by it."""

    began_s: float
    captions: Captions = field(default_factory=Captions)
    fresh: list[Entry] = field(default_factory=list)
    _open: dict[tuple[Side, float], Entry] = field(default_factory=dict)

    def take(self, happening: Happening, now_s: float) -> None:
        """Notes what is to be kept of it; of most happenings nothing is."""
        match happening:
            case Heard(text):
                self._words("user", text, now_s)
            case Said(text):
                self._words("aside", text, now_s)
            case Typed(text):
                self._words("typed", text, now_s)
            case ActEvent(name, arguments):
                self.note("act", _spoken(name, dict(arguments)), now_s, dict(arguments))
            case DelegationEvent(number, _, arguments):
                text = happening.text or tr("a task")
                self.note("act", f"delegate: {text}", now_s, {**arguments, "id": number})
            case Offer(_, task_id, update):
                self.note("update", update.text, now_s, {"task": task_id})
            case Rang(number, words):
                self.note("update", said(words), now_s, {"rang": number})
            case EngineLost():
                self.captions = self.captions.closed()
                self.note("mark", tr(LOST), now_s)

    def note(
        self, kind: Kind, text: str, now_s: float, detail: dict[str, object] | None = None
    ) -> None:
        """A line that is whole at once."""
        at_s = now_s - self.began_s
        self.fresh.append(Entry(Moment(kind, at_s, at_s, _storable(text), detail or {})))

    def _words(self, side: Side, fragment: str, now_s: float) -> None:
        self.captions = self.captions.plus(side, fragment, now_s).newest(OPEN_LINES)
        grown = next((line for line in reversed(self.captions.lines) if line.side == side), None)
        if grown is not None and fragment.split():
            self._grow(grown)

    def _grow(self, line: Line) -> None:
        moment = Moment(
            KINDS[line.side],
            line.born_s[0] - self.began_s,
            line.born_s[-1] - self.began_s,
            _storable(line.text),
        )
        entry = self._open.get(line.key)
        if entry is None:
            kept = {one.key for one in self.captions.lines}
            self._open = {key: one for key, one in self._open.items() if key in kept}
            entry = self._open[line.key] = Entry(moment)
        entry.moment = replace(moment, id=entry.moment.id)
        if not any(one is entry for one in self.fresh):
            self.fresh.append(entry)


def _spoken(name: str, arguments: dict[str, object]) -> str:
    """An act in words that can be searched."""
    values = [str(value) for value in arguments.values() if isinstance(value, str | int | float)]
    return ": ".join([name, ", ".join(values)]) if values else name


def _storable(text: str) -> str:
    """Half a surrogate pair, which JSON can carry, is no text to a database."""
    return text[:MAX_TEXT].encode("utf-8", "replace").decode()
