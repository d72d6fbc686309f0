"""The checkpoints on this machine, the shipped one first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

import engine

WEIGHTS = "model.safetensors"
PARTIAL = ".partial"
PUBLISHED = "published.json"  # beside a checkpoint of ours that was downloaded: source, licence


@dataclass(frozen=True)
class Checkpoint:
    """A folder. name: what its config.json says; problem: why our engine cannot run it.

    origin: shipped, user, or data: files of another model that only another server can run.
    licence: as it was published with, "" where it is not known.
    """

    name: str
    path: str
    origin: str
    size_bytes: int
    problem: str = ""
    licence: str = ""


def shipped_folder() -> Path:
    return Path(engine.__file__).parent.parent / "assets"


def user_folder() -> Path:
    """Where people put checkpoints of their own, one directory each."""
    return Path(platformdirs.user_data_dir("aside", appauthor=False)) / "models"


def find() -> list[Checkpoint]:
    """Every checkpoint: the shipped ones, then the user's, each in the order of their names."""
    shipped = [_read(path, "shipped") for path in _directories(shipped_folder())
               if (path / "config.json").is_file()]  # fmt: skip
    return shipped + [_read(path, "user") for path in _directories(user_folder())]


def _directories(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(
            path for path in folder.iterdir() if path.is_dir() and path.suffix != PARTIAL
        )


def _read(path: Path, origin: str) -> Checkpoint:
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    if (path / "model.json").is_file():
        return Checkpoint(path.name, str(path), "data", size)
    try:
        config = json.loads((path / "config.json").read_text("utf-8"))
        name = str(config["name"])
    except FileNotFoundError:
        return Checkpoint(path.name, str(path), origin, size, "it has no config.json")
    except (OSError, ValueError, KeyError, TypeError):
        return Checkpoint(path.name, str(path), origin, size, "its config.json cannot be read")
    problem = "" if (path / WEIGHTS).is_file() else f"it has no {WEIGHTS}"
    return Checkpoint(name, str(path), origin, size, problem, _licence(path))


def _licence(path: Path) -> str:
    try:
        return str(json.loads((path / PUBLISHED).read_text("utf-8"))["licence"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
