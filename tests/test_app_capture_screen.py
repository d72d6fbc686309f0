"""The screen of a real X server, as the model gets to see it."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from mss.exception import ScreenShotError

from app.capture.handlers.x11 import X11Display, X11Handler
from app.capture.models import (
    Area,
    CaptureError,
    MustNotBeSeen,
    OneMonitor,
    OneWindow,
    Rect,
    Region,
    Shot,
    WholeScreen,
)
from app.capture.privacy import COVER, PrivateList
from app.capture.screen import ScreenEye
from tests.desktop import display, eventually, program, xdotool  # noqa: F401
from tests.xwindows import BLUE, GREEN, RED, Desk, share_of

pytestmark = pytest.mark.timeout(60)
Look = Callable[..., Shot]


@pytest.fixture
def desk(display: str) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


@pytest.fixture
def look(display: str) -> Iterator[Look]:
    """Opens the area once and looks at it."""
    opened: list[ScreenEye] = []

    def once(area: Area | None = None) -> Shot:
        opened.append(ScreenEye(X11Handler().open(), area or WholeScreen(), PrivateList()))
        return opened[-1].look()

    yield once
    for eye in opened:
        eye.close()


def pixel(shot: Shot, x: int, y: int) -> tuple[int, ...]:
    assert shot.rect is not None
    return tuple(int(value) for value in shot.pixels[y - shot.rect.top, x - shot.rect.left])


def test_the_whole_screen_is_seen_pixel_for_pixel(desk: Desk, look: Look) -> None:
    """A window's colour is in the picture exactly where the window is, and nowhere else."""
    desk.window("Notes", GREEN, (100, 50, 300, 200))
    shot = look()
    assert shot.rect == Rect(0, 0, 1600, 1000)
    assert share_of(shot.pixels[50:250, 100:400], GREEN) == 1.0
    assert share_of(shot.pixels, GREEN) == 300 * 200 / (1600 * 1000)


def test_a_region_is_that_region(desk: Desk, look: Look) -> None:
    """What was drawn is shown and no more; off the screen it says that it is gone."""
    desk.window("Notes", GREEN, (100, 50, 300, 200))
    shot = look(Region(Rect(350, 200, 100, 100)))
    assert shot.pixels.shape == (100, 100, 3)
    assert share_of(shot.pixels, GREEN) == 0.25
    with pytest.raises(CaptureError, match="no monitor any more"):
        look(Region(Rect(5000, 0, 100, 100)))


def test_one_monitor_is_that_monitor(desk: Desk, look: Look) -> None:
    """Of two monitors the named one is shown; unplugged, no other is taken in its place."""
    desk.window("Left", GREEN, (0, 0, 1000, 1000))
    desk.window("Right", BLUE, (1000, 0, 600, 1000))
    desk.two_monitors(1000)
    try:
        shot = look(OneMonitor("right"))
        assert shot.rect == Rect(1000, 0, 600, 1000)
        assert share_of(shot.pixels, BLUE) == 1.0
    finally:
        desk.one_monitor()
    with pytest.raises(CaptureError, match="no monitor right"):
        look(OneMonitor("right"))


def test_one_window_is_shown_without_what_covers_it(desk: Desk, look: Look) -> None:
    """Who shares a window shares its own pixels, covered or not, and not what lies over it."""
    notes = desk.window("Notes", GREEN, (100, 50, 300, 200))
    desk.window("Letters", BLUE, (200, 100, 300, 200))
    shot = look(OneWindow(notes.id))
    assert shot.pixels.shape == (200, 300, 3)
    assert share_of(shot.pixels, GREEN) == 1.0
    notes.unmap()
    desk.display.sync()
    with pytest.raises(CaptureError, match="closed or hidden"):
        look(OneWindow(notes.id))


