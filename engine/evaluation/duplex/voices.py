"""Held-out voices for texts: who speaks is drawn by the trial's name alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.training.cast import trimmed
from engine.training.voices.clip import Clip, Voice
from engine.training.voices.roster import roster


@dataclass
class Speakers:
    """Two people of one trial: the user, and somebody else in the room."""

    rng: np.random.Generator
    voices: list[Voice] = field(default_factory=lambda: roster("heldout"))

    def __post_init__(self) -> None:
        first, second = self.rng.permutation(len(self.voices))[:2]
        self._user, self._other = self.voices[int(first)], self.voices[int(second)]
        self._speed, self._pitch = self.rng.uniform(0.85, 1.15), self.rng.uniform(0.9, 1.15)

    def user(self, text: str) -> Clip:
        """Raises VoiceError."""
        return trimmed(self._user.say(text, speed=self._speed, pitch=self._pitch))

    def other(self, text: str) -> Clip:
        """Raises VoiceError."""
        return trimmed(self._other.say(text))
