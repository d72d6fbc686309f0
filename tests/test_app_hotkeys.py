"""Global keys, with a real X server and real key presses; the portal, with a real bus."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.hotkeys.chord import Chord, UnfitChord
from app.hotkeys.handlers.listener import KeyListener
from app.hotkeys.handlers.portal import ShortcutsPortal
from app.hotkeys.handlers.x11 import X11Grabs
from app.hotkeys.main import Hotkeys
from app.hotkeys.models import Binding
from app.settings import schema
from app.settings.schema import HOTKEYS
from app.settings.store import Settings
from tests.desktop import ROOT, display, eventually, program, xdotool  # noqa: F401

pytestmark = pytest.mark.timeout(60)
TALK = Binding("talk", Chord.parse("Ctrl+Alt+Space"), "Push to talk")
MUTE = Binding("mute", Chord.parse("Ctrl+Alt+M"), "Mute")


@dataclass
class Notebook:
    """Writes down what a back end tells."""

    keys: list[tuple[str, bool]] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)

    def key(self, action: str, down: bool) -> None:
        self.keys.append((action, down))

    def trouble(self, action: str, sentence: str) -> None:
        self.troubles[action] = sentence


def handlers() -> list[type]:
    """Those that can listen on X11 here: grabs always, the listener where pynput is."""
    return [X11Grabs, KeyListener] if importlib.util.find_spec("pynput") else [X11Grabs]


@pytest.fixture(params=handlers(), ids=lambda one: one.__name__)
def listening(request, display: str, monkeypatch) -> Iterator[tuple[object, Notebook]]:
    """A back end that listens for two keys on the virtual display."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    handler, notes = request.param(), Notebook()
    assert handler.is_compatible()
    assert handler.is_installed()
    handler.start((TALK, MUTE), notes.key, notes.trouble)

    def answers() -> bool:
        xdotool("key", "ctrl+alt+m")
        time.sleep(0.1)
        return ("mute", False) in notes.keys

    eventually(answers, within_s=20)
    time.sleep(0.2)
    notes.keys.clear()
    yield handler, notes
    xdotool("keyup", "space", "keyup", "ctrl", "keyup", "alt")
    handler.stop()


def test_a_key_is_held_as_long_as_it_is_held(listening):
    """Down once, up once, however often the keyboard repeats it meanwhile."""
    _, notes = listening
    xdotool("keydown", "ctrl", "keydown", "alt", "keydown", "space")
    eventually(lambda: notes.keys == [("talk", True)])
    time.sleep(1.2)  # long past the delay after which an X server repeats a key
    assert notes.keys == [("talk", True)]
    xdotool("keyup", "space")
    eventually(lambda: notes.keys == [("talk", True), ("talk", False)])


def test_letting_go_of_the_modifiers_first_ends_nothing(listening):
    """The key itself decides when talking ends."""
    _, notes = listening
    xdotool(
        "keydown", "ctrl", "keydown", "alt", "keydown", "space", "keyup", "ctrl", "keyup", "alt"
    )
    eventually(lambda: notes.keys == [("talk", True)])
    xdotool("keyup", "space")
    eventually(lambda: notes.keys[-1] == ("talk", False))


def test_other_keys_are_not_told(listening):
    """What is typed besides sets nothing off."""
    _, notes = listening
    xdotool("key", "ctrl+m", "key", "m", "key", "ctrl+shift+alt+m", "key", "space")
    time.sleep(0.5)
    assert notes.keys == []


def test_stopping_releases_what_is_held(listening):
    """A back end that ends while a key is down lets go of it."""
    handler, notes = listening
    xdotool("keydown", "ctrl", "keydown", "alt", "keydown", "space")
    eventually(lambda: notes.keys == [("talk", True)])
    handler.stop()
    eventually(lambda: notes.keys == [("talk", True), ("talk", False)])


def test_the_lock_keys_change_nothing(display: str):
    """With Num Lock on, the keys are the same keys."""
    handler, notes = X11Grabs(), Notebook()
    handler.start((MUTE,), notes.key, notes.trouble)
    try:
        eventually(lambda: "mute" in notes.troubles)
        xdotool("key", "Num_Lock")
        xdotool("key", "ctrl+alt+m")
        eventually(lambda: ("mute", True) in notes.keys)
    finally:
        xdotool("key", "Num_Lock")
        handler.stop()


