"""Whether Aside's voice is let through to the speaker. What is not is still written.

The model decides what is said and when; this only honours what the user set: a mode that
writes, a pause, a budget for speaking unprompted. It never sees a word: whether somebody
prompted the voice is read off the clock, by how long ago the user last spoke or typed.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Literal

Mode = Literal["full", "quiet", "typed", "captions"]
Withholding = Literal["mode", "paused", "budget"]

PROMPTED_S = 8.0
HOUR_S = 3600.0


class VoiceGate:
    """Asked for each stretch of voice (a generation); one answer holds for the whole stretch.

    mode, paused and budget (times an hour, None for no limit) may be set from any thread.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.mode: Mode = "full"
        self.paused = False
        self.budget: int | None = None
        self._clock = clock
        self._prompted_s = float("-inf")
        self._unprompted_s: deque[float] = deque()
        self._asked: tuple[int, Withholding | None] = (-1, None)

    def prompted(self) -> None:
        """The user spoke, typed or asked for something."""
        self._prompted_s = self._clock()

    @property
    def unprompted(self) -> bool:
        """Whether what is said now is said of Aside's own accord."""
        return self._clock() - self._prompted_s > PROMPTED_S

    def restart(self) -> None:
        """A new session counts its generations from one again."""
        self._asked = (-1, None)

    def withholds(self, generation: int) -> Withholding | None:
        """Why this stretch of voice is not played; None when it is."""
        if self.paused or self.mode != "full":
            self._asked = (generation, "paused" if self.paused else "mode")
        elif generation != self._asked[0]:
            self._asked = (generation, self._over_budget())
        return self._asked[1]

    def _over_budget(self) -> Withholding | None:
        now_s = self._clock()
        if self.budget is None or not self.unprompted:
            return None
        while self._unprompted_s and now_s - self._unprompted_s[0] >= HOUR_S:
            self._unprompted_s.popleft()
        if len(self._unprompted_s) >= self.budget:
            return "budget"
        self._unprompted_s.append(now_s)
        return None
