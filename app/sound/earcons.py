"""Aside's short sounds on their way to the speaker, in the same stream as its voice.

Mixed in before the frame is played, they are part of what the speaker is known to have played, so
the echo canceller takes them out of the microphone too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import soundfile

from app.sound.framing import FRAME_SAMPLES
from engine.microturn import SAMPLE_RATE_HZ

Earcon = Literal["on", "off", "needs-you", "trouble", "done"]
NAMES: tuple[Earcon, ...] = get_args(Earcon)
FOLDER = Path(__file__).resolve().parents[2] / "assets" / "sounds"
FADE = 5 * SAMPLE_RATE_HZ // 1000
STALE_S = 0.5
_NOTHING = np.zeros(0, np.float32)


@cache
def earcon(name: Earcon) -> np.ndarray:
    """(n,) float32 at 16 kHz. Raises OSError or soundfile.SoundFileError if it is not there."""
    samples, rate_hz = soundfile.read(FOLDER / f"{name}.wav", dtype="float32")
    if rate_hz != SAMPLE_RATE_HZ or samples.ndim != 1:
        raise OSError(f"{name}.wav is not mono at 16 kHz: python installers/sounds.py")
    return np.asarray(samples)


class Earcons:
    """One sound at a time; a new one takes the place of the old. For use from any thread.

    One that no speaker took up in half a second is out of date and stays unheard.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._lock = threading.Lock()
        self._waiting = _NOTHING
        self._begun, self._asked_s = False, 0.0

    @property
    def waits(self) -> bool:
        """Whether one sounds or is to."""
        return len(self._waiting) > 0

    def play(self, samples: np.ndarray) -> None:
        """(n,) float32 at 16 kHz."""
        with self._lock:
            self._waiting = samples
            self._begun, self._asked_s = False, self._now_s()

    def flush(self) -> None:
        """Silence, but for a fade of 5 ms."""
        with self._lock:
            tail = self._waiting[:FADE] if self._begun else _NOTHING
            self._waiting = tail * np.linspace(1, 0, len(tail), dtype=np.float32)

    def over(self, voice: np.ndarray) -> np.ndarray:
        """A frame of voice, (160,), with what sounds now; the same frame where nothing does."""
        with self._lock:
            if not len(self._waiting):
                return voice
            if not self._begun and self._now_s() - self._asked_s > STALE_S:
                self._waiting = _NOTHING
                return voice
            self._begun = True
            now, self._waiting = self._waiting[:FRAME_SAMPLES], self._waiting[FRAME_SAMPLES:]
        mixed = voice.copy()
        mixed[: len(now)] += now
        return np.clip(mixed, -1.0, 1.0)
