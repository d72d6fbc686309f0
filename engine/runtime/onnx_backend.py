"""The default backend: ONNX Runtime on the CPU, or on whatever provider this machine has."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence

# Before it is loaded, or it numbers this device and tells its makers what is run, and when.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime as ort

from engine.model.checkpoint import Checkpoint
from engine.model.positions import angles
from engine.runtime.backend import Listen, State, pairs
from engine.runtime.computing import ComputeError
from engine.runtime.folded import folded, packed, sinks
from engine.runtime.graphs import Build, GraphBuilder, step_graphs
from engine.runtime.ring import Ring, slack

LARGE_BYTES = 256 << 20
OUTPUTS = ["hidden", "logits", "keys", "values"]
Provider = str | tuple[str, dict[str, str]]
PROVIDERS = ("CUDAExecutionProvider", "CPUExecutionProvider")


def threads(kind: str, weights_bytes: int) -> int:
    """Two for a step that has enough to share out, and the rest of the machine for its user.

    A small model's steps of a few tokens are done an eighth sooner by two, in 23 ms of 200 where it
    speaks, and cost a seventh more of the cores, five times a second.
    """
    if kind != "look" and weights_bytes < LARGE_BYTES:
        return 1
    return max(1, min(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2))


def providers(device: str) -> list[Provider]:
    """What to ask for, the best first. Raises ComputeError when `device` is not among it."""
    kind, _, number = device.partition(":")
    here = [p for p in PROVIDERS if p in ort.get_available_providers()]
    wanted = {"auto": here, "cpu": here[-1:], "cuda": [p for p in here if p.startswith("CUDA")]}
    if not wanted.get(kind):
        known = ", ".join(_short(p).lower() for p in here)
        raise ComputeError(f"ONNX Runtime cannot use the device {device}; it has: {known}")
    if not number:
        return list(wanted[kind])
    return [(provider, {"device_id": number}) for provider in wanted[kind]]


class OnnxBackend:
    """Graphs for every step kind, sharing one set of weights."""

    def __init__(
        self, checkpoint: Checkpoint, device: str = "auto", precision: str = "fp32"
    ) -> None:
        """device: "auto" takes the first provider that is here, as any "cuda" does if there is one.
        precision: "fp32" or "int8"; "auto" for int8 where that is faster and fp32 elsewhere.

        Raises ComputeError when the device is not to be had.
        """
        self.config = checkpoint.config
        self.providers = providers(device)
        weights = folded(self.config, checkpoint.weights)
        size = sum(value.nbytes for value in weights.values())
        if precision == "int8" or (precision == "auto" and self._multiplies_bytes()):
            weights = packed(weights)
        self._sinks = sinks(self.config, weights)
        self._values = {
            name: ort.OrtValue.ortvalue_from_numpy(value) for name, value in weights.items()
        }
        shapes = {name: value.shape for name, value in weights.items()}
        ring = checkpoint.config.window + slack(checkpoint.config)
        self._sessions = {
            kind: self._session(build, GraphBuilder(kind, shapes), threads(kind, size))
            for kind, build in step_graphs(checkpoint.config, ring).items()
        }
        self._empty_voice = np.zeros((0, checkpoint.config.voice_size), np.float32)
        rough = " int8" if any(name.endswith(".bytes") for name in weights) else ""
        self.name = f"onnxruntime {ort.__version__} {self._in_use()}{rough}"

    def _multiplies_bytes(self) -> bool:
        """Whether it was measured that products of bytes are faster here, and cost nothing that
        matters: on processors with AVX-512 and with AVX2 (LOG.md, 2026-11-27)."""
        here = platform.machine() in ("x86_64", "AMD64")
        return here and self.providers[0] == "CPUExecutionProvider"

    def _in_use(self) -> str:
        """The provider that computes: what was asked for may have been refused at load."""
        used = {_short(session.get_providers()[0]) for session in self._sessions.values()}
        first = self.providers[0]
        asked = _short(first if isinstance(first, str) else first[0])
        refused = "" if used == {asked} else f" ({asked} is installed and could not be used)"
        return " and ".join(sorted(used)) + refused

    def _session(self, build: Build, builder: GraphBuilder, count: int) -> ort.InferenceSession:
        model = build(builder)
        weights = {name: self._values[name] for name in sorted(builder.weights)}
        return session(model.SerializeToString(), count, self.providers, weights)

    def cache(self) -> Ring:
        return Ring(self.config, self._sinks)

    def listen(self, cache: Ring, turn: int, step: Listen) -> State:
        pending, pending_stream = pairs([step.pending] if step.pending else [])
        text, text_stream = pairs(step.text)
        voice = step.pending_voice
        feeds = {
            "pending": pending, "pending_stream": pending_stream,
            "pending_voice": self._empty_voice if voice is None else voice[None],
            "audio": step.audio.reshape(self.config.audio_tokens, -1).astype(np.int64),
            "text": text, "text_stream": text_stream,
        }  # fmt: skip
        behind = len(pending) + (voice is not None)
        new = behind + self.config.audio_tokens + len(text)
        if step.patches is None:
            return self._advance("listen", cache, turn, new, feeds, behind)
        p = step.patches
        feeds |= {"pixels": p.pixels, "patch_row": p.row, "patch_column": p.column}
        feeds["patch_stream"] = p.stream
        return self._advance("look", cache, turn, new + len(p.row), feeds, behind)

    def token(self, cache: Ring, turn: int, token: int, stream: int) -> State:
        ids, streams = pairs([(token, stream)])
        return self._advance("token", cache, turn, 1, {"text": ids, "text_stream": streams})

    def voice(self, cache: Ring, turn: int, share: np.ndarray) -> State:
        return self._advance("voice", cache, turn, 1, {"voice": share[None]})

    def draw(self, hidden: np.ndarray, noise: np.ndarray) -> np.ndarray:
        feeds = {"hidden": hidden[None], "noise": noise[None]}
        share: np.ndarray = self._sessions["flow"].run(["share"], feeds)[0]
        return share[0]

    def _advance(
        self, kind: str, cache: Ring, turn: int, new: int, feeds: Mapping[str, np.ndarray],
        behind: int = 0,
    ) -> State:  # fmt: skip
        """Run `new` tokens; the first `behind` of them belong to the micro-turn before."""
        turns = np.full(new, turn, np.int64)
        turns[:behind] -= 1
        angle = angles(self.config, cache.count + np.arange(new), turns)
        full = {**feeds, **_held(cache), "mask": cache.mask(new)}
        full |= {"cos": np.cos(angle).astype(np.float32), "sin": np.sin(angle).astype(np.float32)}
        hidden, logits, keys, values = self._sessions[kind].run(OUTPUTS, full)
        cache.append(self._by_layer(keys), self._by_layer(values))
        return State(hidden[0], logits[0])

    def _by_layer(self, made: np.ndarray) -> np.ndarray:
        """(layers * kv_heads, ...) -> (layers, kv_heads, ...)."""
        return made.reshape(self.config.layers, self.config.kv_heads, *made.shape[1:])


def session(
    model: bytes, count: int, providers: Sequence[Provider] = PROVIDERS[-1:],
    weights: Mapping[str, ort.OrtValue] | None = None,
) -> ort.InferenceSession:  # fmt: skip
    """Of a serialised graph, on `count` threads that sleep while they have nothing to do.

    weights: what the graph leaves to be bound, by name.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = count
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if weights:
        options.add_external_initializers(list(weights), list(weights.values()))
    return ort.InferenceSession(model, options, providers=list(providers))


def _short(provider: str) -> str:
    return provider.removesuffix("ExecutionProvider")


def _held(cache: Ring) -> dict[str, np.ndarray]:
    """The ring as the graphs' inputs: each layer's keys and values, not copied."""
    held = {f"key_{layer}": key for layer, key in enumerate(cache.keys)}
    return held | {f"value_{layer}": value for layer, value in enumerate(cache.values)}
