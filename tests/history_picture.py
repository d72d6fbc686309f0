"""Saves pictures of the history's window with a scripted past, light and dark.

    python -m tests.history_picture FOLDER

Needs a display (any; a virtual one will do). QT_SCALE_FACTOR=2 makes them twice as sharp.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.history import window
from app.history.book import IDLE_S, Book
from app.history.keeping import Keeping
from app.history.keystore import Key
from app.history.store import Store, open_store
from app.window import theme
from engine.client.events import ActEvent, Heard, Said

PAST = (
    (26 * 3600, (("u", "remind me every five seconds until I ask you to stop"), ("a", "okay"),
                 ("a", "five seconds"), ("a", "five seconds"), ("u", "that will do thank you"))),
    (5 * 3600, (("u", "what is that button for"), ("act", "the export button"),
                ("a", "it writes the page to a file"), ("u", "and where does the file go"),
                ("a", "to your downloads"))),
    (600, (("u", "say beep whenever I say operator"), ("a", "okay"),
           ("u", "so I called the operator and she put me through to the wrong department twice"),
           ("a", "beep"), ("u", "and then the operator hung up"), ("a", "beep"),
           ("u", "好的 谢谢你"))),
)  # fmt: skip


def history_at(path: Path) -> None:
    """Writes the scripted past."""
    book = Book(path, Keeping, print, lambda: Key(missing="none"))
    at_s = 0.0
    for _, lines in PAST:
        at_s += IDLE_S + 1
        for side, text in lines:
            for word in text.split():
                event = Heard if side == "u" else Said
                if side != "act":
                    book.note(event(f" {word}", 0, 0), at_s)
                at_s += 0.3
            if side == "act":
                book.note(ActEvent("point", {"label": text}), at_s)
            at_s += 9.0
        book.flush(at_s)
    book.close()
    store = plain(path)()
    for number, (ago_s, _) in enumerate(PAST, 1):
        began_s = time.time() - ago_s
        store.connection.execute(
            "UPDATE talk SET ended_s = ended_s - began_s + ?1, began_s = ?1 WHERE id = ?2",
            (began_s, number),
        )
    store.close()


def plain(path: Path) -> Callable[[], Store]:
    return lambda: open_store(path, encrypt=False)


def settled(application: QApplication, seconds: float = 0.6) -> None:
    until_s = time.monotonic() + seconds
    while time.monotonic() < until_s:
        application.processEvents()
        time.sleep(0.01)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    application = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "history.db"
        history_at(path)
        for name, worn in (("dark", theme.DARK), ("light", theme.LIGHT)):
            window.theme_now = lambda worn=worn: worn
            shown = window.HistoryWindow(path, Keeping, plain(path))
            shown.come_up()
            settled(application)
            shown.grab().save(str(folder / f"history-{name}.png"))
            shown.search.setText("operat beep")
            settled(application)
            shown.grab().save(str(folder / f"history-search-{name}.png"))
            shown.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
