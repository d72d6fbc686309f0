"""The window on a real X server: what it shows, whom it obeys, and that it is never in the way."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton

from app.conversation import Conversation
from app.headless import FakeSound
from app.settings import schema
from app.settings.store import Settings
from app.sound.devices import Device, Devices
from app.sound.patchbay import Wiring
from app.window.actions import ACTIONS
from app.window.adapter import HappeningSignal
from app.window.rooms import Rooms
from app.window.window import Window
from engine.client.events import (
    AWAY,
    Appended,
    EngineFailed,
    EngineLost,
    EngineReady,
    Heard,
    Notice,
    Said,
    State,
    VoiceAudio,
)
from tests.desktop import (  # noqa: F401
    ROOT,
    display,
    eventually,
    qt,
    qt_application,
    qt_eventually,
    xdotool,
)

pytestmark = pytest.mark.timeout(60)

DEVICES = Devices(
    (
        Device("microphone", "Headset", "headset", 48_000, is_default=True),
        Device("microphone", "Lamp", "lamp", 48_000),
        Device("speaker", "Desk", "desk", 48_000, is_default=True),
    )
)


class FakeLink:
    """An engine's client that does nothing by itself: the test is the engine."""

    def __init__(self, tell) -> None:
        self.tell = tell
        self.asked: list[tuple[str, object]] = []
        self.left: list[str] = []

    def start(self) -> None:
        self.asked.append(("start", None))

    def stop(self) -> bool:
        self.asked.append(("stop", None))
        return True

    def send_audio(self, samples: np.ndarray) -> None:
        self.asked.append(("audio", samples))

    def send_text(self, words: str) -> None:
        self.asked.append(("text", words))

    def untaken(self) -> list[str]:
        return self.left

    def send_frame(self, frame) -> None:
        self.asked.append(("frame", frame))

    def mute(self, muted: bool) -> None:
        self.asked.append(("mute", muted))

    def address(self, on: bool) -> None:
        self.asked.append(("address", on))

    def hush(self, generation: int, played_ms: int) -> None:
        self.asked.append(("hush", (generation, played_ms)))

    def rest(self) -> None:
        self.asked.append(("rest", None))

    def wake(self) -> None:
        self.asked.append(("wake", None))


class Stage:
    """A window with a fake engine and a fake sound desk behind the real adapter."""

    def __init__(self, application, folder: Path, rooms: Rooms | None = None, **settings) -> None:
        self.application = application
        self.sound = FakeSound(DEVICES)
        self.links: list[FakeLink] = []
        self.signals = HappeningSignal()
        self.conversation = Conversation(self.sound, self._connect, self.signals.tell)
        self.settings = Settings(folder / "settings.json")
        for name, value in settings.items():
            self.settings.change(getattr(schema, name), value)
        self.window = Window(self.conversation, self.settings, rooms)
        self.signals.happened.connect(self.window.take)
        self.conversation.start()
        self.window.show()
        self.tell(EngineReady("ws://here"))

    def _connect(self, tell) -> FakeLink:
        self.links.append(FakeLink(tell))
        return self.links[-1]

    @property
    def panel(self):
        return self.window.panel

    def tell(self, *events) -> None:
        for event in events:
            self.links[-1].tell(event)
        self.application.processEvents()

    def until(self, condition, within_s: float = 10.0):
        return qt_eventually(self.application, condition, within_s)

    def click(self, part) -> None:
        place = part.mapToGlobal(part.rect().center())
        xdotool("mousemove", str(place.x()), str(place.y()), "click", "1")

    def pixels(self) -> np.ndarray:
        """The panel as it is on the X server's screen: (height, width, 3) uint8."""
        area = self.panel.geometry()
        screen = QGuiApplication.primaryScreen()
        image = screen.grabWindow(0, area.x(), area.y(), area.width(), area.height()).toImage()
        image = image.convertToFormat(image.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
        return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()

    def close(self) -> None:
        self.panel.close()
        self.conversation.stop()
        self.panel.deleteLater()
        self.application.processEvents()


@pytest.fixture
def stage(qt, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qt, tmp_path)
    yield made
    made.close()


OTHER_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
line = QLineEdit()
line.textChanged.connect(lambda text: print(text, flush=True))
line.setGeometry(20, 20, 300, 40)
line.show()
line.activateWindow()
application.exec()
"""


@pytest.fixture
def somebody_typing(qt) -> Iterator[subprocess.Popen]:
    """Another program's window, which has the keyboard."""
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER_WINDOW], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    xdotool("search", "--sync", "--onlyvisible", "--pid", str(other.pid))
    xdotool("mousemove", "100", "40", "click", "1")
    yield other
    other.terminate()
    other.wait(10)


