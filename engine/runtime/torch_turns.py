"""Micro-turns of many sessions at once: append what came, write, speak, and tell.

Everything that is decided meanwhile is decided on the device. Between two steps the host looks at
one thing, who still writes and who is to speak, for that is which step comes next and for whom;
what was written and said it reads once, at the micro-turn's end. One wait less would mean
computing every micro-turn to its longest. Steps are recorded at load by batches of powers of two,
those for more than AT_ONCE sessions when they first come.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import torch
from torch import Tensor

from engine.model.tokenizer import QUIET
from engine.runtime.backend import Answer, Ask
from engine.runtime.torch_grammar import SPEAKS, WRITES, Grammar
from engine.runtime.torch_inputs import Heard, Inputs, Kind, fitting, kinds
from engine.runtime.torch_network import Looked, Network
from engine.runtime.torch_pool import SlotCache
from engine.runtime.torch_recorder import Recorder

AT_ONCE = 8
Given = Sequence[tuple[SlotCache, Ask]]


def buckets(most: int) -> list[int]:
    """Sizes of batches that steps are recorded for: powers of two."""
    return [1 << power for power in range((most - 1).bit_length() + 1)]


class Turns:
    """count, turn, hidden, logits, noise, shares, part: of the micro-turn at hand, by slot."""

    def __init__(self, network: Network, slots: int, device: torch.device) -> None:
        self.network, self.device = network, device
        c = self.config = network.config
        self.sizes = buckets(slots)
        self.grammar, self.recorder = Grammar(c, slots, device), Recorder(device)

        def zeros(*shape: int, kind: torch.dtype = torch.float32) -> Tensor:
            return torch.zeros(slots + 1, *shape, dtype=kind, device=device)

        self.count, self.turn, self.part = (zeros(kind=torch.int64) for _ in range(3))
        self.hidden, self.logits = zeros(c.width), zeros(c.vocabulary)
        self.noise, self.shares = (zeros(c.voice_tokens, c.voice_size) for _ in range(2))
        rows, hears = self.sizes[-1], network.operations.hears
        self.inputs = {k.name: Heard(c, k, hears, rows, device) for k in kinds(c)}
        # Apart: the last step may not have read its rows when those to be told are written.
        self.chosen, self.told = (Inputs({"slot": ((), torch.int64)}, rows, device)
                                  for _ in range(2))  # fmt: skip
        self._steps = {"write": self._write, "flow": self._flow, "voice": self._voice}

    def record(self) -> None:
        """Every step for the smaller sizes of batch; larger ones when they first come."""
        for size in self.sizes:
            if size <= AT_ONCE:
                for heard in self.inputs.values():
                    self._ready_to_append(heard, size)
                for name in self._steps:
                    self._ready(name, size)

    def _ready_to_append(self, heard: Heard, size: int) -> None:
        """Recorded, with nobody in it. What waits in `heard` is lost."""
        key = (heard.kind.name, size)
        if self.recorder.lacks(key):
            self._pad(heard, 0, size)
            heard.upload(size)
            self.recorder.record(key, partial(self._append, heard, size))
            self.fetch(self.count)  # until it is done: what is uploaded next goes the same way

    def _ready(self, name: str, size: int) -> None:
        if self.recorder.lacks((name, size)):
            self._choose(self.chosen, [], size)
            self.recorder.record((name, size), partial(self._steps[name], size))
            self.fetch(self.count)

    def advance(self, given: Given) -> list[Answer]:
        """One micro-turn of each, no session twice. Their caches' counts move on at the end."""
        lengths = self.listen(given)
        slots = [cache.seat() for cache, _ in given]
        phase = self._peek()
        while writing := [slot for slot in slots if phase[slot] == WRITES]:
            self.run("write", writing)
            phase = self._peek()
        if speaking := [slot for slot in slots if phase[slot] == SPEAKS]:
            self._speak(speaking)
        answers = self._read(slots, phase)
        for (cache, _), length, answer in zip(given, lengths, answers, strict=True):
            cache.count += length + self._added(answer)
        return answers

    def listen(self, given: Given) -> list[int]:
        """Appends what came; returns how many tokens each had. Counts stay as they are."""
        lengths = [0] * len(given)
        together: dict[Kind, list[int]] = {}
        for index, (_, ask) in enumerate(given):
            together.setdefault(fitting(self.config, ask.listen), []).append(index)
        for kind, members in together.items():
            heard, size = self.inputs[kind.name], self._size(len(members))
            self._ready_to_append(heard, size)
            for row, index in enumerate(members):
                cache, ask = given[index]
                lengths[index] = heard.fill(row, cache.seat(), cache.count, ask)
            self._pad(heard, len(members), size)
            heard.upload(size)
            self.recorder.run((kind.name, size), partial(self._append, heard, size))
        return lengths

    def run(self, name: str, slots: Sequence[int]) -> None:
        """One step, write, flow or voice, of the sessions in `slots`."""
        size = self._size(len(slots))
        self._ready(name, size)
        self._choose(self.chosen, slots, size)
        self.recorder.run((name, size), partial(self._steps[name], size))

    def _speak(self, slots: Sequence[int]) -> None:
        for part in range(self.config.voice_tokens):
            if part:
                self.run("voice", slots)
            self.run("flow", slots)

    def _added(self, answer: Answer) -> int:
        """Tokens that entered the sequence after what came: quiet, and the last share, wait."""
        voiced = 0 if answer.shares is None else self.config.voice_tokens - 1
        return len(answer.tokens) - (answer.tokens[-1] == QUIET) + voiced

    def _append(self, heard: Heard, size: int) -> None:
        d, n = heard(size), self.network
        parts = [n.text(d["text"], d["stream"]), n.audio(d["heard"]), n.voice(d["voice"])[:, None]]
        if heard.kind.patches:
            places = (d["patch_row"], d["patch_column"], d["patch_stream"])
            parts.append(n.patches(Looked(d["pixels"], *places)))
        source, pick = torch.cat(parts, 1), d["pick"]
        x = source.gather(1, pick[:, :, None].expand(-1, -1, source.shape[2]))
        steps = torch.arange(pick.shape[1], device=self.device)
        turn = d["turn"][:, None] - (steps < d["behind"][:, None]).long()
        span = n.span(d["slot"], d["first"], d["length"], turn, pick.shape[1])
        hidden, slot = n.advance(x, span), d["slot"]
        self.grammar.begin(slot, d["acting"])
        self.part.index_fill_(0, slot, 0)
        self.noise[slot], self.turn[slot] = d["noise"], d["turn"]
        self.count[slot] = d["first"] + d["length"]
        self._decide(slot, hidden)

    def _write(self, size: int) -> None:
        slot, w = self.chosen(size)["slot"], self.grammar.written
        x = self.network.text(w.token[slot], w.under[slot])
        self._decide(slot, self._one(slot, x))

    def _flow(self, size: int) -> None:
        slot = self.chosen(size)["slot"]
        part, hidden = self.part[slot], self.hidden[slot]
        self.shares[slot, part] = self.network.operations.flow(hidden, self.noise[slot, part])

    def _voice(self, size: int) -> None:
        slot = self.chosen(size)["slot"]
        part = self.part[slot]
        self.hidden[slot] = self._one(slot, self.network.voice(self.shares[slot, part]))
        self.part[slot] = (part + 1).clamp(max=self.config.voice_tokens - 1)

    def _one(self, slot: Tensor, x: Tensor) -> Tensor:
        """One token of each session: (B, width) embedded -> (B, width) hidden."""
        first = self.count[slot]
        span = self.network.span(slot, first, torch.ones_like(first), self.turn[slot][:, None], 1)
        hidden = self.network.advance(x[:, None], span)
        self.count[slot] = first + 1
        return hidden

    def _decide(self, slot: Tensor, hidden: Tensor) -> None:
        logits = self.network.logits(hidden)
        self.hidden[slot], self.logits[slot] = hidden, logits
        self.grammar.choose(slot, logits)

    def _choose(self, rows: Inputs, slots: Sequence[int], size: int) -> None:
        row = rows.arrays["slot"]
        row[: len(slots)], row[len(slots) : size] = slots, self.network.pool.nobody
        rows.upload(size)

    def _pad(self, heard: Heard, begin: int, size: int) -> None:
        for row in range(begin, size):
            heard.pad(row, self.network.pool.nobody)

    def _size(self, count: int) -> int:
        return next(size for size in self.sizes if size >= count)

    def _peek(self) -> list[int]:
        """Each slot's phase, once the steps so far are done."""
        return self.fetch(self.grammar.written.phase)[0].tolist()

    def _read(self, slots: Sequence[int], phase: Sequence[int]) -> list[Answer]:
        w, size = self.grammar.written, len(slots)
        self._choose(self.told, slots, size)
        slot = self.told(size)["slot"]
        tokens, number, shares = self.fetch(w.tokens[slot], w.number[slot], self.shares[slot])
        return [
            Answer(
                tuple(tokens[row, : number[row]].tolist()),
                shares[row].copy() if phase[at] == SPEAKS else None,
            )
            for row, at in enumerate(slots)
        ]  # fmt: skip

    def fetch(self, *tensors: Tensor) -> list[np.ndarray]:
        """On the host, after one wait for all of them."""
        here = [tensor.to("cpu", non_blocking=True) for tensor in tensors]
        if self.device.type == "cuda":
            torch.cuda.current_stream(self.device).synchronize()
        return [tensor.numpy() for tensor in here]
