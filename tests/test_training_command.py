"""`aside train` where something is in the way: it says what, and spoils nothing."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch
from filelock import FileLock

from engine.microturn import TURN_S
from engine.model.checkpoint import CheckpointError, load_checkpoint
from engine.model.interaction import InteractionModel
from engine.training import command
from engine.training.bank import write_shard
from engine.training.beside import Beside
from engine.training.command import main, stored_weights
from engine.training.recipes import PLANS
from engine.training.trainer import RESUME, Trainer
from tests import untrained
from tests.test_training_sequence import some_record

ROOT = Path(__file__).resolve().parents[1]


def test_two_runs_in_one_folder_are_one_too_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second says so and touches nothing; afterwards the folder is free."""
    with FileLock(tmp_path / "training.lock"):
        assert main(["tiny", "--out", str(tmp_path)]) == 1
    assert "a training is running in" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["training.lock"]


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is rendered, with the folder's name, and no traceback."""
    (tmp_path / "file").touch()
    assert main(["tiny", "--out", str(tmp_path / "file" / "run")]) == 1
    assert capsys.readouterr().err.startswith(f"aside train: {tmp_path / 'file' / 'run'}: ")


SAVE = """
import resource, signal, sys
from pathlib import Path
from engine.model.interaction import InteractionModel
from engine.training.recipes import PLANS
from engine.training import trainer
from tests import untrained
trainer.matrix_units = lambda _: False  # nothing is compiled here
model, recipe = InteractionModel(untrained.SMALL), PLANS["tiny"].recipe
run = trainer.Trainer(model, untrained.tokenizer(), recipe, Path(sys.argv[1]))
run.save()
run.step = 7
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    run.save()
except OSError as error:
    sys.exit(str(error))
"""


@pytest.fixture(autouse=True)
def _uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling takes minutes on a busy machine, and no law here is about it."""
    monkeypatch.setattr("engine.training.trainer.matrix_units", lambda _: False)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of Unix stands for a full disk")
@pytest.mark.parametrize(("room_bytes", "torn"), [
    (1 << 10, "model.partial"), (1 << 21, "resume.partial"),
])  # fmt: skip
def test_a_full_disk_keeps_what_was_saved_before(
    tmp_path: Path, room_bytes: int, torn: str
) -> None:
    """Where weights, or what resuming needs, cannot be written, it is said and the older run is
    still whole."""
    command = [sys.executable, "-c", SAVE, str(tmp_path), str(room_bytes)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{torn} could not be written: is the disk full?" in done.stderr
    load_checkpoint(tmp_path)
    model = InteractionModel(untrained.SMALL)
    trainer = Trainer(model, untrained.tokenizer(), PLANS["tiny"].recipe, tmp_path)
    assert trainer.resume()
    assert trainer.step == 0


def test_a_run_of_a_gpu_goes_on_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--init` takes its weights, on whatever device they were when they were kept."""
    monkeypatch.setattr(torch.serialization, "location_tag", lambda _: "cuda:0")
    torch.save({"average": {"weight": torch.arange(3.0)}}, tmp_path / RESUME)
    monkeypatch.undo()
    weight = stored_weights(tmp_path)["weight"]
    assert weight.device.type == "cpu"
    assert weight.tolist() == [0.0, 1.0, 2.0]


def test_a_damaged_run_is_told_how_to_go_on(tmp_path: Path) -> None:
    """Its weights may still be whole."""
    (tmp_path / RESUME).write_bytes(b"PK\x03\x04 and then nothing")
    model = InteractionModel(untrained.SMALL)
    trainer = Trainer(model, untrained.tokenizer(), PLANS["tiny"].recipe, tmp_path)
    with pytest.raises(CheckpointError, match=r"is damaged: .* --init"):
        trainer.resume()


def test_what_an_interrupted_run_lacks_is_rendered_before_it_learns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not all of it again, and nothing where nothing lacks."""
    records = [some_record(seed) for seed in range(3)]
    there_h = sum(item.turns for item in records) * TURN_S / 3600
    write_shard(tmp_path / "bank", "first", records)
    asked: list[float] = []

    def rendered(_: Beside, options: argparse.Namespace, hours: float) -> None:
        asked.append(hours)
        write_shard(options.out / "bank", f"more{len(asked)}", [some_record(9)])

    class Enough(Exception):
        """What comes then is no matter of this test."""

    def learns(*_: object) -> None:
        raise Enough

    monkeypatch.setattr(Beside, "render", rendered)
    monkeypatch.setattr(command, "_trainer", learns)
    for hours in (3 * there_h, there_h):
        with pytest.raises(Enough):
            main(["nano", "--out", str(tmp_path), "--hours", str(hours)])
    assert asked == [pytest.approx(2 * there_h)]
