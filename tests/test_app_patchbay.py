"""Which stream is open follows from what is plugged in and what is wanted, step by step."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.sound import patchbay, soundserver
from app.sound.devices import Device, Devices, SoundError
from app.sound.patchbay import Patchbay, Wiring
from app.sound.soundserver import SoundServerList
from tests.desktop import eventually

HEADSET = Device("microphone", "Headset", "headset", 48_000, is_default=True)
LAMP = Device("microphone", "Lamp", "lamp", 16_000)
DESK = Device("speaker", "Desk", "desk", 48_000, is_default=True)


class FakeStream:
    """A stream that does what it is told: live, stall, die, or refuse to close."""

    latency_s = 0.03

    def __init__(self) -> None:
        self.alive, self.closed, self.stalled = True, False, False
        self.hangs = threading.Event()
        self.hangs.set()

    @property
    def last_callback_s(self) -> float:
        return 0.0 if self.stalled else time.monotonic()

    def close(self) -> None:
        self.hangs.wait()
        self.closed = True


class Bench:
    """A patchbay on fake devices, at forty times the pace."""

    def __init__(self, *devices: Device, wanted: str | None = None) -> None:
        self.devices = Devices(devices)
        self.known_to_portaudio = {device.name for device in devices}
        self.streams: dict[str, FakeStream] = {}
        self.broken: set[str] = set()
        self.anew = 0
        self.wirings: list[Wiring] = []
        openers = {"microphone": self._open, "speaker": self._open}
        self.patchbay = Patchbay(
            self, openers, self._start_anew, self.wirings.append, {"microphone": wanted}
        )

    def look(self) -> Devices:
        return self.devices

    def port(self, device: Device) -> str:
        if device.name not in self.known_to_portaudio:
            raise SoundError(f"{device.name} is not ready yet")
        return device.key

    def plug(self, *devices: Device, problem: str = "") -> None:
        self.devices = Devices(devices, problem)

    def _open(self, device: Device, port: int | str) -> FakeStream:
        if device.name in self.broken:
            raise OSError("Device unavailable", -9985)
        self.streams[device.name] = FakeStream()
        return self.streams[device.name]

    def _start_anew(self) -> None:
        assert all(stream.closed for stream in self.streams.values())
        self.anew += 1
        self.known_to_portaudio = {device.name for device in self.devices.all}

    def until(self, microphone: Device | None) -> Wiring:
        eventually(lambda: self.wirings and self.wirings[-1].microphone == microphone)
        return self.wirings[-1]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LOOK_S": 0.01, "RETRY_S": 0.05, "CLOSE_S": 0.1}.items():
        monkeypatch.setattr(patchbay, name, value)


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    made = Bench(HEADSET, LAMP, DESK, wanted=getattr(request, "param", None))
    made.patchbay.start()
    yield made
    for stream in made.streams.values():
        stream.hangs.set()
    made.patchbay.stop()
    assert all(stream.closed for stream in made.streams.values())


def test_the_default_is_taken_where_nothing_is_wanted(bench: Bench) -> None:
    """Nobody chose: the system's default microphone and speaker are open, and all is well."""
    wiring = bench.until(HEADSET)
    assert (wiring.speaker, wiring.notices) == (DESK, ())


@pytest.mark.parametrize("bench", ["Lamp", "lamp", "LAMP"], indirect=True)
def test_the_wanted_one_is_taken_by_name(bench: Bench) -> None:
    """A name, in capitals or not, or the system's own name for it."""
    bench.until(LAMP)


@pytest.mark.parametrize("bench", ["Microscope"], indirect=True)
def test_a_wanted_one_that_is_away_is_told_and_awaited(bench: Bench) -> None:
    """The default stands in, the user reads so, and the wanted one is taken when it comes."""
    wiring = bench.until(HEADSET)
    assert wiring.notices == ("Microscope is not there: using Headset until it returns.",)
    microscope = replace(LAMP, name="Microscope", key="microscope")
    bench.plug(HEADSET, microscope, DESK)
    assert bench.until(microscope).notices == ()


def test_the_default_may_change(bench: Bench) -> None:
    """Who follows the system's default follows it when it moves."""
    bench.until(HEADSET)
    new_default = replace(LAMP, is_default=True)
    bench.plug(replace(HEADSET, is_default=False), new_default, DESK)
    bench.until(new_default)
    assert bench.streams["Headset"].closed


def test_a_device_portaudio_does_not_know_makes_it_start_anew(bench: Bench) -> None:
    """Once per change, with every stream closed; what was open is open again after."""
    bench.until(HEADSET)
    new = replace(LAMP, name="New", key="new", is_default=True)
    bench.plug(replace(HEADSET, is_default=False), new, DESK)
    wiring = bench.until(new)
    eventually(lambda: bench.wirings[-1].speaker == DESK)
    assert bench.anew == 1
    assert wiring.notices == ()


