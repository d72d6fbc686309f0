"""A conversation without a window: the seam that the window stands on, and fake desks."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping

import numpy as np

from app.capture.desk import OnFrame, OnSight
from app.capture.models import Area, Rect, Source
from app.capture.pace import Look
from app.conversation import Happening
from app.sound.desk import OnWiring
from app.sound.devices import Devices, Kind
from app.sound.earcons import Earcon
from app.sound.echo import Cleaning
from app.sound.loop import OnTurn
from app.sound.meter import STILL
from app.sound.patchbay import Wiring
from app.sound.playout import Unheard


class Recorder:
    """Listens where the window would, and keeps what happened, in order."""

    def __init__(self) -> None:
        self._arrived: queue.SimpleQueue[Happening] = queue.SimpleQueue()
        self._seen: list[Happening] = []

    def tell(self, happening: Happening) -> None:
        """May be called from any thread."""
        self._arrived.put(happening)

    @property
    def happenings(self) -> list[Happening]:
        while not self._arrived.empty():
            self._seen.append(self._arrived.get())
        return list(self._seen)


class FakeSound:
    """A sound desk without devices: a test speaks into it and looks at what it was asked to do."""

    def __init__(self, devices: Devices | None = None) -> None:
        self.devices = devices or Devices()
        self.played: list[tuple[int, np.ndarray]] = []
        self.asked: list[tuple[str, object]] = []
        self.playing = False
        self._level, self._flushed = 0.0, 0
        self._stir: Callable[[], None] = lambda: None

    def start(self, on_turn: OnTurn, on_wiring: OnWiring) -> None:
        self.hear, self.rewire = on_turn, on_wiring
        self.rewire(
            Wiring(
                devices=self.devices,
                microphone=self.devices.choose("microphone", None),
                speaker=self.devices.choose("speaker", None),
            )
        )

    def stop(self) -> None:
        self.asked.append(("stop", None))

    def play(self, generation: int, samples: np.ndarray) -> None:
        self.played.append((generation, samples))

    def flush(self) -> Unheard | None:
        """Of what came nothing was heard."""
        self.asked.append(("flush", None))
        generation = max((played[0] for played in self.played), default=0)
        fresh, self._flushed = generation > self._flushed, generation
        return Unheard(generation, 0) if fresh else None

    def restart_voice(self) -> None:
        self.asked.append(("restart_voice", None))

    def use(self, kind: Kind, name: str | None) -> None:
        self.asked.append((kind, name))

    def mute(self, muted: bool) -> None:
        self.asked.append(("mute", muted))

    def hear_system(self, on: bool) -> None:
        self.asked.append(("hear_system", on))

    def clean(self, cleaning: Cleaning) -> None:
        self.asked.append(("clean", cleaning))

    def chime(self, name: Earcon) -> None:
        self.asked.append(("chime", name))

    def when_stirred(self, call: Callable[[], None]) -> None:
        self._stir = call

    @property
    def level(self) -> float:
        return self._level

    @level.setter
    def level(self, level: float) -> None:
        """So loud is it at the microphone from now on."""
        stirs = self._level < STILL <= level
        self._level = level
        if stirs:
            self._stir()


class FakeCapture:
    """A capture desk without cameras and screens: a test shows it frames and what is open."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []
        self.aim: Rect | None = None

    def start(self, on_frame: OnFrame, on_sight: OnSight) -> None:
        self.show, self.tell = on_frame, on_sight

    def stop(self) -> None:
        self.asked.append(("stop", None))

    def watch(self, on: bool) -> None:
        self.asked.append(("watch", on))

    def use_camera(self, name: str | None) -> None:
        self.asked.append(("camera", name))

    def share(self, area: Area | None) -> None:
        self.asked.append(("share", area))

    def look_as(self, looks: Mapping[Source, Look]) -> None:
        self.asked.append(("look as", looks))

    def pause(self, paused: bool) -> None:
        self.asked.append(("pause", paused))
