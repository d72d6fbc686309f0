"""`fdb15`: four kinds of speech over the system's own, after Full-Duplex-Bench v1.5.

An interruption wants an answer; a backchannel, talk to somebody else and background speech want
the system to go on (arXiv 2507.23159). The labels are rules (`overlap.py`), so a figure of ours
is no figure of the leaderboard. `wanted` is the label's share; `undisturbed` also counts silence
where the take without the overlap is silent there too. A trial's takes: with, and without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.evaluation.course import Case, Measure, Trial, Values, case
from engine.evaluation.duplex.fdb1 import Source
from engine.evaluation.duplex.overlap import Label, Overlap, reaction
from engine.evaluation.take import Take

WANTED: Mapping[str, Label] = {
    "user_interruption": "respond", "user_backchannel": "resume",
    "talking_to_other": "resume", "background_speech": "resume",
}  # fmt: skip
MEASURES: Mapping[str, Measure] = {
    "wanted": Measure("trials", macro=True),
    "undisturbed": Measure("trials", macro=True),
    "spoke_when_it_began": Measure("trials"),
    "stop_median_s": Measure("voices stopped", "median"),
    "answer_median_s": Measure("answers", "median"),
    "respond": Measure("trials"),
    "resume": Measure("trials"),
    "quiet": Measure("trials"),
}
RULES = "rules (voice unbroken, or half of its words as without the overlap: resume)"


@dataclass(frozen=True)
class Fdb15:
    """The course over one source. A trial's truth is its `Overlap`."""

    source: Source
    name: str = "fdb15"
    measures = MEASURES

    @property
    def about(self) -> Mapping[str, str]:
        return {"word_times": self.source.word_times, "clock": "stream", "labels": RULES}

    def names(self) -> Sequence[str]:
        return self.source.names()

    def trial(self, key: str) -> Trial:
        return self.source.trial(key)

    def values(self, trial: Trial, takes: Sequence[Take]) -> Values:
        return values(trial.truth, *takes)


def values(overlap: Overlap, take: Take, clean: Take) -> Values:
    found = reaction(take, clean, overlap)
    given: dict[str, tuple[Case, ...]] = {"wanted": case(found.label == overlap.wanted)}
    given["spoke_when_it_began"] = case(found.spoke_before)
    given |= {name: case(found.label == name) for name in ("respond", "resume", "quiet")}
    if overlap.wanted == "resume":
        given["undisturbed"] = case(found.alike)
    if found.stop_s is not None and overlap.wanted == "respond":
        given["stop_median_s"] = case(found.stop_s)
    if found.answer_s is not None and found.label == "respond":
        given["answer_median_s"] = case(found.answer_s)
    return given
