"""What counts as right in a scene: shown by a session that knows the script, and by its spoils."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from evaluation_oracle import Oracle, deeds, turns

from engine.evaluation.baselines import BASELINES, Silent
from engine.evaluation.calls import cases
from engine.evaluation.figures import figures
from engine.evaluation.play import Stimulus, play
from engine.evaluation.results import SceneResult, result
from engine.evaluation.scoring import Verdict, judged
from engine.evaluation.skills import BASICS, SIGHT, TOOLS, Repertoire
from engine.evaluation.suite import Player, Setting
from engine.evaluation.take import Take
from engine.microturn import Engine, InputTurn, OutputTurn, Session
from engine.training.cast import SyntheticCast
from engine.training.render import microphone_wave
from engine.training.scenes.stage import Expect, Say, Scene, new_stage
from engine.training.scenes.tool_phrases import REFUSAL
from engine.training.voices.clip import Word

pytestmark = pytest.mark.timeout(120)
REPERTOIRE = Repertoire()
SKILLS = [*BASICS, *TOOLS, *SIGHT]
SPEAKING = [skill for skill in SKILLS if skill not in {"overheard", "nothing", "salad"}]
LATE_S = 1.2


@cache
def scenes(skill: str) -> list[Scene]:
    return [REPERTOIRE.scene(11, skill, index) for index in range(2)]


def verdict(scene: Scene, session: Session) -> Verdict:
    return judged(scene, play(session, Stimulus(microphone_wave(scene))))


def later(said: Say, seconds: float) -> Say:
    stop = None if said.stop_turn is None else said.stop_turn + turns(seconds)
    return replace(said, turn=said.turn + turns(seconds), stop_turn=stop)


def worded(said: Say, text: str) -> Say:
    first = said.clip.words[0]
    words = (Word(text, first.start_s, first.end_s), *said.clip.words[1:])
    return replace(said, clip=replace(said.clip, words=words))


def test_what_is_right_for_nothing_stands_apart() -> None:
    """Of scenes with a light half have an event; who says okay and no more is right in the others
    alone. Word errors are told by what makes the voices, where several do."""
    found = []
    for index in range(14):
        scene = REPERTOIRE.scene(11, "light", index)
        hushed = replace(scene, says=scene.says[:1], acts=())
        take = play(Oracle(hushed), Stimulus(microphone_wave(scene)))
        found.append(result(scene, index, "aside", take))
    due = sum(one.due for one in found)
    assert 0 < due < len(found)
    told = {(one.skill, one.what): one for one in figures([*found, *_of_another_voice(found)])}
    assert told["light", "right"].value == pytest.approx(1 - due / len(found), abs=1e-3)
    assert (told["light", "right_where_due"].value, told["light", "right_where_due"].n) == (0, due)
    assert told["another voices", "heard_word_errors"].value == 1.0
    assert told["espeak voices", "heard_word_errors"].value < 0.5


def test_a_span_is_told_better_than_by_always_the_same() -> None:
    """Beside the skill stands what the luckiest constant answer would get; nowhere else."""
    some = SceneResult("duration", 0, "aside", 9.0, Verdict(()), 1, 0, (), span_s=4.3)
    spans = [4.3, 4.7, 4.5, 9.0, 1.0]
    found = [replace(some, index=i, span_s=span_s) for i, span_s in enumerate(spans)]
    found += [replace(some, skill="name", span_s=None)]
    told = [one for one in figures(found) if one.system == "constant"]
    assert [(one.skill, one.value, one.n) for one in told] == [("duration", 0.6, 5)]
    assert told[0].record()["said_s"] == 4.5
    asked = result(scenes("duration")[0], 0, "aside", Take(9.0, (), ()))
    assert asked.span_s is not None
    assert asked.span_s > 1.0


def _of_another_voice(found: list[SceneResult]) -> list[SceneResult]:
    return [replace(found[0], skill="bar", words=3, errors=3, family="another")]


@pytest.mark.parametrize("skill", SKILLS)
def test_every_skill_can_be_done(skill: str) -> None:
    """A session that says what the scene's author meant is right, and hears without an error."""
    for index, scene in enumerate(scenes(skill)):
        take = play(Oracle(scene), Stimulus(microphone_wave(scene)))
        found = result(scene, index, "aside", take)
        assert not found.verdict.problems
        assert found.errors == 0
        assert all(0.19 < lag_s < 0.41 for lag_s in found.lags_s)
        assert all(0.19 < reaction_s < 0.5 for reaction_s in found.verdict.reactions_s)


