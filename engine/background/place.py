"""Where something failed, for a log that must not quote a conversation."""

from __future__ import annotations

import traceback
from pathlib import Path


def place(error: BaseException) -> str:
    """The error's kind, file and line, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
