"""An engine that does what a benchmark's file of orders says, and notes when it did it.

`python -m engine.evaluation.bench.puppet ORDERS` serves it, with the options of `aside serve`.
The first word of the file counts, read anew on every micro-turn:

quiet     nothing happens
word      one heard word every 1.4 s: time to come, to settle, and to rest
captions  a heard and a said word on every micro-turn, and a voice
speak     a voice without end

Each heard word is noted in ORDERS.log as a line of the steady clock's seconds and the word.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES, InputTurn, OutputTurn
from engine.server.command import run

TONE_HZ, LOUD = 400, 0.2
WORD_TURNS = 7


class PuppetSession:
    """Its state is the number of its stretches of voice, and whether one goes on."""

    def __init__(self, orders: Path) -> None:
        self._orders = orders
        self._generation, self._speaking = 0, False
        when_s = np.arange(TURN_SAMPLES) / SAMPLE_RATE_HZ  # 200 ms are whole waves: no seams
        self._sound = (LOUD * np.sin(2 * np.pi * TONE_HZ * when_s)).astype(np.float32)

    def step(self, turn: InputTurn) -> OutputTurn:
        order = self._orders.read_text("utf-8").strip()
        speaks = order in ("captions", "speak")
        self._generation += speaks and not self._speaking
        self._speaking = speaks
        hears = order == "captions" or (order == "word" and turn.index % WORD_TURNS == 0)
        word = f"word{turn.index}" if hears else ""
        if word:
            self._note(word)
        return OutputTurn(
            turn.index, heard=word, say=f"said{turn.index}" if order == "captions" else "",
            speaking=speaks, audio=self._sound if speaks else None, generation=self._generation,
        )  # fmt: skip

    def snapshot(self) -> tuple[int, bool]:
        return self._generation, self._speaking

    def restore(self, state: tuple[int, bool]) -> None:
        self._generation, self._speaking = state

    def _note(self, word: str) -> None:
        with self._orders.with_suffix(".log").open("a", encoding="utf-8") as notes:
            notes.write(f"{time.monotonic()} {word}\n")


class PuppetEngine:
    name = "puppet"
    sees = ("camera", "screen")

    def __init__(self, orders: Path) -> None:
        self._orders = orders

    def session(self, seed: int = 0) -> PuppetSession:
        return PuppetSession(self._orders)

    def count_tokens(self, text: str) -> int:
        return len(text.split())


def main(arguments: list[str]) -> int:
    return run(arguments[1:], lambda _checkpoint: PuppetEngine(Path(arguments[0])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
