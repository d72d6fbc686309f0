"""Listens for keys on behalf of app.hotkeys.handlers.listener, as a process of its own.

    python -m app.hotkeys.helper '{"mute": "Ctrl+Alt+M"}'

Prints "down NAME" and "up NAME"; ends when its standard input is closed.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from app.hotkeys.chord import MODIFIERS, X_NAMES, Chord

_PYNPUT_MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "cmd": "Super"}
_PYNPUT_NAMES = {
    "space": "Space", "enter": "Return", "esc": "Escape", "tab": "Tab", "pause": "Pause",
    "backspace": "Backspace", "delete": "Delete", "insert": "Insert", "home": "Home",
    "end": "End", "page_up": "PgUp", "page_down": "PgDown", "left": "Left", "right": "Right",
    "up": "Up", "down": "Down", **{f"f{number}": f"F{number}" for number in range(1, 21)},
}  # fmt: skip


class Matcher:
    """Which actions are down, from the names of the keys that go down and up."""

    def __init__(self, wanted: dict[str, Chord]) -> None:
        self._wanted = {chord: action for action, chord in wanted.items()}
        self._modifiers: set[str] = set()
        self._down: dict[str, str] = {}

    def press(self, name: str) -> str | None:
        """The action that this key sets off, or None."""
        if name in MODIFIERS:
            self._modifiers.add(name)
            return None
        held = tuple(one for one in MODIFIERS if one in self._modifiers)
        action = self._wanted.get(Chord(held, name))
        if action is None or name in self._down:
            return None
        self._down[name] = action
        return action

    def release(self, name: str) -> str | None:
        """The action whose key this was, or None."""
        self._modifiers.discard(name)
        return self._down.pop(name, None)


def main(argv: list[str]) -> int:
    from pynput import keyboard

    matcher = Matcher({name: Chord.parse(keys) for name, keys in json.loads(argv[0]).items()})

    def tell(word: str, action: str | None) -> None:
        if action is not None:
            print(word, action, flush=True)

    def pressed(key: Any) -> None:
        tell("down", matcher.press(_name(key, listener.canonical)))

    def released(key: Any) -> None:
        tell("up", matcher.release(_name(key, listener.canonical)))

    listener: Any = keyboard.Listener(on_press=pressed, on_release=released)
    listener.start()
    sys.stdin.read()
    os._exit(0)  # the listener waits for one more key before it ends; nobody will press it


def _name(key: Any, canonical: Any) -> str:
    """pynput's key as app.hotkeys.chord names it; "" for those it does not know."""
    name = getattr(key, "name", None)
    if name == "alt_gr":
        return ""
    if name is not None:
        return _PYNPUT_MODIFIERS.get(name.split("_")[0]) or _PYNPUT_NAMES.get(name, "")
    letter = (getattr(canonical(key), "char", None) or "").upper()
    return letter if letter in X_NAMES else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
