"""From what somebody types into a search field to what the word index understands.

Words are found from their beginning, without regard to case or accents. Scripts that write no
spaces are indexed letter by letter, so that a word is found inside its sentence. Words are cut
and folded here, for the index and for the question alike; the database only compares.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CHARACTERS = 200
MAX_TERMS = 12

# CJK ideographs and their extensions, kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003134f]"
)
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Word:
    """A word as the index knows it, and where it stands in its text."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """Words that must stand together. The last one may go on, unless it was quoted."""

    words: tuple[str, ...]
    quoted: bool = False

    @property
    def match(self) -> str:
        """What FTS5 takes after MATCH."""
        return '"' + " ".join(self.words) + '"' + ("" if self.quoted else " *")

    def stands(self, there: list[Word]) -> bool:
        """Whether `there`, as long as the term, is it."""
        *first, last = self.words
        *begin, end = [word.folded for word in there]
        return begin == first and (end == last if self.quoted else end.startswith(last))


@dataclass(frozen=True)
class Query:
    """What is looked for: conversations in which every term occurs somewhere."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the terms stand in `text`, as (start, end), in order, not overlapping."""
        words = list(words_in(text))
        found = [
            (words[first].start, words[first + len(term.words) - 1].end)
            for term in self.terms
            for first in range(len(words) - len(term.words) + 1)
            if term.stands(words[first : first + len(term.words)])
        ]
        return _merged(sorted(found))


def parse(text: str) -> Query:
    """Never raises: whatever is typed asks for something, or for nothing."""
    terms = []
    for found in _TERM.finditer(text[:MAX_CHARACTERS]):
        quoted, plain = found.groups()
        words = tuple(word.folded for word in words_in(quoted or plain or ""))
        if words:
            terms.append(Term(words, quoted is not None))
    return Query(tuple(terms[:MAX_TERMS]))


def indexed(text: str) -> str:
    """`text` as the word index keeps it: folded words with spaces between them."""
    return " ".join(word.folded for word in words_in(text))


def words_in(text: str) -> Iterator[Word]:
    """The words of a text; a letter of an unspaced script is a word by itself."""
    start: int | None = None
    for place, letter in enumerate(text + " "):
        alone = _UNSPACED.match(letter) is not None
        mark = unicodedata.category(letter)[0] == "M" and not alone
        goes_on = start is not None and (mark or (letter.isalnum() and not _alone(text, place - 1)))
        if goes_on and not alone:
            continue
        if start is not None:
            yield from _word(text, start, place)
        start = place if alone or letter.isalnum() else None


def _alone(text: str, place: int) -> bool:
    return _UNSPACED.match(text[place]) is not None


def _word(text: str, start: int, end: int) -> Iterator[Word]:
    plain = unicodedata.normalize("NFKD", text[start:end]).casefold()
    kept = "".join(one for one in plain if unicodedata.category(one) != "Mn")
    folded = "".join(one if one.isalnum() or ord(one) > 127 else " " for one in kept).split()
    if folded:
        yield Word("".join(folded), start, end)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
