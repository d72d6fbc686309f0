"""What is done to the microphone's sound before the model hears it.

The work is WebRTC's through the library pywebrtc-audio: its echo canceller (AEC3) takes the own
voice out. Noise suppression and gain control are off unless the user wants them: what else the
microphone hears is for the model to judge, which learned on rooms and noises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ


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

    Not for use from two threads.
    """

    def __init__(self, cleaning: Cleaning = AS_USUAL) -> None:
        from pywebrtc_audio import AudioProcessor

        self._processor = AudioProcessor(
            sample_rate=SAMPLE_RATE_HZ,
            echo_cancellation=cleaning.echo,
            noise_suppression=cleaning.noise,
            auto_gain_control=cleaning.gain,
        )

    def process(self, near: np.ndarray, far: np.ndarray) -> np.ndarray:
        return self._processor.process(near, far)

    def expect_delay(self, delay_s: float) -> None:
        self._processor.stream_delay_ms = round(1000 * delay_s)
