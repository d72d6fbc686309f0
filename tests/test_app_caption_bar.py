"""The caption bar on a real X server: in nobody's way, gripped on purpose, back where it was."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from Xlib import X

from app.settings.places import MOST, ByMonitor, kept_with, latest
from app.settings.schema import BAR_PLACES
from app.settings.setting import Unfit
from app.settings.store import Settings
from app.window.bar_place import BarPlace
from app.window.caption_room import CaptionRoom
from app.window.caption_view import CaptionView
from app.window.captions import SETTLED_S, Captions
from app.window.theme import DARK
from tests.desktop import (  # noqa: F401
    ROOT,
    display,
    eventually,
    qt,
    qt_application,
    qt_eventually,
    xdotool,
)
from tests.xwindows import BLUE, Desk

pytestmark = pytest.mark.timeout(60)
ONCE = {"captions.bar": True, "look.theme": "dark"}


@pytest.fixture
def desk(display: str) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


class Hand:
    """A bar on the screen, and somebody at the mouse with Ctrl and Alt at hand."""

    def __init__(self, application, path: Path) -> None:
        self.application, self.path = application, path
        self.room = CaptionRoom(Settings(path, ONCE))
        self.bar = self.room.bar
        self.room.show()
        self.until(self.bar.isVisible)

    def until(self, condition):
        return qt_eventually(self.application, condition)

    def point_at(self, right: int, down: int) -> None:
        corner = self.bar.geometry().topLeft()
        xdotool("mousemove", str(corner.x() + right), str(corner.y() + down))

    def drag(self, right: int, down: int) -> None:
        xdotool("mousedown", "1")
        for _ in range(2):
            xdotool("mousemove_relative", "--", str(right // 2), str(down // 2))
            self.settle()
        xdotool("mouseup", "1")
        self.settle()

    def settle(self) -> None:
        until_s = time.monotonic() + 0.15
        while time.monotonic() < until_s:
            self.application.processEvents()

    def hold(self) -> None:
        xdotool("keydown", "ctrl", "keydown", "alt")
        self.until(lambda: self.bar.gripped)

    def let_go(self) -> None:
        xdotool("keyup", "alt", "keyup", "ctrl")
        self.until(lambda: not self.bar.gripped)


@pytest.fixture
def hand(qt, desk: Desk, tmp_path: Path) -> Iterator[Hand]:
    made = Hand(qt, tmp_path / "settings.json")
    yield made
    xdotool("keyup", "alt", "keyup", "ctrl", "mouseup", "1", "mousemove", "5", "990")
    made.room.close()
    qt.processEvents()


def under(desk: Desk, hand: Hand):
    """Somebody else's window beneath the bar, with the keyboard."""
    area = hand.bar.geometry()
    made = desk.window("Notes", BLUE, (area.x(), area.y(), area.width(), area.height() + 200))
    made.change_attributes(event_mask=X.ButtonPressMask)
    made.set_input_focus(X.RevertToParent, X.CurrentTime)
    desk.display.sync()
    hand.bar.raise_()
    hand.settle()
    return made


def presses(desk: Desk) -> int:
    """Clicks that reached the test's windows since it was asked last."""
    events = [desk.display.next_event() for _ in range(desk.display.pending_events())]
    return sum(one.type == X.ButtonPress for one in events)


def test_clicks_and_keys_go_through_it(hand: Hand, desk: Desk) -> None:
    """Whatever is beneath gets every click, also with one of the two keys held; focus stays."""
    under(desk, hand)
    focus = xdotool("getwindowfocus")
    hand.point_at(200, 40)
    for held in ((), ("ctrl",), ("alt",)):
        for key in held:
            xdotool("keydown", key)
        hand.settle()
        xdotool("click", "1")
        assert eventually(lambda: presses(desk)) == 1
        for key in held:
            xdotool("keyup", key)
    assert not hand.bar.gripped
    assert xdotool("getwindowfocus") == focus


