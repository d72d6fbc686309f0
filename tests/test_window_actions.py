"""The table of actions and what they do: by key, menu and name; what is said if they cannot."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import errno
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QSpinBox,
)

from app import desktop, do
from app.hotkeys.handlers.x11 import X11Grabs
from app.hotkeys.main import Hotkeys
from app.settings import schema
from app.voice_gate import PROMPTED_S, VoiceGate
from app.window.actions import ACTIONS
from app.window.caption_view import HINT, OPEN_HINT
from app.window.deeds import Deeds
from app.window.rooms import Rooms
from engine.client.events import Heard, Said, State, VoiceAudio
from tests.desktop import display, eventually, qt, qt_application, xdotool  # noqa: F401
from tests.test_app_window import Stage

pytestmark = pytest.mark.timeout(90)


class Noted(Rooms):
    """Rooms that write down what they are asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        super().__init__(
            share=self.asked.append,
            camera=lambda: self.asked.append("camera"),
            stop_capture=lambda: self.asked.append("stop capture"),
            stop_tools=lambda: self.asked.append("stop tools"),
            allow_tools=lambda: self.asked.append("allow tools"),
            search_history=lambda: self.asked.append("history"),
        )


@pytest.fixture
def stage(qt, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qt, tmp_path, Noted())
    yield made
    made.window.pages.close()
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qt.processEvents()


def test_the_table_is_sound():
    """Names and keys are each given once, and what an action runs is there."""
    names = [one.name for one in ACTIONS]
    inside = [key for one in ACTIONS for key in one.keys]
    everywhere = [one.default_hotkey for one in ACTIONS if one.default_hotkey]
    for given in (names, inside, everywhere):
        assert len(set(given)) == len(given)
    assert all(callable(getattr(Deeds, one.runs)) for one in ACTIONS)


def test_what_a_room_cannot_do_is_said(qt, tmp_path: Path):
    """Without the room that an action needs, the user and the caller read why."""
    made = Stage(qt, tmp_path, Rooms())
    try:
        for name in ("screen", "region", "app-window", "camera", "history"):
            refusal = made.window.do(name)
            assert refusal
            assert refusal in made.panel.notice
            answer: Future[str] = Future()
            made.window.obey(name, "tap", answer)
            assert answer.result(0) == refusal
    finally:
        made.close()


def told(stage: Stage, name: str) -> str:
    """What somebody outside reads who asks for an action."""
    answer: Future[str] = Future()
    stage.window.obey(name, "tap", answer)
    return answer.result(0)


def broken(*_: object) -> None:
    raise RuntimeError("the camera hangs")


def test_who_asks_reads_that_nothing_was_done(stage: Stage):
    """What a deed complains of in the window goes out too; what was done is answered by nothing."""
    rooms = stage.window.rooms
    rooms.card, rooms.share = lambda: False, lambda _: "There is nothing to choose from."
    for name, refusal in (
        ("card", "No card is open."),
        ("region", "There is nothing to choose from."),
    ):
        assert told(stage, name) == refusal
    assert "No card is open." in stage.panel.notice
    rooms.card = lambda: True
    assert told(stage, "card") == told(stage, "mute") == told(stage, "panic") == ""
    rooms.stop_tools = broken
    assert "could not be stopped" in told(stage, "panic")


def test_who_asks_reads_that_it_failed(stage: Stage):
    """A fault in the middle is answered in words, and is still a fault."""
    stage.window.rooms.camera = broken
    answer: Future[str] = Future()
    with pytest.raises(RuntimeError):
        stage.window.obey("camera", "tap", answer)
    assert "failed: RuntimeError" in answer.result(0)


def test_quitting_is_answered_before_it_is_done(stage: Stage, monkeypatch):
    """Afterwards there is nobody to answer."""
    answer: Future[str] = Future()
    answered = []
    monkeypatch.setattr(stage.window, "quit", lambda: answered.append(answer.done()))
    stage.window.obey("quit", "tap", answer)
    assert (answered, answer.result(0)) == ([True], "")


def test_pictures_that_are_off_are_not_asked_for(stage: Stage):
    """Where the settings switch pictures off, sharing says so and asks nobody."""
    stage.settings.change(schema.PICTURES, "off")
    assert "switched off" in stage.window.do("screen")
    assert stage.window.rooms.asked == []


def test_the_rooms_are_asked(stage: Stage):
    """Screen, region, window, camera and history go to whoever has them."""
    for name in ("screen", "region", "app-window", "camera", "history"):
        assert stage.window.do(name) == ""
    assert stage.window.rooms.asked == ["screen", "region", "window", "camera", "history"]


