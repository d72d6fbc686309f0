"""The desktop with a clock on its window's thread: `python -m app.bench.watched FILE`.

Ticks, layout, painting and the way to the screen are events that the thread handles. Those that it
handles without a pause make one stretch of work, and nothing can be shown sooner than its end.
The stretches are written to FILE when the desktop quits, as pairs of the steady clock's seconds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from app import desktop

Stretch = tuple[float, float]
PAUSE_S = 0.0003


class Watched(QApplication):
    """Notes when each event began and ended that is not handled within another."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.handled: list[Stretch] = []
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth:
            return bool(super().notify(receiver, event))
        self._depth, began_s = 1, time.monotonic()
        try:
            return bool(super().notify(receiver, event))
        finally:
            self._depth = 0
            self.handled.append((began_s, time.monotonic()))


def stretches(handled: list[Stretch]) -> list[Stretch]:
    """Events one upon the other as one."""
    joined: list[Stretch] = []
    for began_s, ended_s in handled:
        if joined and began_s - joined[-1][1] < PAUSE_S:
            joined[-1] = (joined[-1][0], ended_s)
        else:
            joined.append((began_s, ended_s))
    return joined


def read(path: Path, began_s: float, ended_s: float) -> list[Stretch]:
    """The stretches that began in between."""
    kept: list[Stretch] = [(begun, ended) for begun, ended in json.loads(path.read_text("utf-8"))]
    return [one for one in kept if began_s <= one[0] < ended_s]


def main(arguments: list[str]) -> int:
    made: list[Watched] = []

    def make(words: list[str]) -> Watched:
        made.append(Watched(words))
        return made[0]

    status = desktop.main(arguments[1:], make)
    Path(arguments[0]).write_text(json.dumps(stretches(made[0].handled)), "utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
