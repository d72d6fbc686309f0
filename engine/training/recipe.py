"""How long and how fast to train. Knows no torch, so that renderers start at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """minutes: wall-clock budget of the whole run. rows, length: tokens of a batch.

    average: how slowly the running average of the weights follows them, a step. aligned: whether
    what is computed forward is, bit for bit, what sessions compute (`aligned.py`). glances: of how
    many pictures by themselves the trunk is asked, a step (`glances.py`).
    """

    minutes: float
    rows: int
    length: int
    matrix_lr: float = 0.02
    other_lr: float = 2e-3
    warmup_share: float = 0.02
    cooldown_share: float = 0.35
    average: float = 0.995
    save_every_s: float = 300.0
    seed: int = 0
    aligned: bool = False
    glances: int = 0
