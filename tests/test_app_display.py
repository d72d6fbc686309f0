"""A display counts when it answers: what the environment names may be long gone."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from app.display import has_display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


@pytest.mark.parametrize(
    "environment",
    [
        {}, {"DISPLAY": ""}, {"DISPLAY": ":987"}, {"DISPLAY": "nonsense"}, {"DISPLAY": ":x"},
        {"DISPLAY": "127.0.0.1:50000"}, {"WAYLAND_DISPLAY": "wayland-0"},
        {"WAYLAND_DISPLAY": "gone", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)  # fmt: skip
def test_where_nothing_answers_there_is_no_display(environment: dict[str, str]) -> None:
    assert not has_display(environment)


def test_qt_may_draw_without_a_display() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})


def test_a_wayland_socket_that_answers_is_a_display(tmp_path: Path) -> None:
    """And one that was left behind by a compositor that is gone is none."""
    path = tmp_path / "wayland-7"
    environment = {"WAYLAND_DISPLAY": path.name, "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(path))
        compositor.listen()
        assert has_display(environment)
    assert path.exists()
    assert not has_display(environment)


def test_an_x_server_on_another_machine_is_asked_by_its_port() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 6971))
        server.listen()
        assert has_display({"DISPLAY": "127.0.0.1:971.0"})
