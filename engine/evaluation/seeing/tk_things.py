"""What is waited for on a screen by Tk: numbers and texts chosen once; `tk_widgets` draws them.

Knows nothing of tkinter, so that scenes are written where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.training.scenes.screen_show import Box, Colour, somewhere
from engine.training.scenes.toolkit_show import BUILDS, QUESTIONS, word

MOVES_S = 3.0
ICONS = ("information", "warning", "error", "question")
ANSWERS = (("OK", "Cancel"), ("Yes", "No"), ("Retry", "Cancel"), ("OK",))
BEFORE: tuple[Colour, ...] = ((60, 160, 60), (110, 110, 110), (220, 180, 40), (60, 90, 200))


@dataclass(frozen=True)
class Bar:
    """A window with a progress bar that is full from `time_s` on."""

    box: Box
    begins_s: float
    time_s: float
    title: str
    numbered: bool

    def state(self, time_s: float) -> int:
        share = (time_s - self.begins_s) / (self.time_s - self.begins_s)
        return int(100 * min(1.0, max(0.0, share)))


@dataclass(frozen=True)
class Light:
    """A lamp that has another colour from `time_s` on; round, or a rectangle."""

    box: Box
    time_s: float
    before: Colour
    after: Colour
    round: bool

    def state(self, time_s: float) -> int:
        return int(time_s >= self.time_s)


@dataclass(frozen=True)
class Dialog:
    """A message box that is there from `time_s` on. icon: of ICONS."""

    box: Box
    time_s: float
    title: str
    question: str
    icon: str
    answers: tuple[str, ...]

    def state(self, time_s: float) -> int:
        return int(time_s >= self.time_s)


@dataclass(frozen=True)
class Build:
    """A terminal: lines come `every_s` until `time_s`, then a last one in green, and no more."""

    box: Box
    time_s: float
    every_s: float
    lines: tuple[str, ...]
    last: str
    pixels: int
    dark: bool

    def state(self, time_s: float) -> int:
        count = 1 + int(max(0.0, min(time_s, self.time_s)) / self.every_s)
        return 2 * count + int(time_s >= self.time_s)

    def written(self, state: int) -> tuple[list[str], bool]:
        """The newest lines, and whether the last one is there."""
        count, over = divmod(state, 2)
        newest = range(max(0, count - 40), count)
        return [self.lines[number % len(self.lines)] for number in newest], bool(over)


@dataclass(frozen=True)
class Mover:
    """A small window that rests until `time_s` and then goes its way for MOVES_S."""

    box: Box
    time_s: float
    way: tuple[int, int]
    text: str

    def state(self, time_s: float) -> int:
        return round(min(MOVES_S, max(0.0, time_s - self.time_s)) * 10)

    def corner(self, state: int) -> tuple[int, int]:
        dx, dy = (round(part * state / (10 * MOVES_S)) for part in self.way)
        return self.box[0] + dx, self.box[1] + dy


Thing = Bar | Light | Dialog | Build | Mover


def thing(kind: str, time_s: float, seed: int) -> Thing:
    """kind: of MAKE. time_s: when what is waited for happens."""
    return MAKE[kind](time_s, np.random.default_rng(seed))


def _bar(time_s: float, rng: np.random.Generator) -> Bar:
    box, begins_s = somewhere(rng, (160, 340), (62, 86)), time_s - float(rng.uniform(3, 15))
    doing = str(rng.choice(("Copying", "Downloading", "Installing", "Exporting")))
    return Bar(box, begins_s, time_s, f"{doing} {word(rng)}", bool(rng.random() < 0.5))


def _light(time_s: float, rng: np.random.Generator) -> Light:
    size = int(rng.integers(18, 60))
    left, top, _, _ = somewhere(rng, (60, 61), (60, 61))
    before = BEFORE[int(rng.integers(len(BEFORE)))]
    after = int(rng.integers(205, 236)), int(rng.integers(15, 46)), int(rng.integers(15, 46))
    box = left, top, left + size, top + size
    return Light(box, time_s, before, after, bool(rng.random() < 0.7))


def _dialog(time_s: float, rng: np.random.Generator) -> Dialog:
    box = somewhere(rng, (200, 290), (98, 130))
    question = QUESTIONS[int(rng.integers(len(QUESTIONS)))].format(w=word(rng))
    icon, answers = str(rng.choice(ICONS)), ANSWERS[int(rng.integers(len(ANSWERS)))]
    return Dialog(box, time_s, word(rng).title(), question, icon, answers)


def _build(time_s: float, rng: np.random.Generator) -> Build:
    box, every_s = somewhere(rng, (240, 400), (120, 240)), float(rng.uniform(0.15, 0.5))
    working, done = BUILDS[int(rng.integers(len(BUILDS)))]
    lines = tuple(_line(str(rng.choice(working)), rng) for _ in range(60))
    pixels, dark = int(rng.integers(9, 13)), bool(rng.random() < 0.7)
    return Build(box, time_s, every_s, lines, _line(done, rng), pixels, dark)


def _line(text: str, rng: np.random.Generator) -> str:
    return text.format(n=int(rng.integers(1, 99)), w=word(rng))


def _mover(time_s: float, rng: np.random.Generator) -> Mover:
    width, height = int(rng.integers(60, 120)), int(rng.integers(44, 76))
    left, top = int(rng.integers(180, 360)), int(rng.integers(100, 180))
    way = int(rng.choice((-1, 1))) * int(rng.integers(60, 150)), int(rng.integers(-70, 70))
    return Mover((left, top, left + width, top + height), time_s, way, word(rng))


MAKE: dict[str, Callable[[float, np.random.Generator], Thing]] = {
    "bar": _bar, "light": _light, "dialog": _dialog, "build": _build, "move": _mover,
}  # fmt: skip
