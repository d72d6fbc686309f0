"""When backchannels come, against when people gave them: 0.2 s histograms and their distance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BIN_S = 0.2


def histogram(times_s: Sequence[float], seconds: float) -> np.ndarray:
    """(bins,) counts of the times in 0.2 s bins."""
    bins = max(1, int(np.ceil(seconds / BIN_S - 1e-9)))
    counts, _ = np.histogram(times_s, bins, (0.0, bins * BIN_S))
    return np.asarray(counts, float)


def divergence(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Jensen-Shannon divergence in bits, 0 (alike) to 1; histograms of any lengths and sums.

    Nothing against something is 1, the worst; nothing against nothing is 0.
    """
    bins = max(len(ours), len(theirs))
    p, q = (np.pad(one, (0, bins - len(one))) for one in (ours, theirs))
    if not p.sum() or not q.sum():
        return float(bool(p.sum()) != bool(q.sum()))
    p, q = p / p.sum(), q / q.sum()
    middle = (p + q) / 2
    return float(0.5 * _relative(p, middle) + 0.5 * _relative(q, middle))


def _relative(p: np.ndarray, middle: np.ndarray) -> float:
    some = p > 0
    return float(np.sum(p[some] * np.log2(p[some] / middle[some])))
