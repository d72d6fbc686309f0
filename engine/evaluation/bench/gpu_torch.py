"""One part of the figures of a GPU, as JSON lines: `python -m engine.evaluation.bench.gpu_torch
PART`. What runs on a CUDA device runs on a processor too, small and by plain torch: so it is
rehearsed before a GPU is there.

The limit that a micro-turn is held against is the time in which the device copies as many bytes as
its steps must read: what the trunk and the text head multiply with, and of a mixture the experts
that its tokens touch. What pads them is not counted, nor embeddings, caches and the flow head.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.microturn import TURN_S, TURN_SAMPLES
from engine.model.checkpoint import load_checkpoint
from engine.model.config import ModelConfig, Stream
from engine.model.interaction import InteractionModel
from engine.model.interaction import Row as RowOfTokens
from engine.model.tokenizer import CONTROLS, QUIET, SPEAK
from engine.runtime import Computing, shipped
from engine.runtime.backend import Ask, Listen
from engine.runtime.torch_batched import BatchedBackend, from_checkpoint, usable
from engine.runtime.torch_operations import PlainOperations, Span
from engine.runtime.torch_recorder import Recorder
from engine.runtime.torch_weights import Matrix, from_tensors, random
from engine.signal.mel import BINS, OVERLAP
from engine.training.aligned import Aligned

Row = dict[str, Any]
WORDS = 3  # that a speaking micro-turn writes before it speaks
LIMIT_MS = 150.0
DRAWS = 8  # of experts, one after the other: those of one would be found in the device's cache

NANO = ModelConfig()
B3 = ModelConfig(
    name="3b", width=1024, layers=16, heads=16, kv_heads=4, head_width=64, mlp_width=512,
    experts=176, experts_used=15, letters_layer=8,
)  # fmt: skip
B30 = ModelConfig(
    name="30b", width=2048, layers=48, heads=32, kv_heads=4, head_width=128, mlp_width=1152,
    experts=128, experts_used=9, rotary=96, letters_layer=8,
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """Where and how much is measured. copied: bytes of the copy that tells the bandwidth."""

    device: str = "cuda"
    kernels: bool = True
    turns: int = 200
    copied: int = 1 << 30
    most: int = 512
    nano: ModelConfig = NANO
    small: ModelConfig = B3
    large: ModelConfig = B30

    def backend(
        self, config: ModelConfig, precision: str = "bf16", slots: int = 1,
        kernels: bool | None = None,
    ) -> BatchedBackend:  # fmt: skip
        """Random weights of a configuration, made on the device."""
        gc.collect()  # the backend before holds itself in cycles, and may fill the device
        where = usable(self.device)
        use = self.kernels if kernels is None else kernels
        computing = Computing("torch", precision, self.device, slots, use)
        config = replace(config, text_out=WORDS)
        with torch.inference_mode():
            weights = random(config, precision, where)
        return BatchedBackend(config, weights, where, computing)


class Loaded:
    """A backend with sessions that do as they are told, all on every micro-turn."""

    def __init__(self, backend: BatchedBackend, sessions: int, speaks: bool) -> None:
        self.backend, self.turns, self.turn = backend, backend.turns, 0
        self.caches = [backend.cache() for _ in range(sessions)]
        self.tell(speaks)
        c = backend.config
        self._noise = np.ones((c.voice_tokens, c.voice_size), np.float32)
        chance = np.random.default_rng(0)
        self._wave = chance.normal(0, 0.1, OVERLAP + TURN_SAMPLES).astype(np.float32)

    def tell(self, speaks: bool) -> None:
        """All of the backend's sessions from now on: quiet, or words to the budget and speak."""
        may = self.turns.grammar.may
        with torch.inference_mode():
            may.zero_()
            may[:6, SPEAK if speaks else QUIET] = True  # no room for more
            if speaks:
                may[6:, len(CONTROLS) :] = True
            else:
                may[6:, QUIET] = True

    def step(self) -> None:
        given = Listen(self._wave, (QUIET, int(Stream.CONTROL)))
        ask = Ask(self.turn, given, False, self._noise)
        with torch.inference_mode():
            self.turns.advance([(cache, ask) for cache in self.caches])
        self.turn += 1

    def milliseconds(self, turns: int) -> list[float]:
        """Of each micro-turn, from being asked to the answer on the host; a few go before."""
        took = []
        for index in range(turns + 3):
            began = time.perf_counter()
            self.step()
            if index >= 3:
                took.append(1e3 * (time.perf_counter() - began))
        return took

    def bytes(self) -> int:
        """What the steps of one micro-turn must read."""
        read = _Reading(self.turns.network.operations)
        records, self.turns.recorder.records = self.turns.recorder.records, False
        read.start()
        try:
            self.step()
        finally:
            read.stop()
            self.turns.recorder.records = records
        return read.bytes


