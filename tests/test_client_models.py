"""`aside models` tells what is there and what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.client.models import checkpoints, choice, command

pytestmark = pytest.mark.timeout(10)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    shipped, user = tmp_path / "assets", tmp_path / "user"
    monkeypatch.setattr(checkpoints, "shipped_folder", lambda: shipped)
    monkeypatch.setattr(checkpoints, "user_folder", lambda: user)
    monkeypatch.setattr(choice, "file", lambda: tmp_path / "models.json")
    return shipped, user


def checkpoint(path: Path, name: str, weights: int = 1000) -> None:
    path.mkdir(parents=True)
    (path / "config.json").write_text(json.dumps({"name": name}))
    (path / checkpoints.WEIGHTS).write_bytes(bytes(weights))


def test_shipped_and_own_checkpoints_are_listed_with_size(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON object a line: name from the configuration, folder, origin, bytes on disk."""
    shipped, user = folders
    checkpoint(shipped / "nano", "nano")
    (shipped / "icons").mkdir()
    checkpoint(user / "mine", "micro", 5000)
    assert command.main(["--json"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(m["name"], m["origin"]) for m in listed] == [("nano", "shipped"), ("micro", "user")]
    assert listed[1]["size_bytes"] == 5000 + len('{"name": "micro"}')
    assert listed[1]["path"] == str(user / "mine")


def test_what_cannot_be_used_is_listed_with_the_reason(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder without weights, or with a damaged configuration, is shown and explained."""
    _, user = folders
    checkpoint(user / "a-damaged", "x")
    (user / "a-damaged" / "config.json").write_text("[]")
    checkpoint(user / "b-hollow", "hollow")
    (user / "b-hollow" / checkpoints.WEIGHTS).unlink()
    (user / "c-empty").mkdir()
    assert command.main([]) == 1
    shown = capsys.readouterr().out
    assert shown.count("cannot be used") == 3
    assert "No usable checkpoint" in shown
    assert [bool(model.problem) for model in checkpoints.find()] == [True, True, True]


def test_nothing_at_all_is_said(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without any checkpoint it says where to put one, and fails."""
    assert command.main([]) == 1
    assert str(folders[1]) in capsys.readouterr().out