def test_where_a_windows_own_pixels_cannot_be_had_what_covers_it_is_covered(desk: Desk) -> None:
    """Without the Composite extension the screen is cut out, and others in front are grey."""

    class Plain(X11Display):
        def grab_window(self, window):
            return None

    notes = desk.window("Notes", GREEN, (100, 50, 300, 200))
    desk.window("Letters", BLUE, (200, 100, 300, 200))
    eye = ScreenEye(Plain(), OneWindow(notes.id), PrivateList())
    try:
        shot = eye.look()
    finally:
        eye.close()
    assert share_of(shot.pixels, BLUE) == 0.0
    assert share_of(shot.pixels, GREEN) == 1 - 200 * 150 / (300 * 200)


def test_a_screen_that_cannot_be_had_leaves_no_connection_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again every second; a server has places for a few hundred."""
    opened, closed = [], []

    class Refused:
        def __init__(self) -> None:
            opened.append(self)
            raise ScreenShotError("a depth that nobody knows")

    class Pixels:
        def __init__(self) -> None:
            opened.append(self)

        def close(self) -> None:
            closed.append(self)

    monkeypatch.setattr("app.capture.handlers.x11.mss.MSS", Refused)
    with pytest.raises(CaptureError, match="a depth that nobody knows"):
        X11Display()
    monkeypatch.setattr("app.capture.handlers.x11.mss.MSS", Pixels)
    monkeypatch.setattr("app.capture.handlers.x11_pointer.ClickWatch", Refused)
    before = threading.active_count()
    with pytest.raises(CaptureError):
        X11Display()
    assert [one for one in opened if isinstance(one, Pixels)] == closed
    assert threading.active_count() == before


def test_our_own_windows_are_not_in_the_picture(desk: Desk, look: Look) -> None:
    """Where Aside lies over something, the model sees what is beneath, whatever is above both."""
    desk.window("Notes", GREEN, (100, 50, 300, 200))
    desk.own(RED, (150, 80, 100, 100))
    desk.window("Letters", BLUE, (200, 100, 100, 100))
    shot = look()
    assert share_of(shot.pixels, RED) == 0.0
    assert pixel(shot, 160, 90) == GREEN
    assert pixel(shot, 210, 110) == BLUE
    assert share_of(shot.pixels[50:250, 100:400], GREEN) == 1 - 10_000 / 60_000


@pytest.mark.parametrize("private", ["KeePassXC - vault", "Bank — Private Browsing"])
def test_private_windows_are_covered(desk: Desk, look: Look, private: str) -> None:
    """Nothing of a window on the private list is in any picture, nor of its menus."""
    desk.window("Notes", GREEN, (100, 50, 300, 200))
    desk.window(private, RED, (300, 150, 300, 200), pid=4)
    desk.window("menu", RED, (620, 150, 80, 200), pid=4, popup=True)
    shot = look()
    assert share_of(shot.pixels, RED) == 0.0
    assert pixel(shot, 350, 180) == COVER
    assert pixel(shot, 640, 180) == COVER
    assert pixel(shot, 150, 80) == GREEN


def test_menus_that_do_not_say_whose_they_are_are_covered_too(desk: Desk, look: Look) -> None:
    """Old toolkits name no process: what a private window's connection opened goes with it."""
    others = Desk()
    try:
        others.window("Notes", GREEN, (100, 50, 300, 200), pid=None)
        others.window("tip", BLUE, (100, 300, 80, 80), pid=None, popup=True)
        desk.window("KeePassXC", RED, (300, 150, 300, 200), pid=None)
        desk.window("menu", RED, (620, 150, 80, 200), pid=None, popup=True)
        shot = look()
        assert share_of(shot.pixels, RED) == 0.0
        assert pixel(shot, 640, 180) == COVER
        assert pixel(shot, 120, 320) == BLUE
    finally:
        others.close()


def test_what_lies_over_a_private_window_stays_visible(desk: Desk, look: Look) -> None:
    """A private window behind another one puts no hole into that one."""
    desk.window("KeePassXC", RED, (100, 50, 300, 200))
    desk.window("Notes", GREEN, (50, 0, 500, 400))
    assert share_of(look().pixels[0:400, 50:550], GREEN) == 1.0


