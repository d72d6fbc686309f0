"""The clock of everything that moves in a window: 60 pictures a second, and none at rest."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

PICTURE_MS = 16
LONGEST_STEP_S = 0.1


class FrameClock(QObject):
    """`move` is called with the seconds since the last picture, until it says that all is still.

    `wake` in Qt's thread, `stirred` from any.
    """

    stirred = Signal()

    def __init__(self, move: Callable[[float], bool]) -> None:
        super().__init__()
        self._move = move
        self._last_s = 0.0
        self._timer = QTimer(self, interval=PICTURE_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.stirred.connect(self.wake, Qt.ConnectionType.QueuedConnection)

    @property
    def ticking(self) -> bool:
        return self._timer.isActive()

    def wake(self) -> None:
        """Something moves now."""
        if not self._timer.isActive():
            self._last_s = time.monotonic()
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now_s = time.monotonic()
        step_s, self._last_s = now_s - self._last_s, now_s
        if not self._move(min(step_s, LONGEST_STEP_S)):
            self._timer.stop()
