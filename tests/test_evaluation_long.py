"""Hours on: what was told is known, what was ordered is done, and nothing else is said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from evaluation_oracle import Oracle
from untrained import folder

from engine.evaluation.course import Outcome, Trial
from engine.evaluation.hours.long import Long, long_figures
from engine.evaluation.hours.session import FACTS
from engine.evaluation.play import play
from engine.evaluation.suites import main
from engine.model.checkpoint import load_checkpoint
from engine.runtime.memory import REMEMBER, Memory
from engine.training.scenes import phrases, talk_phrases
from engine.training.scenes.stage import Say

pytestmark = pytest.mark.timeout(240)
SHIPPED = Path(__file__).parents[1] / "assets" / "nano"
MINUTES = 13.0
COURSE = Long(MINUTES)


@pytest.fixture(scope="module")
def trial() -> Trial:
    return COURSE.trial("session/0")


def shares(trial: Trial, says: list[Say] | None = None, mute_acts: bool = False) -> dict:
    """Every measure's share or rate for somebody who knows the script."""
    scene = replace(trial.truth.scene, acts=()) if mute_acts else trial.truth.scene
    values = COURSE.values(trial, [play(Oracle(scene, says), trial.stimuli[0])])
    return {
        what: sum(top for top, _ in cases) / sum(bottom for _, bottom in cases)
        for what, cases in values.items()
        if cases
    }


def test_who_keeps_everything_in_mind_is_right(trial: Trial) -> None:
    """Facts known and orders kept at each age that the session is long enough for, every line
    kept, nothing said that nobody asked for."""
    found = shares(trial)
    undue = {what: 0.0 for what in found if what.endswith("per_hour")}
    assert found == dict.fromkeys(found, 1.0) | undue
    assert {"facts_known_after_10_min", "orders_kept_after_10_min", "right_in_last_tenth"} <= {
        *found
    }
    assert "facts_known_after_60_min" not in found


def test_memory_has_room_for_all_that_is_asked_for_later(trial: Trial) -> None:
    """With the shipped tokenizer no line is dropped for another's sake, however they are drawn."""
    tokenizer, rng = load_checkpoint(SHIPPED).tokenizer, np.random.default_rng(2)
    told = [line for _, line in trial.truth.lines]
    assert len(told) == FACTS + 2
    for _ in range(300):
        words = [str(word) for word in rng.permutation(phrases.WORDS)[: FACTS + 1]]
        things = [str(thing) for thing in rng.permutation(talk_phrases.OWNED)[:FACTS]]
        facts = [f"{thing} {word}" for thing, word in zip(things, words, strict=False)]
        order = f"when {words[-1]} {rng.choice(phrases.REPLIES)}"
        lines = [tokenizer.encode(line) for line in (*facts, order, "correct me")]
        memory = Memory()
        for line in lines:
            memory = memory.after_act(REMEMBER, line)
        assert memory.lines == tuple(map(tuple, lines))


def test_what_is_forgotten_counts(trial: Trial) -> None:
    """Who falls silent after the first half knows no fact of ten minutes ago; who writes no line
    is seen to write none, whatever it says."""
    scene = trial.truth.scene
    early = [said for said in scene.says if said.turn < len(trial.stimuli[0].wave) / 6400]
    found = shares(trial, early)
    assert found["facts_known_after_10_min"] == found["right_in_last_tenth"] == 0
    assert found["right_in_first_tenth"] == 1
    silent_hand = shares(trial, mute_acts=True)
    assert silent_hand["lines_remembered"] == 0
    assert silent_hand["facts_known_after_1_min"] == 1


def test_what_nobody_asked_for_counts(trial: Trial) -> None:
    """One voice too many in a quarter of an hour is about five an hour."""
    scene = trial.truth.scene
    free = max(scene.says, key=lambda said: said.turn)
    extra = replace(free, turn=free.turn + free.turns + 8)
    found = shares(trial, [*scene.says, extra])
    assert found["false_voices_per_hour"] == pytest.approx(60 / MINUTES, rel=0.05)


def test_a_session_is_fixed_by_seed_and_number(trial: Trial) -> None:
    """The same number gives the same session to the last sample, another one another session;
    ages are kept, and the order's word is nobody else's."""
    again, other = COURSE.trial("session/0"), COURSE.trial("session/1")
    assert np.array_equal(again.stimuli[0].wave, trial.stimuli[0].wave)
    assert again.truth.items == trial.truth.items
    assert other.truth.lines != trial.truth.lines
    told = {line: time_s for time_s, line in trial.truth.lines}
    ((when, cue, _),) = [line.split() for line in told if line.startswith("when ")]
    assert when == "when"
    orders = [item for item in trial.truth.items if item.kind == "order"]
    facts = [item for item in trial.truth.items if item.kind == "fact"]
    values = {line.split()[1]: time_s for line, time_s in told.items() if len(line.split()) == 2}
    for item in facts:
        age_s = item.expect.after_s - values[item.expect.texts[0]]
        assert abs(age_s - 60 * item.age_min) < 45
    spoken = [
        placed.start_s + word.end_s
        for placed in trial.truth.scene.sounds
        for word in placed.clip.words
        if word.text == cue
    ]
    last = [s for s in spoken if all(abs(s - o.expect.after_s) > 5 for o in orders)]
    assert len(last) == 1  # where the order was given


def test_flat_computing_is_one() -> None:
    """The last tenth over the first, of every session's micro-turns."""
    took = (2.0,) * 10 + (5.0,) * 80 + (3.0,) * 10
    outcomes = [Outcome("session/0", "composed", "aside", {}, {}, took)]
    found = {one.what: one for one in long_figures(COURSE, outcomes)}
    assert found["computing_last_over_first_tenth"].value == 1.5
    assert found["computing_last_over_first_tenth"].n == 10


def test_any_model_can_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Minutes with random weights: every figure with n and interval, the baselines beside, and a
    record of what was due, said and done."""
    model, out = folder(tmp_path / "model"), tmp_path / "out"
    assert main(["long", "--minutes", "3", "--model", str(model), "--out", str(out)]) == 0
    found = [json.loads(line) for line in (out / "long.jsonl").read_text().splitlines()]
    by = {(one["system"], one["what"]): one for one in found}
    assert by["aside", "facts_known_after_1_min"]["value"] == 0
    assert by["silent", "false_voices_per_hour"]["value"] == 0
    assert by["always talking", "right"]["value"] == 0
    assert all(one["low"] <= one["value"] <= one["high"] and one["n"] for one in found)
    records = [json.loads(line) for line in (out / "long.trials.jsonl").read_text().splitlines()]
    assert {record["system"] for record in records} >= {"aside", "silent"}
    assert records[0]["truth"]["items"]
    assert "composed" in capsys.readouterr().out


def test_too_short_a_session_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """One line that says what to give."""
    assert main(["long", "--minutes", "1"]) == 1
    assert "give 2 or more" in capsys.readouterr().err
