"""The runtime for GPUs: many sessions on one device, batched as they come due.

Whoever asks while the device is busy waits, and the next to get it computes for all who wait. So
a batch is whoever is due, and nobody is held back to fill one.

torch_pool.py holds the rings of all sessions, one slot each; outside of its slot a cache is a
`Ring`, so a snapshot goes on in either runtime. The output's grammar is on the device
(torch_grammar.py, its table read off writing.py). torch_operations.py and torch_kernels.py are two
sets of the same operations, plain torch and kernels/. In bf16 and int8 the trunk's matrices and
the text head are made smaller; embeddings, patches, voice and the flow head stay in float32. On a
processor the same code runs without graphs.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

import numpy as np
import torch

from engine.model.checkpoint import Checkpoint
from engine.model.config import ModelConfig
from engine.runtime.backend import Answer, Ask, Listen, State
from engine.runtime.computing import ComputeError, Computing
from engine.runtime.ring import Ring
from engine.runtime.torch_inputs import fitting
from engine.runtime.torch_network import Network
from engine.runtime.torch_operations import PlainOperations
from engine.runtime.torch_pool import Pool, SlotCache
from engine.runtime.torch_turns import Turns
from engine.runtime.torch_weights import Weights, from_arrays

log = logging.getLogger(__name__)


@dataclass
class _Job:
    """A session that is due, and how it went."""

    cache: SlotCache
    ask: Ask
    done: bool = False
    answer: Answer | None = None
    error: BaseException | None = field(default=None, repr=False)


class BatchedBackend:
    """Implements engine.runtime.backend's Backend and WholeTurns."""

    def __init__(
        self, config: ModelConfig, weights: Weights, device: torch.device, computing: Computing
    ) -> None:
        """Raises ComputeError when kernels are asked for where none can run."""
        self.config, self.device = config, device
        self._lock, self._due = threading.RLock(), deque[_Job]()
        with torch.inference_mode(), _on(device):
            operations = operations_for(config, weights, device, computing.kernels)
            self.pool = Pool(
                config, weights.tensors, computing.slots, weights.kind, device, self._lock
            )
            network = Network(config, weights, operations, self.pool)
            self.turns = Turns(network, self.pool.slots, device)
            self.turns.record()
        exact = f"{computing.precision}, {operations.name}"
        self.name = f"torch {torch.__version__} {_named(device)} {exact}"

    def cache(self) -> SlotCache:
        """In its slot at once: who gets no place is to hear it now. Raises NoSlot."""
        made = SlotCache(self.pool)
        self._alone(made.seat)
        return made

    def adopt(self, cache: Ring | SlotCache) -> SlotCache:
        return cache if isinstance(cache, SlotCache) else SlotCache(self.pool, cache)

    def micro_turn(self, cache: SlotCache, ask: Ask) -> Answer:
        fitting(self.config, ask.listen)  # what cannot be taken fails alone, before any batch
        if cache.slot is None:
            self._alone(cache.seat)
        job = _Job(cache, ask)
        self._due.append(job)
        while not job.done:
            with self._lock:
                if not job.done:
                    self._all_due()
        if job.error is not None:
            raise job.error
        assert job.answer is not None
        return job.answer

    def _all_due(self) -> None:
        batch: list[_Job] = []
        while self._due and len(batch) < self.pool.slots:
            batch.append(self._due.popleft())
        try:
            with torch.inference_mode(), _on(self.device):
                answers = self.turns.advance([(job.cache, job.ask) for job in batch])
            for job, answer in zip(batch, answers, strict=True):
                job.answer = answer
        except BaseException as error:
            for job in batch:
                job.error = error
        finally:
            for job in batch:
                job.done = True

    def listen(self, cache: SlotCache, turn: int, step: Listen) -> State:
        noise = np.zeros((self.config.voice_tokens, self.config.voice_size), np.float32)

        def run() -> State:
            (length,) = self.turns.listen([(cache, Ask(turn, step, False, noise))])
            cache.count += length
            return self._state(cache.seat())

        return self._alone(run)

    def token(self, cache: SlotCache, turn: int, token: int, stream: int) -> State:
        def run() -> State:
            slot, written = self._place(cache, turn), self.turns.grammar.written
            written.token[slot], written.under[slot] = token, stream
            self.turns.run("write", [slot])
            cache.count += 1
            return self._state(slot)

        return self._alone(run)

    def voice(self, cache: SlotCache, turn: int, share: np.ndarray) -> State:
        def run() -> State:
            slot, t = self._place(cache, turn), self.turns
            t.shares[slot, 0], t.part[slot] = torch.from_numpy(share).to(self.device), 0
            t.run("voice", [slot])
            cache.count += 1
            t.logits[slot] = t.network.logits(t.hidden[slot][None])[0]  # no session needs them
            return self._state(slot)

        return self._alone(run)

    def draw(self, hidden: np.ndarray, noise: np.ndarray) -> np.ndarray:
        def run() -> np.ndarray:
            t, slot = self.turns, self.pool.nobody
            t.hidden[slot] = torch.from_numpy(hidden).to(self.device)
            t.noise[slot, 0], t.part[slot] = torch.from_numpy(noise).to(self.device), 0
            t.run("flow", [slot])
            return t.fetch(t.shares[slot, 0].clone())[0]

        return self._alone(run)

    def _place(self, cache: SlotCache, turn: int) -> int:
        slot = cache.seat()
        self.turns.count[slot], self.turns.turn[slot] = cache.count, turn
        return slot

    def _state(self, slot: int) -> State:
        """The host's own copy: the next step writes where this one did."""
        t = self.turns
        hidden, logits = t.fetch(t.hidden[slot].clone(), t.logits[slot].clone())
        return State(hidden, logits)

    def _alone(self, run: Callable[[], Any]) -> Any:
        with self._lock, torch.inference_mode(), _on(self.device):
            return run()


