"""What a session did, as events: the lines of `aside replay --json` and of a tape.

Text, acts and updates bear the time at which their micro-turn's input was complete. The voice
is timed to the sample: it starts with its first audible sample and stops after the last one,
in stream time, where the voice of micro-turn k occupies the interval k+1. Audible is what is
not zero in 16 bits, so that the times are those of a session's kept sound.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.microturn import (
    SAMPLE_RATE_HZ,
    TURN_SAMPLES,
    InputTurn,
    Json,
    OutputTurn,
    completion_time_s,
)
from engine.replay.media import on_tape_grid

Stream = Literal["heard", "say", "act", "voice", "update"]


@dataclass(frozen=True)
class Event:
    """One thing that happened. turn: the micro-turn that decided it; details: by stream."""

    turn: int
    time_s: float
    stream: Stream
    details: Json

    def record(self) -> dict[str, object]:
        """The event as the contract's JSON object."""
        return {
            "turn": self.turn,
            "time_s": self.time_s,
            "stream": self.stream,
            **self.details,
        }

    def line(self) -> str:
        """The event as one line of JSON, without the line's end."""
        return json.dumps(self.record(), ensure_ascii=False)


@dataclass(frozen=True)
class _Sounding:
    """A voice that has started: its generation, and its last audible sample so far."""

    generation: int
    turn: int
    sample: int


class EventStream:
    """Turns a session's micro-turns into events, in the order in which they become known."""

    def __init__(self) -> None:
        self._sounding: _Sounding | None = None

    def of(self, given: InputTurn, output: OutputTurn) -> list[Event]:
        """The events that became known with this micro-turn."""
        stopped = self._stopped_by(output)
        return [*stopped, *_updates(given), *_texts(output), *_acts(output), *self._voice(output)]

    def finish(self) -> list[Event]:
        """The stop of a voice that still sounded when the session ended."""
        sounding, self._sounding = self._sounding, None
        if sounding is None:
            return []
        return [_voice_event("stop", sounding.turn, sounding.sample + 1)]

    def _stopped_by(self, output: OutputTurn) -> list[Event]:
        goes_on = (
            self._sounding is not None
            and output.audio is not None
            and output.generation == self._sounding.generation
        )
        return [] if goes_on else self.finish()

    def _voice(self, output: OutputTurn) -> list[Event]:
        if output.audio is None:
            return []
        audible = np.flatnonzero(on_tape_grid(output.audio))
        if not len(audible):
            return []
        starts = self._sounding is None
        self._sounding = _Sounding(output.generation, output.index, int(audible[-1]))
        return [_voice_event("start", output.index, int(audible[0]))] if starts else []


def _voice_event(state: Literal["start", "stop"], turn: int, sample: int) -> Event:
    time_s = ((turn + 1) * TURN_SAMPLES + sample) / SAMPLE_RATE_HZ
    return Event(turn, time_s, "voice", {"state": state})


def _updates(given: InputTurn) -> list[Event]:
    time_s = completion_time_s(given.index)
    return [
        Event(given.index, time_s, "update", {"kind": update.kind, "text": update.text})
        for update in given.updates
    ]


def _texts(output: OutputTurn) -> list[Event]:
    spoken: tuple[tuple[Stream, str], ...] = (("heard", output.heard), ("say", output.say))
    return [
        Event(output.index, output.time_s, stream, {"text": text})
        for stream, text in spoken
        if text
    ]


def _acts(output: OutputTurn) -> list[Event]:
    return [
        Event(
            output.index,
            output.time_s,
            "act",
            {"name": act.name, "arguments": dict(act.arguments)},
        )
        for act in output.acts
    ]
