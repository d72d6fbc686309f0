"""Frames as the wire carries them."""

from __future__ import annotations

import numpy as np

from engine.microturn import Frame

_JPEG_QUALITY = 85


def encode(frame: Frame) -> bytes:
    """A camera frame as JPEG; a screen frame as PNG, since text does not survive JPEG.

    Raises ValueError when the pixels are not (height, width, 3) uint8.
    """
    import cv2

    pixels = frame.pixels
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        raise ValueError(f"a frame of {pixels.dtype} {pixels.shape}; needs uint8 (h, w, 3) RGB")
    camera = frame.source == "camera"
    how = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY] if camera else [cv2.IMWRITE_PNG_COMPRESSION, 1]
    done, encoded = cv2.imencode(".jpg" if camera else ".png", pixels[:, :, ::-1], how)
    if not done:
        raise ValueError(f"a {frame.source} frame of {pixels.shape} could not be encoded")
    return encoded.tobytes()
