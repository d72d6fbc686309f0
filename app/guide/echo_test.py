"""The echo test: plays a sound, and compares what the microphone took with what is passed on.

Nothing of it reaches the engine, which meanwhile gets silence, nor any recording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QTimer

from app.conversation import Conversation
from app.sound.echo import DEPTH
from app.window.words import tr
from engine.microturn import SAMPLE_RATE_HZ, TURN_S, TURN_SAMPLES

QUIET_TURNS, SOUND_TURNS, LAST_TURNS = 5, 20, 8
FLOOR_DB = -60.0
AUDIBLE_DB, ENOUGH_DB, UNHEARD_DB = 8.0, -20 * np.log10(DEPTH) - 2.5, -48.0
NOTES_HZ = (262.0, 330.0, 392.0, 523.0)


@dataclass(frozen=True)
class EchoResult:
    """Peaks in dB below full scale: of the room, of the echo as taken, and as passed on."""

    quiet_db: float
    taken_db: float
    passed_db: float

    @property
    def words(self) -> str:
        if self.taken_db < self.quiet_db + AUDIBLE_DB:
            return tr(
                "The microphone did not hear the speaker. With headphones that is as it should "
                "be; if you heard no sound, turn the speaker up or choose another."
            )
        taken, passed = round(self.taken_db), round(self.passed_db)
        if self.passed_db < UNHEARD_DB or self.taken_db - self.passed_db >= ENOUGH_DB:
            good = tr("Good. The echo came in at {taken} dB; {passed} dB of it are left.")
            return good.format(taken=taken, passed=passed)
        bad = tr(
            "Aside would hear itself: the echo came in at {taken} dB, and {passed} dB are left. "
            "Switch echo cancellation on, turn the speaker down, or use headphones."
        )
        return bad.format(taken=taken, passed=passed)


class EchoTest:
    """Takes five seconds. `done` is called once with the result, unless `stop` came before."""

    def __init__(self, conversation: Conversation, done: Callable[[EchoResult], None]) -> None:
        self._conversation, self._done = conversation, done
        self._taken_db: list[float] = []
        self._passed_db: list[float] = []
        self._sound = test_sound()
        self._ticks = 0
        self._clock = QTimer()
        self._clock.setInterval(round(TURN_S * 1000))
        self._clock.timeout.connect(self._tick)

    def start(self) -> None:
        self._conversation.rehearse(self._hear)
        self._clock.start()

    def stop(self) -> None:
        self._clock.stop()
        self._conversation.rehearse(None)

    def _hear(self, audio: np.ndarray) -> None:
        """In the sound thread."""
        self._passed_db.append(peak_db(audio))

    def _tick(self) -> None:
        self._ticks += 1
        level = self._conversation.sound.level
        self._taken_db.append(FLOOR_DB * (1 - level))
        if self._ticks > QUIET_TURNS:
            chunk = next(self._sound, None)
            if chunk is None:
                self.stop()
                self._done(self._result())
            else:
                self._conversation.sound.play(1, chunk)

    def _result(self) -> EchoResult:
        quiet = max(self._taken_db[: QUIET_TURNS - 1], default=FLOOR_DB)
        taken = max(self._taken_db[-LAST_TURNS:], default=FLOOR_DB)
        passed = max(self._passed_db[-LAST_TURNS:], default=FLOOR_DB)
        return EchoResult(quiet, taken, passed)


def peak_db(audio: np.ndarray) -> float:
    """Decibels below full scale, -60 at least."""
    return max(FLOOR_DB, 20 * float(np.log10(np.abs(audio).max(initial=0.0) + 1e-9)))


def test_sound() -> Iterator[np.ndarray]:
    """Four seconds of a soft melody in micro-turns: each (3200,) float32 at 16 kHz."""
    count = SOUND_TURNS * TURN_SAMPLES
    time_s = np.arange(count) / SAMPLE_RATE_HZ
    note_s = SOUND_TURNS * TURN_S / 16
    pitch_hz = np.array(NOTES_HZ)[(time_s / note_s).astype(int) % len(NOTES_HZ)]
    phase = 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE_HZ
    overtones = sum(np.sin(number * phase) / number**1.5 for number in range(1, 6))
    fade = np.exp(-3.0 * (time_s % note_s) / note_s)
    whole = (0.16 * overtones * fade).astype(np.float32)
    yield from whole.reshape(SOUND_TURNS, TURN_SAMPLES)


test_sound.__test__ = False  # type: ignore[attr-defined]  # it is no test of ours
