"""Cameras: by name, plugged and unplugged, in use elsewhere, and lamps that tell the truth."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.capture.cameras import choose
from app.capture.desk import CaptureDesk
from app.capture.handlers.session_tape import SessionTapeEye
from app.capture.handlers.tape import TapeEye, tape
from app.capture.lookout import Lookout
from app.capture.models import Camera, CaptureError, Eye
from app.capture.pace import LOOKS, Look
from engine.microturn import Frame, InputTurn
from engine.replay.tape import TapeHeader, TapeWriter
from tests.desktop import eventually
from tests.seeing import Sockets, Watcher, record
from tests.xwindows import BLUE, GREEN, RED

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def green(tmp_path: Path) -> Path:
    return record(tmp_path / "green.avi", [GREEN] * 30)


@pytest.fixture
def blue(tmp_path: Path) -> Path:
    return record(tmp_path / "blue.avi", [BLUE] * 30)


@pytest.fixture
def sockets(tmp_path: Path) -> Sockets:
    return Sockets(tmp_path)


class Desk(CaptureDesk):
    """A capture desk over these sockets, with somebody who looks at all it tells."""

    def __init__(self, sockets: Sockets, camera: str | None = None) -> None:
        super().__init__(sockets.handler, camera=camera)
        self.watcher = Watcher()
        self.start(self.watcher.see, self.watcher.tell)


@pytest.fixture
def desk(sockets: Sockets) -> Iterator[Desk]:
    made = Desk(sockets)
    yield made
    made.stop()


def test_cameras_have_names(sockets: Sockets) -> None:
    """Each camera once, by its own name; two of a kind can be told apart; metadata is no camera."""
    sockets.plug("video10", "Desk Cam")
    sockets.plug("video0", "Laptop Camera")
    sockets.plug("video1", "Laptop Camera", index=1)
    sockets.plug("video2", "Desk Cam")
    handler = sockets.handler()
    names = [camera.name for camera in handler.cameras()]
    assert names == ["Laptop Camera", "Desk Cam", "Desk Cam (2)"]
    assert handler.cameras()[1].key == str(sockets.devices / "video2")


def test_a_camera_is_chosen_by_name_and_else_the_first() -> None:
    """Any spelling of the name finds it; without any camera a sentence says what to do."""
    there = [Camera("Laptop", "/dev/video0"), Camera("Desk Cam", "/dev/video2")]
    assert choose(there, "desk cam").name == "Desk Cam"
    assert choose(there, "Lamp").name == "Laptop"
    with pytest.raises(CaptureError, match="plug one in"):
        choose([], None)


def test_pictures_come_in_the_models_size_and_not_oftener_than_it_looks(
    desk: Desk, sockets: Sockets, green: Path
) -> None:
    """Twelve patches' worth, RGB, at most five a second."""
    sockets.plug("video0", "Laptop", shows=green)
    began_s = time.monotonic()
    desk.watch(True)
    frames = eventually(lambda: desk.watcher.seen() if len(desk.watcher.seen()) >= 4 else None)
    spent_s = time.monotonic() - began_s
    assert all(frame.source == "camera" for frame in frames)
    assert all(frame.pixels.shape == (120, 160, 3) for frame in frames)
    assert np.abs(frames[-1].pixels.astype(int) - GREEN).max() < 12
    assert len(frames) <= spent_s * LOOKS["camera"].hz + 1


def test_nothing_is_opened_until_somebody_asks(desk: Desk, sockets: Sockets, green: Path) -> None:
    """A desk that was started has no camera open."""
    sockets.plug("video0", "Laptop", shows=green)
    time.sleep(0.3)
    assert sockets.opened == []
    assert desk.watcher.sights == []


