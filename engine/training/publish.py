"""A training run becomes a checkpoint that sessions can load: one weight file, vocoder included."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors import SafetensorError

from engine.model.checkpoint import CheckpointError, load_checkpoint, save_checkpoint
from engine.signal.vocoder import PREFIX, Vocoder, vocoder_weights


def publish(run: Path, vocoder: Path, out: Path) -> Path:
    """Write a loadable checkpoint into directory `out`. Raises CheckpointError.

    vocoder: a file of its own, or another checkpoint's model.safetensors.
    """
    trained = load_checkpoint(run)
    kept = {n: v for n, v in trained.weights.items() if not n.startswith(PREFIX)}
    save_checkpoint(out, trained.config, trained.tokenizer, kept | throat(vocoder))
    return out


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
