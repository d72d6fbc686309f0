"""Where a scene is heard: a room, a level, noise, a floor that is never zero, and echo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from scipy.signal import lfilter

from engine.evaluation.play import EchoPath, Stimulus
from engine.microturn import SAMPLE_RATE_HZ, Update
from engine.training import people
from engine.training.acoustics import (
    active_power,
    aligned,
    excerpt,
    gain_db,
    mix_at_snr,
    room,
    synthetic_room,
)
from engine.training.render import held, microphone_wave
from engine.training.scenes.stage import Scene, turn_at

ROOM_SHARE, NOISE_SHARE, ECHO_SHARE = 0.4, 0.75, 0.5
SNR_DB = (10.0, 30.0)
GAIN_DB = (-9.0, 3.0)
NOISE_ALONE_DBFS = (-55.0, -25.0)
FLOOR_DBFS = (-72.0, -58.0)
ECHO_DB = (-45.0, -25.0)
ECHO_DELAY_S = (0.03, 0.3)


@dataclass(frozen=True)
class Surroundings:
    """Held-out noises and room responses, each (n,) float32 at 16 kHz; either may be none."""

    noises: tuple[np.ndarray, ...] = ()
    rooms: tuple[np.ndarray, ...] = ()

    @staticmethod
    def recorded(directory: Path | None) -> Surroundings:
        """The held-out recordings of a directory of noises; without one, synthetic ones."""
        if directory is None:
            return Surroundings()
        return Surroundings(
            tuple(noise.audio() for noise in people.noises(directory, "heldout")),
            tuple(noise.audio() for noise in people.rooms(directory, "heldout")),
        )

    def stimulus(self, scene: Scene, rng: np.random.Generator) -> Stimulus:
        """The scene as a microphone hears it. The same generator gives the same hearing."""
        wave = microphone_wave(scene)
        if rng.random() < ROOM_SHARE:
            wave = room(wave, self._response(rng))
        wave = self._noisy(gain_db(wave, rng.uniform(*GAIN_DB)), rng)
        hiss = rng.standard_normal(len(wave), np.float32)
        return Stimulus(
            wave + gain_db(hiss, rng.uniform(*FLOOR_DBFS)),
            _by_turn(scene.typed),
            _updates(scene),
            self._echo(rng) if rng.random() < ECHO_SHARE else None,
            shows=scene.shows,
            held=held(scene),
        )

    def _response(self, rng: np.random.Generator) -> np.ndarray:
        if self.rooms and rng.random() < 0.5:
            return self.rooms[int(rng.integers(len(self.rooms)))]
        return synthetic_room(rng, float(rng.uniform(0.15, 0.6)), float(rng.uniform(0.0, 8.0)))

    def _noisy(self, wave: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Under speech at a ratio to it; where nobody speaks, at a level of its own."""
        if rng.random() >= NOISE_SHARE:
            return wave
        noise = self._noise(rng)
        if active_power(wave) > 0:
            return mix_at_snr(wave, noise, float(rng.uniform(*SNR_DB)), rng)
        part = excerpt(noise, len(wave), rng)
        level = float(np.sqrt(np.mean(np.square(part)))) or 1.0
        return gain_db(part / level, rng.uniform(*NOISE_ALONE_DBFS))

    def _noise(self, rng: np.random.Generator) -> np.ndarray:
        if self.noises:
            return self.noises[int(rng.integers(len(self.noises)))]
        white = rng.standard_normal(10 * SAMPLE_RATE_HZ)
        return np.asarray(lfilter([1.0], [1.0, -rng.uniform(0.0, 0.97)], white), np.float32)

    def _echo(self, rng: np.random.Generator) -> EchoPath:
        response = aligned(synthetic_room(rng, 0.15, 3.0))
        delay = round(rng.uniform(*ECHO_DELAY_S) * SAMPLE_RATE_HZ)
        return EchoPath(delay, gain_db(response, rng.uniform(*ECHO_DB)))


def _updates(scene: Scene) -> Mapping[int, tuple[Update, ...]]:
    kinds: dict[Literal["thinking", "commentary"], tuple[tuple[float, str], ...]] = {
        "thinking": scene.thinking, "commentary": scene.commentary
    }  # fmt: skip
    found: dict[int, tuple[Update, ...]] = {}
    for kind, messages in kinds.items():
        for turn, text in _by_turn(messages).items():
            found[turn] = (*found.get(turn, ()), Update(kind, text))
    return found


def _by_turn(messages: Iterable[tuple[float, str]]) -> Mapping[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for time_s, text in messages:
        found[turn_at(time_s)].append(text)
    return {turn: "\n".join(texts) for turn, texts in found.items()}
