"""What is done to the microphone's sound before the model hears it.

The work is WebRTC's through the library pywebrtc-audio: its echo canceller (AEC3) takes the own
voice out. Noise suppression and gain control are off unless the user wants them: what else the
microphone hears is for the model to judge, which learned on rooms and noises.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from app.sound.framing import FRAME_S, FRAME_SAMPLES
from engine.microturn import SAMPLE_RATE_HZ

REST_S = 5.0
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
        return WebRtcCanceller(self) if self != NOTHING else NoCancellation()


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


class WebRtcCanceller:
    """AEC3. Finds the echo's delay itself up to about half a second; a hint lets it settle sooner.

    Not for use from two threads. While nothing is played it rests: with the echo canceller alone
    switched on, all that is left for it to do is a high-pass and a delay, which cost a tenth of it.
    """

    def __init__(self, cleaning: Cleaning = AS_USUAL, rest_s: float = REST_S) -> None:
        """rest_s: after so long without sound from the speaker; the room has died away by then."""
        self._processor = _processor(
            echo_cancellation=cleaning.echo,
            noise_suppression=cleaning.noise,
            auto_gain_control=cleaning.gain,
        )
        self._rest = _Rest(round(rest_s / FRAME_S)) if cleaning == AS_USUAL else None

    def process(self, near: np.ndarray, far: np.ndarray) -> np.ndarray:
        if self._rest is None:
            return self._processor.process(near, far)
        for missed in self._rest.missed(far):
            self._processor.process(missed, NO_SOUND)
        if self._rest.begun(near):
            return self._rest.process(near)
        return self._processor.process(near, far)

    def expect_delay(self, delay_s: float) -> None:
        self._processor.stream_delay_ms = round(1000 * delay_s)


class _Rest:
    """What stands for a canceller that hears silence from the speaker, without a seam.

    `missed` and then `begun` are asked for every frame, and `process` where it has begun.
    """

    def __init__(self, patience: int) -> None:
        """patience: frames of silence from the speaker before it begins."""
        self._patience, self._silent = patience, 0
        self._recent: deque[np.ndarray] = deque(maxlen=RECALLED)
        self._plain = _processor(high_pass_filter=True)
        self._late = np.zeros(HELD_BACK, np.float32)

    def missed(self, far: np.ndarray) -> list[np.ndarray]:
        """What the canceller must hear before this frame: the last second, when a rest is over."""
        over = self._silent > self._patience
        self._silent = 0 if far.any() else self._silent + 1
        return list(self._recent) if over and not self._silent else []

    def begun(self, near: np.ndarray) -> bool:
        self._recent.append(near)
        if self._silent == self._patience:
            for frame in self._recent:
                self.process(frame)
        return self._silent > self._patience

    def process(self, near: np.ndarray) -> np.ndarray:
        """(160,) float32 as the canceller would give it, as late and without what it filters."""
        stream = np.concatenate([self._late, self._plain.process(near)])
        self._late = stream[FRAME_SAMPLES:]
        return stream[:FRAME_SAMPLES]


def _processor(**switches: bool) -> Any:
    from pywebrtc_audio import AudioProcessor

    return AudioProcessor(sample_rate=SAMPLE_RATE_HZ, **switches)