def test_push_to_talk_opens_the_microphone_while_it_lasts(stage: Stage):
    """Muted, the microphone is open between press and release and closed before and after."""
    stage.window.do("mute")
    stage.window.do("talk", "press")
    stage.window.do("talk", "press")
    stage.window.do("talk", "release")
    stage.window.do("talk", "release")
    said = [value for name, value in stage.sound.asked if name == "mute"]
    assert said == [True, False, True]


def addressed(stage: Stage) -> list[object]:
    """What the engine's newest client was told of who is meant, in order."""
    return [value for name, value in stage.links[-1].asked if name == "address"]


def test_what_is_said_with_the_key_held_is_meant_for_it(stage: Stage):
    """Between press and release the engine knows that it is meant, and not otherwise; a new
    engine is told anew."""
    assert addressed(stage) == [False, False]
    stage.window.do("talk", "press")
    assert addressed(stage)[-1] is True
    stage.window.do("restart")
    assert addressed(stage) == [True]
    stage.window.do("talk", "release")
    assert addressed(stage) == [True, False]


def test_whatever_is_said_can_be_meant_for_it(stage: Stage):
    """The action changes the setting, the engine, the tick in the menu and what the window says;
    then the key changes nothing."""
    says = [stage.panel.captions.hint]
    stage.window.do("answer")
    assert stage.settings[schema.ANSWERS] == "all"
    assert stage.window.actions["answer"].isChecked()
    says.append(stage.panel.captions.hint)
    stage.window.do("talk", "press")
    stage.window.do("talk", "release")
    stage.window.do("restart")
    assert addressed(stage) == [True]
    stage.window.do("answer")
    assert addressed(stage)[-1] is False
    assert not stage.window.actions["answer"].isChecked()
    says.append(stage.panel.captions.hint)
    assert says == [HINT, OPEN_HINT, HINT]