def test_it_comes_up_at_the_bottom_in_the_middle(stage: Stage):
    """The panel is on the screen, wholly, low and centred, and something is painted in it."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    area = stage.panel.geometry()
    assert screen.contains(area)
    assert abs(area.center().x() - screen.center().x()) <= 2
    assert screen.bottom() - area.bottom() < 40
    stage.until(lambda: len(np.unique(stage.pixels().reshape(-1, 3), axis=0)) > 50)


def test_it_takes_no_keyboard_when_it_appears_speaks_or_is_clicked(
    qt, somebody_typing: subprocess.Popen, tmp_path: Path
):
    """Who types elsewhere goes on typing there while the panel comes, writes and is clicked."""
    before = xdotool("getwindowfocus")
    made = Stage(qt, tmp_path)
    try:
        made.tell(Heard(" hello", 0, 200), Said(" hello", 200, 400))
        made.click(made.panel.mark)
        made.click(made.panel.mute)
        made.until(lambda: ("mute", True) in made.sound.asked)
        assert xdotool("getwindowfocus") == before
        xdotool("type", "on I go")
        assert eventually(lambda: "on I go" in somebody_typing.stdout.readline())
    finally:
        made.close()


def test_the_typing_line_takes_the_keyboard_and_gives_it_back(
    stage: Stage, somebody_typing: subprocess.Popen
):
    """A click into the line types to Aside; Escape ends that; what was typed reaches the engine."""
    elsewhere = xdotool("getwindowfocus")
    stage.click(stage.panel.typing)
    stage.until(lambda: stage.panel.typing.hasFocus() and xdotool("getwindowfocus") != elsewhere)
    xdotool("type", "add up what I say")
    xdotool("key", "Return")
    stage.until(lambda: ("text", "add up what I say") in stage.links[-1].asked)
    assert stage.window.captions.lines[-1].text == "add up what I say"
    assert stage.panel.takes_keyboard
    xdotool("key", "Escape")
    stage.until(lambda: not stage.panel.takes_keyboard)
    assert stage.panel.typing.text() == ""
    stage.until(lambda: xdotool("getwindowfocus") == elsewhere)
    xdotool("type", "back again")
    assert eventually(lambda: "back again" in somebody_typing.stdout.readline())


def test_captions_show_the_words_of_both_sides(stage: Stage):
    """What was heard and said stands in the captions, in two lines, and is painted."""
    stage.until(lambda: stage.pixels().any())
    before = stage.pixels()
    stage.tell(Heard(" what is three", 0, 200), Heard(" plus four", 200, 400))
    stage.tell(Said(" seven", 800, 1000))
    lines = [(line.side, line.text) for line in stage.window.captions.lines]
    assert lines == [("user", "what is three plus four"), ("aside", "seven")]
    assert "Aside: seven" in stage.panel.captions.accessibleDescription()
    area = slice(20, stage.panel.captions.height())
    changed = stage.until(lambda: (stage.pixels()[area] != before[area]).mean() > 0.01)
    assert changed


def test_the_two_sides_are_told_apart_by_colour_and_name(stage: Stage):
    """Aside's words are painted in its own colour, which nothing the user says ever has."""
    accent = np.array([255, 163, 102])
    stage.tell(Heard(" hello there", 0, 200))
    time.sleep(0.5)
    stage.until(lambda: True)

    def share() -> float:
        near = np.abs(stage.pixels()[: stage.panel.captions.height()].astype(int) - accent)
        return float((near.sum(axis=2) < 40).mean())

    assert share() == 0
    stage.tell(Said(" hello there", 0, 200))
    stage.until(lambda: share() > 0.001)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (State("speaking"), "Speaking"),
        (State("delayed"), "Delayed"),
        (State("listening"), "Listening"),
        (EngineLost("the engine ended with status -9", 0.1), "Engine restarting"),
        (EngineFailed("no checkpoint at /nowhere"), "The engine does not start"),
    ],
)
def test_it_says_what_it_is_doing(stage: Stage, event, words: str):
    """The status line says, in words, what the engine is doing now."""
    stage.tell(event)
    assert stage.panel.status.text() == words
    assert words in stage.panel.status.accessibleName()


