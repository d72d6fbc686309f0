"""X11: the server is asked for single keys, and gives those alone; nothing else is ever seen."""

from __future__ import annotations

import importlib.util
import os
import select
import sys
import threading
from typing import Any

from app.hotkeys.held import Held
from app.hotkeys.models import Binding, OnKey, OnTrouble
from app.window.words import later, tr

WATCH_S = 0.1
NO_DISPLAY = "The X server cannot be reached, so keys work in Aside's windows alone."


class X11Grabs:
    """Grabs each key, so that it reaches Aside and not the program in front."""

    name = "X11"
    why = later("The X server passes on the keys bound here and no others.")
    advice = later("Install the package python-xlib, or start Aside once with: python3 run.py")

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._wake_out = -1

    def is_compatible(self) -> bool:
        wayland = os.environ.get("WAYLAND_DISPLAY")
        return sys.platform.startswith("linux") and bool(os.environ.get("DISPLAY")) and not wayland

    def is_installed(self) -> bool:
        return importlib.util.find_spec("Xlib") is not None

    def start(self, bindings: tuple[Binding, ...], on_key: OnKey, on_trouble: OnTrouble) -> None:
        wake_in, self._wake_out = os.pipe()
        watch = _Watch(bindings, Held(on_key), on_trouble, wake_in)
        self._thread = threading.Thread(target=watch.run, name="hotkeys", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread is not None:
            os.close(self._wake_out)
            self._thread.join(2)
            self._thread = None


class _Watch:
    """Lives in the handler's thread, with a connection of its own. Ends when `wake` is closed."""

    def __init__(
        self, bindings: tuple[Binding, ...], held: Held, on_trouble: OnTrouble, wake: int
    ) -> None:
        self._bindings, self._held, self._on_trouble, self._wake = bindings, held, on_trouble, wake
        self._grabbed: dict[tuple[int, int], str] = {}

    def run(self) -> None:
        from Xlib.display import Display
        from Xlib.error import ConnectionClosedError, DisplayError

        try:
            self._display: Any = Display()
        except (DisplayError, OSError):
            os.close(self._wake)
            self._on_trouble("", tr(NO_DISPLAY))
            return
        try:
            self._grab_all()
            while self._wait():
                self._take_events()
                self._let_go_of_what_is_up()
            self._display.close()
        except (ConnectionClosedError, OSError):
            self._on_trouble("", tr(NO_DISPLAY))
        finally:
            self._held.release_all()
            os.close(self._wake)

    def _wait(self) -> bool:
        """False when it is time to end. While a key is down it looks whether it still is."""
        if self._display.pending_events():
            return True
        patience_s = WATCH_S if self._held.down else None
        ready, _, _ = select.select([self._display.fileno(), self._wake], [], [], patience_s)
        return self._wake not in ready

    def _grab_all(self) -> None:
        self._grabbed.clear()
        for binding in self._bindings:
            refusal = self._grab(binding)
            self._on_trouble(binding.action, refusal)

    def _grab(self, binding: Binding) -> str:
        from Xlib import XK, X
        from Xlib.error import BadAccess, CatchError

        code = self._display.keysym_to_keycode(XK.string_to_keysym(binding.chord.x_name))
        if not code:
            return tr("This keyboard has no {key}.").format(key=binding.chord.key)
        modifiers = _mask(binding.chord.modifiers)
        taken = CatchError(BadAccess)
        root = self._display.screen().root
        for lock in (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask):
            root.grab_key(
                code, modifiers | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=taken
            )
        self._display.sync()
        if taken.get_error():
            root.ungrab_key(code, modifiers)
            return tr("{keys} is taken by another program.").format(keys=binding.chord)
        self._grabbed[code, modifiers] = binding.action
        return ""

    def _take_events(self) -> None:
        from Xlib import X

        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.KeyPress:
                action = self._grabbed.get((event.detail, event.state & _mask(_KNOWN)))
                if action is not None:
                    self._held.press(action, event.detail)
            elif event.type == X.MappingNotify and event.request == X.MappingKeyboard:
                self._display.refresh_keyboard_mapping(event)
                self._display.screen().root.ungrab_key(X.AnyKey, X.AnyModifier)
                self._grab_all()

    def _let_go_of_what_is_up(self) -> None:
        """Asks the keyboard itself: repeats send releases too, and a real one may get lost."""
        down = self._held.down
        if not down:
            return
        keys = self._display.query_keymap()
        for action, code in down.items():
            assert isinstance(code, int)
            if not keys[code // 8] & (1 << code % 8):
                self._held.release(action)


_KNOWN = ("Ctrl", "Alt", "Shift", "Super")


def _mask(modifiers: tuple[str, ...]) -> int:
    from Xlib import X

    known = {"Ctrl": X.ControlMask, "Alt": X.Mod1Mask, "Shift": X.ShiftMask, "Super": X.Mod4Mask}
    return sum(known[one] for one in modifiers)
