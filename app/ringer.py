"""Which of what happens is worth a short sound. It decides nothing else and knows no words."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.conversation import Happening, Muted
from app.sound.earcons import Earcon
from app.sound.patchbay import Wiring
from engine.background.task import TaskState
from engine.background.told import Progress, Question, Rang
from engine.client.events import EngineFailed, EngineLost, EngineReady

# Who asked for something that is done in a moment is looking at it.
LONG_S = 5.0


class Ringer:
    """`take` and `ask` may be called from any thread. ring: plays the sound, if that is wanted."""

    def __init__(
        self, ring: Callable[[Earcon], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ring, self._clock = ring, clock
        self._wiring: Wiring | None = None
        self._engine_ready = False
        self._begun_s: dict[str, float] = {}

    def ask(self) -> None:
        """A card waits for the user's yes or no."""
        self._ring("needs-you")

    def take(self, happening: Happening) -> None:
        match happening:
            case Muted(muted):
                self._ring("off" if muted else "on")
            case Question() | Rang():
                self.ask()
            case EngineReady():
                self._engine_ready = True
            case EngineLost() | EngineFailed():
                self._engine_lost()
            case Wiring():
                self._rewired(happening)
            case Progress():
                self._went_on(happening)

    def _engine_lost(self) -> None:
        """Once, however often it is tried again."""
        if self._engine_ready:
            self._engine_ready = False
            self._ring("trouble")

    def _rewired(self, wiring: Wiring) -> None:
        """A device that went away. What was missing from the start is no news."""
        before, self._wiring = self._wiring, wiring
        if before is not None and set(wiring.notices) - set(before.notices):
            self._ring("trouble")

    def _went_on(self, progress: Progress) -> None:
        task = progress.task
        if task.state.open:
            self._begun_s.setdefault(task.id, self._clock())
            return
        begun_s = self._begun_s.pop(task.id, None)
        if begun_s is None or self._clock() - begun_s < LONG_S:
            return
        if task.state == TaskState.DONE:
            self._ring("done")
        elif task.state == TaskState.FAILED:
            self._ring("trouble")
