"""The one who writes: a thread of its own, so that a slow disk never holds up the talk.

What happened waits at most a second before it is committed, so a process that is killed loses
less than two. While nobody says anything the thread sleeps.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.conversation import Happening, Typed
from app.history.book import AGAIN_S, CLOCKS, Book
from app.history.database import FetchKey
from app.history.keeping import Keeping, KeepingFile, database_file, settings_file
from app.history.keystore import fetch_key
from app.history.moment import Side
from app.window.words import tr
from engine.background.told import Offer, Rang
from engine.background.tools.instants import Clocks
from engine.client.events import ActEvent, DelegationEvent, EngineLost, Heard, Notice, Said

FLUSH_S = 1.0
NOTICE = "history"
PICTURE_S = 30.0
MAX_WAITING = 20_000
MAX_WAITING_MEDIA = 400
KEPT = (Heard, Said, Typed, ActEvent, DelegationEvent, EngineLost, Offer, Rang)
Note = Callable[[Book, float], None]


class Writer:
    """Started once, stopped once. Its `take…` may be called from any thread and never wait.

    tell: called from its thread with what the user should know, in words.
    """

    def __init__(
        self,
        path: Path,
        keeping: Callable[[], Keeping],
        tell: Callable[[str], None],
        fetch: FetchKey = fetch_key,
        clocks: Clocks = CLOCKS,
    ) -> None:
        self._keeping, self._tell = keeping, tell
        self._steady_s = clocks.steady_s
        self._book = Book(path, keeping, tell, fetch, clocks)
        self._waiting: queue.Queue[tuple[float, Note | None]] = queue.Queue(MAX_WAITING)
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)
        self._pictured_s: dict[str, float] = {}

    def start(self) -> None:
        self._thread.start()

    def stop(self, within_s: float = 5.0) -> None:
        """Writes what waits. A disk that hangs longer than that is left alone."""
        self._put(None)
        self._thread.join(within_s)

    def take(self, happening: Happening) -> None:
        """Most happenings are nothing to keep; the thread is not woken for them."""
        if isinstance(happening, KEPT):
            self._put(lambda book, at_s: book.note(happening, at_s))

    def take_sound(self, side: Side, samples: np.ndarray) -> None:
        """(n,) float32 at 16 kHz. Only where the user asked for it is any of it kept."""
        if self._keeping().sound and self._has_room:
            self._put(lambda book, at_s: book.note_sound(side, samples, at_s))

    def take_picture(self, source: str, pixels: np.ndarray) -> None:
        """(height, width, 3) uint8, RGB: one in half a minute, where the user asked for it."""
        now_s = self._steady_s()
        due = now_s - self._pictured_s.get(source, -PICTURE_S) >= PICTURE_S
        if due and self._keeping().pictures and self._has_room:
            self._pictured_s[source] = now_s
            self._put(lambda book, at_s: book.note_picture(source, pixels, at_s))

    @property
    def _has_room(self) -> bool:
        """Where the disk is slow, words go before sound and pictures."""
        return self._waiting.qsize() < MAX_WAITING_MEDIA

    def _put(self, note: Note | None) -> None:
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait((self._steady_s(), note))

    def _run(self) -> None:
        try:
            self._keep()
        except Exception as error:  # a fault of ours must not pass in silence
            stopped = tr("The history stopped: {error}. Start Aside again.")
            self._tell(stopped.format(error=type(error).__name__))
            raise

    def _keep(self) -> None:
        going = True
        while going:
            going = self._collect()
            self._book.flush(self._steady_s(), last=not going)
        self._book.close()

    def _collect(self) -> bool:
        """Waits for something, then for a second of more. False when it is the end."""
        patience_s = AGAIN_S if self._book.waits else None
        until_s: float | None = None
        while patience_s is None or patience_s > 0:
            try:
                at_s, note = self._waiting.get(timeout=patience_s)
            except queue.Empty:
                break
            if note is None:
                return False
            note(self._book, at_s)
            until_s = self._steady_s() + FLUSH_S if until_s is None else until_s
            patience_s = until_s - self._steady_s()
        return True


def history_writer(tell: Callable[[Happening], None]) -> Writer:
    """The desktop's: in the user's own folder, as their settings say; troubles become notices."""
    keeping = KeepingFile(settings_file())
    return Writer(database_file(), keeping.now, lambda words: tell(Notice(NOTICE, words)))
