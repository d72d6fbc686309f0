"""Lights that tell the truth: microphone, system sound, camera and screen, as they really are."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.window.icons import icon
from app.window.status import Light
from app.window.theme import Theme, color
from app.window.words import tr

SIDE, DOT = 20, 3.4
SPACE = 16
NAMES = {
    "microphone": "Microphone", "system": "What the computer plays", "camera": "Camera",
    "screen": "Screen",
}  # fmt: skip
WORDS = {"off": "off", "waiting": "wanted, and gives nothing", "seeing": "on"}


class Lights(QWidget):
    """A drawing for each source; it is bright, with a lamp beside it, only while it captures."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._lights: tuple[Light, ...] = ()
        self.setAccessibleName(tr("What is captured"))

    def show_lights(self, lights: tuple[Light, ...]) -> None:
        if lights == self._lights:
            return
        self._lights = lights
        words = "\n".join(_words(light) for light in lights)
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.setFixedSize(self.sizeHint())
        self.update()

    @property
    def shown(self) -> dict[str, str]:
        """What each light says, by source, for tests and screen readers."""
        return {light.source: light.state for light in self._lights}

    def sizeHint(self) -> QSize:
        count = max(1, len(self._lights))
        return QSize(count * SIDE + (count - 1) * SPACE + 8, SIDE + 8)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, light in enumerate(self._lights):
            self._paint(painter, light, place * (SIDE + SPACE))

    def _paint(self, painter: QPainter, light: Light, left: int) -> None:
        on = light.state == "seeing"
        tint = color(self.theme.text if on else self.theme.quiet_text, 1.0 if on else 0.75)
        drawing = light.source if light.state != "off" else f"{light.source}-off"
        box = QRectF(left, 4, SIDE, SIDE).toRect()
        icon(drawing, tint.name(), SIDE).paint(painter, box)
        if light.state == "off":
            return
        lamp = color(self.theme.capture if on else self.theme.warning)
        place = QPointF(left + SIDE + 2.5, 7.5)
        painter.setPen(QPen(lamp, 1.6) if not on else Qt.PenStyle.NoPen)
        painter.setBrush(lamp if on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, DOT, DOT)


def _words(light: Light) -> str:
    what = f" ({light.what})" if light.what and light.state != "off" else ""
    return f"{tr(NAMES[light.source])}{what}: {tr(WORDS[light.state])}"
