"""The key to talk as a client holds it, seen from one micro-turn to the next."""

from __future__ import annotations


class TalkKey:
    """Whoever never says anything about it is taken to be talking to Aside all the time."""

    def __init__(self) -> None:
        self._down = True
        self._told = False
        self._was_down = False  # since the newest micro-turn was complete

    def hold(self, down: bool) -> None:
        self._was_down = self._was_down or down or (self._told and self._down)
        self._down, self._told = down, True

    def pass_turn(self) -> bool:
        """A micro-turn is complete: whether the key was down at any moment of it."""
        down = self._down or self._was_down
        self._was_down = False
        return down