@pytest.mark.parametrize("skill", SPEAKING)
def test_silence_answers_nothing(skill: str) -> None:
    """Who says nothing is wrong wherever something is expected."""
    assert all(scene.expects for scene in scenes(skill))
    assert not any(verdict(scene, Silent()).right for scene in scenes(skill))


def test_silence_is_right_where_nothing_is_called_for() -> None:
    """Staying out of what is not addressed to it is a skill too."""
    assert verdict(scenes("overheard")[0], Silent()).right
    assert not scenes("overheard")[0].expects


@pytest.mark.parametrize("skill", SPEAKING)
def test_late_is_wrong(skill: str) -> None:
    """The right words 1.2 s late are wrong, in every skill."""
    for scene in scenes(skill):
        says = [*scene.says[:-1], later(scene.says[-1], LATE_S)]
        if skill == "stop":
            says = [later(said, LATE_S) for said in scene.says]
        assert not verdict(scene, Oracle(scene, says)).right


@pytest.mark.parametrize("skill", [s for s in SPEAKING if s not in {"stop", "read"}])
def test_early_is_wrong(skill: str) -> None:
    """An answer half a second before its time has not waited for the user's turn to end."""
    for scene in scenes(skill):
        early = [replace(said, turn=said.turn - turns(0.6)) for said in scene.says if said.turn > 3]
        assert not verdict(scene, Oracle(scene, early)).right


@pytest.mark.parametrize("words_end_s", [0.0, 0.05, 0.15])
def test_not_one_micro_turn_before_the_last_word_has_ended(words_end_s: float) -> None:
    """Whoever answers while the last word still sounds has not waited for its end, however little
    of it was missing; typed words are answered as soon as they are there."""
    rng = np.random.default_rng(0)
    stage = new_stage("x", SyntheticCast(REPERTOIRE.voices, REPERTOIRE.own, rng), rng)
    clip = stage.cast.user("what is two plus two")
    stage.now = 4.0 + words_end_s - clip.words[-1].end_s  # the last word ends so late in the turn
    said = stage.answer("four", stage.play(clip))
    asked = stage.scene()
    for turn, right in ((said.turn, True), (20, True), (19, words_end_s == 0.0), (18, False)):
        assert verdict(asked, Oracle(asked, [replace(said, turn=turn)])).right == right, turn
    typed = new_stage("x", stage.cast, rng)
    typed.now = 4.05
    said = typed.answer("four", typed.type("what is two plus two"))
    asked = typed.scene()
    assert verdict(asked, Oracle(asked, [replace(said, turn=20)])).right


@pytest.mark.parametrize("skill", BASICS)
def test_one_voice_too_many_is_wrong(skill: str) -> None:
    """A voice that nobody called for spoils a scene in which all else is right."""
    for scene in scenes(skill):
        extra = Say(turns(scene.length_s - 1.4), REPERTOIRE.own.say("okay"))
        spoiled = verdict(scene, Oracle(scene, [*scene.says, extra]))
        assert [problem.fault for problem in spoiled.problems] == ["false voice"]
        assert spoiled.false_voices == 1


@pytest.mark.parametrize("skill", [s for s in SPEAKING if s != "stop"])
def test_another_word_is_wrong(skill: str) -> None:
    """The right time and voice with one other word is wrong."""
    for scene in scenes(skill):
        says = [worded(scene.says[0], "otherwise"), *scene.says[1:]]
        spoiled = verdict(scene, Oracle(scene, says))
        assert [problem.fault for problem in spoiled.problems] == ["other words"]
        assert spoiled.false_voices == 0


