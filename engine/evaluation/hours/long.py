"""`long`: what is left of a session after an hour or two, played as fast as it goes.

How many facts are known, and how many orders kept, 1, 10 and 60 minutes after they were given;
how many lines the model's own `remember` wrote for them; whether ordinary requests come out in
the last tenth as in the first; what it says though nobody asked; whether computing stays flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.evaluation import bootstrap
from engine.evaluation.course import Case, Course, Measure, Outcome, Trial, Values, figures_of
from engine.evaluation.duplex.company import Company
from engine.evaluation.figures import WHOLE, Figure, figure
from engine.evaluation.hours.session import AGES_MIN, Item, Lasting, Writer
from engine.evaluation.play import Stimulus
from engine.evaluation.results import OURS
from engine.evaluation.scoring import Fault, Verdict, judged
from engine.evaluation.skills import generator
from engine.evaluation.take import Take
from engine.runtime.memory import REMEMBER
from engine.training.render import held
from engine.training.voices.clip import Voice
from engine.training.voices.roster import own_voice, roster

SESSION_MIN, SHORTEST_MIN = 120.0, 2.0
KEPT_WITHIN_S = 5.0
_TENTHS = 10
MEASURES: Mapping[str, Measure] = {
    **{f"facts_known_after_{age}_min": Measure("questions") for age in AGES_MIN},
    **{f"orders_kept_after_{age}_min": Measure("causes") for age in AGES_MIN},
    "unknown_admitted": Measure("questions"),
    "lines_remembered": Measure("lines"),
    "other_lines_per_hour": Measure("tenths", "rate"),
    "right": Measure("requests"),
    "right_in_first_tenth": Measure("requests"),
    "right_in_last_tenth": Measure("requests"),
    "false_voices_per_hour": Measure("tenths", "rate"),
    "false_acts_per_hour": Measure("tenths", "rate"),
}


@dataclass(frozen=True)
class Long:
    """minutes: of each session. limit: sessions."""

    minutes: float = SESSION_MIN
    speech: Path | None = None
    noise: Path | None = None
    limit: int = 1
    seed: int = 0
    voices: tuple[Voice, ...] = field(default_factory=lambda: tuple(roster("heldout")))
    own: Voice = field(default_factory=own_voice)
    name: str = "long"
    measures = MEASURES

    @property
    def about(self) -> Mapping[str, str]:
        kinds = ", ".join(self._company.kinds)
        composed = f"{kinds}, and requests; {self.limit} x {self.minutes:g} minutes"
        word_times = "synthesisers' word events"
        return {"word_times": word_times, "clock": "stream", "composed_of": composed}

    @cached_property
    def _company(self) -> Company:
        return Company.of(self.speech, self.noise)

    def names(self) -> Sequence[str]:
        return [f"session/{index}" for index in range(self.limit)]

    def trial(self, key: str) -> Trial:
        rng = generator(self.seed, "long", int(key.split("/")[1]), 0)
        writer = Writer(rng, self._company, self.voices, self.own, self.minutes)
        lasting, wave = writer.write()
        stimulus = Stimulus(wave, held=frozenset(held(lasting.scene)))
        return Trial(key, "composed", (stimulus,), lasting, _told(lasting))

    def values(self, trial: Trial, takes: Sequence[Take]) -> Values:
        return values(trial.truth, takes[0])


def _told(lasting: Lasting) -> Mapping[str, Any]:
    """What was due from when to when, and what should be kept."""
    due = [
        [one.kind, one.age_min, round(one.expect.after_s, 3), round(one.expect.by_s, 3),
         " | ".join(one.expect.texts)]
        for one in lasting.items
    ]  # fmt: skip
    return {"items": due, "lines": [[round(time_s, 3), line] for time_s, line in lasting.lines]}


def values(lasting: Lasting, take: Take) -> Values:
    verdict = judged(lasting.scene, take)
    unmet = {(p.time_s, p.wanted) for p in verdict.problems if p.wanted}

    def met(items: Iterable[Item]) -> list[Case]:
        return [(float((i.expect.after_s, i.expect.texts) not in unmet), 1.0) for i in items]

    ordinary = [item for item in lasting.items if item.kind == "ordinary"]
    tenth = take.seconds / _TENTHS
    given: dict[str, Sequence[Case]] = {
        "unknown_admitted": met(i for i in lasting.items if i.kind == "untold"),
        "right": met(ordinary),
        "right_in_first_tenth": met(i for i in ordinary if i.expect.after_s < tenth),
        "right_in_last_tenth": met(i for i in ordinary if i.expect.after_s >= 9 * tenth),
        "false_voices_per_hour": _by_tenth(_faults(verdict, "false voice"), take.seconds),
        "false_acts_per_hour": _by_tenth(_faults(verdict, "false act"), take.seconds),
        **_remembered(lasting, take),
    }
    for age in AGES_MIN:
        for kind, what in (("fact", "facts_known"), ("order", "orders_kept")):
            chosen = (i for i in lasting.items if (i.kind, i.age_min) == (kind, age))
            given[f"{what}_after_{age}_min"] = met(chosen)
    return given


def _faults(verdict: Verdict, fault: Fault) -> list[float]:
    return [problem.time_s for problem in verdict.problems if problem.fault == fault]


def _by_tenth(times_s: Sequence[float], seconds: float) -> list[Case]:
    """Ten cases, so that the interval tells how much one stretch differs from another."""
    counts = [0] * _TENTHS
    for time_s in times_s:
        counts[min(_TENTHS - 1, int(time_s / seconds * _TENTHS))] += 1
    return [(float(count), seconds / _TENTHS / 3600) for count in counts]


def _remembered(lasting: Lasting, take: Take) -> dict[str, Sequence[Case]]:
    """A line counts if the model wrote it word for word within 5 s of the moment it should."""
    left = [act for act in take.acts if act.text.split()[:1] == [REMEMBER]]
    cases = list[Case]()
    for time_s, line in lasting.lines:
        wanted = f"{REMEMBER} {line}"
        own = [a for a in left if a.text == wanted and abs(a.time_s - time_s) <= KEPT_WITHIN_S]
        left = [act for act in left if act not in own]
        cases.append((float(bool(own)), 1.0))
    others = _by_tenth([act.time_s for act in left], take.seconds)
    return {"lines_remembered": cases, "other_lines_per_hour": others}


def long_figures(course: Course, outcomes: Sequence[Outcome]) -> list[Figure]:
    """With what computing a micro-turn took in the last tenth over that in the first."""
    found, pairs = figures_of(course, outcomes), list[Case]()
    for outcome in outcomes:
        tenth = len(outcome.turn_ms) // _TENTHS
        if tenth:
            pairs += zip(outcome.turn_ms[-tenth:], outcome.turn_ms[:tenth], strict=True)
    if not pairs:
        return found
    last, first = zip(*pairs, strict=True)
    flat = replace(bootstrap.ratio(last, first), n=len(pairs))
    about = {"clock": "wall, on this machine as it was loaded"}
    what = "computing_last_over_first_tenth"
    return [*found, figure(course.name, WHOLE, OURS, what, "micro-turns", flat, **about)]
