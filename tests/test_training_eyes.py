"""Eyes that look before the model learns: they come to tell what is there, and keep their size."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from itertools import count
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from engine.model.config import ModelConfig
from engine.model.embeddings import PatchStem
from engine.model.interaction import InteractionModel
from engine.training import command, eyes
from engine.training.eyes import Look, learn_to_see, some_look
from engine.training.recipes import PLANS
from engine.training.scenes import camera_show
from engine.training.trainer import RESUME, Trainer
from tests import untrained

TINY = PLANS["tiny"].recipe

pytestmark = pytest.mark.timeout(120)


def looks(number: int) -> list[Look]:
    return [some_look(np.random.default_rng([5, index])) for index in range(number)]


def test_pictures_are_of_all_kinds_and_by_their_seed() -> None:
    """People with poses, hands with fingers, rooms that are empty, screens; none held out."""
    found = looks(150)
    kinds = Counter(
        "pose" if one.pose is not None else "no telling" if one.fingers is None
        else "fingers" if one.fingers else "nobody"
        for one in found
    )  # fmt: skip
    assert set(kinds) == {"pose", "no telling", "fingers", "nobody"}
    assert {one.fingers for one in found if one.fingers} == {1, 2, 3, 4, 5}
    for one, again in zip(found[:8], looks(8), strict=True):
        np.testing.assert_array_equal(one.patches.pixels, again.patches.pixels)


def test_nobody_held_out_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()
    painted = camera_show.painted

    def noted(figure: str, *rest):
        seen.add(figure)
        return painted(figure, *rest)

    monkeypatch.setattr(camera_show, "painted", noted)
    looks(120)
    assert seen == set(camera_show.figures("train"))


def test_it_learns_what_is_there_and_its_tokens_stay_as_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The more it has looked, the better it tells; the trunk finds tokens of the size it knows."""
    some, told, ticks = looks(48), list[float](), count()
    monkeypatch.setattr(eyes, "PICTURES", 16)
    monkeypatch.setattr(eyes, "some_look", lambda rng: some[int(rng.integers(len(some)))])
    monkeypatch.setattr(eyes, "monotonic", lambda: next(ticks))
    torch.manual_seed(3)
    config = ModelConfig(width=64, patch_width=16)
    stem = PatchStem(config)
    before = eyes._size(stem, some)
    learn_to_see(stem, config, 1.0, 3, lambda share, loss: told.append(loss))
    assert len(told) == 60
    assert np.mean(told[-10:]) < 0.6 * np.mean(told[:10])
    assert eyes._size(stem, some) == pytest.approx(before, rel=0.25)


def test_nothing_is_the_same_in_all_that_the_stem_makes() -> None:
    """Whatever was most of a token before: afterwards patches differ in all of its size, and what
    differs least does so more than before."""
    torch.manual_seed(3)
    stem = PatchStem(untrained.SMALL)
    with torch.no_grad():
        stem.third.bias.fill_(9.0)
        stem.third.weight[::2] *= 8.0
    looks = [some_look(np.random.default_rng([4, index])) for index in range(40)]
    pixels, row, column = eyes._joined(looks)

    def features() -> torch.Tensor:
        with torch.no_grad():
            return stem(pixels, row, column) - stem.row[row] - stem.column[column]

    def contrast(found: torch.Tensor) -> float:
        spread = torch.linalg.svdvals(found - found.mean(0))
        return float(spread[5] / spread[0])

    before = features()
    eyes.even_out(stem, 2.0, looks)
    after = features()
    assert before.mean(0).square().mean().sqrt() > 5
    assert after.mean(0).square().mean().sqrt() < 0.05
    with torch.no_grad():
        whole = stem(pixels, row, column)
    assert float(whole.square().mean().sqrt()) == pytest.approx(2.0, rel=0.01)
    assert float(after.square().mean().sqrt()) > 1.9
    assert contrast(after) > 1.5 * contrast(before)


@pytest.mark.parametrize(("init", "asked", "opened"), [
    (None, None, 8.0), (None, 0.0, 0.0), ("checkpoint", None, 0.0), ("checkpoint", 2.0, 2.0),
])  # fmt: skip
def test_a_run_opens_its_eyes_before_all_else(
    init: str | None, asked: float | None, opened: float, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """As long as the recipe says; weights to start from can see already, unless one asks."""
    looked: list[float] = []

    def look(stem: PatchStem, config: ModelConfig, minutes: float, *_) -> None:
        looked.append(minutes)
        with torch.no_grad():
            stem.third.bias += 1.0

    monkeypatch.setattr(command, "learn_to_see", look)
    monkeypatch.setattr("engine.training.trainer.matrix_units", lambda _: False)
    run = Trainer(InteractionModel(untrained.SMALL), untrained.tokenizer(), TINY, tmp_path)
    before = {name: value.clone() for name, value in run.average.items()}
    options = Namespace(init=init, eyes=asked, json=True, seed=0)
    command._open_eyes(run, PLANS["nano"], options)
    assert looked == [opened] * bool(opened)
    changed = [name for name, value in run.average.items() if not torch.equal(value, before[name])]
    assert changed == ["embeddings.patches.third.bias"] * bool(opened)
    assert (tmp_path / RESUME).exists() == bool(opened)
