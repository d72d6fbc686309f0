"""`aside` as a program: it opens, obeys `aside do`, takes its picture, and says what is missing."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import numpy as np
import pytest
from PIL import Image

from app.desktop import _not_there
from app.identity import WINDOW_CLASS
from app.window.actions import NAMES
from tests.desktop import (  # noqa: F401
    ROOT,
    SoundServer,
    display,
    eventually,
    no_sound_server,
    program,
    sound_server,
    xdotool,
)

pytestmark = pytest.mark.timeout(90)

# The desktop as it is, but for the engine it starts: the scripted one, which needs no checkpoint.
WITH_SCRIPTED_ENGINE = """
import sys
from engine.client import link
link.server_command = lambda model: [sys.executable, "-m", "tests.scripted"]
from app.desktop import main
sys.exit(main(sys.argv[1:]))
"""


# A window at rest: nothing runs in Python until a signal comes.
AT_REST = """
from types import SimpleNamespace
from PySide6.QtCore import QCoreApplication, QTimer
from app.desktop import _obey_signals
application = QCoreApplication([])
QTimer.singleShot(0, lambda: print("at rest", flush=True))
with _obey_signals(SimpleNamespace(quit=application.quit)):
    application.exec()
print("has quit", flush=True)
"""


@pytest.fixture
def environment(display: str, tmp_path: Path) -> dict[str, str]:
    """A person of its own: display, settings and runtime folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    kept.pop("WAYLAND_DISPLAY", None)
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        "XDG_RUNTIME_DIR": str(runtime),
        **kept,
        "DISPLAY": display,
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PYTHONPATH": str(ROOT),
    }


def aside(environment: dict[str, str], *words: str, timeout_s: float = 60):
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *words],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=timeout_s, check=False,
    )  # fmt: skip


