"""A session that rests: its state in a file, until another process of this engine takes it up.

The file lies where whoever started the engine said (`--rest`), readable by that user alone, and
is gone as soon as it is taken. It holds Python's own values, so it is as much to be trusted as
this program's files: one that another user could have written is not read.
"""

from __future__ import annotations

import logging
import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.microturn import OutputTurn
from engine.server.journal import private

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rested:
    """state: what `Session.snapshot` gave after `turns` micro-turns, `last` being the last."""

    engine: str
    turns: int
    last: OutputTurn
    state: Any


def leave(path: Path, rested: Rested) -> None:
    """Whole or not at all. Raises OSError."""
    fresh = path.with_suffix(".new")
    opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        pickle.dump(rested, file, pickle.HIGHEST_PROTOCOL)
    fresh.replace(path)


def take(path: Path | None, engine: str) -> Rested | None:
    """What rests there, once; None where nothing does that this engine could go on with. What
    another engine left stays there for it."""
    if path is None or not path.exists():
        return None
    try:
        with private(path).open("rb") as file:
            rested = pickle.load(file)
        if isinstance(rested, Rested) and rested.engine != engine:
            log.info("a session of another engine rests, and is left to it")
            return None
        path.unlink()
    except Exception as error:  # damaged, or of another version: a new session begins
        log.error("a resting session could not be taken up: %s", type(error).__name__)
        return None
    return rested if isinstance(rested, Rested) else None
