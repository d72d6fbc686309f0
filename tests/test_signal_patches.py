"""Laws of looking: what of camera and screen enters a micro-turn, and that it is bounded."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.microturn import Frame
from engine.model.config import Stream
from engine.runtime.backend import Patches
from engine.runtime.looking import MOST_PATCHES, Looking
from engine.signal import patches
from tests import untrained

pytestmark = pytest.mark.timeout(60)
CONFIG = untrained.SMALL


def screen(pixels: np.ndarray) -> Frame:
    return Frame("screen", pixels)


def seen(frames: list[Frame | None], camera: Frame | None = None) -> Iterator[Patches | None]:
    """What enters each micro-turn when these screens are shown one after the other."""
    looking = Looking()
    for turn, frame in enumerate(frames):
        entered, looking = looking.see(camera, frame, turn)
        yield entered


def count(entered: Patches | None, stream: Stream) -> int:
    return 0 if entered is None else int((entered.stream == stream).sum())


def still(value: int = 90) -> np.ndarray:
    return np.full((360, 640, 3), value, np.uint8)


def noise(seed: int, size: tuple[int, int] = (360, 640)) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (*size, 3)).astype(np.uint8)


def test_the_camera_takes_twelve_tokens() -> None:
    """A camera picture of any size is twelve patches, whole and in reading order."""
    for size in [(120, 160), (1080, 1920), (7, 5), (1, 1)]:
        frame = Frame("camera", noise(0, size))
        (entered,) = seen([None], frame)
        assert entered is not None
        assert count(entered, Stream.CAMERA) == len(entered.row) == 12
        assert list(zip(entered.row, entered.column, strict=True)) == [
            (row, column) for row in range(3) for column in range(4)
        ]


def test_a_busy_screen_stays_within_its_budget() -> None:
    """Coarsely once a second; between those at most twelve changed patches per micro-turn."""
    shown = [screen(noise(seed)) for seed in range(23)]
    counts = [count(entered, Stream.SCREEN) for entered in seen(shown)]
    assert counts[::5] == [15] * 5
    assert all(n == 12 for turn, n in enumerate(counts) if turn % 5)


def test_no_micro_turn_sees_more_than_the_most() -> None:
    """Camera and screen together never pass the number that the ring cache makes room for."""
    camera = Frame("camera", noise(99, (120, 160)))
    shown = [screen(noise(seed)) for seed in range(11)]
    counts = [len(entered.row) for entered in seen(shown, camera) if entered is not None]
    assert max(counts) == MOST_PATCHES


def test_a_screen_that_stands_still_costs_nothing_between_looks() -> None:
    """Where nothing changes, only the coarse look once a second enters."""
    counts = [count(entered, Stream.SCREEN) for entered in seen([screen(still())] * 12)]
    assert [turn for turn, n in enumerate(counts) if n] == [0, 5, 10]


def test_the_patch_that_changed_is_the_patch_that_is_seen() -> None:
    """A change of one patch enters as that patch, at its place, once."""
    after = still()
    after[3 * 40 : 4 * 40, 7 * 40 : 8 * 40] = 200
    entered = list(seen([screen(still()), screen(after), screen(after)]))
    assert entered[1] is not None
    assert (entered[1].row.tolist(), entered[1].column.tolist()) == ([3], [7])
    assert np.allclose(entered[1].pixels, 200 / 127.5 - 1)
    assert entered[2] is None


def test_changes_that_had_no_room_are_seen_later() -> None:
    """What was left out of a full micro-turn enters the next ones, each patch once."""
    frames = [screen(still())] + [screen(noise(3))] * 20
    fine = [e for t, e in enumerate(seen(frames)) if t % 5 and e is not None]
    places = [p for e in fine for p in zip(e.row.tolist(), e.column.tolist(), strict=True)]
    assert len(places) == len(set(places)) == 144


def test_coarse_and_fine_places_differ() -> None:
    """The model can tell a coarse patch from a fine one by its row alone."""
    coarse = patches.cut(
        patches.scaled(still(), patches.COARSE_GRID), first_row=patches.COARSE_FIRST_ROW
    )
    fine = patches.cut(patches.scaled(still(), patches.FINE_GRID))
    assert not set(coarse.row) & set(fine.row)
    assert max(coarse.row.max(), fine.row.max()) < CONFIG.patch_rows
    assert max(coarse.column.max(), fine.column.max()) < CONFIG.patch_columns


def test_patches_show_the_picture_in_place() -> None:
    """A picture of the grid's own size is cut, not changed: red in the corner stays red there."""
    pixels = np.zeros((120, 160, 3), np.uint8)
    pixels[80:, 120:, 0] = 255
    grid = patches.cut(patches.scaled(pixels, patches.CAMERA_GRID))
    assert (grid.pixels[-1][0] == 1.0).all()
    assert (grid.pixels[-1][1:] == -1.0).all()
    assert (grid.pixels[:-1] == -1.0).all()


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((10, 10), np.uint8),
        np.zeros((10, 10, 4), np.uint8),
        np.zeros((0, 10, 3), np.uint8),
        np.zeros((2, 10, 10, 3), np.uint8),
        np.zeros((10, 10, 3), np.float32),
    ],
    ids=["grey", "with alpha", "empty", "two at once", "no bytes"],
)
def test_what_is_no_picture_is_refused(pixels: np.ndarray) -> None:
    """A bad frame is refused in words, whichever eye it came through."""
    for camera, shown in [(Frame("camera", pixels), None), (None, screen(pixels))]:
        with pytest.raises(ValueError, match="no RGB picture"):
            Looking().see(camera, shown, 0)


@pytest.mark.parametrize("size", [(40_000, 3), (2, 70_000)])
def test_pictures_of_absurd_shape_are_still_pictures(size: tuple[int, int]) -> None:
    """Very long and very thin pictures are scaled like any other."""
    white = patches.scaled(np.full((*size, 3), 255, np.uint8), patches.FINE_GRID)
    assert patches.cut(white).pixels.min() == 1.0
