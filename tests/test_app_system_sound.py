"""What the computer plays as a source of its own, on a real sound server's null sinks."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from app.conversation import Conversation
from app.headless import FakeSound, Recorder
from app.sound.devices import Device, Devices
from app.sound.loopback.handlers.blackhole import BlackHoleHandler
from app.sound.loopback.main import WithSystemSound
from app.sound.played import Played
from app.sound.system_ear import SystemEar, mixed
from engine.background.endpoint import Senses
from engine.background.prompt import messages
from engine.background.surroundings import Surroundings
from tests.desktop import RATE_HZ, SoundServer, eventually, loudness_db, sound_server  # noqa: F401
from tests.test_app_echo import people
from tests.test_app_sound import Desk, speak
from tests.test_app_window import FakeLink

pytestmark = [pytest.mark.timeout(90), pytest.mark.alone]


def play(server: SoundServer, speaker: str, samples: np.ndarray):
    """Another program plays (n,) float32 at 16 kHz; returns it at once."""
    player = server.client("pacat", f"--device={speaker}", f"--rate={RATE_HZ}")
    sound = soxr.resample(samples, 16_000, RATE_HZ).astype(np.float32).tobytes()

    def feed() -> None:
        with contextlib.suppress(BrokenPipeError):
            player.stdin.write(sound)
            player.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    return player


def tone(seconds: float, hz: float = 440.0) -> np.ndarray:
    time_s = np.arange(round(16_000 * seconds)) / 16_000
    return (0.2 * np.sin(2 * np.pi * hz * time_s)).astype(np.float32)


def strength(samples: np.ndarray, hz: float = 440.0) -> float:
    """The amplitude of one tone in (n,) samples at 16 kHz."""
    phase = np.exp(-2j * np.pi * hz * np.arange(len(samples)) / 16_000)
    return float(2 * np.abs(np.mean(samples * phase))) if len(samples) else 0.0


def of_system(desk: Desk, since: int = 0) -> np.ndarray:
    turns = [turn for turn in desk.system[since:] if turn is not None]
    return np.concatenate(turns) if turns else np.zeros(0, np.float32)


def loudest(desk: Desk, since: int = 0) -> float:
    """The tone in the micro-turn of the system's track where it is strongest."""
    return max((strength(t) for t in desk.system[since:] if t is not None), default=0.0)


def test_it_is_heard_only_while_it_is_switched_on(sound_server: SoundServer):
    """Off, there is no track and no recorder on the monitor; on, the tone is there at its true
    loudness and apart from the microphone; off again, nothing more."""
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        player = play(sound_server, "desk", tone(12.0))
        time.sleep(1.0)
        assert desk.wiring.system is None
        assert of_system(desk).size == 0
        idle = sound_server.recorders("desk.monitor")
        desk.desk.hear_system(True)
        eventually(lambda: desk.wiring.system and desk.wiring.system.name == "desk")
        assert sound_server.recorders("desk.monitor") == idle + 1
        eventually(lambda: loudest(desk) == pytest.approx(0.2, rel=0.2))
        assert strength(np.concatenate(desk.turns[-5:])) < 0.002
        desk.desk.hear_system(False)
        eventually(lambda: desk.wiring.system is None and not desk.wiring.wants_system)
        assert sound_server.recorders("desk.monitor") == idle
        time.sleep(0.3)
        since = len(desk.system)
        time.sleep(0.6)
        assert desk.system[since:]
        assert set(map(type, desk.system[since:])) == {type(None)}
        player.kill()


def test_our_own_voice_does_not_come_back_through_it(sound_server: SoundServer):
    """What Aside says is played by the output that is heard, and 20 dB of it are gone."""
    voice = people("002", "011")[: 16_000 * 6]
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        desk.desk.hear_system(True)
        eventually(lambda: desk.wiring.system)
        time.sleep(1.0)
        since = len(desk.system)
        with sound_server.recording("desk") as taken:
            speak(desk, voice, 1)
            time.sleep(0.5)
        played_db = loudness_db(soxr.resample(taken[0], RATE_HZ, 16_000))
        assert played_db > -40
        assert loudness_db(of_system(desk, since)) < played_db - 20


def test_it_follows_the_speaker_and_survives_unplugging(sound_server: SoundServer):
    """The output that is heard is the chosen speaker; unplugged, the default's, and back again."""
    sound_server.plug_speaker("phones")
    with Desk(speaker="phones") as desk:
        desk.desk.hear_system(True)
        eventually(lambda: desk.wiring and desk.wiring.system)
        assert desk.wiring.system.name == "phones"
        sound_server.unplug("phones")
        eventually(lambda: desk.wiring.system and desk.wiring.system.name == "desk")
        assert desk.wiring.notices == ("phones is not there: using desk until it returns.",)
        player = play(sound_server, "desk", tone(8.0))
        eventually(lambda: loudest(desk) > 0.15)
        player.kill()
        sound_server.plug_speaker("phones")
        eventually(lambda: desk.wiring.system and desk.wiring.system.name == "phones")
        assert desk.wiring.notices == ()


def test_where_no_sound_server_is_it_says_what_to_do():
    """Wanted and not to be had, it is a sentence for the user, and no device."""
    bare = Devices((Device("speaker", "Card", "0", 48_000, is_default=True),))
    looked = WithSystemSound(_Listed(bare)).look()
    assert not looked.of("system")
    assert "PipeWire" in looked.no_system


