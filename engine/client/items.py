"""What an app gives to an engine, before any protocol has a say in how it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from engine.microturn import Update

PIECE_BYTES = 480
Source = Literal["camera", "screen"]


@dataclass(frozen=True)
class Sound:
    """What the microphone heard: (n,) float32 in [-1, 1] at 16 kHz, usually one micro-turn.

    addressed: whether it is meant for the model, as far as the app has ever said so. Models that
    are not ours cannot be told.
    """

    samples: np.ndarray
    addressed: bool | None = None


@dataclass(frozen=True)
class Picture:
    """A JPEG (camera) or PNG (screen)."""

    source: Source
    encoded: bytes


@dataclass(frozen=True)
class Words:
    """A typed text or an update on its way. id: what its confirmation will name; more: whether it
    is a piece of an update that the next ones go on with."""

    id: str
    said: str | Update
    sendings: int = 0
    more: bool = False


@dataclass(frozen=True)
class Tracked(Update):
    """An update whose arrival the app wants to be told of. key: what the app calls it, which never
    leaves this machine; of several pieces the last one has it."""

    key: str = ""


@dataclass(frozen=True)
class Mute:
    """The user closed or opened the microphone."""

    muted: bool


@dataclass(frozen=True)
class Hush:
    """The user silenced the voice when `played_ms` of this generation had sounded."""

    generation: int
    played_ms: int


Item = Sound | Picture | Words | Mute | Hush


def pieces(told: Update) -> list[Update]:
    """An update in parts that no tokenizer makes more than 500 tokens of, cut between words.

    A token stands for at least one byte of the text.
    """
    parts, rest = [], told.text.encode()
    while len(rest) > PIECE_BYTES:
        space = rest.rfind(b" ", 1, PIECE_BYTES)
        cut = space if space > 0 else _whole(rest, PIECE_BYTES)
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip(b" ")
    kept = [part.decode() for part in [*parts, rest] if part or not parts]
    first = Update(told.kind, told.text, told.delegation_id)
    return [*(replace(first, text=text) for text in kept[:-1]), replace(told, text=kept[-1])]


def _whole(text: bytes, at: int) -> int:
    """The last place up to `at` where no character is cut in two."""
    while text[at] & 0xC0 == 0x80:
        at -= 1
    return at
