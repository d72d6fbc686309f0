"""A desk for tests: a real X server, a real sound server with virtual devices, nothing shared.

Everything is started here, in a folder of its own, and ended here. A test that needs it and
finds the program missing fails with the line to type.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soxr

ROOT = Path(__file__).resolve().parent.parent
RATE_HZ = 48_000


def program(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"{name} is missing: sudo apt install {package}")
    return path


def eventually(condition, within_s: float = 10.0, every_s: float = 0.05):
    """Waits until `condition()` is true and returns its value; fails after `within_s`."""
    deadline_s = time.monotonic() + within_s
    while time.monotonic() < deadline_s:
        value = condition()
        if value:
            return value
        time.sleep(every_s)
    pytest.fail(f"did not happen within {within_s:g} s: {getattr(condition, '__name__', '')}")


@dataclass
class SoundServer:
    """A PulseAudio of its own. Speakers and microphones can be plugged in and out.

    A microphone is a null sink, into which tests play, and a source that repeats it.
    """

    home: Path
    process: subprocess.Popen | None = None
    plugged: dict[str, list[str]] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run")}

    def start(self) -> None:
        command = [
            program("pulseaudio", "pulseaudio"), "-n", "--daemonize=no", "--exit-idle-time=-1",
            "--use-pid-file=no", "--high-priority=yes", "--realtime=yes",
            "--load=module-native-protocol-unix",
        ]  # fmt: skip
        with (self.home / "pulseaudio.log").open("w") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, **self.environment}
            )
        eventually(self.answers)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
        self.process = None
        self.plugged.clear()

    def answers(self) -> bool:
        return self._pactl("info").returncode == 0

    def plug_speaker(self, name: str) -> None:
        self.plugged[name] = [self.load("module-null-sink", sink_name=name, **_described(name))]
        self._keep_brisk(name)

    def plug_microphone(self, name: str) -> None:
        room = f"{name}_room"
        sink = self.load("module-null-sink", sink_name=room, **_described(room))
        source = self.load(
            "module-remap-source", source_name=name, master=f"{room}.monitor",
            source_properties=f"device.description={name}",
        )  # fmt: skip
        self.plugged[name] = [source, sink]
        self._keep_brisk(room)

    def unplug(self, name: str) -> None:
        for module in self.plugged.pop(name):
            self._pactl("unload-module", module)

    def make_default(self, kind: str, name: str) -> None:
        self._pactl(f"set-default-{'sink' if kind == 'speaker' else 'source'}", name)

    def recorders(self, microphone: str) -> int:
        """How many programs record from it now."""
        sources = self._pactl("list", "short", "sources").stdout.splitlines()
        numbers = {row.split("\t")[1]: row.split("\t")[0] for row in sources}
        streams = self._pactl("list", "short", "source-outputs").stdout.splitlines()
        return sum(row.split("\t")[1] == numbers[microphone] for row in streams)

    def play_into(self, microphone: str, samples: np.ndarray, wait: bool = True):
        """Somebody speaks: (n,) float32 at 16 kHz into the virtual microphone.

        At the device's own rate, for the server's resampler slips where its clients start.
        """
        player = self.client("pacat", f"--device={microphone}_room", f"--rate={RATE_HZ}")
        feed = player.communicate if wait else player.stdin.write
        feed(soxr.resample(samples.astype(np.float32), 16_000, RATE_HZ).tobytes())
        if not wait:
            player.stdin.close()
        return player

    @contextmanager
    def recording(self, speaker: str) -> Iterator[list[np.ndarray]]:
        """What comes out of the virtual speaker meanwhile: [(n,) float32 at 48 kHz]."""
        path = self.home / f"{speaker}.f32"
        taken: list[np.ndarray] = []
        with path.open("wb") as sink:
            recorder = self.client(
                "parec", f"--device={speaker}.monitor", f"--rate={RATE_HZ}", stdout=sink
            )
            eventually(lambda: path.stat().st_size)  # a sink that nobody used takes its time
            time.sleep(0.3)
            yield taken
            recorder.terminate()
            recorder.wait(5)
        taken.append(np.fromfile(path, "<f4"))

    @contextmanager
    def sounding(self, speaker: str, within_s: float, loud: float = 0.01) -> Iterator[None]:
        """What is done in here makes the speaker sound, sooner or later; waits until it did."""
        path = self.home / f"{speaker}.f32"
        with self.recording(speaker):
            yield
            eventually(lambda: np.abs(np.fromfile(path, "<f4")).max(initial=0.0) > loud, within_s)

    def _keep_brisk(self, sink: str) -> None:
        """An idle null sink works in steps of two seconds; somebody listening keeps it real."""
        self.client("parec", f"--device={sink}.monitor", stdout=subprocess.DEVNULL)

    def client(self, tool: str, *options: str, stdout=None) -> subprocess.Popen:
        command = [
            program(tool, "pulseaudio-utils"), "--raw", "--channels=1", "--format=float32le",
            f"--latency-msec={200 if tool == 'pacat' else 20}", *options,
        ]  # fmt: skip
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=stdout, env={**os.environ, **self.environment}
        )

    def load(self, module: str, **arguments: str) -> str:
        words = [f"{key}={value}" for key, value in {"rate": str(RATE_HZ), **arguments}.items()]
        done = self._pactl("load-module", module, *words)
        assert done.returncode == 0, f"{module} {words}: {done.stderr}"
        return done.stdout.strip()

    def _pactl(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [program("pactl", "pulseaudio-utils"), *words],
            env={**os.environ, **self.environment}, capture_output=True, text=True, timeout=20,
            check=False,
        )  # fmt: skip


def _described(name: str) -> dict[str, str]:
    return {"sink_properties": f"device.description={name}"}


@contextmanager
def own_sound_server() -> Iterator[SoundServer]:
    """A sound server with a microphone "headset" and a speaker "desk"; this process sees it."""
    with (
        tempfile.TemporaryDirectory(prefix="aside-sound-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        server = SoundServer(Path(folder))
        (server.home / "run").mkdir(mode=0o700)
        for name, value in server.environment.items():
            patch.setenv(name, value)
        patch.delenv("PULSE_SERVER", raising=False)
        try:
            server.start()
            server.plug_microphone("headset")
            server.plug_speaker("desk")
            server.make_default("microphone", "headset")
            server.make_default("speaker", "desk")
            yield server
        finally:
            server.stop()


@pytest.fixture
def sound_server() -> Iterator[SoundServer]:
    with own_sound_server() as server:
        yield server


@pytest.fixture
def no_sound_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which no sound server answers."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")


_displays: list[str] = []


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A real X server without a screen; ":N". One for the process, as Qt is: a fixture of a
    session is made anew for every file that imports it."""
    if _displays:
        yield _displays[0]
        return
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [
            program("Xvfb", "xvfb"), "-displayfd", str(writer), "-nolisten", "tcp", "-noreset",
            "-screen", "0", "1600x1000x24", "+extension", "Composite",
        ],
        pass_fds=[writer], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as announced:
        number = announced.readline().strip()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DISPLAY", f":{number}")
            _displays.append(f":{number}")
            yield f":{number}"
    finally:
        _displays.clear()
        server.terminate()
        server.wait(10)


