"""How text is written for the model to read: in the spelling that it learned.

Everything typed or sent to it in training is words in small letters, apostrophes and commas. A
capital, a digit or a full stop is a byte that it has never seen, and what it makes of those is no
answer. So "It is 8 degrees." is read as "it is eight degrees". Nothing is left out but marks, and
nothing is chosen.
"""

from __future__ import annotations

import re
import unicodedata

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_GROUPS = ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))
_LONGEST = 9  # digits of what is read as one number
_NUMBER = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)?")
_STRAY_COMMA = re.compile(r"(?<=[\s,]),|,(?=\S|\s*$)")  # those after a word stay, as in training
_SIGNS = {
    " + ": " plus ", " - ": " minus ", " * ": " times ", " / ": " divided by ", " = ": " is ",
    " ≈ ": " is about ", " -": " minus ", "%": " percent ", "&": " and ",
}  # fmt: skip


def readable(text: str) -> str:
    """`text` as the model reads it; text as in training stays as it is."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    text = f" {plain} "
    for sign, word in _SIGNS.items():
        text = _between_numbers(text, sign, word)
    text = _NUMBER.sub(lambda found: f" {_number(found[0])} ", text)
    marked = "".join(c if _stays(c) else " " for c in text)
    return " ".join(_STRAY_COMMA.sub(" ", marked).split())


def _between_numbers(text: str, sign: str, word: str) -> str:
    """A sign is a word where a number follows it, or, such as percent, anywhere."""
    if sign.strip() in ("%", "&", "="):
        return text.replace(sign, word)
    return re.sub(rf"{re.escape(sign)}(?=\d|-\d)", word, text)


def _stays(letter: str) -> bool:
    return letter in "'," or unicodedata.category(letter)[0] in "LM"


def _number(digits: str) -> str:
    """In words; a long one, and one that begins with zeros, digit by digit."""
    whole, _, part = digits.replace(",", "").partition(".")
    spelled = [_ONES[int(digit)] for digit in whole]
    if len(whole) <= _LONGEST and str(int(whole)) == whole:
        spelled = _words(int(whole))
    return " ".join([*spelled, *(["point", *(_ONES[int(d)] for d in part)] if part else [])])


def _words(number: int) -> list[str]:
    for size, name in _GROUPS:
        if number >= size:
            count, rest = divmod(number, size)
            return [*_words(count), name, *(_words(rest) if rest else [])]
    if number < len(_ONES):
        return [_ONES[number]]
    tens, ones = divmod(number, 10)
    return [_TENS[tens], *([_ONES[ones]] if ones else [])]
