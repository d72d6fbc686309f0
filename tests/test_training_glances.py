"""Pictures by themselves: laid out as a session meets them, asked about in the trunk, and noted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from engine.model.config import Stream
from engine.model.tokenizer import ACT, Tokenizer
from engine.runtime.memory import SEEN
from engine.training import glances
from engine.training.glances import IN_A_ROW, TURNS_EACH, Glance, Glances, glance, glance_batch
from engine.training.objective import Glancing, _glancing_losses
from engine.training.scenes.practice import FINGERS, POSES
from engine.training.trainer import new_model
from tests import untrained

CPU = torch.device("cpu")
CONFIG = untrained.SMALL
NUMBERS = ("one", "two", "three", "four", "five")
NOTES = " ".join([SEEN, FINGERS, *NUMBERS, *(word for states in POSES.values() for word in states)])
TOKENIZER = Tokenizer.train([NOTES] * 50, CONFIG.vocabulary)

pytestmark = pytest.mark.timeout(120)


def some(number: int) -> list[Glance]:
    return [glance(np.random.default_rng([6, index])) for index in range(number)]


def test_a_row_is_micro_turns_of_quiet_a_picture_and_what_is_noted_of_it() -> None:
    """As sequence.py lays out any scene: a picture's patches in reading order on both of its
    micro-turns, the order to look read at the beginning, and news noted on the second, right after
    the patches, as a camera has it in a session."""
    rows = some(4)
    batch = glance_batch(rows, CONFIG, TOKENIZER)
    for index, one in enumerate(rows):
        stream, turn = batch.stream[index], batch.turn[index]
        looked = turn[stream == Stream.CAMERA]
        assert looked.tolist() == [n for n in range(TURNS_EACH * IN_A_ROW) for _ in range(12)]
        noted = np.unique(turn[stream == Stream.ACT])
        before = ("", *one.states)
        news = [n for n in range(IN_A_ROW) if one.states[n] != before[n]]
        assert noted.tolist() == [TURNS_EACH * n + 1 for n in news]
        marks = np.flatnonzero((stream == Stream.CONTROL) & (batch.text[index] == ACT))
        assert (stream[marks - 1] == Stream.CAMERA).all()
        written = TOKENIZER.decode([int(t) for t in batch.text[index][stream == Stream.ACT]])
        assert written.split() == [w for n in news for w in (SEEN, *one.states[n].split())]
        read = TOKENIZER.decode([int(t) for t in batch.text[index][stream == Stream.MEMORY]])
        assert f"look {one.kind}" in read
    looks = [look for one in rows for look in one.looks for _ in range(TURNS_EACH)]
    pixels = np.concatenate([look.patches.pixels for look in looks])
    np.testing.assert_allclose(np.asarray(batch.patches) / 127.5 - 1, pixels, atol=0.01)


def test_what_is_shown_is_what_is_noted() -> None:
    """All kinds come, and every state of each; who holds up fingers shows as many."""
    found: dict[str, set[str]] = {}
    for one in some(120):
        found.setdefault(one.kind, set()).update(one.states)
        for look, state in zip(one.looks, one.states, strict=True):
            if one.kind == FINGERS:
                assert state == NUMBERS[(look.fingers or 0) - 1]
            else:
                there = POSES[one.kind][state].x > 0
                assert (look.pose is not None) == there
    assert found == {kind: set(states) for kind, states in POSES.items()} | {FINGERS: set(NUMBERS)}


def test_the_trunk_learns_to_tell_what_only_pictures_show() -> None:
    """Its middle comes to tell of pictures, and its end to note them; in grey there is nothing."""
    torch.manual_seed(1)
    model = new_model(CONFIG, np.zeros((10, 80), np.float32), 0)
    levels = np.zeros_like(some(1)[0].levels)
    rows = [replace(one, levels=levels) for one in some(24) if one.kind == "somebody"]
    looking = Glancing(rows, TOKENIZER)
    optimiser = torch.optim.AdamW(model.parameters(), 3e-3)
    told = []
    for _ in range(140):
        glancing, noting, naming = _glancing_losses(model, looking, CPU)
        (3 * glancing + noting + naming).backward()
        optimiser.step()
        told.append([float(loss.detach()) for loss in (glancing, noting, naming)])
        optimiser.zero_grad(set_to_none=True)
    grey = Glancing([_grey(one) for one in looking.glances], TOKENIZER)
    with torch.no_grad():
        blind = [float(loss) for loss in _glancing_losses(model, grey, CPU)]
    for first, last, unseen in zip(told[0], told[-1], blind, strict=True):
        assert last < 0.5 * first
        assert unseen > 2 * last


def _grey(one: Glance) -> Glance:
    return replace(one, looks=tuple(
        replace(look, patches=replace(look.patches, pixels=np.zeros_like(look.patches.pixels)))
        for look in one.looks
    ))  # fmt: skip


def test_some_are_new_and_the_rest_were_seen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step paints few pictures, and old ones are forgotten; which come, hangs on seed and step
    alone, so that who begins in the middle gets the same."""
    painted = list[float]()

    def paint(rng: np.random.Generator) -> float:
        painted.append(float(rng.random()))
        return painted[-1]

    monkeypatch.setattr(glances, "glance", paint)
    monkeypatch.setattr(glances, "KEPT", 20)
    pictures = Glances(1)
    drawn = [pictures.draw(12 * IN_A_ROW, step) for step in range(30)]
    assert sorted(painted[:12]) == sorted(drawn[0])
    assert all(len(set(one)) == 12 for one in drawn)
    assert len(painted) == len(set(painted)) <= 12 + 29 * glances.FRESH
    assert not set(drawn[0]) & set(drawn[-1])
    assert len(pictures._painted) <= 20
    assert Glances(1).draw(12 * IN_A_ROW, 29) == drawn[-1]
    assert Glances(2).draw(12 * IN_A_ROW, 29) != drawn[-1]
