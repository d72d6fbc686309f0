"""Draws the icons of Windows and macOS from the one drawing: `python installers/icons.py`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
DRAWING = ROOT / "assets" / "icons" / "aside.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)
LARGEST = 1024


def drawn(side: int) -> Image.Image:
    """The drawing as a square of `side` pixels, each size drawn anew so that edges stay sharp."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub knows only bytes
    return Image.open(io.BytesIO(buffer.data().data()))


def main() -> int:
    application = QGuiApplication(["icons", "-platform", "offscreen"])
    folder = ROOT / "installers" / "frozen"
    large = [drawn(side) for side in SIZES]
    sizes = [(side, side) for side in SIZES]
    large[-1].save(folder / "aside.ico", sizes=sizes, append_images=large[:-1])
    drawn(LARGEST).save(folder / "aside.icns", append_images=large)
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
