"""A scene is played to a session, micro-turn by micro-turn, its voice coming back as echo."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Protocol

import numpy as np
from scipy.signal import fftconvolve

from engine.evaluation.take import Take, take_of
from engine.microturn import TURN_S, TURN_SAMPLES, Frame, InputTurn, Session, Update
from engine.replay.beside import Beside, Nothing
from engine.replay.events import Event, EventStream
from engine.training.render import frames
from engine.training.scenes.stage import Show


@dataclass(frozen=True)
class EchoPath:
    """From the loudspeaker back to the microphone, after echo cancellation did what it can.

    response: (m,) impulse response with the attenuation in it. delay: samples.
    """

    delay: int
    response: np.ndarray


class Camera(Protocol):
    """What the camera shows."""

    def frames(self) -> Iterator[Frame | None]:
        """One entry per micro-turn from the first on, None where nothing new is shown."""
        ...


class _Always:
    """Holds every micro-turn: whatever is said is said to Aside."""

    def __contains__(self, _turn: object) -> bool:
        return True


ALWAYS = _Always()


@dataclass(frozen=True)
class Stimulus:
    """What a session is given. wave: (3200 * turns,) float32, all but the echo of its voice.

    camera: recorded pictures; shows: what a scene has drawn for camera and screen. held: the
    micro-turns on which the key to talk is down.
    """

    wave: np.ndarray
    typed: Mapping[int, str] = field(default_factory=dict)
    updates: Mapping[int, tuple[Update, ...]] = field(default_factory=dict)
    echo: EchoPath | None = None
    camera: Camera | None = None
    shows: tuple[Show, ...] = ()
    held: Container[int] = ()

    @property
    def turns(self) -> int:
        return len(self.wave) // TURN_SAMPLES


class _Room:
    """The stimulus, and what of the session's voice is still on its way to the microphone."""

    def __init__(self, stimulus: Stimulus) -> None:
        self._path = stimulus.echo
        self._wave = stimulus.wave
        if self._path is not None:
            reach = 2 * TURN_SAMPLES + self._path.delay + len(self._path.response)
            self._wave = np.concatenate([stimulus.wave, np.zeros(reach, np.float32)])

    def audio(self, turn: int) -> np.ndarray:
        part = self._wave[turn * TURN_SAMPLES : (turn + 1) * TURN_SAMPLES]
        return np.clip(part, -1.0, 1.0).astype(np.float32)

    def sound(self, turn: int, voice: np.ndarray) -> None:
        """The voice of micro-turn `turn` sounds in the interval after it."""
        if self._path is None:
            return
        late = np.asarray(fftconvolve(voice, self._path.response), np.float32)
        first = (turn + 1) * TURN_SAMPLES + self._path.delay
        self._wave[first : first + len(late)] += late


def play(session: Session, stimulus: Stimulus, beside: Beside | None = None) -> Take:
    """The session's take; its voice is cut off where the stimulus ends."""
    room, stream, events = _Room(stimulus), EventStream(), list[Event]()
    beside = beside or Nothing()
    shown = stimulus.camera.frames() if stimulus.camera else iter(())
    for turn, frame in zip(range(stimulus.turns), chain(shown, repeat(None)), strict=False):
        drawn = frames(stimulus.shows, turn)
        given = InputTurn(
            turn,
            room.audio(turn),
            camera=frame or drawn.get("camera"),
            screen=drawn.get("screen"),
            text=stimulus.typed.get(turn, ""),
            updates=stimulus.updates.get(turn, ()),
            addressed=turn in stimulus.held,
        )
        given = beside.before(given)
        output = session.step(given)
        beside.after(given, output)
        events += stream.of(given, output)
        if output.audio is not None:
            room.sound(turn, output.audio)
    return take_of([*events, *stream.finish()], stimulus.turns * TURN_S)
