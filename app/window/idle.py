"""Lets the engine go when nobody has used Aside for as long as the user set."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer

from app.conversation import Happening, ModeChanged, Muted, Paused, Typed, VoiceStarted
from engine.background.told import Offer, Rang
from engine.client.events import ActEvent, EngineReady, Heard, Said

CHECK_MS = 5000
USE = (
    Heard, Said, Typed, ActEvent, VoiceStarted, Muted, Paused, ModeChanged, Offer, Rang,
    EngineReady,
)  # fmt: skip


class Idle:
    """Qt's thread. limit_s: after which time, None for never; shared: whether something is seen or
    heard on purpose, in which case nobody is thought to be away; free: lets the engine go."""

    def __init__(
        self, limit_s: Callable[[], float | None], shared: Callable[[], bool],
        free: Callable[[], object], now_s: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._limit_s, self._shared, self._free, self._now_s = limit_s, shared, free, now_s
        self._used_s = now_s()
        self._timer = QTimer()
        self._timer.setInterval(CHECK_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def take(self, happening: Happening) -> None:
        if isinstance(happening, USE):
            self._used_s = self._now_s()

    def check(self) -> None:
        limit_s = self._limit_s()
        if self._shared():
            self._used_s = self._now_s()
        if limit_s is not None and self._now_s() - self._used_s >= limit_s:
            self._used_s = self._now_s()
            self._free()
