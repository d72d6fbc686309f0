"""What the benchmark feeds a session: people's speech, pictures at their budget, by turns.

Four loads follow each other in blocks of five seconds, over and over, so that the beginning and
the end of an hour are made of the same and can be compared.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import soundfile

from engine.microturn import TURN_S, TURN_SAMPLES, Frame, InputTurn
from engine.runtime import shipped

BLOCK_TURNS = 25
CAMERA_SIZE, SCREEN_SIZE = (480, 640), (720, 1280)
PICTURES = 6


class BenchError(Exception):
    """There is nothing to measure with."""


@dataclass(frozen=True)
class Load:
    """speaks: whether the model is made to speak. looks: whether camera and screen are on."""

    speaks: bool
    looks: bool

    @property
    def name(self) -> str:
        return "speaking" if self.speaks else "listening"

    @property
    def input(self) -> str:
        return "audio, eyes" if self.looks else "audio"

    @property
    def goal_p95_ms(self) -> float:
        return 60.0 if self.speaks else 25.0


LOADS = tuple(Load(speaks, looks) for speaks in (False, True) for looks in (False, True))
TURNS_PER_ROUND = BLOCK_TURNS * len(LOADS)


def load_at(turn: int) -> Load:
    return LOADS[turn // BLOCK_TURNS % len(LOADS)]


def input_at(turn: int) -> InputTurn:
    """Micro-turn `turn` of the endless tape."""
    heard, load = _people(), load_at(turn)
    audio = heard[turn % len(heard)]
    if not load.looks:
        return InputTurn(turn, audio)
    camera, screen = _pictures()[turn % PICTURES]
    return InputTurn(turn, audio, camera, screen)


def conversation_at(turn: int) -> InputTurn:
    """Micro-turn `turn` of the demo, over and over: people's speech and the typed orders, which
    make the model speak.
    """
    heard = _people()
    at = turn % len(heard)
    return InputTurn(turn, heard[at], text=_typed().get(at, ""))


@lru_cache
def _typed() -> dict[int, str]:
    """What the demo's user types, by micro-turn."""
    path = shipped().parent / "tapes" / "demo.json"
    given = json.loads(path.read_text("utf-8"))["arguments"]
    texts = [given[at + 1].split(":", 1) for at, name in enumerate(given) if name == "--text"]
    return {int(float(time_s) / TURN_S): text for time_s, text in texts}


@lru_cache
def _people() -> np.ndarray:
    """The demo tape's speech: (turns, 3200) float32."""
    path = shipped().parent / "tapes" / "demo.flac"
    try:
        wave, _ = soundfile.read(path, dtype="float32")
    except (OSError, soundfile.SoundFileError) as error:
        raise BenchError(f"{path} cannot be read ({error}): `git checkout assets/tapes`") from error
    turns = len(wave) // TURN_SAMPLES
    return wave[: turns * TURN_SAMPLES].reshape(turns, TURN_SAMPLES)


@lru_cache
def _pictures() -> tuple[tuple[Frame, Frame], ...]:
    """Pairs of camera and screen that differ everywhere, so that every budget is used up."""
    chance = np.random.default_rng(0)
    pairs = []
    for _ in range(PICTURES):
        camera, screen = (_blocks(chance, size) for size in (CAMERA_SIZE, SCREEN_SIZE))
        pairs.append((Frame("camera", camera), Frame("screen", screen)))
    return tuple(pairs)


def _blocks(chance: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    tiles = chance.integers(0, 256, (size[0] // 20, size[1] // 20, 3)).astype(np.uint8)
    return tiles.repeat(20, 0).repeat(20, 1)
