"""The text that a voice is given, cut into the words it will be held to.

Every synthesiser cuts text its own way. What they get is therefore made of nothing but
lower-case words and marks of prosody, one word a token, so that words and times match one to one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_OUTSIDE = re.compile(r"[^a-z0-9']")
_MARKS = ".,?!;:"
ENDS = ".?!"
_LONG = {"…": ".", "...": "."}


@dataclass(frozen=True)
class Token:
    """A word, the mark of prosody after it ('' for none), and whether its letter is named."""

    word: str
    mark: str = ""
    letter: bool = False


def tokens(text: str) -> tuple[Token, ...]:
    """Cut `text` at white space: lower case, no punctuation but apostrophes.

    A single letter is named ("b" is said "bee"); "a" is, where a letter stands beside it or a
    mark cuts it off. Raises ValueError when nothing remains to be said.
    """
    cut = [_token(piece) for piece in text.lower().replace("’", "'").split()]
    kept = [token for token in cut if token.word.strip("'")]
    if not kept:
        raise ValueError("a voice was given a text without a word in it")
    return tuple(_with_letters(kept))


def words(text: str) -> tuple[str, ...]:
    """The words of `text`, as they will stand in a clip."""
    return tuple(token.word for token in tokens(text))


def _token(piece: str) -> Token:
    for written, mark in _LONG.items():
        piece = piece.replace(written, mark)
    tail = piece.rstrip("\"')")
    return Token(_OUTSIDE.sub("", piece), tail[-1] if tail and tail[-1] in _MARKS else "")


def _with_letters(cut: list[Token]) -> list[Token]:
    alone = [_alone(token) for token in cut]
    for index, (left, right) in enumerate(pairwise(cut)):
        alone[index] |= left.word == "a" and _names_letter(right)
        alone[index + 1] |= right.word == "a" and _names_letter(left)
    return [Token(t.word, t.mark, letter) for t, letter in zip(cut, alone, strict=True)]


def _names_letter(token: Token) -> bool:
    return len(token.word) == 1 and token.word.isalpha() and token.word not in "ai"


def _alone(token: Token) -> bool:
    return _names_letter(token) or (token.word == "a" and bool(token.mark))
