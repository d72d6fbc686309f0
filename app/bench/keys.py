"""Real keys, pressed by the X server itself as if by hand."""

from __future__ import annotations

import time
from typing import Any

from app.hotkeys.chord import Chord

X_MODIFIERS = {"Ctrl": "Control_L", "Alt": "Alt_L", "Shift": "Shift_L", "Super": "Super_L"}


class Keyboard:
    """A connection of its own; modifiers are down before the key that counts."""

    def __init__(self) -> None:
        from Xlib.display import Display

        self._display: Any = Display()

    def close(self) -> None:
        self._display.close()

    def press(self, keys: str) -> float:
        """Presses and releases `keys`, as in the settings; returns when the key went down."""
        from Xlib import X

        chord = Chord.parse(keys)
        held = [self._code(X_MODIFIERS[one]) for one in chord.modifiers]
        key = self._code(chord.x_name)
        for code in held:
            self._display.xtest_fake_input(X.KeyPress, code)
        self._display.sync()
        down_s = time.monotonic()
        self._display.xtest_fake_input(X.KeyPress, key)
        for code in (key, *reversed(held)):
            self._display.xtest_fake_input(X.KeyRelease, code)
        self._display.flush()
        return down_s

    def type_line(self, text: str) -> None:
        """Small letters and spaces, then Return, into whatever has the keyboard."""
        from Xlib import X

        for name in (*("space" if letter == " " else letter for letter in text), "Return"):
            for kind in (X.KeyPress, X.KeyRelease):
                self._display.xtest_fake_input(kind, self._code(name))
            self._display.sync()

    def _code(self, name: str) -> int:
        from Xlib import XK

        return int(self._display.keysym_to_keycode(XK.string_to_keysym(name)))
