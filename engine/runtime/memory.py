"""What a session keeps in mind beyond its window: lines, and the last words of both sides.

The model writes a line with the act `remember WORDS` and strikes one out with `forget WORDS`. Every
so many tokens all of it enters the sequence again. Nothing is chosen here: what is kept, when it
is dropped for room and when it is read again follow from counts of tokens alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.model.tokenizer import END, SAY

REMEMBER, FORGET = "remember", "forget"
# Four more acts are notes of the model's, which nobody else gets and nothing keeps: what it has
# added up so far, how many seconds have passed, how many are left, and what it last saw of
# something that it watches. They stay in sight for a window like all that it wrote, so each sum is
# of two numbers, a wait is over a second after "left two", whatever was asked for, and what is seen
# is news where the last note says otherwise.
SUM, SECOND, LEFT, SEEN = "sum", "second", "left", "seen"
NOTES = (SUM, SECOND, LEFT, SEEN)
FOR_ITSELF = (REMEMBER, FORGET, *NOTES)
# With what is read, and a micro-turn with pictures, still within a window: it stays in sight.
EVERY_TOKENS = 512
LINES_TOKENS, HEARD_TOKENS, SAID_TOKENS = 40, 12, 11

Tokens = tuple[int, ...]


@dataclass(frozen=True)
class Memory:
    """lines: the oldest first. read: how many tokens the sequence had when this was last read."""

    lines: tuple[Tokens, ...] = ()
    heard: Tokens = ()
    said: Tokens = ()
    read: int = 0

    def due(self, written: int) -> bool:
        """Whether it is time to read it again, in a sequence of `written` tokens."""
        return written - self.read >= EVERY_TOKENS

    def tokens(self) -> Tokens:
        """As it is read: each line with an end; what was heard; a mark, and what was said."""
        lines = tuple(token for line in self.lines for token in (*line, END))
        said = (SAY, *self.said) if self.said else ()
        return lines + self.heard + said

    def with_words(self, heard: Sequence[int], said: Sequence[int]) -> Memory:
        """After a micro-turn in which these were written."""
        return replace(
            self,
            heard=(*self.heard, *heard)[-HEARD_TOKENS:],
            said=(*self.said, *said)[-SAID_TOKENS:],
        )

    def after_act(self, name: str, line: Sequence[int]) -> Memory:
        """After an act: a line comes, at the cost of the oldest where room is short, or goes.

        Of one that is longer than all the room, the end is lost.
        """
        line = tuple(line)[: LINES_TOKENS - 1]
        if name == REMEMBER and line:
            kept = [*(old for old in self.lines if old != line), line]
            while sum(len(one) + 1 for one in kept) > LINES_TOKENS:
                kept.pop(0)
            return replace(self, lines=tuple(kept))
        if name == FORGET:
            return replace(self, lines=tuple(old for old in self.lines if old != line))
        return self