def test_push_to_talk_by_a_real_key(stage: Stage, monkeypatch):
    """Holding the key opens the microphone, letting go closes it, whoever has the keyboard."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    stage.signals.pressed.connect(stage.window.press)
    hotkeys = Hotkeys(stage.settings, stage.signals.press, handlers=(X11Grabs(),))
    hotkeys.start()
    stage.window.do("mute")
    try:

        def open_now() -> bool:
            xdotool("keydown", "ctrl", "keydown", "alt", "keydown", "space")
            return ("mute", False) in stage.sound.asked

        stage.until(open_now)
        xdotool("keyup", "space", "keyup", "alt", "keyup", "ctrl")
        stage.until(lambda: stage.sound.asked[-1] == ("mute", True))
    finally:
        xdotool("keyup", "space", "keyup", "alt", "keyup", "ctrl")
        hotkeys.stop()


HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def test_without_a_back_end_the_keys_work_in_our_windows(stage: Stage):
    """Nothing listens everywhere: the same keys work in our windows, and write no letters there."""
    stage.window.do("mute")
    QTest.keyPress(stage.panel.typing, Qt.Key.Key_Space, HELD)
    assert stage.sound.asked[-1] == ("mute", False)
    QTest.keyPress(stage.panel.typing, Qt.Key.Key_Space, HELD)
    QTest.keyRelease(stage.panel.typing, Qt.Key.Key_Space)
    assert [value for name, value in stage.sound.asked if name == "mute"] == [True, False, True]
    assert stage.panel.typing.text() == ""
    keys = [one.toString() for one in stage.window.actions["quiet"].shortcuts()]
    assert keys == ["Ctrl+U", "Ctrl+Alt+U"]


def test_a_key_that_two_want_still_does_something(stage: Stage):
    """In our windows the first of the table has it; neither is lost in silence."""
    stage.settings.change(schema.HOTKEYS["quiet"], "Ctrl+Alt+M")
    stage.settings.change(schema.HOTKEYS["pause"], "Ctrl+K")
    given = [key.toString() for one in stage.window.actions.values() for key in one.shortcuts()]
    assert len(given) == len(set(given))
    stage.window.go_to_typing()
    stage.until(stage.panel.isActiveWindow)
    xdotool("key", "ctrl+alt+m")
    stage.until(lambda: stage.conversation.muted)
    assert stage.settings[schema.MODE] == "full"


def test_going_elsewhere_lets_go_of_the_key(stage: Stage):
    """Whoever leaves our windows with the key down has let go: nobody would see the release."""
    stage.window.do("mute")
    QTest.keyPress(stage.panel.typing, Qt.Key.Key_Space, HELD)
    assert stage.sound.asked[-1] == ("mute", False)
    stage.application.focusWindowChanged.emit(None)
    assert stage.sound.asked[-1] == ("mute", True)


def test_a_stuck_key_lets_go(qt, tmp_path: Path):
    """A release that never comes closes the microphone after the time that is set, and is said."""
    made = Stage(qt, tmp_path, LONGEST_TALK_S=5)
    try:
        made.window.do("mute")
        made.window.deeds._stuck.setInterval(0)
        made.window.do("talk", "press")
        made.window.deeds._stuck.start(50)
        made.until(lambda: made.sound.asked[-1] == ("mute", True))
        assert "stuck" in made.panel.notice
    finally:
        made.close()


def test_pause_closes_everything_and_goes_on_as_it_was(stage: Stage):
    """Paused: microphone closed, voice silent, capture paused; push to talk says why not."""
    stage.window.do("pause")
    assert stage.panel.status.text() == "Paused"
    assert ("mute", True) in stage.sound.asked
    assert "paused" in stage.window.do("talk", "press")
    stage.tell(VoiceAudio(1, np.ones(3200, np.float32)))
    assert stage.sound.played == []
    stage.window.do("pause")
    assert [value for name, value in stage.sound.asked if name == "mute"] == [True, False]
    assert stage.window.rooms.asked == ["allow tools"]


def test_panic_stops_all_even_if_something_fails(stage: Stage):
    """A room that breaks keeps no other from stopping, and the user is told that it did."""
    stage.window.rooms.stop_capture = broken
    stage.window.do("panic")
    assert stage.window.rooms.asked == ["stop tools"]
    assert stage.conversation.muted
    assert stage.conversation.paused
    assert ("flush", None) in stage.sound.asked
    assert "could not be stopped" in stage.panel.notice


@pytest.mark.parametrize("name", ["hush", "pause", "panic"])
def test_silence_does_not_wait_for_the_window(stage: Stage, name: str):
    """The voice stops on the thread of the key, while the window's thread still does other work;
    so it does for who asks with `aside do`."""
    stage.signals.silence = stage.conversation.silence
    stage.signals.asked.connect(stage.window.obey)
    for ask in (lambda: stage.signals.press(name, True), lambda: stage.signals.ask(name, "tap")):
        stage.sound.asked.clear()
        with ThreadPoolExecutor(1) as other:
            done = other.submit(ask)
            eventually(lambda: ("flush", None) in stage.sound.asked, within_s=3)
            stage.until(done.done)


def test_no_other_key_silences(stage: Stage):
    """Muting the microphone, say, leaves the voice alone."""
    stage.signals.silence = stage.conversation.silence
    for one in ACTIONS:
        if not one.silences:
            stage.sound.asked.clear()
            stage.signals.press(one.name, True)
            assert ("flush", None) not in stage.sound.asked


def test_the_last_answer_is_copied(stage: Stage):
    """Aside's newest words are on the clipboard; before there are any, that is said."""
    assert "no answer" in stage.window.do("copy")
    stage.tell(Said(" it is", 0, 200), Said(" seven", 200, 400), Heard(" thanks", 400, 600))
    assert stage.window.do("copy") == ""
    assert QGuiApplication.clipboard().text() == "it is seven"


def test_the_tray_offers_every_action(stage: Stage):
    """The menu is the table; what cannot be had now is grey while it is open, and why is told."""
    stage.window.rooms = Rooms()
    menu = stage.window.tray.contextMenu()
    assert offered(menu) == [one.name for one in ACTIONS]
    menu.aboutToShow.emit()
    assert not stage.window.actions["screen"].isEnabled()
    assert "Ctrl+Alt+M" in stage.window.actions["mute"].text()
    menu.aboutToHide.emit()
    assert stage.window.actions["screen"].isEnabled()
    stage.window.show_state()
    assert "cannot be shared" in stage.window.actions["screen"].toolTip()


def offered(menu: QMenu) -> list[str]:
    """The names of the actions in it and in its own menus, in order."""
    found: list[str] = []
    for one in menu.actions():
        if one.menu() is not None:
            found += offered(one.menu())
        elif not one.isSeparator():
            found.append(one.objectName())
    return found


