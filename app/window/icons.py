"""Our own icons, drawn in assets/icons, in the colour that is asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QIcon, QImageReader, QPixmap

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "icons"


def icon(name: str, tint: str, size: int = 22) -> QIcon:
    """The icon `name` with its lines in `tint`, sharp on screens of up to threefold density."""
    made = QIcon()
    for density in (1, 2, 3):
        made.addPixmap(_pixmap(name, tint, size, density))
    return made


def app_icon() -> QIcon:
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_pixmap("aside", "", size, 1))
    return made


def _pixmap(name: str, tint: str, size: int, density: int) -> QPixmap:
    drawing = (FOLDER / f"{name}.svg").read_bytes()
    buffer = QBuffer()
    buffer.setData(QByteArray(drawing.replace(b"currentColor", tint.encode())))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(size * density, size * density))
    pixmap = QPixmap.fromImage(reader.read())
    pixmap.setDevicePixelRatio(density)
    return pixmap
