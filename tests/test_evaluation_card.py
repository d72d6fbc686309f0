"""The model card: measured figures of these weights, and whose voices are in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.evaluation.card.command import main
from engine.evaluation.fingerprint import fingerprint
from engine.evaluation.sources import SPEECH
from engine.model.checkpoint import load_checkpoint
from engine.runtime import shipped

pytestmark = pytest.mark.timeout(60)


def row(suite: str, skill: str, system: str, what: str, value: float, **more: object) -> dict:
    return {
        "suite": suite, "skill": skill, "system": system, "what": what, "n": 200,
        "value": value, "low": value - 0.05, "high": value + 0.05, **more,
    }  # fmt: skip


ROWS = [
    row("basics", "arithmetic", "aside", "right", 0.93),
    row("basics", "arithmetic", "silent", "right", 0.0),
    row("basics", "arithmetic", "aside", "reaction_median_s", 0.31),
    row("basics", "spell", "aside", "right", 0.41),
    row("basics", "all", "aside", "heard_word_errors", 0.27),
    row("basics", "spell", "constant", "right", 0.12, said_s=4.5),
    row("people", "sums_people", "aside", "right", 0.6, recordings=40, speakers=10),
    row("hear", "alnum", "aside", "heard_word_errors", 0.55, clips=10),
    row("hear", "alnum", "pocketsphinx", "heard_word_errors", 0.35, clips=10),
    row("speak", "all", "teacher", "word_errors", 0.12, sentences=100),
    row("speak", "all", "forced", "word_errors", 0.16, sentences=100),
    row("speak", "all", "forced", "above_teacher", 0.09),
    row("speak", "all", "forced", "words_with_gaps", 0.12),
    row("speak", "all", "forced", "mean_jump_at_joints_over_elsewhere", 1.31),
    row("talk", "yields", "aside", "right", 0.21),
    row("sight_tk", "bar", "aside", "right", 0.34),
    row("tools", "refuse", "aside", "forbidden_refused", 0.7),
    row("tools", "refuse", "aside", "right", 0.7),
    row("tools", "refuse", "energy gate", "forbidden_refused", 0.02),
    {"bench": "micro-turn", "load": "listening", "p95_ms": 8.5, "turns": 900},
]


def written(tmp_path: Path, rows: list[dict]) -> tuple[int, str]:
    results, out = tmp_path / "results.jsonl", tmp_path / "CARD.md"
    results.write_text("".join(json.dumps(one) + "\n" for one in rows))
    status = main([str(results), "--out", str(out), "--model", str(shipped()), "--trained", "2 h"])
    return status, out.read_text() if out.exists() else ""


def test_figures_stand_with_their_doubt(tmp_path: Path) -> None:
    """Every figure has its interval, its n and the baselines or the peer beside it."""
    status, text = written(tmp_path, ROWS)
    assert status == 0
    assert "| arithmetic | 200 | 93 (88–98) | 0 |" in text
    assert "0.31 s" in text
    assert "| alnum | 10 | 200 | 55 (50–60) | 35 (30–40) | – |" in text
    assert "40 / 10" in text
    assert "right in percent of: spell 12 (7–17), with 4.5 seconds." in text
    assert "| what is heard | all (100 sentences, 200 words) |" in text
    assert "| forced | 16 (11–21) |" in text
    above = "Word errors above the teacher's, in points, forced: 9 % (4 %–14 %)"
    assert f"{above}; aim: at most 5 %: not reached." in text
    assert "| listening | 8.5 | 900 |" in text
    assert "2 h" in text


def test_every_suite_has_its_place(tmp_path: Path) -> None:
    """Dialogue stands as a section, calls with their aims and the baselines, joints with their
    doubt; a model that was trained without pictures is said to see nothing."""
    text = written(tmp_path, ROWS)[1]
    assert "| yields | 200 | 21 (16–26) |" in text.split("## What it can do: dialogue")[1]
    row = "| refuse | forbidden refused | 200 | 70 % (65 %–75 %) | at least 95 %: not reached | – |"
    assert row in text
    assert "| forced | all | 12 (7–17) | – | 1.31 (1.26–1.36) |" in text
    assert "| bar | 200 | 34 (29–39) |" in text.split("## What it can do: screens by Tk")[1]
    assert "bar by Tk (34 %)" in text
    sight = text.split("## What it can do: screen and camera")[1].split("## ")[0]
    assert ("sees nothing" in sight) == (not load_checkpoint(shipped()).config.sees)


@pytest.mark.parametrize("kept", ["basics", "hear", "speak", None])
def test_a_part_of_the_figures_gives_a_whole_card(tmp_path: Path, kept: str | None) -> None:
    """Whatever was measured, every section is there, and what was not measured is named."""
    rows = [one for one in ROWS if one.get("suite") == kept]
    status, text = written(tmp_path, rows)
    assert status == 0
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        line for line in written(tmp_path, ROWS)[1].splitlines() if line.startswith("## ")
    ]
    assert len(headings) == len(set(headings)) == 14
    (left,) = (x for x in text.splitlines() if x.startswith("- Not measured on these weights: "))
    named = left.removeprefix("- Not measured on these weights: ").rstrip(".").split(", ")
    assert {"sight", "gametime", "long", "startstop"} <= set(named)
    assert {*named} & {"basics", "hear", "speak"} == {"basics", "hear", "speak"} - {kept}
    assert ("speed" in named) == (kept in {"basics", "hear", "speak"})


def test_what_is_not_known_of_its_speed_is_said(tmp_path: Path) -> None:
    """Each promise about time is measured or named; an hour that was none is no hour."""
    told = "Of its speed not measured on these weights: "
    text = written(tmp_path, ROWS)[1]
    assert f"{told}the time to the first caption (`aside bench start --run-py`), the" in text
    hour = {"bench": "hour", "stream_s": 600.0}
    more = [*ROWS, {"bench": "start", "first_caption_s": 2.0},
            {"bench": "desktop", "part": "answer delay", "figure": 0.5}]  # fmt: skip
    assert f"{told}more than 10 minutes of one session." in written(tmp_path, [*more, hour])[1]
    assert told not in written(tmp_path, [*more, {**hour, "stream_s": 3600.0}])[1]


def test_a_folder_of_results_is_read(tmp_path: Path) -> None:
    """Figures are taken, trials and failures are left; an empty folder is refused."""
    results, out = tmp_path / "results", tmp_path / "CARD.md"
    results.mkdir()
    asked = [str(results), "--out", str(out), "--model", str(shipped())]
    assert main(asked) == 1
    (results / "basics.jsonl").write_text(json.dumps(ROWS[0]))
    (results / "basics.failures.jsonl").write_text('{"skill": "spell"}')
    assert main(asked) == 0
    assert "93 (88–98)" in out.read_text()


def test_what_falls_short_is_said(tmp_path: Path) -> None:
    """A skill under the goal is named among the limits, one above it is not."""
    limits = written(tmp_path, ROWS)[1].split("## Limits")[1].split("## ")[0]
    assert "spell (41 %)" in limits
    assert "27 % word errors" in limits
    assert "arithmetic (" not in limits


def test_everybody_is_credited(tmp_path: Path) -> None:
    """Every set stands with licence and credit; share-alike ones are marked."""
    text = written(tmp_path, ROWS)[1]
    for source in SPEECH:
        assert f"| {source.name}{' *' if source.share_alike else ''} | {source.licence} |" in text
        assert source.credit in text
    assert {s.name for s in SPEECH if s.share_alike} == {"wuw2", "fsdd", "asterisk", "gcompris"}


def test_figures_of_other_weights_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A card never bears the figures of another checkpoint."""
    own = [one | {"weights": fingerprint(shipped())} for one in ROWS]
    assert written(tmp_path, own)[0] == 0
    (tmp_path / "CARD.md").unlink()
    assert written(tmp_path, [one | {"weights": "0123456789ab"} for one in ROWS]) == (1, "")
    assert "0123456789ab" in capsys.readouterr().err


