"""The settings of this person: read from a file, changed one at a time, watched by windows."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from app.history.keeping import KeepingFile
from app.settings.migration import VERSION, Values, migrated
from app.settings.schema import IN_HISTORY, SETTINGS, setting
from app.settings.setting import Setting, Unfit
from app.window.words import tr

T = TypeVar("T")
Watcher = Callable[[Setting[Any]], None]
FIRST_FILE = "window.json"


def place() -> Path:
    return Path(platformdirs.user_config_path("aside")) / "settings.json"


class Settings:
    """Only what differs from the defaults is in the file; what others wrote there stays.

    once: values by setting id that hold for this run and are never written. problem: what went
    wrong with the file last, in words for the user, or "". What is to be kept of conversations
    lies in the history's own file beside it, read and written there alone: there is one truth.
    """

    def __init__(self, path: Path | None = None, once: Mapping[str, Any] | None = None) -> None:
        self.path = path or place()
        self.problem = ""
        self._once = dict(once or {})
        self._watchers: list[Watcher] = []
        self._keeping = KeepingFile(self.path.with_name("history.json"))
        self._values: Values = {}
        self._unreadable = False
        self._values = self._load()

    def __getitem__(self, wanted: Setting[T]) -> T:
        if wanted.id in IN_HISTORY:
            return wanted.check(getattr(self._keeping.now(), IN_HISTORY[wanted.id]))
        if wanted.id in self._once:
            return wanted.check(self._once[wanted.id])
        return self._values.get(wanted.id, wanted.default)

    def change(self, which: Setting[T], value: T) -> None:
        """Takes effect now and is kept. Raises Unfit. A disk that refuses is said in `problem`."""
        fits = which.check(value)
        if which.id in IN_HISTORY:
            self._keep(which, fits)
            return
        self._once.pop(which.id, None)
        before = self._values.get(which.id, which.default)
        self.problem = ""
        elsewhere = {one.id: self[one] for one in SETTINGS if one.id != which.id}
        self._values = self._load()  # somebody else may have written meanwhile
        self._values[which.id] = fits
        if fits == which.default:
            del self._values[which.id]
        if not (self._unreadable and self.path.exists()):
            self._save()
        if fits != before:
            self._tell(which)
        for one in SETTINGS:
            if one.id in elsewhere and self[one] != elsewhere[one.id]:
                self._tell(one)

    def _keep(self, which: Setting[Any], value: object) -> None:
        before = self._keeping.now()
        after = replace(before, **{IN_HISTORY[which.id]: value})  # type: ignore[arg-type]
        self.problem = ""
        try:
            self._keeping.change(after)
        except OSError as error:
            why = tr("What is kept cannot be changed in {path}: {error}.")
            self.problem = why.format(path=self._keeping.path, error=error)
        if after != before:
            self._tell(which)

    def reset(self, which: Setting[Any]) -> None:
        self.change(which, which.default)

    def watch(self, call: Watcher) -> None:
        """`call` comes after each change, in the thread that made it."""
        self._watchers.append(call)

    def reload(self) -> None:
        """Takes over what was written elsewhere, and tells of each difference."""
        before = {one.id: self[one] for one in SETTINGS}
        self.problem = ""
        self._values = self._load()
        for one in SETTINGS:
            if self[one] != before[one.id]:
                self._tell(one)

    def _tell(self, which: Setting[Any]) -> None:
        for call in self._watchers:
            call(which)

    def _load(self) -> Values:
        self._unreadable = False
        path, version = self.path, None
        if not path.exists():
            path, version = self.path.with_name(FIRST_FILE), 0
        try:
            kept = json.loads(path.read_text("utf-8"))
            if version is None:
                version, kept = int(kept["version"]), kept["settings"]
            return self._checked(migrated(version, dict(kept)))
        except FileNotFoundError:
            return {}
        except OSError as error:
            unreadable = tr("The settings in {path} cannot be read: {error}.")
            self.problem = unreadable.format(path=path, error=error.strerror)
            self._unreadable = True  # what is in it stays, and is not written over
            return dict(self._values)
        except (ValueError, TypeError, KeyError):
            self._set_aside(path)
            return {}

    def _checked(self, values: Values) -> Values:
        checked = dict(values)
        for name, value in values.items():
            try:
                checked[name] = setting(name).check(value)
            except KeyError:
                continue  # of a newer Aside, or of a part that is not installed: it stays
            except Unfit as error:
                del checked[name]
                self.problem = tr("A setting is back at its default: {error}.").format(error=error)
        return checked

    def _set_aside(self, path: Path) -> None:
        aside = path.with_name(f"{path.stem}.damaged{path.suffix}")
        try:
            path.replace(aside)
        except OSError:
            aside = path
        damaged = tr("The settings were damaged and are at their defaults; see {path}.")
        self.problem = damaged.format(path=aside)

    def _save(self) -> None:
        text = json.dumps({"version": VERSION, "settings": self._values}, indent=1, sort_keys=True)
        fresh = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            unkept = tr("The settings cannot be kept in {path}: {error}.")
            self.problem = unkept.format(path=self.path, error=error.strerror)
