"""Carries what happens in a conversation from its threads to the window's. Nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from app.conversation import Happening
from app.window.actions import action
from app.window.words import tr

ANSWER_S = 5.0
DEED_S = 30.0
NO_ANSWER = "Aside's window does not answer; try again, or end it and start it anew."


class HappeningSignal(QObject):
    """`tell`, `ask` and `press` from any thread; the signals arrive in the one that made this.

    silence: stops the voice. Who wants that has it before the window, which may be at work on a
    picture, even hears of it.
    """

    silence: Callable[[], None] | None = None
    happened = Signal(object)
    asked = Signal(str, str, object)
    pressed = Signal(str, bool)
    keys_changed = Signal()

    def ask(self, name: str, phase: str) -> str:
        """Somebody outside wants an action of app.window.actions done. Returns why not, or ""."""
        self._silence_first(name)
        answer: Future[str] = Future()
        self.asked.emit(name, phase, answer)
        with suppress(TimeoutError):
            return answer.result(ANSWER_S)
        # What is cancelled is not done later either, for whoever reads this tries again.
        if not answer.cancel():
            with suppress(TimeoutError):
                return answer.result(DEED_S)
        return tr(NO_ANSWER)

    def press(self, name: str, down: bool) -> None:
        """The global key of an action went down or up."""
        if down:
            self._silence_first(name)
        self.pressed.emit(name, down)

    def tell(self, happening: Happening) -> None:
        self.happened.emit(happening)

    def _silence_first(self, name: str) -> None:
        if self.silence is not None and action(name).silences:
            self.silence()
