"""Did the session say what was meant when it was due? One meaning, one window: both or nothing.

After TimeSpeak and CueSpeak (Thinking Machines Lab, doi 10.64434/tml.20260511): an item has one
expected meaning and a window of time. It is right if the meaning is said and its voice begins in
the window; figures are averaged over kinds of items, each weighing the same. Meanings here are
closed (a word, a number, a span within 0.4 s), so comparing words replaces the judge. An
acknowledgement ("okay") is no item. What is said that nobody asked for is stated beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.evaluation.course import Case, Measure, Trial, Values
from engine.evaluation.figures import RECORDED, SYNTHESISED
from engine.evaluation.results import ACKNOWLEDGED
from engine.evaluation.scoring import judged
from engine.evaluation.skills import PEOPLE, generator
from engine.evaluation.surroundings import Surroundings
from engine.evaluation.take import Take
from engine.training.scenes.stage import Expect, Scene

MEASURES: Mapping[str, Measure] = {
    "right": Measure("items", macro=True),
    "scenes_all_right": Measure("scenes"),
    "false_voices_per_minute": Measure("scenes", "rate"),
    "reaction_median_s": Measure("utterances", "median"),
    "clock_error_median_s": Measure("utterances", "median"),
}


class Scenes(Protocol):
    """Writes scenes: the repertoire of skills, or one of a course's own."""

    def scene(self, seed: int, skill: str, index: int) -> Scene: ...


@dataclass(frozen=True)
class Moments:
    """scenes: who writes `skills`. limit: scenes of each skill."""

    name: str
    scenes: Scenes
    skills: tuple[str, ...]
    limit: int = 100
    noise: Path | None = None
    seed: int = 0
    measures = MEASURES

    @property
    def about(self) -> Mapping[str, str]:
        people = not PEOPLE.keys().isdisjoint(self.skills)
        of = f"{SYNTHESISED}; of people {RECORDED}" if people else SYNTHESISED
        return {"word_times": of, "clock": "stream"}

    def names(self) -> Sequence[str]:
        return [f"{skill}/{index}" for skill in self.skills for index in range(self.limit)]

    def trial(self, key: str) -> Trial:
        skill, _, index = key.partition("/")
        scene = self.scenes.scene(self.seed, skill, int(index))
        surroundings = Surroundings.recorded(self.noise)
        stimulus = surroundings.stimulus(scene, generator(self.seed, skill, int(index), 1))
        return Trial(key, skill, (stimulus,), scene, {"items": [_told(e) for e in items(scene)]})

    def values(self, trial: Trial, takes: Sequence[Take]) -> Values:
        return values(trial.truth, takes[0])


def items(scene: Scene) -> list[Expect]:
    """What the clock or a cue makes due: every expected utterance but acknowledgements."""
    return [
        expect
        for expect in scene.expects
        if expect.kind in ("say", "span") and expect.texts and expect.texts != (ACKNOWLEDGED,)
    ]


def _told(expect: Expect) -> tuple[float, float, str]:
    """From when to when, and what."""
    return round(expect.after_s, 3), round(expect.by_s, 3), " | ".join(expect.texts)


def values(scene: Scene, take: Take) -> Values:
    verdict = judged(scene, take)
    unmet = {(p.time_s, p.wanted) for p in verdict.problems if p.wanted}
    due = items(scene)
    right = sum((one.after_s, one.texts) not in unmet for one in due)
    given: dict[str, tuple[Case, ...]] = {
        "right": ((float(right), float(len(due))),) if due else (),
        "scenes_all_right": ((float(verdict.right), 1.0),),
        "false_voices_per_minute": ((float(verdict.false_voices), take.seconds / 60),),
        "reaction_median_s": tuple((s, 1.0) for s in verdict.reactions_s),
        "clock_error_median_s": tuple((abs(s), 1.0) for s in verdict.offsets_s),
    }
    return given
