"""What camera and screen show while a scene is about something else: nobody's business.

People share their screen and leave the camera on. A model that saw pictures only where there was
something to tell of them would take all pictures for news, and hear badly beside those it does
not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image

from engine.training.scenes import camera_show, screen_show
from engine.training.scenes.basics import pick
from engine.training.scenes.camera_show import CameraShow, Move, Pose
from engine.training.scenes.screen_show import ScreenShow
from engine.training.scenes.stage import Show, Stage

CHANCE = 0.06
_SIZES: dict[Literal["camera", "screen"], tuple[int, int]] = {
    "camera": (160, 120), "screen": (640, 360),
}  # fmt: skip


@dataclass(frozen=True)
class PictureShow:
    """One picture after the other. Implements engine.training.scenes.stage.Show.

    pictures: each (height, width, 3) uint8 RGB; the next is shown every `lasts_s`.
    """

    source: Literal["camera", "screen"]
    pictures: tuple[np.ndarray, ...]
    lasts_s: float

    def at(self, time_s: float) -> np.ndarray:
        return self.pictures[int(time_s / self.lasts_s) % len(self.pictures)]


def backdrop(stage: Stage) -> Show:
    """Something to be seen that has nothing to do with the scene on `stage`."""
    chance = stage.rng.random()
    if chance < 0.3:
        return _idle(stage)
    if chance < 0.55:
        return _desk(stage)
    source: Literal["camera", "screen"] = "camera" if chance < 0.75 else "screen"
    pictures = tuple(picture(stage.rng, _SIZES[source]) for _ in range(stage.rng.integers(1, 5)))
    return PictureShow(source, pictures, float(stage.rng.uniform(2.0, 9.0)))


def _idle(stage: Stage) -> Show:
    """Somebody sits before the camera and moves a little."""
    rng = stage.rng
    moves = [Move(0.0, 1.0, Pose(x=float(rng.uniform(0.3, 0.7))))]
    for at_s in np.cumsum(rng.uniform(2.0, 6.0, 4)):
        pose = Pose(x=float(rng.uniform(0.3, 0.7)), slump=float(rng.uniform(0, 0.3)))
        moves.append(Move(float(at_s), float(rng.uniform(0.8, 2.0)), pose))
    figure, size = pick(stage, camera_show.figures("train")), float(rng.uniform(0.7, 1.15))
    return CameraShow(figure, camera_show.room(rng), moves, size, float(rng.uniform(0, 0.02)))


def _desk(stage: Stage) -> Show:
    """A desktop on which things go on."""
    rng, theme = stage.rng, pick(stage, screen_show.themes("train"))
    kinds = [pick(stage, list(screen_show.MAKE)) for _ in range(rng.integers(0, 3))]
    things = [screen_show.MAKE[kind](theme, float(rng.uniform(1.0, 15.0)), rng) for kind in kinds]
    return ScreenShow(screen_show.desktop(theme, rng), things)


def picture(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """Any picture, from a smooth photograph to bare noise. size: (width, height).

    Returns (height, width, 3) uint8.
    """
    width, height = size
    total = np.zeros((height, width, 3), np.float32)
    finest = int(rng.integers(2, 9))
    for octave in range(1, finest):
        cells = (min(2**octave, height), min(2**octave, width))
        grid = rng.normal(0, rng.uniform(0.3, 1.0) ** octave, (*cells, 3)).astype(np.float32)
        for channel in range(3):
            layer = Image.fromarray(np.ascontiguousarray(grid[..., channel]))
            total[..., channel] += np.asarray(layer.resize(size, Image.Resampling.BILINEAR))
    if rng.random() < 0.3:
        total += rng.normal(0, rng.uniform(0.1, 2.0), total.shape)
    bright = 128 + rng.uniform(-60, 60) + rng.uniform(20, 90) * total
    return np.clip(bright, 0, 255).astype(np.uint8)
