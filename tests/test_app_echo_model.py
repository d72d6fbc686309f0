"""Its own voice in the shipped model's ears, and somebody's over it.

The desktop's echo canceller and a room, sample for sample, on the stream's clock: the same on every
machine, busy or not. test_app_end_to_end_model.py does it through devices.

ASIDE_LONG=1 makes the echo last ten minutes in every room.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import pytest

from app.sound.echo import Cleaning
from app.sound.framing import FRAME_SAMPLES
from engine.microturn import SAMPLE_RATE_HZ, TURN_S, TURN_SAMPLES, InputTurn
from engine.runtime import LoadedEngine, load, shipped
from engine.training.voices.roster import roster
from tests.desktop import convolved
from tests.talk import response

pytestmark = [
    pytest.mark.skipif(not (shipped() / "model.safetensors").exists(), reason="no shipped model"),
    pytest.mark.timeout(1500 if os.environ.get("ASIDE_LONG") else 300),
]
LONG = bool(os.environ.get("ASIDE_LONG"))
ECHO_S = 600.0 if LONG else 40.0
LATE_S = (0.03, 0.1, 0.2, 0.3) if LONG else (0.03, 0.3)
PEOPLE = 12
LONG_ORDER, STOP = "say the months", "aside, stop"
HUSH_S = 0.6  # half a second on the stream's clock, and what the canceller holds back


@dataclass
class Desk:
    """A session behind the desktop's canceller; what it says comes back through a room.

    heard: words by micro-turn; voiced: the micro-turns whose interval is filled with voice.
    """

    engine: LoadedEngine
    late_s: float
    cleaning: Cleaning
    gain: float = 0.3

    def __post_init__(self) -> None:
        self.session, self.canceller = self.engine.session(0), self.cleaning.canceller
        self.turn, self.heard, self.voiced = 0, list[tuple[int, str]](), list[int]()
        self.response = response(self.late_s, self.gain, SAMPLE_RATE_HZ)
        self.far = np.zeros(TURN_SAMPLES, np.float32)
        self.near = np.zeros(TURN_SAMPLES, np.float32)  # what is on its way to the microphone
        self.hiss = np.random.default_rng(0)

    def put(self, wave: np.ndarray, at: int = 0) -> None:
        """Somebody says something, `at` samples after the micro-turn that is next begins."""
        lacks = at + len(wave) - len(self.near)
        self.near = np.pad(self.near, (0, max(0, lacks)))
        self.near[at : at + len(wave)] += wave

    def step(self, typed: str = "") -> None:
        near = self.near[:TURN_SAMPLES] + 1e-4 * self.hiss.standard_normal(TURN_SAMPLES)
        clean = [
            self.canceller.process(
                near[at : at + FRAME_SAMPLES].astype(np.float32), self.far[at : at + FRAME_SAMPLES]
            )
            for at in range(0, TURN_SAMPLES, FRAME_SAMPLES)
        ]
        out = self.session.step(InputTurn(self.turn, np.concatenate(clean), text=typed))
        self.near = np.pad(self.near[TURN_SAMPLES:], (0, TURN_SAMPLES))
        self.far = np.zeros(TURN_SAMPLES, np.float32)
        if out.heard:
            self.heard.append((self.turn, out.heard))
        if out.audio is not None:
            self.voiced.append(self.turn)
            self.far = out.audio
            self.put(convolved(out.audio, self.response).astype(np.float32))
        self.turn += 1

    @property
    def utterances(self) -> int:
        return sum(turn - 1 not in self.voiced for turn in self.voiced)


@pytest.fixture(scope="module")
def engine() -> LoadedEngine:
    return load()


@pytest.mark.parametrize("late_s", LATE_S)
@pytest.mark.parametrize("echo", [True, False], ids=["cancelled", "as it is"])
def test_it_neither_hears_nor_answers_itself(
    engine: LoadedEngine, echo: bool, late_s: float
) -> None:
    """Asked a sum every five seconds by keyboard, it says them, and nothing of that is heard."""
    desk = Desk(engine, late_s, Cleaning(echo=echo))
    for turn in range(round(ECHO_S / TURN_S)):
        desk.step("" if turn % 25 else "what is two plus two")
    asked = round(ECHO_S / TURN_S / 25)
    print(f"asked {asked}, spoke {desk.utterances} times, heard {desk.heard}")
    assert asked / 2 <= desk.utterances <= asked
    assert desk.heard == []


def hushed(engine: LoadedEngine, number: int, cleaning: Cleaning) -> bool:
    """Whether it talked on until this person said stop, and was silent in time and for good."""
    chance = np.random.default_rng(number)
    voices = roster("heldout")
    clip = voices[number % len(voices)].say(STOP)
    wave = 0.12 * clip.audio / np.sqrt(np.mean(clip.audio**2))
    desk = Desk(engine, float(chance.uniform(0.1, 0.5)), cleaning, float(chance.uniform(0.06, 0.4)))
    for _ in range(5):
        desk.step()
    desk.step(LONG_ORDER)
    while not desk.voiced and desk.turn < 20:
        desk.step()
    for _ in range(int(chance.integers(6, 12))):
        desk.step()
    begun = desk.turn
    desk.put(wave.astype(np.float32))
    for _ in range(25):
        desk.step()
    told_s, end_s = (begun * TURN_S + clip.words[-1].start_s, begun * TURN_S + clip.words[-1].end_s)
    fell_silent_s = (desk.voiced[-1] + 2) * TURN_S  # voice of micro-turn k sounds until k + 2
    return desk.utterances == 1 and told_s < fell_silent_s <= end_s + HUSH_S


@pytest.mark.parametrize("echo", [True, False], ids=["cancelled", "as it is"])
def test_stop_over_its_own_voice_is_heard(engine: LoadedEngine, echo: bool) -> None:
    """It says the months, aloud, into its own ears, and somebody says stop."""
    found = [hushed(engine, number, Cleaning(echo=echo)) for number in range(PEOPLE)]
    print(f"stopped {sum(found)} of {PEOPLE}")
    assert sum(found) >= PEOPLE * 2 / 3