def unless_busy(met: bool) -> bool:
    """`met`; but a sound that did not come on a machine with much more to do than it has cores for
    is expected there: it drops sound. On a quiet one nothing is excused, and a sound that came and
    ought not to is excused nowhere: do not ask this for one."""
    if not met and os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1):
        pytest.xfail("real time: a busy machine drops sound")
    return met


def convolved(signal: np.ndarray, response: np.ndarray) -> np.ndarray:
    """Linear convolution, whole length."""
    length = len(signal) + len(response) - 1
    size = 1 << (length - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(signal, size) * np.fft.rfft(response, size), size)[:length]


def loudness_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples**2) + 1e-12))


def similarity(found: np.ndarray, wanted: np.ndarray) -> tuple[int, float]:
    """Where `wanted` begins in `found`, and their correlation there, 0 to 1."""
    products = convolved(found, wanted[::-1])
    energies = convolved(found**2, np.ones(len(wanted)))
    scores = products / np.sqrt(np.maximum(energies, 1e-9) * np.sum(wanted**2))
    scores = scores[len(wanted) - 1 : len(found)]
    place = int(np.argmax(scores))
    return place, float(scores[place])


class QtComplaints(list):
    """What Qt wrote to its log; a test in whose time it is not empty fails."""

    # Said by Qt about the bare test machine, not about us.
    ABOUT_THE_MACHINE = ("XDG_RUNTIME_DIR", "This plugin does not support", "propagateSizeHints")

    def take(self, _kind, _context, message: str) -> None:
        if not any(phrase in message for phrase in self.ABOUT_THE_MACHINE):
            self.append(message)


@pytest.fixture(scope="session")
def qt_application(display: str):
    """The one Qt application of this process, on the virtual display."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    os.environ["QT_QPA_PLATFORM"] = "xcb"
    os.environ.pop("WAYLAND_DISPLAY", None)
    complaints = QtComplaints()
    qInstallMessageHandler(complaints.take)
    application = QApplication.instance() or QApplication(["aside"])
    application.setQuitOnLastWindowClosed(False)
    yield application, complaints
    qInstallMessageHandler(None)


@pytest.fixture
def qt(qt_application):
    """Qt for one test. Qt's warnings fail it."""
    application, complaints = qt_application
    complaints.clear()
    yield application
    application.processEvents()
    assert not complaints


def qt_eventually(application, condition, within_s: float = 10.0):
    """`eventually`, while Qt goes on."""

    def met():
        application.processEvents()
        return condition()

    return eventually(met, within_s, every_s=0.01)


def xdotool(*words: str) -> str:
    """The hand at mouse and keyboard of the virtual display."""
    done = subprocess.run(
        [program("xdotool", "xdotool"), *words], capture_output=True, text=True, timeout=10,
        check=True,
    )  # fmt: skip
    return done.stdout.strip()