def test_on_macos_a_loopback_driver_stands_for_it():
    """Its input is the system's sound; without one there is none."""
    driver = Device("microphone", "BlackHole 2ch", "3", 48_000)
    found = BlackHoleHandler().outputs(Devices((driver,)))
    assert [(one.kind, one.name, one.is_default) for one in found] == [
        ("system", "BlackHole 2ch", True)
    ]
    assert BlackHoleHandler().outputs(Devices()) == []


def test_the_model_hears_both_and_everyone_else_hears_them_apart():
    """One ear for the model: the sum. History and delegations get two labelled tracks."""
    apart: list[tuple[str, float]] = []
    talk = _Talk(lambda side, samples: apart.append((side, float(samples[0]))))
    talk.sound.hear(np.full(3200, 0.25, np.float32), np.full(3200, 0.5, np.float32))
    heard = [given for what, given in talk.link.asked if what == "audio"][-1]
    np.testing.assert_allclose(heard, 0.75)
    assert apart == [("user", 0.25), ("system", 0.5)]
    np.testing.assert_allclose(mixed(np.ones(2, np.float32), np.ones(2, np.float32)), 1.0)


def test_with_the_microphone_closed_the_engine_still_hears_the_system():
    """Muting closes the microphone alone; only with both closed does the engine hear silence."""
    talk = _Talk()
    talk.conversation.hear_system(True)
    talk.conversation.mute(True)
    assert ("mute", True) in talk.sound.asked
    assert ("mute", True) not in talk.link.asked
    talk.conversation.pause(True)
    assert talk.sound.asked[-2:] == [("flush", None), ("hear_system", False)]
    assert talk.link.asked[-1] == ("mute", True)
    talk.conversation.pause(False)
    assert talk.sound.asked[-1] == ("hear_system", True)
    assert talk.link.asked[-1] == ("mute", False)


def test_switched_off_not_one_more_frame_passes():
    """What was captured before is dropped, though the stream may close a little later."""
    ear = SystemEar(Played())
    ear.listen(True)
    _capture(ear, 20)
    assert any(np.any(ear.next_frame(0.0)) for _ in range(10))
    ear.listen(False)
    assert ear.next_frame(0.0) is None
    ear.listen(True)
    assert not np.any(ear.next_frame(0.0))


@pytest.mark.parametrize("kind", ["microphone", "system"])
def test_a_tape_stands_for_the_source(kind: str, sound_server: SoundServer, tmp_path: Path):
    """A file plays in the place of either, over and over, at the pace of life."""
    tape = tmp_path / "talk.flac"
    soundfile.write(tape, tone(1.5), 16_000)
    with Desk(tapes={kind: tape}) as desk:
        desk.desk.hear_system(True)
        eventually(lambda: desk.wiring and getattr(desk.wiring, kind))
        assert getattr(desk.wiring, kind).name == "recording talk.flac"
        time.sleep(3.0)
        track = desk.turns if kind == "microphone" else desk.system
        sounding = [turn is not None and strength(turn) > 0.1 for turn in track]
        assert sum(sounding) >= 12
        other = desk.system if kind == "microphone" else desk.turns
        assert max(strength(turn) for turn in other if turn is not None) < 0.01


def test_a_tape_that_cannot_be_read_is_said(sound_server: SoundServer, tmp_path: Path):
    """No device, and a sentence with its name."""
    with Desk(tapes={"microphone": tmp_path / "gone.wav"}) as desk:
        eventually(lambda: desk.wiring and desk.wiring.notices)
        assert "gone.wav" in desk.wiring.notices[0]
        assert desk.wiring.microphone is None


class _Listed:
    def __init__(self, devices: Devices) -> None:
        self._devices = devices

    def look(self) -> Devices:
        return self._devices

    def port(self, device: Device) -> int:
        return int(device.key)


class _Talk:
    def __init__(self, overhear=None) -> None:
        self.sound = FakeSound()
        self.links: list[FakeLink] = []
        self.conversation = Conversation(self.sound, self._connect, Recorder().tell, overhear)
        self.conversation.start()

    def _connect(self, tell) -> FakeLink:
        self.links.append(FakeLink(tell))
        return self.links[-1]

    @property
    def link(self) -> FakeLink:
        return self.links[-1]


def _capture(ear: SystemEar, frames: int) -> None:
    from app.sound.captured import Captured

    for number in range(frames):
        ear.frames.put(Captured(people("002")[160 * number + 8000 :][:160], 0.0))


def test_a_task_is_given_what_the_computer_played_apart_from_the_request():
    """The two sounds travel as two, the second named for what it is; stale, it stays away."""
    now_s = [10.0]
    around = Surroundings(lambda: now_s[0])
    around.hear(np.full(3200, 0.1, np.float32))
    around.hear(np.full(3200, 0.2, np.float32), "system")
    package = around.package("what did she say?")
    assert package.sound is not None
    assert package.system is not None
    assert (package.sound.samples[0], package.system.samples[0]) == pytest.approx((0.1, 0.2))
    content = messages(replace(package, spoken=True), Senses(hears=True, sees=False))[1]["content"]
    kinds = [part["type"] for part in content]
    assert kinds == ["text", "input_audio", "text", "input_audio"]
    assert content[2]["text"].startswith("What the computer played")
    now_s[0] += 60
    assert around.package("and now?").system is None
