"""From the wave to an audio token: windowed transform, mel, logarithm, levels, sum of embeddings.

The transform of a frame is a product with cosines and sines that have the window in them; only
frequencies that some mel filter asks for are computed, a group of filters at a time, so neither
spectrum, mel nor levels ever reach memory. A program makes one group's share of one token; shares
are added from the lowest group to the highest, so a token is the same in every batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import triton
import triton.language as tl
from torch import Tensor

FLOOR, CEILING, LEVELS = -6.0, 3.0, 16
GROUP, FREQUENCIES, INNER, FRAMES, COLUMNS = 16, 32, 64, 16, 64


@dataclass(frozen=True)
class Front:
    """cosines, sines: (frequencies, window), the window in them. filters: (frequencies, bins).
    begins, ends: the frequencies that each group of filters asks for. frames: of a token."""

    cosines: Tensor
    sines: Tensor
    filters: Tensor
    begins: Tensor
    ends: Tensor
    window: Tensor
    size: int
    hop: int
    frames: int


def front(window: Tensor, filters: Tensor, hop: int, frames: int) -> Front:
    """window: (samples,); filters: (size / 2 + 1, bins), mel filters over a transform of `size`
    samples. bins is a multiple of GROUP, samples one of INNER, frames at most FRAMES."""
    count, bins = filters.shape
    if bins % GROUP or len(window) % INNER or frames > FRAMES:
        raise ValueError(f"{bins} filters, {len(window)} samples, {frames} frames do not fit")
    size = 2 * (count - 1)
    # Whole samples turn whole steps of the circle: so the angle is exact before it is a cosine.
    steps = torch.arange(count)[:, None] * torch.arange(len(window)) % size
    angle = steps.double() * (2 * torch.pi / size)
    cosines, sines = (f(angle) * window.cpu().double() for f in (torch.cos, torch.sin))
    asked = (filters.cpu() > 0).view(count, -1, GROUP).any(2).long()  # (frequencies, groups)
    begins, ends = asked.argmax(0), count - asked.flip(0).argmax(0)

    def there(part: Tensor) -> Tensor:
        return part.to(filters.device).contiguous()

    return Front(
        there(cosines.float()), there(sines.float()), there(filters), there(begins), there(ends),
        there(window), size, hop, frames,
    )  # fmt: skip


def power(wave: Tensor, front: Front) -> Tensor:
    """Mel power by the fast transform: (N, samples) -> (N, frames, bins)."""
    windows = wave.unfold(1, len(front.window), front.hop) * front.window
    spectrum = torch.fft.rfft(windows, front.size)
    return (spectrum.real.square() + spectrum.imag.square()) @ front.filters


def levels(power: Tensor) -> Tensor:
    """dMel levels 0..15 of mel power."""
    logarithm = power.clamp(min=10.0**FLOOR).log10().clamp(FLOOR, CEILING)
    return ((logarithm - FLOOR) * (LEVELS / (CEILING - FLOOR))).clamp(max=LEVELS - 1).long()


def reference(wave: Tensor, table: Tensor, front: Front) -> Tensor:
    """wave: (N, samples) float32; table: (frames * bins * 16, width). Returns (N * tokens, width)
    float32, a token for each `front.frames` frames."""
    mel = power(wave, front)
    entries = front.frames * mel.shape[2]
    rows = torch.arange(entries, device=wave.device) * LEVELS
    return table[levels(mel).view(-1, entries) + rows].float().sum(1)


@triton.jit
def _kernel(
    wave, table, cosines, sines, filters, begins, ends, shares,
    samples, window, hop, count, bins, tokens, frames, width, groups,
    GROUP: tl.constexpr, FREQUENCIES: tl.constexpr, INNER: tl.constexpr,
    FRAMES: tl.constexpr, COLUMNS: tl.constexpr,
):  # fmt: skip
    token, group = tl.program_id(0), tl.program_id(1)
    frame = tl.arange(0, FRAMES)
    mel = group * GROUP + tl.arange(0, GROUP)
    start = (token // tokens) * samples + ((token % tokens) * frames + frame) * hop
    power = tl.zeros((FRAMES, GROUP), tl.float32)
    for lowest in range(tl.load(begins + group), tl.load(ends + group), FREQUENCIES):
        frequency = lowest + tl.arange(0, FREQUENCIES)
        real = tl.zeros((FRAMES, FREQUENCIES), tl.float32)
        imaginary = tl.zeros((FRAMES, FREQUENCIES), tl.float32)
        for first in range(0, window, INNER):
            k = first + tl.arange(0, INNER)
            sound = tl.load(
                wave + start[:, None] + k[None, :], mask=frame[:, None] < frames, other=0.0
            )
            place, there = frequency[None, :] * window + k[:, None], frequency[None, :] < count
            cosine = tl.load(cosines + place, mask=there, other=0.0)
            sine = tl.load(sines + place, mask=there, other=0.0)
            real += tl.dot(sound, cosine, input_precision="ieee")
            imaginary += tl.dot(sound, sine, input_precision="ieee")
        passed = tl.load(
            filters + frequency[:, None] * bins + mel[None, :],
            mask=frequency[:, None] < count, other=0.0,
        )  # fmt: skip
        squared = real * real + imaginary * imaginary
        power += tl.dot(squared, passed, input_precision="ieee")
    logarithm = tl.log2(tl.maximum(power, 1e-6)) * 0.30102999566398120
    logarithm = tl.minimum(tl.maximum(logarithm, -6.0), 3.0)
    level = tl.minimum((logarithm + 6.0) * (16 / 9), 15.0).to(tl.int32)
    _share(level, table, shares + (token * groups + group) * width, mel, bins, frames, width,
           FRAMES, COLUMNS)  # fmt: skip


@triton.jit
def _share(
    level, table, share, mel, bins, frames, width, FRAMES: tl.constexpr, COLUMNS: tl.constexpr
):
    """The sum of the embeddings of one group's levels, (FRAMES, GROUP), frame after frame."""
    frame = tl.arange(0, FRAMES)
    for left in range(0, width, COLUMNS):
        column = left + tl.arange(0, COLUMNS)
        total = tl.zeros((COLUMNS,), tl.float32)
        for which in range(frames):
            own = tl.sum(tl.where(frame[:, None] == which, level, 0), 0)
            row = (which * bins + mel) * 16 + own
            part = tl.load(
                table + row[:, None] * width + column[None, :],
                mask=column[None, :] < width, other=0.0,
            )  # fmt: skip
            total += tl.sum(part.to(tl.float32), 0)
        tl.store(share + column, total, mask=column < width)


