"""Pictures of a desktop that change while one looks: windows, bars, lights, dialogs, terminals.

Painted with Pillow at the size at which the runtime looks closely, 640x360. Everything is drawn
from numbers chosen once, so a picture depends on the time alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from PIL import Image, ImageDraw

from engine.training.heldout import heldout

WIDTH, HEIGHT = 640, 360
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

# ground, window, title, ink, accent
THEMES: dict[str, tuple[Colour, Colour, Colour, Colour, Colour]] = {
    "paper": ((214, 220, 228), (250, 250, 250), (225, 225, 230), (60, 60, 66), (40, 110, 220)),
    "night": ((24, 28, 38), (40, 44, 54), (52, 58, 70), (210, 214, 222), (90, 160, 250)),
    "forest": ((60, 92, 70), (236, 240, 232), (190, 208, 186), (40, 56, 40), (40, 140, 80)),
    "slate": ((82, 96, 112), (230, 233, 238), (120, 136, 152), (34, 40, 48), (230, 126, 34)),
    "ink": ((8, 8, 10), (18, 18, 22), (40, 40, 46), (232, 232, 232), (240, 200, 60)),
    "rose": ((238, 214, 218), (255, 250, 250), (228, 180, 190), (80, 40, 50), (200, 60, 110)),
    "sea": ((20, 90, 110), (224, 240, 244), (150, 200, 210), (20, 50, 60), (0, 150, 170)),
    "sand": ((222, 204, 170), (252, 246, 232), (206, 184, 144), (84, 66, 40), (150, 90, 30)),
    "plum": ((64, 40, 80), (46, 32, 58), (90, 60, 110), (230, 220, 240), (180, 110, 240)),
    "steel": ((176, 184, 192), (240, 242, 244), (140, 150, 160), (30, 34, 40), (30, 120, 160)),
}


def themes(split: str) -> list[str]:
    """Names of the themes of a split: those held out are named in heldout.json."""
    never = set(heldout("screen theme"))
    return sorted(never if split == "heldout" else set(THEMES) - never)


class Thing(Protocol):
    """Something on a screen. `state` is all that its looks depend on at a time."""

    def state(self, time_s: float) -> int: ...

    def draw(self, canvas: ImageDraw.ImageDraw, state: int) -> None: ...


@dataclass(frozen=True)
class Bar:
    """A progress bar, full from `full_s` on; it starts at `start_s`."""

    box: Box
    start_s: float
    full_s: float
    back: Colour
    fill: Colour

    def state(self, time_s: float) -> int:
        share = (time_s - self.start_s) / (self.full_s - self.start_s)
        return round(min(1.0, max(0.0, share)) * (self.box[2] - self.box[0]))

    def draw(self, canvas: ImageDraw.ImageDraw, state: int) -> None:
        left, top, _, bottom = self.box
        canvas.rectangle(self.box, fill=self.back, outline=self.fill)
        if state > 1:
            canvas.rectangle((left, top, left + state, bottom), fill=self.fill)


@dataclass(frozen=True)
class Light:
    """A lamp that has another colour from `time_s` on."""

    box: Box
    time_s: float
    before: Colour
    after: Colour

    def state(self, time_s: float) -> int:
        return int(time_s >= self.time_s)

    def draw(self, canvas: ImageDraw.ImageDraw, state: int) -> None:
        canvas.ellipse(self.box, fill=(self.before, self.after)[state], outline=(20, 20, 20))


@dataclass(frozen=True)
class Dialog:
    """A box with a title, lines and two buttons that is there from `time_s` on."""

    box: Box
    time_s: float
    theme: str

    def state(self, time_s: float) -> int:
        return int(time_s >= self.time_s)

    def draw(self, canvas: ImageDraw.ImageDraw, state: int) -> None:
        if not state:
            return
        _, window, title, ink, accent = THEMES[self.theme]
        left, top, right, bottom = self.box
        canvas.rectangle((left + 5, top + 5, right + 5, bottom + 5), fill=(0, 0, 0))
        canvas.rectangle(self.box, fill=window, outline=ink)
        canvas.rectangle((left, top, right, top + 14), fill=title)
        for line in range(2):
            y = top + 26 + 12 * line
            canvas.rectangle((left + 12, y, right - 20 - 30 * line, y + 4), fill=ink)
        canvas.rectangle((right - 60, bottom - 22, right - 12, bottom - 8), fill=accent)
        canvas.rectangle((right - 120, bottom - 22, right - 72, bottom - 8), outline=ink)


@dataclass(frozen=True)
class Terminal:
    """Lines come `every_s` until `done_s`; then a last one in green, and nothing more."""

    box: Box
    every_s: float
    done_s: float
    lengths: tuple[int, ...]
    light: bool = False

    def state(self, time_s: float) -> int:
        lines = 1 + int(min(time_s, self.done_s) / self.every_s)
        return lines * 2 + int(time_s >= self.done_s)

    def draw(self, canvas: ImageDraw.ImageDraw, state: int) -> None:
        lines, done = divmod(state, 2)
        left, top, right, bottom = self.box
        ground, ink = ((245, 245, 240), (70, 70, 70)) if self.light else ((16, 18, 20), (190,) * 3)
        canvas.rectangle(self.box, fill=ground, outline=(90, 90, 90))
        room = (bottom - top - 10) // 9
        shown = range(max(0, lines - room + 1), lines)
        for row, line in enumerate(shown):
            y, length = top + 5 + 9 * row, self.lengths[line % len(self.lengths)]
            canvas.rectangle((left + 6, y, min(right - 6, left + 6 + length), y + 4), fill=ink)
        if done:
            y = top + 5 + 9 * len(shown)
            canvas.rectangle((left + 6, y, left + 90, y + 6), fill=(40, 190, 80))


@dataclass(frozen=True)
class Mover:
    """A small thing that rests until `start_s` and then goes its way for three seconds."""

    box: Box
    start_s: float
    way: tuple[int, int]
    colour: Colour

    def state(self, time_s: float) -> int:
        return round(min(3.0, max(0.0, time_s - self.start_s)) * 10)

    def draw(self, canvas: ImageDraw.ImageDraw, state: int) -> None:
        dx, dy = (part * state // 30 for part in self.way)
        left, top, right, bottom = self.box
        canvas.rectangle((left + dx, top + dy, right + dx, bottom + dy), fill=self.colour)


@dataclass
class ScreenShow:
    """A desktop with things on it. Implements engine.training.scenes.stage.Show."""

    base: np.ndarray
    things: Sequence[Thing]
    source: Literal["camera", "screen"] = "screen"
    _shown: tuple[tuple[int, ...], np.ndarray] | None = field(default=None, repr=False)

    def at(self, time_s: float) -> np.ndarray:
        states = tuple(thing.state(time_s) for thing in self.things)
        if self._shown is None or self._shown[0] != states:
            image = Image.fromarray(self.base)
            canvas = ImageDraw.Draw(image)
            for thing, state in zip(self.things, states, strict=True):
                thing.draw(canvas, state)
            self._shown = states, np.asarray(image)
        return self._shown[1]


def desktop(theme: str, rng: np.random.Generator) -> np.ndarray:
    """A wallpaper with a task bar, icons and a few windows full of lines: (360, 640, 3) uint8."""
    ground, window, title, ink, accent = THEMES[theme]
    above, below = (float(v) for v in rng.uniform(0.75, 1.2, 2))
    slope = np.linspace(above, below, HEIGHT)[:, None, None]
    paper = np.clip(np.array(ground) * slope, 0, 255).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(np.broadcast_to(paper, (HEIGHT, WIDTH, 3))))
    canvas = ImageDraw.Draw(image)
    bar = 0 if rng.random() < 0.5 else HEIGHT - 16
    canvas.rectangle((0, bar, WIDTH, bar + 16), fill=title)
    for icon in range(int(rng.integers(0, 6))):
        canvas.rectangle((12, 30 + 44 * icon, 34, 52 + 44 * icon), fill=accent)
    for _ in range(int(rng.integers(0, 3))):
        _window(canvas, somewhere(rng, (180, 380), (120, 240)), (window, title, ink), rng)
    return np.asarray(image)


def _window(
    canvas: ImageDraw.ImageDraw, box: Box, colours: Sequence[Colour], rng: np.random.Generator
) -> None:
    window, title, ink = colours
    left, top, right, bottom = box
    canvas.rectangle(box, fill=window, outline=ink)
    canvas.rectangle((left, top, right, top + 14), fill=title)
    for y in range(top + 24, bottom - 10, 10):
        if rng.random() < 0.8:
            length = int(rng.uniform(0.2, 0.9) * (right - left))
            canvas.rectangle((left + 10, y, left + length, y + 3), fill=ink)


def somewhere(rng: np.random.Generator, wide: tuple[int, int], high: tuple[int, int]) -> Box:
    width, height = int(rng.integers(*wide)), int(rng.integers(*high))
    left = int(rng.integers(20, WIDTH - width - 10))
    top = int(rng.integers(20, HEIGHT - height - 24))
    return left, top, left + width, top + height


def colour(rng: np.random.Generator) -> Colour:
    red, green, blue = (int(v) for v in rng.integers(30, 226, 3))
    return red, green, blue


def _bar(theme: str, time_s: float, rng: np.random.Generator) -> Thing:
    box = somewhere(rng, (120, 340), (10, 26))
    return Bar(box, time_s - float(rng.uniform(3, 15)), time_s, THEMES[theme][2], colour(rng))


def _light(theme: str, time_s: float, rng: np.random.Generator) -> Thing:
    size = int(rng.integers(18, 60))
    left, top, _, _ = somewhere(rng, (60, 61), (60, 61))
    before = ((60, 160, 60), (110, 110, 110), (220, 180, 40), (60, 90, 200))[int(rng.integers(4))]
    return Light((left, top, left + size, top + size), time_s, before, (220, 30, 30))


def _dialog(theme: str, time_s: float, rng: np.random.Generator) -> Thing:
    return Dialog(somewhere(rng, (180, 280), (80, 130)), time_s, theme)


def _build(theme: str, time_s: float, rng: np.random.Generator) -> Thing:
    lengths = tuple(int(v) for v in rng.integers(30, 260, 17))
    box = somewhere(rng, (220, 400), (120, 240))
    return Terminal(box, float(rng.uniform(0.15, 0.5)), time_s, lengths, bool(rng.random() < 0.3))


def _mover(theme: str, time_s: float, rng: np.random.Generator) -> Thing:
    size = int(rng.integers(16, 50))
    left, top = int(rng.integers(200, 400)), int(rng.integers(120, 200))
    way = int(rng.integers(-160, 160)), int(rng.integers(-90, 90))
    if abs(way[0]) < 60:
        way = (90, way[1])
    return Mover((left, top, left + size, top + size), time_s, way, colour(rng))


def mover_within(
    place: tuple[int, int, int, int], time_s: float, rng: np.random.Generator
) -> Mover:
    """Something small that rests within a part of the screen, given in percent, moves within it
    from `time_s` on, and never leaves it."""
    left, right = (place[side] * WIDTH // 100 for side in (0, 2))
    top, bottom = (place[side] * HEIGHT // 100 for side in (1, 3))
    size = int(rng.integers(16, 40))
    x, y = int(rng.integers(left, right - size)), int(rng.integers(top, bottom - size))
    # Towards the farther edge, so that there is always a way to go.
    way = (right - size - x if 2 * x < left + right - size else left - x,
           bottom - size - y if 2 * y < top + bottom - size else top - y)  # fmt: skip
    return Mover((x, y, x + size, y + size), time_s, way, colour(rng))


MAKE: dict[str, Callable[[str, float, np.random.Generator], Thing]] = {
    "bar": _bar, "light": _light, "dialog": _dialog, "build": _build, "move": _mover,
}  # fmt: skip


def place(thing: Thing) -> tuple[int, int]:
    """The middle of a thing, in percent of the screen's width and height."""
    left, top, right, bottom = thing.box  # type: ignore[attr-defined]
    return round(50 * (left + right) / WIDTH), round(50 * (top + bottom) / HEIGHT)
