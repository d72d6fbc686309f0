"""Where no window may lie above the others, a small ordinary one shows lamps and words."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.settings.store import Settings
from app.window.caption_room import CaptionRoom
from app.window.captions import Captions
from app.window.mini_window import can_overlay
from app.window.status import Status
from tests.desktop import ROOT, display, eventually, qt, qt_application  # noqa: F401

pytestmark = pytest.mark.timeout(90)


@pytest.mark.parametrize(("platform", "overlays"), [
    ("xcb", True), ("windows", True), ("cocoa", True), ("wayland", False), ("wayland-egl", False),
])  # fmt: skip
def test_the_platform_decides(platform: str, overlays: bool) -> None:
    """Qt can put no window above others on Wayland; everywhere else it can."""
    assert can_overlay(platform) is overlays


def test_it_does_what_the_bar_and_the_pill_do(qt, tmp_path: Path) -> None:
    """Status, lamps and words are in it; a click asks for the window; the bar stays away."""
    room = CaptionRoom(Settings(tmp_path / "s.json", {"captions.bar": True}), overlays=False)
    assert room.mini is not None
    try:
        room.show()
        room.show_status(Status(engine="ready"), "Type below.")
        room.show_captions(Captions().plus("user", " hello", time.monotonic()))
        assert room.mini.isVisible()
        assert not room.bar.isVisible()
        assert "You: hello" in room.mini.view.accessibleDescription()
        assert room.mini._words.text() == "Listening"
        assert "Microphone" in room.mini.accessibleDescription()
        assert room.mini.windowFlags() & Qt.WindowType.WindowType_Mask == Qt.WindowType.Window
        clicks: list[bool] = []
        room.mini.clicked.connect(lambda: clicks.append(True))
        QTest.mouseClick(room.mini, Qt.MouseButton.LeftButton)
        assert clicks
        before = room.mini.view.pixels
        room.letter(44)
        assert room.mini.view.pixels > before
        room.mini.close()
        room.show_if_wanted()
        assert room.mini.isVisible()
    finally:
        room.close()


SHOWING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.settings.store import Settings
from app.window.caption_room import CaptionRoom
application = QApplication([])
room = CaptionRoom(Settings(Path(sys.argv[1]), {"captions.bar": True}))
room.show()
def look():
    if room.mini is not None and room.mini.windowHandle().isExposed():
        print(application.platformName(), room.bar.isVisible(), flush=True)
        application.quit()
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
application.exec()
"""


def test_on_a_real_wayland_compositor(tmp_path: Path) -> None:
    """The compositor shows the small window, and there is no bar."""
    if shutil.which("weston") is None:
        pytest.skip("no Wayland compositor here: sudo apt install weston")
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ, "XDG_RUNTIME_DIR": str(runtime), "WAYLAND_DISPLAY": "aside",
        "QT_QPA_PLATFORM": "wayland", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    compositor = subprocess.Popen(
        ["weston", "--backend=headless-backend.so", "--socket=aside", "--idle-time=0"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        eventually(lambda: (runtime / "aside").exists(), within_s=20)
        shown = subprocess.run(
            [sys.executable, "-c", SHOWING, str(tmp_path / "settings.json")], env=environment,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert shown.stdout.split() == ["wayland", "False"], shown.stderr
    finally:
        compositor.terminate()
        compositor.wait(10)
