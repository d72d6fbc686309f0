"""What a system did about speech over its own: the categories of Full-Duplex-Bench v1.5, by rules.

The benchmark lets a language model read both sides and choose; these labels come from rules:

    resume    its voice went on through the overlap without a break; or it spoke again, and at
              least half of those words are, in order, what it says when nothing overlaps
    respond   it began to speak after the overlap had begun, and said something else
    quiet     it said nothing more
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.evaluation.take import Take, Utterance
from engine.evaluation.word_errors import hits
from engine.microturn import TURN_S

HORIZON_S = 8.0
SAME_SHARE = 0.5

Label = Literal["respond", "resume", "quiet"]


@dataclass(frozen=True)
class Overlap:
    """When the other speech sounded, first word to last, and what is wanted after it."""

    start_s: float
    end_s: float
    wanted: Label

    @property
    def until_s(self) -> float:
        return self.end_s + HORIZON_S


@dataclass(frozen=True)
class Reaction:
    """stop_s: from the overlap's start until a voice that sounded then had ended, if it ended
    before the overlap's horizon. answer_s: from the overlap's end to the first voice that began
    after its start, not below zero. alike: whether the take without overlap has the same label
    or silence."""

    label: Label
    spoke_before: bool
    stop_s: float | None
    answer_s: float | None
    alike: bool


def reaction(take: Take, clean: Take, overlap: Overlap) -> Reaction:
    """clean: the same session, had nothing overlapped."""
    before = next((u for u in take.utterances if u.start_s <= overlap.start_s < u.stop_s), None)
    fresh = [u for u in take.utterances if overlap.start_s < u.start_s < overlap.until_s]
    label = _label(before, fresh, clean, overlap)
    stopped = before is not None and before.stop_s < overlap.until_s
    silent_anyway = not any(u.stop_s > overlap.end_s for u in clean.utterances)
    return Reaction(
        label, before is not None,
        before.stop_s - overlap.start_s if before is not None and stopped else None,
        max(0.0, fresh[0].start_s - overlap.end_s) if fresh else None,
        label == "resume" or (label == "quiet" and silent_anyway),
    )  # fmt: skip


def _label(
    before: Utterance | None, fresh: Sequence[Utterance], clean: Take, overlap: Overlap
) -> Label:
    if before is not None and before.words and before.stop_s >= overlap.end_s + TURN_S:
        return "resume"
    words = [word for utterance in fresh for word in utterance.words]
    if not words:
        return "quiet"
    started_s = before.start_s if before is not None else overlap.start_s
    rest = [word.text for word in clean.said if word.time_s >= started_s - TURN_S]
    return "resume" if len(hits(words, rest)) >= SAME_SHARE * len(words) else "respond"
