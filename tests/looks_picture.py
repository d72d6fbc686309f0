"""Every look that is compared: `QT_SCALE_FACTOR=2 python -m tests.looks_picture FOLDER`.

Panel, caption bar, pill, card, guide and settings, dark and light, with nothing that moves: the
same pictures each time. Needs no display. `font.txt` beside them names the face they are set in.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

from app.cards.desk import CardDesk
from app.conversation import Conversation
from app.headless import FakeSound, Recorder
from app.settings.store import Settings
from app.window import caption_view, window
from app.window.theme import DARK, LIGHT, Theme, font
from engine.client.events import EngineReady, State
from tests import overlay_picture
from tests.card_picture import asking
from tests.window_picture import DEVICES, NoLink

NOW_S = 100.0
LOOKS = ("panel", "bar", "pill", "card", "guide", "settings")
THEMES = {"dark": DARK, "light": LIGHT}


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    application.setCursorFlashTime(0)
    caption_view.time = SimpleNamespace(monotonic=lambda: NOW_S)  # type: ignore[assignment]
    overlay_picture.time = SimpleNamespace(monotonic=lambda: NOW_S)  # type: ignore[assignment]
    (folder / "font.txt").write_text(QFontInfo(font(20)).family())
    for name, theme in THEMES.items():
        for look, widget in _looks(name, theme).items():
            for _ in range(3):
                application.processEvents()
            widget.grab().save(str(folder / f"{look}-{name}.png"))
    return 0


def _looks(name: str, theme: Theme) -> dict[str, QWidget]:
    shown = _window(name)
    guide, settings = shown.pages.open("guide"), shown.pages.open("settings")
    return {
        "panel": shown.panel, "bar": overlay_picture.bar(theme),
        "pill": overlay_picture.pill(theme), "card": _card(theme),
        "guide": guide, "settings": settings,
    }  # fmt: skip


def _window(name: str) -> window.Window:
    once = {"look.theme": name, "look.contrast": "normal", "look.motion": "reduced"}
    settings = Settings(Path(tempfile.mkdtemp()) / "settings.json", once)
    recorder = Recorder()
    conversation = Conversation(FakeSound(DEVICES), lambda _: NoLink(), recorder.tell)
    made = window.Window(conversation, settings)
    conversation.start()
    for happening in (*recorder.happenings, EngineReady("ws://127.0.0.1"), State("listening")):
        made.take(happening)
    made.panel.settle()
    made.panel.captions.show_captions(overlay_picture.captions(NOW_S))
    made.panel.captions.advance(0.016)
    return made


def _card(theme: Theme) -> QWidget:
    desk = CardDesk(lambda: theme)
    for message in asking():
        desk.take(message, True)
    QApplication.processEvents()
    _KEPT.append(desk)
    return next(iter(desk.windows.values()))


_KEPT: list[CardDesk] = []

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
