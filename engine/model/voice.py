"""The flow head: draws the next share of the own voice's mel frames from the trunk's state.

Flow matching (Lipman et al., arXiv 2210.02747) on straight paths from noise to mel. The head
predicts the clean mel rather than the velocity (Li and He, arXiv 2511.13720): a share has 400
numbers, more than the head is wide, but they lie close to a much smaller surface.
"""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.model.config import ModelConfig

_AT_NOISE = 0.15


class AdaBlock(nn.Module):
    """Residual MLP whose norm is shifted, scaled and gated by the condition."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.modulate = nn.Linear(width, 3 * width)
        self.up, self.down = nn.Linear(width, width), nn.Linear(width, width)
        nn.init.zeros_(self.modulate.weight)
        nn.init.zeros_(self.modulate.bias)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        shift, scale, gate = self.modulate(condition).chunk(3, -1)
        y = F.layer_norm(x, (x.shape[-1],)) * (1 + scale) + shift
        return x + gate * self.down(F.silu(self.up(y)))


class FlowHead(nn.Module):
    mean: Tensor
    deviation: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        width = config.flow_width
        self.config = config
        self.state = nn.Linear(config.width, width)
        self.time = nn.Linear(64, width)
        self.enter = nn.Linear(config.voice_size, width)
        self.blocks = nn.ModuleList(AdaBlock(width) for _ in range(config.flow_layers))
        self.leave = nn.Linear(width, config.voice_size)
        self.register_buffer("mean", torch.zeros(config.voice_size))
        self.register_buffer("deviation", torch.ones(config.voice_size))

    def clean(self, x: Tensor, time: Tensor, hidden: Tensor) -> Tensor:
        """The clean share that `x` at `time` (N,) in [0, 1] is on its way to: (N, voice_size)."""
        condition = F.silu(self.state(hidden) + self.time(time_features(time)))
        y = self.enter(x)
        for block in self.blocks:
            y = block(y, condition)
        return self.leave(F.silu(F.layer_norm(y, (y.shape[-1],))))

    def loss(self, hidden: Tensor, target: Tensor, draws: int) -> Tensor:
        """Error of the clean share, `draws` noise draws per hidden state.

        Times are logit-normal, shifted towards noise as in `ModelConfig.flow_times` (Esser et al.,
        arXiv 2403.03206), and some are noise itself: there only the condition tells what to draw.
        hidden: (N, width); target: (N, voice_size) standardised mel.
        """
        hidden, target = hidden.repeat(draws, 1), target.repeat(draws, 1)
        chance = torch.rand(len(target), device=target.device)
        time = torch.sigmoid(torch.randn_like(chance) - math.log(self.config.flow_shift))
        time = time * (chance >= _AT_NOISE)
        noise = torch.randn_like(target)
        x = time[:, None] * target + (1 - time[:, None]) * noise
        error = self.clean(x, time, hidden) - target
        return (error.square().mean(-1) / (1 - time).clamp(min=0.1)).mean()

    def draw(self, hidden: Tensor, noise: Tensor) -> Tensor:
        """Euler steps from noise to a share. hidden: (N, width), noise: (N, voice_size)."""
        x, times = noise, self.config.flow_times
        for begin, end in pairwise(times):
            time = torch.full((len(x),), begin, device=x.device)
            ahead = (end - begin) / (1.0 - begin)
            x = x + ahead * (self.clean(x, time, hidden) - x)
        return x

    def standardise(self, mel: Tensor) -> Tensor:
        """log mel (..., voice_frames, 80) -> (..., voice_size) of zero mean, unit variance."""
        return (mel.flatten(-2) - self.mean) / self.deviation


def time_features(time: Tensor) -> Tensor:
    """(N,) in [0, 1] -> (N, 64) cosines and sines."""
    rates = torch.exp(torch.arange(32, device=time.device) * (math.log(1000.0) / 31))
    phase = time[:, None] * rates
    return torch.cat([phase.cos(), phase.sin()], -1)