def test_one_that_cannot_be_opened_is_told_and_tried_again(bench: Bench) -> None:
    """The reason is in the notice; when it works again it is taken."""
    bench.until(HEADSET)
    bench.broken.add("Lamp")
    bench.patchbay.want("microphone", "Lamp")
    wiring = bench.until(None)
    assert wiring.notices == ("Lamp cannot be opened: Device unavailable",)
    bench.broken.clear()
    bench.until(LAMP)


@pytest.mark.parametrize("how", ["alive", "stalled"])
def test_a_dead_or_silent_stream_is_opened_again(bench: Bench, how: str) -> None:
    """A stream that ended, or gives nothing for seconds, is replaced."""
    bench.until(HEADSET)
    first = bench.streams["Headset"]
    setattr(first, how, how == "stalled")
    eventually(lambda: bench.streams["Headset"] is not first)
    assert first.closed


def test_a_driver_that_hangs_stops_nothing_else(bench: Bench) -> None:
    """Closing that does not end is given up and told; the speaker goes on."""
    bench.until(HEADSET)
    bench.streams["Headset"].hangs.clear()
    bench.patchbay.want("microphone", "Lamp")
    wiring = bench.until(None)
    assert "start Aside again" in wiring.notices[0]
    assert wiring.speaker == DESK


class ServerBench(Bench):
    """Its devices are a sound server's: which one is meant is said through the environment."""

    def __init__(self, *devices: Device) -> None:
        super().__init__(*devices)
        self.told: dict[str, tuple[str | None, str | None]] = {}

    def port(self, device: Device) -> int | str:
        return SoundServerList().port(device)

    def _open(self, device: Device, port: int | str) -> FakeStream:
        self.told[device.name] = said_to_the_server()
        return super()._open(device, port)


def said_to_the_server() -> tuple[str | None, str | None]:
    return os.environ.get("PULSE_SOURCE"), os.environ.get("PULSE_SINK")


@pytest.mark.parametrize("own", [None, "the user's"])
def test_which_device_is_meant_is_said_only_while_it_opens(
    monkeypatch: pytest.MonkeyPatch, own: str | None
) -> None:
    """Programs that are started later follow the system's default, or what the user has set; also
    after a device that did not open."""
    known = Device("speaker", "pulse", "7", 44_100)
    monkeypatch.setattr(soundserver, "devices_now", lambda: [known])
    for name in ("PULSE_SOURCE", "PULSE_SINK"):
        monkeypatch.delenv(name, raising=False)
        if own is not None:
            monkeypatch.setenv(name, own)
    bench = ServerBench(HEADSET, LAMP, DESK)
    bench.broken.add("Lamp")
    bench.patchbay.start()
    try:
        assert bench.until(HEADSET).speaker == DESK
        assert said_to_the_server() == (own, own)
        bench.patchbay.want("microphone", "Lamp")
        bench.until(None)
        bench.patchbay.enable("microphone", False)
        eventually(lambda: bench.wirings[-1].notices == ())
        assert said_to_the_server() == (own, own)
    finally:
        bench.patchbay.stop()
    assert bench.told == {
        "Headset": ("headset", own), "Lamp": ("lamp", own), "Desk": (own, "desk"),
    }  # fmt: skip


def test_muted_it_is_closed_and_not_missing(bench: Bench) -> None:
    """A muted microphone is no trouble, and is not opened by plugging."""
    bench.until(HEADSET)
    bench.patchbay.enable("microphone", False)
    assert bench.until(None).notices == ()
    bench.plug(HEADSET, DESK)
    time.sleep(0.1)
    assert bench.wirings[-1].microphone is None
    bench.patchbay.enable("microphone", True)
    bench.until(HEADSET)


def test_no_devices_at_all_is_one_sentence(bench: Bench) -> None:
    """Where sound is gone altogether the reason is told once, not once per device."""
    bench.until(HEADSET)
    bench.plug(problem="No sound server answers. Typing works.")
    assert bench.until(None).notices == ("No sound server answers. Typing works.",)


def test_a_sound_server_that_fails_is_asked_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a driver raises, the thread goes on: devices come back, and mute still closes."""
    bench.until(HEADSET)
    asked = threading.Event()

    def broken() -> Devices:
        asked.set()
        raise RuntimeError("the server is gone")

    monkeypatch.setattr(bench, "look", broken)
    assert asked.wait(5)
    monkeypatch.undo()
    monkeypatch.setattr(patchbay, "LOOK_S", 0.01)
    bench.known_to_portaudio.add(LAMP.name)
    lamp = replace(LAMP, is_default=True)
    bench.plug(lamp)
    bench.until(lamp)
    bench.patchbay.enable("microphone", False)
    bench.until(None)


def test_a_sound_server_that_hangs_keeps_nobody_from_quitting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patchbay, "STOP_S", 0.2)
    bench, asked, hangs = Bench(HEADSET), threading.Event(), threading.Event()
    bench.patchbay.start()
    bench.until(HEADSET)

    def hanging() -> Devices:
        asked.set()
        hangs.wait()
        return bench.devices

    monkeypatch.setattr(bench, "look", hanging)
    assert asked.wait(5)
    begun_s = time.monotonic()
    bench.patchbay.stop()
    assert time.monotonic() - begun_s < 5
    hangs.set()