def test_the_lamp_goes_out_when_the_camera_is_closed_and_not_before(
    desk: Desk, sockets: Sockets, green: Path
) -> None:
    """Switched off, "off" is told only after the device was let go, and no picture follows."""
    sockets.plug("video0", "Laptop", shows=green)
    released_when_told: list[bool] = []
    tell = desk.watcher.tell

    def noting(sight) -> None:
        if sight.camera.state == "off":
            released_when_told.append(sockets.released == sockets.opened)
        tell(sight)

    desk.start(desk.watcher.see, noting)
    desk.watch(True)
    eventually(lambda: desk.watcher.sight.camera.state == "seeing" and desk.watcher.seen())
    assert desk.watcher.sight.camera.what == "Laptop"
    desk.watch(False)
    count = len(desk.watcher.seen())
    eventually(lambda: desk.watcher.sight.camera.state == "off")
    time.sleep(0.5)
    assert released_when_told == [True]
    assert len(desk.watcher.seen()) == count


def test_unplugged_it_is_said_and_plugged_in_again_it_goes_on(
    desk: Desk, sockets: Sockets, green: Path
) -> None:
    """A camera that vanishes while it is used comes back by itself."""
    sockets.plug("video0", "Laptop", shows=green)
    desk.watch(True)
    eventually(desk.watcher.seen)
    sockets.unplug("video0")
    eventually(lambda: desk.watcher.sight.camera.state == "waiting")
    assert desk.watcher.sight.notices
    sockets.plug_again("video0", "Laptop", green)
    eventually(lambda: desk.watcher.sight.camera.state == "seeing")
    assert desk.watcher.sight.notices == ()


def test_the_wanted_camera_is_taken_again_when_it_returns(
    sockets: Sockets, green: Path, blue: Path
) -> None:
    """Another stands in for it meanwhile, and that is said."""
    sockets.plug("video0", "Laptop", shows=green)
    desk = Desk(sockets, camera="Desk Cam")
    try:
        desk.watch(True)
        eventually(lambda: desk.watcher.sight.camera.what == "Laptop")
        assert "Desk Cam is not there: using Laptop" in desk.watcher.sight.notices[0]
        sockets.plug("video2", "Desk Cam", shows=blue)
        eventually(lambda: desk.watcher.sight.camera.what == "Desk Cam")
        eventually(lambda: np.abs(desk.watcher.seen()[-1].pixels.astype(int) - BLUE).max() < 12)
    finally:
        desk.stop()


def test_a_camera_in_use_elsewhere_says_by_whom(desk: Desk, sockets: Sockets, green: Path) -> None:
    """The sentence names the program; when that lets go, the camera is taken by itself."""
    sockets.plug("video0", "Laptop")
    device = sockets.devices / "video0"
    other = subprocess.Popen(["sleep", "60"], stdin=device.open("rb"))
    try:
        desk.watch(True)
        eventually(lambda: desk.watcher.sight.notices)
        assert desk.watcher.sight.notices == (
            "Laptop is in use by sleep: close it there, and it is taken by itself.",
        )
        assert desk.watcher.sight.camera.state == "waiting"
    finally:
        other.terminate()
        other.wait(10)
    device.write_bytes(green.read_bytes())
    eventually(lambda: desk.watcher.sight.camera.state == "seeing")


def test_paused_the_camera_is_closed_and_comes_back_after(
    desk: Desk, sockets: Sockets, green: Path
) -> None:
    """Pausing closes it; going on opens it; what was switched off meanwhile stays off."""
    sockets.plug("video0", "Laptop", shows=green)
    desk.watch(True)
    eventually(lambda: desk.watcher.sight.camera.state == "seeing")
    desk.pause(True)
    eventually(lambda: sockets.released == sockets.opened)
    desk.pause(False)
    eventually(lambda: desk.watcher.sight.camera.state == "seeing")
    desk.pause(True)
    desk.watch(False)
    desk.pause(False)
    eventually(lambda: desk.watcher.sight.camera.state == "off")
    assert sockets.released == sockets.opened


