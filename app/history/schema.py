"""The tables, and how older ones become newer ones."""

from __future__ import annotations

import sqlite3

from app.history.words import indexed
from app.window.words import tr

VERSION = 1

# The word index holds no text of its own: it is fed the folded words, so that the window can
# search by beginnings, in any case, and inside scripts without spaces.
TABLES = """
CREATE TABLE talk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    began_s REAL NOT NULL,
    ended_s REAL NOT NULL
);
CREATE INDEX talk_by_time ON talk (began_s);
CREATE TABLE moment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    talk INTEGER NOT NULL REFERENCES talk (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at_s REAL NOT NULL,
    end_s REAL NOT NULL,
    text TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX moment_by_talk ON moment (talk, at_s);
CREATE TABLE picture (
    id INTEGER PRIMARY KEY,
    talk INTEGER NOT NULL REFERENCES talk (id) ON DELETE CASCADE,
    at_s REAL NOT NULL,
    source TEXT NOT NULL,
    jpeg BLOB NOT NULL
);
CREATE INDEX picture_by_talk ON picture (talk, at_s);
CREATE TABLE sound (
    id INTEGER PRIMARY KEY,
    talk INTEGER NOT NULL REFERENCES talk (id) ON DELETE CASCADE,
    side TEXT NOT NULL,
    at_s REAL NOT NULL,
    flac BLOB NOT NULL
);
CREATE INDEX sound_by_talk ON sound (talk, side, at_s);
CREATE VIEW wording AS SELECT id, indexed(text) AS words FROM moment;
CREATE VIRTUAL TABLE word USING fts5 (
    words, content='wording', content_rowid='id', tokenize='ascii', prefix='2 3'
);
CREATE TRIGGER moment_in AFTER INSERT ON moment BEGIN
    INSERT INTO word (rowid, words) VALUES (new.id, indexed(new.text));
END;
CREATE TRIGGER moment_out AFTER DELETE ON moment BEGIN
    INSERT INTO word (word, rowid, words) VALUES ('delete', old.id, indexed(old.text));
END;
CREATE TRIGGER moment_changed AFTER UPDATE OF text ON moment BEGIN
    INSERT INTO word (word, rowid, words) VALUES ('delete', old.id, indexed(old.text));
    INSERT INTO word (rowid, words) VALUES (new.id, indexed(new.text));
END;
"""


class TooNew(Exception):
    """The history was written by a later Aside."""


def prepare(connection: sqlite3.Connection) -> None:
    """Makes the tables where there are none. Raises TooNew and the database's own errors."""
    connection.create_function("indexed", 1, indexed, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")  # of two programs that start at once, one makes them
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise TooNew(
                tr(
                    "The history was written by a newer Aside. Install that one again, "
                    "or move history.db away to begin a new one."
                )
            )
        if version == 0:
            for statement in _statements(TABLES):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """Split where a statement is complete; executescript would commit on its own."""
    done, open_lines = [], ""
    for line in script.splitlines(keepends=True):
        open_lines += line
        if sqlite3.complete_statement(open_lines):
            done.append(open_lines.strip())
            open_lines = ""
    return done