def test_the_menu_fits_a_small_screen_and_wears_the_panels_colours(stage: Stage):
    """720 pixels high, in one column; and no white menu above a dark panel."""
    menu = stage.window.tray.contextMenu()
    menu.aboutToShow.emit()
    assert menu.sizeHint().height() < 720
    ground = menu.grab().toImage().pixelColor(menu.width() // 2, 4)
    menu.aboutToHide.emit()
    assert abs(ground.lightness() - QColor(stage.panel.theme.panel_bottom).lightness()) < 8


def test_what_is_shared_is_ticked(stage: Stage):
    """The one thing of the screen that is shared, whoever asked for it."""
    stage.window.rooms = Rooms(shared=lambda: "region")
    stage.window.show_state()
    ticked = {name for name, one in stage.window.actions.items() if one.isChecked()}
    assert ticked & {"screen", "monitor", "region", "app-window", "camera"} == {"region"}


def test_quiet_mode_writes_instead_of_speaking(stage: Stage):
    """The words come, the voice does not; what is being said stops at once."""
    stage.tell(VoiceAudio(1, np.ones(3200, np.float32)))
    stage.window.do("quiet")
    assert stage.sound.asked[-1] == ("flush", None)
    stage.tell(Said(" beep", 0, 200), State("speaking"), VoiceAudio(2, np.ones(3200, np.float32)))
    assert [generation for generation, _ in stage.sound.played] == [1]
    assert stage.window.captions.last("aside").text == "beep"
    assert stage.panel.status.text() == "Writing"
    stage.window.do("quiet")
    stage.tell(VoiceAudio(3, np.ones(3200, np.float32)))
    assert [generation for generation, _ in stage.sound.played] == [1, 3]


def test_a_voice_that_was_withheld_does_not_set_in_halfway(stage: Stage):
    """Leaving quiet mode in mid-word plays from the next stretch of voice on."""
    stage.window.do("quiet")
    stage.tell(VoiceAudio(1, np.ones(3200, np.float32)))
    stage.window.do("quiet")
    stage.tell(VoiceAudio(1, np.ones(3200, np.float32)), VoiceAudio(2, np.ones(3200, np.float32)))
    assert [generation for generation, _ in stage.sound.played] == [2]


def test_typed_only_closes_the_microphone(stage: Stage):
    """In typed mode nothing is heard; leaving it opens the microphone again."""
    stage.settings.change(schema.MODE, "typed")
    assert stage.sound.asked[-1] == ("mute", True)
    stage.settings.change(schema.MODE, "full")
    assert stage.sound.asked[-1] == ("mute", False)


def test_captions_only_is_the_bar_and_nothing_else(stage: Stage):
    """The panel goes; going to the typing line brings it for as long as it is used."""
    bar = stage.window.caption_room.bar
    assert not bar.isVisible()
    stage.settings.change(schema.MODE, "captions")
    assert bar.isVisible()
    assert not stage.panel.isVisible()
    stage.window.do("type")
    assert stage.panel.isVisible()
    stage.panel.give_keyboard_back()
    assert not stage.panel.isVisible()
    stage.settings.change(schema.MODE, "full")
    assert stage.panel.isVisible()
    assert not bar.isVisible()


def test_the_caption_bar_is_switched_by_its_action(stage: Stage):
    """On and off, ticked in the menu while it is there; its words grow with the captions."""
    bar = stage.window.caption_room.bar
    stage.window.do("bar")
    assert bar.isVisible()
    assert stage.window.actions["bar"].isChecked()
    ground, pixels = bar.place.ground, bar.place.pixels
    stage.window.do("ground")
    stage.window.do("larger")
    assert bar.place.ground != ground
    assert bar.view.pixels == bar.place.pixels == pixels + 3
    stage.tell(Heard(" hello", 0, 200))
    assert "You: hello" in bar.view.accessibleDescription()
    stage.window.do("bar")
    assert not bar.isVisible()
    assert not stage.window.actions["bar"].isChecked()


def test_a_budget_counts_only_what_nobody_prompted():
    """Answers are free; what comes of its own accord is counted by the hour."""
    now_s = [0.0]
    gate = VoiceGate(lambda: now_s[0])
    gate.budget = 2
    answers = []
    for generation in range(1, 5):
        gate.prompted()
        answers.append(gate.withholds(generation))
    now_s[0] = PROMPTED_S + 1
    unprompted = [gate.withholds(generation) for generation in range(5, 9)]
    assert answers == [None] * 4
    assert unprompted == [None, None, "budget", "budget"]
    assert gate.withholds(8) == "budget"
    now_s[0] += 3600
    assert gate.withholds(9) is None


def test_a_change_on_the_page_holds_at_once(stage: Stage):
    """The settings page is the schema: each control changes its setting, and shows changes."""
    page = stage.window.pages.open("settings")
    shown = [one for one in schema.SETTINGS if not one.hidden]
    assert set(page.editors) == {one.id for one in shown}
    page.editors["captions.size"].field.setValue(40)
    assert stage.settings[schema.CAPTION_PIXELS] == stage.panel.captions.pixels == 40
    stage.settings.change(schema.MODE, "quiet")
    assert page.editors["voice.mode"].field.currentData() == "quiet"


def test_a_number_can_be_read(stage: Stage):
    """There is room in its field for the largest number with its unit."""
    page = stage.window.pages.open("settings")
    field = page.editors["sound.longest_talk_s"].field
    field.setValue(field.maximum())
    stage.application.processEvents()
    inside = field.lineEdit()
    assert inside.width() > inside.fontMetrics().horizontalAdvance(inside.text())


def test_a_key_is_bound_by_pressing_it(stage: Stage):
    """The keys that are pressed in the field become the hotkey; nonsense is refused in words."""
    page = stage.window.pages.open("settings")
    page.open_group("Keys")
    stage.until(page.isActiveWindow)
    field = page.editors["keys.mute"].field
    field.setFocus()
    stage.until(field.hasFocus)
    xdotool("key", "ctrl+alt+j")
    stage.until(lambda: stage.settings[schema.HOTKEYS["mute"]] == "Ctrl+Alt+J")
    xdotool("key", "j")
    stage.until(lambda: "needs Ctrl" in page.editors["keys.mute"].trouble.text())
    assert stage.settings[schema.HOTKEYS["mute"]] == "Ctrl+Alt+J"
    xdotool("key", "BackSpace")
    stage.until(lambda: stage.settings[schema.HOTKEYS["mute"]] == "")


@pytest.mark.parametrize("page", ["settings", "keys", "guide"])
def test_every_control_of_every_page_has_a_name_and_is_reached_by_tab(stage: Stage, page: str):
    """A screen reader can name what the keyboard can reach, and it reaches all; Escape closes."""
    shown = stage.window.pages.open(page)
    stage.until(shown.isActiveWindow)
    kinds = (QAbstractButton, QComboBox, QSpinBox, QLineEdit, QListWidget)
    controls = [one for kind in kinds for one in shown.findChildren(kind)]
    controls = [one for one in controls if one.objectName() != "qt_spinbox_lineedit"]
    for one in controls:
        name = one.accessibleName() or getattr(one, "text", lambda: "")()
        assert name, f"{type(one).__name__} {one.objectName()} has no name"
    visible = {one for one in controls if one.isVisible() and one.isEnabled()}
    reached = set()
    for _ in range(3 * len(visible)):
        QTest.keyClick(stage.application.focusWidget() or shown, "\t")
        reached.add(stage.application.focusWidget())
    assert visible <= reached
    xdotool("key", "Escape")
    stage.until(lambda: not shown.isVisible())


def test_reduced_motion_moves_nothing(qt, tmp_path: Path):
    """Words are there at once, lines do not glide, and the mark does not circle."""
    made = Stage(qt, tmp_path, MOTION="reduced")
    try:
        made.tell(Heard(" hello there", 0, 200))
        line = made.window.captions.lines[-1]
        shaded = made.panel.captions._shades(line, "#ffffff", 1.0)
        assert [one.start for one in shaded] == [len("hello ")]  # the word that may still grow
        made.panel.captions.advance(0.016)
        assert made.panel.captions._shown_height == made.panel.captions._content_height()
        made.panel.mark.advance("starting", 0.0, 0.7)
        before = made.panel.mark._angle()
        made.panel.mark.advance("starting", 0.0, 0.7)
        assert made.panel.mark._angle() == before
    finally:
        made.close()


def test_contrast_is_seven_to_one_where_it_is_asked_for():
    """In high contrast every text of every theme reads at WCAG's enhanced ratio."""
    from app.window.theme import DARK_CONTRAST, LIGHT_CONTRAST

    for theme in (DARK_CONTRAST, LIGHT_CONTRAST):
        for text in (theme.text, theme.quiet_text, theme.user, theme.accent, theme.warning):
            assert contrast(text, theme.panel_bottom) >= 7, text


def test_contrast_is_readable_in_every_theme():
    """Every text of the ordinary themes reads at WCAG's ratio for text, 4.5 to 1."""
    from app.window.theme import DARK, LIGHT

    for theme in (DARK, LIGHT):
        for text in (theme.text, theme.quiet_text, theme.user, theme.accent, theme.warning):
            assert contrast(text, theme.panel_bottom[-6:]) >= 4.5, text


def contrast(first: str, second: str) -> float:
    """WCAG 2's contrast ratio of two opaque colours."""

    def luminance(value: str) -> float:
        parts = [int(value[-6:][place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_hotkey_to_effect_goes_through_no_timer(stage: Stage):
    """A key that arrives is obeyed in the same turn of the event loop."""
    stage.signals.pressed.connect(stage.window.press)
    stage.signals.press("mute", True)
    stage.application.processEvents()
    assert stage.sound.asked[-1] == ("mute", True)


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a named pipe")
def test_who_rings_wrongly_does_not_break_the_bell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no message costs whoever sends it; the next one is heard, and a second start of
    Aside finds the first."""
    monkeypatch.setattr(do, "folder", lambda: tmp_path)
    heard: list[str] = []
    bell = do.Doorbell(lambda name, _phase: heard.append(name) or "")
    try:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(tmp_path / "desktop.sock"))
            caller.sendall(b"\x00\x10\x00\x00 this is no message")
        assert do.ring("mute") == ""
    finally:
        bell.close()
    assert heard == ["mute"]
    with pytest.raises(do.NotRunning):
        do.ring("mute")


class Starts:
    """Desktops without windows. Each that goes on has a doorbell after a moment, until `end`."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(do, "folder", lambda: folder)
        patch.setattr(desktop, "has_display", lambda: True)
        patch.setattr(desktop, "_run", self._run)
        self.end, self.went_on, self.says = threading.Event(), 0, ""
        self.pool = ThreadPoolExecutor(8)

    def start(self) -> Future[int]:
        return self.pool.submit(desktop.main, [])

    def _run(self, *_) -> int:
        self.went_on += 1
        self.end.wait(0.3)
        with closing(do.Doorbell(lambda _name, _phase: self.says)):
            self.end.wait()
        return 0


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Starts]:
    made = Starts(tmp_path, monkeypatch)
    yield made
    made.end.set()
    made.pool.shutdown()


def test_of_many_starts_at_once_one_goes_on(starts: Starts, capsys: pytest.CaptureFixture) -> None:
    """The others find it, though it has no doorbell yet, and leave that to it; when it has ended,
    the next goes on."""
    begun = [starts.start() for _ in range(6)]
    eventually(lambda: sum(one.done() for one in begun) == 5)
    assert [one.result() for one in begun if one.done()] == [0] * 5
    assert capsys.readouterr().out.count("runs already") == 5
    assert (starts.went_on, do.ring("mute")) == (1, "")
    starts.end.set()
    assert [one.result(5) for one in begun] == [0] * 6
    starts.end.clear()
    starts.start()
    eventually(lambda: starts.went_on == 2)


def test_a_window_that_hangs_is_no_second_start_done(
    starts: Starts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """Why it does not come to the front is passed on, with the status 1; likewise where it says
    nothing at all."""
    starts.says = "The window does not answer."
    starts.start()
    eventually(lambda: starts.went_on == 1)
    assert starts.start().result(10) == 1
    assert capsys.readouterr().err == "The window does not answer.\n"
    monkeypatch.setattr(do, "RING_S", 0.1)
    monkeypatch.setattr(do, "ring", lambda _name: starts.end.wait())
    assert starts.start().result(10) == 1
    assert capsys.readouterr().err == f"{do.NO_ANSWER}\n"


def test_one_without_a_doorbell_is_not_waited_for_long(
    starts: Starts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(do, "WAIT_S", 0.2)
    with closing(do.Lock()) as lock:
        assert lock.take()
        assert starts.start().result(10) == 1
    assert (starts.went_on, capsys.readouterr().err) == (0, f"{do.NO_ANSWER}\n")


@pytest.mark.parametrize("lacks", ["folder", "locks"])
def test_where_no_lock_is_to_be_had_it_starts_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacks: str
) -> None:
    """A folder that cannot be made, or a file system without locks: nobody is kept out."""

    def refused(_file: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    (tmp_path / "file").touch()
    monkeypatch.setattr(do, "folder", lambda: tmp_path / ("file" if lacks == "folder" else ""))
    monkeypatch.setattr(do, "_lock", refused)
    with closing(do.Lock()) as lock:
        assert do.take_or_ring(lock) is None
