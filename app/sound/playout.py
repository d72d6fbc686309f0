"""The voice on its way to the speaker: in order, in time, and silent at once when told.

The voice of a micro-turn has one place in time. It starts `START_DELAY` after it came, so that
the next may be a little late; what comes later than that leaves faded silence in its place and
loses its own beginning: late sound never shifts what follows.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from app.sound.framing import FRAME_SAMPLES
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES

START_DELAY = 50 * SAMPLE_RATE_HZ // 1000
JITTER = 40 * SAMPLE_RATE_HZ // 1000
PLAY_AHEAD = TURN_SAMPLES + START_DELAY + JITTER
FADE = 5 * SAMPLE_RATE_HZ // 1000
_FADE_IN = np.linspace(0, 1, FADE, dtype=np.float32)
_FADE_OUT = _FADE_IN[::-1]
_NOTHING = np.zeros(0, np.float32)


@dataclass(frozen=True)
class Unheard:
    """A generation that was silenced after `played_ms` of it."""

    generation: int
    played_ms: int


class Playout:
    """Holds at most one micro-turn of voice ahead. Written by the client, pulled by the speaker.

    Every generation is one stretch of voice. `_owed` counts the samples of silence that were
    played in its place since it ran dry.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting = _NOTHING
        self._owed = 0
        self._came = 0  # samples of this generation
        self._generation = 0
        self._silenced = 0

    @property
    def busy(self) -> bool:
        """Whether voice is waiting or being played."""
        return len(self._waiting) > 0

    def add(self, generation: int, samples: np.ndarray) -> None:
        """Voice came: (n,) at 16 kHz. Sound of a silenced or older generation is dropped."""
        with self._lock:
            if generation <= self._silenced or generation < self._generation:
                return
            if generation > self._generation:
                self._generation, self._owed, self._came = generation, 0, 0
                self._waiting = np.concatenate([self._tail(), _silence()])
            self._came += len(samples)
            self._append(samples.astype(np.float32))

    def flush(self) -> Unheard | None:
        """Silence now, but for a fade of 5 ms; the rest of this generation will not be heard.

        Returns what of it was, None where none has come since the last time.
        """
        with self._lock:
            fresh = self._generation > self._silenced
            played = max(0, self._came - len(self._waiting))
            self._silenced = self._generation
            self._waiting = self._tail()
            ms = 1000 * played // SAMPLE_RATE_HZ
            return Unheard(self._generation, ms) if fresh else None

    def drop(self) -> None:
        """Nobody pulls any more: what waits would sound, out of place, when somebody does again."""
        with self._lock:
            self._silenced = self._generation
            self._waiting = _NOTHING

    def restart(self) -> None:
        """A new session begins, which counts its generations from one."""
        with self._lock:
            self._waiting = self._tail()
            self._generation = self._silenced = 0

    def pull(self, count: int = FRAME_SAMPLES) -> np.ndarray:
        """The next (count,) samples to play."""
        with self._lock:
            voice, self._waiting = self._waiting[:count], self._waiting[count:]
            if not len(voice):
                self._owed += count
                return np.zeros(count, np.float32)
            if not len(self._waiting):
                voice = _faded_out(voice)
                self._owed = count - len(voice)
            return np.pad(voice, (0, count - len(voice)))

    def _append(self, samples: np.ndarray) -> None:
        dry = not len(self._waiting)
        late, self._owed = self._owed, 0
        if late >= len(samples):
            self._waiting = _silence()
        elif dry:
            samples = samples[late:]
        if dry:
            samples = _faded_in(samples)
        self._waiting = np.concatenate([self._waiting, samples])
        too_much = len(self._waiting) - PLAY_AHEAD
        if too_much > 0:
            self._waiting = _skipped(self._waiting, too_much)

    def _tail(self) -> np.ndarray:
        tail = self._waiting[:FADE]
        return tail * _FADE_OUT[: len(tail)]


def _silence() -> np.ndarray:
    return np.zeros(START_DELAY, np.float32)


def _faded_in(samples: np.ndarray) -> np.ndarray:
    faded = samples.copy()
    faded[:FADE] *= _FADE_IN[: len(faded)]
    return faded


def _faded_out(samples: np.ndarray) -> np.ndarray:
    faded = samples.copy()
    faded[-FADE:] *= _FADE_OUT[-len(faded) :]
    return faded


def _skipped(samples: np.ndarray, count: int) -> np.ndarray:
    """Leaves out `count` samples at the front, crossfaded so that it does not click."""
    before, after = samples[:FADE], samples[count:].copy()
    after[:FADE] = after[:FADE] * _FADE_IN + before * _FADE_OUT
    return after
