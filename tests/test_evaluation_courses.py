"""The courses of `aside eval` as a person meets them: options, files, the same in two processes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.evaluation.bootstrap import macro, ratio
from engine.evaluation.course import Measure
from engine.evaluation.course_run import Setting, run
from engine.evaluation.courses import OFFERS
from engine.evaluation.duplex.fdb1 import Fdb1
from engine.evaluation.duplex.fdb1_folder import Fdb1Folder
from engine.evaluation.suites import main

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two trials in the layout of Full-Duplex-Bench v1, a tone of half a second each."""
    for name in ("1", "2"):
        trial = tmp_path / "bench" / "candor_pause_handling" / name
        trial.mkdir(parents=True)
        wave = 0.2 * np.sin(np.arange(16000) * 0.2) * (np.arange(16000) < 8000)
        soundfile.write(trial / "input.wav", wave, 16000)
        (trial / "pause.json").write_text('[{"timestamp": [0.5, 1.0]}]')
    return tmp_path / "bench"


def test_a_course_leaves_figures_trials_and_a_page(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures as printed, what happened in each trial for each system, and a report of it."""
    out = tmp_path / "out"
    assert main(["fdb1", "--folder", str(folder), "--json", "--out", str(out)]) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert printed == [json.loads(x) for x in (out / "fdb1-folder.jsonl").read_text().splitlines()]
    found = {(one["system"], one["what"]): one for one in printed}
    assert found["silent", "takeover"]["value"] == 0
    assert found["always talking", "takeover"]["n"] == 2
    computed = [one for one in printed if one["what"] == "micro_turn_p99_ms"]
    assert [one["system"] for one in computed] == ["aside"]
    assert computed[0]["value"] > 0
    assert all(
        one["clock"] == "stream" and one["word_times"] for one in printed if one not in computed
    )
    trials = [json.loads(x) for x in (out / "fdb1-folder.trials.jsonl").read_text().splitlines()]
    assert len(trials) == 2 * 4
    assert {trial["system"] for trial in trials} >= {"aside", "energy gate"}
    assert main(["report", str(out)]) == 0
    assert "candor_pause_handling" in (out / "report.html").read_text()


def test_two_processes_give_the_same(folder: Path) -> None:
    """Whatever --jobs is, outcomes come in the course's order and are the same."""
    course, setting = Fdb1(Fdb1Folder(folder)), Setting(baselines=False)
    assert run(course, setting, 1) == run(course, setting, 2)


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.name)
def test_each_course_explains_itself(offer, capsys: pytest.CaptureFixture[str]) -> None:
    """--help ends with a line that one can type, of options that the course has."""
    with pytest.raises(SystemExit):
        main([offer.name, "--help"])
    shown = capsys.readouterr().out
    assert offer.example in shown
    assert all(shown.count(word) > 1 for word in offer.typical.split() if word.startswith("--"))


@pytest.mark.parametrize(("arguments", "says"), [
    (["fdb1"], "--folder DIR"), (["turns"], "--dialogues DIR"),
    (["repcount", "--video", "/no"], "--video DIR"),
    (["fdb15", "--folder", "/nowhere"], "/nowhere"), (["fdb1", "--dialogues", "/no"], "/no"),
    (["proactive", "--folder", "/nowhere"], "anno.json"),
    (["startstop", "--folder", "/nowhere"], "Charades_v1"),
    (["presence", "--speech", "/nowhere", "--minutes", "1"], "/nowhere"),
])  # fmt: skip
def test_what_is_missing_is_said(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, no figure, and an exit status that is not 0."""
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.out == ""


def test_groups_weigh_the_same_and_are_drawn_apart() -> None:
    """The macro average is that of the groups' ratios; its interval holds it and is no wider
    than a ratio over as many alike cases would be."""
    many, few = [(float(i % 2), 1.0) for i in range(400)], [(1.0, 1.0)] * 4
    found = macro([many, few])
    assert (found.value, found.n) == (0.75, 404)
    assert found.low < 0.75 < found.high
    spread = ratio(*zip(*many, strict=True))
    assert found.high - found.low == pytest.approx((spread.high - spread.low) / 2, rel=0.2)
    with pytest.raises(ValueError, match="nothing was measured"):
        macro([many, []])


def test_rates_count_their_cases() -> None:
    """Three in half an hour over two stretches are six an hour, from two cases."""
    found = Measure("stretches", "rate").estimate([(3.0, 0.25), (0.0, 0.25)])
    assert (found.value, found.n) == (6, 2)