def test_why_the_engine_is_lost_is_said_until_it_is_back(stage: Stage):
    """The notice names the reason, the panel grows for it and shrinks again."""
    low = stage.panel.geometry().bottom()
    stage.tell(EngineLost("the engine ended with status -9", 0.1))
    assert stage.panel.notice == "The engine ended with status -9."
    stage.until(lambda: abs(stage.panel.geometry().bottom() - low) <= 2)
    high = stage.panel.geometry().top()
    stage.tell(EngineReady("ws://here"))
    assert stage.panel.notice == ""
    stage.until(lambda: stage.panel.geometry().top() > high)


def test_while_the_connection_is_away_it_does_not_listen(stage: Stage):
    """A broken connection shows at once, with its reason, until the session goes on."""
    stage.tell(State("listening"), AWAY)
    assert stage.panel.status.text() == "Engine restarting"
    assert stage.panel.notice == "The connection was lost."
    stage.tell(Notice("resumed", "the connection was away 3.0 s"))
    assert stage.panel.status.text() == "Listening"
    assert stage.panel.notice == ""


def test_without_a_microphone_it_asks_to_be_typed_to(stage: Stage):
    """No microphone is said where the status stands, and typing works."""
    stage.sound.rewire(Wiring(notices=("No microphone.",)))
    stage.until(lambda: stage.panel.status.text() == "No microphone: type to me")
    assert stage.panel.notice == "No microphone."
    stage.panel.typing.setText("hello")
    stage.panel.typing.returnPressed.emit()
    assert stage.links[-1].asked[-1] == ("text", "hello")


def test_the_level_shown_is_the_level_captured(stage: Stage):
    """The bars rise with the captured sound and not with the switch."""
    stage.sound.level = 0.8
    stage.until(lambda: stage.panel.meter.shown > 0.75)
    stage.panel.show_muted(False)
    stage.sound.level = 0.0
    stage.until(lambda: stage.panel.meter.shown < 0.05)


def test_mute_closes_the_microphone_and_says_so(stage: Stage):
    """The button mutes sound and engine; pressed again it opens both."""
    stage.panel.mute.click()
    stage.until(lambda: stage.panel.status.text() == "Muted")
    assert stage.sound.asked[-1] == ("mute", True)
    assert ("mute", True) in stage.links[-1].asked
    assert stage.panel.mute.accessibleName() == "Open the microphone"
    shut = stage.panel._on_mute
    stage.panel.dress(stage.panel.theme)
    assert stage.panel._on_mute == shut, "another dress opens no microphone"
    stage.panel.mute.click()
    stage.until(lambda: stage.panel.status.text() == "Listening")


@pytest.mark.parametrize("settings", [{"STARTS_MUTED": True}, {"MODE": "typed"}])
def test_a_microphone_that_is_closed_from_the_start_is_shown_so(
    qt, tmp_path: Path, settings: dict[str, object]
):
    """Muted, or typed to alone, at the start: status, button and lamp say it, and not that no
    microphone is there."""
    made = Stage(qt, tmp_path, **settings)
    try:
        made.sound.rewire(Wiring(devices=DEVICES))
        made.until(lambda: made.window.status.wiring == Wiring(devices=DEVICES))
        assert made.panel.status.text() == "Muted"
        assert made.panel._on_mute[0] == "microphone-off"
        assert made.window.status.lights[0].state == "off"
    finally:
        made.close()


def test_quiet_from_the_start_is_shown_so(qt, tmp_path: Path):
    """What is said first is written, and the status calls it so."""
    made = Stage(qt, tmp_path, MODE="quiet")
    try:
        assert made.panel.status.text() == "Quiet"
        made.tell(State("speaking"))
        assert made.panel.status.text() == "Writing"
    finally:
        made.close()


