"""One source's thread: opens it, looks at it at its pace, opens it anew when it was lost.

What it reports is what is so: "seeing" from the moment the source is open, "off" only after it
was closed again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import numpy as np

from app.capture.marks import Marks
from app.capture.models import CaptureError, Declined, Eye, Lost, Shot, SourceSight
from app.capture.pace import Look, Pace
from app.window.words import tr

log = logging.getLogger(__name__)
RETRY_S = 1.0
STOP_S = 5.0

Open = Callable[[], tuple[Eye, str, str]]  # an eye, its name for people, and what to say of it
See = Callable[[np.ndarray, Shot], None]


class Lookout:
    """Started once, stopped once. `see` and `changed` are called on its thread."""

    def __init__(
        self, name: str, open_eye: Open, look: Look, see: See, changed: Callable[[], None]
    ) -> None:
        self._open, self._see, self._changed = open_eye, see, changed
        self._look_s = 1.0 / look.hz
        self._pace, self._marks = Pace(look), Marks()
        self._stopping, self._handing = threading.Event(), threading.Lock()
        self._sight = SourceSight("waiting")
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def sight(self) -> SourceSight:
        return self._sight

    def start(self) -> None:
        self._thread.start()

    def stop(self, wait: bool = True) -> None:
        """No picture is handed over after this returned."""
        with self._handing:
            self._stopping.set()
        if wait and self._thread.is_alive():
            self._thread.join(STOP_S)

    def _run(self) -> None:
        try:
            self._look_after()
        finally:
            self._report(SourceSight())

    def _look_after(self) -> None:
        while not self._stopping.is_set():
            pause_s: float | None = RETRY_S
            try:
                notice = self._watch_once()
            except Declined as error:
                notice, pause_s = str(error), None
            if not self._stopping.is_set():
                self._report(replace(self._sight, state="waiting", notice=notice))
                self._stopping.wait(pause_s if notice else 0.0)

    def _watch_once(self) -> str:
        """From opening to closing. Returns why it ended, in words; "" to open anew at once.

        Raises Declined when it is not to be opened anew.
        """
        try:
            eye, what, notice = self._open()
        except Declined:
            raise
        except CaptureError as error:
            return str(error)
        except Exception as error:  # and drivers that are opened do so too
            log.error("a source could not be opened: %s", type(error).__name__)
            return tr("It cannot be opened ({error}); it is tried again.").format(
                error=type(error).__name__
            )
        self._report(SourceSight("seeing", what, notice))
        try:
            self._watch(eye, notice)
        except Declined:
            raise
        except Lost as error:
            return str(error)
        except Exception as error:  # a driver raises what it likes, and the others must go on
            log.error("a source failed with %s", type(error).__name__)
            failed = tr("{what} failed ({error}); it is tried again.")
            return failed.format(what=what, error=type(error).__name__)
        finally:
            with suppress(Exception):
                eye.close()
        return ""

    def _watch(self, eye: Eye, notice: str) -> None:
        while not self._stopping.is_set():
            began_s = time.monotonic()
            try:
                shot = eye.look()
            except (Lost, Declined):
                raise
            except CaptureError as error:
                self._report(replace(self._sight, state="waiting", notice=str(error)))
            else:
                self._report(replace(self._sight, state="seeing", notice=notice))
                if shot is not None:
                    self._hand_over(shot)
            self._stopping.wait(max(0.0, began_s + self._look_s - time.monotonic()))

    def _hand_over(self, shot: Shot) -> None:
        picture = self._marks.draw(self._pace.scaled(shot.pixels), shot)
        with self._handing:
            if not self._stopping.is_set() and self._pace.is_due(picture):
                self._see(picture, shot)

    def _report(self, sight: SourceSight) -> None:
        if sight != self._sight:
            self._sight = sight
            self._changed()
