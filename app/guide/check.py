"""What the doctor finds on this machine, asked in a process of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QProcess

from app.window.words import later, tr
from engine import child

TOPICS = {
    "microphone": later("Microphone"),
    "speaker": later("Speaker"),
    "camera": later("Camera"),
    "screen": later("Screen"),
    "hotkeys": later("Hotkeys"),
    "checkpoint": later("Checkpoint"),
    "history": later("History"),
    "disk": later("Disk"),
}
REPAIRS = {
    "microphone": {
        "darwin": later(
            "System Settings, Privacy & Security, Microphone: allow Aside; start it anew."
        ),
        "win32": later("Settings, Privacy & security, Microphone: let desktop apps use it."),
    },
    "camera": {
        "darwin": later("System Settings, Privacy & Security, Camera: allow Aside; start it anew."),
        "win32": later("Settings, Privacy & security, Camera: let desktop apps use it."),
    },
    "screen": {
        "darwin": later(
            "System Settings, Privacy & Security, Screen Recording: allow Aside, start anew."
        ),
    },
    "hotkeys": {
        "darwin": later("System Settings, Privacy & Security, Input Monitoring: allow Aside."),
    },
}


class Doctor:
    """`found` is called with one finding after the other, as `aside doctor --json` has them."""

    def __init__(self, found: Callable[[dict[str, Any]], None], done: Callable[[], None]) -> None:
        self._found, self._process = found, QProcess()
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(lambda *_: done())

    def start(self) -> None:
        program, *arguments = child.command("app.cli", "doctor", "--json")
        self._process.setEnvironment([f"{k}={v}" for k, v in child.environment().items()])
        self._process.start(program, arguments)

    def stop(self) -> None:
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(2000)

    def _read(self) -> None:
        while self._process.canReadLine():
            row = json.loads(bytes(self._process.readLine().data()))
            if row["topic"] in TOPICS:
                self._found(row)


def told(finding: dict[str, Any]) -> str:
    """What was found, in words."""
    return _said(finding, "words", "found")


def advice(finding: dict[str, Any]) -> str:
    """How to repair it, or "" where there is nothing to repair."""
    repair = REPAIRS.get(finding["topic"], {}).get(sys.platform, "")
    wanted = _said(finding, "to_do", "advice"), "" if finding["state"] == "ok" else tr(repair)
    return " ".join(filter(None, wanted))


def _said(finding: dict[str, Any], pattern: str, whole: str) -> str:
    """The pattern translated and filled in; what has none, as it is or as it is translated."""
    if "values" not in finding:
        return tr(finding[whole])
    return tr(finding[pattern]).format(**finding["values"])
