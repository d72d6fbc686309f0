"""What was sent lately, by number, so that a session that is resumed gets what it missed."""

from __future__ import annotations

import json
from collections import deque

from engine.client.wire import Message

SENSED_KEPT = 32
SAID_KEPT = 256
_SENSED = ("session.input_audio.append", "aside.input_video.append")


class Sendings:
    """Counts messages as the server counts frames: from 1, the session's start left out.

    Sound and pictures of a few seconds are kept, words for longer: who comes back after a while
    has nothing to gain from old sound, but means what they typed.
    """

    def __init__(self) -> None:
        self.count = 0
        self._sensed: deque[tuple[int, str]] = deque(maxlen=SENSED_KEPT)
        self._said: deque[tuple[int, str]] = deque(maxlen=SAID_KEPT)

    def note(self, message: Message) -> str:
        """The message as it goes out."""
        self.count += 1
        text = json.dumps(message)
        kept = self._sensed if message["type"] in _SENSED else self._said
        kept.append((self.count, text))
        return text

    def after(self, frames: int) -> list[str]:
        """What the server, having read so many frames, does not have, in order.

        From here on the two count alike again.
        """
        missed = sorted(one for one in [*self._sensed, *self._said] if one[0] > frames)
        self.count = frames
        for kept in (self._sensed, self._said):
            kept.clear()
        return [self.note(json.loads(text)) for _, text in missed]
