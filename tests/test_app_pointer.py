"""Where Aside points: exactly there, in nobody's way, not in its own pictures, and gone in time."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import mss
import numpy as np
import pytest
from Xlib import X

from app.capture.handlers.x11 import X11Handler
from app.capture.models import (
    OneMonitor,
    OneWindow,
    Rect,
    Region,
    Sight,
    SourceSight,
    WholeScreen,
)
from app.capture.privacy import PrivateList
from app.capture.screen import ScreenEye
from app.conversation import Conversation
from app.headless import FakeCapture, FakeSound
from app.sound.devices import Device
from app.sound.patchbay import Wiring
from app.window.eyes import Eyes
from app.window.gestures import INK
from app.window.pointer_layer import PointerLayer
from app.window.pointing import Pointing
from app.window.status import Status
from app.window.theme import DARK
from engine.client.events import ActEvent
from tests.desktop import (  # noqa: F401
    ROOT,
    display,
    eventually,
    qt,
    qt_application,
    qt_eventually,
    xdotool,
)
from tests.window_picture import NoLink
from tests.xwindows import BLUE, GREEN, RED, Desk, share_of

pytestmark = pytest.mark.timeout(90)
ORANGE = tuple(int(INK[at : at + 2], 16) for at in (1, 3, 5))
WHOLE = Rect(0, 0, 1600, 1000)


@pytest.fixture
def desk(display: str) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def screenshot() -> np.ndarray:
    """All that is on the X server's screen: (1000, 1600, 3) uint8."""
    with mss.MSS() as screen:
        shot = screen.grab((0, 0, 1600, 1000))
    return np.frombuffer(shot.raw, np.uint8).reshape(1000, 1600, 4)[:, :, 2::-1]


def orange(picture: np.ndarray) -> np.ndarray:
    """Where Aside's hand is: (height, width) bool."""
    return np.abs(picture.astype(int) - ORANGE).max(axis=2) < 12


def inner_edges(ink: np.ndarray) -> tuple[int, int, int, int]:
    """What a frame leaves free: left, top, right, bottom, the last two exclusive."""
    rows, columns = np.nonzero(ink)
    middle_row, middle_column = (rows.min() + rows.max()) // 2, (columns.min() + columns.max()) // 2
    across, down = np.nonzero(ink[middle_row])[0], np.nonzero(ink[:, middle_column])[0]
    left, right = across[across < middle_column].max() + 1, across[across > middle_column].min()
    top, bottom = down[down < middle_row].max() + 1, down[down > middle_row].min()
    return int(left), int(top), int(right), int(bottom)


class Scene:
    """The eyes of a window whose conversation sees what the test says."""

    def __init__(self, application) -> None:
        self.application = application
        self.capture = FakeCapture()
        self.conversation = Conversation(
            FakeSound(), lambda _: NoLink(), lambda _: None, capture=self.capture
        )
        self.conversation.start()
        self.status, self.complaints = Status(engine="ready"), []
        self.eyes = Eyes(self.conversation, DARK, lambda: self.status, self.complaints.append)

    def point(self, aim: Rect | None = WHOLE, **arguments: object) -> None:
        self.capture.aim = aim
        self.eyes.take(ActEvent("point", arguments))
        self.application.processEvents()

    def until(self, condition, within_s: float = 10.0):
        return qt_eventually(self.application, condition, within_s)


@pytest.fixture
def scene(qt) -> Iterator[Scene]:
    made = Scene(qt)
    yield made
    made.eyes.close()
    qt.processEvents()


@pytest.mark.parametrize(
    "arguments",
    [
        {}, {"x": 0.5}, {"x": "half", "y": 0.5}, {"x": float("nan"), "y": 0.1},
        {"x": 7.0, "y": 0.5}, {"x": True, "y": False}, {"shape": "dance", "x": 0.5, "y": 0.5},
        {"shape": "box", "x": 0.1, "y": 0.1}, {"shape": ["arrow"], "x": 0.1, "y": 0.1},
    ],
)  # fmt: skip
def test_what_names_no_place_points_nowhere(arguments) -> None:
    """Whatever a model writes: nothing is shown rather than something in the wrong place."""
    assert Pointing.read(arguments) is None


