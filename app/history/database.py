"""Opening the history's one file: encrypted if there is a key, set aside if it is damaged."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from app.history.keystore import Key, fetch_key
from app.history.schema import prepare
from app.window.words import tr

PLAIN_HEADER = b"SQLite format 3\x00"
ENCRYPTED = "-encrypted"
BUSY_MS = 5000
# Asking a locked key store again puts its dialogue before the user again.
LOCKED_AGAIN_S = 600.0
HELD_STAY = sys.platform == "win32"  # there no file is replaced while somebody holds it open
State = Literal["absent", "plain", "encrypted", "damaged"]
FetchKey = Callable[[], Key]

try:
    _cipher: Any = import_module("sqlcipher3.dbapi2")
except ImportError:  # a platform for which the package is not built
    _cipher = None

DatabaseErrors: tuple[type[Exception], ...] = (sqlite3.DatabaseError,)
if _cipher is not None:
    DatabaseErrors = (sqlite3.DatabaseError, _cipher.DatabaseError)
NO_CIPHER = "the package sqlcipher3 is not there"


class Locked(Exception):
    """The history is or is to be encrypted, and its key cannot be had now."""


class Damaged(Exception):
    """The file is no history that can be read."""


@dataclass(frozen=True)
class Opened:
    """A connection, whether what it writes is encrypted, and what the user should be told."""

    connection: sqlite3.Connection
    encrypted: bool
    notice: str = ""


def can_encrypt() -> bool:
    """Whether the package is there; where the key is to come from is another question."""
    return _cipher is not None


def state_of(path: Path) -> State:
    """An encrypted file looks like noise; that it is one, the empty file beside it says."""
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        return "absent"
    if not header:
        return "absent"
    if header == PLAIN_HEADER:
        return "plain"
    return "encrypted" if _marker(path).exists() else "damaged"


def open_history(path: Path, encrypt: bool = True, fetch: FetchKey = fetch_key) -> Opened:
    """Opens or makes the history at `path`. One that is damaged is renamed, and that is said.

    A new one that should be encrypted is begun in clear only where there is no key store, or no
    package to encrypt it with; that is said too.

    Raises Locked, schema.TooNew, OSError, and on a full disk the database's errors.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _open(path, encrypt, fetch)
    except Damaged:
        aside = set_aside(path)
        opened = _open(path, encrypt, fetch)
        told = tr("The history was damaged. It lies in {path}; a new one has begun.")
        told = f"{told.format(path=aside)} {opened.notice}".strip()
        return Opened(opened.connection, opened.encrypted, told)


def set_aside(path: Path) -> Path:
    """Renames a damaged history and what belongs to it, and returns where it lies now."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    target = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.stem}-damaged-{stamp}-{number}{path.suffix}")
    for ending in ("-wal", "-shm", ENCRYPTED, ""):
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{path}{ending}", f"{target}{ending}")
    return target


def _marker(path: Path) -> Path:
    return Path(f"{path}{ENCRYPTED}")


def _open(path: Path, encrypt: bool, fetch: FetchKey) -> Opened:
    state = state_of(path)
    key = _key(state, encrypt, fetch)
    if state == "encrypted" and not key.hex:
        locked = tr("The history is encrypted, and {why}. Nothing is kept until then.")
        raise Locked(locked.format(why=key.missing))
    if key.locked:  # before a damaged one is set aside: nobody could say so then
        waits = tr(
            "The history is to be encrypted, and {why}. It waits in memory until then. Encryption "
            "can be switched off in the settings."
        )
        raise Locked(waits.format(why=key.missing))
    if state == "damaged":
        raise Damaged("file is not a database")
    if state == "plain" and (not key.hex or not _turned(path, key)):
        return Opened(_connect(path, Key()), False)
    told = tr("The history is not encrypted: {why}.") if encrypt and not key.hex else ""
    return Opened(_connect(path, key), bool(key.hex), told.format(why=key.missing))


def _key(state: State, encrypt: bool, fetch: FetchKey) -> Key:
    if not encrypt and state != "encrypted":
        return Key(missing=tr("encryption is switched off"))
    return fetch() if _cipher is not None else Key(missing=tr(NO_CIPHER))


def _connect(path: Path, key: Key) -> sqlite3.Connection:
    """Raises Damaged for what is no database, or one of another key."""
    path.touch(mode=0o600)
    if key.hex:
        _marker(path).touch(mode=0o600)
    driver = _cipher if key.hex else sqlite3
    made = driver.connect(
        path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        if key.hex:
            made.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal
            made.execute(f"PRAGMA key = \"x'{key.hex}'\"")
        made.execute("PRAGMA foreign_keys = ON")
        made.execute("PRAGMA secure_delete = ON")
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("PRAGMA synchronous = FULL")
        prepare(made)
    except Exception as error:
        made.close()
        if is_damage(error):
            raise Damaged(str(error)) from error
        raise
    return made


def is_damage(error: Exception) -> bool:
    """Whether the file itself is wrong, as against a full disk or a lock."""
    words = str(error) if isinstance(error, DatabaseErrors) else ""
    return any(sign in words for sign in ("malformed", "not a database", "corrupt"))


def _turned(path: Path, key: Key) -> bool:
    """Encrypts a plain history in place; False if another program has it open just now."""
    fresh = path.with_suffix(".encrypting")
    fresh.unlink(missing_ok=True)
    plain = _cipher.connect(path, timeout=0.2, isolation_level=None)
    try:
        # Leaving WAL succeeds only for the one who has the file alone.
        if plain.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            return False
        plain.execute("PRAGMA locking_mode = EXCLUSIVE")
        plain.execute("BEGIN EXCLUSIVE")
        plain.execute("COMMIT")
        (version,) = plain.execute("PRAGMA user_version").fetchone()
        plain.execute(f"ATTACH DATABASE ? AS fresh KEY \"x'{key.hex}'\"", (str(fresh),))
        plain.execute("SELECT sqlcipher_export('fresh')")
        plain.execute(f"PRAGMA fresh.user_version = {version}")
        plain.execute("DETACH DATABASE fresh")
        os.chmod(fresh, 0o600)
        _marker(path).touch(mode=0o600)
        if HELD_STAY:
            plain.close()
        os.replace(fresh, path)
    except DatabaseErrors as error:
        fresh.unlink(missing_ok=True)
        if is_damage(error):
            raise Damaged(str(error)) from error
        return False
    finally:
        plain.close()
    return True
