"""The same weights in torch eager, on the same tape, block by block in turn with the default and,
where that computes in bytes, with what computes in float32 as torch does.

A machine's speed drifts while it is measured; taking turns makes the drift common to both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.evaluation.bench.hour import Stopwatch
from engine.evaluation.bench.tape import LOADS, TURNS_PER_ROUND, Load, load_at
from engine.model.checkpoint import load_checkpoint
from engine.runtime import Computing, LoadedEngine, load, shipped
from engine.runtime.voice import VoiceMaker


@dataclass(frozen=True)
class PeerFigures:
    """Medians in milliseconds. ratio: the peer's over ours."""

    bench: str
    backend: str
    peer: str
    load: str
    input: str
    turns: int
    p50_ms: float
    peer_p50_ms: float
    ratio: float


def peer(checkpoint: Path | None, rounds: int) -> Iterator[PeerFigures]:
    """Compares `rounds` rounds of all loads. It needs torch."""
    engines = [load(checkpoint, Computing("onnx")), load(checkpoint, Computing("onnx", "fp32"))]
    if engines[0].backend.name == engines[1].backend.name:
        engines.pop()
    engines.append(_eager(checkpoint))
    watches = [Stopwatch(engine) for engine in engines]
    spent: dict[tuple[int, Load], list[float]] = defaultdict(list)
    for turn in range(rounds * TURNS_PER_ROUND):
        for who, watch in enumerate(watches):
            spent[who, load_at(turn)].append(watch.time(turn).wall_ms)
    *ours, theirs = (engine.backend.name for engine in engines)
    for who, name in enumerate(ours):
        for which in LOADS:
            mine, other = (float(np.median(spent[one, which])) for one in (who, len(ours)))
            yield PeerFigures(
                "peer", name, theirs, which.name, which.input, len(spent[who, which]),
                round(mine, 2), round(other, 2), round(other / mine, 2),
            )  # fmt: skip


def _eager(checkpoint: Path | None) -> LoadedEngine:
    """The modules that were trained, as they are."""
    from engine.runtime.torch_backend import TorchBackend

    loaded = load_checkpoint(checkpoint or shipped())
    voice = VoiceMaker(loaded.weights)
    return LoadedEngine(loaded.config.name, TorchBackend(loaded), loaded.tokenizer, voice)
