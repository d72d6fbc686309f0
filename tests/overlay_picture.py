"""Pictures of what lies over a desktop: `python -m tests.overlay_picture FOLDER [--light]`.

The caption bar, the pill, a bubble beside a pointed place, and the small window of desktops
without overlays, each by itself; `caption-bar.png` is the bar over a made-up desktop. Needs a
display (any; a virtual one will do). QT_SCALE_FACTOR=2 makes them twice as sharp.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.capture.models import Sight, SourceSight
from app.sound.devices import Device
from app.sound.patchbay import Wiring
from app.window import x11
from app.window.bubble import Bubble
from app.window.caption_bar import CaptionBar
from app.window.captions import Captions
from app.window.gestures import INK
from app.window.interjections import Interjection
from app.window.mini_window import MiniWindow
from app.window.pill import Pill
from app.window.status import Status
from app.window.theme import DARK, LIGHT, Theme, font
from engine.client.events import State
from tests.window_picture import _paint_backdrop

BUBBLE_WORDS = "That row adds up to 4,870, not 4,780: two digits are swapped."
WIDE, HIGH = 1180, 560
SHEET = QRect(70, 250, 640, 300)


def captions(now_s: float) -> Captions:
    """Both sides; the last word of the user is still being written."""
    said = Captions().plus("user", " say beep whenever I say operator", now_s - 9)
    said = said.plus("aside", " okay", now_s - 8)
    said = said.plus("user", " so I called the operator and she put me thr", now_s - 0.3)
    return said.plus("aside", " beep", now_s - 1.5)


def status() -> Status:
    microphone = Device("microphone", "USB headset", "headset", 48_000)
    return Status(
        engine="ready", state=State("speaking"), wiring=Wiring(microphone=microphone),
        sight=Sight(SourceSight(), SourceSight("seeing", "screen")),
    )  # fmt: skip


def bar(theme: Theme, gripped: bool = False) -> CaptionBar:
    made = CaptionBar(theme, 27)
    made.view.still, made.gripped = True, gripped
    made.view.show_captions(captions(time.monotonic()))
    made.resize(920, 151)
    made.view.advance(0.016)
    return made


def pill(theme: Theme) -> Pill:
    made = Pill(theme)
    made.show_status(status())
    made.resize(made.sizeHint().width(), made.height())
    return made


def bubble(theme: Theme) -> Bubble:
    made = Bubble(theme)
    made.still = True
    made.say(Interjection(BUBBLE_WORDS, True), QRect(300, 300, 40, 40))
    return made


def mini(theme: Theme) -> MiniWindow:
    made = MiniWindow(theme, 27)
    made.view.still = True
    made.show_status(status(), "")
    made.view.show_captions(captions(time.monotonic()))
    made.view.advance(0.016)
    return made


def over_a_desktop(theme: Theme) -> QImage:
    """All of them where they belong, over a sheet of somebody else's."""
    sharp = 2
    image = QImage(WIDE * sharp, HIGH * sharp, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharp)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_backdrop(painter, QRectF(0, 0, WIDE, HIGH), theme is LIGHT)
    _paint_sheet(painter)
    shown = bubble(theme)
    parts: list[tuple[QWidget, QPoint]] = [
        (lamps := pill(theme), QPoint((WIDE - lamps.width()) // 2, 10)),
        (bar(theme), QPoint((WIDE - 920) // 2, 62)),
        (shown, QPoint(SHEET.right() + 24, 416 - shown.height() // 2)),
    ]
    for part, corner in parts:
        part.render(painter, corner)
    painter.end()
    return image


def _paint_sheet(painter: QPainter) -> None:
    """A table of costs in which one sum is wrong, and the box that shows it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#fbfaf7"))
    painter.drawRoundedRect(SHEET, 10, 10)
    rows = (("Costs", "March", "April", "Sum"), ("Rent", "1,450", "1,450", "2,900"),
            ("Travel", "2,310", "2,560", "4,780"), ("Printing", "180", "95", "275"))  # fmt: skip
    for number, row in enumerate(rows):
        painter.setFont(font(19, QFont.Weight.DemiBold if number == 0 else QFont.Weight.Normal))
        painter.setPen(QColor("#2a2b31"))
        for column, cell in enumerate(row):
            at = QRectF(SHEET.left() + 30 + 150 * column, SHEET.top() + 18 + 62 * number, 130, 54)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            painter.drawText(at, side | Qt.AlignmentFlag.AlignVCenter, cell)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(INK), 4))
    painter.drawRoundedRect(QRectF(SHEET.left() + 520, SHEET.top() + 142, 106, 54), 8, 8)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    x11.is_composited = lambda: True
    name, theme = ("light", LIGHT) if "--light" in arguments else ("dark", DARK)
    for part, made in (
        ("bar", bar(theme)), ("gripped", bar(theme, gripped=True)), ("pill", pill(theme)),
        ("bubble", bubble(theme)), ("mini", mini(theme)),
    ):  # fmt: skip
        made.ensurePolished()
        application.processEvents()
        made.grab().save(str(folder / f"{part}-{name}.png"))
    over_a_desktop(theme).save(str(folder / f"caption-bar-{name}.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
