"""What Aside says unprompted comes up beside what it is about, in nobody's way, and goes again."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from Xlib import X

from app.capture.models import Rect
from app.conversation import Conversation
from app.headless import FakeCapture, FakeSound
from app.settings import schema
from app.settings.store import Settings
from app.voice_gate import PROMPTED_S, VoiceGate
from app.window.bubble import Bubble, corner
from app.window.eyes import Eyes
from app.window.interjections import MOST_WORDS, PAUSE_S, Interjection, Interjections
from app.window.status import Status
from app.window.theme import DARK, LIGHT
from engine.client.events import ActEvent, EngineLost, Said
from tests.desktop import (  # noqa: F401
    display,
    eventually,
    qt,
    qt_application,
    qt_eventually,
    xdotool,
)
from tests.window_picture import NoLink
from tests.xwindows import BLUE, Desk

pytestmark = pytest.mark.timeout(60)
WHOLE = Rect(0, 0, 1600, 1000)
POINT = ActEvent("point", {"shape": "box", "x": 0.3, "y": 0.4, "width": 0.1, "height": 0.1})


@pytest.fixture
def desk(display: str) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


class Scene:
    """The eyes of a window, with settings in a file of their own."""

    def __init__(self, application, path: Path) -> None:
        self.application, self.settings = application, Settings(path)
        capture = FakeCapture()
        capture.aim = WHOLE
        self.conversation = Conversation(
            FakeSound(), lambda _: NoLink(), lambda _: None, capture=capture
        )
        self.conversation.start()
        self.eyes = Eyes(
            self.conversation, DARK, lambda: Status(engine="ready"), lambda _: None,
            settings=self.settings,
        )  # fmt: skip
        self.eyes.show()
        application.processEvents()

    def take(self, *happenings) -> None:
        for one in happenings:
            self.eyes.take(one)
        self.application.processEvents()

    def until(self, condition):
        return qt_eventually(self.application, condition)

    def close(self) -> None:
        self.eyes.close()
        self.application.processEvents()


@pytest.fixture
def scene(qt, tmp_path: Path) -> Iterator[Scene]:
    made = Scene(qt, tmp_path / "settings.json")
    yield made
    made.close()


class Talk:
    """The rule alone, on a clock of the test's."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.gate = VoiceGate(lambda: self.now_s)
        self.rule = Interjections(lambda: self.gate.unprompted, lambda: self.now_s)

    def say(self, text: str, after_s: float = 0.2) -> Interjection | None:
        self.now_s += after_s
        return self.rule.take(Said(text, 0, 0))


def test_an_answer_is_none_and_what_nobody_asked_for_is_one() -> None:
    """Prompted words stay an answer to their end, however long it is; the next may be none."""
    talk = Talk()
    talk.gate.prompted()
    assert talk.say(" seven") is None
    for _ in range(8):
        assert talk.say(" and more", after_s=PROMPTED_S / 5) is None
    assert talk.say(" your", after_s=PAUSE_S + 0.1) == Interjection("your", False)
    talk.gate.prompted()
    assert talk.say(" bread") == Interjection("your bread", False)
    assert talk.say(" yes", after_s=PAUSE_S + 0.1) is None


def test_words_that_come_with_a_gesture_are_about_its_place() -> None:
    """Prompted or not, whichever comes first; long after it they are not."""
    talk = Talk()
    talk.gate.prompted()
    assert talk.say(" here") is None
    assert talk.rule.take(POINT) == Interjection("here", True)
    assert talk.rule.take(ActEvent("point", {"x": "nowhere"})) is None
    assert talk.say(" later", after_s=6.0) is None
    talk.rule.take(EngineLost("gone", 0.1))
    assert talk.rule.take(POINT) is None
    assert talk.say(" look") == Interjection("look", True)


def test_a_long_one_shows_its_newest_words() -> None:
    """It never covers the screen."""
    talk = Talk()
    for number in range(3 * MOST_WORDS):
        last = talk.say(f" word{number}")
    assert last is not None
    assert len(last.text.split()) == MOST_WORDS + 1
    assert last.text.endswith(f"word{3 * MOST_WORDS - 1}")


@pytest.mark.parametrize(
    "beside", [QRect(100, 100, 50, 50), QRect(1500, 20, 90, 40), QRect(700, 950, 200, 40),
               QRect(0, 300, 1600, 200), QRect(10, 980, 15, 15)],
)  # fmt: skip
def test_it_covers_nothing_of_what_it_is_about(beside: QRect) -> None:
    """Wholly on the screen and off the place, wherever that is."""
    area, size = QRect(0, 0, 1600, 1000), QSize(380, 120)
    made = QRect(corner(size, beside, area), size)
    assert area.contains(made)
    assert not made.intersects(beside)


def test_it_stands_beside_the_pointed_place_else_near_the_pill(scene: Scene) -> None:
    """With a gesture beside that; of its own accord, beside the pill."""
    bubble = scene.eyes.bubble
    scene.take(Said(" your bread is done", 0, 0))
    assert bubble.isVisible()
    pill = scene.eyes.pill.geometry()
    assert not bubble.geometry().intersects(pill)
    assert abs(bubble.geometry().center().y() - pill.center().y()) < 60
    scene.take(POINT)
    assert not bubble.geometry().intersects(QRect(480, 400, 160, 100))
    assert QRect(480, 400, 160, 100).adjusted(-40, -40, 40, 40).intersects(bubble.geometry())
    assert bubble.accessibleName() == "your bread is done"


