"""The vocoder's network and synthesis in torch, for training.

The same arithmetic as engine.signal.vocoder, batched and differentiable. It knows nothing of
streaming state: a segment comes with its context frames, and pitch comes from outside, since
pulses do not pass gradients.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.signal import vocoder as v
from engine.signal.mel import BINS, HIGH_HZ, HOP, LOW_HZ


class Description(NamedTuple):
    """What the network says of each frame.

    pitch: (B, T, 96) scores. pulse: (B, T, 56), noise: (B, T, 32), log amplitude at each point.
    """

    pitch: Tensor
    pulse: Tensor
    noise: Tensor


class VocoderNetwork(nn.Module):
    """Causal convolutions from log-mel to pitch and envelopes."""

    def __init__(self) -> None:
        super().__init__()
        widths = [BINS] + [v.CHANNELS] * (len(v.DILATIONS) - 1)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(width, v.CHANNELS, v.KERNEL, dilation=dilation)
            for width, dilation in zip(widths, v.DILATIONS, strict=True)
        )
        self.out = nn.Linear(v.CHANNELS, v.OUTPUTS)
        self.skip = nn.Linear(BINS, v.OUTPUTS - v.PITCHES, bias=False)
        self._begin_near_the_mel()

    @torch.no_grad()
    def _begin_near_the_mel(self) -> None:
        """Start with envelopes that follow the mel spectrum, at about the right level."""
        self.out.weight.mul_(0.1)
        self.out.bias.zero_()
        pulse, noise = _nearest_bins(v.PULSE_POINTS), _nearest_bins(v.NOISE_POINTS)
        self.skip.weight.copy_(torch.from_numpy(np.concatenate([pulse, noise])))
        self.out.bias[v.PITCHES :] = -4.5

    def forward(self, log_mel: Tensor) -> Description:
        """log_mel: (B, CONTEXT + T, 80)."""
        hidden = (log_mel.transpose(1, 2) + 2.0) * 0.5
        for index, convolution in enumerate(self.convolutions):
            made = F.leaky_relu(convolution(hidden), v.SLOPE)
            hidden = made if index == 0 else hidden[..., -made.shape[-1] :] + made
        outputs = self.out(hidden.transpose(1, 2))
        pitch, envelopes = outputs.split([v.PITCHES, v.OUTPUTS - v.PITCHES], dim=-1)
        envelopes = envelopes + self.skip(log_mel[:, v.CONTEXT :])
        pulse, noise = envelopes.split([v.PULSE_POINTS, v.NOISE_POINTS], dim=-1)
        return Description(pitch, pulse, noise)


def _nearest_bins(points: int) -> np.ndarray:
    """Half the natural logarithm of power, averaged over the mel bins about each point."""
    low, high = np.log1p(LOW_HZ / 700.0), np.log1p(HIGH_HZ / 700.0)
    bins = np.linspace(low, high, BINS)
    places = np.linspace(0.0, np.log1p(8000.0 / 700.0), points)
    width = places[1] - places[0]
    near = np.exp(-(((bins - places[:, None]) / width) ** 2))
    return (near / near.sum(axis=1, keepdims=True) * (0.5 * np.log(10.0))).astype(np.float32)


def filters(frames: Description) -> tuple[Tensor, Tensor]:
    """Pulse and noise filter of each frame: (B, T, 513) complex each."""
    return _filter(frames.pulse), _filter(frames.noise)


def _filter(points: Tensor) -> Tensor:
    """(B, T, points) -> (B, T, 513); both parts of the logarithm are linear in the points."""
    basis = torch.from_numpy(v.envelope_basis(points.shape[-1])).to(points.device)
    bounded = points.clamp(v.QUIETEST, v.LOUDEST)
    return torch.polar(torch.exp(bounded @ basis.real), bounded @ basis.imag)


def synthesise(through: tuple[Tensor, Tensor], pulses: Tensor, noise: Tensor) -> Tensor:
    """The wave between the first and the last of T frame centres.

    through: as from `filters`. pulses, noise: (B, T - 1, 320). Returns (B, 320 (T - 1)); what
    rang before is not in it.
    """
    fades = torch.from_numpy(v.halves()).to(noise.device)
    sounds = torch.zeros((), device=noise.device)
    for spectrum, source in zip(through, (pulses, noise), strict=True):
        falling = torch.fft.rfft(source * fades[0], v.FFT) * spectrum[:, :-1]
        rising = torch.fft.rfft(source * fades[1], v.FFT) * spectrum[:, 1:]
        sounds = sounds + falling + rising
    return _overlap_add(torch.fft.irfft(sounds, v.FFT))


def _overlap_add(sounds: Tensor) -> Tensor:
    """(B, n, 1024) laid 320 samples apart -> (B, 320 n), the last ringing left out."""
    batch, blocks, _ = sounds.shape
    length = blocks * HOP + v.RINGING
    wave = F.fold(sounds.transpose(1, 2), (1, length), (1, v.FFT), stride=(1, HOP))
    return wave.reshape(batch, length)[:, : blocks * HOP]
