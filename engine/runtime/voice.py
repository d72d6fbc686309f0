"""The shares of mel that the model drew become sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.microturn import TURN_SAMPLES
from engine.signal.mel import BINS, FRAMES_PER_TURN
from engine.signal.vocoder import PREFIX, Vocoder, VocoderState

VoiceState = VocoderState


class VoiceMaker:
    """Undoes the flow head's standardisation and runs the vocoder; keeps no state."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self._mean, self._deviation = weights["flow.mean"], weights["flow.deviation"]
        own = {n.removeprefix(PREFIX): w for n, w in weights.items() if n.startswith(PREFIX)}
        self._vocoder = Vocoder(own)

    def make(
        self, shares: Sequence[np.ndarray], state: VoiceState | None, seed: int, turn: int
    ) -> tuple[np.ndarray, VoiceState]:
        """One micro-turn of voice. shares: standardised mel, each (voice_size,).

        Returns (3200,) float32 and what the next micro-turn goes on from.
        """
        mel = np.concatenate([share * self._deviation + self._mean for share in shares])
        started = self._vocoder.start() if state is None else state
        frames = mel.reshape(FRAMES_PER_TURN, BINS)
        return self._vocoder.step(frames, started, seed, turn)

    def end(self, state: VoiceState | None) -> tuple[np.ndarray | None, None]:
        """What still sounds when the voice stops: a short fade, then nothing."""
        if state is None:
            return None, None
        audio = np.zeros(TURN_SAMPLES, np.float32)
        fade, _ = self._vocoder.tail(state)
        audio[: len(fade)] = fade
        return audio, None