def test_in_a_pause_microphone_and_camera_can_be_shut_for_good_and_not_opened(stage: Stage):
    """Whoever pauses and then mutes finds it muted after the pause, whatever a lamp shows
    meanwhile; to open waits until one goes on."""
    stage.window.rooms = Rooms(
        camera=lambda: stage.conversation.watch(not stage.conversation.watching)
    )
    stage.conversation.watch(True)
    stage.window.do("pause")
    stage.until(lambda: stage.window.status.muted)
    assert stage.panel.mute.accessibleName() == "Mute the microphone"
    for what in ("mute", "camera"):
        assert stage.window.do(what) == ""
        assert "paused" in stage.window.do(what)
    assert (stage.conversation.muted, stage.conversation.watching) == (True, False)
    assert stage.panel.mute.accessibleName() == "Open the microphone"
    assert stage.window.actions["mute"].isChecked()
    stage.window.do("pause")
    assert stage.sound.asked[-1] == ("mute", True)
    stage.window.do("mute")
    assert stage.sound.asked[-1] == ("mute", False)


def test_what_was_said_to_be_left_undone_is_not_done_later(stage: Stage, monkeypatch):
    """A window that is at work does not do afterwards what somebody was told to try again."""
    monkeypatch.setattr("app.window.adapter.ANSWER_S", 0.2)
    stage.signals.asked.connect(stage.window.obey, Qt.ConnectionType.QueuedConnection)
    with ThreadPoolExecutor(1) as pool:
        refusal = pool.submit(stage.signals.ask, "mute", "tap").result()
        assert "does not answer" in refusal
        stage.application.processEvents()
        assert not stage.conversation.muted
        asked = pool.submit(stage.signals.ask, "mute", "tap")
        stage.until(asked.done)
        assert asked.result() == ""
    assert stage.conversation.muted


def test_words_that_no_engine_took_reach_the_next_one(stage: Stage):
    """The engine failed, and somebody typed on: starting it again is enough."""
    stage.links[-1].left = ["what is two plus two"]
    stage.window.do("restart")
    stage.until(lambda: ("text", "what is two plus two") in stage.links[-1].asked)


def test_starting_the_engine_again_waits_for_nobody(stage: Stage, monkeypatch):
    """An engine that takes long to end holds up neither the next one nor the window, and what it
    still tells is not taken, but for what it confirms; its words follow."""
    before, ended = stage.links[-1], threading.Event()
    confirmed, told = Appended("thinking", 0, None, "1.1.1"), []
    stage.signals.happened.connect(told.append)
    before.left = ["what is two plus two"]
    monkeypatch.setattr(before, "stop", ended.wait)
    began_s = time.monotonic()
    try:
        stage.window.do("restart")
        assert time.monotonic() - began_s < 1
        before.tell(EngineFailed("it is gone"))
        stage.tell(EngineReady("ws://there"), Heard(" hello", 0, 200))
        before.tell(Heard(" again", 200, 400))
        before.tell(confirmed)
        stage.until(lambda: confirmed in told)
        stage.window.do("mute")
        stage.until(lambda: ("mute", True) in stage.links[-1].asked)
        assert stage.window.status.doing == "muted"
        assert [line.text for line in stage.window.captions.lines] == ["hello"]
        assert not [one for one in stage.links[-1].asked if one[0] == "text"]
    finally:
        ended.set()
    stage.until(lambda: ("text", "what is two plus two") in stage.links[-1].asked)


def test_devices_are_chosen_by_name_and_remembered(qt, tmp_path: Path):
    """The menu lists names; what is chosen is used now and wanted the next time."""
    made = Stage(qt, tmp_path)
    try:
        made.window.open_devices()
        entries = {entry.text(): entry for entry in made.window.menu.actions() if entry.text()}
        assert "System default (Headset)" in entries
        entries["Lamp"].trigger()
        made.window.menu.close()
        assert ("microphone", "Lamp") in made.sound.asked
        assert Settings(tmp_path / "settings.json")[schema.MICROPHONE] == "Lamp"
    finally:
        made.close()