class _Reading:
    """Counts bytes of matrices and touched experts while it stands in the operations."""

    def __init__(self, operations: PlainOperations) -> None:
        self._operations = operations
        self.bytes = 0
        self._real = torch.zeros(0, dtype=torch.bool)

    def start(self) -> None:
        o = self._operations
        sight, product, scores, inner = o.sight, o.product, o.scores, o.experts

        def stood(span: Span, capacity: int) -> Tensor | None:
            steps = torch.arange(span.cos.shape[1], device=span.length.device)
            self._real = (steps < span.length[:, None]).flatten()
            return sight(span, capacity)

        def multiplied(
            x: Tensor, by: Matrix, squared: bool = False, to: Tensor | None = None
        ) -> Tensor:
            self.bytes += by.bytes
            return product(x, by, squared, to)

        def scored(x: Tensor, router: Tensor) -> Tensor:
            self.bytes += router.nbytes
            return scores(x, router)

        def touched(x: Tensor, up: Matrix, down: Matrix, chosen: Tensor, share: Tensor) -> Tensor:
            one = (up.bytes + down.bytes) // len(up.weight)
            self.bytes += one * int(chosen[self._real].unique().numel())
            return inner(x, up, down, chosen, share)

        o.sight, o.product = stood, multiplied  # type: ignore[method-assign]
        o.scores, o.experts = scored, touched  # type: ignore[method-assign]

    def stop(self) -> None:
        for name in ("sight", "product", "scores", "experts"):
            delattr(self._operations, name)  # the class's own again


def bandwidth(stage: Stage) -> float:
    """Bytes a second that the device reads and writes when it copies, the best of some."""
    one = torch.zeros(stage.copied, dtype=torch.uint8, device=stage.device)
    other = torch.empty_like(one)
    took = [_seconds(lambda: other.copy_(one), stage.device) for _ in range(8)]
    return 2 * stage.copied / min(took)


def _seconds(work: Callable[[], Any], device: str, times: int = 1) -> float:
    _wait(device)
    began = time.perf_counter()
    for _ in range(times):
        work()
    _wait(device)
    return (time.perf_counter() - began) / times


def _wait(device: str) -> None:
    if device.startswith("cuda"):
        torch.cuda.synchronize()


def latency(stage: Stage, config: ModelConfig, precisions: tuple[str, ...]) -> Iterator[Row]:
    """Quiet and speaking micro-turns of one session against the limit."""
    speed = bandwidth(stage)
    for precision in precisions:
        backend = stage.backend(config, precision)
        for speaks in (False, True):
            loaded = Loaded(backend, 1, speaks)
            limit_ms = 1e3 * loaded.bytes() / speed
            took = loaded.milliseconds(stage.turns)
            yield {
                "what": "micro-turn", "model": config.name, "precision": precision,
                "load": "speaking" if speaks else "listening", "turns": len(took),
                "p50_ms": _p(took, 50), "p95_ms": _p(took, 95), "limit_ms": round(limit_ms, 4),
                "over_limit": round(_p(took, 50) / limit_ms, 2), "gb_per_s": round(speed / 1e9, 1),
                "computes": backend.name,
            }  # fmt: skip
            del loaded
        del backend


