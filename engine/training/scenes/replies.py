"""What the background and its tools really say, filled in at random, as the model reads it.

The patterns are those of engine/background/sentences.py: a sentence that is worded anew there is
practised here as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from engine.background import sentences
from engine.runtime.reading import readable
from engine.training.scenes import phrases, talk_phrases
from engine.training.scenes import tool_phrases as known

Draw = Callable[[np.random.Generator], str]
_FIELD = re.compile(r"\{(\w+)\}")
_WHYS = (
    sentences.SAID_NO, sentences.SAID_NO_BEFORE, sentences.UNWANTED, sentences.NO_ANSWER,
    sentences.WAITING, sentences.WRONG_ANSWER, sentences.NOT_ASKED,
)  # fmt: skip
_COUNTED = (
    sentences.TIMERS, sentences.REMINDERS, sentences.MIXED, sentences.NOTES, sentences.ONE_TIMER,
    sentences.ONE_REMINDER, sentences.ONE_NOTE,
)  # fmt: skip
_THINGS = (*known.THINGS, *known.FOODS, *phrases.WORDS, *phrases.CHORES)


def reply(rng: np.random.Generator, patterns: Sequence[str] = sentences.spoken()) -> str:
    """One of `patterns` with something in each of its places, in the spelling of training."""
    return readable(filled(rng, _one(rng, patterns)))


def filled(rng: np.random.Generator, pattern: str) -> str:
    return _FIELD.sub(lambda found: _FIELDS[found[1]](rng), pattern)


def ring(rng: np.random.Generator) -> str:
    """What a timer says that is over."""
    return reply(rng, (sentences.TIME_IS_UP, sentences.RINGS["timer"]))


def _one(rng: np.random.Generator, pool: Sequence[str]) -> str:
    return pool[int(rng.integers(len(pool)))]


def _of(*pool: str) -> Draw:
    return lambda rng: filled(rng, _one(rng, pool))


def _number(low: int, high: int) -> Draw:
    return lambda rng: str(int(rng.integers(low, high)))


def _clock(rng: np.random.Generator) -> str:
    return f"{int(rng.integers(24)):02}:{int(rng.integers(60)):02}"


def _few(rng: np.random.Generator) -> str:
    return " ".join(_one(rng, phrases.WORDS) for _ in range(int(rng.integers(1, 4))))


_FIELDS: dict[str, Draw] = {
    "number": _number(0, 1000), "count": _number(2, 60), "time": _clock,
    "length": _of("{count} seconds", "{count} minutes", "{count} hours", "{count} days"),
    "day": _of(*talk_phrases.DAYS), "month": _of(*known.MONTHS), "date": _number(1, 31),
    "when": _of("{day} {date} {month}, {time}"), "place": _of(*known.CITIES),
    "why": _of(*_WHYS), "ring": _of(sentences.TIME_IS_UP, *sentences.RINGS.values()),
    "what": _of(*_COUNTED), "one": _of(sentences.LABELLED, sentences.UNLABELLED, "{title}"),
    "two": _of(sentences.LABELLED, "{title}"), "label": _of(*_THINGS), "title": _few, "text": _few,
    "name": _of(*known.APPLICATIONS), "names": _of("{name}, {name}"), "server": _of(*known.THINGS),
    "request": _of("write a letter to my {person}", "find me a recipe for {food}"),
    "person": _of(*known.PEOPLE), "food": _of(*known.FOODS),
}  # fmt: skip
