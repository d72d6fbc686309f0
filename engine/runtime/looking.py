"""What a session has seen of the screen, and which patches enter the next micro-turn."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from engine.microturn import Frame
from engine.model.config import Stream
from engine.runtime.backend import Patches
from engine.signal.patches import (
    CAMERA_GRID,
    CHANGED_BUDGET,
    COARSE_EVERY_TURNS,
    COARSE_FIRST_ROW,
    COARSE_GRID,
    FINE_GRID,
    Grid,
    changed,
    cut,
    scaled,
    tiles,
)

MOST_PATCHES = prod(CAMERA_GRID) + max(prod(COARSE_GRID), CHANGED_BUDGET)


@dataclass(frozen=True)
class Looking:
    """screen: the fine picture as the model last saw it, (360, 640, 3) uint8; coarse_turn: when
    it last saw all of it coarsely."""

    screen: np.ndarray | None = None
    coarse_turn: int = -COARSE_EVERY_TURNS

    def see(
        self, camera: Frame | None, screen: Frame | None, turn: int
    ) -> tuple[Patches | None, Looking]:
        """The patches of one micro-turn (None without frames), and what has been seen after it."""
        grids: list[tuple[Grid, Stream]] = []
        if camera is not None:
            grids.append((cut(scaled(camera.pixels, CAMERA_GRID)), Stream.CAMERA))
        after = self
        if screen is not None:
            seen, after = self._see_screen(screen, turn)
            grids.extend((grid, Stream.SCREEN) for grid in seen)
        grids = [(grid, stream) for grid, stream in grids if len(grid.row)]
        return (_patches(grids) if grids else None), after

    def _see_screen(self, screen: Frame, turn: int) -> tuple[list[Grid], Looking]:
        if turn - self.coarse_turn >= COARSE_EVERY_TURNS:
            coarse = cut(scaled(screen.pixels, COARSE_GRID), first_row=COARSE_FIRST_ROW)
            known = scaled(screen.pixels, FINE_GRID) if self.screen is None else self.screen
            return [coarse], Looking(known, turn)
        assert self.screen is not None  # the first look is a coarse one
        fine = scaled(screen.pixels, FINE_GRID)
        places = changed(fine, self.screen)
        known = self.screen.copy()
        row, column = np.divmod(places, FINE_GRID[1])
        tiles(known)[row, column] = tiles(fine)[row, column]
        return [cut(fine, places)], Looking(known, self.coarse_turn)


def _patches(grids: list[tuple[Grid, Stream]]) -> Patches:
    return Patches(
        np.concatenate([grid.pixels for grid, _ in grids]),
        np.concatenate([grid.row for grid, _ in grids]),
        np.concatenate([grid.column for grid, _ in grids]),
        np.concatenate([np.full(len(grid.row), int(stream)) for grid, stream in grids]),
    )
