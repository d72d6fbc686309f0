"""Weights as steps want them: a few of the checkpoint's, joined when a model is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.model.config import ModelConfig

Weights = dict[str, Any]
BLOCK, FINEST, ZERO = 128, 127.0, 128


def folded(
    config: ModelConfig,
    weights: Mapping[str, Any],
    join: Callable[[list[Any]], Any] = np.concatenate,
) -> Weights:
    """The same weights, with each layer's projections joined to one and its norms to one.

    Arrays, or with `join` their like (tensors by `torch.cat`), float32 all.
    query_key_value: ((heads + 2 kv_heads) * head_width, width). query_key_norm: (heads +
    kv_heads, 1, head_width), the queries' with the scale of attention in it.
    """
    made = dict(weights)
    for layer in range(config.layers):
        name = f"trunk.blocks.{layer}.attention"
        parts = [made.pop(f"{name}.{part}.weight") for part in ("query", "key", "value")]
        made[f"{name}.query_key_value.weight"] = join(parts)
        made[f"{name}.query_key_norm"] = join(_norms(config, name, made))
    return made


def is_matrix(name: str) -> bool:
    """Whether a step multiplies with it, and so reads all of it: what smaller numbers make faster.

    What meets the world (embeddings, patches, voice, the flow head) is none: it is small.
    """
    if name == "text_head.weight":
        return True
    parts = ("query_key_value.weight", "out.weight", "mlp.up.weight", "mlp.down.weight",
             "mlp.up", "mlp.down")  # fmt: skip
    return name.startswith("trunk.blocks.") and name.endswith(parts)


def packed(weights: Mapping[str, np.ndarray]) -> Weights:
    """The same weights, with each matrix that can be in bytes, as ONNX Runtime's MatMulNBits wants
    them: `NAME.bytes` (columns, blocks, BLOCK) uint8, 128 for nothing, and `NAME.scales` (columns *
    blocks,), by which a step of a byte is multiplied. Experts' matrices stay as they are.
    """
    made: Weights = {}
    for name, value in weights.items():
        if not is_matrix(name) or value.ndim != 2 or value.shape[1] % BLOCK:
            made[name] = value
            continue
        blocks = value.reshape(len(value), -1, BLOCK)
        scales = np.maximum(np.abs(blocks).max(-1), 1e-12) / FINEST
        steps = np.rint(blocks / scales[..., None]) + ZERO
        made[f"{name}.bytes"] = steps.astype(np.uint8)
        made[f"{name}.scales"] = scales.astype(np.float32).reshape(-1)
    return made


def _norms(config: ModelConfig, name: str, weights: Weights) -> list[Any]:
    """One a head, (1, 1, head_width) each."""
    query = weights.pop(f"{name}.query_norm.weight") * config.head_width**-0.5
    key = weights.pop(f"{name}.key_norm.weight")
    return [one[None, None] for one in [query] * config.heads + [key] * config.kv_heads]


def sinks(
    config: ModelConfig, weights: Mapping[str, np.ndarray]
) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each layer the sinks' keys (kv_heads, head_width, sinks) and values (kv_heads, sinks,
    head_width). Their keys are zero in the dimensions that positions turn."""
    made = []
    for layer in range(config.layers):
        name = f"trunk.blocks.{layer}.attention"
        key, value = weights[f"{name}.sink_key"], weights[f"{name}.sink_value"]
        free = np.pad(key, ((0, 0), (0, 0), (config.rotary, 0)))
        made.append((free.transpose(1, 2, 0), value.transpose(1, 0, 2)))
    return made
