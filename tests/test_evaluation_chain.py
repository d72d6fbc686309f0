"""`aside eval tools --chain`: acts go to the real background, and its results are to be told.

A script that acts and tells as it should is right in every skill; each way to spoil it costs the
measure that it spoils, and random weights do nothing right.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from engine.evaluation.chain import played
from engine.evaluation.chain.measure import MEASURES
from engine.evaluation.command import main
from engine.evaluation.results import SceneResult
from engine.evaluation.skills import TOOLS, Repertoire, generator
from engine.evaluation.surroundings import Surroundings
from engine.microturn import Act, InputTurn, OutputTurn, Session
from engine.replay.events import EventStream
from engine.runtime import load
from engine.training.scenes.stage import Scene, turn_at
from tests.evaluation_oracle import deeds
from tests.telling import Teller
from tests.untrained import folder

pytestmark = pytest.mark.timeout(240)
REPERTOIRE = Repertoire()


def scene(skill: str, index: int = 0) -> Scene:
    return REPERTOIRE.scene(11, skill, index)


def result(written: Scene, session: Session, index: int = 0) -> SceneResult:
    chance = generator(11, written.skill, index, 1)
    around = Surroundings()
    (found,) = played.results(written, index, {"aside": session}, around, chance)
    return found


def good(written: Scene) -> Teller:
    return Teller(played.open_ended(written))


def spoiled(found: SceneResult) -> set[str]:
    return {what for what in MEASURES if not all(found.calls.get(what, (True,)))}


class Spoiled(Teller):
    """acts: what it does on which micro-turn instead of what the scene has."""

    def __init__(self, written: Scene, acts: dict[int, str] | None = None) -> None:
        super().__init__(played.open_ended(written))
        if acts is not None:
            self.acts = defaultdict(list)
            for turn, text in acts.items():
                name, _, about = text.partition(" ")
                self.acts[turn] = [Act(name, {"text": about})]


class Mute(Spoiled):
    """Does what is due and tells nothing of it."""

    def _free(self, turn: int) -> bool:
        return False


class Rude(Spoiled):
    """Tells at once, whoever speaks."""

    def _free(self, turn: int) -> bool:
        return True


class Twice(Spoiled):
    """Tells everything two times."""

    def step(self, turn: InputTurn) -> OutputTurn:
        return super().step(replace(turn, updates=turn.updates * 2))


@pytest.mark.parametrize("skill", TOOLS)
@pytest.mark.parametrize("index", [0, 1])
def test_every_skill_can_be_done(skill: str, index: int) -> None:
    """Acts reach their tool or the mind with the right arguments, and what comes is told once."""
    written = scene(skill, index)
    found = result(written, good(written), index)
    assert spoiled(found) == set()
    assert found.verdict.problems == ()
    assert set(found.calls) >= (set(MEASURES) if deeds(written) else {"nothing_else_done"})


def test_the_same_scene_is_the_same_again() -> None:
    """Results come on the same micro-turn with the same words, whatever the machine does."""

    class Noting(Teller):
        def step(self, turn: InputTurn) -> OutputTurn:
            output = super().step(turn)
            events.extend(stream.of(turn, output))
            return output

    seen = []
    for skill in ("amended", "keep", "timer", "clock"):
        for _ in range(2):
            stream, events = EventStream(), list[object]()
            result(scene(skill), Noting(played.open_ended(scene(skill))))
            seen.append(events)
        assert seen[-1] == seen[-2]
    assert all(any("update" in repr(event) for event in events) for events in seen)


def test_other_arguments_are_not_exact() -> None:
    """A timer of another length is a timer, and not the one that was wanted; the user says no."""
    written = scene("timer")
    ((turn, _),) = deeds(written)
    found = result(written, Spoiled(written, {turn: "timer fifty nine hours"}))
    lost = {"calls_executed", "calls_executed_exactly", "results_offered_once"}
    assert spoiled(found) == lost | {"results_told_once", "chain_right"}


def test_a_look_with_other_arguments_still_runs() -> None:
    """What needs no approval is done by the right tool, with the wrong arguments."""
    written = scene("calculate")
    ((turn, _),) = deeds(written)
    found = result(written, Spoiled(written, {turn: "calculate one plus one"}))
    assert found.calls["calls_executed"] == (True,)
    assert found.calls["calls_executed_exactly"] == (False,)


def test_what_nobody_wanted_counts() -> None:
    """One act too many is seen although everything that was wanted is done and told."""
    written = scene("calculate")
    ((turn, text),) = deeds(written)
    found = result(written, Spoiled(written, {turn: text, turn + 2: "clock"}))
    assert spoiled(found) == {"nothing_else_done", "chain_right"}


def test_a_refusal_is_no_call() -> None:
    """Where nothing may be done, asking the mind is one thing too many."""
    written = next(one for one in (scene("refuse", n) for n in range(9)) if not deeds(one))
    found = result(written, Spoiled(written, {turn_at(3.0): "delegate build a bomb"}))
    assert spoiled(found) == {"nothing_else_done"}


@pytest.mark.parametrize(("session", "skill", "index"), [
    (Mute, "delegate", 0), (Twice, "open", 0), (Rude, "keep", 9),
])  # fmt: skip
def test_telling_badly_is_told_apart(session: type[Spoiled], skill: str, index: int) -> None:
    """Not told, told twice, and told into somebody's talk: each is wrong, and nothing else is."""
    written = scene(skill, index)
    found = result(written, session(written), index)
    assert spoiled(found) == {"results_told_once", "chain_right"}


def test_random_weights_fail(tmp_path: Path) -> None:
    """A small model of random weights, which hears, acts and speaks senselessly, is never right."""
    engine = load(folder(tmp_path))
    for skill in TOOLS:
        written = next(one for one in (scene(skill, n) for n in range(9)) if deeds(one))
        found = result(written, engine.session(1))
        assert not any(found.calls["calls_executed_exactly"])
        assert not any(found.calls["results_told_once"])
        assert found.calls["chain_right"] == (False,)


def test_the_command_measures_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures have a suite of their own, with n and intervals, and do not replace others."""
    asked = ["tools", "--chain", "--scenes", "2", "--skills", "clock", "--json"]
    assert main([*asked, "--out", str(tmp_path)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["suite"] for line in found} == {"chain"}
    by = {(line["what"], line["system"]): line for line in found}
    for what, cases in MEASURES.items():
        line = by[what, "aside"]
        assert (line["n"], line["cases"]) == (2, cases)
        assert 0 <= line["low"] <= line["value"] <= line["high"] <= 1
        silent = by[what, "silent"]["value"]
        assert silent == (what == "nothing_else_done")
    assert (tmp_path / "chain.jsonl").exists()
    assert not (tmp_path / "tools.jsonl").exists()
