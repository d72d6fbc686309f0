"""Stretches of the own voice as the vocoder meets them: any loudness, frames made worse.

The input is blurred and roughened at random, since at run time it comes from a small flow model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.signal import vocoder as v
from engine.signal.mel import CEILING, FLOOR, HOP
from engine.training.vocoder.speech import FINE_HOP, Utterance

FRAMES = 48
BATCH = 12
ROUGHNESS = 0.15
QUIETEST_GAIN = 0.2
BEGINNINGS = 0.15  # share of segments heard as if the voice had just begun
FINE = HOP // FINE_HOP  # pulses to learn from follow pitch more finely than frames do


@dataclass(frozen=True)
class Batch:
    """log_mel (B, 12 + T, 80) as the network sees it; log_f0, voiced (B, 4 T); wave (B, 320 T)."""

    log_mel: Tensor
    log_f0: Tensor
    voiced: Tensor
    wave: Tensor

    def to(self, device: torch.device) -> Batch:
        return Batch(*(part.to(device) for part in vars(self).values()))


def segment(utterance: Utterance, chance: np.random.Generator) -> tuple[np.ndarray, ...]:
    """A random stretch of one utterance at a random loudness, its frames made worse."""
    first = int(chance.integers(-4, max(1, len(utterance.power) - FRAMES + 4)))
    rows = np.arange(first - v.CONTEXT, first + FRAMES)
    inside = (rows >= 0) & (rows < len(utterance.power))
    gain = np.exp(chance.uniform(np.log(QUIETEST_GAIN), 0.0))
    log_mel = np.full((len(rows), utterance.power.shape[1]), FLOOR, np.float32)
    log_mel[inside] = utterance.power[rows[inside]] + 2.0 * np.log10(gain)
    if chance.random() < BEGINNINGS:
        log_mel[: v.CONTEXT] = FLOOR
    wave = np.zeros((len(rows), HOP), np.float32)
    wave[inside] = utterance.wave.reshape(-1, HOP)[rows[inside]] * gain
    fine = np.arange(first * FINE, (first + FRAMES) * FINE)
    near = np.clip(fine, 0, len(utterance.log_f0) - 1)
    heard = worsen(np.clip(log_mel, FLOOR, CEILING), chance)
    voiced = utterance.voiced[near] & (near == fine)
    return heard, utterance.log_f0[near], voiced, wave[v.CONTEXT :].ravel()


def worsen(log_mel: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Blur along frequency and white roughness, as much as chance says: a flow model's faults."""
    blur = max(0.0, chance.uniform(-0.5, 0.5))
    beside = np.pad(log_mel, ((0, 0), (1, 1)), mode="edge")
    log_mel = (1 - blur) * log_mel + blur * 0.5 * (beside[:, :-2] + beside[:, 2:])
    rough = chance.uniform(0.0, ROUGHNESS) * chance.standard_normal(log_mel.shape)
    return np.clip(log_mel + rough, FLOOR, CEILING).astype(np.float32)


def batches(speech: list[Utterance], chance: np.random.Generator) -> Iterator[Batch]:
    length = np.array([len(utterance.power) for utterance in speech], float)
    while True:
        chosen = chance.choice(len(speech), BATCH, p=length / length.sum())
        parts = zip(*(segment(speech[index], chance) for index in chosen), strict=True)
        yield Batch(*(torch.from_numpy(np.stack(part)) for part in parts))