def test_a_key_that_another_program_has_is_named(display: str):
    """Who comes second is told which key it cannot have; the other keys work."""
    first, second, notes = X11Grabs(), X11Grabs(), Notebook()
    other = Notebook()
    first.start((MUTE,), other.key, other.trouble)
    eventually(lambda: "mute" in other.troubles)
    second.start((MUTE, TALK), notes.key, notes.trouble)
    try:
        eventually(lambda: len(notes.troubles) == 2)
        assert notes.troubles == {"mute": "Ctrl+Alt+M is taken by another program.", "talk": ""}
        xdotool("key", "ctrl+alt+space")
        eventually(lambda: ("talk", False) in notes.keys)
    finally:
        first.stop()
        second.stop()


def test_the_key_does_not_reach_the_program_in_front(display: str):
    """Push to talk writes no spaces into what somebody is writing."""
    typed = subprocess.Popen(
        [sys.executable, "-c", OTHER_WINDOW], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    handler, notes = X11Grabs(), Notebook()
    try:
        xdotool("search", "--sync", "--onlyvisible", "--pid", str(typed.pid))
        xdotool("mousemove", "100", "40", "click", "1")
        handler.start((Binding("hush", Chord.parse("F9"), ""),), notes.key, notes.trouble)
        eventually(lambda: "hush" in notes.troubles)
        xdotool("key", "a", "key", "F9", "key", "b")
        assert eventually(lambda: typed.stdout.readline().strip() == "ab key", within_s=20) is True
    finally:
        handler.stop()
        typed.terminate()
        typed.wait(10)


OTHER_WINDOW = """
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
class Line(QLineEdit):
    def keyReleaseEvent(self, event):
        foreign = "F9!" if event.key() == 0x01000038 else "key"
        print(self.text(), foreign, flush=True)
line = Line()
line.setGeometry(20, 20, 300, 40)
line.show()
line.activateWindow()
application.exec()
"""


def test_rebinding_takes_effect_at_once(display: str, tmp_path: Path, monkeypatch):
    """After a change in the settings the new key works and the old one is free again."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    settings, notes = Settings(tmp_path / "settings.json"), Notebook()
    hotkeys = Hotkeys(settings, notes.key, handlers=(X11Grabs(),))
    hotkeys.start()
    try:
        settings.change(HOTKEYS["mute"], "Ctrl+Alt+J")

        def pressed() -> bool:
            xdotool("key", "ctrl+alt+j")
            return ("mute", True) in notes.keys

        eventually(pressed, every_s=0.2)
        time.sleep(0.3)
        notes.keys.clear()
        xdotool("key", "ctrl+alt+m")
        time.sleep(0.5)
        assert notes.keys == []
        settings.change(schema.GLOBAL_KEYS, False)
        assert "as you have set it" in hotkeys.report
        xdotool("key", "ctrl+alt+j")
        time.sleep(0.5)
        assert notes.keys == []
    finally:
        hotkeys.stop()


class FakeHandler:
    """A back end that notes what it is given."""

    name, why, advice = "fake", "It is there.", "Do this to have it."

    def __init__(self, compatible: bool = True, installed: bool = True) -> None:
        self.compatible, self.installed = compatible, installed
        self.bound: list[str] = []

    def is_compatible(self) -> bool:
        return self.compatible

    def is_installed(self) -> bool:
        return self.installed

    def start(self, bindings, on_key, on_trouble) -> None:
        self.bound = [f"{one.action} {one.chord}" for one in bindings]

    def stop(self) -> None:
        self.bound = []


def test_two_actions_on_one_key_are_both_told(tmp_path: Path):
    """The first of the table has the key; both show the conflict."""
    settings, handler = Settings(tmp_path / "settings.json"), FakeHandler()
    settings.change(HOTKEYS["hush"], "Ctrl+Alt+M")
    hotkeys = Hotkeys(settings, lambda *_: None, handlers=(handler,))
    hotkeys.start()
    assert "mute Ctrl+Alt+M" in handler.bound
    assert not [one for one in handler.bound if one.startswith("hush ")]
    assert "Mute the microphone" in hotkeys.trouble("keys.hush")
    assert "Be quiet now" in hotkeys.trouble("keys.mute")
    settings.change(HOTKEYS["hush"], "F8")
    assert hotkeys.trouble("keys.hush") == hotkeys.trouble("keys.mute") == ""


def test_conflicts_are_told_whoever_listens(tmp_path: Path):
    """With global keys switched off, and where a key is one of our own windows' already."""
    settings = Settings(tmp_path / "settings.json")
    settings.change(schema.GLOBAL_KEYS, False)
    settings.change(HOTKEYS["hush"], "Ctrl+Alt+M")
    settings.change(HOTKEYS["quiet"], "Ctrl+K")
    hotkeys = Hotkeys(settings, lambda *_: None, handlers=(FakeHandler(),))
    hotkeys.start()
    assert "Mute the microphone" in hotkeys.trouble("keys.hush")
    assert "Camera" in hotkeys.trouble("keys.quiet")
    assert "Quiet mode" in hotkeys.trouble("keys.camera")


def test_the_report_says_which_back_end_and_why(tmp_path: Path):
    """What fits but is not there comes with advice; what is used with its reason."""
    settings = Settings(tmp_path / "settings.json")
    better, foreign, used = FakeHandler(installed=False), FakeHandler(False), FakeHandler()
    better.name, foreign.advice = "better", "never to be read"
    hotkeys = Hotkeys(settings, lambda *_: None, handlers=(foreign, better, used))
    hotkeys.start()
    assert "Back end: fake. It is there." in hotkeys.report
    assert "better: Do this to have it." in hotkeys.report
    assert "never" not in hotkeys.report
    alone = Hotkeys(settings, lambda *_: None, handlers=(foreign,))
    alone.start()
    assert "own windows alone" in alone.report


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ctrl+alt+m", "Ctrl+Alt+M"), ("Alt+Control+esc", "Ctrl+Alt+Escape"), ("f9", "F9"),
     ("win+space", "Super+Space")],
)  # fmt: skip
def test_keys_are_understood_as_people_write_them(typed: str, meant: str):
    """Order, case and the usual second names do not matter."""
    assert str(Chord.parse(typed)) == meant


