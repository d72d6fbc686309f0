"""What the model is trained to do: predict its output tokens, name letters, draw its voice.

What is done weighs more than what is transcribed. The letter heard 0.1 s ago (named at an inner
layer), what is to be seen of what is watched (there too) and the letters about to be spoken (at
the output) are for training only. The flow head's
times lie near noise, and its own past is often hidden from it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.model.config import Stream
from engine.model.interaction import InteractionModel, PatchRow, Row
from engine.model.tokenizer import QUIET, Tokenizer
from engine.model.trunk import window_mask
from engine.training.batches import Batch
from engine.training.eyes import told_loss
from engine.training.glances import Glance, glance_batch, picture_means

# Most of what is written is a transcript, most micro-turns are quiet; what it does weighs more. But
# after a word, being quiet weighs as much as the next word: else one says something too easily.
QUIET_WEIGHT, DOING_WEIGHT = 0.5, 2.0
FLOW_DRAWS = 4
# The voice's gradient in the trunk is a tenth of that of text, and Muon only sees their sum.
VOICE_WEIGHT, SPELLING_LEAST = 4.0, 0.5
# A note is due once in some seconds of pictures, and its rhythm can be had without looking: so
# every picture is asked about, where the trunk is not at its end.
NOTICING_WEIGHT = 0.5
GLANCING_WEIGHT, NOTING_WEIGHT = 3.0, 0.5
# How much of the own voice's past is hidden, how much of the rest is blurred, and how far. Free
# running it is never as clean as here, and with a clean past the words would not be looked at.
VOICE_HIDDEN, VOICE_BLURRED, VOICE_NOISE = 0.2, 0.5, 2.0


class Forward(Protocol):
    """Hidden states of a row, after the trunk and in its middle, and logits of them."""

    def __call__(self, row: Row) -> tuple[Tensor, Tensor]: ...

    def logits(self, hidden: Tensor) -> Tensor: ...


@dataclass(frozen=True)
class Glancing:
    """Glances for a step, and by what tokens they are written of."""

    glances: list[Glance]
    tokenizer: Tokenizer


@dataclass(frozen=True)
class Losses:
    """Scalars on the device that trains. Reading them waits for it: `figures`, now and then."""

    total: Tensor
    text: Tensor
    letters: Tensor
    voice: Tensor
    spelling: Tensor
    noticing: Tensor
    glancing: Tensor
    noting: Tensor
    words: Tensor
    quiet: Tensor

    def figures(self) -> dict[str, float]:
        """Losses, and the shares of words and of silences that were predicted."""
        names = [field.name for field in fields(self) if field.name != "total"]
        values = torch.stack([getattr(self, name).detach().float() for name in names])
        return dict(zip(names, values.tolist(), strict=True))


def to_row(batch: Batch, model: InteractionModel, device: torch.device) -> Row:
    def tensor(array: object) -> Tensor:
        return torch.as_tensor(array).to(device, non_blocking=True)

    voice = blurred((tensor(batch.voice) - model.flow.mean) / model.flow.deviation)
    length = batch.text.shape[1]
    token = torch.arange(length, device=device).expand(batch.text.shape[0], -1)
    return Row(
        tensor(batch.text), tensor(batch.stream), token, tensor(batch.turn), tensor(batch.start),
        tensor(batch.audio), tensor(batch.audio_at), voice, tensor(batch.voice_at),
        _patches(batch, device),
    )  # fmt: skip


def _patches(batch: Batch, device: torch.device) -> PatchRow | None:
    if not len(batch.patch_at):
        return None
    values = (batch.patches, batch.patch_row, batch.patch_column, batch.patch_stream)
    pixels, row, column, stream = (torch.as_tensor(v).to(device) for v in values)
    at = torch.as_tensor(batch.patch_at).to(device)
    return PatchRow(pixels.float() / 127.5 - 1, row, column, stream, at)


def blurred(voice: Tensor) -> Tensor:
    """The own voice's past as training shows it: (N, voice_size) standardised, some hidden."""
    chance = torch.rand(3, len(voice), 1, device=voice.device)
    noise = chance[0] * VOICE_NOISE * (chance[1] < VOICE_BLURRED)
    return (voice + torch.randn_like(voice) * noise) * (chance[2] >= VOICE_HIDDEN)


