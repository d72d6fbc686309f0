"""What a batch of micro-turns is given, in tensors that stay where they are.

Each has a twin in memory that the device reads by itself, so that nothing waits for a copy. There
are three kinds, by how much room they have: most micro-turns hear and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.microturn import TURN_SAMPLES
from engine.model.config import ModelConfig
from engine.runtime.backend import Ask, Listen
from engine.runtime.looking import MOST_PATCHES
from engine.signal.mel import BINS, OVERLAP


@dataclass(frozen=True)
class Kind:
    """texts: tokens of text, what was pending among them; patches: of pictures."""

    name: str
    texts: int
    patches: int

    def width(self, config: ModelConfig) -> int:
        """Tokens of the sequence: what was pending is text or voice, so one less than there is."""
        return self.texts + config.audio_tokens + self.patches


def kinds(config: ModelConfig) -> tuple[Kind, ...]:
    """The smallest first. hear: room for what was pending and the key that is held."""
    most = 1 + config.text_in
    return Kind("hear", 2, 0), Kind("read", most, 0), Kind("look", most, MOST_PATCHES)


def fitting(config: ModelConfig, given: Listen) -> Kind:
    """Raises ValueError when there is more than a micro-turn may hold."""
    patches = 0 if given.patches is None else len(given.patches.row)
    texts = len(given.text) + 1
    for kind in kinds(config):
        if texts <= kind.texts and patches <= kind.patches:
            return kind
    raise ValueError(f"{len(given.text)} tokens of text and {patches} patches in one micro-turn")


class Inputs:
    """Tensors by name, `rows` rows of each, and their twins."""

    def __init__(
        self, shapes: Mapping[str, tuple[tuple[int, ...], torch.dtype]], rows: int,
        device: torch.device,
    ) -> None:  # fmt: skip
        apart = device.type == "cuda"
        self.host = {
            name: torch.zeros(rows, *shape, dtype=kind, pin_memory=apart)
            for name, (shape, kind) in shapes.items()
        }
        self.device = {n: t.to(device) for n, t in self.host.items()} if apart else self.host
        self.arrays: dict[str, np.ndarray] = {n: t.numpy() for n, t in self.host.items()}

    def upload(self, rows: int) -> None:
        if self.device is self.host:
            return
        for name, tensor in self.host.items():
            self.device[name][:rows].copy_(tensor[:rows], non_blocking=True)

    def __call__(self, rows: int) -> dict[str, Tensor]:
        """The first `rows` rows on the device."""
        return {name: tensor[:rows] for name, tensor in self.device.items()}


class Heard(Inputs):
    """The inputs of one kind of micro-turn. hears: "levels" or "wave"."""

    def __init__(
        self, config: ModelConfig, kind: Kind, hears: str, rows: int, device: torch.device
    ) -> None:
        self.config, self.kind, self.hears = config, kind, hears
        super().__init__(_shapes(config, kind, hears), rows, device)

    def fill(self, row: int, slot: int, first: int, ask: Ask) -> int:
        """One session's micro-turn; returns how many tokens it has."""
        a, given, pick = self.arrays, ask.listen, self._picked(row, ask.listen)
        a["slot"][row], a["first"][row], a["length"][row] = slot, first, len(pick)
        a["turn"][row], a["acting"][row], a["noise"][row] = ask.turn, ask.acting, ask.noise
        a["behind"][row] = given.pending is not None or given.pending_voice is not None
        a["pick"][row], a["pick"][row, : len(pick)] = 0, pick
        if self.hears == "wave":
            a["heard"][row] = given.wave
        else:
            a["heard"][row] = given.audio.reshape(self.config.audio_tokens, -1)
        return len(pick)

    def pad(self, row: int, nobody: int) -> None:
        a = self.arrays
        a["slot"][row], a["first"][row], a["length"][row] = nobody, 0, 1

    def _picked(self, row: int, given: Listen) -> list[int]:
        """Lays out what is to be embedded; returns its places there, in the sequence's order."""
        a, texts, audio = self.arrays, self.kind.texts, self.config.audio_tokens
        pending = [given.pending] if given.pending is not None else []
        words = [*pending, *given.text]
        for index, (token, stream) in enumerate(words):
            a["text"][row, index], a["stream"][row, index] = token, stream
        pick = [0] * len(pending)
        if given.pending_voice is not None:
            a["voice"][row] = given.pending_voice
            pick.append(texts + audio)
        pick += range(texts, texts + audio)
        if given.patches is not None:
            pick += range(texts + audio + 1, texts + audio + 1 + self._look(row, given))
        return pick + list(range(len(pending), len(words)))

    def _look(self, row: int, given: Listen) -> int:
        assert given.patches is not None
        p, count = given.patches, len(given.patches.row)
        for name, value in (
            ("pixels", p.pixels), ("patch_row", p.row), ("patch_column", p.column),
            ("patch_stream", p.stream),
        ):  # fmt: skip
            self.arrays[name][row, :count] = value
        return count


def _shapes(
    c: ModelConfig, kind: Kind, hears: str
) -> dict[str, tuple[tuple[int, ...], torch.dtype]]:
    whole, real = torch.int64, torch.float32
    made: dict[str, tuple[tuple[int, ...], torch.dtype]] = {"pick": ((kind.width(c),), whole)}
    for name in ("slot", "first", "length", "turn", "behind", "acting"):
        made[name] = ((), whole)
    made |= {"text": ((kind.texts,), whole), "stream": ((kind.texts,), whole)}
    made |= {"voice": ((c.voice_size,), real), "noise": ((c.voice_tokens, c.voice_size), real)}
    levels = ((c.audio_tokens, c.audio_frames * BINS), torch.uint8)
    wave = ((OVERLAP + TURN_SAMPLES,), real)
    made |= {"heard": wave if hears == "wave" else levels}
    if kind.patches:
        pixels = (kind.patches, 3, c.patch, c.patch)
        made |= {"pixels": (pixels, real)}
        for name in ("patch_row", "patch_column", "patch_stream"):
            made[name] = ((kind.patches,), whole)
    return made
