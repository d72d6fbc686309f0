"""Small checkpoints of random weights, for laws that hold whatever a model has learned.

Every matrix is random, those that training starts at zero too, and the marks of the output
grammar are made likely: so such a model hears, says, acts, speaks and falls quiet, senselessly.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.microturn import TURN_SAMPLES, Frame, InputTurn, Update
from engine.model.checkpoint import Checkpoint, save_checkpoint
from engine.model.config import ModelConfig
from engine.model.tokenizer import CONTROLS, Tokenizer
from engine.signal import vocoder
from engine.signal.mel import BINS

TAPE = Path(__file__).parents[1] / "assets" / "tapes" / "demo.flac"
WORDS = "say beep when I say operator add up what two three four plus seven remind me".split()
SMALL = ModelConfig(
    name="small", vocabulary=400, width=64, layers=2, heads=4, kv_heads=2, head_width=32,
    mlp_width=96, rotary=24, window=96, sinks=2, flow_width=48, flow_layers=1, flow_steps=2,
    letters_layer=1, patch_width=16,
)  # fmt: skip
LIVELY = 3  # with this seed SMALL does a bit of everything
# Wide enough for matrices of bytes.
WIDE = ModelConfig(**{**SMALL.__dict__, "name": "wide", "width": 128, "mlp_width": 256})
EXPERTS = ModelConfig(**{**SMALL.__dict__, "name": "experts", "experts": 4, "experts_used": 2})


def tokenizer(size: int = SMALL.vocabulary) -> Tokenizer:
    """Learned from a few words, so that other text falls to pieces and bytes."""
    return Tokenizer.train([" ".join(WORDS)] * 50, size)


def weights(config: ModelConfig, seed: int = 0, spread: float = 0.7) -> dict[str, np.ndarray]:
    """Random weights by name: matrices scaled by fan-in, marks of the grammar made likely."""
    pytest.importorskip("torch", reason="the names and shapes of the weights come from torch")
    from engine.model.interaction import InteractionModel

    chance = np.random.default_rng(seed)
    made = {}
    for name, value in InteractionModel(config).state_dict().items():
        fan = value.shape[-1] if value.ndim > 1 else 16
        noise = chance.standard_normal(tuple(value.shape)) * spread / np.sqrt(fan)
        made[name] = np.asarray(noise + (value.ndim == 1), np.float32)
    made["text_head.weight"][: len(CONTROLS)] *= 4.0
    return made | {f"vocoder.{n}": w for n, w in vocoder_weights(chance).items()}


def vocoder_weights(chance: np.random.Generator) -> dict[str, np.ndarray]:
    v = vocoder
    shapes = {"out.weight": (v.OUTPUTS, v.CHANNELS), "out.bias": (v.OUTPUTS,)}
    shapes["skip.weight"] = (v.OUTPUTS - v.PITCHES, BINS)
    for index in range(len(v.DILATIONS)):
        inputs = BINS if index == 0 else v.CHANNELS
        shapes[f"convolutions.{index}.weight"] = (v.CHANNELS, inputs, v.KERNEL)
        shapes[f"convolutions.{index}.bias"] = (v.CHANNELS,)
    return {
        name: (0.3 * chance.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)
        for name, shape in shapes.items()
    }


def checkpoint(config: ModelConfig = SMALL, seed: int = LIVELY) -> Checkpoint:
    """In memory, without files."""
    return Checkpoint(Path("untrained"), config, tokenizer(), weights(config, seed))


def folder(path: Path, config: ModelConfig = SMALL, seed: int = LIVELY) -> Path:
    """A checkpoint directory as training leaves it."""
    save_checkpoint(path, config, tokenizer(), weights(config, seed))
    return path


def sound(turns: int, seed: int = 5) -> np.ndarray:
    """Something with structure, bursts of a gliding tone in noise: (turns, 3200) float32."""
    chance = np.random.default_rng(seed)
    time = np.arange(turns * TURN_SAMPLES) / 16_000
    tone = np.sin(2 * np.pi * (180 * time + 30 * np.sin(2 * np.pi * 0.7 * time)))
    on = np.repeat(chance.random(turns * 4) < 0.5, TURN_SAMPLES // 4)
    wave = 0.2 * tone * on + chance.normal(0, 0.01, len(time))
    return wave.astype(np.float32).reshape(turns, TURN_SAMPLES)


def picture(chance: np.random.Generator, source: str, size: tuple[int, int]) -> Frame:
    coarse = chance.integers(0, 256, (9, 16, 3)).astype(np.uint8)
    rows, columns = (np.arange(n) * k // n for n, k in zip(size, coarse.shape[:2], strict=True))
    return Frame("camera" if source == "camera" else "screen", coarse[rows][:, columns])


def people(turns: int) -> list[InputTurn]:
    """The demo tape's people, over and over, with the busy eyes and keys of `everything`."""
    return [replace(turn, audio=alone.audio)
            for turn, alone in zip(everything(turns), demo(turns), strict=True)]  # fmt: skip


def demo(turns: int) -> list[InputTurn]:
    """The demo tape's people, over and over, and nothing else."""
    import soundfile  # here: a borrowed GPU's machine has none, and needs no tape

    wave, _ = soundfile.read(TAPE, dtype="float32")
    heard = np.resize(wave, (turns, TURN_SAMPLES))
    return [InputTurn(index, audio) for index, audio in enumerate(heard)]


def everything(turns: int, seed: int = 5) -> list[InputTurn]:
    """A busy session: sound, camera at 5 Hz, a changing screen, typing and updates."""
    chance, heard = np.random.default_rng(seed), sound(turns, seed)
    given = []
    for index in range(turns):
        camera = picture(chance, "camera", (120, 160)) if index % 3 else None
        screen = picture(chance, "screen", (360, 640)) if index % 2 else None
        text = " ".join(chance.choice(WORDS, 80 if index == 10 else 5)) if index % 7 == 3 else ""
        kind = ("thinking", "commentary")[index % 2]
        told = (Update(kind, "the answer is four"),) if index % 11 == 6 else ()  # type: ignore[arg-type]
        given.append(InputTurn(index, heard[index], camera, screen, text, told))
    return given
