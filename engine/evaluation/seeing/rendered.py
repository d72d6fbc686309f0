"""Rendered people as trials: scenes with held-out figures, voices and sentences, drawn and heard.

reps: squats, jumping jacks and push-ups to be counted. stand: standing up and sitting down, start
and stop to be called. somebody, hand: coming, going and a raised hand to be told. Their times are
exact. Rendered people do not count alone: the same is stated on real clips.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.evaluation.course import Trial
from engine.evaluation.seeing.proactive import Answer, Question
from engine.evaluation.seeing.repcount import Repetitions
from engine.evaluation.seeing.startstop import START, Action
from engine.evaluation.skills import Repertoire, generator
from engine.evaluation.surroundings import Surroundings
from engine.training.scenes.stage import Expect, Scene

EARLY_S, USEFUL_S = 0.2, 5.0
SCENES_OF_EACH = 50
_NO_FILE = Path("rendered")


@dataclass(frozen=True)
class Rendered:
    """judged_by: what a scene is judged by. limit: scenes of each skill."""

    skills: tuple[str, ...]
    judged_by: Callable[[Scene], Any]
    limit: int | None = None
    seed: int = 0
    scenes: Repertoire = field(default_factory=Repertoire)
    times: str = "the renderer's own"

    def names(self) -> Sequence[str]:
        return [
            f"{s}/{index}" for s in self.skills for index in range(self.limit or SCENES_OF_EACH)
        ]

    def trial(self, key: str) -> Trial:
        skill, _, index = key.partition("/")
        scene = self.scenes.scene(self.seed, skill, int(index))
        stimulus = Surroundings().stimulus(scene, generator(self.seed, skill, int(index), 1))
        return Trial(key, f"rendered {skill}", (stimulus,), self.judged_by(scene))


def told(scene: Scene) -> list[tuple[float, str]]:
    """(when it could be seen, what was to be said), without acknowledgements, in order."""
    events = [e for e in scene.expects if e.kind == "say" and e.texts and e.texts != ("okay",)]
    return sorted((_seen_s(event), event.texts[0]) for event in events)


def _seen_s(expect: Expect) -> float:
    """A scene's window opens a little before something can be seen."""
    return expect.after_s + EARLY_S


def repetitions(scene: Scene) -> Repetitions:
    ends = tuple(time_s for time_s, _ in told(scene))
    return Repetitions(_NO_FILE, scene.length_s, "", len(ends), ends, begins_s=0.0)


def action(scene: Scene) -> Action:
    found: list[tuple[float, float]] = []
    begun: float | None = None
    for time_s, text in told(scene):
        if text == START:
            begun = time_s
        elif begun is not None:
            found.append((begun, time_s))
            begun = None
    if begun is not None:
        found.append((begun, scene.length_s))
    return Action(_NO_FILE, scene.length_s, "", tuple(found), begins_s=0.0)


def question(scene: Scene) -> Question:
    """Each answer is useful for five seconds, or until the next event, or the scene's end."""
    events = told(scene)
    ends = [*(time_s for time_s, _ in events[1:]), scene.length_s]
    answers = tuple(
        Answer(text, time_s, min(time_s + USEFUL_S, end_s))
        for (time_s, text), end_s in zip(events, ends, strict=True)
        if min(time_s + USEFUL_S, end_s) > time_s
    )
    return Question(_NO_FILE, scene.length_s, "", answers, begins_s=0.0)