def test_a_private_window_beneath_our_own_stays_unseen(desk: Desk, look: Look) -> None:
    """Looking through our own windows shows nothing that must not be seen."""
    desk.window("KeePassXC", RED, (100, 50, 300, 200))
    desk.own(BLUE, (150, 80, 100, 100))
    shot = look()
    assert share_of(shot.pixels, RED) == 0.0
    assert share_of(shot.pixels, BLUE) == 0.0


def test_a_title_that_becomes_private_is_private_at_once(desk: Desk, display: str) -> None:
    """A browser that opens a private tab vanishes from the next picture; an eye already open
    learns of it."""
    browser = desk.window("Browser", RED, (100, 50, 300, 200))
    eye = ScreenEye(X11Handler().open(), WholeScreen(), PrivateList())
    try:
        assert share_of(eye.look().pixels, RED) > 0
        desk.title(browser, "Bank - Incognito")
        assert share_of(eye.look().pixels, RED) == 0.0
        desk.title(browser, "Weather")
        eventually(lambda: share_of(eye.look().pixels, RED) > 0)
    finally:
        eye.close()


def test_a_private_window_cannot_be_shared_alone(desk: Desk, look: Look) -> None:
    """Asking for it by hand gives a sentence and no picture."""
    vault = desk.window("KeePassXC", RED, (100, 50, 300, 200))
    with pytest.raises(MustNotBeSeen, match="private windows"):
        look(OneWindow(vault.id, "KeePassXC"))


def test_where_windows_cannot_be_listed_there_is_no_picture(display: str) -> None:
    """The list fails: no frame, and the sentence says why."""

    class Blind:
        def monitors(self):
            return X11Handler().open().monitors()

        def windows(self):
            raise CaptureError("the desktop keeps its windows to itself")

    eye = ScreenEye(Blind(), WholeScreen(), PrivateList())
    with pytest.raises(MustNotBeSeen, match="keeps its windows to itself"):
        eye.look()


def test_the_pointer_and_its_clicks_are_told(display: str) -> None:
    """Where the mouse is and where it was clicked comes with the picture, each click once."""
    eye = ScreenEye(X11Handler().open(), WholeScreen(), PrivateList())
    try:
        xdotool("mousemove", "333", "222", "click", "1")
        xdotool("mousemove", "700", "500", "click", "4")
        clicks: list[tuple[int, int]] = []

        def clicked() -> bool:
            pointer = eye.look().pointer
            assert (pointer.x, pointer.y) == (700, 500)
            clicks.extend(pointer.clicks)
            return bool(clicks)

        eventually(clicked)
        eye.look()
        assert clicks == [(333, 222)]
    finally:
        eye.close()


def test_under_a_window_manager_frames_belong_to_their_windows(desk: Desk, look: Look) -> None:
    """With borders and titles around windows, a private one is covered with its frame."""
    manager = subprocess.Popen(
        [program("openbox", "openbox"), "--sm-disable"], stderr=subprocess.DEVNULL
    )
    handler = X11Handler().open()
    try:
        desk.window("KeePassXC", RED, (300, 150, 300, 200))

        def framed():
            named = [one for one in handler.windows() if one.title == "KeePassXC"]
            return named if named and named[0].rect.height > 205 else None

        frame = eventually(framed, within_s=20)[0].rect
        shot = look()
        inside = shot.pixels[frame.top : frame.bottom, frame.left : frame.right]
        assert share_of(inside, COVER) == 1.0
        assert np.any(shot.pixels != COVER)
    finally:
        handler.close()
        manager.terminate()
        manager.wait(10)


def test_looking_away_leaves_nothing_open(display: str) -> None:
    """A closed eye has no connection to the X server and no thread any more."""

    def open_sockets() -> int:
        links = (os.readlink(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd")
                 if os.path.lexists(f"/proc/self/fd/{one}"))  # fmt: skip
        return sum(link.startswith("socket:") for link in links)

    before = open_sockets(), threading.active_count()
    eye = ScreenEye(X11Handler().open(), WholeScreen(), PrivateList())
    eye.look()
    eye.close()
    eventually(lambda: (open_sockets(), threading.active_count()) == before)
