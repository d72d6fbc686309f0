"""Figures with their doubt: percentile bootstrap over scenes (Efron, 1979).

Where all cases are alike, none or all of them right, there is nothing to draw: then the interval is
that of Clopper and Pearson (1934) for so many cases, or for a rate over time Garwood's (1936).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

RESAMPLES = 2_000
CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Estimate:
    """A figure, how many cases it rests on, and its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def mean(values: Sequence[float]) -> Estimate:
    """A mean; of zeros and ones, a share. Raises ValueError where there is no case."""
    found = _estimate(np.asarray(values, float), lambda drawn: drawn.mean(axis=-1))
    return _alike(found, len(values)) if set(values) in ({0}, {1}) else found


def median(values: Sequence[float]) -> Estimate:
    """Raises ValueError where there is no case."""
    return _estimate(np.asarray(values, float), lambda drawn: np.median(drawn, axis=-1))


def quantile(values: Sequence[float], share: float) -> Estimate:
    """Raises ValueError where there is no case."""
    return _estimate(np.asarray(values, float), lambda drawn: np.quantile(drawn, share, axis=-1))


def ratio(tops: Sequence[float], bottoms: Sequence[float], rate: bool = False) -> Estimate:
    """Sum over sum, as word errors over words; cases (scenes, clips) are drawn whole.

    n is the sum of `bottoms`. rate: whether tops are counted events and bottoms time. Raises
    ValueError where there are no bottoms.
    """
    pairs = np.stack([np.asarray(tops, float), np.asarray(bottoms, float)], axis=-1)
    total = float(pairs[:, 1].sum())
    if total <= 0:
        raise ValueError("nothing to divide by: no case has anything in it")

    def divided(drawn: np.ndarray) -> np.ndarray:
        sums = drawn.sum(axis=-2)
        safe = np.where(sums[..., 1] > 0, sums[..., 1], np.nan)
        return np.asarray(sums[..., 0] / safe)

    found = replace(_estimate(pairs, divided), n=round(total))
    if rate:
        return found if any(tops) else replace(found, high=-float(np.log(_TAIL)) / total)
    cases = sum(bottom > 0 for bottom in bottoms)
    same = list(tops) == list(bottoms) or not any(tops)
    return _alike(found, cases) if same else found


def _alike(found: Estimate, cases: int) -> Estimate:
    """Of a share that is 0 or 1 in every one of so many cases."""
    doubt = 1 - _TAIL ** (1 / cases)
    return replace(found, low=0.0, high=doubt) if not found.value else replace(
        found, low=1 - doubt, high=1.0
    )


def macro(groups: Sequence[Sequence[tuple[float, float]]]) -> Estimate:
    """The mean over groups of each group's sum over sum; cases are drawn within their group.

    groups: of (top, bottom) by case. n is the sum of all bottoms. Raises ValueError where a group
    has nothing in it.
    """
    if not groups or any(sum(bottom for _, bottom in group) <= 0 for group in groups):
        raise ValueError("a group without cases: nothing was measured there")
    rng = np.random.default_rng(20_26)
    values, drawn = list[float](), np.zeros((len(groups), RESAMPLES))
    for row, group in enumerate(groups):
        pairs = np.asarray(group, float)
        sums = pairs[rng.integers(0, len(pairs), (RESAMPLES, len(pairs)))].sum(axis=1)
        drawn[row] = sums[:, 0] / np.where(sums[:, 1] > 0, sums[:, 1], np.nan)
        values.append(float(pairs[:, 0].sum() / pairs[:, 1].sum()))
    low, high = np.nanquantile(drawn.mean(axis=0), [_TAIL, 1 - _TAIL])
    whole = round(sum(bottom for group in groups for _, bottom in group))
    return Estimate(float(np.mean(values)), float(low), float(high), whole)


def _estimate(cases: np.ndarray, figure: Callable[[np.ndarray], np.ndarray]) -> Estimate:
    """cases: (n, ...). The same cases give the same interval."""
    if not len(cases):
        raise ValueError("no cases: nothing was measured")
    rng = np.random.default_rng(20_26)
    rows = max(1, min(RESAMPLES, _AT_ONCE // len(cases)))
    drawn: list[np.ndarray] = []
    while sum(map(len, drawn)) < RESAMPLES:
        drawn.append(figure(cases[rng.integers(0, len(cases), (rows, len(cases)))]))
    low, high = np.nanquantile(np.concatenate(drawn)[:RESAMPLES], [_TAIL, 1 - _TAIL])
    return Estimate(float(figure(cases)), float(low), float(high), len(cases))
