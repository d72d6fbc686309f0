"""A run's log as one picture: how its losses fell over its minutes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

# What is drawn, and how it is called there.
CURVES = {
    "text": "loss of text", "voice": "loss of the voice", "letters": "loss of letters heard",
    "spelling": "loss of letters to say", "noticing": "loss of what is seen",
    "glancing": "loss of what pictures show", "noting": "loss of what is noted of pictures",
    "words": "words right", "tokens_per_s": "tokens a second",
}  # fmt: skip
COLUMNS, WIDTH, HEIGHT, PAD, SMOOTH = 3, 360, 220, 34, 0.03
INK, GRID, LINE = "#22303a", "#d8dee2", "#2f6f8f"


def draw(log: Path, picture: Path) -> None:
    """Reads log.jsonl as the trainer writes it; an empty log gives an empty picture."""
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line]
    lines = -(-len(CURVES) // COLUMNS)
    image = Image.new("RGB", (COLUMNS * WIDTH, lines * HEIGHT), "white")
    canvas = ImageDraw.Draw(image)
    minutes = np.array([row["minutes"] for row in rows])
    for place, (name, title) in enumerate(CURVES.items()):
        corner = (place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT)
        _curve(canvas, corner, title, minutes, smoothed([row.get(name, 0.0) for row in rows]))
    partial = picture.with_suffix(".partial")
    image.save(partial, "PNG")
    partial.rename(picture)


def smoothed(values: Sequence[float]) -> np.ndarray:
    """Each the mean of its neighbours, some percent of all: (n,) -> (n,)."""
    half = round(len(values) * SMOOTH / 2)
    sums = np.cumsum([0.0, *values])
    first = np.maximum(np.arange(len(values)) - half, 0)
    last = np.minimum(np.arange(len(values)) + half + 1, len(values))
    mean: np.ndarray = (sums[last] - sums[first]) / (last - first)
    return mean


def _curve(
    canvas: ImageDraw.ImageDraw, corner: tuple[int, int], title: str,
    minutes: np.ndarray, values: np.ndarray,
) -> None:  # fmt: skip
    left, top = corner[0] + PAD, corner[1] + PAD
    right, bottom = corner[0] + WIDTH - PAD // 2, corner[1] + HEIGHT - PAD
    canvas.text((left, corner[1] + 10), title, fill=INK)
    canvas.rectangle((left, top, right, bottom), outline=GRID)
    if not len(values):
        return
    low, high = float(values.min()), float(values.max())
    canvas.text((corner[0] + 2, top), f"{high:.3g}", fill=INK)
    canvas.text((corner[0] + 2, bottom - 10), f"{low:.3g}", fill=INK)
    canvas.text((right - 60, bottom + 6), f"{minutes[-1]:.0f} minutes", fill=INK)
    x = left + (right - left) * minutes / max(float(minutes[-1]), 1e-9)
    y = bottom - (bottom - top) * (values - low) / max(high - low, 1e-9)
    canvas.line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=LINE, width=2)
