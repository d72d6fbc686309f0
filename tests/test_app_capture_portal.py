"""A window of a Wayland desktop, with a real session bus and a portal and a player of our own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.capture.desk import CaptureDesk
from app.capture.handlers.kept_choice import KeptChoice, place
from app.capture.lookout import RETRY_S
from app.capture.models import OneWindow, WholeScreen
from tests.cast_portal import NODE
from tests.desktop import ROOT, eventually, program
from tests.seeing import Watcher

pytestmark = pytest.mark.timeout(60)
# Stands for GStreamer: looks at what it was given, then writes two pictures and ends.
PLAYER = f"""#!{sys.executable}
import os, sys
fd = next(int(word[3:]) for word in sys.argv if word.startswith("fd=") and word != "fd=1")
assert os.read(fd, 6) == b"remote" and "path={NODE}" in sys.argv
sys.stdout.buffer.write(bytes([0, 170, 0]) * (640 * 360) * 2)
"""
Portal = Callable[..., subprocess.Popen]


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A Wayland desktop: a bus, a portal on it, and a player in the path."""
    address = f"unix:path={tmp_path}/bus"
    daemon = subprocess.Popen(
        [program("dbus-daemon", "dbus"), "--session", "--nofork", f"--address={address}"]
    )
    player = tmp_path / "bin" / "gst-launch-1.0"
    player.parent.mkdir()
    player.write_text(PLAYER)
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{player.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-test")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    eventually((tmp_path / "bus").exists)
    started: list[subprocess.Popen] = []

    def start(*words: str) -> subprocess.Popen:
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.cast_portal", *words],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
        )
        assert started[-1].stdout.readline().strip() == "ready"
        return started[-1]

    yield start
    for process in (*started, daemon):
        process.kill()
        process.wait(10)


@pytest.fixture
def watched() -> Iterator[tuple[CaptureDesk, Watcher]]:
    desk, watcher = CaptureDesk(), Watcher()
    desk.start(watcher.see, watcher.tell)
    yield desk, watcher
    desk.stop()


def test_the_desktop_lets_the_user_choose_a_window(portal: Portal, watched) -> None:
    """A window and nothing larger is asked for; its pictures come; where it ends, that is said."""
    desktop, (desk, watcher) = portal(), watched
    desk.share(OneWindow(0))
    assert desktop.stdout.readline().strip() == "window"
    frames = eventually(watcher.seen)
    assert frames[0].pixels.shape == (360, 640, 3)
    assert np.all(frames[0].pixels == (0, 170, 0))
    eventually(lambda: watcher.sight.notices)
    assert watcher.sight.notices == ("The shared window was closed: share another.",)


def test_who_says_no_is_not_asked_again(portal: Portal, watched) -> None:
    """The dialog was closed: nothing is shared, and it does not come up a second time."""
    desktop, (desk, watcher) = portal("refuse"), watched
    desk.share(OneWindow(0))
    eventually(lambda: watcher.sight.notices == ("No window was chosen: nothing is shared.",))
    time.sleep(2 * RETRY_S)
    desk.share(None)
    eventually(lambda: watcher.sight.screen.state == "off")
    desktop.kill()
    assert desktop.stdout.read().split() == ["window"]


def asked(desktop: subprocess.Popen) -> str:
    return desktop.stdout.readline().strip()


def used(watcher: Watcher, act: Callable[[CaptureDesk], object]) -> None:
    """A run of the program: `act`, pictures come, it quits."""
    desk = CaptureDesk()
    watcher.seen().clear()
    desk.start(watcher.see, watcher.tell)
    act(desk)
    eventually(watcher.seen)
    desk.stop()


def test_a_chosen_window_is_asked_for_once(portal: Portal) -> None:
    """After a restart, and after the next, the same window comes without the dialog."""
    desktop, watcher = portal(), Watcher()
    for expected in ("window", "window again", "window again"):
        used(watcher, lambda desk: desk.share(OneWindow(0)))
        assert asked(desktop) == expected
    assert (place().stat().st_mode & 0o777) == 0o600


def test_a_choice_that_was_taken_back_is_forgotten(portal: Portal) -> None:
    """Who switched it off, or chooses another, is asked; so is who said no in between."""
    desktop, watcher = portal(), Watcher()
    used(watcher, lambda desk: desk.share(OneWindow(0)))
    assert asked(desktop) == "window"

    def off(desk: CaptureDesk) -> None:
        desk.share(OneWindow(0))
        eventually(watcher.seen)
        desk.share(None)

    used(watcher, off)
    assert asked(desktop) == "window again"
    assert not place().exists()

    def anew(desk: CaptureDesk) -> None:
        desk.share(OneWindow(0))
        assert asked(desktop) == "window"
        eventually(watcher.seen)
        watcher.seen().clear()
        desk.share(OneWindow(0))
        assert asked(desktop) == "window"

    used(watcher, anew)


def test_a_choice_forgotten_while_it_was_made_stays_forgotten(tmp_path: Path) -> None:
    """Switched off while the dialog is open: what is chosen there afterwards is not kept."""
    choice = KeptChoice(tmp_path / "choice")
    _, asked_for = choice.read()
    choice.forget()
    choice.keep("token", asked_for)
    assert choice.read()[0] == ""
    choice.keep("token", choice.read()[1])
    assert choice.read()[0] == "token"


@pytest.mark.parametrize("held", [b"", b"\xff\xfe", b"x" * 10_000])
def test_a_damaged_choice_does_no_harm(portal: Portal, held: bytes) -> None:
    """Whatever lies in the file, the portal decides, and a good choice takes its place."""
    place().parent.mkdir(parents=True, exist_ok=True)
    place().write_bytes(held)
    desktop = portal()
    used(Watcher(), lambda desk: desk.share(OneWindow(0)))
    assert asked(desktop) == "window"
    assert place().read_text() == "token-1"


def test_where_nothing_can_be_written_the_window_is_shared_all_the_same(portal: Portal) -> None:
    """A folder that is a file: the pictures come, and the next start asks again."""
    place().parent.parent.mkdir(parents=True, exist_ok=True)
    place().parent.write_text("in the way")
    desktop = portal()
    for _ in range(2):
        used(Watcher(), lambda desk: desk.share(OneWindow(0)))
        assert asked(desktop) == "window"


def test_a_whole_screen_is_not_shown_on_wayland(portal: Portal, watched) -> None:
    """Private windows could not be left out: a sentence, no picture, the portal is not asked."""
    desktop, (desk, watcher) = portal(), watched
    desk.share(WholeScreen())
    eventually(lambda: watcher.sight.notices)
    assert "only a window can be shared" in watcher.sight.notices[0]
    assert watcher.seen() == []
    desktop.kill()
    assert desktop.stdout.read() == ""
