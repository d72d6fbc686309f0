"""A session's journal on disk: its state every so often, and every event since.

    DIR/SESSION/000001.claim          who has it: the highest number does
    DIR/SESSION/000001.000004.state   all that the session was when page 4 began
    DIR/SESSION/000001.000004.log     what happened to it since, in order

So a session can go on in another process, on another machine, when its own is gone: whoever
claims it restores the newest state and lives through what came after it. One writer: a process
that was only cut off from the others, and writes on under its old claim, writes what nobody reads.

The folder is for this user alone. It holds what people said, for as long as the session lives,
and Python's own values, so nobody else's is ever read. A record is given to the system before
anything comes of it: a killed process loses nothing, a machine without power the last seconds.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import struct
from collections.abc import Iterator
from pathlib import Path

FRAME_TEXT, FRAME_BINARY, TAKEN, DONE, UNDONE, SILENCE = range(1, 7)
_HEAD = struct.Struct("<BI")
_ID = re.compile(r"session_[0-9a-z_]{1,100}\Z")
Record = tuple[int, bytes]


class Gone(Exception):
    """There is no such session here, or another process has taken it up."""


class Journal:
    """Written by one process for one session. Every method may raise OSError."""

    def __init__(self, folder: Path, claim: int) -> None:
        self._folder, self._claim = folder, claim
        self._page = 0
        self.bytes = 0  # of what was noted since the page was turned
        self._log: int | None = None

    def turn_page(self) -> int:
        """What is noted from here on happens after the state that `save` is given for it."""
        self._close()
        self._page, self.bytes = self._page + 1, 0
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._log = os.open(self._path(self._page, "log"), flags, 0o600)
        return self._page

    def note(self, kind: int, payload: bytes = b"") -> None:
        assert self._log is not None
        record = _HEAD.pack(kind, len(payload)) + payload
        if os.write(self._log, record) < len(record):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.bytes += len(record)

    def save(self, page: int, state: bytes) -> None:
        """Whole or not at all; the pages before it are not needed any more.

        Raises Gone when another process has claimed the session meanwhile.
        """
        if _newest_claim(self._folder) != self._claim:
            raise Gone
        path = self._path(page, "state")
        fresh = path.with_suffix(".new")
        opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(state)
        fresh.replace(path)
        for old in _pages(self._folder, "log") + _pages(self._folder, "state"):
            if _number(old) < (self._claim, page):
                old.unlink(missing_ok=True)

    def leave(self) -> None:
        """Writes no more; the session may go on elsewhere."""
        self._close()

    def remove(self) -> None:
        """The session is over. What another process claimed stays."""
        self._close()
        if _newest_claim(self._folder) == self._claim:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _close(self) -> None:
        if self._log is not None:
            os.close(self._log)
            self._log = None

    def _path(self, page: int, kind: str) -> Path:
        return self._folder / f"{self._claim:06}.{page:06}.{kind}"


class Journals:
    """The folder of all sessions, which every process that may take one up can reach."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError when it cannot be made."""
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        private(folder)

    def has(self, session_id: str) -> bool:
        return bool(_ID.match(session_id)) and bool(_pages(self._folder / session_id, "state"))

    def begin(self, session_id: str) -> Journal:
        """A new session's. Raises OSError."""
        folder = self._folder / session_id
        folder.mkdir(mode=0o700)
        return Journal(folder, _claim(folder, 1))

    def take_up(self, session_id: str) -> tuple[Journal, bytes, list[Record], int]:
        """The session is this process's from here on: the newest state, what came after it, and how
        many processes took it up before and did not get to a state of their own.

        Raises Gone, or OSError.
        """
        folder = self._folder / session_id
        if not self.has(session_id):
            raise Gone
        private(folder)
        claim = _claim(folder, _newest_claim(folder) + 1)
        journal = Journal(folder, claim)
        newest = max(_pages(folder, "state"), key=_number)
        logs = [log for log in _pages(folder, "log") if _follows(_number(log), _number(newest))]
        records = [one for log in sorted(logs) for one in _read(log.read_bytes())]
        return journal, private(newest).read_bytes(), records, claim - _number(newest)[0] - 1

    def sweep(self, age_s: float) -> None:
        """Removes what nobody has written to for so long: its client will not come back.

        By the clock of the disk, which may be another machine's and go otherwise than ours.
        """
        clock = self._folder / ".now"
        clock.touch(mode=0o600)
        now_s = clock.stat().st_mtime
        for folder in list(self._folder.iterdir()):
            with contextlib.suppress(OSError):
                newest = max((file.stat().st_mtime for file in folder.iterdir()), default=0.0)
                if _ID.match(folder.name) and newest < now_s - age_s:
                    shutil.rmtree(folder, ignore_errors=True)


def private(path: Path) -> Path:
    """The same path. Raises OSError where another user could have written what lies there: who
    reads Python's own values does what they say."""
    if hasattr(os, "geteuid"):
        status = path.stat()
        writable = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if status.st_uid != os.geteuid() or writable:
            raise PermissionError(errno.EPERM, "others may write there: it is to be yours alone")
    return path


def _claim(folder: Path, number: int) -> int:
    """Raises Gone when another process was first."""
    try:
        os.close(os.open(folder / f"{number:06}.claim", os.O_CREAT | os.O_EXCL, 0o600))
    except (FileExistsError, FileNotFoundError):
        raise Gone from None
    return number


def _newest_claim(folder: Path) -> int:
    return max((int(file.stem) for file in folder.glob("*.claim")), default=0)


def _pages(folder: Path, kind: str) -> list[Path]:
    return list(folder.glob(f"*.*.{kind}"))


def _number(file: Path) -> tuple[int, int]:
    claim, page, _ = file.name.split(".")
    return int(claim), int(page)


def _follows(log: tuple[int, int], state: tuple[int, int]) -> bool:
    return log[0] == state[0] and log[1] >= state[1]


def _read(log: bytes) -> Iterator[Record]:
    """Whole records; what a dying process or machine left half written is not one."""
    at = 0
    while at + _HEAD.size <= len(log):
        kind, length = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        if not kind or at + length > len(log):
            return
        yield kind, log[at : at + length]
        at += length
