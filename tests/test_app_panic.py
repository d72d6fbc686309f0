"""One key stops everything: the real desktop, real devices, and lamps read off the screen."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

from pathlib import Path

import cv2
import mss
import numpy as np
import pytest

from app.window.theme import DARK, LIGHT
from tests.desktop import SoundServer, display, eventually, sound_server  # noqa: F401
from tests.seeing import record
from tests.test_app_desktop import aside, desktop, environment  # noqa: F401

pytestmark = [pytest.mark.timeout(180), pytest.mark.alone]


def lamps() -> int:
    """How many are lit on the X server's screen, in the pill at its upper edge."""
    with mss.MSS() as screen:
        shot = screen.grab((400, 0, 1200, 60))
    pixels = np.frombuffer(shot.raw, np.uint8).reshape(60, 800, 4)[:, :, 2::-1].astype(int)
    lit = np.zeros(pixels.shape[:2], np.uint8)
    for theme in (DARK, LIGHT):
        color = [int(theme.capture[at : at + 2], 16) for at in (1, 3, 5)]
        lit |= (np.abs(pixels - color).max(axis=2) < 24).astype(np.uint8)
    _, _, sizes, _ = cv2.connectedComponentsWithStats(lit)
    return sum(size[cv2.CC_STAT_AREA] >= 12 for size in sizes[1:])


def test_panic_stops_every_source_and_the_lamps_say_so(
    sound_server: SoundServer, environment: dict[str, str], tmp_path: Path
) -> None:
    """Microphone, system sound, camera and screen are open and four lamps lit; after `panic`
    nobody records and no lamp is lit, and who goes on gets none but the microphone back."""
    camera = record(tmp_path / "camera.avi", [(0, 90, 200)] * 20)
    assert aside(environment, "settings", "set", "guide.seen", "on").returncode == 0
    idle = sound_server.recorders("desk.monitor")
    process = desktop(environment, "--camera-tape", str(camera), "--share", "--hear-system")
    try:
        eventually(lambda: lamps() == 4, within_s=80)
        assert sound_server.recorders("headset") == 1
        assert sound_server.recorders("desk.monitor") == idle + 1
        assert aside(environment, "do", "panic").returncode == 0
        eventually(lambda: sound_server.recorders("headset") == 0)
        eventually(lambda: sound_server.recorders("desk.monitor") == idle)
        eventually(lambda: lamps() == 0)
        assert aside(environment, "do", "pause").returncode == 0
        assert aside(environment, "do", "mute").returncode == 0
        eventually(lambda: sound_server.recorders("headset") == 1)
        eventually(lambda: lamps() == 1)
        assert sound_server.recorders("desk.monitor") == idle
        assert aside(environment, "do", "quit").returncode == 0
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()