@pytest.mark.parametrize("typed", ["m", "Shift+M", "Ctrl+", "Hyper+M", "", "Ctrl+Alt+Banana"])
def test_keys_that_would_take_typing_away_are_refused(typed: str):
    """A global key needs a modifier, or is a key that nobody writes with."""
    with pytest.raises(UnfitChord):
        Chord.parse(typed)


@pytest.fixture
def bus(tmp_path: Path, monkeypatch) -> Iterator[str]:
    """A session bus of its own."""
    address = f"unix:path={tmp_path}/bus"
    daemon = subprocess.Popen(
        [program("dbus-daemon", "dbus"), "--session", "--nofork", f"--address={address}"]
    )
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-test")
    eventually((tmp_path / "bus").exists)
    yield address
    daemon.terminate()
    daemon.wait(10)


@pytest.fixture
def portal(bus: str) -> Iterator[subprocess.Popen]:
    """A desktop's portal: binds what it is asked for and "presses" what its input says."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.portal"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout.readline().strip() == "ready"
    yield process
    process.kill()
    process.wait(10)


def tell(portal: subprocess.Popen, line: str) -> None:
    portal.stdin.write(line + "\n")
    portal.stdin.flush()


def test_the_portal_binds_and_tells_down_and_up(portal: subprocess.Popen):
    """On Wayland the desktop is asked for the keys, and its Activated and Deactivated arrive."""
    handler, notes = ShortcutsPortal(), Notebook()
    assert handler.is_compatible()
    assert handler.is_installed()
    handler.start((TALK, MUTE), notes.key, notes.trouble)
    try:
        eventually(lambda: notes.troubles == {"talk": "", "mute": ""})
        assert portal.stdout.readline().split() == [
            "talk=CTRL+ALT+space", "mute=CTRL+ALT+m",
        ]  # fmt: skip
        tell(portal, "down talk")
        eventually(lambda: notes.keys == [("talk", True)])
        tell(portal, "up talk")
        eventually(lambda: notes.keys == [("talk", True), ("talk", False)])
    finally:
        handler.stop()


def test_a_portal_that_goes_away_releases_the_key(portal: subprocess.Popen):
    """The desktop's portal dies while a key is down: it is let go, and said."""
    handler, notes = ShortcutsPortal(), Notebook()
    handler.start((TALK,), notes.key, notes.trouble)
    try:
        eventually(lambda: "talk" in notes.troubles)
        tell(portal, "down talk")
        eventually(lambda: notes.keys == [("talk", True)])
        portal.kill()
        eventually(lambda: notes.keys[-1] == ("talk", False))
        eventually(lambda: notes.troubles.get(""))
    finally:
        handler.stop()


def test_a_user_who_refuses_is_told_what_else_there_is(portal: subprocess.Popen):
    """The desktop says no: no key works everywhere, and the sentence says what to do."""
    tell(portal, "refuse")
    handler, notes = ShortcutsPortal(), Notebook()
    handler.start((TALK,), notes.key, notes.trouble)
    try:
        eventually(lambda: "aside do" in notes.troubles.get("", ""))
    finally:
        handler.stop()


def test_a_wayland_desktop_without_the_portal_is_advised(bus: str):
    """No portal on the bus: the back end is not there, and the advice names `aside do`."""
    handler = ShortcutsPortal()
    assert handler.is_compatible()
    assert not handler.is_installed()
    assert "aside do" in handler.advice
