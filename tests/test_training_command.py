"""`aside train` where something is in the way: it says what, and spoils nothing."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from filelock import FileLock

from engine.microturn import TURN_S
from engine.model.checkpoint import CheckpointError, load_checkpoint
from engine.runtime import shipped
from engine.training import command
from engine.training.bank import write_shard
from engine.training.batches import Batch
from engine.training.beside import Beside
from engine.training.command import main, stored_weights
from engine.training.recipes import PLANS
from engine.training.trainer import RESUME, Trainer, new_model
from tests import untrained
from tests.test_training_resident import gatherer
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
    run = trainer(tmp_path)
    assert run.resume()
    assert run.step == 0


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


def test_a_run_of_an_older_version_is_told_how_to_go_on(tmp_path: Path) -> None:
    """What it had no weights for cannot be gone on with; what it learned can be begun from."""
    run = trainer(tmp_path)
    run.save()
    state = torch.load(tmp_path / RESUME, weights_only=True)
    del state["model"]["noticing.weight"]
    torch.save(state, tmp_path / RESUME)
    with pytest.raises(CheckpointError, match=rf"another version.* --init {tmp_path} to go on"):
        run.resume()


def test_a_damaged_run_is_told_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its weights may still be whole. Whoever does not do as told yet is told once more."""
    run = trainer(tmp_path)
    run.save()
    (tmp_path / RESUME).write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(CheckpointError, match=rf"is damaged: delete it, .* --init {tmp_path} "):
        run.resume()
    asked = ["tiny", "--out", str(tmp_path / "other"), "--init", str(tmp_path)]
    assert main(asked) == 1
    assert f"{RESUME} is damaged: delete it" in capsys.readouterr().err
    (tmp_path / RESUME).unlink()
    assert stored_weights(tmp_path)["text_head.weight"].shape == (400, untrained.SMALL.width)


@pytest.mark.parametrize(("quiet", "watched", "shown"), [
    (False, True, True), (False, False, False), (True, True, False),
])  # fmt: skip
def test_the_bar_is_for_a_person_who_watches(
    quiet: bool, watched: bool, shown: bool, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """On standard error, so that what is printed can go elsewhere; not in files and not as JSON."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: watched)
    with command._bar(quiet) as bar:
        bar.update(bar.add_task("learning", total=1.0), completed=0.5)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert ("learning" in printed.err) == shown


@pytest.mark.parametrize("content", [None, b"no weights", b""])
def test_a_voice_that_cannot_be_published_is_told_before_training(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A run that ends by publishing looks for the vocoder first."""
    monkeypatch.setattr(command, "_train", lambda *_: pytest.fail("trained"))
    if content is not None:
        (tmp_path / "voice").write_bytes(content)
    asked = ["tiny", "--out", str(tmp_path / "run"), "--publish", str(tmp_path / "model")]
    assert main([*asked, "--vocoder", str(tmp_path / "voice")]) == 1
    assert f"{tmp_path / 'voice'} holds no vocoder" in capsys.readouterr().err


def test_what_is_published_may_lie_halfway_to_what_it_began_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mean of all weights but the vocoder's; of other shapes there is none."""
    first, second = trainer(tmp_path / "first"), trainer(tmp_path / "second", seed=1)
    first.save()
    second.save()
    asked = ["tiny", "--out", str(tmp_path / "second"), "--only-publish", "--publish"]
    between = ["--halfway-to", str(tmp_path / "first")]
    assert main([*asked, str(tmp_path / "model"), *between]) == 0
    made, one, other = (
        load_checkpoint(tmp_path / name).weights for name in ("model", "first", "second")
    )
    name = "trunk.blocks.0.mlp.up.weight"
    assert not np.array_equal(one[name], other[name])
    np.testing.assert_allclose(made[name], (one[name] + other[name]) / 2, atol=1e-3)
    assert any(name.startswith("vocoder.") for name in made)
    capsys.readouterr()
    assert main([*asked, str(tmp_path / "none"), "--halfway-to", str(shipped())]) == 1
    assert "no mean of both" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("option", ["--speech", "--noise"])
@pytest.mark.parametrize(("line", "told"), [
    (None, "manifest.jsonl"), ("{", "JSON lines"), ("3", "line 1: no 'path'"),
    ('{"speaker": "x", "kind": "music"}', "line 1: no 'path'"),
    ('{"path": "x", "licence": "MIT", "words": [["one", 0.1]]}', None),
])  # fmt: skip
def test_what_cannot_be_trained_on_is_told_before_anything_is_rendered(
    option: str, line: str | None, told: str | None, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Nobody renders for half an hour to learn then what is wrong with a manifest."""
    monkeypatch.setattr(Beside, "render", lambda *_: pytest.fail("rendered"))
    if line is not None:
        (tmp_path / "manifest.jsonl").write_text(line + "\n")
    assert main(["tiny", "--out", str(tmp_path / "run"), option, str(tmp_path)]) == 1
    said = capsys.readouterr().err
    wanted = {"--speech": "the words of x are no list", "--noise": "line 1: no 'kind'"}[option]
    assert (told or wanted) in said
    assert str(tmp_path) in said or told is None


@pytest.fixture
def _one_thread() -> Iterator[None]:
    """Several add up in whatever order they come."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("_one_thread")
def test_an_interrupted_run_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    """Weights, their average, the optimisers' state, steps and clock: the next steps are the same,
    bit for bit."""
    learned = list(islice(gatherer().batches(), 6))
    whole, first = trainer(tmp_path / "whole"), trainer(tmp_path / "parts")
    whole.spent_s = first.spent_s = 5.0
    steps(whole, learned, 0, 6)
    steps(first, learned, 0, 3)
    first.save()
    second = trainer(tmp_path / "parts", seed=1)
    assert second.resume()
    assert (second.step, second.spent_s) == (3, 5.0)
    steps(second, learned, 3, 6)
    for one, other in ((whole.model.state_dict(), second.model.state_dict()),
                       (whole.average, second.average)):  # fmt: skip
        assert all(torch.equal(one[name], other[name]) for name in one)


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


def trainer(out: Path, seed: int = 0) -> Trainer:
    model = new_model(untrained.SMALL, np.zeros((10, 80), np.float32), seed)
    return Trainer(model, untrained.tokenizer(), PLANS["tiny"].recipe, out)


def steps(run: Trainer, learned: list[Batch], first: int, last: int) -> None:
    for number in range(first, last):
        torch.manual_seed(number)  # of the flow's noise
        run._advance(learned[number])
