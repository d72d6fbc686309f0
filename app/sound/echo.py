"""What is done to the microphone's sound before the model hears it.

The work is WebRTC's through the library pywebrtc-audio. Its echo canceller (AEC3) takes the own
voice out, and suppresses what is left of it, and with that whoever speaks over the voice: most of
a "stop" is gone. So it may take away no more than DEPTH: a person is understood then, and an echo
is as faint as those that the model learned not to mind (LOG.md, 2026-11-27). Noise suppression and
gain control are off unless the user wants them: what else the microphone hears is for the model to
judge, which learned on rooms and noises.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from app.sound.framing import FRAME_S, FRAME_SAMPLES
from engine.microturn import SAMPLE_RATE_HZ

REST_S = 5.0
DEPTH = 0.3  # what is left at least of every sound, as an amplitude: 10 dB below
RECALLED = 100  # frames: in a second the canceller knows the room's noise again
HELD_BACK = 128  # samples by which AEC3 is late
NO_SOUND = np.zeros(FRAME_SAMPLES, np.float32)


@dataclass(frozen=True)
class Cleaning:
    """What the user wants done: echo cancellation, noise suppression, gain control."""

    echo: bool = True
    noise: bool = False
    gain: bool = False

    @property
    def canceller(self) -> EchoCanceller:
        """A new one, which has heard nothing yet."""
        without_echo = WebRtcCanceller() if self.echo else NoCancellation()
        return Levelled(self, without_echo) if self.noise or self.gain else without_echo


AS_USUAL, NOTHING = Cleaning(), Cleaning(echo=False)


class EchoCanceller(Protocol):
    """Works on frames: near and far (160,) float32 -> (160,) float32."""

    def process(self, near: np.ndarray, far: np.ndarray) -> np.ndarray: ...

    def expect_delay(self, delay_s: float) -> None: ...


class NoCancellation:
    """Every switch is off: what comes in goes out."""

    def process(self, near: np.ndarray, far: np.ndarray) -> np.ndarray:
        return near

    def expect_delay(self, delay_s: float) -> None: ...


class Levelled:
    """Noise suppression and gain control, as the user wants them, after the echo is gone."""

    def __init__(self, cleaning: Cleaning, without_echo: EchoCanceller) -> None:
        self._without_echo = without_echo
        self._processor = _processor(
            noise_suppression=cleaning.noise, auto_gain_control=cleaning.gain
        )

    def process(self, near: np.ndarray, far: np.ndarray) -> np.ndarray:
        return self._processor.process(self._without_echo.process(near, far))

    def expect_delay(self, delay_s: float) -> None:
        self._without_echo.expect_delay(delay_s)


class WebRtcCanceller:
    """AEC3. Finds the echo's delay itself up to about half a second; a hint lets it settle sooner.

    Not for use from two threads. While nothing is played it rests: all that is left for it to do is
    a high-pass and a delay, which cost a tenth of it.
    """

    def __init__(self, rest_s: float = REST_S, depth: float = DEPTH) -> None:
        """rest_s: after so long without sound from the speaker; the room has died away by then.
        depth: what is left of every sound, at least."""
        self._depth = np.float32(depth)
        self._processor, self._uncancelled = _processor(echo_cancellation=True), _Uncancelled()
        self._patience, self._silent = round(rest_s / FRAME_S), 0
        self._missed: deque[np.ndarray] = deque(maxlen=RECALLED)

    def process(self, near: np.ndarray, far: np.ndarray) -> np.ndarray:
        whole = self._uncancelled.process(near)
        self._silent = 0 if far.any() else self._silent + 1
        if self._silent > self._patience:
            self._missed.append(near)
            return whole
        for missed in self._missed:
            self._processor.process(missed, NO_SOUND)
        self._missed.clear()
        left = self._processor.process(near, far)
        return left + self._depth * (whole - left)

    def expect_delay(self, delay_s: float) -> None:
        self._processor.stream_delay_ms = round(1000 * delay_s)


class _Uncancelled:
    """The sound as the canceller gives it where it finds no echo: as late, and without rumble."""

    def __init__(self) -> None:
        self._plain = _processor(high_pass_filter=True)
        self._late = np.zeros(HELD_BACK, np.float32)

    def process(self, near: np.ndarray) -> np.ndarray:
        stream = np.concatenate([self._late, self._plain.process(near)])
        self._late = stream[FRAME_SAMPLES:]
        return stream[:FRAME_SAMPLES]


def _processor(**switches: bool) -> Any:
    from pywebrtc_audio import AudioProcessor

    return AudioProcessor(sample_rate=SAMPLE_RATE_HZ, **switches)
