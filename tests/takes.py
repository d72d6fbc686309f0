"""Hand-made takes: what a session did, written down instead of played."""

from __future__ import annotations

from engine.evaluation.take import Take, TimedWord, Utterance
from engine.microturn import TURN_S


def take(*said: tuple[float, float, str], seconds: float = 30.0) -> Take:
    """said: (first sample, last sample, words) of each utterance; words spread over it."""
    utterances = tuple(Utterance(a, b, tuple(text.split())) for a, b, text in said)
    words = tuple(
        TimedWord(u.start_s - TURN_S + i * (u.stop_s - u.start_s) / max(1, len(u.words)), word)
        for u in utterances
        for i, word in enumerate(u.words)
    )
    return Take(seconds, (), utterances, said=words)


SILENT = take()
TALKING = take((0.2, 30.0, " ".join(["okay"] * 60)))
