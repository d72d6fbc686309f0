"""Numbers in words, and spans of time as people say them."""

from __future__ import annotations

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def words(number: int) -> str:
    """-99..99 in words, lower case."""
    if number < 0:
        return f"minus {words(-number)}"
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] if ones == 0 else f"{TENS[tens]} {ONES[ones]}"


def span(seconds: float) -> str:
    """A span to the nearest half second, as it is spoken: "four and a half seconds"."""
    halves = max(1, round(seconds * 2))
    whole, half = divmod(halves, 2)
    if not whole:
        return "half a second"
    number = words(whole) + (" and a half" if half else "")
    return f"{number} second" + ("" if halves == 2 else "s")


_VALUE = {word: value for value, word in enumerate(ONES)} | {
    word: 10 * index for index, word in enumerate(TENS) if index > 1
}


def span_seconds(text: str) -> float | None:
    """The seconds that a spoken span names, or None: the inverse of `span`."""
    if "second" not in text:
        return None
    total = sum(_VALUE[word] for word in text.split() if word in _VALUE)
    return total + (0.5 if "half" in text.split() else 0.0)
