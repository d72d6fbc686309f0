"""`aside bench desktop` measures what it says, on a stage of its own; no figure is asserted."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile
from rich.console import Console

from app.bench.delay import PATIENCE_S, digits, streamed
from app.bench.delay import delay as delay_of
from app.bench.ears import Ears
from app.bench.row import MEASURES, BenchError, row, spread
from app.bench.stage import SPEAKER, Stage, stage
from app.bench.watched import stretches
from engine.evaluation.bench import command
from engine.evaluation.bench.table import table

pytestmark = pytest.mark.timeout(300)


def test_everything_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure is one row, with how often it was tried, its goal, and whether that is reached.

    The table for people shows them all.
    """
    options = ["--starts", "1", "--tries", "2", "--seconds", "2"]
    assert command.main(["desktop", *options, "--json"]) == 0
    machine, *rows = map(json.loads, capsys.readouterr().out.splitlines())
    assert machine["bench"] == "machine"
    assert {one["part"] for one in rows} == set(MEASURES)
    for one in rows:
        known = MEASURES[one["part"]]
        assert (one["unit"], one["of"], one["goal"]) == (known.unit, known.of, known.goal)
        assert one["figure"] >= 0
        assert one["n"] >= 1
        assert one["reached"] == (None if known.goal is None else one["figure"] <= known.goal)
        if known.of.startswith("p"):
            assert one["figure"] == one[known.of]
            assert one["p50"] <= one["p95"] <= one["p99"]
    Console(width=200).print(table(rows))
    shown = capsys.readouterr().out
    assert all(part in shown for part in MEASURES)


def test_without_the_programs_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No X server to be had: a sentence, and the status 1."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert command.main(["desktop", "--json"]) == 1
    assert "Xvfb is missing: sudo apt install xvfb" in capsys.readouterr().err


def test_a_goal_that_is_missed_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is hidden: the row says so, and the table marks it."""
    late, early = spread("hush to silence", [90.0, 130.0]), row("idle CPU", 1.0, 30)
    assert (late.reached, early.reached) == (False, True)
    assert (late.n, late.p50, late.figure) == (2, 110.0, 128.0)
    Console(width=200).print(table([vars(late), vars(early)]))
    assert "missed: 100" in capsys.readouterr().out


def test_nothing_measured_is_no_figure() -> None:
    """Where nothing was measured there is an error instead of a number."""
    with pytest.raises(BenchError, match="nothing was measured"):
        spread("frame time", [])


def test_work_without_a_pause_is_one_stretch() -> None:
    """Events that the thread handles one upon the other make one frame, those after a pause not."""
    handled = [(1.0, 1.002), (1.0021, 1.01), (1.02, 1.021)]
    assert stretches(handled) == [(1.0, 1.01), (1.02, 1.021)]


def test_a_voice_goes_its_way_from_microphone_to_ear(tmp_path: Path) -> None:
    """What goes into the virtual microphone is heard there, and its words end where they are said
    to; nobody answers, and that is no delay."""
    people = list(digits(tmp_path))
    assert len(people) == 8
    for one in people:
        assert 0 <= one.begins_s < one.ends_s <= soundfile.info(one.path).duration
    with stage() as desk, Ears(desk) as speaker:
        assert delay_of(desk, speaker, people[0]) is None
        subprocess.run(["paplay", f"--device={SPEAKER}", str(people[0].path)],
                       env=desk.environment, check=True)  # fmt: skip
        assert speaker.sounds_by(time.monotonic() + 10, 0.0)


def test_the_same_people_are_replayed(tmp_path: Path) -> None:
    """Whoever is answered is so after the last word; before it there is no delay to be told."""
    desk, people = Stage(tmp_path, {}), list(digits(tmp_path))
    waits = streamed(desk, people)
    assert len(waits) == len(people)
    answered = [wait for wait in waits if wait is not None]
    assert answered
    assert all(0 <= wait < 1e3 * PATIENCE_S for wait in answered)
    later = [replace(one, ends_s=1e6) for one in people]  # than the tape is long
    assert streamed(desk, later) == [None] * len(people)
