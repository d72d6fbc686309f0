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
        allowed = np.full_like(logits, -np.inf)
        marks = self._marks()
        allowed[marks] = logits[marks]
        if self.left and not self.ended:
            allowed[len(CONTROLS) :] = logits[len(CONTROLS) :]
        return int(np.argmax(allowed))

    def _marks(self) -> list[int]:
        marks = [QUIET, SPEAK]
        if self.left and not self.ended:
            marks += [SAY] if self.stream == Stream.HEARD else []
            marks += [END] if self.acting else []
            marks += [ACT] if self.stream != Stream.ACT else []
        return marks

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
