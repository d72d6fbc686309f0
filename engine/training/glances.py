"""Pictures that the trunk is asked about with no note in sight.

What a picture in a scene shows is mostly what was noted last, so a trunk can tell it and never
look. Here it has nothing else: some pictures of the camera, each another, and after `letters_layer`
blocks the mean of a picture's tokens is to tell how a person stands and how many fingers are shown.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from engine.model.config import ModelConfig, Stream
from engine.model.interaction import InteractionModel, PatchRow, Row
from engine.model.trunk import window_mask
from engine.signal.mel import BINS
from engine.training.eyes import Look, telling_look, told_loss

IN_A_ROW, FRESH, KEPT = 4, 6, 1024


class Glances:
    """Pictures for one step after the other: a few are new, and the rest may have been seen before.

    What a step gets hangs on the seed and its number alone, so a run that goes on gets the same.
    """

    def __init__(self, seed: int) -> None:
        self._seed, self._painted = seed, dict[int, Look]()

    def draw(self, count: int, step: int) -> list[Look]:
        end = count + step * FRESH
        first = max(0, end - KEPT)
        rng = np.random.default_rng([self._seed, 10, step])
        chosen = first + rng.choice(end - first, count, replace=False)
        self._painted = {number: look for number, look in self._painted.items() if number >= first}
        return [self._look(int(number)) for number in chosen]

    def _look(self, number: int) -> Look:
        if number not in self._painted:
            rng = np.random.default_rng([self._seed, 9, number])
            self._painted[number] = telling_look(rng)
        return self._painted[number]


def glance_row(looks: list[Look], config: ModelConfig, device: torch.device) -> Row:
    """Rows of IN_A_ROW micro-turns, each of silence and a picture; what fills no row is left out.

    Raises ValueError where that is all, or where pictures are not of one size.
    """
    count, sizes = len(looks) // IN_A_ROW * IN_A_ROW, {len(look.patches.row) for look in looks}
    if not count or len(sizes) != 1:
        raise ValueError(f"{len(looks)} pictures of {sizes} patches: give {IN_A_ROW} of one size")
    sounds, size = config.audio_tokens, config.audio_tokens + sizes.pop()

    def joined(name: str) -> Tensor:
        parts = [getattr(look.patches, name) for look in looks[:count]]
        return torch.from_numpy(np.concatenate(parts)).to(device)

    place = torch.arange(count * size, device=device).view(count, size)
    stream = torch.full_like(place, int(Stream.AUDIO))
    stream[:, sounds:] = joined("stream").view(count, -1)
    shape = (count // IN_A_ROW, IN_A_ROW * size)
    token = torch.arange(shape[1], device=device).expand(shape)
    silence = torch.zeros(count * sounds, config.audio_frames, BINS, dtype=torch.uint8)
    nothing = torch.zeros(0, config.voice_size, device=device)
    return Row(
        torch.zeros_like(token), stream.view(shape), token, token // size, torch.zeros_like(token),
        silence.to(device), place[:, :sounds].flatten(), nothing, place[:0].flatten(),
        PatchRow(
            joined("pixels").float(), joined("row"), joined("column"), joined("stream"),
            place[:, sounds:].flatten(),
        ),
    )  # fmt: skip


def glance_loss(model: InteractionModel, looks: list[Look], device: torch.device) -> Tensor:
    """Of what the middle of the trunk tells of each picture."""
    row = glance_row(looks, model.config, device)
    assert row.patches is not None
    count = row.text.shape[0] * IN_A_ROW
    mask = window_mask(row.token, model.config, row.start)
    # Not as compiled: that is for rows of one length.
    _, middle, _ = model.trunk.forward(model.embed(row), row.token, row.turn, mask)
    seen = middle.flatten(0, 1)[row.patches.at].view(count, -1, middle.shape[-1])
    return told_loss(model.glancing(seen.mean(1)).float(), looks[:count])