def test_it_takes_no_click_and_no_keyboard(scene: Scene, desk: Desk) -> None:
    """Another program beneath gets the click and keeps the keyboard."""
    other = desk.window("Notes", BLUE, (400, 0, 1200, 600))
    other.change_attributes(event_mask=X.ButtonPressMask)
    other.set_input_focus(X.RevertToParent, X.CurrentTime)
    desk.display.sync()
    focus = xdotool("getwindowfocus")
    scene.take(Said(" your bread is done", 0, 0))
    middle = scene.eyes.bubble.geometry().center()
    xdotool("mousemove", str(middle.x()), str(middle.y()), "click", "1")

    def pressed() -> bool:
        waiting = range(desk.display.pending_events())
        return X.ButtonPress in [desk.display.next_event().type for _ in waiting]

    assert eventually(pressed)
    assert xdotool("getwindowfocus") == focus


def test_an_answer_brings_no_bubble_and_the_setting_none_at_all(scene: Scene) -> None:
    """Who just typed reads the answer in the captions; who wants none gets none."""
    scene.conversation.gate.prompted()
    scene.take(Said(" seven", 0, 0))
    assert not scene.eyes.bubble.isVisible()
    scene.take(EngineLost("gone", 0.1))
    scene.settings.change(schema.BUBBLE, False)
    scene.take(POINT, Said(" look", 0, 0))
    assert not scene.eyes.bubble.isVisible()


def test_it_goes_by_itself_and_stays_while_it_grows(qt, monkeypatch) -> None:
    """After the time it takes to read it, counted from its last word; still, it does not fade."""
    monkeypatch.setattr("app.window.x11.is_composited", lambda: True)
    now_s = [0.0]
    bubble = Bubble(DARK, lambda: now_s[0])
    shown = Interjection("your bread", False)
    bubble.say(shown, QRect(700, 10, 100, 40))
    assert bubble._strength < 0.5
    bubble.still = True
    assert bubble._strength == 1.0
    now_s[0] = shown.seconds - 0.1
    bubble.say(shown, QRect(700, 10, 100, 40))
    now_s[0] += shown.seconds - 0.1
    bubble.advance()
    assert bubble.isVisible()
    now_s[0] += 0.2
    bubble.advance()
    assert not bubble.isVisible()
    bubble.close()


def drag(scene: Scene, way: tuple[int, int]) -> None:
    middle = scene.eyes.pill.geometry().center()
    xdotool("mousemove", str(middle.x()), str(middle.y()), "mousedown", "1")
    for _ in range(4):
        xdotool("mousemove_relative", "--", str(way[0] // 4), str(way[1] // 4))
        scene.application.processEvents()
    seen: list[bool] = []
    scene.eyes.pill.placed.connect(lambda: seen.append(True))
    xdotool("mouseup", "1")
    scene.until(lambda: seen)


def test_the_pill_comes_back_where_it_was_left(scene: Scene, desk: Desk, tmp_path: Path) -> None:
    """On each monitor; while that one is away, where it was on the other."""
    drag(scene, (-400, 200))
    home = scene.eyes.pill.geometry()
    desk.two_monitors(1000)
    try:
        scene.until(lambda: len(scene.application.screens()) == 2)
        drag(scene, (800, 400))
        there = scene.eyes.pill.geometry()
        assert there.center().x() > 1000
        again = Scene(scene.application, tmp_path / "settings.json")
        assert again.eyes.pill.geometry() == there
        again.close()
    finally:
        desk.one_monitor()
    scene.until(lambda: len(scene.application.screens()) == 1)
    scene.until(lambda: scene.eyes.pill.geometry() == home)
    assert scene.eyes.pill.isVisible()


def test_pill_and_bubble_dress_as_the_desktop_does(scene: Scene) -> None:
    """A change of the colours, by the setting or by the system, reaches them at once."""
    scene.settings.change(schema.THEME, "light")
    assert scene.eyes.pill.theme == scene.eyes.bubble.theme == LIGHT
    scene.settings.change(schema.THEME, "dark")
    assert scene.eyes.pill.theme == DARK
    scene.eyes.pill.theme = LIGHT
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(hints.colorScheme())
    assert scene.eyes.pill.theme == DARK


def test_a_picture_asks_nobody_whether_it_may_be_translucent(
    qt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty times a second it is asked; the server is, once in one, and no program is started."""
    from app.window import x11

    asked = []
    monkeypatch.setattr(x11, "_has_manager", lambda: bool(asked.append(1)))
    monkeypatch.setattr(x11, "_composited", (True, -1e9))
    assert [x11.is_composited() for _ in range(60)] == [False] * 60
    assert len(asked) == 1
    x11._library()
    monkeypatch.setattr("ctypes.util.find_library", lambda _: pytest.fail("looked for again"))
    x11.keyboard_owner()