@dataclass(frozen=True)
class _Draw:
    """Tokens of one layer, and the experts that they go through."""

    x: Tensor
    chosen: Tensor
    share: Tensor

    @classmethod
    def of(cls, stage: Stage, tokens: int, seed: int) -> _Draw:
        config, device = stage.large, stage.device
        chance = torch.Generator(device).manual_seed(seed)
        x = torch.randn(tokens, config.width, device=device, generator=chance)
        scores = torch.randn(tokens, config.experts, device=device, generator=chance)
        share, chosen = scores.softmax(-1).topk(config.experts_used, -1)
        return cls(x.to(torch.bfloat16), chosen, share)


@torch.inference_mode()
def experts(stage: Stage) -> Iterator[Row]:
    """One layer of the large mixture at 1 to 8 tokens: gathered, grouped, and the limit. Recorded
    both, as in a micro-turn: what the host takes to launch them is not theirs."""
    backend, speed = stage.backend(replace(stage.large, layers=1)), bandwidth(stage)
    network = backend.turns.network
    up, down = (network._matrices[f"trunk.blocks.0.mlp.{part}"] for part in ("up", "down"))
    one = (up.bytes + down.bytes) // len(up.weight)

    def gathered(d: _Draw) -> Tensor:
        return network.operations.experts(d.x, up, down, d.chosen, d.share)

    def ordered(d: _Draw) -> Tensor:
        return grouped(d.x, up.weight, down.weight, d.chosen, d.share)

    for tokens in range(1, 9):
        draws = [_Draw.of(stage, tokens, DRAWS * tokens + index) for index in range(DRAWS)]
        apart = (gathered(draws[0]) - ordered(draws[0])).norm() / gathered(draws[0]).norm()
        took = [1e3 * _recorded(work, draws, stage) for work in (gathered, ordered)]
        touched = sum(int(d.chosen.unique().numel()) for d in draws) / DRAWS
        yield {
            "what": "experts", "tokens": tokens, "gathered_ms": round(took[0], 4),
            "grouped_ms": round(took[1], 4), "ratio": round(took[1] / took[0], 2),
            "limit_ms": round(1e3 * one * touched / speed, 4), "touched": touched,
            "apart": round(float(apart), 5),
        }  # fmt: skip


