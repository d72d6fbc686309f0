"""`proactive`: told of what is seen when it is seen, after ProactiveVideoQA (arXiv 2507.09313).

PAUC: within the time in which an answer is useful, the best that has been said so far scores 0
(wrong), 1 (in part) or 2 (right); the curve over time starts at 0.5, so that silence has 25, and
each reply counts from the middle between its own time and the beginning (omega 0.5). The area
under the steps over the largest area, in percent, averaged over answers.

The benchmark has a language model score the replies. Here a rule does: the share of the expected
answer's content words that have been said, from 2/3 right, from 1/3 in part. So a figure of ours
is no figure of the leaderboard, except silence's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.course import Measure, Trial, Values, case
from engine.evaluation.seeing.watched import SHOW_S, Seen
from engine.evaluation.take import Take
from engine.training.scenes.stage import plain

OMEGA, START_SCORE, BEST = 0.5, 0.5, 2.0
RIGHT, PARTLY = 2 / 3, 1 / 3
MEASURES: Mapping[str, Measure] = {
    "pauc": Measure("answers", macro=True), "answered": Measure("answers"),
    "replies_outside_per_minute": Measure("videos", "rate"),
}  # fmt: skip
RULES = "rules (share of the expected content words: 2/3 right, 1/3 in part)"
_SMALL = frozenset(
    "a an the is are was were be been to of in on at and or it its he she they his her their this "
    "that there with for from by as has have had do does did i you we".split()
)


@dataclass(frozen=True)
class Answer:
    """What is to be told, and from when to when it is useful, in the video's seconds. others:
    other words for the same."""

    text: str
    since_s: float
    until_s: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """begins_s: the video, in stream seconds."""

    path: Path
    seconds: float
    text: str
    answers: tuple[Answer, ...]
    begins_s: float = SHOW_S

    @property
    def order(self) -> str:
        return plain(self.text)


@dataclass(frozen=True)
class Proactive:
    """The course over one source. A trial's truth is its `Question`."""

    source: Seen
    name: str = "proactive"
    measures = MEASURES

    @property
    def about(self) -> Mapping[str, str]:
        return {"event_times": self.source.times, "clock": "stream", "labels": RULES}

    def names(self) -> Sequence[str]:
        return self.source.names()

    def trial(self, key: str) -> Trial:
        return self.source.trial(key)

    def values(self, trial: Trial, takes: Sequence[Take]) -> Values:
        return values(trial.truth, takes[0])


def values(truth: Question, take: Take) -> Values:
    replies = [(u.start_s - truth.begins_s, u.text) for u in take.utterances if u.words]
    inside = [any(a.since_s <= time_s <= a.until_s for a in truth.answers) for time_s, _ in replies]
    areas = [100 * area(answer, replies) for answer in truth.answers]
    told = [any(best(a, t) == BEST for s, t in replies if a.since_s <= s <= a.until_s)
            for a in truth.answers]  # fmt: skip
    return {
        "pauc": tuple((one, 1.0) for one in areas),
        "answered": tuple((float(one), 1.0) for one in told),
        "replies_outside_per_minute": case(inside.count(False), take.seconds / 60),
    }


def score(expected: str, said: str) -> float:
    """0, 1 or 2: how much of what was expected has been said."""
    wanted = {word for word in plain(expected).split() if word not in _SMALL}
    if not wanted:
        return 0.0
    share = len(wanted & set(plain(said).split())) / len(wanted)
    return BEST if share >= RIGHT else 1.0 if share >= PARTLY else 0.0


def best(answer: Answer, said: str) -> float:
    """The score against whichever of the answer's wordings fits best."""
    return max(score(text, said) for text in (answer.text, *answer.others))


def area(answer: Answer, replies: Sequence[tuple[float, str]]) -> float:
    """The area under the steps over the largest there is: 0 to 1. replies: (video s, text)."""
    length = answer.until_s - answer.since_s
    said, level, since, total = "", START_SCORE, 0.0, 0.0
    for time_s, text in sorted(replies):
        if not answer.since_s <= time_s <= answer.until_s:
            continue
        said = f"{said} {text}"
        at = (time_s - answer.since_s) * (1 - OMEGA)
        total += (at - since) * level
        level, since = best(answer, said), at
    return (total + (length - since) * level) / (length * BEST)
