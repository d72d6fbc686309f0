"""Which keys are down now: each press is told once, and each is followed by a release."""

from __future__ import annotations

from app.hotkeys.models import OnKey


class Held:
    """Keys repeat while they are held; that is told nobody."""

    def __init__(self, on_key: OnKey) -> None:
        self._on_key = on_key
        self._down: dict[str, object] = {}

    def press(self, action: str, key: object = None) -> None:
        if action not in self._down:
            self._down[action] = key
            self._on_key(action, True)

    def release(self, action: str) -> None:
        if action in self._down:
            del self._down[action]
            self._on_key(action, False)

    def release_all(self) -> None:
        for action in list(self._down):
            self.release(action)

    @property
    def down(self) -> dict[str, object]:
        """action -> the key that was given when it went down."""
        return dict(self._down)