def test_only_with_the_keys_held_over_it_it_is_gripped(hand: Hand, desk: Desk) -> None:
    """Ctrl+Alt elsewhere does nothing; over it, it can be dragged, without taking the keyboard."""
    under(desk, hand)
    focus = xdotool("getwindowfocus")
    xdotool("mousemove", "10", "900", "keydown", "ctrl", "keydown", "alt")
    hand.settle()
    assert not hand.bar.gripped
    before = hand.bar.geometry()
    hand.point_at(200, 40)
    hand.hold()
    hand.drag(60, 80)
    hand.let_go()
    moved = hand.bar.geometry()
    assert (moved.x() - before.x(), moved.y() - before.y()) == (60, 80)
    assert moved.size() == before.size()
    assert presses(desk) == 0
    assert xdotool("getwindowfocus") == focus


def test_it_is_stretched_at_its_corner_and_lettered_by_the_wheel(hand: Hand) -> None:
    """Size of the bar, size of its words and its ground are changed where they are."""
    before = hand.bar.place
    hand.point_at(before.width - 8, before.height - 8)
    hand.hold()
    hand.drag(-200, 60)
    size = hand.bar.size().toTuple()
    assert size == (before.width - 200, before.height + 60)
    assert size == (hand.bar.place.width, hand.bar.place.height)
    hand.point_at(300, 100)
    xdotool("click", "4")
    hand.until(lambda: hand.bar.place.pixels == before.pixels + 2)
    button = hand.bar._buttons()["ground"].center().toPoint()
    hand.point_at(button.x(), button.y())
    xdotool("click", "1")
    hand.until(lambda: hand.bar.place.ground != before.ground)


def test_it_comes_back_as_it_was_left(hand: Hand) -> None:
    """The next start has it in the same place, as large, with the same words and ground."""
    hand.point_at(200, 40)
    hand.hold()
    hand.drag(-90, 130)
    hand.bar.change_ground()
    hand.let_go()
    left = hand.bar.geometry(), hand.bar.place
    hand.room.close()
    again = Hand(hand.application, hand.path)
    try:
        assert (again.bar.geometry(), again.bar.place) == left
    finally:
        again.room.close()


def test_each_monitor_has_its_own_place(hand: Hand, desk: Desk) -> None:
    """Dragged to a second monitor it stays there; while that is away it is where it was before."""
    hand.point_at(200, 40)
    hand.hold()
    hand.drag(-20, 40)
    hand.let_go()
    at_home = hand.bar.geometry()
    desk.two_monitors(1000)
    try:
        hand.until(lambda: len(hand.application.screens()) == 2)
        hand.room.settle()
        hand.bar.letter(20)
        hand.point_at(100, 40)
        hand.hold()
        hand.drag(900, 200)
        hand.let_go()
        there = hand.bar.geometry()
        assert there.left() >= 1000
        assert there.right() < 1600
    finally:
        desk.one_monitor()
    hand.until(lambda: len(hand.application.screens()) == 1)
    hand.room.settle()
    assert hand.bar.geometry() == at_home
    desk.two_monitors(1000)
    try:
        hand.until(lambda: len(hand.application.screens()) == 2)
        hand.room.settle()
        assert hand.bar.geometry() == there
        assert hand.bar.place.pixels == 20
    finally:
        desk.one_monitor()
        hand.until(lambda: len(hand.application.screens()) == 1)


