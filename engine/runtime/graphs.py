"""The model as ONNX graphs, one per step kind, built at load from the configuration.

The graphs carry no weights: every weight is a named initializer that the backend binds to the
one array loaded from the checkpoint. Sequences are (n, width); there is no batch dimension.

Attention never copies the cache: scores against the cache and against the new tokens are computed
apart, concatenated (they are small), normalised together and applied apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, helper

from engine.model.config import ModelConfig, Stream
from engine.signal.mel import BINS, LEVELS

OPSET = 18
CONTRIB = "com.microsoft"
_EXTERNAL = "bound-at-load"


class GraphBuilder:
    """Appends nodes and keeps track of which weights they name."""

    def __init__(self, name: str, shapes: dict[str, tuple[int, ...]]) -> None:
        self.name, self._shapes = name, shapes
        self.weights: set[str] = set()
        self._nodes: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []
        self._constants: list[Any] = []
        self._names: dict[str, str] = {}
        self._count = 0

    def input(self, name: str, shape: Sequence[int | str], kind: int = TensorProto.FLOAT) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, value: str, name: str) -> None:
        """Offer a value under a name. It may still be read in the graph."""
        self._names[value] = name
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))

    def op(self, kind: str, *inputs: str, outputs: int = 0, **attributes: Any) -> Any:
        """One node; returns its output's name, or a list when `outputs` are asked for."""
        names = [f"{kind}_{self._count}_{i}" for i in range(max(1, outputs))]
        self._count += 1
        self._nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names if outputs else names[0]

    def weight(self, name: str) -> str:
        if name not in self._shapes:
            raise ValueError(f"the checkpoint lacks {name}, which graph {self.name} needs")
        self.weights.add(name)
        return name

    def constant(self, value: Any, dtype: type = np.float32) -> str:
        array: np.ndarray = np.asarray(value, dtype)
        name = f"constant_{self._count}"
        self._count += 1
        kind = helper.np_dtype_to_tensor_dtype(array.dtype)
        self._constants.append(helper.make_tensor(name, kind, array.shape, array.tobytes(), True))
        return name

    def integers(self, *values: int) -> str:
        return self.constant(values, np.int64)

    def linear(self, x: str, name: str, bias: bool = False) -> str:
        if f"{name}.weight.bytes" in self._shapes:
            return self._packed_linear(x, f"{name}.weight")
        inputs = [x, self.weight(f"{name}.weight")]
        if bias:
            inputs.append(self.weight(f"{name}.bias"))
        return str(self.op("Gemm", *inputs, transB=1))

    def _packed_linear(self, x: str, name: str) -> str:
        """By a matrix of bytes (`folded.packed`), x rounded to bytes too: level 4."""
        columns, blocks, block = self._shapes[f"{name}.bytes"]
        return str(
            self.op(
                "MatMulNBits", x, self.weight(f"{name}.bytes"), self.weight(f"{name}.scales"),
                domain=CONTRIB, K=blocks * block, N=columns, bits=8, block_size=block,
                accuracy_level=4,
            )
        )  # fmt: skip

    def model(self) -> ModelProto:
        weights = [self._placeholder(name) for name in sorted(self.weights)]
        for node in self._nodes:
            for names in (node.input, node.output):
                names[:] = [self._names.get(name, name) for name in names]
        graph = helper.make_graph(
            self._nodes, self.name, self._inputs, self._outputs, weights + self._constants
        )
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)],
            ir_version=9,
        )

    def _placeholder(self, name: str) -> Any:
        tensor = TensorProto(
            name=name, dims=self._shapes[name], data_location=TensorProto.EXTERNAL,
            data_type=TensorProto.UINT8 if name.endswith(".bytes") else TensorProto.FLOAT,
        )  # fmt: skip
        tensor.external_data.add(key="location", value=_EXTERNAL)
        return tensor


def rms_norm(b: GraphBuilder, x: str, name: str) -> str:
    weight = b.weight(f"{name}.weight")
    return str(b.op("SimplifiedLayerNormalization", x, weight, axis=-1, epsilon=1e-6))


def layer_norm(b: GraphBuilder, x: str, scale: str, bias: str) -> str:
    return str(b.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-5))


