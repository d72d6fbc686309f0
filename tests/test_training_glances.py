"""Pictures by themselves: laid out as a session meets them, and asked about in the trunk."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from engine.model.config import Stream
from engine.training import glances
from engine.training.eyes import Look, telling_look
from engine.training.glances import IN_A_ROW, Glances, glance_loss, glance_row
from engine.training.trainer import new_model
from tests import untrained

CPU = torch.device("cpu")
CONFIG = untrained.SMALL

pytestmark = pytest.mark.timeout(120)


def looks(number: int) -> list[Look]:
    return [telling_look(np.random.default_rng([6, index])) for index in range(number)]


def test_a_row_is_micro_turns_of_silence_and_a_picture() -> None:
    """As sequence.py lays them out: sound, then the patches in reading order, turn after turn; what
    fills no row is left out."""
    some = looks(2 * IN_A_ROW + 1)
    row = glance_row(some, CONFIG, CPU)
    turn = [int(Stream.AUDIO)] * CONFIG.audio_tokens + [int(Stream.CAMERA)] * 12
    assert row.stream.tolist() == [turn * IN_A_ROW] * 2
    assert row.turn[0].tolist() == [index for index in range(IN_A_ROW) for _ in turn]
    assert row.token[1].tolist() == list(range(len(turn) * IN_A_ROW))
    assert not row.start.any()
    assert not row.audio.any()
    assert row.patches is not None
    streams = row.stream.flatten()
    assert (streams[row.audio_at] == Stream.AUDIO).all()
    assert (streams[row.patches.at] == Stream.CAMERA).all()
    assert len(row.audio_at) + len(row.patches.at) == len(streams)
    for index, look in enumerate(some[:-1]):
        mine = slice(12 * index, 12 * (index + 1))
        np.testing.assert_array_equal(row.patches.pixels[mine].numpy(), look.patches.pixels)
        assert row.patches.row[mine].tolist() == look.patches.row.tolist()


def test_what_fills_no_row_is_refused() -> None:
    with pytest.raises(ValueError, match="3 pictures"):
        glance_row(looks(IN_A_ROW - 1), CONFIG, CPU)
    first, *rest = looks(IN_A_ROW)
    part = replace(first.patches, row=first.patches.row[:5])
    with pytest.raises(ValueError, match="of one size"):
        glance_row([replace(first, patches=part), *rest], CONFIG, CPU)


def test_the_trunk_learns_to_tell_what_only_pictures_show() -> None:
    """Where nothing else is in sight its middle comes to tell of pictures; the blocks after that
    are not asked."""
    torch.manual_seed(1)
    model, some = new_model(CONFIG, np.zeros((10, 80), np.float32), 0), looks(12)
    optimiser = torch.optim.AdamW(model.parameters(), 3e-3)
    told = []
    for _ in range(60):
        loss = glance_loss(model, some, CPU)
        loss.backward()
        optimiser.step()
        told.append(float(loss.detach()))
        late = model.trunk.blocks[CONFIG.letters_layer :]
        assert all(p.grad is None for block in late for p in block.parameters())
        optimiser.zero_grad(set_to_none=True)
    grey = [
        replace(look, patches=replace(look.patches, pixels=np.zeros_like(look.patches.pixels)))
        for look in some
    ]
    assert told[-1] < 0.5 * told[0]
    assert float(glance_loss(model, grey, CPU).detach()) > 2 * told[-1]


def test_some_are_new_and_the_rest_were_seen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step paints few pictures, and old ones are forgotten; which come, hangs on seed and step
    alone, so that who begins in the middle gets the same."""
    painted = list[float]()

    def paint(rng: np.random.Generator) -> float:
        painted.append(float(rng.random()))
        return painted[-1]

    monkeypatch.setattr(glances, "telling_look", paint)
    monkeypatch.setattr(glances, "KEPT", 20)
    some = Glances(1)
    drawn = [some.draw(12, step) for step in range(30)]
    assert sorted(painted[:12]) == sorted(drawn[0])
    assert all(len(set(one)) == 12 for one in drawn)
    assert len(painted) == len(set(painted)) <= 12 + 29 * glances.FRESH
    assert not set(drawn[0]) & set(drawn[-1])
    assert len(some._painted) <= 20
    assert Glances(1).draw(12, 29) == drawn[-1]
    assert Glances(2).draw(12, 29) != drawn[-1]
