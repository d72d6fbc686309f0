"""All of a card measured by one command: what it runs, what it leaves, what it says."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

pytest.importorskip("pocketsphinx")

from engine.evaluation import suites
from engine.evaluation.bench import command as bench
from engine.evaluation.card import measure
from engine.evaluation.card.measure import FOLDERS, PARTS, Part
from engine.evaluation.fingerprint import fingerprint
from engine.runtime import shipped

pytestmark = pytest.mark.timeout(120)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.file)
def test_every_part_is_a_command_that_there_is(part: Part) -> None:
    """With all folders given; a share of a size is never nothing."""
    folders = {name: Path(name) for name in FOLDERS}
    options = argparse.Namespace(share=0.001, model=Path("m"), results=Path("r"), **folders)
    read = suites._parser().parse_args(part.command(options))
    assert read.out == Path("r")
    assert read.model == Path("m")
    assert getattr(read, part.size[0].removeprefix("--")) == 1


@pytest.mark.parametrize("name", measure.BENCHES)
def test_every_bench_is_a_command_that_there_is(name: str) -> None:
    assert bench._parser().parse_args([name, *measure.BENCHES[name], "--json"]).json


def figures(folder: Path, name: str, weights: str) -> None:
    (folder / f"{name}.jsonl").write_text(json.dumps({"value": 1, "weights": weights}) + "\n")


def test_what_is_measured_of_these_weights_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of others it is measured again."""
    ran = list[str]()

    def run(parts: list[Part], _: argparse.Namespace) -> list[Part]:
        ran.extend(part.file for part in parts)
        return []

    monkeypatch.setattr(measure, "_run", run)
    ours = fingerprint(shipped())
    for part in PARTS[2:]:
        figures(tmp_path, part.file, ours)
    for name in measure.BENCHES:
        figures(tmp_path, name, ours)
    figures(tmp_path, PARTS[0].file, "of others")
    assert measure.main([str(tmp_path)]) == 0
    assert ran == [PARTS[0].file, PARTS[1].file]


def test_what_could_not_be_measured_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A course without its texts, in a process of its own; the bench is left for later."""
    course = next(part for part in PARTS if part.file == "turns")
    monkeypatch.setattr(measure, "PARTS", (course,))
    assert measure.main([str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "turns: failed" in told
    assert "not measured: turns" in told
    assert not (tmp_path / "micro-turn.jsonl").exists()