class TrunkGraph:
    """Adds the trunk to a graph whose sequence embeddings are already there.

    Small nodes cost more than small sums: one product makes queries, keys and values, one norm
    and one rotation serve queries and keys, and the sinks lie in the ring's first slots.
    """

    def __init__(self, b: GraphBuilder, config: ModelConfig, ring: int) -> None:
        self.b, self.c, self.held = b, config, config.sinks + ring
        self.group = config.heads // config.kv_heads
        self.cos, self.sin = (b.input(name, ["n", config.rotary // 2]) for name in ("cos", "sin"))
        mask = b.input("mask", ["n", "visible"])
        self.mask = str(b.op("Concat", *[mask] * self.group, axis=0))  # a row for each query
        self.keys: list[str] = []
        self.values: list[str] = []
        self.start, self.ones = b.integers(0), b.constant(np.ones(config.head_width))
        new = b.op("Gather", b.op("Shape", mask), b.integers(0), axis=0)
        self.parts = str(b.op("Concat", b.integers(self.held), new, axis=0))

    def add(self, x: str) -> str:
        """x: (n, width) embeddings -> (n, width) hidden states."""
        y = ""
        for layer in range(self.c.layers):
            name = f"trunk.blocks.{layer}"
            x, z = self._add_and_norm(x, y, f"{name}.attention_norm")
            x, z = self._add_and_norm(x, self._attention(z, layer), f"{name}.mlp_norm")
            y = self._experts(z, f"{name}.mlp") if self.c.experts else self._mlp(z, f"{name}.mlp")
        for name, made in (("keys", self.keys), ("values", self.values)):
            self.b.output(self.b.op("Concat", *made, axis=0), name)  # (layers * kv, ...)
        return self._add_and_norm(x, y, "trunk.norm")[1]

    def _add_and_norm(self, x: str, y: str, name: str) -> tuple[str, str]:
        """x + y (only x where y is nothing yet), and its norm."""
        if not y:
            return x, rms_norm(self.b, x, name)
        weight = self.b.weight(f"{name}.weight")
        made = self.b.op(
            "SkipSimplifiedLayerNormalization", x, y, weight,
            outputs=4, epsilon=1e-6, domain=CONTRIB,
        )  # fmt: skip
        return made[3], made[0]

    def _attention(self, x: str, layer: int) -> str:
        b, c, name = self.b, self.c, f"trunk.blocks.{layer}.attention"
        q, k, v = self._queries_keys_values(x, name)
        k = b.op("Transpose", k, perm=[0, 2, 1])  # (kv, head_width, n)
        self.keys.append(k)
        self.values.append(v)
        past_k = b.input(f"key_{layer}", [c.kv_heads, c.head_width, self.held])
        past_v = b.input(f"value_{layer}", [c.kv_heads, self.held, c.head_width])
        scores = b.op("Concat", b.op("MatMul", q, past_k), b.op("MatMul", q, k), axis=-1)
        share = b.op("Softmax", b.op("Add", scores, self.mask), axis=-1)
        old, new = b.op("Split", share, self.parts, outputs=2, axis=-1)
        y = b.op("Add", b.op("MatMul", old, past_v), b.op("MatMul", new, v))
        y = b.op("Reshape", y, b.integers(c.heads, -1, c.head_width))
        y = b.op("Reshape", b.op("Transpose", y, perm=[1, 0, 2]), b.integers(0, -1))
        return b.linear(y, f"{name}.out")

    def _queries_keys_values(self, x: str, name: str) -> tuple[str, str, str]:
        """(kv, group * n, head_width), and twice (kv, n, head_width); rotated and scaled."""
        b, c = self.b, self.c
        turned, kv = c.heads + c.kv_heads, c.kv_heads
        y = b.linear(x, f"{name}.query_key_value")
        y = b.op("Reshape", y, b.integers(-1, turned + kv, c.head_width))
        y = b.op("Transpose", y, perm=[1, 0, 2])  # (heads, n, head_width)
        qk, v = b.op("Split", y, b.integers(turned, kv), outputs=2, axis=0)
        qk = b.op("SimplifiedLayerNormalization", qk, self.ones, axis=-1, epsilon=1e-6)
        qk = b.op("Mul", qk, b.weight(f"{name}.query_key_norm"))
        qk = b.op(
            "RotaryEmbedding", qk, self.start, self.cos, self.sin,
            num_heads=1, rotary_embedding_dim=c.rotary, domain=CONTRIB,
        )  # fmt: skip
        q, k = b.op("Split", qk, b.integers(c.heads, kv), outputs=2, axis=0)
        return b.op("Reshape", q, b.integers(kv, -1, c.head_width)), k, v

    def _mlp(self, x: str, name: str) -> str:
        b = self.b
        hidden = b.op("Relu", b.linear(x, f"{name}.up"))
        return b.linear(str(b.op("Mul", hidden, hidden)), f"{name}.down")

    def _experts(self, x: str, name: str) -> str:
        """Gather the chosen experts' matrices and do matrix-vector products."""
        b, c = self.b, self.c
        scores = b.op("Softmax", b.linear(x, f"{name}.router"), axis=-1)
        weight, chosen = b.op("TopK", scores, b.integers(c.experts_used), outputs=2, axis=-1)
        total = b.op("ReduceSum", weight, b.integers(-1), keepdims=1)
        weight = b.op("Unsqueeze", b.op("Div", weight, total), b.integers(2, 3))
        up = b.op("Gather", b.weight(f"{name}.up"), chosen, axis=0)  # (n, used, width, mlp)
        down = b.op("Gather", b.weight(f"{name}.down"), chosen, axis=0)
        hidden = b.op("Relu", b.op("MatMul", b.op("Unsqueeze", x, b.integers(1, 2)), up))
        y = b.op("MatMul", b.op("Mul", hidden, hidden), down)  # (n, used, 1, width)
        return str(b.op("ReduceSum", b.op("Mul", y, weight), b.integers(1, 2), keepdims=0))


class EmbeddingGraph:
    """Adds the embeddings of each kind of token; all return (count, width)."""

    def __init__(self, b: GraphBuilder, config: ModelConfig) -> None:
        self.b, self.c = b, config

    def text(self, ids: str, streams: str) -> str:
        b = self.b
        token = b.op("Gather", b.weight("embeddings.text"), ids, axis=0)
        return str(b.op("Add", token, b.op("Gather", b.weight("embeddings.stream"), streams)))

    def audio(self, levels: str) -> str:
        """levels: (tokens, frames * 80) int64."""
        b, c = self.b, self.c
        rows = b.constant(np.arange(c.audio_frames * BINS) * LEVELS, np.int64)
        bag = b.op("Gather", b.weight("embeddings.audio.table"), b.op("Add", levels, rows))
        token = b.op("ReduceSum", bag, b.integers(1), keepdims=0)
        return str(b.op("Add", token, self._stream(Stream.AUDIO)))

    def voice(self, share: str) -> str:
        token = self.b.linear(share, "embeddings.voice", bias=True)
        return str(self.b.op("Add", token, self._stream(Stream.VOICE)))

    def patches(self, pixels: str, row: str, column: str, streams: str) -> str:
        """pixels: (count, 3, 40, 40) float in [-1, 1]."""
        b, name = self.b, "embeddings.patches"
        x = self._convolve(pixels, f"{name}.first", 5, f"{name}.first_norm")
        x = self._convolve(x, f"{name}.second", 4, f"{name}.second_norm")
        x = self._convolve(x, f"{name}.third", 2, None)
        x = b.op("Reshape", x, b.integers(-1, self.c.width))
        x = b.op("Add", x, b.op("Gather", b.weight(f"{name}.row"), row))
        x = b.op("Add", x, b.op("Gather", b.weight(f"{name}.column"), column))
        return str(b.op("Add", x, b.op("Gather", b.weight("embeddings.stream"), streams)))

    def _convolve(self, x: str, name: str, stride: int, norm: str | None) -> str:
        b, size = self.b, [stride, stride]
        weight, bias = b.weight(f"{name}.weight"), b.weight(f"{name}.bias")
        x = b.op("Conv", x, weight, bias, kernel_shape=size, strides=size)
        if norm is None:
            return x
        x = b.op("Transpose", x, perm=[0, 2, 3, 1])
        x = layer_norm(b, x, b.weight(f"{norm}.weight"), b.weight(f"{norm}.bias"))
        half = b.op("Mul", x, b.constant(0.5))
        erf = b.op("Erf", b.op("Mul", x, b.constant(2**-0.5)))
        x = b.op("Mul", half, b.op("Add", erf, b.constant(1.0)))
        return str(b.op("Transpose", x, perm=[0, 3, 1, 2]))

    def _stream(self, stream: Stream) -> str:
        index = self.b.constant(int(stream), np.int64)
        return str(self.b.op("Gather", self.b.weight("embeddings.stream"), index, axis=0))


def _finish(b: GraphBuilder, config: ModelConfig, x: str, ring: int) -> ModelProto:
    hidden = TrunkGraph(b, config, ring).add(x)
    last = b.op("Gather", hidden, b.integers(-1), axis=0)  # (1, width)
    b.output(last, "hidden")
    b.output(b.linear(last, "text_head"), "logits")
    return b.model()


def _int64(b: GraphBuilder, name: str, *shape: int | str) -> str:
    return b.input(name, list(shape), TensorProto.INT64)


def listen_graph(b: GraphBuilder, config: ModelConfig, ring: int, look: bool) -> ModelProto:
    """The input of a micro-turn: what was pending, audio, patches if `look`, typed text."""
    e, parts = EmbeddingGraph(b, config), []
    parts.append(e.text(_int64(b, "pending", "p"), _int64(b, "pending_stream", "p")))
    parts.append(e.voice(b.input("pending_voice", ["v", config.voice_size])))
    parts.append(e.audio(_int64(b, "audio", config.audio_tokens, config.audio_frames * BINS)))
    if look:
        pixels = b.input("pixels", ["f", 3, config.patch, config.patch])
        places = [_int64(b, name, "f") for name in ("patch_row", "patch_column", "patch_stream")]
        parts.append(e.patches(pixels, *places))
    parts.append(e.text(_int64(b, "text", "t"), _int64(b, "text_stream", "t")))
    return _finish(b, config, str(b.op("Concat", *parts, axis=0)), ring)


def token_graph(b: GraphBuilder, config: ModelConfig, ring: int) -> ModelProto:
    """One output token."""
    x = EmbeddingGraph(b, config).text(_int64(b, "text", 1), _int64(b, "text_stream", 1))
    return _finish(b, config, x, ring)


def voice_graph(b: GraphBuilder, config: ModelConfig, ring: int) -> ModelProto:
    """One own-voice token."""
    x = EmbeddingGraph(b, config).voice(b.input("voice", [1, config.voice_size]))
    return _finish(b, config, x, ring)


def flow_graph(b: GraphBuilder, config: ModelConfig) -> ModelProto:
    """hidden (1, width) and noise (1, voice_size) to the next standardised share of mel.

    What only depends on the time and the hidden state is computed for all steps at once.
    """
    state = b.linear(b.input("hidden", [1, config.width]), "flow.state", bias=True)
    x, times = b.input("noise", [1, config.voice_size]), config.flow_times
    begins = b.constant(np.stack([time_features(time) for time in times[:-1]]))
    condition = _silu(b, b.op("Add", state, b.linear(begins, "flow.time", bias=True)))
    modulations = [_modulation(b, config, layer, condition) for layer in range(config.flow_layers)]
    for step, (begin, end) in enumerate(pairwise(times)):
        clean = _clean(b, config, x, [modulation[step] for modulation in modulations])
        ahead = b.constant((end - begin) / (1.0 - begin))
        x = b.op("Add", x, b.op("Mul", b.op("Sub", clean, x), ahead))
    b.output(x, "share")
    return b.model()


Modulation = tuple[str, str, str]


def _modulation(b: GraphBuilder, config: ModelConfig, layer: int, x: str) -> list[Modulation]:
    """For each step, (scale + 1, shift, gate) of a layer, each (1, flow_width)."""
    made = b.linear(x, f"flow.blocks.{layer}.modulate", bias=True)  # (steps, 3 * flow_width)
    shift, scale, gate = b.op("Split", made, outputs=3, axis=-1, num_outputs=3)
    scale, steps = b.op("Add", scale, b.constant(1.0)), config.flow_steps
    rows = [
        b.op("Split", part, outputs=steps, axis=0, num_outputs=steps)
        for part in (scale, shift, gate)
    ]
    return list(zip(*rows, strict=True))


def _clean(b: GraphBuilder, config: ModelConfig, x: str, modulations: list[Modulation]) -> str:
    y = b.linear(x, "flow.enter", bias=True)
    for layer, (scale, shift, gate) in enumerate(modulations):
        name = f"flow.blocks.{layer}"
        z = layer_norm(b, y, scale, shift)
        z = b.linear(_silu(b, b.linear(z, f"{name}.up", bias=True)), f"{name}.down", bias=True)
        y = b.op("Add", y, b.op("Mul", gate, z))
    ones, zeros = (b.constant(np.full(config.flow_width, value)) for value in (1.0, 0.0))
    return b.linear(_silu(b, layer_norm(b, y, ones, zeros)), "flow.leave", bias=True)


def _silu(b: GraphBuilder, x: str) -> str:
    return str(b.op("Mul", x, b.op("Sigmoid", x)))


def time_features(time: float) -> np.ndarray:
    """The flow head's view of a time in [0, 1]: (64,) float32."""
    phase = time * np.exp(np.arange(32) * (np.log(1000.0) / 31))
    return np.concatenate([np.cos(phase), np.sin(phase)]).astype(np.float32)


Build = Callable[[GraphBuilder], ModelProto]


def step_graphs(config: ModelConfig, ring: int) -> dict[str, Build]:
    """One graph per step kind."""
    return {
        "listen": lambda b: listen_graph(b, config, ring, look=False),
        "look": lambda b: listen_graph(b, config, ring, look=True),
        "token": lambda b: token_graph(b, config, ring),
        "voice": lambda b: voice_graph(b, config, ring),
        "flow": lambda b: flow_graph(b, config),
    }
