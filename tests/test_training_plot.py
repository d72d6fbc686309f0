"""What a run logged becomes a picture of its losses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch")

from engine.training.plot import COLUMNS, CURVES, HEIGHT, LINE, WIDTH, draw, smoothed


def logged(path: Path, steps: int) -> Path:
    rows = [
        {"minutes": step / 60, **dict.fromkeys(CURVES, 1.0 / (1 + step))}
        for step in range(steps)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_every_loss_has_a_curve(tmp_path: Path) -> None:
    """Each field of the picture holds a line that begins high on the left and ends low."""
    draw(logged(tmp_path / "log.jsonl", 200), tmp_path / "losses.png")
    pixels = np.asarray(Image.open(tmp_path / "losses.png"))
    colour = np.array([int(LINE[at : at + 2], 16) for at in (1, 3, 5)])
    drawn = (pixels == colour).all(-1)
    for place in range(len(CURVES)):
        x, y = place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT
        rows, columns = np.nonzero(drawn[y : y + HEIGHT, x : x + WIDTH])
        assert rows[columns.argmin()] < rows[columns.argmax()]


def test_a_run_that_has_logged_nothing_gives_an_empty_picture(tmp_path: Path) -> None:
    draw(logged(tmp_path / "log.jsonl", 0), tmp_path / "losses.png")
    assert Image.open(tmp_path / "losses.png").size[0] == COLUMNS * WIDTH


def test_a_run_that_began_before_a_loss_was_there_is_drawn(tmp_path: Path) -> None:
    log = logged(tmp_path / "log.jsonl", 20)
    log.write_text(log.read_text() + json.dumps({"minutes": 1.0, "text": 0.5}) + "\n")
    draw(log, tmp_path / "losses.png")
    assert (tmp_path / "losses.png").is_file()


def test_smoothing_keeps_what_does_not_change() -> None:
    assert np.allclose(smoothed([2.0] * 100), 2.0)
