"""Frames to 40x40 patches within a micro-turn's budget.

The camera is seen whole at 160x120: twelve patches. The screen is seen coarsely once a second at
200x120, and between those finely at 640x360 wherever most has changed since it was last seen.
Which patches fit is a matter of bandwidth; what they mean is the model's.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

PATCH = 40
CAMERA_GRID = (3, 4)
COARSE_GRID = (3, 5)
FINE_GRID = (9, 16)
COARSE_FIRST_ROW = 10
COARSE_EVERY_TURNS = 5
CHANGED_BUDGET = 12
CHANGE_THRESHOLD = 3.0


@dataclass(frozen=True)
class Grid:
    """pixels: (rows * columns, 3, 40, 40) float32 in [-1, 1]; row, column: int64 places."""

    pixels: np.ndarray
    row: np.ndarray
    column: np.ndarray


def scaled(pixels: np.ndarray, grid: tuple[int, int]) -> np.ndarray:
    """(height, width, 3) uint8 RGB of any size -> (40 rows, 40 columns, 3) uint8.

    Raises ValueError when the frame is not an RGB picture.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or 0 in pixels.shape or pixels.dtype != np.uint8:
        raise ValueError(
            f"a frame of shape {pixels.shape} and type {pixels.dtype} is no RGB picture: "
            f"give (height, width, 3) uint8"
        )
    size = (grid[1] * PATCH, grid[0] * PATCH)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def tiles(picture: np.ndarray) -> np.ndarray:
    """A picture as it came from `scaled`, by place: a view (rows, columns, 40, 40, 3) uint8."""
    rows, columns = picture.shape[0] // PATCH, picture.shape[1] // PATCH
    return picture.reshape(rows, PATCH, columns, PATCH, 3).swapaxes(1, 2)


def cut(picture: np.ndarray, places: np.ndarray | None = None, first_row: int = 0) -> Grid:
    """The patches of a scaled picture at `places`, numbered in reading order; None: all."""
    found = tiles(picture)
    chosen = np.arange(found.shape[0] * found.shape[1]) if places is None else places
    row, column = np.divmod(chosen, found.shape[1])
    pixels = found[row, column].transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1
    return Grid(np.ascontiguousarray(pixels), row + first_row, column)


def changed(now: np.ndarray, before: np.ndarray) -> np.ndarray:
    """The places that changed most from one scaled picture to the next, at most CHANGED_BUDGET.

    Change is the mean absolute difference of a patch; places are in reading order.
    """
    apart = tiles(cv2.absdiff(now, before)).reshape(-1, PATCH * PATCH * 3)
    change = apart.mean(1)
    ranked = np.argsort(-change, kind="stable")[:CHANGED_BUDGET]
    return np.sort(ranked[change[ranked] > CHANGE_THRESHOLD])
