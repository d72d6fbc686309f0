"""The sizes of an interaction model. Knows no torch, so that the runtime can read it."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from engine.signal.mel import BINS, FRAMES_PER_TURN, LEVELS


class Stream(IntEnum):
    """Which stream a token belongs to; each has a learned embedding of its own."""

    AUDIO = 0
    CAMERA = 1
    SCREEN = 2
    TEXT = 3
    THINKING = 4
    COMMENTARY = 5
    MEMORY = 6
    HEARD = 7
    SAY = 8
    ACT = 9
    CONTROL = 10
    VOICE = 11


MAY_BE_ZERO = ("experts", "flow_temperature")


@dataclass(frozen=True)
class ModelConfig:
    """Everything that fixes the shape of the weights and the rhythm of a micro-turn.

    window: how many past tokens a token attends to; no more than training fills with silence, for
    in a longer one of nothing else nothing is heard. sinks: learned, position-free keys and values
    every token attends to. rotary: rotary dimensions of a head, half turned by the token index
    and half by the micro-turn index; the rest carry no position. period: both indices are counted
    modulo this, and every rotary frequency divides it. flow_shift: how much nearer
    to noise the flow head's times lie than evenly. A share's 400 numbers hang together, so most
    of what it is to be is settled while it is still nearly all noise. sees: the sources of
    pictures that the weights were trained on; others never reach them.
    """

    name: str = "nano"
    vocabulary: int = 1024
    width: int = 256
    layers: int = 6
    heads: int = 4
    kv_heads: int = 2
    head_width: int = 64
    mlp_width: int = 1024
    experts: int = 0
    experts_used: int = 2
    rotary: int = 48
    period: int = 65_536
    window: int = 640
    sinks: int = 4
    audio_tokens: int = 2
    voice_tokens: int = 2
    flow_width: int = 384
    flow_layers: int = 3
    flow_steps: int = 8
    flow_shift: float = 6.0
    flow_temperature: float = 0.45
    letters_layer: int = 4
    letters: int = 28
    patch: int = 40
    patch_rows: int = 16
    patch_columns: int = 16
    patch_width: int = 64
    text_in: int = 32
    text_out: int = 8
    sees: str = "camera screen"

    def __post_init__(self) -> None:
        for size in dataclasses.fields(self):
            _check(size.name, getattr(self, size.name), size.default)
        for part in ("audio_tokens", "voice_tokens"):
            if FRAMES_PER_TURN % getattr(self, part):
                raise ValueError(f"{part}={getattr(self, part)} must divide {FRAMES_PER_TURN}")
        if self.rotary % 4 or self.rotary >= self.head_width:
            raise ValueError(f"rotary={self.rotary}: a multiple of 4 below head_width is needed")
        if self.experts and self.experts < self.experts_used:
            raise ValueError(f"experts_used={self.experts_used} of only {self.experts} experts")
        if self.heads % self.kv_heads:
            raise ValueError(f"kv_heads={self.kv_heads} must divide heads={self.heads}")

    @property
    def audio_frames(self) -> int:
        """Mel frames in one audio token."""
        return FRAMES_PER_TURN // self.audio_tokens

    @property
    def voice_frames(self) -> int:
        """Mel frames in one own-voice token."""
        return FRAMES_PER_TURN // self.voice_tokens

    @property
    def audio_bag(self) -> int:
        """Rows of the audio embedding table: one per (frame, bin, level)."""
        return self.audio_frames * BINS * LEVELS

    @property
    def voice_size(self) -> int:
        """Numbers in one own-voice token."""
        return self.voice_frames * BINS

    @property
    def flow_times(self) -> tuple[float, ...]:
        """Where each step from noise (0) to mel (1) begins, and the end."""
        even = [step / self.flow_steps for step in range(self.flow_steps + 1)]
        return tuple(time / (time + self.flow_shift * (1 - time)) for time in even)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(dataclasses.asdict(self), indent=1) + "\n")

    @staticmethod
    def load(path: Path) -> ModelConfig:
        """Raises ValueError when the file is no configuration that this version knows."""
        try:
            return ModelConfig(**json.loads(path.read_text("utf-8")))
        except TypeError as error:
            raise ValueError(f"made by another version of Aside ({error})") from error


def _check(name: str, value: object, usual: object) -> None:
    """Raises ValueError unless a size is of the kind of its usual value, and positive."""
    kinds = (int, float) if isinstance(usual, float) else type(usual)
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise ValueError(f"{name}={value!r} is no size: something like {usual!r} is needed")
    if isinstance(value, (int, float)) and value < (0 if name in MAY_BE_ZERO else 1):
        raise ValueError(f"{name}={value} is too small")
