"""Files that stay readable whatever happens while they are written.

Every write goes to the operating system at once: a killed process loses nothing of it. A write
that fails, on a full disk for instance, becomes an OutputError that names the file.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.replay.errors import OutputError

_NEW = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns an operating system's refusal into an OutputError about `path`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise OutputError(
                f"{path}: the disk is full. What was written until now stays readable; "
                "free some space, or give another folder, and run it again."
            ) from error
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}). Give another folder to --out."
        ) from error


class PatchedFile:
    """A file that grows at its end and whose header may be overwritten. Raises OutputError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with writing(path):
            self._fd = os.open(path, _NEW, 0o644)

    def write(self, offset: int, data: bytes) -> None:
        """All of `data` at `offset`, or an OutputError."""
        with writing(self.path):
            os.lseek(self._fd, offset, os.SEEK_SET)
            left = memoryview(data)
            while left:
                left = left[os.write(self._fd, left) :]

    def close(self) -> None:
        os.close(self._fd)


class LinesFile:
    """A text file that grows by whole lines. Raises OutputError."""

    def __init__(self, path: Path) -> None:
        self._file = PatchedFile(path)
        self._size = 0

    def append(self, line: str) -> None:
        data = f"{line}\n".encode()
        self._file.write(self._size, data)
        self._size += len(data)

    def close(self) -> None:
        self._file.close()


def write_whole(path: Path, data: bytes) -> None:
    """Writes a small file so that it is there whole or, as before, not. Raises OutputError."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        with writing(path):
            draft.write_bytes(data)
            draft.replace(path)
    except OutputError:
        draft.unlink(missing_ok=True)
        raise