@pytest.mark.parametrize(("line", "place"), [
    ("40 62", (0.4, 0.62)), ("0 100", (0.0, 1.0)), ("140 62", None), ("forty sixty", None),
    ("40", None), ("40 62 9", None), ("-4 6", None), ("", None),
])  # fmt: skip
def test_our_own_model_points_in_percent(line: str, place: tuple[float, float] | None) -> None:
    """A line of two whole percents is the tip of an arrow; any other line points nowhere."""
    found = Pointing.read({"text": line})
    assert (found and (found.x, found.y)) == place


def test_a_box_stays_inside_the_picture() -> None:
    """What is too large is cut, what is too small can still be seen, no gesture lasts for ever."""
    large = Pointing.read({"shape": "box", "x": 0.9, "y": 0.5, "width": 0.8, "height": 0,
                           "seconds": 1e9})  # fmt: skip
    assert large is not None
    assert large.x + large.width == pytest.approx(1.0)
    assert large.height > 0
    assert large.seconds <= 15
    assert large.on(Rect(100, 200, 1000, 500))[:2] == (1000, 450)


def test_clicks_and_keys_go_through_it(scene: Scene, desk: Desk) -> None:
    """Another program under the gesture gets the click; the keyboard stays where it was."""
    under = desk.window("Notes", BLUE, (300, 200, 400, 300))
    under.change_attributes(event_mask=X.ButtonPressMask)
    under.set_input_focus(X.RevertToParent, X.CurrentTime)
    desk.display.sync()
    focus = xdotool("getwindowfocus")
    for shape in ("arrow", "box", "spotlight"):
        scene.point(shape=shape, x=0.25, y=0.3, width=0.1, height=0.1)
        scene.until(lambda: orange(screenshot()).any())
        places = np.argwhere(orange(screenshot())[200:500, 300:700])
        y, x = (int(value) for value in places[len(places) // 2] + np.array([200, 300]))
        xdotool("mousemove", str(x), str(y), "click", "1")
        eventually(desk.display.pending_events)
        pressed = desk.display.next_event()
        assert (pressed.type, pressed.root_x, pressed.root_y) == (X.ButtonPress, x, y)
        assert xdotool("getwindowfocus") == focus


def test_it_is_not_in_the_picture_that_the_model_sees(scene: Scene, desk: Desk) -> None:
    """The gesture and the lamps are on the screen, and not in the frame: what is under them is."""
    desk.window("Notes", BLUE, (0, 0, 1600, 1000))
    scene.eyes.show()
    scene.point(shape="box", x=0.25, y=0.3, width=0.1, height=0.1)
    scene.until(lambda: orange(screenshot()).any())
    assert share_of(screenshot(), BLUE) < 1.0
    eye = ScreenEye(X11Handler().open(), WholeScreen(), PrivateList())
    try:
        assert share_of(eye.look().pixels, BLUE) == 1.0
    finally:
        eye.close()


def test_it_goes_by_itself_and_when_the_screen_is_not_shared_any_more(qt) -> None:
    """After its time, and at once when there is nothing to point at."""
    now_s = [0.0]
    layer = PointerLayer(lambda: now_s[0])
    layer.point(Pointing("arrow", 0.5, 0.5, seconds=4.0), WHOLE)
    for now_s[0] in (1.0, 3.9):
        layer.advance(WHOLE)
        assert layer.isVisible()
    now_s[0] = 4.1
    layer.advance(WHOLE)
    assert not layer.isVisible()
    layer.point(Pointing("arrow", 0.5, 0.5), WHOLE)
    layer.advance(None)
    assert not layer.isVisible()
    layer.point(Pointing("arrow", 0.5, 0.5), None)
    assert not layer.isVisible()


def test_it_follows_what_it_points_at(scene: Scene) -> None:
    """A shared window is moved: the gesture moves along, to the pixel."""
    scene.point(Rect(100, 100, 400, 300), shape="box", x=0.25, y=0.5, width=0.5, height=0.25)
    scene.until(lambda: orange(screenshot()).any())
    first = inner_edges(orange(screenshot()))
    assert first == pytest.approx((200, 250, 400, 325), abs=2)
    scene.capture.aim = Rect(700, 300, 400, 300)
    moved = tuple(np.array(first) + np.array([600, 200, 600, 200]))
    scene.until(lambda: orange(screenshot()).any() and inner_edges(orange(screenshot())) == moved)


POINTING = """
import sys
from PySide6.QtWidgets import QApplication
from app.capture.models import Rect
from app.window.pointer_layer import PointerLayer
from app.window.pointing import Pointing
application = QApplication([])
numbers = [float(one) for one in sys.argv[1:]]
layer = PointerLayer()
layer.point(Pointing("box", *numbers[:4], seconds=1000), Rect(0, 0, 1600, 1000))
application.exec()
"""
BOXES = {
    "on the first monitor": (0.125, 0.2, 0.2, 0.1, (200, 200, 520, 300)),
    "on the second, denser one": (0.75, 0.4, 0.15, 0.3, (1200, 400, 1440, 700)),
    "at an odd place": (0.700625, 0.401, 0.1, 0.1, (1121, 401, 1281, 501)),
}


@pytest.mark.parametrize("case", BOXES)
def test_two_monitors_of_different_density_are_pointed_at_exactly(desk: Desk, case: str) -> None:
    """With one monitor at 100 % and one at 200 %, a box is where the picture has it."""
    *numbers, expected = BOXES[case]
    desk.two_monitors(1000)
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "xcb", "QT_SCREEN_SCALE_FACTORS": "left=1;right=2",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    pointing = subprocess.Popen(
        [sys.executable, "-c", POINTING, *map(str, numbers)], cwd=ROOT, env=environment
    )
    try:
        eventually(lambda: orange(screenshot()).any(), within_s=30)
        eventually(
            lambda: inner_edges(orange(screenshot())) == pytest.approx(expected, abs=3), within_s=5
        )
    finally:
        pointing.terminate()
        pointing.wait(10)
        desk.one_monitor()


def test_a_monitor_that_goes_takes_the_gesture_with_it(scene: Scene, desk: Desk) -> None:
    """The screens change while it points: nothing stays behind in the wrong place."""
    desk.two_monitors(1000)
    try:
        scene.until(lambda: len(scene.application.screens()) == 2)
        scene.point(shape="box", x=0.75, y=0.4, width=0.1, height=0.1)
        scene.until(lambda: orange(screenshot()).any())
    finally:
        desk.one_monitor()
    scene.until(lambda: not scene.eyes.layer.isVisible() and not orange(screenshot()).any())


def test_each_lamp_tells_what_is_so(scene: Scene) -> None:
    """Each source has its own lamp, lit by what is open and by nothing else."""
    microphone = Device("microphone", "Headset", "headset", 48_000)
    desk = Device("system", "Desk", "desk.monitor", 48_000)
    scene.eyes.show()
    shown = scene.eyes.pill.lights
    off = dict.fromkeys(("microphone", "system", "camera", "screen"), "off")
    assert shown.shown == {**off, "microphone": "waiting"}
    scene.status = Status(
        engine="ready", wiring=Wiring(microphone=microphone, system=desk),
        sight=Sight(SourceSight("seeing", "Laptop"), SourceSight("waiting", notice="no")),
    )  # fmt: skip
    scene.eyes.take(Wiring())
    on = dict.fromkeys(("microphone", "system", "camera"), "seeing")
    assert shown.shown == {**on, "screen": "waiting"}
    assert "What the computer plays (Desk): on" in scene.eyes.pill.accessibleDescription()
    assert "Camera (Laptop): on" in scene.eyes.pill.accessibleDescription()
    scene.status = Status(engine="ready", wiring=Wiring(), muted=True)
    scene.eyes.take(Wiring())
    assert shown.shown == off
    scene.status = Status(engine="ready", wiring=Wiring(wants_system=True), muted=True)
    scene.eyes.take(Wiring())
    assert shown.shown == {**off, "system": "waiting"}


def test_the_pill_takes_no_keyboard(scene: Scene, desk: Desk) -> None:
    """It comes up and is clicked, and who types elsewhere goes on typing there."""
    other = desk.window("Notes", BLUE, (300, 200, 400, 300))
    other.set_input_focus(X.RevertToParent, X.CurrentTime)
    desk.display.sync()
    focus = xdotool("getwindowfocus")
    clicks: list[bool] = []
    scene.eyes.pill.clicked.connect(lambda: clicks.append(True))
    scene.eyes.show()
    scene.application.processEvents()
    middle = scene.eyes.pill.geometry().center()
    xdotool("mousemove", str(middle.x()), str(middle.y()), "click", "1")
    scene.until(lambda: clicks)
    assert xdotool("getwindowfocus") == focus


def test_the_pill_opens_the_menu_with_the_other_button(scene: Scene) -> None:
    """Where the desktop has no tray, everything is had from it; the window stays as it is."""
    clicks: list[bool] = []
    asked: list[object] = []
    scene.eyes.pill.clicked.connect(lambda: clicks.append(True))
    scene.eyes.pill.asked.connect(asked.append)
    scene.eyes.show()
    scene.application.processEvents()
    middle = scene.eyes.pill.geometry().center()
    xdotool("mousemove", str(middle.x()), str(middle.y()), "click", "3")
    scene.until(lambda: asked)
    assert asked == [middle]
    assert not clicks


def test_what_was_shared_at_the_start_is_unshared_like_anything(scene: Scene) -> None:
    """`aside --share`, then the key for it: it stops, and needs no second press."""
    scene.conversation.share(WholeScreen())
    assert scene.eyes.shared == "screen"
    scene.eyes.share("screen")
    assert scene.capture.asked[-1] == ("share", None)
    assert scene.eyes.shared is None


def test_a_region_is_drawn_with_the_mouse(scene: Scene) -> None:
    """What is dragged over is shared, to the pixel; asked again, nothing is."""
    scene.eyes.share("region")
    scene.until(lambda: scene.eyes.choosing.open)
    scene.application.processEvents()
    xdotool("mousemove", "400", "300", "mousedown", "1", "mousemove", "900", "700")
    scene.application.processEvents()
    xdotool("mouseup", "1")
    scene.until(lambda: scene.capture.asked)
    assert scene.capture.asked == [("share", Region(Rect(400, 300, 500, 400)))]
    scene.eyes.share("region")
    assert scene.capture.asked[-1] == ("share", None)
    assert not scene.eyes.choosing.open


def test_one_of_two_monitors_is_chosen_by_a_click(scene: Scene, desk: Desk) -> None:
    """The monitor that is clicked is shared by its name, and no other."""
    desk.two_monitors(1000)
    try:
        scene.until(lambda: len(scene.application.screens()) == 2)
        scene.eyes.share("monitor")
        scene.until(lambda: scene.eyes.choosing.open)
        scene.application.processEvents()
        xdotool("mousemove", "1300", "500", "click", "1")
        scene.until(lambda: scene.capture.asked)
    finally:
        desk.one_monitor()
    assert scene.capture.asked == [("share", OneMonitor("right"))]
    scene.until(lambda: len(scene.application.screens()) == 1)


def test_an_only_monitor_needs_no_choice(scene: Scene) -> None:
    """It is shared at once; asked again, it is not any more."""
    scene.eyes.share("monitor")
    assert not scene.eyes.choosing.open
    ((what, area),) = scene.capture.asked
    assert what == "share"
    assert isinstance(area, OneMonitor)
    scene.eyes.share("monitor")
    assert scene.capture.asked[-1] == ("share", None)


def test_escape_shares_nothing(scene: Scene) -> None:
    """Who thinks better of it presses Escape."""
    scene.eyes.share("region")
    scene.until(lambda: scene.eyes.choosing.open)
    scene.application.processEvents()
    xdotool("key", "Escape")
    scene.until(lambda: not scene.eyes.choosing.open)
    assert scene.capture.asked == []


def test_a_window_is_chosen_by_a_click_but_never_a_private_one(scene: Scene, desk: Desk) -> None:
    """The topmost window under the click is shared; one on the private list is not offered."""
    notes = desk.window("Notes", GREEN, (100, 100, 400, 300))
    desk.window("KeePassXC", RED, (150, 150, 100, 100), pid=4)
    scene.eyes.share("window")
    scene.until(lambda: scene.eyes.choosing.open)
    scene.application.processEvents()
    xdotool("mousemove", "200", "200", "click", "1")
    scene.until(lambda: scene.capture.asked)
    assert scene.capture.asked == [("share", OneWindow(notes.id, "Notes"))]
