"""The interaction model: embeddings, trunk and heads, trained together from scratch.

Whole rows are trained with `forward`; a session is advanced with `append`, a few tokens at a
time on a cache. Both run the same modules. How a micro-turn is laid out as tokens is told in
engine/training/sequence.py (for rows) and engine/runtime/session.py (for sessions).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor, nn

from engine.model.config import ModelConfig
from engine.model.embeddings import Embeddings
from engine.model.trunk import Past, Trunk, window_mask
from engine.model.voice import FlowHead
from engine.signal.mel import FRAMES_PER_TURN

# What training asks of a camera's picture: is anybody there, seven numbers of how, none to five
# fingers. Only what it learns by that is kept.
SIGHTS = 14


@dataclass
class PatchRow:
    """pixels: (Np, 3, 40, 40); row, column, stream and flat position at: (Np,)."""

    pixels: Tensor
    row: Tensor
    column: Tensor
    stream: Tensor
    at: Tensor


@dataclass
class Row:
    """A batch of token rows, B rows of T tokens.

    Every position holds one text, audio, voice or patch token. `text` and `stream` are (B, T);
    the other kinds name the flat positions (into B * T) where their embeddings go.
    """

    text: Tensor
    stream: Tensor
    token: Tensor
    turn: Tensor
    start: Tensor
    audio: Tensor  # (Na, audio_frames, 80) levels
    audio_at: Tensor  # (Na,)
    voice: Tensor  # (Nv, voice_size) standardised
    voice_at: Tensor  # (Nv,)
    patches: PatchRow | None = None


class Embedder(Protocol):
    """As `Embeddings` has them."""

    def text_tokens(self, ids: Tensor, stream: Tensor) -> Tensor: ...

    def audio_tokens(self, levels: Tensor) -> Tensor: ...

    def voice_tokens(self, voice: Tensor) -> Tensor: ...

    def patch_tokens(
        self, pixels: Tensor, row: Tensor, column: Tensor, stream: Tensor
    ) -> Tensor: ...


class InteractionModel(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embeddings = Embeddings(config)
        self.trunk = Trunk(config)
        self.text_head = nn.Linear(config.width, config.vocabulary, bias=False)
        self.flow = FlowHead(config)
        per_token = FRAMES_PER_TURN // config.audio_tokens
        self.letters = nn.Linear(config.width, per_token * config.letters)
        self.spelling = nn.Linear(config.width, config.voice_frames * config.letters)
        self.noticing = nn.Linear(config.width, config.vocabulary)
        self.glancing = nn.Linear(config.width, SIGHTS)
        _initialise(self)

    def forward(self, row: Row) -> tuple[Tensor, Tensor]:
        """Hidden states after the trunk and after `letters_layer` blocks, each (B, T, width)."""
        x = self.embed(row)
        mask = window_mask(row.token, self.config, row.start)
        hidden, middle, _ = self.trunk(x, row.token, row.turn, mask)
        return hidden, middle

    def embed(self, row: Row, by: Embedder | None = None) -> Tensor:
        """(B, T, width). by: who makes the tokens, the embeddings themselves unless given."""
        e, shape = by or self.embeddings, row.text.shape
        x = e.text_tokens(row.text, row.stream).flatten(0, 1)
        x = x.index_copy(0, row.audio_at, e.audio_tokens(row.audio).to(x.dtype))
        if len(row.voice_at):
            x = x.index_copy(0, row.voice_at, e.voice_tokens(row.voice).to(x.dtype))
        if row.patches is not None:
            p = row.patches
            tokens = e.patch_tokens(p.pixels, p.row, p.column, p.stream)
            x = x.index_copy(0, p.at, tokens.to(x.dtype))
        return x.view(*shape, -1)

    def logits(self, hidden: Tensor) -> Tensor:
        """(N, width) -> (N, vocabulary)."""
        logits: Tensor = self.text_head(hidden)
        return logits

    def append(
        self, x: Tensor, token: Tensor, turn: Tensor, past: Past | None
    ) -> tuple[Tensor, list[tuple[Tensor, Tensor]]]:
        """Advance by T embedded tokens on a cache that holds what is still visible.

        x: (B, T, width); past: per layer (keys, values), each (B, P, kv_heads, head_width),
        oldest first. Returns hidden (B, T, width) and the new keys and values.
        """
        length, behind = x.shape[1], 0 if past is None else past[0][0].shape[1]
        c = self.config
        query = torch.arange(length).view(-1, 1) + behind
        key = torch.arange(behind + length).view(1, -1)
        seen = (key <= query) & (query - key < c.window)
        sinks = torch.ones(length, c.sinks, dtype=torch.bool)
        mask = torch.cat([sinks, seen], 1).unsqueeze(0).to(x.device)
        hidden, _, new = self.trunk(x, token, turn, mask.expand(x.shape[0], -1, -1), past)
        return hidden, new


_STARTS_AT_ZERO = (
    "attention.out", "mlp.down", "letters", "spelling", "noticing", "glancing", "text_head", "leave"
)  # fmt: skip


def _initialise(model: nn.Module) -> None:
    """Normal weights scaled by fan-in; what ends a residual branch starts at zero."""
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and "modulate" not in name:
            nn.init.normal_(module.weight, std=module.in_features**-0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        if name.endswith(_STARTS_AT_ZERO):
            nn.init.zeros_(module.weight)
