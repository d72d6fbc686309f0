"""Windows and macOS: pynput, in a process of its own.

On macOS it crashes beside Qt, and everywhere it hears every key: the other process passes on
only the names of actions, so that nothing else that is typed ever comes near Aside.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading

from app.hotkeys.held import Held
from app.hotkeys.models import Binding, OnKey, OnTrouble
from app.window.words import later, tr
from engine import child

ENDED = "The process that listens for keys ended, so they work in Aside's windows alone."


class KeyListener:
    """Reads lines from app.hotkeys.helper: "down NAME", "up NAME"."""

    name = later("key listener")
    why = later("A small process of its own listens for keys and passes on only those bound here.")
    advice = later(
        "On macOS allow Aside under System Settings, Privacy & Security, Input Monitoring, and "
        "start it again. Elsewhere install the package pynput."
    )

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def is_compatible(self) -> bool:
        x11 = bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY")
        return sys.platform in ("win32", "darwin") or x11

    def is_installed(self) -> bool:
        return importlib.util.find_spec("pynput") is not None

    def start(self, bindings: tuple[Binding, ...], on_key: OnKey, on_trouble: OnTrouble) -> None:
        wanted = {one.action: str(one.chord) for one in bindings}
        self._process = subprocess.Popen(
            child.command("app.hotkeys.helper", json.dumps(wanted)), env=child.environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        reader = threading.Thread(
            target=_read, args=(self._process, Held(on_key), on_trouble), daemon=True
        )
        reader.start()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            process.stdin.close()  # it ends with us, also when we are killed
            process.wait(5)


def _read(process: subprocess.Popen[str], held: Held, on_trouble: OnTrouble) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        word, _, action = line.strip().partition(" ")
        if word == "down":
            held.press(action)
        elif word == "up":
            held.release(action)
    held.release_all()
    if process.wait() != 0:
        on_trouble("", tr(ENDED))
