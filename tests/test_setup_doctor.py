"""`aside doctor` on machines that lack things."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import json
import sys
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app import doctor
from app.capture import main as capture
from app.capture.handlers import portal
from app.capture.models import Camera
from app.history import keeping
from app.hotkeys import main as hotkeys
from tests.desktop import display  # noqa: F401


def sound_with(devices: list[dict[str, Any]]) -> SimpleNamespace:
    """A sounddevice that knows `devices`; the first of a kind is the chosen one."""

    def query_devices(kind: str | None = None) -> Any:
        if kind is None:
            return devices
        return next(one for one in devices if one[f"max_{kind}_channels"])

    return SimpleNamespace(query_devices=query_devices)


HEADSET = {"name": "Headset", "max_input_channels": 1, "max_output_channels": 2}
MONITOR = {"name": "Monitor", "max_input_channels": 0, "max_output_channels": 2}


def test_no_devices_is_said_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without sound is told what to do instead, and nothing counts as broken."""
    monkeypatch.setitem(sys.modules, "sounddevice", sound_with([]))
    for finding in (doctor.microphone(), doctor.speaker()):
        assert finding.state == "missing"
        assert finding.advice


def test_devices_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The device in use is named, and only devices of its kind are counted."""
    monkeypatch.setitem(sys.modules, "sounddevice", sound_with([MONITOR, HEADSET]))
    assert doctor.microphone().found == "Headset, of 1 to choose from"
    assert doctor.speaker().found == "Monitor, of 2 to choose from"


def test_a_missing_library_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PortAudio itself is absent the finding says so and how to mend it."""
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    finding = doctor.microphone()
    assert finding.state == "broken"
    assert "run.py" in finding.advice


def test_no_display_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a display the advice names what works without one."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert doctor.display().state == "missing"
    assert "replay" in doctor.display().advice
    monkeypatch.setenv("DISPLAY", ":9")
    assert doctor.display() == doctor.Finding("display", "ok", "DISPLAY=:9")


def test_a_full_disk_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with no room for a tape makes the doctor fail."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage(10 << 30, 10 << 30, 1 << 20))
    assert doctor.disk().state == "broken"


def test_history_settings_that_cannot_be_read_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept then, and nobody chose that; where it was chosen, all is well."""
    file = tmp_path / "history.json"
    monkeypatch.setattr(keeping, "settings_file", lambda: file)
    monkeypatch.setattr(keeping, "database_file", lambda: tmp_path / "history.db")
    for text, status in (("{", "missing"), ('{"keep": false}', "ok")):
        file.write_text(text)
        assert doctor.history().state == status


def test_status_is_that_of_the_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON object a line; the status is 1 exactly when something is broken."""
    missing = doctor.Finding("speaker", "missing", "none", "Plug one in.")
    broken = doctor.Finding("disk", "broken", "full", "Make room.")
    monkeypatch.setattr(doctor, "CHECKS", (lambda: missing,))
    assert doctor.main(["--json"]) == 0
    monkeypatch.setattr(doctor, "CHECKS", (lambda: missing, lambda: broken))
    assert doctor.main(["--json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["topic"] for line in lines] == ["speaker", "speaker", "disk"]
    assert lines[-1] == {
        "topic": "disk", "state": "broken", "found": "full", "advice": "Make room.",
    }  # fmt: skip


def test_a_checkpoint_that_does_not_load_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason that the runtime gives reaches the person."""

    def load(*_: object) -> None:
        raise ValueError("model.safetensors is cut short at byte 12")

    runtime = SimpleNamespace(load=load, Computing=lambda: None)
    monkeypatch.setitem(sys.modules, "engine.runtime", runtime)
    finding = doctor.checkpoint()
    assert finding.state == "broken"
    assert "cut short at byte 12" in finding.found


class _Cameras:
    def __init__(self, *cameras: Camera) -> None:
        self._cameras = cameras

    def cameras(self) -> tuple[Camera, ...]:
        return self._cameras


def test_a_camera_that_may_not_be_opened_says_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """None, one that is there, and one whose file this user may not open."""
    found = [_Cameras()]
    monkeypatch.setattr(capture, "cameras", lambda: found[0])
    assert doctor.camera().state == "missing"
    device = tmp_path / "video0"
    device.touch()
    found[0] = _Cameras(Camera("Laptop", str(device)))
    assert (doctor.camera().state, doctor.camera().found) == ("ok", "Laptop")
    found[0] = _Cameras(Camera("Laptop", str(tmp_path / "gone")))
    assert doctor.camera().state == "missing"
    assert str(tmp_path / "gone") in doctor.camera().line
    assert "usermod -aG video" in doctor.camera().line


def test_a_screen_is_looked_at_as_it_would_be_shared(
    monkeypatch: pytest.MonkeyPatch, display: str
) -> None:
    """On X11 the monitors are named; on Wayland without a portal it is said what to install."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert doctor.screen().state == "ok"
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setattr(portal.PortalHandler, "is_installed", staticmethod(lambda: True))
    assert doctor.screen().state == "missing"
    assert "xdg-desktop-portal" in doctor.screen().advice


def test_who_gives_global_keys_is_named(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    """The back end for keys, or how to bind keys of the desktop instead."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert doctor.hotkeys().state == "ok"
    monkeypatch.setattr(hotkeys, "HANDLERS", ())
    assert "aside do mute" in doctor.hotkeys().advice


def test_programs_that_tools_need_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each is looked for where the tool itself looks; what is not there is said by package, and
    breaks nothing."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    checks = {"xdotool": doctor.hands, "tesseract": doctor.reading, "bubblewrap": doctor.commands}
    for name, check in checks.items():
        assert check().state == "missing"
        assert name in check().line
    for name in ("xdotool", "tesseract", "bwrap"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho held\n")
        program.chmod(0o755)
    assert [check().state for check in checks.values()] == ["ok", "ok", "ok"]
    (tmp_path / "bwrap").write_text("#!/bin/sh\nexit 1\n")
    assert "does not let it make a box" in doctor.commands().line
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert doctor.hands().state == "missing"
