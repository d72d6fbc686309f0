"""Reading the history and deleting from it. One store is one connection, used by one thread."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from app.history.database import DatabaseErrors, open_history
from app.history.moment import Chunk, Hit, Kind, Moment, Picture, Talk
from app.history.words import Query, Term

MAX_HITS = 500
TITLE = 80
MOMENT = "moment.id, kind, at_s, end_s, text, detail"
TALKS = """
SELECT id, began_s, ended_s,
    coalesce(
        (SELECT text FROM moment WHERE moment.talk = talk.id AND kind IN ('heard', 'typed')
            ORDER BY at_s, id LIMIT 1),
        (SELECT text FROM moment WHERE moment.talk = talk.id ORDER BY at_s, id LIMIT 1),
        ''),
    (SELECT count(*) FROM moment WHERE moment.talk = talk.id),
    EXISTS (SELECT 1 FROM sound WHERE sound.talk = talk.id),
    (SELECT count(*) FROM picture WHERE picture.talk = talk.id)
FROM talk
"""


class Store:
    """Raises the database's own errors (DatabaseErrors) where it cannot be read or written."""

    def __init__(self, connection: sqlite3.Connection, notice: str = "") -> None:
        self.connection, self.notice = connection, notice

    def close(self) -> None:
        self.connection.close()

    def version(self) -> int:
        """Another number after another program or thread has written."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def talks(self, limit: int = MAX_HITS) -> list[Talk]:
        """The newest first."""
        rows = self.connection.execute(f"{TALKS} ORDER BY began_s DESC, id DESC LIMIT ?", (limit,))
        return [_talk(row) for row in rows]

    def talk(self, number: int) -> Talk | None:
        row = self.connection.execute(f"{TALKS} WHERE id = ?", (number,)).fetchone()
        return _talk(row) if row else None

    def moments(self, talk: int) -> list[Moment]:
        """A conversation from its beginning."""
        rows = self.connection.execute(
            f"SELECT {MOMENT} FROM moment WHERE talk = ? ORDER BY at_s, id", (talk,)
        )
        return [_moment(row) for row in rows]

    def search(self, query: Query, limit: int = MAX_HITS) -> list[Hit]:
        """Lines with any of the terms, of conversations with all of them; the newest first."""
        if not query:
            return []
        among = " INTERSECT ".join([_TALKS_WITH] * len(query.terms))
        rows = self.connection.execute(
            f"SELECT moment.talk, {MOMENT} FROM word JOIN moment ON moment.id = word.rowid "
            f"WHERE word MATCH ? AND moment.talk IN ({among}) "
            "ORDER BY moment.talk DESC, at_s, moment.id LIMIT ?",
            (_any_of(query.terms), *[term.match for term in query.terms], limit),
        )
        return [Hit(row[0], _moment(row[1:])) for row in rows]

    def pictures(self, talk: int) -> list[Picture]:
        rows = self.connection.execute(
            "SELECT at_s, source, jpeg FROM picture WHERE talk = ? ORDER BY at_s", (talk,)
        )
        return [Picture(*row) for row in rows]

    def sound(self, talk: int) -> Iterator[Chunk]:
        """In order of time; read one by one, for an hour of it is large."""
        rows = self.connection.execute(
            "SELECT side, at_s, flac FROM sound WHERE talk = ? ORDER BY at_s, id", (talk,)
        )
        return (Chunk(*row) for row in rows)

    def sides(self, talk: int) -> frozenset[str]:
        """Whose sound of it was kept."""
        rows = self.connection.execute("SELECT DISTINCT side FROM sound WHERE talk = ?", (talk,))
        return frozenset(side for (side,) in rows)

    def delete_talks(self, numbers: list[int]) -> int:
        """How many there were. Their words are gone from the disk afterwards, not only marked."""
        with at_once(self.connection):
            gone = sum(
                self.connection.execute("DELETE FROM talk WHERE id = ?", (number,)).rowcount
                for number in numbers
            )
        if gone:
            self._wipe()
        return gone

    def delete_moment(self, number: int) -> bool:
        gone = self.connection.execute("DELETE FROM moment WHERE id = ?", (number,)).rowcount
        if gone:
            self._wipe()
        return bool(gone)

    def delete_ended_before(self, when_s: float) -> int:
        """Retention. when_s: seconds since 1970."""
        rows = self.connection.execute("SELECT id FROM talk WHERE ended_s < ?", (when_s,))
        return self.delete_talks([number for (number,) in rows])

    def _wipe(self) -> None:
        """Takes deleted words out of the index, the free pages and the log.

        Another program that reads at this moment may put off the last two steps; whoever deletes
        next, or closes last, takes them.
        """
        self.connection.execute("INSERT INTO word (word) VALUES ('optimize')")
        with contextlib.suppress(*DatabaseErrors):
            self.connection.execute("VACUUM")
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open_store(path: Path, encrypt: bool = True) -> Store:
    """With a notice if it was damaged. Raises Locked, TooNew, OSError, the database's errors."""
    opened = open_history(path, encrypt)
    return Store(opened.connection, opened.notice)


_TALKS_WITH = (
    "SELECT moment.talk FROM word JOIN moment ON moment.id = word.rowid WHERE word MATCH ?"
)


def _any_of(terms: tuple[Term, ...]) -> str:
    return " OR ".join(term.match for term in terms)


def _talk(row: tuple) -> Talk:
    number, began_s, ended_s, title, moments, has_sound, pictures = row
    short = title if len(title) <= TITLE else title[:TITLE].rstrip() + "…"
    return Talk(number, began_s, ended_s, short, moments, bool(has_sound), pictures)


def _moment(row: tuple) -> Moment:
    number, kind, at_s, end_s, text, detail = row
    kept: Kind = kind
    return Moment(kept, at_s, end_s, text, json.loads(detail), number)


@contextlib.contextmanager
def at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
