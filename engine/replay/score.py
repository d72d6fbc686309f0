"""What a timeline shows, collected while the session runs.

The sound is kept as its peaks, a hundred a second, so that an hour costs a few megabytes.
"""

from __future__ import annotations

import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_S, TURN_SAMPLES, OutputTurn, completion_time_s
from engine.replay.events import Event
from engine.replay.session import Step
from engine.replay.transcript import act_text

PEAKS_PER_S = 100
_SPAN = SAMPLE_RATE_HZ // PEAKS_PER_S

Kind = Literal["typed", "heard", "say", "act", "update"]


@dataclass(frozen=True)
class Mark:
    """A piece of text at its time."""

    time_s: float
    text: str
    kind: Kind


@dataclass(frozen=True)
class Span:
    """The time from the voice's start to its stop, in seconds."""

    start_s: float
    stop_s: float


class Score:
    """A session on its time axis: marks, voice spans, and the peaks of both sides' sound."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.voice: list[Span] = []
        self.input_end_s = 0.0
        self._turns = 0
        self._voice_start_s = 0.0
        self._user = array.array("f")
        self._aside = array.array("f", [0.0] * (TURN_SAMPLES // _SPAN))

    @property
    def end_s(self) -> float:
        return self._turns * TURN_S

    @property
    def user_peaks(self) -> np.ndarray:
        """(n,) float32: the microphone's peak in every 10 ms."""
        return np.array(self._user, np.float32)

    @property
    def voice_peaks(self) -> np.ndarray:
        """(n,) float32: the voice's peak in every 10 ms of stream time."""
        return np.array(self._aside, np.float32)

    def add(self, step: Step, events: Sequence[Event]) -> None:
        """Takes in one micro-turn and the events that became known with it."""
        self._turns += 1
        if not step.tail:
            self.input_end_s = self.end_s
        if step.given.text:
            time_s = completion_time_s(step.given.index)
            self.marks.append(Mark(time_s, step.given.text, "typed"))
        self._user.extend(_peaks(step.given.audio))
        self._aside.extend(_voice_peaks(step.output))
        self.add_events(events)

    def add_events(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.stream == "voice":
                self._add_voice(event)
            else:
                kind: Kind = event.stream
                self.marks.append(Mark(event.time_s, _text(event), kind))

    def _add_voice(self, event: Event) -> None:
        if event.details["state"] == "start":
            self._voice_start_s = event.time_s
        else:
            self.voice.append(Span(self._voice_start_s, event.time_s))


def _text(event: Event) -> str:
    return act_text(event) if event.stream == "act" else str(event.details["text"])


def _peaks(audio: np.ndarray) -> Sequence[float]:
    peaks: list[float] = np.abs(audio.reshape(-1, _SPAN)).max(axis=1).tolist()
    return peaks


def _voice_peaks(output: OutputTurn) -> Sequence[float]:
    if output.audio is None:
        return [0.0] * (TURN_SAMPLES // _SPAN)
    return _peaks(output.audio)
