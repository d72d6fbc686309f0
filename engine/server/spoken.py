"""What the voice said, by generation, and where in it each word begins."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from engine.microturn import TURN_S, OutputTurn

TURN_MS = round(TURN_S * 1000)
GENERATIONS_KEPT = 16


@dataclass
class Utterance:
    """One generation of the voice. words: (milliseconds into it, text); ms: how long it is."""

    words: list[tuple[int, str]] = field(default_factory=list)
    ms: int = 0
    stopped: bool = False

    def split(self, at_ms: int) -> tuple[str, str]:
        """The words that began to sound before `at_ms`, and those that did not."""
        heard = " ".join(text for start, text in self.words if start < at_ms)
        return heard, " ".join(text for start, text in self.words if start >= at_ms)


class Spoken:
    """The newest utterances; the oldest is forgotten for the seventeenth.

    Words that come before the voice starts belong to its beginning.
    """

    def __init__(self) -> None:
        self._utterances: OrderedDict[int, Utterance] = OrderedDict()
        self._early: list[str] = []

    def note(self, out: OutputTurn) -> None:
        if not out.speaking:
            self._early += [out.say] if out.say else []
            return
        utterance = self._at(out.generation)
        utterance.words += [(utterance.ms, text) for text in [*self._early, out.say] if text]
        self._early = []
        utterance.ms += TURN_MS

    def heard(self, generation: int, at_ms: int) -> str:
        """The words of a generation that begin before `at_ms`."""
        return self._utterances[generation].split(at_ms)[0]

    def length_ms(self, generation: int) -> int:
        """How long this generation's voice is up to now."""
        return self._utterances[generation].ms

    def unheard(self, generation: int, at_ms: int) -> str:
        """The words of a generation that begin at `at_ms` or later."""
        return self._utterances[generation].split(at_ms)[1]

    def stop(self, generation: int) -> None:
        """Nobody hears more of this generation."""
        self._utterances[generation].stopped = True

    def stopped(self, generation: int) -> bool:
        return self._utterances[generation].stopped

    def knows(self, generation: int) -> bool:
        return generation in self._utterances

    def _at(self, generation: int) -> Utterance:
        if generation not in self._utterances:
            self._utterances[generation] = Utterance()
            while len(self._utterances) > GENERATIONS_KEPT:
                self._utterances.popitem(last=False)
        return self._utterances[generation]
