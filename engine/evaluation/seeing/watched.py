"""A video as the camera's view, after an order that is typed, on a floor of noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Protocol

import numpy as np

from engine.evaluation.course import Trial
from engine.evaluation.duplex.timeline import Timeline
from engine.evaluation.play import Stimulus
from engine.microturn import TURN_S, Frame
from engine.replay.pictures import Pictures

ORDER_S, SHOW_TURN, TAIL_S = 0.2, 15, 4.0
SHOW_S = SHOW_TURN * TURN_S


class Seen(Protocol):
    """Where trials of the eyes come from: videos, or scenes that are rendered."""

    @property
    def times(self) -> str:
        """Where the times of events come from."""
        ...

    def names(self) -> Sequence[str]: ...

    def trial(self, key: str) -> Trial: ...


@dataclass(frozen=True)
class Video:
    """Shown from micro-turn SHOW_TURN on, five pictures a second; before it nothing is."""

    path: Path

    def frames(self) -> Iterator[Frame | None]:
        """Raises MediaError."""
        yield from repeat(None, SHOW_TURN)
        yield from Pictures(self.path, "camera").frames()


def watched(order: str, path: Path, seconds: float, rng: np.random.Generator) -> Stimulus:
    """The order is typed at 0.2 s, the video begins at 3 s, and 4 s follow its end.

    seconds: of the video. Its times become stream times by adding SHOW_S.
    """
    wave = Timeline(0.0).wave(SHOW_S + seconds + TAIL_S, rng)
    return Stimulus(wave, {round(ORDER_S / TURN_S) - 1: order}, camera=Video(path))
