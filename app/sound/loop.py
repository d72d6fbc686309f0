"""The sound loop: microphone frames in, echo out, 200 ms micro-turns on.

It never stops and never runs ahead: where the microphone gives nothing, silence passes by the
wall clock, because a session without a microphone still has time, and typed words need turns.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.sound.captured import Captured, FrameQueue
from app.sound.echo import EchoCanceller
from app.sound.framing import FRAME_S, FRAME_SAMPLES
from app.sound.meter import Meter
from app.sound.played import Played
from app.sound.system_ear import SystemEar
from engine.microturn import TURN_SAMPLES

STALL_S = 0.25
FAR_PATIENCE_S = 0.02
FRESH_FRAMES = 4  # what the microphone gives at a time
FRAMES_PER_TURN = TURN_SAMPLES // FRAME_SAMPLES


class OnTurn(Protocol):
    """Takes one micro-turn: (3200,) float32 of each source; system: None while it is off."""

    def __call__(self, microphone: np.ndarray, system: np.ndarray | None = None, /) -> None: ...


@dataclass(frozen=True)
class Latency:
    """What the open streams say of themselves, in seconds."""

    microphone_s: float = 0.0
    speaker_s: float = 0.0
    system_s: float = 0.0


class SoundLoop:
    """One thread. `on_turn` is called on it every 200 ms, with the microphone's (3200,) float32
    and with the system's, which is None while nobody wants to hear it."""

    def __init__(
        self,
        frames: FrameQueue,
        played: Played,
        canceller: EchoCanceller,
        meter: Meter,
        system: SystemEar,
        on_turn: OnTurn,
    ) -> None:
        self._system = system
        self._frames, self._played, self._meter, self._on_turn = frames, played, meter, on_turn
        self._canceller = canceller
        self._latency = Latency()
        self._flowing = False
        self._next_s = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound loop", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def use(self, canceller: EchoCanceller) -> None:
        canceller.expect_delay(self._latency.microphone_s)
        self._canceller = canceller

    def expect(self, latency: Latency) -> None:
        """The streams were opened or closed: the echo's delay is another one."""
        self._latency = latency
        self._canceller.expect_delay(latency.microphone_s)
        self._system.expect(latency.system_s)

    def _run(self) -> None:
        self._next_s = time.monotonic()
        turn: list[np.ndarray] = []
        system: list[np.ndarray | None] = []
        while not self._stopping.is_set():
            turn.append(self._next_frame())
            system.append(self._system.next_frame(self._latency.speaker_s))
            if len(turn) == FRAMES_PER_TURN:
                self._on_turn(np.concatenate(turn), _joined(system))
                turn.clear()
                system.clear()

    def _next_frame(self) -> np.ndarray:
        while not self._stopping.is_set():
            missing_at_s = self._next_s + (STALL_S if self._flowing else 0.0)
            wait_s = missing_at_s - time.monotonic()
            captured = self._frames.get(wait_s)
            if captured is not None:
                return self._without_echo(self._fresh(captured))
            if time.monotonic() >= missing_at_s:
                return self._silence()
        return np.zeros(FRAME_SAMPLES, np.float32)

    def _silence(self) -> np.ndarray:
        self._flowing = False
        self._next_s += FRAME_S
        return np.zeros(FRAME_SAMPLES, np.float32)

    def _fresh(self, captured: Captured) -> Captured:
        """After a stall silence has stood for the missing sound: what comes late is dropped."""
        while not self._flowing and len(self._frames) >= FRESH_FRAMES:
            captured = self._frames.get() or captured
        self._flowing = True
        self._next_s = time.monotonic() + FRAME_S
        return captured

    def _without_echo(self, captured: Captured) -> np.ndarray:
        """What the speaker takes now is in the air, at the earliest, its latency later."""
        self._meter.feed(captured.samples)
        end_s = captured.end_s - self._latency.speaker_s
        patience_s = 0.0 if len(self._frames) else FAR_PATIENCE_S
        far = self._played.read(FRAME_SAMPLES, end_s, patience_s)
        return self._canceller.process(captured.samples, far)


def _joined(frames: list[np.ndarray | None]) -> np.ndarray | None:
    """A micro-turn of a source that may have been off for a part of it, or for all."""
    if all(frame is None for frame in frames):
        return None
    nothing = np.zeros(FRAME_SAMPLES, np.float32)
    return np.concatenate([nothing if frame is None else frame for frame in frames])
