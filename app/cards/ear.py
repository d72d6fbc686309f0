"""Answers a question by voice: the model's own transcript, listened to while a card asks.

Nothing is listened to when no card asks, and nothing but a card's one-time word or a no is found
in it; what these may do is engine.background.spoken's to say. Words are kept for no longer than an
utterance lasts.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.cards.asker import CardAsker
from app.cards.desk import CardDesk
from engine.background.spoken import refuses, said_alone
from engine.client.events import Heard

# A word is written down after it was begun; believing it earlier than it was is the strict side.
WRITTEN_LATE_S = 0.6
UTTERANCE_ENDS_MS = 700
POLL_MS = 50
MAX_CHARACTERS = 200


class Ear(QObject):
    """For Qt's thread. playing: whether anything of ours sounds from the speakers now."""

    def __init__(self, desk: CardDesk, asker: CardAsker, playing: Callable[[], bool]) -> None:
        super().__init__()
        self._asker, self._playing = asker, playing
        self._quiet_since_s: float | None = None
        self._utterance, self._began_s = "", 0.0
        self._watch, self._pause = QTimer(self), QTimer(self)
        self._watch.setInterval(POLL_MS)
        self._watch.timeout.connect(self._look)
        self._pause.setInterval(UTTERANCE_ENDS_MS)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._end)
        desk.shown.connect(self._begin)

    def take(self, heard: Heard) -> None:
        """A fragment of the transcript, when it arrives."""
        if not self._watch.isActive():
            return
        if not self._utterance.strip():
            self._utterance, self._began_s = "", time.monotonic() - WRITTEN_LATE_S
        self._utterance = (self._utterance + heard.text)[:MAX_CHARACTERS]
        self._pause.start()

    def _begin(self, _card: str) -> None:
        if self._asker.asking and not self._watch.isActive():
            self._quiet_since_s = None
            self._look()
            self._watch.start()

    def _look(self) -> None:
        if not self._asker.asking:
            self._watch.stop()
            self._pause.stop()
            self._utterance = ""
        elif self._playing():
            self._quiet_since_s = None
        elif self._quiet_since_s is None:
            self._quiet_since_s = time.monotonic()

    def _end(self) -> None:
        """An utterance is over. What began to sound during it counts against it."""
        utterance, self._utterance = self._utterance, ""
        self._look()
        if refuses(utterance):
            self._asker.refuse(self._began_s)
        elif word := said_alone(utterance):
            self._asker.speak(word, self._began_s, self._quiet_since_s)
