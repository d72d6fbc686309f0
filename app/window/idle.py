"""Lets the engine go when nobody has used Aside for as long as the user set."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QTimer

from app.conversation import Happening, ModeChanged, Muted, Paused, Typed, VoiceStarted
from engine.background.told import Offer, Rang
from engine.client.events import ActEvent, EngineReady, Heard, Said

USE = (
    Heard, Said, Typed, ActEvent, VoiceStarted, Muted, Paused, ModeChanged, Offer, Rang,
    EngineReady,
)  # fmt: skip


class Idle:
    """Qt's thread. limit_s: after which time, None for never; shared: whether something is seen or
    heard on purpose, in which case nobody is thought to be away; free: lets the engine go.

    Its timer runs only while there is a limit, and for what is left of it: at rest nothing ticks.
    """

    def __init__(
        self, limit_s: Callable[[], float | None], shared: Callable[[], bool],
        free: Callable[[], object], now_s: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._limit_s, self._shared, self._free, self._now_s = limit_s, shared, free, now_s
        self._used_s, self._sharing = now_s(), False
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.check)
        self.heed()

    @property
    def left_s(self) -> float | None:
        """How long it still waits; None while it waits for nothing."""
        return self._timer.remainingTime() / 1000 if self._timer.isActive() else None

    def take(self, happening: Happening) -> None:
        """What was shared until now was used until now."""
        sharing = self._shared()
        if isinstance(happening, USE) or sharing or self._sharing:
            self._used_s = self._now_s()
        self._sharing = sharing
        self.heed()

    def heed(self) -> None:
        """The limit may be another now: it hangs on the settings and on how the engine is."""
        limit_s = self._limit_s()
        if limit_s is None:
            self._timer.stop()
        else:
            left_s = self._used_s + limit_s - self._now_s()
            self._timer.start(max(0, math.ceil(1000 * left_s)))

    def check(self) -> None:
        """The timer may come early, and while something is shared it comes for nothing."""
        limit_s = self._limit_s()
        if self._shared():
            self._used_s = self._now_s()
        if limit_s is not None and self._now_s() - self._used_s >= limit_s:
            self._used_s = self._now_s()
            self._free()
        self.heed()
