"""Typing and clicking on X11, through the program xdotool."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.window.words import tr
from engine.background.tool import ToolError

WITHIN_S = 5.0
KEYS = {"Enter": "Return", "Backspace": "BackSpace", "PageUp": "Prior", "PageDown": "Next"}
BUTTONS = {"left": ("1",), "right": ("3",), "double": ("--repeat", "2", "--delay", "80", "1")}
HINT = "Install xdotool (Linux: the package xdotool) to have Aside type and click for you."


def is_compatible(environment: Mapping[str, str] = os.environ) -> bool:
    """Wayland lets no program type into another; only X11 windows would get it there."""
    x11 = bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")
    return sys.platform.startswith("linux") and x11


def is_installed() -> bool:
    return shutil.which("xdotool") is not None


@dataclass(frozen=True)
class XdotoolHands:
    """An engine.background.tools.hands.Hands. sign: shows a text, "" for none, from any thread.

    killed: whether the user has stopped all tools. ours: whether a window of this number, as the
    root window's child, is Aside's own; raises ToolError where that cannot be told.
    """

    sign: Callable[[str], None]
    killed: Callable[[], bool]
    ours: Callable[[int], bool] = lambda _window: False

    def show(self, what: str) -> None:
        self.sign(what)

    def hide(self) -> None:
        self.sign("")

    def window(self) -> str:
        """Its number stands in it too: two windows may have one title."""
        said = _xdotool("getwindowfocus", "getwindowname", ask=True).strip()
        number = _xdotool("getwindowfocus", ask=True).strip()
        return f"{said[:80] or tr('a window without a title')} ({number})"

    def stopped(self) -> bool:
        return self.killed()

    def can_type(self, text: str) -> bool:
        """A letter without a key is lent one for a moment, which windows notice too late at times:
        of three runs of the test, one lost it."""
        return text.isascii()

    def type_text(self, text: str) -> None:
        """By standard input: what is typed stands in no list of processes."""
        _xdotool("type", "--clearmodifiers", "--delay", "4", "--file", "-", given=text)

    def press(self, key: str) -> None:
        *held, last = key.split("+")
        named = KEYS.get(last, last if len(last) > 1 else last.lower())
        _xdotool("key", "--clearmodifiers", "+".join([*(one.lower() for one in held), named]))

    def click(self, x: int, y: int, button: str) -> None:
        """On what asks for approval only a person clicks. Whoever comes up between the look and the
        click takes none yet: cards are deaf at first."""
        there = ("mousemove", str(x), str(y))  # with --sync it waits where the pointer is there
        found = re.search(r"^WINDOW=(\d+)$", _xdotool(*there, "getmouselocation", "--shell"), re.M)
        if found is None or self.ours(int(found[1])):
            raise ToolError("Aside's own window is there, and only a person clicks on that.")
        _xdotool(*there, "click", *BUTTONS[button])


def _xdotool(*arguments: str, given: str | None = None, ask: bool = False) -> str:
    """Raises ToolError when the desktop does not let it, or answers too late."""
    try:
        done = subprocess.run(
            ["xdotool", *arguments], input=given, capture_output=True, text=True,
            timeout=WITHIN_S, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolError("Typing and clicking do not work on this desktop now.") from error
    if done.returncode != 0 and not ask:
        raise ToolError("The desktop did not let Aside type or click there.")
    if done.returncode != 0:
        raise ToolError("No window is in front that Aside could type into.")
    return done.stdout
