"""What waits to be written of one conversation, and writing it: all of it at once, or none."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from dataclasses import dataclass, field

from app.history.moment import Chunk, Picture
from app.history.scribe import Entry, Scribe
from app.history.store import at_once

MAX_ENTRIES = 10_000
MAX_PIECES = 60


@dataclass
class Backlog:
    """began_s: seconds since 1970. row: the conversation's place, once it is in the database."""

    began_s: float
    scribe: Scribe
    row: int | None = None
    chunks: deque[Chunk] = field(default_factory=lambda: deque(maxlen=MAX_PIECES))
    pictures: deque[Picture] = field(default_factory=lambda: deque(maxlen=MAX_PIECES))

    def __bool__(self) -> bool:
        return bool(self.scribe.fresh or self.chunks or self.pictures)

    def trim(self) -> int:
        """Forgets the oldest of too much, and says how many lines that were."""
        lost = max(0, len(self.scribe.fresh) - MAX_ENTRIES)
        del self.scribe.fresh[:lost]
        return lost

    def begin_anew(self) -> None:
        """For a new file: what was written of it so far lies in the old one."""
        self.row = None
        for entry in self.scribe.fresh:
            entry.row = None

    def write(self, connection: sqlite3.Connection) -> None:
        """Raises the database's errors; then everything still waits."""
        rows: list[tuple[Entry, int | None]] = []
        with at_once(connection):
            talk = self._talk(connection)
            for entry in self.scribe.fresh:
                rows.append((entry, _write_entry(connection, talk, entry)))
            self._write_media(connection, talk)
            ended_s = self.began_s + max((one.moment.end_s for one, _ in rows), default=0.0)
            connection.execute(
                "UPDATE talk SET ended_s = max(ended_s, ?) WHERE id = ?", (ended_s, talk)
            )
        self.row = talk
        for entry, row in rows:
            entry.row = row
        self.scribe.fresh.clear()
        self.chunks.clear()
        self.pictures.clear()

    def _talk(self, connection: sqlite3.Connection) -> int:
        """Its row; a new one where somebody deleted the conversation while it went on."""
        if self.row is not None:
            known = connection.execute("SELECT 1 FROM talk WHERE id = ?", (self.row,)).fetchone()
            if known:
                return self.row
            self.scribe.fresh = [entry for entry in self.scribe.fresh if entry.row is None]
        made = connection.execute(
            "INSERT INTO talk (began_s, ended_s) VALUES (?, ?)", (self.began_s, self.began_s)
        )
        assert made.lastrowid is not None
        return made.lastrowid

    def _write_media(self, connection: sqlite3.Connection, talk: int) -> None:
        connection.executemany(
            "INSERT INTO sound (talk, side, at_s, flac) VALUES (?, ?, ?, ?)",
            [(talk, one.side, one.at_s, one.flac) for one in self.chunks],
        )
        connection.executemany(
            "INSERT INTO picture (talk, at_s, source, jpeg) VALUES (?, ?, ?, ?)",
            [(talk, one.at_s, one.source, one.jpeg) for one in self.pictures],
        )


def _write_entry(connection: sqlite3.Connection, talk: int, entry: Entry) -> int | None:
    """Its row. A line that was deleted while it grew does not come back."""
    moment = entry.moment
    if entry.row is not None:
        connection.execute(
            "UPDATE moment SET text = ?, end_s = ? WHERE id = ?",
            (moment.text, moment.end_s, entry.row),
        )
        return entry.row
    detail = json.dumps(dict(moment.detail), default=str)
    made = connection.execute(
        "INSERT INTO moment (talk, kind, at_s, end_s, text, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (talk, moment.kind, moment.at_s, moment.end_s, moment.text, detail),
    )
    return made.lastrowid
