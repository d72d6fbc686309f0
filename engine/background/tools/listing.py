"""What was found, in one sentence to listen to: how much there is and the first of it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.background import sentences
from engine.background.phrase import phrase


def listed(what: str, found: Sequence[str]) -> str:
    """what: how many there are. found: one or more, of which two are named."""
    if len(found) == 1:
        return phrase(sentences.LIST_OF_ONE, what=what, one=found[0])
    pattern = sentences.LIST_OF_TWO if len(found) == 2 else sentences.LONG_LIST
    return phrase(pattern, what=what, one=found[0], two=found[1])


def counted(text: str) -> str:
    """How many lines there are to be read."""
    lines = sum(1 for line in text.splitlines() if line.strip())
    return phrase(sentences.ONE_LINE if lines == 1 else sentences.LINES, count=lines)
