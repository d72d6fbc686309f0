"""A desk to measure on: an X server and a sound server of our own, with virtual devices.

Nothing of the person's own desktop is shown, pressed, played or recorded.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bench.row import BenchError

RATE_HZ = 48_000
START_S = 15.0
SPEAKER, MICROPHONE = "desk", "headset"
SINKS = (SPEAKER, f"{MICROPHONE}_room")


@dataclass(frozen=True)
class Stage:
    """environment: of everything that is to live on it; home: a folder of its own."""

    home: Path
    environment: dict[str, str]


@contextmanager
def stage() -> Iterator[Stage]:
    """Raises BenchError where a program for it is missing."""
    with TemporaryDirectory(prefix="aside-bench-") as folder:
        home = Path(folder)
        with _display() as display:
            environment = _environment(home, display)
            with _sound(home, environment):
                yield Stage(home, environment)


def program(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise BenchError(f"{name} is missing: sudo apt install {package}")
    return path


def _environment(home: Path, display: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    for name in ("WAYLAND_DISPLAY", "PULSE_SERVER"):
        kept.pop(name, None)
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower())
               for kind in ("CONFIG", "DATA", "STATE", "CACHE")}  # fmt: skip
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    return {
        **kept, **folders, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
    }  # fmt: skip


@contextmanager
def _display() -> Iterator[str]:
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [program("Xvfb", "xvfb"), "-displayfd", str(writer), "-nolisten", "tcp", "-noreset",
         "-screen", "0", "1600x1000x24", "+extension", "Composite"],
        pass_fds=[writer], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as announced:
            number = announced.readline().strip()
        if not number:
            raise BenchError("Xvfb does not start")
        yield f":{number}"
    finally:
        _end(server)


@contextmanager
def _sound(home: Path, environment: dict[str, str]) -> Iterator[None]:
    command = [
        program("pulseaudio", "pulseaudio"), "-n", "--daemonize=no", "--exit-idle-time=-1",
        "--use-pid-file=no", "--high-priority=yes", "--realtime=yes",
        "--load=module-native-protocol-unix",
    ]  # fmt: skip
    with (home / "pulseaudio.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    listeners: list[subprocess.Popen] = []
    try:
        _await_sound(environment)
        for sink in SINKS:
            _pactl(environment, "load-module", "module-null-sink", f"sink_name={sink}",
                   f"rate={RATE_HZ}", f"sink_properties=device.description={sink}")  # fmt: skip
        _pactl(environment, "load-module", "module-remap-source", f"source_name={MICROPHONE}",
               f"master={MICROPHONE}_room.monitor", f"rate={RATE_HZ}",
               f"source_properties=device.description={MICROPHONE}")  # fmt: skip
        _pactl(environment, "set-default-sink", SPEAKER)
        _pactl(environment, "set-default-source", MICROPHONE)
        listeners += [_keep_brisk(sink, environment) for sink in SINKS]
        yield
    finally:
        for process in (*listeners, server):
            _end(process)


def _keep_brisk(sink: str, environment: dict[str, str]) -> subprocess.Popen:
    """An idle null sink works in steps of two seconds; somebody listening keeps it real."""
    command = [program("parec", "pulseaudio-utils"), "--raw", f"--device={sink}.monitor",
               "--latency-msec=20"]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)


def _await_sound(environment: dict[str, str]) -> None:
    deadline_s = time.monotonic() + START_S
    while time.monotonic() < deadline_s:
        if _asked(environment, "info").returncode == 0:
            return
        time.sleep(0.05)
    raise BenchError("PulseAudio does not start")


def _pactl(environment: dict[str, str], *words: str) -> None:
    done = _asked(environment, *words)
    if done.returncode:
        raise BenchError(f"PulseAudio refuses {words}: {done.stderr.strip()}")


def _asked(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("pactl", "pulseaudio-utils"), *words],
        env=environment, capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
