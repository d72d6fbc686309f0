"""What is captured reaches the engine: as pictures of the right kind, and only while it is on."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.capture.desk import CaptureDesk
from app.capture.main import TapeScreens, cameras
from app.capture.models import (
    Area,
    CaptureError,
    OneMonitor,
    Rect,
    Shot,
    Sight,
    WholeScreen,
)
from app.capture.pace import LOOKS, Look, looks_of
from app.capture.start import Obedience, add_options, switch_on
from app.conversation import Conversation
from app.headless import FakeSound, Recorder
from app.settings.schema import PICTURES, PRIVATE_WINDOWS
from app.settings.setting import Unfit
from app.settings.store import Settings
from engine.client import wire
from engine.client.events import ActEvent, Capabilities, Started
from engine.client.link import EngineLink
from tests.desktop import eventually
from tests.seeing import Watcher, record
from tests.xwindows import BLUE, GREEN

pytestmark = pytest.mark.timeout(60)
SCRIPTED = [sys.executable, "-m", "tests.scripted"]


class Running:
    """A conversation with the scripted engine, whose camera and screen are recordings."""

    def __init__(self, home: Path) -> None:
        self.sound, self.recorder = FakeSound(), Recorder()
        camera = record(home / "camera.avi", [GREEN] * 20)
        self.capture = CaptureDesk(
            lambda: cameras(camera), TapeScreens(record(home / "screen.avi", [BLUE] * 20))
        )
        self.conversation = Conversation(
            self.sound,
            lambda take: EngineLink.local(take, command=SCRIPTED),
            self.recorder.tell,
            capture=self.capture,
        )

    def seen(self, source: str) -> list[ActEvent]:
        """What the engine answered to pictures of this source, after a micro-turn more."""
        self.sound.hear(np.zeros(3200, np.float32))
        acts = [one for one in self.recorder.happenings if isinstance(one, ActEvent)]
        return [one for one in acts if one.arguments.get("source") == source]

    @property
    def sight(self) -> Sight:
        sights = [one for one in self.recorder.happenings if isinstance(one, Sight)]
        return sights[-1] if sights else Sight()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path)
    made.conversation.start()
    eventually(
        lambda: any(isinstance(one, Started) for one in made.recorder.happenings), within_s=30
    )
    yield made
    made.conversation.stop()


def test_camera_and_screen_reach_the_engine(running: Running) -> None:
    """Both recordings arrive in the model's sizes and in their colours."""
    running.conversation.watch(True)
    running.conversation.share(WholeScreen())
    camera = eventually(lambda: running.seen("camera"), within_s=20)[0].arguments
    screen = eventually(lambda: running.seen("screen"), within_s=20)[0].arguments
    assert camera["size"] == [120, 160]
    assert screen["size"] == [360, 640]
    assert camera["mean"] == pytest.approx(GREEN, abs=10)
    assert screen["mean"] == pytest.approx(BLUE, abs=10)


def test_the_engine_says_how_it_looks(running: Running) -> None:
    """The server tells the size and pace of its model's pictures; they are nano's."""
    said = [one for one in running.recorder.happenings if isinstance(one, Capabilities)]
    assert looks_of(said[0]) == LOOKS
    assert {look.source for look in said[0].looks} == {"camera", "screen"}


def test_another_models_looks_are_followed_at_once(tmp_path: Path) -> None:
    """A model that wants larger and rarer pictures gets such, from the next one on."""
    watcher = Watcher()
    desk = CaptureDesk(lambda: cameras(record(tmp_path / "camera.avi", [GREEN] * 20)))
    desk.start(watcher.see, watcher.tell)
    try:
        desk.watch(True)
        eventually(watcher.seen)
        desk.look_as({**LOOKS, "camera": Look(320, 240, 2.0)})
        eventually(lambda: watcher.seen()[-1].pixels.shape == (240, 320, 3))
    finally:
        desk.stop()


def test_a_server_that_says_nonsense_gets_pictures_within_reason() -> None:
    """Sizes and rates beyond reason are brought back; what is no number is an error of protocol."""

    def event(**camera: object) -> str:
        return json.dumps({"type": "aside.capabilities", "video": {"looks": {"camera": camera}}})

    look = wire.parse(event(width=10**9, height=-4, hz=1e9)).looks[0]
    assert (look.width, look.height, look.hz) == (3840, 16, 30.0)
    with pytest.raises(wire.ProtocolError):
        wire.parse(event(width="wide", height=1, hz=1))
    assert wire.parse('{"type": "aside.capabilities"}') == Capabilities()


