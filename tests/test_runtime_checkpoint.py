"""A checkpoint that is missing, damaged or another's is refused in words, naming the file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from engine.model.tokenizer import Tokenizer
from engine.runtime import CheckpointError, Computing, load
from tests import untrained

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return untrained.folder(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A checkpoint of one's own, to break."""
    return Path(shutil.copytree(whole, tmp_path / "checkpoint"))


def config(**changes: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    return change


def weight(name: str, change: Callable[[np.ndarray], np.ndarray] | None) -> Callable[[Path], None]:
    """Replace one weight; None takes it away."""

    def rewrite(path: Path) -> None:
        weights = load_file(path)
        kept = weights.pop(name)
        save_file(weights if change is None else {**weights, name: change(kept)}, path)

    return rewrite


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbage(path: Path) -> None:
    path.write_bytes(np.random.default_rng(0).bytes(2000))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_tokens(path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(3000))
    Tokenizer.train([words] * 2, 800).save(path)


def no_marks(path: Path) -> None:
    path.write_text(path.read_text().replace("<quiet>", "<silent>"))


WEIGHTS, CONFIG, TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"
FAULTS = {
    "weights cut short": (WEIGHTS, truncated),
    "weights of garbage": (WEIGHTS, garbage),
    "no weights": (WEIGHTS, empty),
    "a weight missing": (WEIGHTS, weight("trunk.blocks.1.attention.key.weight", None)),
    "a weight of another shape": (WEIGHTS, weight("text_head.weight", lambda w: w[:-1])),
    "a weight transposed": (WEIGHTS, weight("trunk.blocks.0.mlp.up.weight", np.transpose)),
    "a weight that is no number": (WEIGHTS, weight("embeddings.text", lambda w: w * np.nan)),
    "a voice without a throat": (WEIGHTS, weight("vocoder.out.weight", None)),
    "configuration cut short": (CONFIG, truncated),
    "configuration of garbage": (CONFIG, garbage),
    "configuration that is a list": (CONFIG, lambda path: path.write_text("[1, 2]")),
    "configuration from the future": (CONFIG, config(dreams=3)),
    "a size that is a word": (CONFIG, config(width="wide")),
    "a size that is negative": (CONFIG, config(layers=-1)),
    "a size that is nothing": (CONFIG, config(head_width=None)),
    "tokens that do not divide": (CONFIG, config(audio_tokens=3)),
    "tokenizer cut short": (TOKENIZER, truncated),
    "tokenizer of garbage": (TOKENIZER, garbage),
    "tokenizer with more tokens": (TOKENIZER, other_tokens),
    "tokenizer without marks": (TOKENIZER, no_marks),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_damaged_file_is_named_with_what_to_do(fault: str, folder: Path) -> None:
    """Whichever file is damaged and however, the message names it and says how to go on."""
    name, damage = FAULTS[fault]
    damage(folder / name)
    with pytest.raises(CheckpointError) as refused:
        load(folder)
    message = str(refused.value)
    assert str(folder / name) in message
    assert "Fetch the checkpoint again" in message
    assert "git checkout assets/nano" in message
    assert len(message) < 600


def test_sizes_that_are_not_those_of_the_weights_are_refused(folder: Path) -> None:
    """A configuration of another model: the weight that does not fit it is named."""
    config(width=128)(folder / CONFIG)
    with pytest.raises(CheckpointError, match=r"embeddings\.text has shape \(400, 64\)"):
        load(folder)


@pytest.mark.parametrize("name", [WEIGHTS, CONFIG, TOKENIZER])
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    """Without one of its three files a directory is no checkpoint."""
    (folder / name).unlink()
    with pytest.raises(CheckpointError, match=f"there is no {name} in {folder}"):
        load(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Neither a missing folder nor a file in its place is a checkpoint."""
    (tmp_path / "file").write_text("no folder")
    for place in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(CheckpointError, match=f"in {place}: give the directory"):
            load(place)


@pytest.mark.parametrize("backend", ["onnx", "torch"])
def test_a_whole_checkpoint_opens_sessions(backend: str, folder: Path) -> None:
    """What was not damaged loads, under both backends, and steps."""
    loaded = load(folder, Computing(backend))
    out = loaded.session().step(untrained.everything(1)[0])
    assert loaded.name == "small"
    assert out.index == 0


def test_weights_that_only_training_needs_may_be_there_or_not(folder: Path) -> None:
    """Unknown weights beside the known ones are no fault."""
    path = folder / WEIGHTS
    save_file({**load_file(path), "letters.weight": np.zeros((3, 3), np.float16)}, path)
    assert load(folder).session()
