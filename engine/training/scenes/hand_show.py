"""A hand held up before the camera, drawn: so many fingers stretched, the others bent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw

from engine.training.scenes.camera_show import HEIGHT, SCALE, WIDTH, Colour

_SPREAD = (-62.0, -22.0, -6.0, 10.0, 27.0)  # degrees from upright: thumb to little finger
_LENGTH = (0.75, 1.0, 1.1, 1.02, 0.82)
# In which order people stretch their fingers: index first, or thumb first.
_ORDERS = ((1, 2, 3, 4, 0), (0, 1, 2, 3, 4))


@dataclass(frozen=True)
class HandPose:
    """x, y, size: of the palm, in shares of the picture; tilt: degrees; left: mirrored."""

    fingers: int
    order: int
    x: float
    y: float
    size: float
    tilt: float
    left: bool

    @staticmethod
    def any(rng: np.random.Generator) -> HandPose:
        return HandPose(
            int(rng.integers(1, 6)), int(rng.integers(len(_ORDERS))),
            float(rng.uniform(0.35, 0.65)), float(rng.uniform(0.6, 0.72)),
            float(rng.uniform(0.14, 0.2)), float(rng.uniform(-15, 15)), bool(rng.random() < 0.5),
        )  # fmt: skip


@dataclass
class HandShow:
    """Implements engine.training.scenes.stage.Show. shown: from when on which pose is held."""

    skin: Colour
    room: np.ndarray
    shown: Sequence[tuple[float, HandPose]]
    source: Literal["camera", "screen"] = "camera"

    def at(self, time_s: float) -> np.ndarray:
        held = [pose for start_s, pose in self.shown if start_s <= time_s]
        if not held:
            return self.room
        image = Image.fromarray(self.room).resize((WIDTH * SCALE, HEIGHT * SCALE))
        _draw(ImageDraw.Draw(image), held[-1], self.skin)
        return np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX))


def _draw(canvas: ImageDraw.ImageDraw, pose: HandPose, skin: Colour) -> None:
    unit = pose.size * HEIGHT * SCALE
    x, y = pose.x * WIDTH * SCALE, pose.y * HEIGHT * SCALE
    dark = tuple(int(value * 0.7) for value in skin)
    canvas.line([(x, y), (x, HEIGHT * SCALE)], fill=skin, width=round(unit * 1.1))
    stretched = set(_ORDERS[pose.order][: pose.fingers])
    for finger in range(5):
        angle = math.radians(_SPREAD[finger] + pose.tilt) * (-1 if pose.left else 1)
        reach = unit * (0.8 + _LENGTH[finger] * (1.3 if finger in stretched else 0.25))
        tip = (x + math.sin(angle) * reach, y - math.cos(angle) * reach)
        for colour, width in ((dark, 0.5), (skin, 0.38)):
            canvas.line([(x, y), tip], fill=colour, width=round(unit * width))
            radius = unit * width / 2
            box = (tip[0] - radius, tip[1] - radius, tip[0] + radius, tip[1] + radius)
            canvas.ellipse(box, fill=colour)
    canvas.ellipse((x - unit * 0.8, y - unit * 0.85, x + unit * 0.8, y + unit * 0.85), fill=skin)