def losses(
    model: InteractionModel, batch: Batch, device: torch.device, letters_weight: float,
    by: Forward | None = None, at: Glancing | None = None,
) -> Losses:  # fmt: skip
    """by: who computes the trunk and the text head, the model itself unless given. at: which
    pictures are to be asked about beside the batch."""
    by = by or model
    hidden, middle = by(to_row(batch, model, device))
    text, words, quiets = _text_loss(by, hidden, batch, device)
    letters = _letters_loss(model, middle, batch, device)
    voice, spelling = _voice_loss(model, hidden, batch, device)
    noticing = _noticing_loss(model, middle, batch, device)
    naming = letters_weight * letters + max(letters_weight, SPELLING_LEAST) * spelling
    total = text + naming + VOICE_WEIGHT * voice
    for block in model.trunk.blocks:
        if hasattr(block.mlp, "balance"):  # of the batch: glances would leave theirs there
            total = total + 0.01 * block.mlp.balance
    total = total + NOTICING_WEIGHT * noticing
    glancing = noting = hidden.sum() * 0.0
    if at is not None and at.glances:
        glancing, noting, naming = _glancing_losses(model, at, device)
        total = total + GLANCING_WEIGHT * glancing + NOTING_WEIGHT * (noting + naming)
    return Losses(total, text, letters, voice, spelling, noticing, glancing, noting, words, quiets)


def _glancing_losses(
    model: InteractionModel, at: Glancing, device: torch.device
) -> tuple[Tensor, Tensor, Tensor]:
    """Of what the middle of the trunk tells of each picture, of what is written of it, and of
    naming that in the middle."""
    batch = glance_batch(at.glances, model.config, at.tokenizer)
    row = to_row(batch, model, device)
    mask = window_mask(row.token, model.config, row.start)
    # Not as compiled: that is for rows of one length.
    hidden, middle, _ = model.trunk.forward(model.embed(row), row.token, row.turn, mask)
    told = model.glancing(picture_means(middle, batch)).float()
    looks = [look for glance in at.glances for look in glance.looks]
    noting, _, _ = _text_loss(model, hidden, batch, device)
    return told_loss(told, looks), noting, _noticing_loss(model, middle, batch, device)


def _text_loss(
    by: Forward, hidden: Tensor, batch: Batch, device: torch.device
) -> tuple[Tensor, Tensor, Tensor]:
    places = torch.as_tensor(batch.target_at).to(device)
    target = torch.as_tensor(batch.target).to(device).flatten()[places]
    logits = by.logits(hidden.flatten(0, 1)[places]).float()
    stream = torch.as_tensor(batch.stream).to(device).flatten()
    heard = stream[(places + 1).clamp(max=len(stream) - 1)] == Stream.HEARD
    weight = torch.where(heard, 1.0, DOING_WEIGHT)
    quiet_weight = torch.where(stream[places] == Stream.HEARD, 1.0, QUIET_WEIGHT)
    weight = torch.where(target == QUIET, quiet_weight, weight)
    loss = (F.cross_entropy(logits, target, reduction="none") * weight).sum() / weight.sum()
    right, quiet = logits.argmax(-1) == target, target == QUIET
    return loss, _share(right, ~quiet), _share(right, quiet)


def _share(right: Tensor, among: Tensor) -> Tensor:
    return (right & among).sum() / among.sum().clamp(min=1)


def _letters_loss(
    model: InteractionModel, middle: Tensor, batch: Batch, device: torch.device
) -> Tensor:
    places = torch.as_tensor(batch.audio_at).to(device)
    logits = model.letters(middle.flatten(0, 1)[places]).float()
    return _naming_loss(logits, torch.as_tensor(batch.letters).to(device))


def _noticing_loss(
    model: InteractionModel, middle: Tensor, batch: Batch, device: torch.device
) -> Tensor:
    if not len(batch.noticed_at):
        return middle.sum() * 0.0
    state = middle.flatten(0, 1)[torch.as_tensor(batch.noticed_at).to(device)]
    wanted = torch.as_tensor(batch.noticed).to(device)
    return F.cross_entropy(model.noticing(state).float(), wanted)


def _naming_loss(logits: Tensor, letters: Tensor) -> Tensor:
    """logits: (N, frames * classes); letters: (N, frames), where 0, no letter, weighs less."""
    target = letters.flatten()
    logits = logits.view(len(target), -1)
    weight = torch.ones(logits.shape[1], device=logits.device)
    weight[0] = 0.3
    return F.cross_entropy(logits, target, weight)


def _voice_loss(
    model: InteractionModel, hidden: Tensor, batch: Batch, device: torch.device
) -> tuple[Tensor, Tensor]:
    """Of the shares drawn, and of naming the letters they are to sound."""
    if not len(batch.drawn_at):
        return hidden.sum() * 0.0, hidden.sum() * 0.0
    state = hidden.flatten(0, 1)[torch.as_tensor(batch.drawn_at).to(device)]
    target = torch.as_tensor(batch.drawn).to(device)
    target = (target - model.flow.mean) / model.flow.deviation
    spelling = _naming_loss(
        model.spelling(state).float(), torch.as_tensor(batch.spelled).to(device)
    )
    return model.flow.loss(state, target, FLOW_DRAWS), spelling
