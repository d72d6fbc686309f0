"""`aside train` where something is in the way: it says what, and spoils nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

from filelock import FileLock

from engine.model.checkpoint import CheckpointError
from engine.model.interaction import InteractionModel
from engine.training.command import main
from engine.training.recipes import PLANS
from engine.training.trainer import RESUME, Trainer
from tests import untrained


def test_two_runs_in_one_folder_are_one_too_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second says so and touches nothing; afterwards the folder is free."""
    with FileLock(tmp_path / "training.lock"):
        assert main(["tiny", "--out", str(tmp_path)]) == 1
    assert "a training is running in" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["training.lock"]


def test_a_damaged_run_is_told_how_to_go_on(tmp_path: Path) -> None:
    """Its weights may still be whole."""
    (tmp_path / RESUME).write_bytes(b"PK\x03\x04 and then nothing")
    model = InteractionModel(untrained.SMALL)
    trainer = Trainer(model, untrained.tokenizer(), PLANS["tiny"].recipe, tmp_path)
    with pytest.raises(CheckpointError, match=r"is damaged: .* --init"):
        trainer.resume()
