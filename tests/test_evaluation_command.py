"""`aside eval`: what a person types, what they get, and what happens when it cannot be measured."""

from __future__ import annotations

import errno
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.evaluation.command import main
from engine.evaluation.fingerprint import fingerprint
from engine.evaluation.skills import PEOPLE, SUITES
from engine.runtime import shipped

pytestmark = pytest.mark.timeout(240)
ROOT = Path(__file__).resolve().parents[1]
FIELDS = {"suite", "skill", "system", "what", "n", "cases", "value", "low", "high", "seed"}


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_figures_are_json_lines_and_failures_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One object a figure, the same on the screen and in the file; failures tell what happened."""
    asked = ["basics", "--scenes", "2", "--skills", "greeting,nothing", "--json"]
    assert main([*asked, "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    found = lines(printed.out)
    assert found == lines((tmp_path / "basics.jsonl").read_text())
    assert printed.err == ""
    assert all(set(line) >= FIELDS for line in found)
    assert all(line["low"] <= line["value"] <= line["high"] for line in found)
    right = {(x["skill"], x["system"]): x for x in found if x["what"] == "right"}
    assert right["nothing", "silent"]["value"] == 1
    assert right["greeting", "silent"]["value"] == 0
    assert right["all", "aside"]["n"] == 4
    failures = lines((tmp_path / "basics.failures.jsonl").read_text())
    expected = sum(round(2 * (1 - right[s, "aside"]["value"])) for s in ("greeting", "nothing"))
    assert len(failures) == expected
    assert all(failure["problems"] for failure in failures)


def test_processes_and_order_change_nothing(tmp_path: Path) -> None:
    """Two processes, and skills in another order, give every skill the same figures."""
    asked = ["basics", "--scenes", "2", "--seed", "4", "--no-baselines", "--out"]
    assert main([*asked, str(tmp_path / "one"), "--skills", "name,nothing"]) == 0
    assert main([*asked, str(tmp_path / "two"), "--skills", "nothing,name", "--jobs", "2"]) == 0
    one, two = (
        {(x["skill"], x["what"]): x for x in lines((tmp_path / run / "basics.jsonl").read_text())}
        for run in ("one", "two")
    )
    assert one.keys() == two.keys()
    for key in one:
        assert one[key]["value"] == pytest.approx(two[key]["value"])


def test_a_table_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json a person gets a table with the baselines beside."""
    assert main(["basics", "--scenes", "1", "--skills", "nothing"]) == 0
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("nothing", "silent", "always", "gate"))


@pytest.mark.parametrize("suite", ["basics", "tools", "talk", "sight"])
def test_a_skill_stands_under_its_own_suite(suite: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is played as a suite is told of as that suite, skill by skill."""
    skill = next(name for name in SUITES[suite] if name not in PEOPLE)
    assert main([suite, "--scenes", "1", "--skills", skill, "--no-baselines", "--json"]) == 0
    found = lines(capsys.readouterr().out)
    assert {(line["suite"], line["skill"]) for line in found} == {(suite, skill)}
    assert {line["word_times"] for line in found} == {"synthesisers' word events"}


@pytest.mark.parametrize("asked", [
    ["basics", "--scenes", "1", "--skills", "nothing", "--no-baselines"],
    ["speak", "--sentences", "1", "--systems", "teacher"],
], ids=lambda asked: asked[0])  # fmt: skip
def test_a_figure_says_which_weights_it_is_of(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A card takes no figures of others, so every suite has to say so."""
    assert main([*asked, "--seed", "3", "--json"]) == 0
    found = lines(capsys.readouterr().out)
    assert {(line["weights"], line["seed"]) for line in found} == {(fingerprint(shipped()), 3)}


@pytest.mark.parametrize(("arguments", "status", "says"), [
    (["basics", "--skills", "juggling"], 2, "no skill 'juggling'"),
    (["basics", "--skills", "sums_people"], 2, "give --speech DIR"),
    (["basics", "--skills", "nothing", "--model", "/nowhere"], 1, "config.json"),
    (["basics", "--skills", "nothing", "--noise", "/nowhere"], 1, "/nowhere"),
    (["basics", "--speech", "/nowhere"], 1, "/nowhere"),
    (["hear", "--speech", "/nowhere"], 1, "/nowhere"),
])  # fmt: skip
def test_what_cannot_be_measured_is_said(
    arguments: list[str], status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line names what is wrong; the exit status is not 0; nothing is printed as a figure."""
    assert main(arguments) == status
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.out == ""


@pytest.mark.parametrize("suite", ["basics", "speak", "turns"])
def test_a_folder_that_cannot_be_made_is_told_first(
    suite: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody measures for an hour to learn then that nothing can be kept."""
    monkeypatch.setattr("engine.runtime.load", lambda *_: pytest.fail("nothing should be loaded"))
    (tmp_path / "file").touch()
    assert main([suite, "--out", str(tmp_path / "file" / "results")]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(f"aside eval: {tmp_path / 'file' / 'results'}: ")
    assert printed.out == ""


def test_a_disk_that_fills_up_loses_no_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was measured is shown although it cannot be kept; the status is 1."""
    (tmp_path / "basics.jsonl").mkdir()  # as unwritable as a full disk
    asked = ["basics", "--scenes", "1", "--skills", "nothing", "--no-baselines"]
    assert main([*asked, "--out", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert "nothing" in printed.out
    assert "basics.jsonl" in printed.err


@pytest.mark.parametrize("asked", [
    ["basics", "--scenes", "1", "--skills", "nothing", "--no-baselines"],
    ["speak", "--sentences", "1", "--systems", "teacher"],
], ids=lambda asked: asked[0])  # fmt: skip
def test_a_pipe_that_is_closed_loses_no_figure(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks only at the first lines of an hour's figures finds all of them in the folder;
    the status is 1."""

    class Closed(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("sys.stdout", Closed())
    assert main([*asked, "--json", "--out", str(tmp_path)]) == 1
    assert lines((tmp_path / f"{asked[0]}.jsonl").read_text())


@pytest.mark.parametrize("arguments", [[], ["basics", "--scenes", "0"], ["hear"], ["juggle"]])
def test_wrong_usage_is_refused(arguments: list[str]) -> None:
    """argparse's status for wrong usage is 2."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """--help shows a line that one can type."""
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "aside eval basics --scenes" in capsys.readouterr().out


def test_without_the_packages_of_training_it_says_so() -> None:
    """On an ordinary installation the missing package is named, with the line that brings it."""
    code = (
        "import sys; sys.modules['pocketsphinx'] = None\n"
        "from engine.evaluation.command import main; sys.exit(main(['basics']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pocketsphinx" in done.stderr
    assert "python3 run.py eval --help" in done.stderr
    assert "Traceback" not in done.stderr
