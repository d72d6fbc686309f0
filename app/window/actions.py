"""What a user can tell Aside besides words: one table.

Tray, menus, global hotkeys, `aside do ACTION`, the sheet of keys and the settings page are all
read off it. No Qt: `aside do --help` needs none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Group = Literal["Talk", "Eyes", "Words", "Window", "Aside"]
When = Callable[["Situation"], str]


@dataclass(frozen=True)
class Situation:
    """What is so now, as far as it decides which actions make sense.

    muted, watching: what the user wants of microphone and camera, whatever a pause makes of it.
    can: which rooms are there to be asked, by the field's name in app.window.rooms.Rooms.
    """

    answered: bool = False
    own_engine: bool = False
    paused: bool = False
    muted: bool = False
    watching: bool = False
    pictures: bool = True
    can: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Hotkey:
    """A key for every program, by default. "" for none on that system."""

    linux: str
    windows: str
    macos: str

    @property
    def here(self) -> str:
        return {"win32": self.windows, "darwin": self.macos}.get(sys.platform, self.linux)


def _hotkey(key: str) -> Hotkey:
    """On Windows Ctrl+Alt writes letters (it is AltGr), so Shift comes with it there."""
    return Hotkey(f"Ctrl+Alt+{key}", f"Ctrl+Alt+Shift+{key}", f"Ctrl+Alt+{key}")


NO_KEY = Hotkey("", "", "")


def _always(_: Situation) -> str:
    return ""


def _not_paused(now: Situation) -> str:
    return "Everything is paused: go on first." if now.paused else ""


def _can_mute(now: Situation) -> str:
    """In a pause too: then it stays closed afterwards. Opening it waits until one goes on."""
    return _not_paused(now) if now.muted else ""


def _camera(now: Situation) -> str:
    """In a pause it can be switched off for good, and not on."""
    return _sees("camera", _NO_CAMERA)(now) or ("" if now.watching else _not_paused(now))


def _answered(now: Situation) -> str:
    return "" if now.answered else "There is no answer to copy yet."


def _can_free(now: Situation) -> str:
    return "" if now.own_engine else "The model runs elsewhere: it has no memory here."


def _can(room: str, sentence: str) -> When:
    return lambda now: "" if room in now.can else sentence


def _sees(room: str, sentence: str) -> When:
    can = _can(room, sentence)
    return lambda now: can(now) if now.pictures else _NO_PICTURES


@dataclass(frozen=True)
class Action:
    """One thing to tell Aside.

    name: as in `aside do NAME`. keys: inside our own windows, as Qt writes them, first the one
    that is shown. hotkey: in every program; None where that makes no sense. when: why not now,
    in words, or "". runs: the method of app.window.deeds.Deeds; with `hold`, its argument says
    whether the key went down or up. silences: the voice stops first, whatever the window is at.
    """

    name: str
    text: str
    help: str
    runs: str
    group: Group
    keys: tuple[str, ...] = ()
    hotkey: Hotkey | None = None
    when: When = _always
    hold: bool = False
    silences: bool = False

    @property
    def sentence(self) -> str:
        """The help as it stands by itself."""
        return self.help[:1].upper() + self.help[1:] + "."

    @property
    def default_hotkey(self) -> str:
        return self.hotkey.here if self.hotkey is not None else ""


_NO_PICTURES = "Pictures are switched off in the settings, under Eyes."
_NO_SCREEN = "The screen cannot be shared: nothing here can capture it."
_NO_CAMERA = "The camera cannot be switched on: nothing here can capture it."
_NO_HISTORY = "There is no history to search: it is not kept here."
NO_CARDS = "No card is open."
_NO_TOOLS = "There is no log of what was done: Aside has no tools here."

ACTIONS = (
    Action("talk", "Push to talk", "open the microphone while the key is held", "talk", "Talk",
           hotkey=_hotkey("Space"), when=_not_paused, hold=True),
    Action("mute", "Mute the microphone", "close the microphone, or open it again", "mute", "Talk",
           ("Ctrl+M",), _hotkey("M"), _can_mute),
    Action("system-sound", "Hear what the computer plays",
           "hear calls and films beside the microphone, or stop", "system_sound", "Talk",
           (), NO_KEY),
    Action("hush", "Be quiet now", "silence what Aside is saying", "hush", "Talk",
           ("Ctrl+.",), _hotkey("."), silences=True),
    Action("quiet", "Quiet mode", "write instead of speaking, or speak again", "quiet", "Talk",
           ("Ctrl+U",), _hotkey("U")),
    Action("answer", "Answer whatever is said", "take all that is said as said to Aside, or only "
           "what is", "answer", "Talk", ("Ctrl+Shift+A",), NO_KEY),
    Action("pause", "Pause everything", "hear, see and say nothing until you go on", "pause",
           "Talk", ("Ctrl+P",), _hotkey("P"), silences=True),
    Action("panic", "Stop everything at once", "stop all capture, all tools and the voice, now",
           "panic", "Talk", ("Ctrl+Shift+Backspace",), _hotkey("Backspace"), silences=True),
    Action("screen", "Share the screen", "show Aside the whole screen, or stop", "share_screen",
           "Eyes", ("Ctrl+S",), _hotkey("S"), _sees("share", _NO_SCREEN)),
    Action("monitor", "Share a monitor", "show Aside one monitor, or stop", "share_monitor",
           "Eyes", (), NO_KEY, _sees("share", _NO_SCREEN)),
    Action("region", "Share a region", "show Aside a part of the screen, or stop", "share_region",
           "Eyes", (), NO_KEY, _sees("share", _NO_SCREEN)),
    Action("app-window", "Share a window", "show Aside one window, or stop", "share_window",
           "Eyes", (), NO_KEY, _sees("share", _NO_SCREEN)),
    Action("camera", "Camera", "switch the camera on or off", "camera", "Eyes",
           ("Ctrl+K",), _hotkey("K"), _camera),
    Action("type", "Type to Aside", "put the cursor into the typing line", "type", "Words",
           ("Ctrl+L",), _hotkey("Return")),
    Action("captions", "Show captions", "show or hide the captions", "captions", "Words",
           ("Ctrl+T",), _hotkey("C")),
    Action("bar", "Caption bar", "show or hide the captions over every program", "bar", "Words",
           ("Ctrl+B",), NO_KEY),
    Action("ground", "Contrast of the caption bar", "give the caption bar a stronger ground, or a "
           "clear one again", "ground", "Words"),
    Action("copy", "Copy the last answer", "put Aside's last words on the clipboard", "copy",
           "Words", ("Ctrl+Shift+C",), NO_KEY, _answered),
    Action("history", "Search the history", "find what was said before", "history", "Words",
           ("Ctrl+F",), _hotkey("H"), _can("search_history", _NO_HISTORY)),
    Action("larger", "Larger captions", "make the captions larger", "larger", "Words",
           ("Ctrl++", "Ctrl+=")),
    Action("smaller", "Smaller captions", "make the captions smaller", "smaller", "Words",
           ("Ctrl+-",)),
    Action("show", "Show or hide the window", "show the window, or hide it", "show", "Window",
           (), NO_KEY),
    Action("card", "Go to the newest card", "give the newest card the keyboard, to answer it",
           "card", "Window", ("Ctrl+G",), _hotkey("G"), _can("card", NO_CARDS)),
    Action("devices", "Devices", "choose microphone and speaker", "devices", "Window",
           ("Ctrl+D",)),
    Action("echo", "Echo cancellation", "switch echo cancellation on or off", "echo", "Window",
           ("Ctrl+E",)),
    Action("settings", "Settings", "open the settings", "settings", "Aside", ("Ctrl+,",)),
    Action("keys", "Keys", "show every key", "keys", "Aside", ("F1",)),
    Action("acts", "What Aside did", "see all that Aside did or wanted to do, and take it back",
           "acts", "Aside", ("Ctrl+J",), NO_KEY, _can("tools", _NO_TOOLS)),
    Action("guide", "Guide", "go through the first steps again", "guide", "Aside"),
    Action("reload", "Read the settings again", "take over settings changed elsewhere", "reload",
           "Aside"),
    Action("free-engine", "Free the model's memory", "let the engine go, or start it again",
           "free_engine", "Aside", (), NO_KEY, _can_free),
    Action("restart", "Start the engine again", "try again with an engine that failed", "restart",
           "Aside", ("Ctrl+R",)),
    Action("quit", "Quit", "end Aside", "quit", "Aside", ("Ctrl+Q",)),
)  # fmt: skip
NAMES = tuple(action.name for action in ACTIONS)


def action(name: str) -> Action:
    """Raises KeyError for a name that is not in the table."""
    return {one.name: one for one in ACTIONS}[name]
