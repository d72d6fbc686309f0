"""The trade between false cut-offs and latency: operating points and the frontier, with doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluation.bootstrap import CONFIDENCE, Estimate
from engine.evaluation.duplex.turns import DELAYS_S, TIMEOUTS_S, Decisions

LATENCY_BUDGETS_S = (0.3, 0.6)
CUTOFF_BUDGETS = (0.05, 0.10)
_RESAMPLES = 500


@dataclass(frozen=True)
class Sweep:
    """By turn and policy. cut: (n, P) pauses cut off; holds: (n,) pauses; latency_s: (n, P)."""

    cut: np.ndarray
    holds: np.ndarray
    latency_s: np.ndarray

    def curve(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean latency and share of pauses cut off, each (P,), turns weighing (n,)."""
        pauses = max(float(weights @ self.holds), 1e-9)
        return weights @ self.latency_s / weights.sum(), weights @ self.cut / pauses


def sweep(turns: Sequence[Decisions]) -> Sweep:
    """Every delay with every timeout; a decision acts when its pause outlasts the delay."""
    delays, timeouts = (grid.ravel() for grid in np.meshgrid(DELAYS_S, TIMEOUTS_S, indexing="ij"))
    cut = np.zeros((len(turns), len(delays)))
    latency = np.zeros_like(cut)
    for row, turn in enumerate(turns):
        for length_s, fired_s in turn.holds:
            cut[row] += _acts_s(fired_s, delays, timeouts) < length_s
        latency[row] = _acts_s(turn.end, delays, timeouts)
    return Sweep(cut, np.array([len(turn.holds) for turn in turns], float), latency)


def _acts_s(fired_s: float | None, delays: np.ndarray, timeouts: np.ndarray) -> np.ndarray:
    return timeouts if fired_s is None else np.minimum(fired_s + delays, timeouts)


def frontier(found: Sweep) -> list[tuple[float, float]]:
    """(mean latency, share cut off) of the policies that none beats in both, fastest first."""
    latency, cut = found.curve(np.ones(len(found.holds)))
    best, kept = np.inf, list[tuple[float, float]]()
    for index in np.lexsort((cut, latency)):
        if cut[index] < best - 1e-12:
            best = float(cut[index])
            kept.append((round(float(latency[index]), 4), round(best, 4)))
    return kept


def points(found: Sweep) -> dict[str, Estimate]:
    """The best of either side within a budget of the other; what no policy reaches is left out."""
    rng = np.random.default_rng(20_26)
    turns = len(found.holds)
    draws = [np.bincount(rng.integers(0, turns, turns), minlength=turns) * 1.0
             for _ in range(_RESAMPLES)]  # fmt: skip
    given = {}
    for budget in LATENCY_BUDGETS_S:
        given[f"false_cutoffs_at_{budget:g}_s"] = _point(found, draws, budget, fast=True)
    for budget in CUTOFF_BUDGETS:
        given[f"latency_s_at_{budget:.0%}_cutoffs"] = _point(found, draws, budget, fast=False)
    return {name: one for name, one in given.items() if one is not None}


def _point(found: Sweep, draws: Sequence[np.ndarray], budget: float, fast: bool) -> Estimate | None:
    value = _best(found, np.ones(len(found.holds)), budget, fast)
    if value is None or not found.holds.sum():
        return None
    drawn = [v for d in draws if (v := _best(found, d, budget, fast)) is not None]
    edges = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
    low, high = np.quantile(drawn, edges)
    return Estimate(value, float(low), float(high), len(found.holds))


def _best(found: Sweep, weights: np.ndarray, budget: float, fast: bool) -> float | None:
    latency, cut = found.curve(weights)
    limited, wanted = (latency, cut) if fast else (cut, latency)
    within = wanted[limited <= budget + 1e-9]
    return float(within.min()) if len(within) else None