def test_a_device_that_is_away_stays_chosen_in_the_menu(qt, tmp_path: Path):
    """What is wanted and not there is listed as such, and is still the choice."""
    made = Stage(qt, tmp_path, MICROPHONE="USB thing")
    try:
        made.window.open_devices()
        chosen = [entry.text() for entry in made.window.menu.actions() if entry.isChecked()]
        made.window.menu.close()
        assert "USB thing (not there)" in chosen
    finally:
        made.close()


def test_every_action_has_a_doer(stage: Stage):
    """What the table of actions promises, the window does."""
    for one in ACTIONS:
        if one.name not in ("quit", "devices", "settings", "keys", "guide", "history"):
            stage.window.do(one.name)
    with pytest.raises(KeyError):
        stage.window.do("fly")


def test_the_keys_work_while_typing(stage: Stage):
    """Somebody with a keyboard alone reaches everything: Tab, and a key for each action."""
    stage.window.do("type")
    stage.until(stage.panel.typing.hasFocus)
    xdotool("key", "ctrl+m")
    stage.until(lambda: ("mute", True) in stage.sound.asked)
    reached = []
    for _ in range(4):
        xdotool("key", "Tab")
        stage.application.processEvents()
        time.sleep(0.05)
        stage.application.processEvents()
        focus = stage.application.focusWidget()
        reached.append(focus.objectName() if focus else None)
    assert {"mute", "devices", "quit"} <= set(reached)


def test_everything_has_a_name_for_screen_readers(stage: Stage):
    """Each control and each display can be named aloud."""
    panel = stage.panel
    parts = [panel.typing, panel.captions, panel.meter, panel.mark, panel.status]
    parts += panel.findChildren(QToolButton, "mute") + panel.findChildren(QToolButton, "devices")
    assert all(part.accessibleName() for part in parts)


def test_silence_now_flushes(stage: Stage):
    """Be quiet now reaches the speaker at once, without waiting for the engine."""
    stage.tell(State("speaking"))
    stage.panel.hush.click()
    assert ("flush", None) in stage.sound.asked


def test_a_lost_engine_leaves_no_voice_behind(stage: Stage):
    """When the engine dies its voice is dropped, and the next one's first generation is fresh."""
    stage.tell(VoiceAudio(3, np.zeros(3200, np.float32)))
    stage.tell(EngineLost("gone", 0.1))
    assert ("restart_voice", None) in stage.sound.asked
    stage.tell(VoiceAudio(1, np.ones(3200, np.float32)))
    assert [generation for generation, _ in stage.sound.played] == [3, 1]


def test_captions_grow_and_shrink_and_are_remembered(qt, tmp_path: Path):
    """Larger captions are larger, within bounds, and so the next time too."""
    made = Stage(qt, tmp_path)
    try:
        height = made.panel.height()
        made.window.do("larger")
        assert made.panel.height() > height
        for _ in range(40):
            made.window.do("larger")
        assert Settings(tmp_path / "settings.json")[schema.CAPTION_PIXELS] == 48
        screen = QGuiApplication.primaryScreen().availableGeometry()
        assert screen.contains(made.panel.geometry())
    finally:
        made.close()


def test_dragging_moves_it_and_the_place_is_remembered(stage: Stage):
    """It can be put anywhere by its empty places, and knows where it was put."""
    grip = stage.panel.mapToGlobal(stage.panel.mark.pos() + QPoint(10, 10))
    xdotool("mousemove", str(grip.x()), str(grip.y()), "mousedown", "1")
    stage.until(lambda: stage.panel.grabbed)
    before = stage.panel.pos()
    xdotool("mousemove", str(grip.x() - 50), str(grip.y() - 80))
    stage.until(lambda: stage.panel.pos() == before - QPoint(50, 80))
    xdotool("mouseup", "1")
    assert stage.panel.position == (before.x() - 50, before.y() - 80)


def test_qt_keeps_the_count_of_none() -> None:
    """Calls into Qt do not eat references: PySide6 6.12.0 on Python 3.11 did, and died of it."""
    from PySide6.QtGui import QPen

    pen = QPen()
    before = sys.getrefcount(None)
    for _ in range(1000):
        pen.setWidthF(2.0)
    assert sys.getrefcount(None) > before - 500
