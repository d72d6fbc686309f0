"""The benchmark measures what it says, on any checkpoint; no figure is asserted, only sense."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.evaluation.bench import command
from engine.evaluation.bench.hour import Hour, Stopwatch, Timing, figures, whole
from engine.evaluation.bench.tape import BLOCK_TURNS, LOADS, TURNS_PER_ROUND, input_at, load_at
from engine.runtime import load
from engine.runtime.looking import MOST_PATCHES, Looking
from tests import untrained

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return untrained.folder(tmp_path_factory.mktemp("model"))


def measured(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert command.main(arguments) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_short_hour_is_reported_whole(
    checkpoint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON lines: the machine, every load in every part with ordered percentiles, memory, and
    torch beside it."""
    rows = measured(
        ["micro-turn", "--minutes-of-stream", "0.4", "--peer-rounds", "1", "--json", "--model",
         str(checkpoint)], capsys,
    )  # fmt: skip
    kinds = [row["bench"] for row in rows]
    ours = dict.fromkeys(row["backend"] for row in rows if row["bench"] == "peer")
    assert [name.endswith(" int8") for name in ours] in ([True, False], [False])
    assert kinds == ["machine"] + ["micro-turn"] * 12 + ["hour"] + ["peer"] * 4 * len(ours)
    for row in rows[1:13]:
        assert 0 < row["p50_ms"] <= row["p95_ms"] <= row["p99_ms"]
        assert row["turns"] >= BLOCK_TURNS - 5
    hour = rows[13]
    assert hour["turns"] == 120
    assert hour["stream_s"] == 24
    assert 0 < hour["first_mib"] <= hour["peak_mib"]
    assert all(row["ratio"] == pytest.approx(row["peer_p50_ms"] / row["p50_ms"], rel=0.2)
               for row in rows[14:])  # fmt: skip


def test_people_get_a_table(checkpoint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the figures come as tables of at most eighty columns, and no JSON."""
    hour = ["--minutes-of-stream", "0.35", "--peer-rounds", "0"]
    assert command.main(["micro-turn", *hour, "--model", str(checkpoint)]) == 0
    out = capsys.readouterr().out
    assert "speaking" in out
    assert "of real time" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "{" not in out


def test_speaking_speaks_and_listening_listens(checkpoint: Path) -> None:
    """Under each load the session does what its name says, on every micro-turn."""
    watch = Stopwatch(load(checkpoint))
    outs, step = [], watch._session.step
    watch._session.step = lambda turn: outs.append(step(turn)) or outs[-1]  # type: ignore[method-assign,func-returns-value]
    timings = [watch.time(turn) for turn in range(TURNS_PER_ROUND)]
    assert [out.speaking for out in outs] == [load_at(t).speaks for t in range(TURNS_PER_ROUND)]
    assert {timing.tokens for timing in timings if timing.load.speaks} == {5}
    assert any(out.say for out in outs)


def test_the_eyes_are_at_their_budget() -> None:
    """Where camera and screen are on, each micro-turn takes as many patches as it may."""
    looking, counts = Looking(), []
    for turn in range(2 * TURNS_PER_ROUND):
        given = input_at(turn)
        seen, looking = looking.see(given.camera, given.screen, turn)
        assert (seen is not None) == load_at(turn).looks
        counts += [len(seen.row)] if seen is not None else []
    assert set(counts) == {24, MOST_PATCHES}


def test_parts_and_ratio_are_those_of_the_hour() -> None:
    """An hour that grows slower by half is told to do so; its tenths are its ends."""
    turns = 2000
    hour = Hour("x", resident_mib=[100.0, 130.0, 120.0])
    for turn in range(turns):
        hour.timings.append(Timing(turn, load_at(turn), 10.0 if turn < 1000 else 15.0, 1.0, 0))
    assert whole(hour).last_over_first == 1.5
    assert (whole(hour).first_mib, whole(hour).last_mib, whole(hour).peak_mib) == (100, 120, 130)
    assert whole(hour).real_time == pytest.approx(12.5 / 200)
    parts = {(row.part, row.load, row.input): row for row in figures(hour)}
    assert len(parts) == 3 * len(LOADS)
    assert {r.p50_ms for r in parts.values() if r.part == "first tenth"} == {10.0}
    assert {r.p99_ms for r in parts.values() if r.part == "last tenth"} == {15.0}
    assert sum(row.turns for row in parts.values() if row.part == "all") == turns


def test_start_waits_for_the_first_words(
    checkpoint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The time to the first caption is that of a real process."""
    rows = measured(["start", "--runs", "1", "--model", str(checkpoint), "--json"], capsys)
    assert rows[1]["bench"] == "start"
    assert rows[1]["first_caption_s"] > 0.1
    assert rows[1]["caption_time_s"] > 0


@pytest.mark.parametrize("what", ["micro-turn", "start"])
def test_no_checkpoint_no_figures(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing checkpoint is said, and the exit status is not 0."""
    assert command.main([what, "--model", str(tmp_path)]) == 1
    assert "config.json" in capsys.readouterr().err


def test_too_short_an_hour_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A session in which not every load occurs has no figures: wrong usage."""
    with pytest.raises(SystemExit) as refused:
        command.main(["micro-turn", "--minutes-of-stream", "0.1"])
    assert refused.value.code == 2
    assert "at least" in capsys.readouterr().err


def test_pictures_and_people_are_real() -> None:
    """The tape has speech in it, and each picture differs from the one before."""
    heard = np.stack([input_at(turn).audio for turn in range(150)])
    assert heard.std() > 0.01
    pairs = [input_at(turn) for turn in range(BLOCK_TURNS, BLOCK_TURNS + 2)]
    assert (pairs[0].screen.pixels != pairs[1].screen.pixels).mean() > 0.9  # type: ignore[union-attr]
