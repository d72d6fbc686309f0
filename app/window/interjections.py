"""Which of Aside's words nobody asked for, and what they are about. No Qt.

It reads no word: whether somebody prompted them is the voice gate's clock, and what they are about
is where the model points while it says them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from app.conversation import Happening
from app.window.pointing import ACT, Pointing
from engine.client.events import ActEvent, EngineLost, Said, Started

PAUSE_S = 2.0
# Words and the gesture that belongs to them are at most this far apart.
TOGETHER_S = 3.0
MOST_WORDS = 40
LEAST_S, WORD_S = 4.0, 0.35


@dataclass(frozen=True)
class Interjection:
    """What is said unprompted, so far. pointed: it is about what the model points at now."""

    text: str
    pointed: bool

    @property
    def seconds(self) -> float:
        """How long it wants to be read after its last word."""
        return LEAST_S + WORD_S * len(self.text.split())


class Interjections:
    """unprompted: whether nobody spoke, typed or asked for something just now."""

    def __init__(
        self, unprompted: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._unprompted, self._clock = unprompted, clock
        self._text, self._own = "", False
        self._said_s = self._pointed_s = float("-inf")

    def take(self, happening: Happening) -> Interjection | None:
        """The interjection as it is now, when this made or changed one."""
        match happening:
            case Started() | EngineLost():
                self._text, self._pointed_s = "", float("-inf")
            case Said(fragment) if fragment.strip():
                self._add(fragment)
                return self._now()
            case ActEvent(name, arguments) if name == ACT and Pointing.read(arguments):
                self._pointed_s = self._clock()
                return self._now()
        return None

    def _add(self, fragment: str) -> None:
        now_s = self._clock()
        if now_s - self._said_s > PAUSE_S:
            self._text, self._own = "", self._unprompted()
        self._said_s = now_s
        self._text += fragment

    def _now(self) -> Interjection | None:
        pointed = abs(self._said_s - self._pointed_s) <= TOGETHER_S
        if not self._text or not (self._own or pointed):
            return None
        words = self._text.split()
        shown = words if len(words) <= MOST_WORDS else ["…", *words[-MOST_WORDS:]]
        return Interjection(" ".join(shown), pointed)
