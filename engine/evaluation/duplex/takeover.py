"""Takeovers and their latency, as Full-Duplex-Bench v1 defines them (arXiv 2503.04721).

A system takes the turn over unless it says no word, or what it says spans less than one second
and has at most three words. Latency runs from the end of the user's last word to the first voice;
it counts only where the turn was taken, and never below zero. Voice here is the stream clock's,
to the sample; words are those the session writes as said.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.evaluation.take import Take, Utterance

SHORT_S = 1.0
FEW_WORDS = 3


@dataclass(frozen=True)
class Spoken:
    """What was said in a window: the stretches of voice inside it, and how many words."""

    voices: tuple[tuple[float, float], ...]
    words: int

    @property
    def takes_over(self) -> bool:
        if not self.words or not self.voices:
            return False
        span_s = self.voices[-1][1] - self.voices[0][0]
        return span_s >= SHORT_S or self.words > FEW_WORDS

    def latency_s(self, end_s: float) -> float:
        """From the user's end to the first voice. Raises IndexError where there is none."""
        return max(0.0, self.voices[0][0] - end_s)


def spoken(take: Take, since_s: float, until_s: float) -> Spoken:
    """What sounds and is said in [since_s, until_s)."""
    voices = tuple(
        (max(u.start_s, since_s), min(u.stop_s, until_s))
        for u in take.utterances
        if u.start_s < until_s and u.stop_s > since_s
    )
    words = sum(since_s <= word.time_s < until_s for word in take.said)
    return Spoken(voices, words)


def backchannels(take: Take, until_s: float) -> list[Utterance]:
    """Utterances too short to take a turn over, that start before `until_s`."""
    return [
        u
        for u in take.utterances
        if u.start_s < until_s and u.words and len(u.words) <= FEW_WORDS
        and u.stop_s - u.start_s < SHORT_S
    ]  # fmt: skip
