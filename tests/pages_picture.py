"""Takes a picture of each page that opens now and then, in one theme.

    QT_SCALE_FACTOR=2 python -m tests.pages_picture FOLDER --light --contrast

`guide.png` is the README's: the first and the last page of the guide beside each other. Needs a
display (any; a virtual one will do).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.conversation import Conversation
from app.headless import FakeSound, Recorder
from app.hotkeys.main import Hotkeys
from app.settings.store import Settings
from app.window import window
from app.window.settings_page import PAGES
from engine.client.events import EngineReady
from tests.window_picture import DEVICES, NoLink, _paint_backdrop

MARGIN = 30


class Desktop:
    """In place of a back end: two keys are not to be had."""

    name, why, advice = "X11", "The X server passes on the keys bound here and no others.", ""

    def is_compatible(self) -> bool:
        return True

    def is_installed(self) -> bool:
        return True

    def start(self, bindings, on_key, on_trouble) -> None:
        on_trouble("hush", "Ctrl+Alt+. is taken by another program.")

    def stop(self) -> None: ...


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    once = {
        "look.theme": "light" if "--light" in arguments else "dark",
        "look.contrast": "high" if "--contrast" in arguments else "normal",
    }
    settings = Settings(Path(tempfile.mkdtemp()) / "settings.json", once)
    recorder = Recorder()
    conversation = Conversation(FakeSound(DEVICES), lambda _: NoLink(), recorder.tell)
    shown = window.Window(conversation, settings)
    shown.hotkeys = Hotkeys(settings, lambda *_: None, handlers=(Desktop(),))
    shown.hotkeys.start()
    conversation.start()
    for happening in recorder.happenings:
        shown.take(happening)
    shown.take(EngineReady("ws://127.0.0.1"))
    name = once["look.theme"] + ("-contrast" if "--contrast" in arguments else "")
    page = shown.pages.open("settings")
    for group in PAGES:
        page.open_group(group)
        _save(application, page, folder / f"settings-{group.lower().replace(' ', '-')}-{name}.png")
    _save(application, shown.pages.open("keys"), folder / f"keys-{name}.png")
    guide = shown.pages.open("guide")
    if name == "dark":
        _beside_each_other(application, guide, (0, len(guide.pages) - 1), folder / "guide.png")
    for number, guided in enumerate(guide.pages):
        guide.go_to(number)
        _settle(application, 6.0 if guided.title == "Permissions" else 0.1)
        _save(application, guide, folder / f"guide-{number + 1}-{name}.png")
    shown.pages.close()
    return 0


def _beside_each_other(application: QApplication, guide, numbers: tuple[int, ...], path: Path):
    taken = []
    for number in numbers:
        guide.go_to(number)
        _settle(application, 0.1)
        taken.append(guide.grab())
    sharp, size = taken[0].devicePixelRatioF(), guide.size()
    wide = len(taken) * (size.width() + MARGIN) + MARGIN
    image = QImage(QSize(wide, size.height() + 2 * MARGIN) * sharp, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharp)
    painter, left = QPainter(image), MARGIN
    _paint_backdrop(painter, QRectF(0, 0, wide, size.height() + 2 * MARGIN), False)
    for page in taken:
        painter.drawPixmap(left, MARGIN, page)
        left += size.width() + MARGIN
    painter.end()
    image.save(str(path))


def _settle(application: QApplication, seconds: float) -> None:
    until_s = time.monotonic() + seconds
    while time.monotonic() < until_s:
        application.processEvents()
        time.sleep(0.02)


def _save(application: QApplication, page, path: Path) -> None:
    for _ in range(5):
        application.processEvents()
    page.grab().save(str(path))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