SHOWING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.settings.store import Settings
from app.window.caption_room import CaptionRoom
application = QApplication([])
room = CaptionRoom(Settings(Path(sys.argv[1]), {"captions.bar": True}))
room.show()
application.exec()
"""


def test_on_a_dense_monitor_it_is_where_it_was_left(desk: Desk, tmp_path: Path) -> None:
    """At 200 % its place and size are counted in that monitor's own larger pixels."""
    path = tmp_path / "settings.json"
    kept = (("right", (40, 60, 220, 90, 20, 2)),)
    Settings(path).change(BAR_PLACES, kept)
    desk.two_monitors(800)
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "xcb", "QT_SCREEN_SCALE_FACTORS": "left=1;right=2",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    showing = subprocess.Popen([sys.executable, "-c", SHOWING, str(path)], env=environment)

    def places() -> list[tuple[int, int, int, int]]:
        found = [one for one in desk.root.query_tree().children
                 if one.get_wm_name() == "Aside's captions"
                 and one.get_attributes().map_state == X.IsViewable]  # fmt: skip
        areas = [one.get_geometry() for one in found]
        return [(one.x, one.y, one.width, one.height) for one in areas]

    try:
        eventually(lambda: (800 + 80, 120, 2 * 320, 2 * 90) in places(), within_s=30)
    finally:
        showing.terminate()
        showing.wait(10)
        desk.one_monitor()


def test_the_last_monitor_that_is_there_counts() -> None:
    """Of what is kept, the monitor used last wins; so many are kept and no more."""
    kept = kept_with((), "a", (1, 2))
    kept = kept_with(kept_with(kept, "b", (3, 4)), "a", (5, 6))
    assert latest(kept, {"a", "b"}) == ("a", (5, 6))
    assert latest(kept, {"b"}) == ("b", (3, 4))
    assert latest(kept, {"c"}) is None
    for number in range(MOST + 3):
        kept = kept_with(kept, f"more {number}", (0, 0))
    assert len(kept) == MOST


@pytest.mark.parametrize(
    "value", ["a", [["a", [1]]], [["a", [1, "2"]]], [["a", [1, True]]], [[1, [1, 2]]], [["a"]], 7,
              [["a", [1, 10**9]]]],
)  # fmt: skip
def test_places_that_do_not_fit_are_refused(value) -> None:
    """Whatever lies in the file."""
    with pytest.raises(Unfit):
        ByMonitor(2).check(value)


def test_places_can_be_written_on_the_command_line() -> None:
    """As they are shown, or none."""
    assert ByMonitor(2).read("HDMI 1 -4 20; DP-2 0 7") == (("HDMI 1", (-4, 20)), ("DP-2", (0, 7)))
    assert ByMonitor(2).read("none") == ()
    with pytest.raises(Unfit):
        ByMonitor(2).read("HDMI 1 here")


@pytest.mark.parametrize("wide", [320, 800, 3840])
def test_it_is_always_wholly_there(wide: int) -> None:
    """Kept for a larger monitor or none at all, it is inside the one there is, and readable."""
    for place in (BarPlace.at_first(wide, 27), BarPlace(-900, 5000, 9999, 1, 99, 9)):
        here = place.inside(wide, 600)
        assert here.left >= 0
        assert here.left + here.width <= wide
        assert 0 <= here.top <= here.top + here.height <= 600
        assert here.inside(wide, 600) == here


def test_a_hint_that_is_too_long_takes_two_lines(qt) -> None:
    """In large letters or another language its end is not cut off."""
    view = CaptionView(DARK, 30)
    view.resize(420, 200)
    view.hint = "Here"
    heights = [inked_rows(view)]
    view.hint = "Hier erscheinen die Worte, und das steht da"
    heights.append(inked_rows(view))
    assert heights[1] > 1.6 * heights[0]


def inked_rows(view: CaptionView) -> int:
    picture = view.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1)
    return int((rows.max(axis=1) - rows.min(axis=1) > 40).sum())


def test_a_word_that_may_still_grow_is_told_apart() -> None:
    """The last word is final when the next begins or after a pause; what was typed is at once."""
    captions = Captions().plus("user", " call the tele", 1.0)
    line = captions.lines[0]
    assert (line.settled(1.1), line.settled(1.1 + SETTLED_S)) == (2, 3)
    grown = captions.plus("user", "phone", 1.2).plus("user", " now", 1.4).lines[0]
    assert grown.text == "call the telephone now"
    assert grown.settled(1.5) == 3
    assert Captions().plus("typed", "hello there", 1.0).lines[0].settled(1.0) == 2
