"""The history as it is being written, by one thread: the conversation now, and the open file.

What cannot be written waits and is tried again, and the user is told once. A file that turns out
damaged is set aside, and the conversation goes on in a new one.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.conversation import Happening
from app.history.backlog import Backlog
from app.history.database import (
    LOCKED_AGAIN_S,
    DatabaseErrors,
    FetchKey,
    Locked,
    is_damage,
    open_history,
    set_aside,
)
from app.history.keeping import Keeping
from app.history.moment import SIDES, Picture, Side
from app.history.schema import TooNew
from app.history.scribe import Scribe
from app.history.sound import Sounds
from app.history.store import Store
from app.history.thumbnail import thumbnail
from app.window.words import tr
from engine.background.tools.instants import Clocks
from engine.client.events import EngineLost

CLOCKS = Clocks()
AGAIN_S = 5.0
IDLE_S = 1800.0
# More than the wall clock is corrected by; where it moved further, the machine slept.
SLEPT_S = 60.0
PREROLL_S = 3.0
RETENTION_S = 3600.0
DAY_S = 86_400.0
TROUBLES: tuple[type[Exception], ...] = (OSError, Locked, TooNew, *DatabaseErrors)


class Book:
    """Times are seconds by the steady clock. tell: what the user should know, in words."""

    def __init__(
        self,
        path: Path,
        keeping: Callable[[], Keeping],
        tell: Callable[[str], None],
        fetch: FetchKey,
        clocks: Clocks = CLOCKS,
    ) -> None:
        self.path, self._keeping, self._tell, self._fetch = path, keeping, tell, fetch
        self._clocks = clocks
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._talk: Backlog | None = None
        self._sounds: dict[Side, Sounds] = {}
        self._preroll: deque[tuple[float, Side, np.ndarray]] = deque()
        self._last_s = self._again_s = self._apart_s = 0.0
        self._cleaned_s: float | None = None
        self._told = self._damage = ""

    @property
    def waits(self) -> bool:
        """Whether something is not yet written."""
        return bool(self._talk)

    def note(self, happening: Happening, at_s: float) -> None:
        if not self._goes_on(at_s):
            if isinstance(happening, EngineLost):
                return
            self.flush(at_s)
            self._apart_s = self._clocks_apart_s()
            if not self.waits:
                self._begin(at_s)
        assert self._talk is not None
        self._last_s = at_s
        self._talk.scribe.take(happening, at_s)

    def note_sound(self, side: Side, samples: np.ndarray, at_s: float) -> None:
        """(n,) float32 at 16 kHz, of which the first sounds at `at_s`."""
        if not self._goes_on(at_s):
            self._preroll.append((at_s, side, samples))
            while at_s - self._preroll[0][0] > PREROLL_S:
                self._preroll.popleft()
            return
        assert self._talk is not None
        since_s = at_s - self._talk.scribe.began_s
        self._talk.chunks += self._sounds[side].take(samples, since_s)

    def note_picture(self, source: str, pixels: np.ndarray, at_s: float) -> None:
        if self._talk is not None and self._goes_on(at_s):
            since_s = at_s - self._talk.scribe.began_s
            self._talk.pictures.append(Picture(since_s, source, thumbnail(pixels)))

    def flush(self, now_s: float, last: bool = False) -> None:
        """Commits what waits. `last`: also what would be tried again later, and unfull pieces."""
        keeping = self._keeping()
        if not keeping.keep:
            self._talk = None
            self._preroll.clear()
            return
        if last and self._talk is not None:
            for sounds in self._sounds.values():
                self._talk.chunks += sounds.rest()
        if self.waits and (last or now_s >= self._again_s):
            try:
                self._write(keeping, now_s)
            except TROUBLES as error:
                self._recover(error, now_s)

    def close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(*DatabaseErrors):
                self._connection.close()
        self._connection = None

    def _goes_on(self, at_s: float) -> bool:
        """Whether the conversation that is open is still the same after its last pause.

        A steady clock that stands still while the machine sleeps falls behind the wall's.
        """
        slept = abs(self._clocks_apart_s() - self._apart_s) > SLEPT_S
        return self._talk is not None and at_s - self._last_s <= IDLE_S and not slept

    def _clocks_apart_s(self) -> float:
        return self._clocks.wall_s() - self._clocks.steady_s()

    def _begin(self, at_s: float) -> None:
        """A conversation begins with its first word, and with what sounded just before it."""
        began_s = max(at_s - PREROLL_S, self._preroll[0][0]) if self._preroll else at_s
        self._last_s = at_s
        self._talk = Backlog(began_s + self._apart_s, Scribe(began_s))
        self._sounds = {side: Sounds(side) for side in SIDES}
        before, self._preroll = self._preroll, deque()
        for sounded_s, side, samples in before:
            if sounded_s >= began_s:
                self.note_sound(side, samples, sounded_s)

    def _write(self, keeping: Keeping, now_s: float) -> None:
        assert self._talk is not None
        if self._connection is not None and _inode(self.path) != self._inode:
            self.close()  # somebody took the file away: what follows belongs into a new one
            self._talk.begin_anew()
        if self._connection is None:
            opened = open_history(self.path, keeping.encrypt, self._fetch)
            self._connection, self._inode = opened.connection, _inode(self.path)
            self._say(f"{self._damage} {opened.notice}".strip())
            self._damage = ""
        self._talk.write(self._connection)
        self._told = ""
        self._clean(keeping, now_s)

    def _clean(self, keeping: Keeping, now_s: float) -> None:
        """Once an hour what is older than the user wants to keep is deleted."""
        assert self._connection is not None
        due = self._cleaned_s is None or now_s - self._cleaned_s > RETENTION_S
        if keeping.days and due:
            self._cleaned_s = now_s
            oldest_s = self._clocks.wall_s() - keeping.days * DAY_S
            Store(self._connection).delete_ended_before(oldest_s)

    def _recover(self, error: Exception, now_s: float) -> None:
        assert self._talk is not None
        self.close()
        lost = self._talk.trim()
        self._again_s = now_s + (LOCKED_AGAIN_S if isinstance(error, Locked) else AGAIN_S)
        if is_damage(error):
            self._replace()
            self._again_s = 0.0
        elif isinstance(error, Locked | TooNew):
            self._say(str(error))
        elif "locked" not in str(error):  # by another program, for a moment
            gone = tr("{count} lines are lost.").format(count=lost) if lost else ""
            told = tr(
                "The history cannot be written ({error}). Make room on the disk or look at "
                "{folder}; until then it waits in memory."
            ).format(error=error, folder=self.path.parent)
            self._say(f"{told} {gone}".strip())

    def _replace(self) -> None:
        """The conversation goes on in a new file, unless another program has begun one."""
        assert self._talk is not None
        self._talk.begin_anew()
        if _inode(self.path) == self._inode:
            lies = set_aside(self.path)
            told = tr("The history was damaged. It lies in {path}; a new one has begun.")
            self._damage = told.format(path=lies)
            self._say(self._damage)

    def _say(self, words: str) -> None:
        if words and words != self._told:
            self._told = words
            self._tell(words)


def _inode(path: Path) -> int:
    """Which file it is; 0 where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0
