"""Where the caption bar is on a monitor, how large its words are, how strong its ground. No Qt."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

from app.settings.schema import LARGEST, SMALLEST

NARROWEST, LOWEST = 320, 72
WIDEST_AT_FIRST, ROWS_AT_FIRST = 920, 3
FROM_TOP, AROUND = 62, 44
ROW = 1.32
# How much of the ground covers what is beneath: enough to read over white, more, all of it.
GROUNDS = (0.66, 0.86, 1.0)


@dataclass(frozen=True)
class BarPlace:
    """Corner from the monitor's own corner, and size, in Qt's pixels; height of the words."""

    left: int
    top: int
    width: int
    height: int
    pixels: int
    ground: int = 1

    @classmethod
    def at_first(cls, wide: int, pixels: int) -> BarPlace:
        """High up in the middle, below the pill, where the panel is not."""
        width = min(WIDEST_AT_FIRST, round(wide * 0.8))
        height = round(ROWS_AT_FIRST * pixels * ROW) + AROUND
        return cls((wide - width) // 2, FROM_TOP, width, height, pixels)

    def inside(self, wide: int, high: int) -> BarPlace:
        """Wholly on a monitor of that size, and large enough to be read and gripped."""
        width = max(NARROWEST, min(self.width, wide))
        height = max(LOWEST, round(self.pixels * ROW) + AROUND // 2, min(self.height, high))
        left = max(0, min(self.left, wide - width))
        return replace(
            self, left=left, top=max(0, min(self.top, high - height)), width=width, height=height,
            pixels=max(SMALLEST, min(LARGEST, self.pixels)),
            ground=max(0, min(len(GROUNDS) - 1, self.ground)),
        )  # fmt: skip

    def moved(self, right: int, down: int) -> BarPlace:
        return replace(self, left=self.left + right, top=self.top + down)

    def stretched(self, right: int, down: int) -> BarPlace:
        return replace(self, width=self.width + right, height=self.height + down)

    def lettered(self, pixels: int) -> BarPlace:
        return replace(self, pixels=max(SMALLEST, min(LARGEST, pixels)))

    def next_ground(self) -> BarPlace:
        return replace(self, ground=(self.ground + 1) % len(GROUNDS))

    @property
    def numbers(self) -> tuple[int, ...]:
        """As the setting keeps it."""
        return astuple(self)