def test_what_is_switched_off_meanwhile_stays_off(
    desk: Desk, sockets: Sockets, green: Path
) -> None:
    """A model that comes up changes the pictures' size, on a thread of its own, just as the user
    closes the camera."""
    sockets.plug("video0", "A camera", shows=green)

    class Meanwhile:
        """A lock before which the user is always sooner."""

        def __init__(self) -> None:
            self.lock, self.first = desk._changing, True

        def __enter__(self) -> None:
            if self.first:
                self.first = False
                desk.watch(False)
            self.lock.acquire()

        def __exit__(self, *_: object) -> None:
            self.lock.release()

    desk.watch(True)
    eventually(lambda: desk.watcher.sight.camera.state == "seeing")
    desk._changing = Meanwhile()  # type: ignore[assignment]
    desk.look_as({"camera": Look(80, 60, 5.0), "screen": Look(640, 360, 5.0)})
    eventually(lambda: desk.watcher.sight.camera.state == "off")
    assert desk._wanted["camera"] is None


def test_a_source_that_breaks_as_it_is_opened_is_tried_again_and_can_be_closed() -> None:
    """Drivers raise what they like: the light says so meanwhile, and goes out in the end."""
    told: list[str] = []

    def broken() -> tuple[Eye, str, str]:
        raise RuntimeError("no such driver")

    def changed() -> None:
        told.append(lookout.sight.state)

    lookout = Lookout("camera", broken, Look(80, 60, 5.0), lambda *_: None, changed)
    lookout.start()
    eventually(lambda: "RuntimeError" in lookout.sight.notice)
    lookout.stop()
    assert lookout.sight.state == "off"
    assert told == ["waiting", "off"]


def test_a_tape_plays_at_the_pace_of_life_and_again(tmp_path: Path) -> None:
    """A recording shows what is due, nothing between two pictures, and begins anew at its end."""
    now_s = [0.0]
    playing = TapeEye(record(tmp_path / "t.avi", [RED, GREEN, BLUE], hz=10.0), lambda: now_s[0])

    def color_at(seconds: float) -> tuple[int, ...] | None:
        now_s[0] = seconds
        shot = playing.look()
        return None if shot is None else tuple(int(value) for value in shot.pixels[120, 160])

    def near(found, color) -> bool:
        return found is not None and max(abs(a - b) for a, b in zip(found, color, strict=True)) < 9

    assert near(color_at(0.0), RED)
    assert color_at(0.05) is None
    assert near(color_at(0.25), BLUE)
    assert near(color_at(0.30), RED)
    assert near(color_at(0.41), GREEN)
    playing.close()


def test_the_tape_of_a_session_shows_its_pictures_again(tmp_path: Path) -> None:
    """What the model saw on a micro-turn is shown when that was, camera and screen each."""
    (tmp_path / "tape").mkdir()
    writer = TapeWriter(tmp_path / "tape", TapeHeader(0, "none", ""))
    for turn, color in enumerate((RED, RED, GREEN)):
        pixels = np.full((12, 16, 3), color, np.uint8)
        screen = Frame("screen", np.full((12, 16, 3), BLUE, np.uint8)) if turn == 1 else None
        silence = np.zeros(3200, np.float32)
        writer.write(InputTurn(turn, silence, Frame("camera", pixels), screen), ())
    writer.close()
    now_s = [0.0]
    camera = SessionTapeEye(tmp_path / "tape", "camera", lambda: now_s[0])

    def seen_at(seconds: float) -> tuple[int, ...] | None:
        now_s[0] = seconds
        shot = camera.look()
        return None if shot is None else tuple(int(value) for value in shot.pixels[5, 5])

    assert [seen_at(at) for at in (0.1, 0.25, 0.3, 0.65)] == [None, RED, None, GREEN]
    assert [seen_at(at) for at in (2.0, 2.25)] == [None, RED]
    screen_eye = tape(tmp_path / "tape", "screen")
    shot = eventually(screen_eye.look)
    assert tuple(shot.pixels[5, 5]) == BLUE
    with pytest.raises(CaptureError, match="no tape"):
        tape(tmp_path, "camera")


def test_a_recording_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    """A missing file and a file without pictures are told by name."""
    with pytest.raises(CaptureError, match=r"gone\.avi: no such recording"):
        TapeEye(tmp_path / "gone.avi")
    (tmp_path / "text.avi").write_text("no video at all")
    with pytest.raises(CaptureError, match="no pictures"):
        TapeEye(tmp_path / "text.avi")
