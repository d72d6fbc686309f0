"""What the user added and selected, in one file that holds no secret."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs

from engine.client.models.checkpoints import find

GPT_LIVE, ASIDE = "gpt-live", "aside"


class NoModel(Exception):
    """No such model, or none that can be used. The message says what to do."""


@dataclass(frozen=True)
class Remote:
    """A model behind an address that the user named.

    protocol: aside, gpt-live, or one of engine.client.adapters.table. key: "env:NAME", "store" for
    the platform's key store, "" for none. certificate: a PEM file to trust besides the system's.
    """

    name: str
    protocol: str
    url: str
    model: str = ""
    key: str = ""
    instructions: str = ""
    certificate: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Local:
    """A checkpoint that our own engine runs here. path: None for the shipped one."""

    name: str
    path: Path | None


Choice = Local | Remote
SHIPPED = Local("nano", None)


@dataclass(frozen=True)
class Choices:
    """selected: "" for the shipped checkpoint."""

    remotes: tuple[Remote, ...] = ()
    selected: str = ""

    def find(self, name: str) -> Choice:
        """Raises NoModel."""
        for remote in self.remotes:
            if remote.name == name:
                return remote
        return local(name)

    def chosen(self) -> Choice:
        """What to run when nothing else is asked for. Raises NoModel."""
        return self.find(self.selected) if self.selected else SHIPPED

    def with_remote(self, remote: Remote) -> Choices:
        others = tuple(known for known in self.remotes if known.name != remote.name)
        return replace(self, remotes=(*others, remote))

    def without(self, name: str) -> Choices:
        others = tuple(known for known in self.remotes if known.name != name)
        return Choices(others, "" if self.selected == name else self.selected)


def file() -> Path:
    return Path(platformdirs.user_config_dir("aside", appauthor=False)) / "models.json"


def load(path: Path | None = None) -> Choices:
    """Raises NoModel when the file is damaged: running something else than chosen is no way out."""
    path = path or file()
    try:
        kept = json.loads(path.read_text("utf-8"))
        remotes = tuple(Remote(**remote) for remote in kept["models"])
        return Choices(remotes, str(kept["selected"]))
    except FileNotFoundError:
        return Choices()
    except (OSError, ValueError, KeyError, TypeError):
        raise NoModel(f"{path} cannot be read: mend it, or delete it to begin anew") from None


def save(choices: Choices, path: Path | None = None) -> None:
    """Atomically. Raises OSError."""
    path = path or file()
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"selected": choices.selected, "models": [asdict(one) for one in choices.remotes]}
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    os.replace(beside, path)


def local(name: str) -> Local:
    """A checkpoint by its name, its folder's name, or its path. Raises NoModel."""
    for checkpoint in find():
        if name in (checkpoint.name, checkpoint.path, Path(checkpoint.path).name):
            if checkpoint.problem:
                raise NoModel(f"{checkpoint.path} cannot be used: {checkpoint.problem}")
            if checkpoint.origin == "data":
                raise NoModel(f"{name} are files for another server, not for our engine")
            shipped = checkpoint.origin == "shipped"
            return Local(checkpoint.name, None if shipped else Path(checkpoint.path))
    if Path(name).is_dir():
        return Local(Path(name).name, Path(name))
    raise NoModel(f"there is no model {name!r}; what there is: aside models")


def choose(name: str | None = None) -> Choice:
    """The model of this name, or the selected one. Raises NoModel."""
    return load().find(name) if name else load().chosen()
