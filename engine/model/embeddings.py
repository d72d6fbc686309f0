"""Everything that enters the sequence, as vectors of the trunk's width. No encoder anywhere."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.model.config import ModelConfig, Stream
from engine.signal.mel import BINS, LEVELS


class AudioBag(nn.Module):
    """dMel frames to one token: the sum of one embedding per (frame, bin, level)."""

    rows: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.randn(config.audio_bag, config.width) * 0.02)
        rows = torch.arange(config.audio_frames * BINS) * LEVELS
        self.register_buffer("rows", rows, persistent=False)

    def forward(self, levels: Tensor) -> Tensor:
        """levels: (N, audio_frames, 80) integers 0..15 -> (N, width)."""
        bag = levels.reshape(levels.shape[0], -1).long() + self.rows
        return F.embedding_bag(bag, self.table, mode="sum")


class PatchStem(nn.Module):
    """40x40 patches to tokens: hMLP stem (Touvron et al., arXiv 2203.09795), strides 5, 4, 2.

    LayerNorm over channels stands where the paper has BatchNorm, so patches stay independent.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        width = config.patch_width
        self.first = nn.Conv2d(3, width, 5, 5)
        self.second = nn.Conv2d(width, width, 4, 4)
        self.third = nn.Conv2d(width, config.width, 2, 2)
        self.first_norm, self.second_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.row = nn.Parameter(torch.randn(config.patch_rows, config.width) * 0.02)
        self.column = nn.Parameter(torch.randn(config.patch_columns, config.width) * 0.02)

    def forward(self, pixels: Tensor, row: Tensor, column: Tensor) -> Tensor:
        """pixels: (N, 3, 40, 40) float in [-1, 1]; row, column: (N,) -> (N, width)."""
        x = F.gelu(_channel_norm(self.first(pixels), self.first_norm))  # (N, w, 8, 8)
        x = F.gelu(_channel_norm(self.second(x), self.second_norm))  # (N, w, 2, 2)
        x = self.third(x).flatten(1)  # (N, width)
        return x + self.row[row] + self.column[column]


def _channel_norm(x: Tensor, norm: nn.LayerNorm) -> Tensor:
    return norm(x.movedim(1, -1)).movedim(-1, 1)


class Embeddings(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.text = nn.Parameter(torch.randn(config.vocabulary, config.width) * 0.02)
        self.stream = nn.Parameter(torch.randn(len(Stream), config.width) * 0.02)
        self.audio = AudioBag(config)
        self.patches = PatchStem(config)
        self.voice = nn.Linear(config.voice_size, config.width)

    def text_tokens(self, ids: Tensor, stream: Tensor) -> Tensor:
        return self.text[ids] + self.stream[stream]

    def audio_tokens(self, levels: Tensor) -> Tensor:
        return self.audio(levels) + self.stream[Stream.AUDIO]

    def voice_tokens(self, voice: Tensor) -> Tensor:
        """voice: (N, voice_size) standardised mel -> (N, width)."""
        return self.voice(voice) + self.stream[Stream.VOICE]

    def patch_tokens(self, pixels: Tensor, row: Tensor, column: Tensor, stream: Tensor) -> Tensor:
        return self.patches(pixels, row, column) + self.stream[stream]
