"""A checkpoint directory: config.json, tokenizer.json, model.safetensors. Knows no torch.

Weights are stored as float16 and computed in float32. What only training needs (the heads that
name letters and what is seen) is not stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from engine.model.config import ModelConfig
from engine.model.shapes import weight_shapes
from engine.model.tokenizer import Tokenizer

CONFIG, TOKENIZER, WEIGHTS = "config.json", "tokenizer.json", "model.safetensors"
TRAINING_ONLY = ("letters.", "spelling.", "noticing.", "glancing.")
Part = TypeVar("Part")


class CheckpointError(Exception):
    """A checkpoint is missing, damaged or made by another version."""


@dataclass(frozen=True)
class Checkpoint:
    """weights: float32 arrays by the names of engine.model.interaction's parameters."""

    directory: Path
    config: ModelConfig
    tokenizer: Tokenizer
    weights: Mapping[str, np.ndarray]


def save_checkpoint(
    directory: Path, config: ModelConfig, tokenizer: Tokenizer, weights: Mapping[str, np.ndarray]
) -> None:
    """What was there stays until the new weights are whole. Raises OSError."""
    directory.mkdir(parents=True, exist_ok=True)
    kept = {
        name: np.ascontiguousarray(value, np.float16)
        for name, value in weights.items()
        if not name.startswith(TRAINING_ONLY)
    }
    partial = directory / "model.partial"
    try:
        save_file(kept, partial)
    except SafetensorError as error:  # its word for a disk that takes no more
        raise OSError(f"{partial} could not be written: is the disk full?") from error
    partial.rename(directory / WEIGHTS)
    config.save(directory / CONFIG)
    tokenizer.save(directory / TOKENIZER)


def load_checkpoint(directory: Path) -> Checkpoint:
    """Raises CheckpointError, saying which file is wrong and what to do."""
    for name in (CONFIG, TOKENIZER, WEIGHTS):
        if not (directory / name).is_file():
            raise CheckpointError(
                f"there is no {name} in {directory}: give the directory of a checkpoint, or run "
                f"`git checkout assets/nano` to have the shipped one back"
            )
    config = _read(directory / CONFIG, ModelConfig.load)
    tokenizer = _read(directory / TOKENIZER, lambda path: _tokenizer(path, config))
    weights = _read(directory / WEIGHTS, lambda path: _weights(path, config))
    return Checkpoint(directory, config, tokenizer, weights)


def _read(path: Path, read: Callable[[Path], Part]) -> Part:
    try:
        return read(path)
    except Exception as error:  # the tokenizer library raises bare Exception
        raise unusable(path, error) from error


def unusable(path: Path, fault: Exception) -> CheckpointError:
    return CheckpointError(
        f"{path} cannot be used: {str(fault)[:300]}. Fetch the checkpoint again, or run "
        f"`git checkout assets/nano` if it is the shipped one"
    )


def _tokenizer(path: Path, config: ModelConfig) -> Tokenizer:
    tokenizer = Tokenizer.load(path)
    if len(tokenizer) > config.vocabulary:
        raise ValueError(f"it has {len(tokenizer)} tokens, the model {config.vocabulary}")
    return tokenizer


def _weights(path: Path, config: ModelConfig) -> dict[str, np.ndarray]:
    """float32, each with the shape that the configuration asks for."""
    weights = {n: np.ascontiguousarray(w, np.float32) for n, w in load_file(path).items()}
    for name, shape in weight_shapes(config).items():
        if name not in weights:
            raise ValueError(f"it lacks {name}")
        if weights[name].shape != shape:
            raise ValueError(f"{name} has shape {weights[name].shape}, {CONFIG} asks for {shape}")
    for name, value in weights.items():
        if not np.isfinite(value).all():
            raise ValueError(f"{name} holds numbers that are not finite")
    return weights
