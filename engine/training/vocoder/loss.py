"""How far the vocoder is from the voice: in pitch, and by ear.

Pitch is a choice among a grid, taught by our autocorrelation tracker. The envelopes are taught by
ear: the spectrograms of what they make, at several window lengths, are compared with those of the
voice by the energy distance of Gritsenko et al. (arXiv 2008.01160), which also pushes two tries
with different noise apart, so that breath stays breath instead of being averaged away.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.model.vocoder_torch import Description, filters, synthesise
from engine.signal import vocoder as v
from engine.signal.mel import HOP
from engine.training.vocoder.batches import FINE, FRAMES, Batch
from engine.training.vocoder.speech import FINE_HOP

WINDOWS = (1024, 512, 256)


def pitch_loss(scores: Tensor, log_f0: Tensor, voiced: Tensor) -> Tensor:
    """Cross-entropy against a bump about the true pitch; gaps without voice count a tenth."""
    grid = torch.from_numpy(v.pitch_grid()).to(scores.device, torch.float32)
    width = grid[1] - grid[0]
    bump = torch.softmax(-0.5 * ((log_f0[..., None] - grid) / width) ** 2, dim=-1)
    each = F.cross_entropy(scores.flatten(0, 1), bump.flatten(0, 1), reduction="none")
    return (each * torch.where(voiced, 1.0, 0.1).flatten()).mean()


def spectra(wave: Tensor) -> list[Tensor]:
    """Magnitudes of (B, n) at every window length."""
    window = {size: torch.hann_window(size, device=wave.device) for size in WINDOWS}
    return [
        torch.stft(
            wave, size, size // 4, window=window[size], center=False, return_complex=True
        ).abs()
        for size in WINDOWS
    ]


def distance(ours: list[Tensor], theirs: list[Tensor], scale: list[Tensor]) -> Tensor:
    """Mean difference of the logarithms, and of the magnitudes in units of `scale`."""
    total = torch.zeros((), device=ours[0].device)
    for a, b, unit in zip(ours, theirs, scale, strict=True):
        logarithmic = (torch.log(a + 1e-3) - torch.log(b + 1e-3)).abs().mean()
        total = total + logarithmic + ((a - b).abs().mean(dim=(1, 2)) / unit).mean()
    return total / len(WINDOWS)


def sound_loss(frames: Description, batch: Batch, chance: np.random.Generator) -> Tensor:
    """Energy distance between two tries and the voice, over what both have in full."""
    through = filters(frames)
    tries = [spectra(_attempt(through, batch, chance)) for _ in range(2)]
    true = spectra(batch.wave[:, 2 * HOP : -HOP])
    scale = [magnitude.mean(dim=(1, 2)) + 1e-2 for magnitude in true]
    near = distance(tries[0], true, scale) + distance(tries[1], true, scale)
    return near - distance(tries[0], tries[1], scale)


def _attempt(through: tuple[Tensor, Tensor], batch: Batch, chance: np.random.Generator) -> Tensor:
    """One wave, with a phase and a noise of its own, without the two blocks where it starts."""
    device = batch.wave.device
    log_f0 = batch.log_f0[:, : 1 - FINE].cpu().numpy().astype(np.float64)
    combs = [v.pulses(row, chance.uniform(0, 2 * np.pi), FINE_HOP)[0] for row in log_f0]
    noise = chance.standard_normal((len(log_f0), FRAMES - 1, HOP), np.float32)
    comb = np.stack(combs).reshape(noise.shape)
    sources = (torch.from_numpy(part).to(device) for part in (comb, noise))
    return synthesise(through, *sources)[:, 2 * HOP :]
