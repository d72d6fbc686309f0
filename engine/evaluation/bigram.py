"""A small word-pair language model in ARPA text, for judging speech by a recogniser.

Absolute discounting with back-off (Ney, Essen and Kneser, 1994). The recogniser that judges must
be fixed before what it judges is trained, so the model comes from sentences alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

DISCOUNT = 0.5


def words(sentence: str) -> list[str]:
    """Lower-case words without punctuation."""
    return re.findall(r"[a-z']+", sentence.lower())


def arpa(sentences: Iterable[str]) -> str:
    """The ARPA text of a bigram model over all words of the sentences."""
    lines = [["<s>", *words(sentence), "</s>"] for sentence in sentences]
    single = Counter(word for line in lines for word in line)
    pairs = Counter(pair for line in lines for pair in pairwise(line))
    total = sum(single.values()) - single["<s>"]
    chance = {word: count / total for word, count in single.items()}
    chance["<s>"] = 1e-99
    ones = [_single(word, chance, pairs, single) for word in sorted(single)]
    twos = [_pair(pair, pairs[pair], single) for pair in sorted(pairs)]
    head = f"\\data\\\nngram 1={len(ones)}\nngram 2={len(twos)}\n"
    body = "\n".join(ones) + "\n\n\\2-grams:\n" + "\n".join(twos)
    return f"{head}\n\\1-grams:\n{body}\n\n\\end\\\n"


def _single(
    word: str, chance: dict[str, float], pairs: Counter[tuple[str, str]], single: Counter[str]
) -> str:
    followers = [second for first, second in pairs if first == word]
    freed = DISCOUNT * len(followers) / single[word]
    unseen = 1.0 - sum(chance[second] for second in followers)
    backoff = np.log10(max(freed / max(unseen, 1e-9), 1e-9)) if followers else 0.0
    return f"{np.log10(chance[word]):.5f}\t{word}\t{backoff:.5f}"


def _pair(pair: tuple[str, str], count: int, single: Counter[str]) -> str:
    return f"{np.log10((count - DISCOUNT) / single[pair[0]]):.5f}\t{pair[0]} {pair[1]}"
