"""Where the ledger is written: an SQLite file that survives a crash, or memory alone."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from engine.background.phrase import later, phrase

T = TypeVar("T")
log = logging.getLogger(__name__)
SCHEMA = """
CREATE TABLE IF NOT EXISTS tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, generation INTEGER NOT NULL, request TEXT NOT NULL,
    state TEXT NOT NULL, delegation_id TEXT, opened_at REAL NOT NULL, closed_at REAL,
    tokens INTEGER NOT NULL DEFAULT 0, money REAL NOT NULL DEFAULT 0,
    tool_calls INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS results (
    task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE, generation INTEGER NOT NULL,
    number INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    offered INTEGER NOT NULL DEFAULT 0, settled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task, generation, number)
);
CREATE INDEX IF NOT EXISTS unoffered ON results (offered) WHERE offered = 0;
"""
FULL = later(
    "The disk takes no more tasks ({why}): make room; until Aside ends they are in memory only."
)
DAMAGED = later("The kept tasks could not be read: they lie in {path}, and a new list was begun.")


def place() -> Path:
    return Path(platformdirs.user_data_path("aside", appauthor=False)) / "tasks.sqlite3"


class LedgerFile:
    """One connection for all threads, one transaction at a time.

    path: None for memory alone. problem: what a person should know about where it is written,
    "" for nothing. A disk that fails in the middle costs the file, never the task: what was
    written moves to memory and the work goes on there.
    """

    def __init__(self, path: Path | None) -> None:
        self.problem = ""
        self._lock = threading.RLock()
        self._db = self._open(path) if path else _connect(":memory:")

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Does `work` in one transaction: all of it or nothing. It is done again, in memory,
        when the disk fails."""
        with self._lock:
            try:
                return self._transact(work)
            except sqlite3.OperationalError as error:
                self._to_memory(error)
                return self._transact(work)

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            done = work(db)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return done

    def _to_memory(self, error: sqlite3.Error) -> None:
        self.problem = phrase(FULL, why=error)
        log.error("the ledger of tasks left the disk: %s", error)
        memory = _connect(":memory:")
        for table in ("tasks", "results"):
            rows = [tuple(row) for row in self._db.execute(f"SELECT * FROM {table} ORDER BY rowid")]
            if rows:
                slots = ", ".join("?" * len(rows[0]))
                memory.executemany(f"INSERT INTO {table} VALUES ({slots})", rows)
        self._db.close()
        self._db = memory

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            return _on_disk(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                self.problem = phrase(FULL, why=error)
                return _connect(":memory:")
            return self._begin_anew(path)
        except OSError as error:
            self.problem = phrase(FULL, why=error.strerror)
            return _connect(":memory:")

    def _begin_anew(self, path: Path) -> sqlite3.Connection:
        damaged = path.with_suffix(".damaged")
        path.replace(damaged)
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
        self.problem = phrase(DAMAGED, path=damaged)
        return _on_disk(path)


def _on_disk(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return _connect(str(path))


def _connect(name: str) -> sqlite3.Connection:
    db = sqlite3.connect(name, check_same_thread=False, isolation_level=None)
    try:
        _prepare(db)
    except BaseException:
        db.close()  # Windows moves no file that somebody holds open
        raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode = WAL")
    # With WAL, NORMAL loses nothing when the process dies and never damages the file; only a
    # loss of power may cost the last moments, and a write then waits for no disk.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    db.executescript(SCHEMA)