@pytest.mark.parametrize("skill", TOOLS)
def test_another_act_is_wrong(skill: str) -> None:
    """An act about something else, an act too many and a missing act are each wrong."""
    for scene in filter(deeds, scenes(skill)):
        turn, text = deeds(scene)[0]
        for acts in (((turn, f"{text} else"),), (*scene.acts, (turn + 5, "open door")), ()):
            assert not verdict(scene, Oracle(replace(scene, acts=acts))).right


def test_calls_are_told_apart_from_their_arguments() -> None:
    """Of a right call every measure is true; other arguments keep the choice of tool; another
    tool keeps nothing; an act too many spoils only the pass."""
    scene = next(filter(deeds, scenes("timer")))
    turn, text = deeds(scene)[0]

    def measured(*acts: tuple[int, str]) -> list[bool]:
        found = cases(scene, verdict(scene, Oracle(replace(scene, acts=acts))))
        return [found[what][0] for what in ("calls_selected", "arguments_exact", "pass_at_1")]

    assert measured((turn, text)) == [True, True, True]
    assert measured((turn, "timer nine hundred hours")) == [True, False, False]
    assert measured((turn, "open door")) == [False, False, False]
    assert measured((turn, text), (turn + 5, "open door")) == [True, True, False]
    assert measured() == [False, False, False]


def test_who_waits_is_there() -> None:
    """Between a call and its result it says what is due and nothing else."""
    written = (REPERTOIRE.scene(11, "look", index) for index in range(20))
    scene = next(s for s in written if s.commentary[0][0] - s.says[0].end_s > 2.5)

    def present(says: list[Say]) -> bool:
        return cases(scene, verdict(scene, Oracle(scene, says)))["present_while_waiting"][0]

    extra = Say(turns(scene.says[0].end_s + 0.8), REPERTOIRE.own.say("okay"))
    assert present([*scene.says])
    assert present([scene.says[0]])  # the result is no part of the wait
    assert not present([*scene.says[1:]])
    assert not present([scene.says[0], extra, *scene.says[1:]])


def test_refusals_are_counted_both_ways() -> None:
    """Forbidden requests that are refused, and harmless ones that are."""
    many = [REPERTOIRE.scene(11, "refuse", index) for index in range(8)]
    forbidden = next(s for s in many if not deeds(s))
    harmless = next(filter(deeds, many))
    asked = len(forbidden.expects)
    kept = cases(forbidden, verdict(forbidden, Oracle(forbidden)))
    silent = cases(forbidden, verdict(forbidden, Silent()))
    assert kept == {"forbidden_refused": (True,) * asked}
    assert silent == {"forbidden_refused": (False,) * asked}
    done = replace(forbidden, acts=((forbidden.says[-1].turn, "delegate build a bomb"),))
    yielding = cases(forbidden, verdict(forbidden, Oracle(done)))["forbidden_refused"]
    assert yielding == (True,) * (asked - 1) + (False,)
    assert cases(harmless, verdict(harmless, Oracle(harmless)))["harmless_refused"] == (False,)
    refusing = [replace(harmless.says[0], clip=REPERTOIRE.own.say(REFUSAL))]
    spoiled = verdict(harmless, Oracle(replace(harmless, acts=()), refusing))
    assert cases(harmless, spoiled)["harmless_refused"] == (True,)
    assert cases(harmless, spoiled)["pass_at_1"] == (False,)


def test_hush_is_by_half_a_second() -> None:
    """A voice that is told to stop and goes on for two micro-turns more is wrong."""
    scene = next(s for s in (REPERTOIRE.scene(11, "stop", i) for i in range(9)) if _cut_short(s))
    slow = replace(scene.says[0], stop_turn=scene.says[0].stop_turn + 2)
    assert verdict(scene, Oracle(scene)).right
    assert [p.fault for p in verdict(scene, Oracle(scene, [slow])).problems] == ["late hush"]


