"""The names and shapes of a model's weights, from its configuration. Knows no torch.

What a checkpoint holds is compared with this before anything is computed with it; a test
compares this with the torch model.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.config import ModelConfig, Stream

Shape = tuple[int, ...]
TIME_FEATURES = 64


def weight_shapes(config: ModelConfig) -> dict[str, Shape]:
    """Every weight that a session needs, vocoder apart."""
    found = dict(_embeddings(config))
    for layer in range(config.layers):
        found |= {f"trunk.blocks.{layer}.{name}": shape for name, shape in _block(config)}
    found |= {"trunk.norm.weight": (config.width,)}
    found |= {"text_head.weight": (config.vocabulary, config.width)}
    return found | {f"flow.{name}": shape for name, shape in _flow(config)}


def _embeddings(c: ModelConfig) -> Iterator[tuple[str, Shape]]:
    yield "embeddings.text", (c.vocabulary, c.width)
    yield "embeddings.stream", (len(Stream), c.width)
    yield "embeddings.audio.table", (c.audio_bag, c.width)
    yield from _linear("embeddings.voice", c.voice_size, c.width)
    stem = "embeddings.patches"
    yield f"{stem}.row", (c.patch_rows, c.width)
    yield f"{stem}.column", (c.patch_columns, c.width)
    for name, inputs, outputs, size in (
        ("first", 3, c.patch_width, 5),
        ("second", c.patch_width, c.patch_width, 4),
        ("third", c.patch_width, c.width, 2),
    ):
        yield f"{stem}.{name}.weight", (outputs, inputs, size, size)
        yield f"{stem}.{name}.bias", (outputs,)
    for name in ("first_norm", "second_norm"):
        yield f"{stem}.{name}.weight", (c.patch_width,)
        yield f"{stem}.{name}.bias", (c.patch_width,)


def _block(c: ModelConfig) -> Iterator[tuple[str, Shape]]:
    heads, kv = c.heads * c.head_width, c.kv_heads * c.head_width
    yield "attention_norm.weight", (c.width,)
    yield "mlp_norm.weight", (c.width,)
    yield "attention.query.weight", (heads, c.width)
    yield "attention.key.weight", (kv, c.width)
    yield "attention.value.weight", (kv, c.width)
    yield "attention.out.weight", (c.width, heads)
    yield "attention.query_norm.weight", (c.head_width,)
    yield "attention.key_norm.weight", (c.head_width,)
    yield "attention.sink_key", (c.sinks, c.kv_heads, c.head_width - c.rotary)
    yield "attention.sink_value", (c.sinks, c.kv_heads, c.head_width)
    if c.experts:
        yield "mlp.router.weight", (c.experts, c.width)
        yield "mlp.up", (c.experts, c.width, c.mlp_width)
        yield "mlp.down", (c.experts, c.mlp_width, c.width)
    else:
        yield "mlp.up.weight", (c.mlp_width, c.width)
        yield "mlp.down.weight", (c.width, c.mlp_width)


def _flow(c: ModelConfig) -> Iterator[tuple[str, Shape]]:
    yield "mean", (c.voice_size,)
    yield "deviation", (c.voice_size,)
    yield from _linear("state", c.width, c.flow_width)
    yield from _linear("time", TIME_FEATURES, c.flow_width)
    yield from _linear("enter", c.voice_size, c.flow_width)
    yield from _linear("leave", c.flow_width, c.voice_size)
    for layer in range(c.flow_layers):
        yield from _linear(f"blocks.{layer}.modulate", c.flow_width, 3 * c.flow_width)
        yield from _linear(f"blocks.{layer}.up", c.flow_width, c.flow_width)
        yield from _linear(f"blocks.{layer}.down", c.flow_width, c.flow_width)


def _linear(name: str, inputs: int, outputs: int) -> Iterator[tuple[str, Shape]]:
    yield f"{name}.weight", (outputs, inputs)
    yield f"{name}.bias", (outputs,)
