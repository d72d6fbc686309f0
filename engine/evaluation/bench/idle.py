"""An engine that costs nothing and always speaks: what is left is the price of the wire.

`python -m engine.evaluation.bench.idle` serves it, with the options of `aside serve`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from engine.microturn import TURN_SAMPLES, InputTurn, OutputTurn
from engine.server.command import run


class IdleSession:
    """Says one sound for ever. Its state is the number of the micro-turn."""

    def __init__(self) -> None:
        self._turn = 0
        self._sound = np.full(TURN_SAMPLES, 0.1, np.float32)

    def step(self, turn: InputTurn) -> OutputTurn:
        self._turn = turn.index + 1
        return OutputTurn(turn.index, speaking=True, audio=self._sound, generation=1)

    def snapshot(self) -> int:
        return self._turn

    def restore(self, state: int) -> None:
        self._turn = state


class IdleEngine:
    name = "idle"
    sees = ("camera", "screen")

    def session(self, seed: int = 0) -> IdleSession:
        return IdleSession()

    def count_tokens(self, text: str) -> int:
        return len(text.split())


def load(checkpoint: Path | None) -> IdleEngine:
    return IdleEngine()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], load))
