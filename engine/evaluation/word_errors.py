"""Word errors: what was said against what was heard, the fewest edits (Levenshtein)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class WordErrors:
    """words: how many were said. errors: substitutions, deletions and insertions together."""

    words: int
    errors: int


def word_errors(said: Sequence[str], heard: Sequence[str]) -> WordErrors:
    return WordErrors(len(said), int(_costs(said, heard)[-1, -1]))


def aligned(said: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """One cheapest alignment as (index said, index heard); None stands for a missing partner."""
    costs = _costs(said, heard)
    i, j = len(said), len(heard)
    pairs: list[Pair] = []
    while i or j:
        both = costs[i - 1, j - 1] + (said[i - 1] != heard[j - 1]) if i and j else np.inf
        if costs[i, j] == both:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and costs[i, j] == costs[i - 1, j] + 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


def hits(said: Sequence[str], heard: Sequence[str]) -> list[tuple[int, int]]:
    """The words that were heard as they were said: (index said, index heard)."""
    return [
        (i, j)
        for i, j in aligned(said, heard)
        if i is not None and j is not None and said[i] == heard[j]
    ]


def _costs(said: Sequence[str], heard: Sequence[str]) -> np.ndarray:
    """(len(said) + 1, len(heard) + 1): the fewest edits between the beginnings of both."""
    costs = np.zeros((len(said) + 1, len(heard) + 1), np.int64)
    costs[:, 0] = np.arange(len(said) + 1)
    along = np.arange(len(heard) + 1)
    costs[0] = along
    for i, word in enumerate(said, 1):
        swapped = costs[i - 1, :-1] + np.array([word != other for other in heard], np.int64)
        best = np.concatenate([[i], np.minimum(swapped, costs[i - 1, 1:] + 1)])
        # Insertions only add up along the row: a running minimum of what each start costs.
        costs[i] = np.minimum.accumulate(best - along) + along
    return costs
