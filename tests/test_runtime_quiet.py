"""Minutes in which nothing is said are most of what a session hears."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("scipy", reason="scenes are made with it")

from engine.evaluation.play import play
from engine.evaluation.skills import Repertoire, generator
from engine.evaluation.surroundings import Surroundings
from engine.evaluation.take import Take
from engine.microturn import TURN_SAMPLES, InputTurn, OutputTurn, Session
from engine.runtime import load
from engine.training.scenes.stage import Scene

pytestmark = pytest.mark.timeout(180)
QUIET_TURNS = 1000  # 200 s: several windows
SKILLS = ("arithmetic", "repeat", "name", "greeting")
SCENES_EACH = 3


class Later:
    """A session that has gone on for a while already."""

    def __init__(self, session: Session, turns: int) -> None:
        self._session, self._turns = session, turns

    def step(self, given: InputTurn) -> OutputTurn:
        out = self._session.step(replace(given, index=given.index + self._turns))
        return replace(out, index=given.index)


def right(scene: Scene, take: Take) -> bool:
    wanted = {text for expect in scene.expects for text in expect.texts}
    return any(utterance.text in wanted for utterance in take.utterances)


def test_the_shipped_model_still_hears_after_minutes_of_quiet() -> None:
    """Held-out voices ask for something after 200 s in which nobody said anything. In a window full
    of silence it once heard nothing any more, for good."""
    session, rng = load(None).session(7), np.random.default_rng(0)
    for turn in range(QUIET_TURNS):
        hiss = 10 ** (-65 / 20) * rng.standard_normal(TURN_SAMPLES)
        out = session.step(InputTurn(turn, hiss.astype(np.float32)))
        assert out.audio is None
    quiet, found = session.snapshot(), []
    repertoire, surroundings = Repertoire(), Surroundings()
    for skill in SKILLS:
        for index in range(SCENES_EACH):
            session.restore(quiet)
            scene = repertoire.scene(21, skill, index)
            stimulus = surroundings.stimulus(scene, generator(21, skill, index, 1))
            found.append(right(scene, play(Later(session, QUIET_TURNS), stimulus)))
    assert sum(found) >= len(found) // 3, found
