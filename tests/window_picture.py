"""Makes assets/pictures/window.png: the real window, shown a scripted conversation.

    python -m tests.window_picture assets/pictures/window.png

Needs a display (any; a virtual one will do). What the window shows came to it as events, in the
order and with the pauses of a conversation; the backdrop is drawn here.
"""

from __future__ import annotations

import math
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QRadialGradient
from PySide6.QtWidgets import QApplication, QWidget

from app.conversation import Conversation
from app.headless import FakeSound, Recorder
from app.settings.store import Settings
from app.sound.devices import Device, Devices
from app.window import window, x11
from engine.client.events import EngineReady, Event, Heard, Said, State

DEVICES = Devices(
    (
        Device("microphone", "USB headset", "headset", 48_000, is_default=True),
        Device("speaker", "Desk speakers", "desk", 48_000, is_default=True),
    )
)
SCRIPT: tuple[tuple[float, Event], ...] = (
    (0.0, EngineReady("ws://127.0.0.1")),
    *[(0.1, Heard(f" {word}", 0, 0)) for word in "say beep whenever I say operator".split()],
    (0.4, Said(" okay", 0, 0)),
    (1.2, State("listening")),
    *[(0.1, Heard(f" {word}", 0, 0)) for word in "so I called the operator".split()],
    (0.1, State("speaking")),
    (0.3, Said(" beep", 0, 0)),
    *[(0.1, Heard(f" {word}", 0, 0)) for word in "and she put me through".split()],
)
LIGHT_SKY = ((0, "#dfe6ee"), (1, "#f3e7dc"))
DARK_SKY = ((0, "#31405c"), (1, "#6b4a5e"))


class NoLink:
    """Nobody is called: the script is the engine."""

    def start(self) -> None: ...

    def stop(self) -> bool:
        return True

    def send_audio(self, samples: object) -> None: ...

    def send_text(self, words: str) -> None: ...

    def untaken(self) -> list[str]:
        return []

    def send_frame(self, frame: object) -> None: ...

    def mute(self, muted: bool) -> None: ...

    def hush(self, generation: int, played_ms: int) -> None: ...

    def address(self, on: bool) -> None: ...


def main(arguments: list[str]) -> int:
    path, light = arguments[0], "--light" in arguments
    application = QApplication([])
    x11.is_composited = lambda: True
    settings = Settings(Path("/nonexistent"), {"look.theme": "light" if light else "dark"})
    sound, recorder = FakeSound(DEVICES), Recorder()
    conversation = Conversation(sound, lambda _: NoLink(), recorder.tell)
    shown = window.Window(conversation, settings)
    conversation.start()
    for happening in recorder.happenings:
        shown.take(happening)
    shown.show()
    sway = _speak_into(sound)
    _converse(application, shown)
    sway.stop()
    return 0 if _on_backdrop(shown.panel, light).save(path) else 1


def _speak_into(sound: FakeSound) -> QTimer:
    chance, timer = random.Random(4), QTimer()

    def speak() -> None:
        syllables = 0.5 + 0.4 * math.sin(2 * math.pi * 3.1 * time.monotonic())
        sound.level = max(0.0, min(1.0, syllables + chance.uniform(-0.2, 0.2)))

    timer.timeout.connect(speak)
    timer.start(33)
    return timer


def _converse(application: QApplication, shown: window.Window) -> None:
    for pause_s, event in SCRIPT:
        _let_pass(application, pause_s)
        shown.take(event)
    _let_pass(application, 0.5)


def _let_pass(application: QApplication, seconds: float) -> None:
    until_s = time.monotonic() + seconds
    while time.monotonic() < until_s:
        application.processEvents()
        time.sleep(0.01)


def _on_backdrop(panel: QWidget, light: bool) -> QImage:
    """A quiet desk to stand on: the panel's own pixels over a soft gradient."""
    density, margin = 2, 36
    width, height = panel.width() + 2 * margin, panel.height() + 2 * margin
    image = QImage(width * density, height * density, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(density)
    painter = QPainter(image)
    _paint_backdrop(painter, QRectF(0, 0, width, height), light)
    panel.render(painter, QPointF(margin, margin).toPoint())
    painter.end()
    return image


def _paint_backdrop(painter: QPainter, area: QRectF, light: bool) -> None:
    sky = QLinearGradient(area.topLeft(), area.bottomRight())
    for place, tone in LIGHT_SKY if light else DARK_SKY:
        sky.setColorAt(place, QColor(tone))
    painter.fillRect(area, sky)
    glow = QRadialGradient(area.topRight(), area.width() * 0.6)
    glow.setColorAt(0, QColor(255, 190, 140, 110))
    glow.setColorAt(1, Qt.GlobalColor.transparent)
    painter.fillRect(area, glow)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