def _recorded(work: Callable[[_Draw], Any], draws: list[_Draw], stage: Stage) -> float:
    """Seconds that the work on one draw takes."""
    recorder = Recorder(usable(stage.device))

    def all_of_them() -> None:
        for draw in draws:
            work(draw)

    if recorder.lacks("all"):
        recorder.record("all", all_of_them)
    times = max(3, stage.turns // 4)
    spent = _seconds(lambda: recorder.run("all", all_of_them), stage.device, times)
    return spent / len(draws)


def grouped(x: Tensor, up: Tensor, down: Tensor, chosen: Tensor, share: Tensor) -> Tensor:
    """The same by torch's grouped product: tokens sorted by expert, each expert's rows at once.
    Asks the host nothing, where that product does not (from capability 9.0 on)."""
    used = chosen.shape[1]
    flat, order = chosen.flatten().sort(stable=True)
    every = torch.arange(len(up), device=x.device)
    ends = torch.searchsorted(flat, every, right=True).to(torch.int32)
    product = getattr(F, "grouped_mm", None) or torch._grouped_mm  # as older torch calls it
    hidden = F.relu(product(x[order // used], up, offs=ends)).square()
    y = product(hidden, down, offs=ends).float() * share.flatten()[order, None]
    return torch.zeros(len(x), y.shape[1], device=x.device).index_add(0, order // used, y)


def invariance(stage: Stage) -> Iterator[Row]:
    """Kernels that compute each row alike, against plain torch, which need not: taking turns."""
    for config in (stage.nano, stage.small):
        for sessions in (1, 8):
            ours = stage.backend(config, "bf16", sessions)
            plain = stage.backend(config, "bf16", sessions, False)
            if config.experts:
                _by_groups(plain)
            both = [Loaded(backend, sessions, True) for backend in (ours, plain)]
            took: list[list[float]] = [[], []]
            for _ in range(4):
                for mine, loaded in zip(took, both, strict=True):
                    mine += loaded.milliseconds(max(1, stage.turns // 8))
            invariant_ms, plain_ms = (_p(each, 50) for each in took)
            yield {
                "what": "invariance", "model": config.name, "sessions": sessions,
                "turns": len(took[0]), "invariant_p50_ms": invariant_ms, "plain_p50_ms": plain_ms,
                "cost": round(invariant_ms / plain_ms - 1, 4), "goal_cost": 0.05,
            }  # fmt: skip


def _by_groups(backend: BatchedBackend) -> None:
    """Plain torch at its best: it multiplies with a mixture's experts where they lie, by groups,
    instead of fetching them first."""

    def by_groups(x: Tensor, up: Matrix, down: Matrix, chosen: Tensor, share: Tensor) -> Tensor:
        return grouped(x, up.weight, down.weight, chosen, share)

    backend.turns.network.operations.experts = by_groups  # type: ignore[method-assign]
    backend.turns.recorder = Recorder(backend.device)
    with torch.inference_mode():
        backend.turns.record()


@torch.inference_mode()
def bits(stage: Stage) -> Iterator[Row]:
    """Whether batch 1 is batch N, a whole row its tokens one by one, and training what sessions do,
    in every bit."""
    for precision in ("fp32", "bf16", "int8"):
        alone, many = (stage.backend(stage.nano, precision, 8) for _ in range(2))
        one, crowd = Loaded(alone, 1, True), Loaded(many, 8, True)
        for _ in range(4):
            one.step()
            crowd.step()
        same = all(
            torch.equal(getattr(alone.turns, part)[0], getattr(many.turns, part)[7])
            for part in ("hidden", "logits", "shares")
        )
        chunks = torch.equal(_row(alone, 1, (40,)), _row(alone, 2, (3, 1, 35, 1)))
        yield {
            "what": "bits", "precision": precision, "batch_of_1_is_batch_of_8": same,
            "whole_row_is_its_chunks": chunks, "computes": alone.name,
            "training_is_streaming": _trained(stage, precision),
        }  # fmt: skip


def _trained(stage: Stage, precision: str) -> bool:
    """Whether training goes forward as a session does, in every bit: hidden states and logits of a
    row of 40 tokens, of it and of its chunks."""
    where = usable(stage.device)
    model = InteractionModel(stage.nano).to(where)
    chance = torch.Generator(where).manual_seed(4)
    for parameter in model.parameters():  # some begin at zero, and would hide what they are not
        parameter.add_(0.02 * torch.randn(parameter.shape, device=where, generator=chance))
    computing = Computing("torch", precision, stage.device, 1, stage.kernels)
    weights = from_tensors(stage.nano, model.state_dict(), precision)
    backend = BatchedBackend(stage.nano, weights, where, computing)
    by, network = Aligned(model, precision, stage.kernels), backend.turns.network
    step = torch.arange(40, device=where)
    words, streams = (step * 37 % stage.nano.vocabulary)[None], torch.zeros_like(step)[None]
    levels, none = step.new_zeros(0, stage.nano.audio_frames, BINS), step[:0]
    voice, turn = torch.zeros(0, stage.nano.voice_size, device=where), step[None] // 10
    row = RowOfTokens(words, streams, step[None], turn, streams, levels, none, voice, none)
    hidden = by(row)[0][:, -1]
    streamed = _row(backend, 0, (3, 1, 35, 1), network.text(words, streams))
    logits = torch.equal(by.logits(hidden), network.logits(streamed))
    return torch.equal(hidden, streamed) and logits


def _row(
    backend: BatchedBackend, slot: int, lengths: tuple[int, ...], given: Tensor | None = None
) -> Tensor:
    """The last hidden state of 40 tokens, given or random, appended in parts."""
    network, device, first = backend.turns.network, backend.device, 0
    chance = torch.Generator(device).manual_seed(3)
    shape = 1, sum(lengths), backend.config.width
    x = torch.randn(shape, device=device, generator=chance) if given is None else given
    hidden = x
    for length in lengths:
        at, begin, count = (torch.tensor([n], device=device) for n in (slot, first, length))
        turn = torch.arange(first, first + length, device=device)[None] // 10
        span = network.span(at, begin, count, turn, length)
        hidden = network.advance(x[:, first : first + length], span)
        first += length
    return hidden


def sessions(stage: Stage) -> Iterator[Row]:
    """How many sessions' micro-turns, all due at once and one in four speaking, come in time. The
    bare runtime: mel, vocoder and wire, which are the host's, apart."""
    for config in (stage.nano, stage.small):
        best: Row = {"sessions": 0}
        count = 1
        while count <= stage.most:
            speaking = max(1, count // 4)
            try:
                took = _mixed(stage, config, count, speaking)
            except torch.cuda.OutOfMemoryError:
                best["stopped_by"] = f"no memory for {count}"
                break
            if _p(took, 99) > min(LIMIT_MS, 1e3 * TURN_S):
                best["stopped_by"] = f"with {count}, p99 was {_p(took, 99)} ms"
                break
            best = {"sessions": count, "p50_ms": _p(took, 50), "p99_ms": _p(took, 99),
                    "stopped_by": f"no more than {stage.most} were tried"}  # fmt: skip
            count *= 2
        yield {"what": "sessions", "model": config.name, "limit_ms": LIMIT_MS, **best}


def _mixed(stage: Stage, config: ModelConfig, count: int, speaking: int) -> list[float]:
    """A quarter speaks: their batch after that of those who listen."""
    backend = stage.backend(config, "bf16", count + speaking)
    quiet, voices = Loaded(backend, count - speaking, False), Loaded(backend, speaking, True)
    took = []
    for index in range(max(3, stage.turns // 4) + 2):
        spent = 0.0
        for loaded, speaks in ((quiet, False), (voices, True)):
            loaded.tell(speaks)
            began = time.perf_counter()
            if loaded.caches:
                loaded.step()
            spent += 1e3 * (time.perf_counter() - began)
        if index >= 2:
            took.append(spent)
    return took


def shipped_model(stage: Stage) -> Iterator[Row]:
    """The checkpoint that ships, in each precision: a micro-turn that listens, one that speaks."""
    checkpoint = load_checkpoint(shipped())
    for precision in ("fp32", "bf16", "int8"):
        computing = Computing("torch", precision, stage.device, 1, stage.kernels)
        backend = from_checkpoint(checkpoint, computing)
        for speaks in (False, True):
            took = Loaded(backend, 1, speaks).milliseconds(stage.turns)
            yield {
                "what": "shipped", "precision": precision, "turns": len(took),
                "load": "speaking" if speaks else "listening",
                "p50_ms": _p(took, 50), "p95_ms": _p(took, 95), "computes": backend.name,
            }  # fmt: skip


def _p(values: list[float], percent: float) -> float:
    return round(float(np.percentile(values, percent)), 4)


def part(name: str, stage: Stage) -> Iterator[Row]:
    """The rows of one of gpu.PARTS."""
    made = {
        "nano": lambda: latency(stage, stage.nano, ("fp32", "bf16", "int8")),
        "3b": lambda: latency(stage, stage.small, ("bf16", "int8")),
        "30b": lambda: latency(stage, stage.large, ("bf16",)),
        "experts": lambda: experts(stage),
        "invariance": lambda: invariance(stage),
        "bits": lambda: bits(stage),
        "sessions": lambda: sessions(stage),
        "shipped": lambda: shipped_model(stage),
    }[name]
    where = usable(stage.device)
    device = torch.cuda.get_device_name(where) if where.type == "cuda" else where.type
    for row in made():
        yield {"bench": "gpu", "part": name, "measured": True, "device": device, **row}


if __name__ == "__main__":
    for figures in part(sys.argv[1], Stage()):
        print(json.dumps(figures), flush=True)
