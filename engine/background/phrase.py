"""English sentences that still know their pattern and what was filled in.

The engine speaks English. A Phrase is its English text wherever a text is wanted; a window, which
knows other languages, says the same pattern with the same fields. What a field holds is of the
user, a file or a server, and is never translated, unless it is a Phrase or a Moment itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

# Puts an English text into the user's language. The engine knows only English; the app lends it.
Translate = Callable[[str], str]
WHEN = "%A %d %B %Y, %H:%M"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
DEEPEST = 8
_NAMES = re.compile(r"\{\w+\}")


class Phrase(str):
    """pattern: English, with names in braces; fields: what stands in their places."""

    pattern: str
    fields: Mapping[str, str]

    def __new__(
        cls, text: str, pattern: str = "", fields: Mapping[str, str] | None = None
    ) -> Phrase:
        made = super().__new__(cls, text)
        made.pattern, made.fields = pattern or text, dict(fields or {})
        return made


class Moment(str):
    """A day and a time of day where the user is. at_s: Unix time."""

    at_s: float

    def __new__(cls, at_s: float) -> Moment:
        made = super().__new__(cls, in_english(datetime.fromtimestamp(at_s).astimezone(), WHEN))
        made.at_s = at_s
        return made

    def __getnewargs__(self) -> tuple[float]:  # type: ignore[override]
        return (self.at_s,)


def in_english(at: datetime, pattern: str) -> str:
    """`at` as strftime writes it, its day and month by their English names: whoever draws windows
    sets the process to the user's language."""
    named = pattern.replace("%A", DAYS[at.weekday()]).replace("%B", MONTHS[at.month - 1])
    return at.strftime(named)


def phrase(pattern: str, **fields: object) -> Phrase:
    """`pattern` with `fields` in the places that it names."""
    texts = {name: value if isinstance(value, str) else str(value) for name, value in
             fields.items()}  # fmt: skip
    return Phrase(pattern.format(**texts), pattern, texts)


def later(pattern: str) -> str:
    """Marks a pattern of a table, so that it is found and translated as those of `phrase` are."""
    return pattern


def of_error(error: BaseException) -> str:
    """What an error says, as it was made: `str` of it would forget the pattern."""
    told = error.args[0] if error.args else ""
    return told if isinstance(told, str) else str(error)


def mapped(text: str, change: Callable[[str], str]) -> str:
    """`text` with each text in it that is not ours changed: all of it where it has no pattern."""
    if isinstance(text, Moment):
        return text
    if isinstance(text, Phrase):
        fields = {name: mapped(value, change) for name, value in text.fields.items()}
        return phrase(text.pattern, **fields)
    return change(text)


def shortened(text: str, most: int) -> str:
    """`text` with its fields cut to share `most` characters, saying how much is gone."""
    if len(text) <= most:
        return text
    fields = len(text.fields) if isinstance(text, Phrase) else 1
    return mapped(text, lambda field: _cut(field, most // max(1, fields)))


def _cut(field: str, most: int) -> str:
    left_out = len(field) - most
    if left_out <= 0:
        return field
    return phrase("{text} [{count} more characters left out]", text=field[:most], count=left_out)


def translated(text: str, tr: Translate, when: Callable[[float], str] | None = None) -> str:
    """`text` in another language. tr: for patterns; when: a moment in words, from Unix time."""
    if isinstance(text, Moment):
        return when(text.at_s) if when is not None else str(text)
    if not isinstance(text, Phrase):
        return text
    fields = {name: translated(value, tr, when) for name, value in text.fields.items()}
    return tr(text.pattern).format(**fields)


def taken_apart(text: str) -> Any:
    """As JSON, from which `put_together` makes it again; None for an ordinary text."""
    if isinstance(text, Moment):
        return {"at_s": text.at_s}
    if not isinstance(text, Phrase):
        return None
    fields = {name: taken_apart(value) or str(value) for name, value in text.fields.items()}
    return {"pattern": text.pattern, "fields": fields}


def put_together(text: str, apart: Any) -> str:
    """What was taken apart, if it still says `text`; else that text. For what lay in a file."""
    try:
        made = _made(apart, DEEPEST)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError, OSError):
        return text
    return made if made == text else text


def _made(apart: Any, depth: int) -> str:
    if isinstance(apart, str):
        return apart
    if depth == 0 or not isinstance(apart, dict):
        raise TypeError("that was not taken apart here")
    if "at_s" in apart:
        return Moment(float(apart["at_s"]))
    pattern = str(apart["pattern"])
    if set("{}") & set(_NAMES.sub("", pattern)):
        raise ValueError("a pattern holds names in braces and nothing else of the kind")
    fields = {name: _made(value, depth - 1) for name, value in apart["fields"].items()}
    return phrase(pattern, **fields)
