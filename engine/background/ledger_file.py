"""Where the ledger is written: an SQLite file that survives a crash, or memory alone."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
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
LOCKED = later(
    "Another program holds {path}: close it, and start Aside again; until then the tasks are in"
    " memory only."
)
DAMAGED = later("The kept tasks could not be read: they lie in {path}, and a new list was begun.")
WAIT_S = 5.0  # for another program's lock: SQLite itself tries again and again for so long
# These tell of a statement of ours, whatever the file is like.
_OURS = (
    sqlite3.DataError, sqlite3.IntegrityError, sqlite3.NotSupportedError, sqlite3.ProgrammingError,
)  # fmt: skip


def place() -> Path:
    return Path(platformdirs.user_data_path("aside", appauthor=False)) / "tasks.sqlite3"


class LedgerFile:
    """One connection for all threads, one transaction at a time.

    path: None for memory alone. problem: what a person should know about where it is written,
    "" for nothing. A file that fails in the middle costs the file, never the task: what was
    written moves to memory and the work goes on there.
    """

    def __init__(self, path: Path | None) -> None:
        self.problem = ""
        self._lock = threading.RLock()
        self._path = path  # None as soon as everything is in memory
        self._stale: Path | None = None  # a file that was left, and is to be deleted
        self._db = self._open(path) if path else _connect(":memory:")

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Does `work` in one transaction: all of it or nothing."""
        return self._surely(lambda: self._transact(work))

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        return self._surely(lambda: self._db.execute(query, values).fetchall())

    def close(self) -> None:
        with self._lock:
            self._db.close()
            self._delete_stale()

    def _surely(self, work: Callable[[], T]) -> T:
        """It is done again, in memory, when the file fails."""
        with self._lock:
            try:
                return work()
            except sqlite3.DatabaseError as error:
                if self._path is None or isinstance(error, _OURS):
                    raise
                self._to_memory(self._path, error)
                return work()

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

    def _to_memory(self, path: Path, error: sqlite3.DatabaseError) -> None:
        # Not its words: they may quote what could not be read.
        log.error("the ledger of tasks left its file: %s", _kind(error))
        self.problem = _problem(path, error)
        memory = _connect(":memory:")
        _copy(self._db, memory)
        self._db.close()
        self._db, self._path = memory, None
        if _is_damage(error):
            with suppress(OSError):
                self.problem = phrase(DAMAGED, path=_put_aside(path))
        else:
            self._stale = path
            self._delete_stale()

    def _delete_stale(self) -> None:
        """Else the next start would tell it all again. This needs no room on the disk. Windows
        deletes nothing that another program has open: then it is tried once more at the end."""
        if self._stale is not None:
            with suppress(OSError):
                self._stale.unlink(missing_ok=True)
                _unlink_logs(self._stale)
                self._stale = None

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            return self._on_disk_or_anew(path)
        except (sqlite3.DatabaseError, OSError) as error:
            self.problem = _problem(path, error)
            self._path = None
            return _connect(":memory:")

    def _on_disk_or_anew(self, path: Path) -> sqlite3.Connection:
        try:
            return _on_disk(path)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            log.error("the ledger of tasks is damaged: %s", _kind(error))
            self.problem = phrase(DAMAGED, path=_put_aside(path))
            return _on_disk(path)


def _problem(path: Path, error: sqlite3.DatabaseError | OSError) -> str:
    if isinstance(error, OSError):
        return phrase(FULL, why=error.strerror)
    if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return phrase(LOCKED, path=path)
    return phrase(FULL, why=error)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is wrong, as against a full disk or a lock. Without a code are what
    `_prepare` finds and a text that cannot be decoded."""
    return _code(error) in (None, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(error: sqlite3.Error) -> int | None:
    """The primary one: the upper bytes only say more of it."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _kind(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", type(error).__name__)


def _put_aside(path: Path) -> Path:
    """Returns where it lies now."""
    damaged = path.with_suffix(".damaged")
    path.replace(damaged)
    _unlink_logs(path)
    return damaged


def _unlink_logs(path: Path) -> None:
    """A log that is left would be played into the next file of that name."""
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """As far as it can be read. The counter of ids comes first: results of a task that is lost
    must not become another's."""
    for table in ("sqlite_sequence", "tasks", "results"):
        with suppress(sqlite3.DatabaseError):
            for row in source.execute(f"SELECT * FROM {table} ORDER BY rowid"):
                slots = ", ".join("?" * len(row))
                with suppress(sqlite3.IntegrityError):
                    target.execute(f"INSERT INTO {table} VALUES ({slots})", tuple(row))


def _on_disk(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return _connect(str(path))


def _connect(name: str) -> sqlite3.Connection:
    db = sqlite3.connect(name, timeout=WAIT_S, check_same_thread=False, isolation_level=None)
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
    # To open it SQLite reads the first page only: other damage would show in the middle of work.
    found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    db.executescript(SCHEMA)