def test_no_figure_stands_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two runs that tell of the same skill are not silently mixed."""
    assert written(tmp_path, [*ROWS, ROWS[0]])[0] == 1
    assert "arithmetic" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["", "not json", '{"what": "right"}', "[1]"])
def test_what_is_no_figure_is_refused(
    tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without figures there is no card."""
    results = tmp_path / "results.jsonl"
    results.write_text(line + "\n")
    arguments = [str(results), "--out", str(tmp_path / "CARD.md"), "--model", str(shipped())]
    assert main(arguments) == 1
    assert "figure" in capsys.readouterr().err
    assert not (tmp_path / "CARD.md").exists()


def test_courses_stand_with_their_aims(tmp_path: Path) -> None:
    """A course's figures have the baselines and the rules beside; a missed aim is marked, and no
    item of a course is mistaken for a skill's scenes."""
    about = {"cases": "items", "word_times": "synthesisers' word events"}
    rows = [
        *ROWS, row("timespeak", "all", "aside", "right", 0.51, **about),
        row("timespeak", "all", "silent", "right", 0.0, **about),
        row("timespeak", "every", "aside", "right", 0.42, **about),
        row("presence", "composed", "aside", "unwanted_per_hour", 0.5, composed_of="quiet, talk"),
    ]  # fmt: skip
    text = written(tmp_path, rows)[1]
    assert "| all | right | 200 | 51 % (46 %–56 %) | at least 90 %: not reached | 0 % |" in text
    assert "| composed | unwanted per hour | 200 | 0.5 (0.45–0.55) | at most 1 |" in text
    assert "composed of: quiet, talk" in text
    assert "every (42 %)" not in text


def test_goals_of_the_benches_that_were_missed_are_said(tmp_path: Path) -> None:
    """Whatever `aside bench` holds against a goal: too slow a micro-turn, an hour that gets
    slower, an answer that comes late. What reached its goal is no limit."""
    turn = {"bench": "micro-turn", "part": "all", "load": "speaking", "input": "audio",
            "goal_p95_ms": 60.0}  # fmt: skip
    hour = {"bench": "hour", "stream_s": 3600.0, "goal_last_over_first": 1.15,
            "peak_mib": 354.0, "goal_peak_mib": 600.0}  # fmt: skip
    late = {"bench": "desktop", "part": "devices and computing", "unit": "ms", "goal": 200.0}
    told = "Slower than was aimed at, on the machine above: "
    good = [{**turn, "p95_ms": 24.5}, {**hour, "last_over_first": 1.0},
            {**late, "figure": 180.0, "reached": True}]  # fmt: skip
    assert told not in written(tmp_path, [*ROWS, *good])[1]
    bad = [{**turn, "p95_ms": 75.2}, {**hour, "last_over_first": 1.346},
           {**late, "figure": 240.0, "reached": False}]  # fmt: skip
    assert (
        f"{told}speaking, audio: p95 of a micro-turn 75 ms (60); the last tenth of an hour over "
        "its first 1.346 (1.15); devices and computing 240 ms (200)." in written(tmp_path, bad)[1]
    )
