"""Makes a session listen or speak for as long as the benchmark wants it to.

Only what may be chosen is narrowed, by logits; the model computes as ever. This stands in the
benchmark and nowhere near the product.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from engine.model.tokenizer import ACT, CONTROLS, END, QUIET, SAY, SPEAK
from engine.runtime.backend import Backend, Listen, State

BARRED = np.float32(-1e9)
WORD = -1  # any token of text
SPEAKING = (WORD, SAY, WORD, WORD, SPEAK)


class Steered:
    """A backend that answers as another does, with some choices barred."""

    def __init__(self, backend: Backend) -> None:
        self.inner, self.name = backend, backend.name
        self.config = replace(backend.config, sees="camera screen")  # its cost, trained or not
        self.speaks = False
        self.tokens = 0
        self._plan: list[int] = []

    def cache(self) -> Any:
        return self.inner.cache()

    def listen(self, cache: Any, turn: int, step: Listen) -> State:
        self._plan = list(SPEAKING)
        self.tokens = 0
        return self._narrowed(self.inner.listen(cache, turn, step))

    def token(self, cache: Any, turn: int, token: int, stream: int) -> State:
        self.tokens += 1
        return self._narrowed(self.inner.token(cache, turn, token, stream))

    def voice(self, cache: Any, turn: int, share: np.ndarray) -> State:
        return self.inner.voice(cache, turn, share)

    def draw(self, hidden: np.ndarray, noise: np.ndarray) -> np.ndarray:
        return self.inner.draw(hidden, noise)

    def _narrowed(self, state: State) -> State:
        if not self.speaks:
            return replace(state, logits=_barred(state.logits, [SPEAK, SAY, ACT, END]))
        wanted = self._plan.pop(0) if self._plan else QUIET
        others = [mark for mark in range(len(CONTROLS)) if mark != wanted]
        logits = _barred(state.logits, others)
        if wanted != WORD:
            logits[len(CONTROLS) :] = BARRED
        return replace(state, logits=logits)


def _barred(logits: np.ndarray, tokens: list[int]) -> np.ndarray:
    narrowed = logits.copy()
    narrowed[tokens] = BARRED
    return narrowed
