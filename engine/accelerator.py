"""Which Python runs the engine: this one, or that of the GPU engine where the user added it.

The GPU engine is an environment of its own in the user's folder (`aside gpu add` makes it), so
that the small runtime in ours stays what it is. It counts only while it fits: made for this tree,
this Python and these locked packages.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from engine import child

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("default", "gpu")


def folder() -> Path:
    return Path(platformdirs.user_data_path("aside", appauthor=False)) / "gpu-engine"


def mark(place: Path) -> Path:
    """The file in which the GPU engine says what it was made for; written last."""
    return place / "aside-made-for"


def fingerprint(root: Path = ROOT) -> str:
    """A digest of all that a GPU engine must fit."""
    parts = [str(root), sys.version]
    parts += [_lock(root, layer) for layer in LAYERS]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _lock(root: Path, layer: str) -> str:
    try:
        return (root / "installers" / "locks" / f"{layer}.txt").read_text("utf-8")
    except OSError:
        return ""


def interpreter(place: Path) -> Path:
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def python(place: Path | None = None, root: Path = ROOT) -> str:
    """The Python to run the engine with."""
    place = place or folder()
    try:
        fits = mark(place).read_text("utf-8") == fingerprint(root)
    except OSError:
        return sys.executable
    there = interpreter(place)
    return str(there) if fits and there.exists() else sys.executable


def hand_over(arguments: Sequence[str]) -> int | None:
    """Runs `aside ARGUMENTS` with the GPU engine instead, and returns its exit status.

    Where the system can put one program in another's place it does not return. None: there is no
    GPU engine, or this is it already.
    """
    other = python()
    if other == sys.executable or Path(sys.prefix) == folder():
        return None
    command, environment = child.command("app.cli", *arguments, python=other), child.environment()
    if sys.platform != "win32":
        sys.stdout.flush()
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)
