"""Everything that was done or refused, in a file that the user can read.

One JSON object a line: an entry when a call begins, another line when it ends. What was read is
not written down, only that it was.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.background.disk import append_line, touching
from engine.background.phrase import put_together, taken_apart
from engine.background.visible import clipped

MAX_BYTES = 4 << 20  # then the older half is kept in one file beside it, and what is older goes
MAX_ARGUMENTS = 4_000
IN_WORDS = ("preview", "approval", "note")


@dataclass(frozen=True)
class Entry:
    """One call. state: begun, done, failed, refused, cancelled, undone. at_s: Unix time."""

    id: str
    at_s: float
    task_id: str
    tool: str
    risk: str
    preview: str
    arguments: str
    approval: str = ""
    state: str = "begun"
    note: str = ""
    undo: str | None = None

    @property
    def undoable(self) -> bool:
        """Whether Belt.undo may take it back; what has happened since may still forbid it."""
        return self.state == "done" and self.undo is not None


class ActLog:
    """The log at `path`. Raises ToolError when it cannot be written."""

    def __init__(self, path: Path, now_s: Callable[[], float] = time.time) -> None:
        self.path = path
        self._now_s = now_s

    def begin(self, tool: str, risk: str, preview: str, arguments: Any, task_id: str) -> Entry:
        """A new entry, not yet written."""
        text = clipped(json.dumps(arguments, ensure_ascii=False), MAX_ARGUMENTS)
        return Entry(secrets.token_hex(4), self._now_s(), task_id, tool, risk, preview, text)

    def write(self, entry: Entry, **changed: Any) -> Entry:
        """`entry`, so changed, as it is from now on."""
        entry = replace(entry, **changed)
        self._make_room()
        append_line(self.path, json.dumps(_item(entry), ensure_ascii=False))
        return entry

    def entries(self) -> list[Entry]:
        """All calls that are still known, in the order they began, each as it ended."""
        known: dict[str, Entry] = {}
        for path in (self._older, self.path):
            for item in _lines(path):
                known[item.id] = item
        return list(known.values())

    def entry(self, entry_id: str) -> Entry | None:
        return next((entry for entry in self.entries() if entry.id == entry_id), None)

    def changed_s(self) -> float:
        """When it was written last, Unix time; 0 while there is none."""
        with touching(self.path):
            return self.path.stat().st_mtime if self.path.exists() else 0.0

    def forget(self) -> None:
        """Empties the log, and with it every way to undo."""
        for path in (self._older, self.path):
            with touching(path):
                path.unlink(missing_ok=True)

    @property
    def _older(self) -> Path:
        return self.path.with_suffix(".older.jsonl")

    def _make_room(self) -> None:
        with touching(self.path):
            if self.path.exists() and self.path.stat().st_size > MAX_BYTES:
                os.replace(self.path, self._older)


def _item(entry: Entry) -> dict[str, Any]:
    """As a line has it: English, and what a window needs to say it in another language."""
    apart = {name: taken_apart(getattr(entry, name)) for name in IN_WORDS}
    known = {name: value for name, value in apart.items() if value is not None}
    return asdict(entry) | ({"phrases": known} if known else {})


def _lines(path: Path) -> Iterator[Entry]:
    with touching(path):
        text = path.read_text("utf-8", errors="replace") if path.exists() else ""
    for line in text.split("\n"):  # JSON leaves other breaks of lines within a text as they are
        entry = _parsed(line)
        if entry is not None:
            yield entry


def _parsed(line: str) -> Entry | None:
    """None for a line that a crash or a hand left unreadable: the others still count."""
    try:
        value = json.loads(line)
        apart = value.pop("phrases", {})
        entry = Entry(**value)
        for name in IN_WORDS:
            text = put_together(getattr(entry, name), apart.get(name))
            entry = replace(entry, **{name: text})  # type: ignore[arg-type]
        return entry
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
