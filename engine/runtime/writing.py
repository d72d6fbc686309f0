"""The grammar of one micro-turn's text: heard, then say, then act, then quiet or speak.

An act may span micro-turns; one that is open is gone on with before anything else is written.
"""

from __future__ import annotations

import numpy as np

from engine.model.config import Stream
from engine.model.tokenizer import ACT, CONTROLS, END, QUIET, SAY, SPEAK

MARKS = 2  # say and act come beside the budget; an end leaves room that nothing fills


class Writing:
    """Keeps the model's choices within the grammar and the budget, and sorts them by stream."""

    def __init__(self, budget: int, acting: bool) -> None:
        self.left, self.acting = budget, acting
        self.stream = Stream.ACT if acting else Stream.HEARD
        self.ended = False
        self.tokens: dict[Stream, list[int]] = {Stream.HEARD: [], Stream.SAY: [], Stream.ACT: []}

    def choose(self, logits: np.ndarray) -> int:
        """The likeliest token that may come now."""
        room = bool(self.left and not self.ended)
        may = allowed(room, self.acting, self.stream, len(logits))
        return int(np.argmax(np.where(may, logits, -np.inf)))

    def take(self, token: int) -> int:
        """Note an output token; returns the stream under which the model sees it again."""
        if token in (SAY, ACT, END):
            self.stream = Stream.SAY if token == SAY else Stream.ACT
            self.acting, self.ended = token == ACT, token == END
            return int(Stream.CONTROL)
        self.left -= 1
        self.tokens[self.stream].append(token)
        return int(self.stream)

    def cut(self, stream: Stream) -> bool:
        """Whether the budget ended before this stream did, perhaps within a word."""
        return not self.left and self.stream <= stream


def allowed(room: bool, acting: bool, stream: Stream, vocabulary: int) -> np.ndarray:
    """Which tokens may come now: (vocabulary,) bool. room: for more than quiet and speak."""
    may = np.zeros(vocabulary, bool)
    may[[QUIET, SPEAK]] = True
    if room:
        may[len(CONTROLS) :] = True
        may[SAY], may[END], may[ACT] = stream == Stream.HEARD, acting, stream != Stream.ACT
    return may
