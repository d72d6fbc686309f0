"""A person at the real desktop: starts it as people do, types into it, and sees what it shows.

The desktop runs as a program of its own on the virtual display; a look at its windows is written
to a file five times a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.settings.migration import VERSION
from tests.desktop import ROOT, eventually, xdotool

# The desktop as it is; what is seen of it goes to the file that is named first. "scripted" after
# it: the engine is tests.scripted, which answers by rule.
PROGRAM = """
import json, os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app import desktop
from app.window.caption_view import CaptionView
from app.window.lights import Lights
from engine.client import link

path, engine = sys.argv[1:3]
if engine == "scripted":
    link.server_command = lambda model: [sys.executable, "-m", "tests.scripted"]

def look():
    seen = {"lights": {}, "captions": ""}
    for widget in QApplication.allWidgets():
        if isinstance(widget, Lights):
            seen["lights"] = widget.shown
        elif isinstance(widget, CaptionView):
            seen["captions"] = widget.accessibleDescription()
    with open(path + ".new", "w") as file:
        json.dump(seen, file)
    os.replace(path + ".new", path)

usual = desktop._application

def application(make=None):
    made = usual(make)
    made.timer = QTimer(interval=200)
    made.timer.timeout.connect(look)
    made.timer.start()
    return made

desktop._application = application
sys.exit(desktop.main([]))
"""


@dataclass(frozen=True)
class Person:
    """environment: of the desktop and of every command. seen_at: where the look lies."""

    environment: dict[str, str]
    process: subprocess.Popen
    seen_at: Path

    def do(self, *words: str) -> bool:
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", "do", *words],
            env=self.environment, cwd=ROOT, capture_output=True, check=False,
        )  # fmt: skip
        return done.returncode == 0

    def type_line(self, line: str) -> None:
        """By the keyboard, into the window."""
        eventually(lambda: self.do("type"), within_s=60)
        time.sleep(0.5)
        xdotool("type", line)
        xdotool("key", "Return")

    @property
    def captions(self) -> str:
        """The last lines, as a screen reader has them."""
        return self._seen()["captions"]

    @property
    def lights(self) -> dict[str, str]:
        """What the lamps say, by source."""
        return self._seen()["lights"]

    def _seen(self) -> dict:
        if not self.seen_at.exists():
            return {"lights": {}, "captions": ""}
        return json.loads(self.seen_at.read_text())


@contextmanager
def at_the_desktop(display: str, home: Path, engine: str = "shipped") -> Iterator[Person]:
    """It must end well when it is told to quit. Its standard error lies in home/"stderr"."""
    settings = home / "config" / "aside" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"version": VERSION, "settings": {"guide.seen": True}}))
    environment = {
        **os.environ,
        "DISPLAY": display,
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "xcb",
    }
    with (home / "stderr").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(home / "seen.json"), engine],
            env=environment, cwd=ROOT, stderr=log,
        )  # fmt: skip
    person = Person(environment, process, home / "seen.json")
    try:
        yield person
        assert process.poll() is None, (home / "stderr").read_text()[-2000:]
        person.do("quit")
        assert process.wait(30) == 0, (home / "stderr").read_text()[-2000:]
    finally:
        process.kill()
        process.wait()
