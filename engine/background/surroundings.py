"""What goes on around a delegation: the last of what was said, typed, heard and seen.

It collects and forgets; it looks into none of it. Nothing leaves from here but by `package`.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from engine.background.package import (
    MAX_LINES,
    MAX_SOUND_S,
    ContextPackage,
    Line,
    Seen,
    Side,
    Sound,
)
from engine.microturn import TURN_S, TURN_SAMPLES, Frame

SAME_LINE_S = 2.0
MOST_TURNS = round(MAX_SOUND_S / TURN_S)
STALE_PICTURE_S = 5.0
STALE_SOUND_S = 5.0
Ear = Literal["user", "system"]


@dataclass
class _Heard:
    """The last of what one ear heard, and when the newest came."""

    turns: deque[np.ndarray] = field(default_factory=lambda: deque(maxlen=MOST_TURNS))
    heard_s: float = float("-inf")

    @property
    def sound(self) -> Sound | None:
        return Sound(np.concatenate(self.turns)) if self.turns else None


class Surroundings:
    """May be used from any thread. now: the conversation's clock, in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._lines: deque[Line] = deque(maxlen=MAX_LINES)
        self._last_word_s = 0.0
        self._ears: dict[Ear, _Heard] = {"user": _Heard(), "system": _Heard()}
        self._seen: dict[str, Seen] = {}

    def words(self, side: Side, text: str) -> None:
        """A fragment; fragments of one side that follow soon are one line."""
        now = self._now()
        with self._lock:
            last = self._lines[-1] if self._lines else None
            soon = now - self._last_word_s < SAME_LINE_S
            if last is not None and last.side == side and soon and side != "typed":
                self._lines[-1] = replace(last, text=f"{last.text} {text.strip()}"[-4000:])
            elif text.strip():
                self._lines.append(Line(now, side, text.strip()))
            self._last_word_s = now

    def hear(self, samples: np.ndarray, source: Ear = "user") -> None:
        """One micro-turn of the microphone, or of what the computer plays: (3200,) float32."""
        with self._lock:
            now, ear = self._now(), self._ears[source]
            if ear.turns and now - ear.heard_s > STALE_SOUND_S:
                ear.turns.clear()
            ear.turns.append(samples[-TURN_SAMPLES:])
            ear.heard_s = now

    def see(self, frame: Frame) -> None:
        with self._lock:
            self._seen[frame.source] = Seen(self._now(), frame)

    def look(self, source: Literal["screen", "camera"]) -> Frame | None:
        """The newest frame; None where nobody renewed it, as when it is not shared any more."""
        with self._lock:
            seen = self._seen.get(source)
        return seen.frame if seen and self._now() - seen.time_s < STALE_PICTURE_S else None

    def forget(self) -> None:
        """Nothing of what was before is given to any task."""
        with self._lock:
            self._lines.clear()
            for ear in self._ears.values():
                ear.turns.clear()
            self._seen.clear()

    def package(self, request: str, **more: object) -> ContextPackage:
        """What a task delegated now is given. A picture that nobody renewed is not of now."""
        now = self._now()
        with self._lock:
            sound = self._ears["user"].sound
            fresh = now - self._ears["system"].heard_s < STALE_SOUND_S
            system = self._ears["system"].sound if fresh else None
            lines = tuple(self._lines)
            seen = tuple(s for s in self._seen.values() if now - s.time_s < STALE_PICTURE_S)
        sides = [line.side for line in lines if line.side in ("user", "typed")]
        package = ContextPackage(
            request,
            now,
            lines,
            sound,
            spoken=sound is not None and sides[-1:] != ["typed"],
            seen=seen,
            system=system,
        )
        return replace(package, **more).bounded()  # type: ignore[arg-type]
