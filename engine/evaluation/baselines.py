"""Sessions that understand nothing, or see nothing: what a figure is worth shows beside theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES, Frame, InputTurn, OutputTurn, Session

WORD = "okay"
GATE_QUIET_S = 0.5
_WORD_TURNS = 2
_FRAME = SAMPLE_RATE_HZ // 100
_ABOVE_FLOOR_DB = 10.0
_FLOOR_WINDOW = 300
_SPEECH_FRAMES = 10


def _tone() -> np.ndarray:
    time_s = np.arange(TURN_SAMPLES) / SAMPLE_RATE_HZ
    return (0.3 * np.sin(2 * np.pi * 220 * time_s)).astype(np.float32)


_VOICE = _tone()


class _Stateless:
    """Baselines are never rolled back."""

    def snapshot(self) -> Any:
        raise NotImplementedError("a baseline keeps no state to go back to")

    def restore(self, state: Any) -> None:
        raise NotImplementedError("a baseline keeps no state to go back to")


class Silent(_Stateless):
    """Never says anything."""

    def step(self, turn: InputTurn) -> OutputTurn:
        return OutputTurn(turn.index)


class AlwaysTalking(_Stateless):
    """Says "okay" from the first micro-turn to the last, without a break."""

    def step(self, turn: InputTurn) -> OutputTurn:
        said = WORD if turn.index % _WORD_TURNS == 0 else ""
        return OutputTurn(turn.index, say=said, speaking=True, audio=_VOICE, generation=1)


@dataclass
class EnergyGate(_Stateless):
    """Says "okay" once the microphone's level has been down for 500 ms after it was up.

    Up is 10 dB over the lowest tenth of the last three seconds of 10 ms frames, for 100 ms.
    text, lasts: what it says instead, and for how many micro-turns.
    """

    text: str = WORD
    lasts: int = _WORD_TURNS
    levels_db: list[float] = field(default_factory=list)
    loud: int = 0
    quiet: int = 0
    armed: bool = False
    left: int = 0
    generation: int = 0

    def step(self, turn: InputTurn) -> OutputTurn:
        power = np.square(turn.audio, dtype=np.float64).reshape(-1, _FRAME).mean(1)
        levels_db = (10 * np.log10(power + 1e-10)).tolist()
        self.levels_db = [*self.levels_db, *levels_db][-_FLOOR_WINDOW:]
        threshold_db = float(np.quantile(self.levels_db, 0.1)) + _ABOVE_FLOOR_DB
        for level_db in levels_db:
            self._frame(level_db > threshold_db)
        starts = self.armed and self.quiet * 0.01 >= GATE_QUIET_S
        if starts:
            self.armed, self.left, self.generation = False, self.lasts, self.generation + 1
        if not self.left:
            return OutputTurn(turn.index, generation=self.generation)
        self.left -= 1
        return OutputTurn(
            turn.index, say=self.text if starts else "", speaking=True, audio=_VOICE,
            generation=self.generation,
        )  # fmt: skip

    def _frame(self, up: bool) -> None:
        if up:
            self.loud, self.quiet = self.loud + 1, 0
            self.armed = self.armed or self.loud >= _SPEECH_FRAMES
        else:
            self.loud, self.quiet = 0, self.quiet + 1


@dataclass
class Blind(_Stateless):
    """The model itself, before a grey wall: what it tells by rhythm or by luck, without looking."""

    session: Session

    def step(self, turn: InputTurn) -> OutputTurn:
        camera, screen = _grey(turn.camera), _grey(turn.screen)
        return self.session.step(replace(turn, camera=camera, screen=screen))


def _grey(frame: Frame | None) -> Frame | None:
    return frame and replace(frame, pixels=np.full_like(frame.pixels, 128))


BLIND = "blind"
BASELINES: dict[str, Callable[[], Session]] = {
    "silent": Silent, "always talking": AlwaysTalking, "energy gate": EnergyGate,
}  # fmt: skip
ANSWERING: dict[str, Callable[[], Session]] = BASELINES | {
    "energy gate": lambda: EnergyGate("okay i will see to that", 6)  # long enough to take a turn
}