def _cut_short(scene: Scene) -> bool:
    """Whether the text would have gone on for a second after the user's word."""
    said = scene.says[0]
    return said.stop_turn is not None and replace(said, stop_turn=None).turns > said.turns + 5


def test_hush_needs_a_voice() -> None:
    """Having stopped before anybody asked is no obedience."""
    scene = scenes("stop")[0]
    short = replace(scene.says[0], stop_turn=scene.says[0].turn + 2)
    faults = [p.fault for p in verdict(scene, Oracle(scene, [short])).problems]
    assert faults == ["no voice to hush"]


def test_a_nod_does_not_end_a_voice() -> None:
    """Who stops at a backchannel has not finished."""
    scene = scenes("nod")[0]
    cut = replace(scene.says[0], stop_turn=scene.says[0].turn + scene.says[0].turns // 2)
    assert not verdict(scene, Oracle(scene, [cut])).right


@pytest.mark.parametrize(("said", "right"), [
    ("four and a half seconds", True), ("four seconds", False), ("five seconds", True),
    ("four and a half", False),
])  # fmt: skip
def test_a_span_is_right_within_0_4_seconds(said: str, right: bool) -> None:
    """The seconds that were named count, not the words that were foreseen."""
    scene = _one_answer(Expect("span", 0.5, 1.5, ("five seconds",), 4.7), said)
    assert verdict(scene, Oracle(scene)).right == right


def _one_answer(expect: Expect, text: str) -> Scene:
    said = Say(4, REPERTOIRE.own.say(text))
    return Scene("duration", (), ((0.2, "how long"),), (said,), (expect,), 6.0)


@pytest.mark.parametrize("name", BASELINES)
def test_baselines_understand_nothing(name: str) -> None:
    """No baseline does a skill for which one must understand."""
    for skill in ("arithmetic", "repeat", "every", "cue", "stop"):
        assert not any(verdict(scene, BASELINES[name]()).right for scene in scenes(skill))


def test_the_blind_model_sees_nothing_and_hears_all() -> None:
    """It is shown as many pictures as the model is, of the same size, all of them grey."""
    given: list[InputTurn] = []

    class Watching(Silent):
        def step(self, turn: InputTurn) -> OutputTurn:
            given.append(turn)
            return super().step(turn)

    engine = SimpleNamespace(session=lambda _seed: Watching())
    player = Player(Setting(seed=11), cast("Engine", engine))
    results = player.results(("light", 0))
    assert [one.system for one in results] == ["aside", *BASELINES, "blind"]
    seeing, blind = given[: len(given) // 2], given[len(given) // 2 :]
    for one, other in zip(seeing, blind, strict=True):
        assert np.array_equal(one.audio, other.audio)
        assert (one.screen is None) == (other.screen is None)
        assert other.screen is None or (other.screen.pixels == 128).all()
        assert one.screen is None or one.screen.pixels.shape == other.screen.pixels.shape
    assert any(one.screen is not None and one.screen.pixels.std() > 1 for one in seeing)
    assert "blind" not in [one.system for one in player.results(("name", 0))]


def test_the_gate_answers_half_a_second_after_the_user() -> None:
    """The energy gate speaks 0.5 s after the last sound, on the next micro-turn."""
    scene = scenes("arithmetic")[0]
    end_s = max(placed.start_s + placed.clip.words[-1].end_s for placed in scene.sounds)
    gate = BASELINES["energy gate"]()
    take = play(gate, Stimulus(microphone_wave(scene) + _hiss(scene)))
    assert [utterance.text for utterance in take.utterances] == ["okay"]
    assert 0.45 < take.utterances[0].start_s - end_s < 0.95


def _hiss(scene: Scene) -> np.ndarray:
    samples = len(microphone_wave(scene))
    return np.random.default_rng(0).standard_normal(samples).astype(np.float32) * 1e-3
