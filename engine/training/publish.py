"""A training run becomes a checkpoint that sessions can load: one weight file, vocoder included."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError

from engine.model.checkpoint import CheckpointError, load_checkpoint, save_checkpoint
from engine.signal.vocoder import PREFIX, Vocoder, vocoder_weights


def publish(run: Path, vocoder: Path, out: Path, halfway_to: Path | None = None) -> Path:
    """Write a loadable checkpoint into directory `out`. Raises CheckpointError.

    vocoder: a file of its own, or another checkpoint's model.safetensors. halfway_to: a checkpoint
    that the run began from; then the mean of both is written. A short run forgets a little for what
    it learns, and the mean has most of both (Wortsman et al., arXiv 2109.01903).
    """
    trained = load_checkpoint(run)
    kept = {n: v for n, v in trained.weights.items() if not n.startswith(PREFIX)}
    if halfway_to is not None:
        kept = _mean(kept, load_checkpoint(halfway_to).weights, halfway_to)
    save_checkpoint(out, trained.config, trained.tokenizer, kept | throat(vocoder))
    return out


def _mean(
    ours: Mapping[str, np.ndarray], others: Mapping[str, np.ndarray], where: Path
) -> dict[str, np.ndarray]:
    """Raises CheckpointError where one of ours is missing there or of another shape."""
    for name, value in ours.items():
        if name not in others or others[name].shape != value.shape:
            raise CheckpointError(f"{where} has no {name} of shape {value.shape}: no mean of both")
    return {name: (value + others[name]) / 2 for name, value in ours.items()}


def throat(vocoder: Path) -> dict[str, np.ndarray]:
    """A vocoder's weights under their names in a checkpoint. Raises CheckpointError."""
    try:
        weights = vocoder_weights(vocoder)
        Vocoder(weights)
    except (OSError, ValueError, SafetensorError) as error:
        raise CheckpointError(
            f"{vocoder} holds no vocoder ({error}): give --vocoder a checkpoint's model.safetensors"
        ) from error
    return {f"{PREFIX}{name}": value for name, value in weights.items()}
