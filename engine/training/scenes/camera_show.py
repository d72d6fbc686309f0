"""A person before a camera, drawn: comes in, leaves, raises a hand, stands, sits, does exercises.

160x120, the size at which the runtime looks. A pose is a few numbers; what somebody does is a way
from pose to pose along the time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw

from engine.training.heldout import heldout

WIDTH, HEIGHT, SCALE = 160, 120, 3
Colour = tuple[int, int, int]

# skin, hair, shirt, trousers
FIGURES: dict[str, tuple[Colour, Colour, Colour, Colour]] = {
    "ada": ((236, 196, 170), (70, 44, 28), (180, 40, 50), (40, 50, 90)),
    "bo": ((120, 80, 56), (20, 18, 18), (230, 200, 60), (60, 60, 66)),
    "cem": ((208, 160, 124), (30, 24, 22), (50, 110, 70), (30, 30, 36)),
    "dee": ((248, 214, 190), (214, 176, 90), (90, 130, 200), (110, 90, 70)),
    "eli": ((86, 56, 42), (24, 20, 20), (236, 236, 236), (70, 80, 120)),
    "fay": ((224, 176, 146), (150, 70, 40), (120, 70, 150), (40, 40, 44)),
    "gus": ((240, 200, 176), (150, 150, 150), (60, 64, 70), (130, 120, 100)),
    "hana": ((232, 190, 150), (18, 16, 20), (240, 140, 160), (60, 50, 60)),
    "ines": ((176, 124, 92), (44, 28, 22), (40, 150, 160), (90, 40, 50)),
    "jo": ((150, 104, 78), (60, 40, 30), (200, 110, 40), (50, 70, 60)),
}


def figures(split: str) -> list[str]:
    """Names of the figures of a split: those held out are named in heldout.json."""
    never = set(heldout("figure"))
    return sorted(never if split == "heldout" else set(FIGURES) - never)


@dataclass(frozen=True)
class Pose:
    """x: of the middle, 0 to 1, beyond is outside. down: how far the hips are lowered, 0 to 1.

    left, right: arms, 0 hanging, 1 straight up. apart: legs, 0 together. lying: 0 upright, 1 on
    the floor; then `down` is how far the arms are bent. slump: how far the back is bent, 0 to 1.
    """

    x: float = 0.5
    down: float = 0.0
    left: float = 0.05
    right: float = 0.05
    apart: float = 0.1
    lying: float = 0.0
    slump: float = 0.0


def between(one: Pose, other: Pose, share: float) -> Pose:
    """A pose on the way, eased in and out."""
    eased = 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))
    values = {k: v + (getattr(other, k) - v) * eased for k, v in vars(one).items()}
    return Pose(**values)


@dataclass(frozen=True)
class Move:
    """From `start_s` on, in `lasts_s`, to a pose."""

    start_s: float
    lasts_s: float
    to: Pose


@dataclass
class CameraShow:
    """Implements engine.training.scenes.stage.Show. on_s: when the camera is switched on."""

    figure: str
    room: np.ndarray
    moves: Sequence[Move]
    size: float = 1.0
    sway: float = 0.0
    on_s: float = 0.0
    source: Literal["camera", "screen"] = "camera"

    def at(self, time_s: float) -> np.ndarray | None:
        return self.look(self.pose(time_s)) if time_s >= self.on_s else None

    def pose(self, time_s: float) -> Pose:
        pose = self.moves[0].to
        for move in self.moves[1:]:
            if time_s >= move.start_s:
                pose = between(pose, move.to, (time_s - move.start_s) / move.lasts_s)
        return replace(pose, x=pose.x + self.sway * math.sin(1.7 * time_s))

    def look(self, pose: Pose) -> np.ndarray:
        """(120, 160, 3) uint8."""
        return painted(self.figure, self.room, pose, self.size)


def room(rng: np.random.Generator) -> np.ndarray:
    """A wall with a few flat things on it and a floor: (120, 160, 3) uint8."""
    wall, floor = (tuple(int(v) for v in rng.integers(40, 230, 3)) for _ in range(2))
    image = Image.new("RGB", (WIDTH, HEIGHT), wall)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, int(rng.integers(85, 108)), WIDTH, HEIGHT), fill=floor)
    for _ in range(int(rng.integers(0, 5))):
        left, top = int(rng.integers(0, 140)), int(rng.integers(0, 70))
        right, bottom = left + int(rng.integers(10, 50)), top + int(rng.integers(10, 40))
        canvas.rectangle((left, top, right, bottom), fill=tuple(map(int, rng.integers(20, 240, 3))))
    noisy = np.asarray(image, np.float32) + rng.normal(0, rng.uniform(0, 8), (HEIGHT, WIDTH, 1))
    return np.clip(noisy, 0, 255).astype(np.uint8)


def painted(figure: str, room: np.ndarray, pose: Pose, size: float) -> np.ndarray:
    image = Image.fromarray(room).resize((WIDTH * SCALE, HEIGHT * SCALE))
    canvas = ImageDraw.Draw(image)
    unit = 26 * size * SCALE
    hip_x = pose.x * WIDTH * SCALE
    floor = (HEIGHT - 4) * SCALE
    (_lying if pose.lying > 0.5 else _upright)(canvas, FIGURES[figure], pose, hip_x, floor, unit)
    return np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX))


def _upright(
    canvas: ImageDraw.ImageDraw, look: Sequence[Colour], pose: Pose,
    x: float, floor: float, unit: float,
) -> None:  # fmt: skip
    """Legs of 1.5 units, a trunk of 1.3, arms of 1.2, a head."""
    skin, hair, shirt, trousers = look
    hip = floor - unit * (1.5 - 0.8 * pose.down)
    for side in (-1, 1):
        foot = x + side * unit * (0.15 + 0.7 * pose.apart)
        knee = (x + side * unit * (0.2 + 0.4 * pose.apart + 0.3 * pose.down), (hip + floor) / 2)
        canvas.line([(x, hip), knee, (foot, floor)], fill=trousers, width=round(unit * 0.32))
    shoulder, bent = hip - unit * (1.3 - 0.35 * pose.slump), unit * 0.5 * pose.slump
    canvas.line([(x, hip), (x + bent, shoulder)], fill=shirt, width=round(unit * 0.75))
    x += bent
    for side, lift in ((-1, pose.left), (1, pose.right)):
        angle = math.pi * (0.5 - lift)  # from straight down to straight up
        joint = (x + side * unit * 0.35, shoulder + unit * 0.1)
        reach = unit * 1.2 * max(0.25, math.cos(angle)) if 0 < lift < 1 else unit * 0.25
        hand = (joint[0] + side * reach, joint[1] + unit * 1.2 * math.sin(angle))
        canvas.line([joint, hand], fill=shirt, width=round(unit * 0.24))
        _disc(canvas, hand, unit * 0.17, skin)
    head = (x + bent * 0.6, shoulder - unit * (0.45 - 0.3 * pose.slump))
    _disc(canvas, (head[0], head[1] - unit * 0.08), unit * 0.4, hair)
    _disc(canvas, (head[0], head[1] + unit * 0.06), unit * 0.34, skin)


def _lying(
    canvas: ImageDraw.ImageDraw, look: Sequence[Colour], pose: Pose,
    x: float, floor: float, unit: float,
) -> None:  # fmt: skip
    """Seen from the side on hands and feet; `down` bends the arms."""
    skin, hair, shirt, trousers = look
    height = unit * (1.0 - 0.7 * pose.down)
    shoulder, feet = (x - unit * 1.2, floor - height), (x + unit * 1.7, floor)
    hip = (x + unit * 0.2, floor - height * 0.6)
    canvas.line([hip, feet], fill=trousers, width=round(unit * 0.3))
    canvas.line([shoulder, hip], fill=shirt, width=round(unit * 0.5))
    canvas.line([shoulder, (x - unit * 1.2, floor)], fill=skin, width=round(unit * 0.22))
    _disc(canvas, (shoulder[0] - unit * 0.45, shoulder[1] - unit * 0.2), unit * 0.34, hair)
    _disc(canvas, (shoulder[0] - unit * 0.52, shoulder[1] - unit * 0.14), unit * 0.28, skin)


def _disc(
    canvas: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, fill: Colour
) -> None:
    x, y = at
    canvas.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
