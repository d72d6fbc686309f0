"""Files of the user's that are whole or not there, and readable by nobody else.

What cannot be written becomes a ToolError that names the file, a full disk included.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from engine.background.phrase import later, phrase
from engine.background.tool import ToolError

DAMAGED = later("{path} is damaged. Move it away to begin anew.")
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


@contextmanager
def touching(path: Path) -> Iterator[None]:
    """Turns an operating system's refusal into a ToolError about `path`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            full = phrase("The disk is full: {path} was not written. Free some space.", path=path)
            raise ToolError(full) from error
        why = error.strerror or type(error).__name__
        raise ToolError(phrase("{path} cannot be used ({why}).", path=path, why=why)) from error


def write_whole(path: Path, said: str | bytes) -> None:
    """Replaces `path` at once: a reader, or a crash, finds what it held or what it holds now."""
    data = said.encode() if isinstance(said, str) else said
    with touching(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise


def append_line(path: Path, line: str) -> None:
    """Adds one line in one write. One before it that broke off on a full disk is ended first."""
    with touching(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o600)
        try:
            data = f"{_broken_off(handle)}{line}\n".encode()
            if os.write(handle, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(handle)


def _broken_off(handle: int) -> str:
    """The end of a line that has none yet."""
    size = os.fstat(handle).st_size
    if not size:
        return ""
    os.lseek(handle, size - 1, os.SEEK_SET)
    return "" if os.read(handle, 1) == b"\n" else "\n"


def read_json(path: Path) -> Any:
    """What lies there; None when there is nothing. Raises ToolError when it cannot be read."""
    with touching(path):
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise ToolError(phrase(DAMAGED, path=path)) from error
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ToolError(phrase(DAMAGED, path=path)) from error


def write_json(path: Path, value: Any) -> None:
    write_whole(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