@triton.jit
def _bag_kernel(
    levels, table, shares, bins, frames, width, groups,
    GROUP: tl.constexpr, FRAMES: tl.constexpr, COLUMNS: tl.constexpr,
):  # fmt: skip
    """What `_kernel` ends with, of levels that are known."""
    token, group = tl.program_id(0), tl.program_id(1)
    frame = tl.arange(0, FRAMES)
    mel = group * GROUP + tl.arange(0, GROUP)
    level = tl.load(
        levels + (token * frames + frame[:, None]) * bins + mel[None, :],
        mask=frame[:, None] < frames, other=0,
    )  # fmt: skip
    _share(level, table, shares + (token * groups + group) * width, mel, bins, frames, width,
           FRAMES, COLUMNS)  # fmt: skip


@triton.jit
def _join_kernel(shares, out, width, groups, COLUMNS: tl.constexpr):
    token = tl.program_id(0)
    column = tl.program_id(1) * COLUMNS + tl.arange(0, COLUMNS)
    total = tl.zeros((COLUMNS,), tl.float32)
    for group in range(groups):
        place = (token * groups + group) * width + column
        total += tl.load(shares + place, mask=column < width, other=0.0)
    tl.store(out + token * width + column, total, mask=column < width)


def front_end(wave: Tensor, table: Tensor, front: Front) -> Tensor:
    """As `reference`, but for powers within rounding of a level's edge."""
    (rows, samples), width = wave.shape, table.shape[1]
    window, (count, bins) = len(front.window), front.filters.shape
    tokens = ((samples - window) // front.hop + 1) // front.frames
    groups = bins // GROUP
    shares = wave.new_empty(rows * tokens * groups, width)
    _kernel[(rows * tokens, groups)](
        wave.contiguous(), table, front.cosines, front.sines, front.filters, front.begins,
        front.ends, shares, samples, window, front.hop, count, bins, tokens, front.frames,
        width, groups, GROUP=GROUP, FREQUENCIES=FREQUENCIES, INNER=INNER, FRAMES=FRAMES,
        COLUMNS=COLUMNS,
    )  # fmt: skip
    return _joined(shares, width, groups)


def bag(levels: Tensor, table: Tensor) -> Tensor:
    """The tokens that `front_end` would make of a wave with these levels, bit for bit.

    levels: (N, frames, bins) of 0..15; table: (frames * bins * 16, width). Returns (N, width).
    """
    (count, frames, bins), width = levels.shape, table.shape[1]
    groups = bins // GROUP
    shares = table.new_empty(count * groups, width)
    _bag_kernel[(count, groups)](
        levels.int().contiguous(), table, shares, bins, frames, width, groups,
        GROUP=GROUP, FRAMES=FRAMES, COLUMNS=COLUMNS,
    )  # fmt: skip
    return _joined(shares, width, groups)


def _joined(shares: Tensor, width: int, groups: int) -> Tensor:
    """(N * groups, width) -> (N, width)."""
    count = len(shares) // groups
    out = shares.new_empty(count, width)
    _join_kernel[(count, triton.cdiv(width, COLUMNS))](shares, out, width, groups, COLUMNS=COLUMNS)
    return out
