"""Numbers in what is said: "twenty one" is 21, "one" is 1, "3" is 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.evaluation.take import TimedWord
from engine.training.scenes.numbers import ONES, TENS

_UNITS = {word: value for value, word in enumerate(ONES)}
_TENS = {word: 10 * index for index, word in enumerate(TENS) if index > 1}


@dataclass(frozen=True)
class Number:
    """time_s: of its last word."""

    time_s: float
    value: int


def numbers(said: Sequence[TimedWord]) -> list[Number]:
    """Every number, in order; tens take the unit right after them."""
    found: list[Number] = []
    tens_open = False
    for word in said:
        value = _value(word.text)
        if value is not None and tens_open and 0 < value < 10:
            found[-1] = Number(word.time_s, found[-1].value + value)
        elif value is not None:
            found.append(Number(word.time_s, value))
        tens_open = word.text in _TENS
    return found


def _value(word: str) -> int | None:
    if word.isdecimal() and len(word) < 4:
        return int(word)
    return _TENS.get(word, _UNITS.get(word))
