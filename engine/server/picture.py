"""Pictures from the wire: JPEG or PNG in base64 to frames.

The size is read from the header first: a few hundred bytes can promise a gigapixel.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.microturn import Frame

MAX_PIXELS = 3840 * 2160
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_NOT_SIZES = {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Picture:
    """An encoded picture of acceptable size, not yet decoded."""

    source: Literal["camera", "screen"]
    encoded: bytes

    def decode(self) -> Frame:
        """Pixels as (height, width, 3) uint8 RGB. Raises ValueError when it is damaged."""
        import cv2

        try:
            pixels = cv2.imdecode(np.frombuffer(self.encoded, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            pixels = None
        if pixels is None:
            raise ValueError("the picture is damaged; send a whole JPEG or PNG")
        return Frame(self.source, np.ascontiguousarray(pixels[:, :, ::-1]))


def receive(source: Literal["camera", "screen"], text: str) -> Picture:
    """Checks base64, kind and size, cheaply. Raises ValueError."""
    try:
        encoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64; encode the JPEG or PNG with the standard alphabet") from None
    height, width = _size(encoded)
    if not 0 < height * width <= MAX_PIXELS:
        raise ValueError(f"the picture has {width}x{height} pixels; send at most 3840x2160")
    return Picture(source, encoded)


def _size(encoded: bytes) -> tuple[int, int]:
    if encoded.startswith(_PNG) and len(encoded) >= 24:
        width, height = encoded[16:20], encoded[20:24]
        return int.from_bytes(height, "big"), int.from_bytes(width, "big")
    if encoded.startswith(_JPEG):
        return _jpeg_size(encoded)
    raise ValueError("neither JPEG nor PNG; send one of these")


def _jpeg_size(encoded: bytes) -> tuple[int, int]:
    """Walks the marker segments up to the first start-of-frame (ITU T.81, annex B)."""
    at = 2
    while at + 9 <= len(encoded) and encoded[at] == 0xFF:
        marker = encoded[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NOT_SIZES:
            height, width = encoded[at + 5 : at + 7], encoded[at + 7 : at + 9]
            return int.from_bytes(height, "big"), int.from_bytes(width, "big")
        at += 2 + int.from_bytes(encoded[at + 2 : at + 4], "big")
    raise ValueError("the JPEG has no size; send a whole one")
