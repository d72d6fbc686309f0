"""Small pictures of what was shared: enough to recognise, too small to read."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

WIDTH, QUALITY = 320, 60


def thumbnail(pixels: np.ndarray) -> bytes:
    """(height, width, 3) uint8, RGB -> JPEG, at most 320 pixels in either direction."""
    image = Image.fromarray(pixels)
    image.thumbnail((WIDTH, WIDTH))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
