"""Speaking at a moment: one meaning, one window, both or nothing; and what random weights get."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_oracle import Oracle, turns

from engine.evaluation.baselines import BASELINES
from engine.evaluation.course import Outcome, figures_of
from engine.evaluation.moments.gametime import TASKS, GameTime
from engine.evaluation.moments.moment import Moments, items, values
from engine.evaluation.play import Stimulus, play
from engine.evaluation.scoring import judged
from engine.evaluation.skills import Repertoire
from engine.training.render import microphone_wave
from engine.training.scenes.stage import Say, Scene

pytestmark = pytest.mark.timeout(120)
GAME, SKILLS = GameTime(), Repertoire()
SCENES = [GAME.scene(3, task, 0) for task in TASKS] + [
    SKILLS.scene(3, skill, 0) for skill in ("later", "wrong", "cue")
]


def right(scene: Scene, says: list[Say] | None = None) -> float:
    take = play(Oracle(scene, says), Stimulus(microphone_wave(scene)))
    cases = values(scene, take)["right"]
    return sum(top for top, _ in cases) / max(1.0, sum(bottom for _, bottom in cases))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.skill)
def test_who_does_what_was_meant_is_right(scene: Scene) -> None:
    """Every item is right, nothing else was said, and acknowledgements are no items."""
    assert items(scene)
    assert right(scene) == 1
    assert judged(scene, play(Oracle(scene), Stimulus(microphone_wave(scene)))).right
    assert all(item.texts != ("okay",) for item in items(scene))


@pytest.mark.parametrize("task", [task for task in TASKS if task != "together"])
def test_the_right_words_late_are_nothing(task: str) -> None:
    """A second and a half off, no item is right."""
    scene = GAME.scene(3, task, 0)
    late = [replace(said, turn=said.turn + turns(1.6)) for said in scene.says]
    assert right(scene, late) == 0


@pytest.mark.parametrize("task", TASKS)
def test_other_words_in_time_are_nothing(task: str) -> None:
    """At the right time, something else."""
    scene = GAME.scene(3, task, 0)
    other = [replace(said, clip=GAME.own.say("operator")) for said in scene.says]
    assert right(scene, other) == 0


@pytest.mark.parametrize("name", BASELINES)
def test_baselines_keep_no_time(name: str) -> None:
    """Nobody who understands nothing gets an item."""
    for task in TASKS:
        scene = GAME.scene(3, task, 0)
        take = play(BASELINES[name](), Stimulus(microphone_wave(scene)))
        assert not sum(top for top, _ in values(scene, take)["right"])


def test_kinds_weigh_the_same() -> None:
    """Many items of one kind do not drown the one item of another."""
    course = Moments("timespeak", GAME, ("tempo", "wait"))
    outcomes = [
        Outcome("a", "tempo", "aside", {"right": ((9.0, 9.0),)}),
        Outcome("b", "wait", "aside", {"right": ((0.0, 1.0),)}),
    ]
    found = {one.skill: one for one in figures_of(course, outcomes)}
    assert (found["tempo"].value, found["wait"].value, found["all"].value) == (1, 0, 0.5)
    assert found["all"].n == 10


def test_a_trial_is_fixed_by_its_name() -> None:
    """The same name gives the same scene and the same hearing."""
    course = Moments("gametime", GAME, tuple(TASKS), 2)
    assert len(course.names()) == 8
    first, again = course.trial("silence/1"), course.trial("silence/1")
    assert first.truth.expects == again.truth.expects
    assert (first.stimuli[0].wave == again.stimuli[0].wave).all()
