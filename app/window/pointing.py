"""Where the model points, read from its act `point` and laid onto the screen. No Qt.

The act's arguments: `shape` ("arrow", "box" or "spotlight"), `x` and `y`, for box and spotlight
also `width` and `height`, and at will `seconds`. All places are parts of the picture that the
model saw last, from 0 at its left or upper edge to 1 at its right or lower one. Our own model
writes one line: its place in percent, "40 62", as an arrow's `text`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from app.capture.models import Rect
from engine.microturn import Json

Shape = Literal["arrow", "box", "spotlight"]
ACT = "point"
SHORTEST_S, USUAL_S, LONGEST_S = 1.0, 4.0, 15.0
SMALLEST = 0.02


@dataclass(frozen=True)
class Pointing:
    """One gesture. An arrow's width and height are 0; its tip is at (x, y)."""

    shape: Shape
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    seconds: float = USUAL_S

    @classmethod
    def read(cls, arguments: Json) -> Pointing | None:
        """None for arguments that name no place: nothing is shown rather than a wrong one."""
        arguments = _spoken(arguments)
        shape = arguments.get("shape", "arrow")
        x, y = _part(arguments.get("x")), _part(arguments.get("y"))
        if shape not in get_args(Shape) or x is None or y is None:
            return None
        seconds = _number(arguments.get("seconds"))
        lasting = USUAL_S if seconds is None else min(LONGEST_S, max(SHORTEST_S, seconds))
        if shape == "arrow":
            return cls(shape, x, y, seconds=lasting)
        width, height = _part(arguments.get("width")), _part(arguments.get("height"))
        if width is None or height is None:
            return None
        wide, high = max(SMALLEST, width), max(SMALLEST, height)
        return cls(shape, x, y, min(wide, 1 - x), min(high, 1 - y), lasting)

    def on(self, aim: Rect) -> tuple[float, float, float, float]:
        """left, top, width, height in the screen's own pixels. aim: what the picture showed."""
        return (
            aim.left + self.x * aim.width,
            aim.top + self.y * aim.height,
            self.width * aim.width,
            self.height * aim.height,
        )


def _spoken(arguments: Json) -> Json:
    """A line with two whole percents as places; anything else as it is."""
    words = str(arguments.get("text", "")).split()
    if len(words) != 2 or not all(word.isascii() and word.isdecimal() for word in words):
        return arguments
    x, y = (int(word[:4]) / 100 for word in words)
    return {**arguments, "x": x, "y": y}


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _part(value: object) -> float | None:
    """A number from 0 to 1; a little beyond is rounding, far beyond is no place."""
    number = _number(value)
    if number is None or not -0.05 <= number <= 1.05:
        return None
    return min(1.0, max(0.0, number))
