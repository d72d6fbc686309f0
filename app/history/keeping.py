"""What the user wants kept: a few typed values in a small file of their own."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import platformdirs

from app.window.words import tr

LONGEST_DAYS = 36_500
WORDS = {"pictures": "pictures", "sound": "sound"}


@dataclass(frozen=True)
class Keeping:
    """keep: whether anything is. days: for how long, 0 for as long as there is room.

    pictures: thumbnails of what was shared. sound: both sides' voices; off until asked for.
    encrypt: on disk, where the platform has a key store. unreadable: the file says something that
    nobody understands, so nothing is kept until the user chooses again.
    """

    keep: bool = True
    days: int = 0
    pictures: bool = False
    sound: bool = False
    encrypt: bool = True
    unreadable: bool = False

    def __post_init__(self) -> None:
        for one in fields(self):
            wanted = int if one.name == "days" else bool
            if type(getattr(self, one.name)) is not wanted:
                raise ValueError(f"history setting {one.name} must be of type {wanted.__name__}")
        if not 0 <= self.days <= LONGEST_DAYS:
            raise ValueError(f"history is kept for 0 to {LONGEST_DAYS} days, not {self.days}")

    @classmethod
    def load(cls, path: Path) -> Keeping:
        """What the file says. One that cannot be read keeps nothing: that harms least."""
        try:
            kept = json.loads(path.read_text("utf-8"))
            if not isinstance(kept, dict):
                raise ValueError("no settings")
            return cls(**{name: kept[name] for name in _WRITTEN if name in kept})
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, TypeError):
            return cls(keep=False, unreadable=True)

    def save(self, path: Path) -> None:
        """Raises OSError: a wish about privacy is not lost silently."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        chosen = {name: value for name, value in asdict(self).items() if name in _WRITTEN}
        fresh.write_text(json.dumps(chosen, indent=1), "utf-8")
        fresh.replace(path)

    @property
    def words(self) -> str:
        """For people."""
        if self.unreadable:
            return tr(
                "What to keep cannot be read from its file, so nothing is kept. Choose it again in"
                " the settings."
            )
        if not self.keep:
            return tr("Nothing is kept.")
        also = [tr(WORDS[name]) for name in WORDS if getattr(self, name)]
        what = ", ".join([tr("words and acts"), *also])
        if self.days:
            return tr("Kept for {days} days: {what}.").format(days=self.days, what=what)
        return tr("Kept until you delete it: {what}.").format(what=what)


_WRITTEN = [one.name for one in fields(Keeping) if one.name != "unreadable"]


def settings_file() -> Path:
    return Path(platformdirs.user_config_path("aside")) / "history.json"


def database_file() -> Path:
    return Path(platformdirs.user_data_path("aside")) / "history.db"


class KeepingFile:
    """The settings as the file has them now: another program may change them at any time."""

    CHECK_S = 1.0

    def __init__(self, path: Path) -> None:
        self.path = path
        self._checked_s = 0.0
        self._changed_ns = -1
        self._keeping = Keeping.load(path)

    def now(self) -> Keeping:
        """Looks at the file at most once a second; may be called from any thread."""
        if time.monotonic() - self._checked_s >= self.CHECK_S:
            self._checked_s = time.monotonic()
            changed_ns = _changed_ns(self.path)
            if changed_ns != self._changed_ns:
                self._changed_ns, self._keeping = changed_ns, Keeping.load(self.path)
        return self._keeping

    def change(self, keeping: Keeping) -> None:
        """Raises OSError."""
        keeping.save(self.path)
        self._changed_ns = _changed_ns(self.path)
        self._keeping = replace(keeping, unreadable=False)


def _changed_ns(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