def test_switched_off_nothing_arrives_any_more(running: Running) -> None:
    """After the lamp is out, the engine sees nothing of that source."""
    running.conversation.share(WholeScreen())
    eventually(lambda: running.seen("screen"), within_s=20)
    running.conversation.share(None)
    eventually(lambda: running.sight.screen.state == "off")
    for _ in range(3):
        running.seen("screen")
        time.sleep(0.2)
    count = len(running.seen("screen"))
    for _ in range(5):
        time.sleep(0.2)
        assert len(running.seen("screen")) == count


class Refusing:
    """A screen that is there, but of which nothing may be seen."""

    def look(self) -> Shot | None:
        raise CaptureError("private windows cannot be told")

    def close(self) -> None: ...


class Still:
    """A screen on which nothing happens."""

    def look(self) -> Shot | None:
        return Shot(np.full((90, 160, 3), 50, np.uint8), Rect(0, 0, 160, 90))

    def close(self) -> None: ...


def desk_with(eye, see, tell) -> CaptureDesk:
    class Screens:
        def open(self, _area, _private):
            return eye

        def forget(self) -> None:
            pass

    desk = CaptureDesk(screens=Screens())
    desk.start(see, tell)
    return desk


def test_a_screen_that_must_not_be_seen_says_so_and_sends_nothing() -> None:
    """Wanted, but hidden: the lamp waits, the sentence is told, no picture travels."""
    frames, sights = [], []
    desk = desk_with(Refusing(), frames.append, sights.append)
    desk.share(WholeScreen())
    eventually(lambda: sights and sights[-1].notices)
    assert sights[-1].screen.state == "waiting"
    assert sights[-1].notices == ("private windows cannot be told",)
    desk.stop()
    assert frames == []
    assert sights[-1] == Sight()
    assert desk.aim is None


def test_a_screen_that_stays_the_same_is_sent_once_a_second() -> None:
    """Nothing moves: five looks a second, one picture a second, and it is known what it shows."""
    times: list[float] = []
    desk = desk_with(Still(), lambda _: times.append(time.monotonic()), lambda _: None)
    desk.share(WholeScreen())
    eventually(lambda: len(times) >= 3)
    assert desk.aim == Rect(0, 0, 160, 90)
    desk.stop()
    assert min(np.diff(times)) >= 0.99


def test_settings_are_obeyed_while_it_runs(tmp_path: Path) -> None:
    """Pictures switched off: closed, and the reason said; half: half the pace; again: all of it."""
    settings = Settings(tmp_path / "settings.json")
    parser = argparse.ArgumentParser()
    add_options(parser)
    options = parser.parse_args(
        ["--camera-tape", str(record(tmp_path / "c.avi", [GREEN] * 20)), "--private", "*bank*"]
    )
    obedience, watcher = Obedience(options, settings), Watcher()
    desk = obedience.desk()
    desk.start(watcher.see, watcher.tell)
    try:
        switch_on(desk, options)
        eventually(watcher.seen)
        settings.change(PICTURES, "off")
        eventually(lambda: watcher.sight.camera.state == "waiting")
        assert watcher.sight.notices == ("Pictures are switched off in the settings.",)
        count = len(watcher.seen())
        settings.change(PICTURES, "half")
        eventually(lambda: len(watcher.seen()) >= count + 2)
        settings.change(PRIVATE_WINDOWS, ("*diary*",))
        assert obedience.private.patterns == ("*diary*", "*bank*")
    finally:
        desk.stop()


@pytest.mark.parametrize(("words", "area"), [
    ([], None), (["--share"], WholeScreen()), (["--monitor", "HDMI-1"], OneMonitor("HDMI-1")),
])  # fmt: skip
def test_what_is_shared_from_the_beginning(words: list[str], area: Area | None) -> None:
    """Nothing, the whole screen, or one monitor, as the command line says."""
    parser, asked = argparse.ArgumentParser(), []
    add_options(parser)

    class Switches:
        def watch(self, on: bool) -> None:
            asked.append(on)

        def share(self, given: Area | None) -> None:
            asked.append(given)

    switch_on(Switches(), parser.parse_args(words))
    assert asked == ([area] if area else [])


def test_patterns_are_read_as_they_are_written() -> None:
    """A line of patterns becomes the list, blanks and empty ones aside."""
    assert PRIVATE_WINDOWS.read(" *bank* ;; Diary *;") == ("*bank*", "Diary *")
    assert PRIVATE_WINDOWS.read("none") == ()
    with pytest.raises(Unfit):
        PRIVATE_WINDOWS.check([1, 2])