def from_checkpoint(checkpoint: Checkpoint, computing: Computing) -> BatchedBackend:
    """computing: what `chosen` gave. Raises ComputeError when the device is not to be had."""
    where = usable(computing.device)
    weights = from_arrays(checkpoint.config, checkpoint.weights, computing.precision, where)
    return BatchedBackend(checkpoint.config, weights, where, computing)


def usable(device: str) -> torch.device:
    """Raises ComputeError, saying what is there, when it cannot be used."""
    try:
        where = torch.device(device)
        torch.zeros(1, device=where)
    except (RuntimeError, AssertionError) as error:
        raise ComputeError(
            f"torch cannot use the device {device} here ({str(error).splitlines()[0]}); it sees "
            f"{cuda_cards()} CUDA cards. Give --device cpu, or install torch for this card"
        ) from error
    return where


def cuda_cards() -> int:
    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def operations_for(
    config: ModelConfig, weights: Weights, device: torch.device, kernels: bool | None
) -> PlainOperations:
    """kernels: whether by ours; None: on a GPU where they run. Raises ComputeError where they are
    asked for and cannot run."""
    if not (device.type == "cuda" if kernels is None else kernels):
        return PlainOperations(config, weights)
    try:
        check_kernels(device)
    except ComputeError as error:
        if kernels:
            raise
        log.warning("computing in plain torch: %s", error)
        return PlainOperations(config, weights)
    from engine.runtime.torch_kernels import KernelOperations

    return KernelOperations(config, weights)


def check_kernels(device: torch.device) -> None:
    """Raises ComputeError where ours cannot run. A small one is tried: Triton compiles how they are
    launched with the machine's own C compiler, and not every machine has one."""
    if not (device.type == "cuda" or os.environ.get("TRITON_INTERPRET")) or not _triton():
        raise ComputeError(f"kernels need Triton and a CUDA device, not {device}; leave them off")
    try:
        from kernels import norm

        norm.rms_norm(torch.ones(1, 16, device=device), torch.ones(16, device=device))
    except Exception as error:  # a compiler's, a driver's or Triton's own
        told = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ComputeError(f"kernels do not run on {device} ({told}); leave them off") from error


def _triton() -> bool:
    return find_spec("triton") is not None


def _named(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type


def _on(device: torch.device) -> AbstractContextManager[Any]:
    """CUDA works on a thread's own current device."""
    return torch.cuda.device(device) if device.type == "cuda" else nullcontext()