def desktop(environment: dict[str, str], *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", WITH_SCRIPTED_ENGINE, *words],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def running(sound_server: SoundServer, environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    process = desktop(environment)
    eventually(lambda: aside(environment, "do", "smaller").returncode == 0, within_s=30)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def complaints(stderr: str) -> list[str]:
    """What nobody should see on a terminal, but for the drivers' chatter."""
    foreign = ("ALSA lib", "Expression '", "PaAlsa", "jack server", "Cannot connect to server")
    lines = [line for line in stderr.splitlines() if line.strip()]
    return [line for line in lines if not line.startswith(foreign)]


def test_help_shows_an_example_and_needs_no_display() -> None:
    """`--help` explains the options with an example, anywhere."""
    done = subprocess.run(
        [sys.executable, "-c", "from app.desktop import main; main(['--help'])"],
        cwd=ROOT, capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert done.returncode == 0
    assert "example:" in done.stdout
    assert "--microphone" in done.stdout


def test_without_a_display_it_says_what_to_do() -> None:
    """No display: a sentence, the status 1, and no traceback."""
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/tmp"}
    done = aside(bare)
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert "aside replay" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "option", ["--microphone-tape", "--system-tape", "--camera-tape", "--screen-tape", "--model"]
)
def test_an_option_that_names_nothing_opens_no_window(environment, option: str) -> None:
    """Status 2 and a sentence with the option and the name, not a window with a hint in it."""
    done = aside(environment, option, "nowhere.wav")
    assert done.returncode == 2
    (said,) = [line for line in done.stderr.splitlines() if "nowhere.wav" in line]
    assert f"error: {option}: " in said


def test_a_session_is_a_tape_too(tmp_path: Path) -> None:
    """What `aside replay --out` wrote is a folder."""
    names = ("microphone_tape", "system_tape", "camera_tape", "screen_tape")
    options = argparse.Namespace(**dict.fromkeys(names, tmp_path), model=None)
    assert _not_there(options) == ""
    options.screen_tape = tmp_path / "nowhere"
    assert _not_there(options).startswith("--screen-tape: there is no file or tape ")


def test_it_takes_its_picture(sound_server: SoundServer, environment, tmp_path: Path) -> None:
    """`--screenshot` saves the window as it is, ends with 0, and Qt had nothing to complain of."""
    picture = tmp_path / "window.png"
    process = desktop(environment, "--screenshot", str(picture), "--after-ms", "2500")
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    pixels = np.asarray(Image.open(picture).convert("RGBA"))
    assert pixels.shape[1] > 800
    assert len(np.unique(pixels.reshape(-1, 4), axis=0)) > 50
    assert complaints(stderr) == []


@pytest.mark.usefixtures("no_sound_server")
def test_without_sound_the_window_opens(environment, tmp_path: Path) -> None:
    """No sound server at all: the window is there all the same."""
    picture = tmp_path / "window.png"
    process = desktop(environment, "--screenshot", str(picture))
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    assert picture.exists()


def test_a_picture_that_cannot_be_written_is_a_failure(environment, tmp_path: Path) -> None:
    """The status is not 0 where the job was not done."""
    nowhere = tmp_path / "missing" / "window.png"
    process = desktop(environment, "--screenshot", str(nowhere), "--after-ms", "200")
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "could not be written" in stderr


def test_actions_reach_the_running_window(
    running: subprocess.Popen, environment, sound_server: SoundServer
) -> None:
    """`aside do mute` closes the microphone of the running desktop, and opens it again; what it
    did can be looked at."""
    eventually(lambda: sound_server.recorders("headset") == 1)
    assert aside(environment, "do", "mute").returncode == 0
    eventually(lambda: sound_server.recorders("headset") == 0)
    assert aside(environment, "do", "mute").returncode == 0
    eventually(lambda: sound_server.recorders("headset") == 1)
    assert aside(environment, "do", "acts").returncode == 0


@pytest.mark.usefixtures("running")
def test_its_windows_belong_to_its_menu_entry(environment: dict[str, str]) -> None:
    """They bear the class that the entry names, so that desktops show its icon and one program."""
    search = [program("xdotool", "xdotool"), "search", "--onlyvisible", "--class"]

    def found(named: str) -> list[str]:
        done = subprocess.run([*search, named], env=environment, capture_output=True, text=True)
        return done.stdout.split()

    assert eventually(lambda: found(f"^{WINDOW_CLASS}$"))
    assert found(".") == found(f"^{WINDOW_CLASS}$")


def test_a_second_start_goes_to_the_first(running: subprocess.Popen, environment) -> None:
    """There is one desktop: started again, the first comes to the front and the second ends."""
    again = aside(environment)
    assert again.returncode == 0
    assert "runs already" in again.stdout
    assert running.poll() is None


@pytest.mark.usefixtures("sound_server")
def test_of_two_starts_at_once_one_goes_on(environment) -> None:
    """The other brings its window to the front and ends, and it can be reached as before."""
    both = [desktop(environment), desktop(environment)]
    try:
        eventually(lambda: any(one.poll() is not None for one in both), within_s=60)
        (goes_on,) = [one for one in both if one.poll() is None]
        (other,) = [one for one in both if one is not goes_on]
        said, _ = other.communicate()
        assert (other.returncode, "runs already" in said) == (0, True)
        assert aside(environment, "do", "quit").returncode == 0
        assert goes_on.wait(30) == 0
    finally:
        for one in both:
            one.kill()
            one.communicate()


def test_quit_ends_it_with_status_0(running: subprocess.Popen, environment) -> None:
    """`aside do quit` ends the desktop, its engine, and its door, and complains of nothing."""
    assert aside(environment, "do", "quit").returncode == 0
    _, said = running.communicate(timeout=20)
    assert running.returncode == 0
    assert complaints(said) == []
    assert aside(environment, "do", "mute").returncode == 1


def test_ctrl_c_is_quitting(running: subprocess.Popen) -> None:
    """An interrupt ends it in order."""
    running.send_signal(signal.SIGINT)
    assert running.wait(20) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there a signal is sent to nobody else")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_wakes_what_rests(number: signal.Signals) -> None:
    """Where no timer ticks and nothing happens, it quits within a second all the same."""
    process = subprocess.Popen(
        [sys.executable, "-c", AT_REST], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "at rest\n"
        time.sleep(0.5)
        process.send_signal(number)
        since_s = time.monotonic()
        ended = Timer(10, process.kill)
        ended.start()
        assert process.stdout.readline() == "has quit\n"
        assert time.monotonic() - since_s < 1
        ended.cancel()
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.communicate()


def test_do_without_a_desktop_says_so(environment) -> None:
    """Nobody listens: a sentence and the status 1; no such action: 2 and the list."""
    alone = aside(environment, "do", "mute")
    assert (alone.returncode, "not running" in alone.stderr) == (1, True)
    unknown = aside(environment, "do", "fly")
    assert unknown.returncode == 2
    helped = aside(environment, "do", "--help")
    assert all(name in helped.stdout for name in NAMES)


def test_nobody_else_can_ring(running: subprocess.Popen, environment) -> None:
    """Without the key from the user's own folder, the door stays shut and the desktop goes on."""
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    folder = Path(environment["XDG_RUNTIME_DIR"]) / "aside"
    assert (folder / "desktop.key").stat().st_mode & 0o077 == 0
    with pytest.raises((AuthenticationError, EOFError, ConnectionError)):
        Client(str(folder / "desktop.sock"), authkey=b"wrong")
    time.sleep(0.3)
    assert aside(environment, "do", "smaller").returncode == 0
