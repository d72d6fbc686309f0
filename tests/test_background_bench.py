"""`aside bench background` measures what it says, on whatever machine."""

from __future__ import annotations

import json

import pytest

from engine.evaluation.bench import background
from engine.evaluation.bench.command import main
from engine.evaluation.bench.tape import BenchError

pytestmark = pytest.mark.timeout(120)


def test_both_ways_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """Every task counts once on its way out and once on its way back; no time is negative."""
    assert main(["background", "--tasks", "6", "--seconds", "0", "--json"]) == 0
    machine, out, back = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert machine["bench"] == "machine"
    assert (out["part"], out["goal_p95_ms"]) == ("act to first byte", 20.0)
    assert (back["part"], back["goal_p95_ms"]) == ("first byte to offer", 10.0)
    for row in (out, back):
        assert row["tasks"] == 5  # the first one opens the connection
        assert 0 < row["p50_ms"] <= row["p95_ms"] <= row["p99_ms"]


def test_tasks_work_beside_micro_turns(capsys: pytest.CaptureFixture[str]) -> None:
    """A session steps with fifty tasks beside it, and every micro-turn is counted."""
    assert main(["background", "--tasks", "2", "--seconds", "1"]) == 0
    assert "Beside 50 tasks" in " ".join(capsys.readouterr().out.split())


def test_tasks_that_do_not_end_are_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the mind does not answer in time, there is an error instead of a number."""
    monkeypatch.setattr(background, "WAIT_S", 0.0)
    with pytest.raises(BenchError, match="ended within"):
        list(background.ways(2))
