"""What the computer plays, frame by frame, without Aside's own voice.

The output's monitor has our own voice in it, whatever the setting for the microphone says, so it
is always taken out here, all of it: by the same canceller, with what our speaker was given as the
far end.
The microphone's clock leads; this source is held back by LEAD_FRAMES so that it is never late,
and where its device stalls, silence passes.
"""

from __future__ import annotations

import numpy as np

from app.sound.captured import FrameQueue
from app.sound.echo import WebRtcCanceller
from app.sound.framing import FRAME_SAMPLES
from app.sound.played import Played

LEAD_FRAMES, MOST_FRAMES = 6, 30


class SystemEar:
    """`frames` is filled by the open stream, whoever it is; the loop's thread takes from here."""

    def __init__(self, played: Played) -> None:
        self.frames = FrameQueue()
        self._played = played
        self._canceller = WebRtcCanceller(depth=0.0)
        self._listening = self._flowing = False

    def listen(self, on: bool) -> None:
        """Off, nothing is passed on from this moment, though the stream may close later."""
        self._listening = on

    def expect(self, delay_s: float) -> None:
        self._canceller.expect_delay(delay_s)

    def next_frame(self, speaker_s: float) -> np.ndarray | None:
        """The frame that is due: (160,) float32, silence where it is missing; None while off.

        speaker_s: how long what the speaker takes is on its way until it sounds.
        """
        if not self._listening:
            self._forget()
            return None
        while len(self.frames) > MOST_FRAMES:
            self.frames.get()
        enough = self._flowing or len(self.frames) >= LEAD_FRAMES
        captured = self.frames.get() if enough else None
        self._flowing = captured is not None
        if captured is None:
            return np.zeros(FRAME_SAMPLES, np.float32)
        far = self._played.read(FRAME_SAMPLES, captured.end_s - speaker_s)
        return self._canceller.process(captured.samples, far)

    def _forget(self) -> None:
        self._flowing = False
        while len(self.frames):
            self.frames.get()


def mixed(microphone: np.ndarray, system: np.ndarray | None) -> np.ndarray:
    """What the model hears: both at their true loudness, for it has one ear. (n,) float32."""
    if system is None:
        return microphone
    return np.clip(microphone + system, -1.0, 1.0)
