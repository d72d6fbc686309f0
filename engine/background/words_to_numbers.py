"""Numbers as they are spoken: "two hundred and five" is 205. For arguments of acts."""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: value for value, word in enumerate(_ONES)} | {
    word: 20 + 10 * place for place, word in enumerate(_TENS)
}
LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_DIGITS = "|".join(_ONES[:10])
_PLACES = re.compile(rf"\bpoint((?: (?:{_DIGITS})\b)+)")


def in_digits(text: str) -> str:
    """`text` with each run of number words as one number; the rest stays as it is."""
    done: list[str] = []
    run: list[str] = []
    for word in _PLACES.sub(_decimals, text.replace("-", " ")).split():
        joins = word == "and" and run and run[-1] in ("hundred", *LARGE)
        if word in SMALL or word == "hundred" or word in LARGE or joins:
            run.append(word)
            continue
        done += _closed(run)
        done.append(word)
    return re.sub(r"(\d) \.(\d)", r"\1.\2", " ".join([*done, *_closed(run)]))


def _decimals(found: re.Match[str]) -> str:
    """The digits after a point, which are said one by one."""
    return "." + "".join(str(SMALL[word]) for word in found[1].split())


def _closed(run: list[str]) -> list[str]:
    """The run as digits, an "and" that led nowhere as it was; the run is empty afterwards."""
    words, after = list(run), []
    run.clear()
    while words and words[-1] == "and":
        after.append(words.pop())
    return ([str(_value(words))] if words else []) + after


def _value(words: list[str]) -> int:
    total = group = 0
    for word in words:
        if word == "hundred":
            group = (group or 1) * 100
        elif word in LARGE:
            total, group = total + (group or 1) * LARGE[word], 0
        else:
            group += SMALL.get(word, 0)
    return total + group
