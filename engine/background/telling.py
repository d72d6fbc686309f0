"""How a streamed answer becomes updates: the first paragraph spoken, the rest remembered."""

from __future__ import annotations

import re
from typing import Literal

MAX_SPOKEN = 600
MAX_UPDATE = 1_000
# White space is left to what follows: it may turn out to be the end of the paragraph.
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*(?=\s)|(?<=[。！？])|(?=\n)")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_MARKUP = re.compile(r"\*\*|__|`+|^#+\s+|^[-*•]\s+", re.MULTILINE)
_MIN_SENTENCE = 12
Kind = Literal["thinking", "commentary"]


class Telling:
    """Give it text as it streams; it gives whole sentences, then whole paragraphs.

    Sentences of the first paragraph are commentary until MAX_SPOKEN characters, so that nobody
    has to listen to an essay; everything else is thinking.
    """

    def __init__(self) -> None:
        self._thoughts = _Thoughts()
        self._rest = ""
        self._spoken = 0
        self._aloud = True

    def feed(self, text: str) -> list[tuple[Kind, str]]:
        self._rest += self._thoughts.without(text)
        return self._take(last=False)

    def finish(self) -> list[tuple[Kind, str]]:
        """What is left; after it, a new answer begins that is spoken again."""
        self._rest += self._thoughts.rest()
        told = self._take(last=True)
        self._rest, self._spoken, self._aloud = "", 0, True
        return told

    def _take(self, last: bool) -> list[tuple[Kind, str]]:
        told: list[tuple[Kind, str]] = []
        if self._aloud:
            told += self._sentences(last)
        if not self._aloud:
            told += self._paragraphs(last)
        return told

    def _sentences(self, last: bool) -> list[tuple[Kind, str]]:
        if not self._spoken:
            self._rest = self._rest.lstrip()
        ending = _PARAGRAPH.search(self._rest)
        end = ending.start() if ending else len(self._rest)
        paragraph, below = self._rest[:end], self._rest[end:]
        self._aloud = ending is None
        told: list[tuple[Kind, str]] = []
        for sentence, rest in _split(paragraph, whole=last or ending is not None):
            if self._spoken and self._spoken + len(sentence) > MAX_SPOKEN:
                self._aloud = False
                break
            self._spoken += len(sentence)
            self._rest = rest + below
            told.append(("commentary", sentence[:MAX_UPDATE]))
        return told

    def _paragraphs(self, last: bool) -> list[tuple[Kind, str]]:
        *whole, self._rest = _PARAGRAPH.split(self._rest)
        if last:
            whole, self._rest = [*whole, self._rest], ""
        blocks = [part.strip() for part in whole if part.strip()]
        return [
            ("thinking", block[start : start + MAX_UPDATE])
            for block in blocks
            for start in range(0, len(block), MAX_UPDATE)
        ]


def _split(text: str, whole: bool) -> list[tuple[str, str]]:
    """Complete sentences of `text`, each with what follows it. whole: the last one counts too."""
    found: list[tuple[str, str]] = []
    start = 0
    for end in _SENTENCE.finditer(text):
        if end.end() - start >= _MIN_SENTENCE:
            found.append((text[start : end.end()], text[end.end() :]))
            start = end.end()
    if whole and text[start:].strip():
        found.append((text[start:], ""))
    return [(_plain(sentence), rest) for sentence, rest in found if _plain(sentence)]


def _plain(text: str) -> str:
    """Without the marks that nobody says."""
    return " ".join(_MARKUP.sub("", text).split())


class _Thoughts:
    """Leaves out what stands between <think> and </think>, which some models write into the
    answer; a mark may be cut anywhere between two pieces."""

    OPEN, CLOSE = "<think>", "</think>"

    def __init__(self) -> None:
        self._inside = False
        self._held = ""

    def rest(self) -> str:
        """What looked like the beginning of a mark and was none; then all begins anew."""
        rest = "" if self._inside else self._held
        self._inside, self._held = False, ""
        return rest

    def without(self, text: str) -> str:
        text, self._held = self._held + text, ""
        kept = ""
        while text:
            mark = self.CLOSE if self._inside else self.OPEN
            before, found, after = text.partition(mark)
            if not found:
                before, self._held = _hold(text, mark)
            kept += "" if self._inside else before
            self._inside ^= bool(found)
            text = after
        return kept


def _hold(text: str, mark: str) -> tuple[str, str]:
    """Splits off an end of `text` that may be the beginning of `mark`."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if mark.startswith(text[-length:]):
            return text[:-length], text[-length:]
    return text, ""
