"""A training run becomes a checkpoint that sessions can load: one weight file, vocoder included."""

from __future__ import annotations

from pathlib import Path

from engine.model.checkpoint import load_checkpoint, save_checkpoint
from engine.signal.vocoder import PREFIX, vocoder_weights


def publish(run: Path, vocoder: Path, out: Path) -> Path:
    """Write a loadable checkpoint into directory `out`.

    vocoder: a file of its own, or another checkpoint's model.safetensors.
    """
    trained = load_checkpoint(run)
    throat = {f"{PREFIX}{name}": value for name, value in vocoder_weights(vocoder).items()}
    kept = {n: v for n, v in trained.weights.items() if not n.startswith(PREFIX)}
    save_checkpoint(out, trained.config, trained.tokenizer, kept | throat)
    return out
