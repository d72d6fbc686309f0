"""The sound desk on real (virtual) devices."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import time
from contextlib import closing

import numpy as np
import pytest
import soxr

from app.sound.desk import SoundDesk
from app.sound.echo import NOTHING
from app.sound.played import Played
from app.sound.playout import Playout
from app.sound.soundserver import opening
from app.sound.speaker import Speaker
from app.sound.system import device_list
from engine.microturn import TURN_SAMPLES
from tests.desktop import (  # noqa: F401
    RATE_HZ,
    SoundServer,
    eventually,
    loudness_db,
    no_sound_server,
    similarity,
    sound_server,
    unless_busy,
)

pytestmark = pytest.mark.timeout(60)


class Desk:
    """A desk with what came out of it."""

    def __init__(self, **options) -> None:
        self.turns: list[np.ndarray] = []
        self.system: list[np.ndarray | None] = []
        self.times_s: list[float] = []
        self.wirings: list = []
        self.desk = SoundDesk(device_list(), **options)

    def __enter__(self) -> Desk:
        self.desk.start(self._take, self.wirings.append)
        return self

    def __exit__(self, *_) -> None:
        self.desk.stop()

    def _take(self, audio: np.ndarray, system: np.ndarray | None = None) -> None:
        self.turns.append(audio)
        self.system.append(system)
        self.times_s.append(time.monotonic())

    @property
    def wiring(self):
        return self.wirings[-1] if self.wirings else None

    def wired(self, microphone: str | None, speaker: str | None) -> bool:
        now = self.wiring
        names = [device.name if device else None for device in (now.microphone, now.speaker)]
        return names == [microphone, speaker]

    def until_wired(self, microphone: str | None, speaker: str | None) -> None:
        eventually(lambda: self.wiring and self.wired(microphone, speaker))

    def heard(self) -> np.ndarray:
        return np.concatenate(self.turns) if self.turns else np.zeros(0, np.float32)


def babble(seconds: float, seed: int = 0, gain: float = 0.1) -> np.ndarray:
    """Noise unlike any other stretch of itself: (n,) float32, 16 kHz.

    Up to 1.6 kHz, so that half a sample of delay still correlates above 0.99.
    """
    noise = np.random.default_rng(seed).standard_normal(round(3_200 * seconds))
    return (gain * soxr.resample(noise, 3_200, 16_000)).astype(np.float32)


def test_what_sounds_at_the_microphone_reaches_the_client_intact(sound_server: SoundServer):
    """Sound played into the microphone is in the 16 kHz micro-turns, whole and in order."""
    spoken = babble(2.0)
    with Desk(cleaning=NOTHING) as desk:
        desk.until_wired("headset", "desk")
        time.sleep(1.0)
        sound_server.play_into("headset", spoken)
        eventually(lambda: similarity(desk.heard(), spoken)[1] > 0.99)
    assert {turn.shape for turn in desk.turns} == {(TURN_SAMPLES,)}
    assert {turn.dtype for turn in desk.turns} == {np.dtype(np.float32)}


def test_the_voice_reaches_the_speaker_intact_and_without_gaps(sound_server: SoundServer):
    """Ten micro-turns of voice come out of the speaker as one piece.

    Said up to three times: on a machine busy with other work the sound server itself may stutter.
    """
    voice, heard = babble(2.0, seed=1), 0.0
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        time.sleep(1.0)
        for generation in (1, 2, 3):
            with sound_server.recording("desk") as taken:
                speak(desk, voice, generation)
                time.sleep(0.6)
            played = soxr.resample(taken[0], RATE_HZ, 16_000)
            heard = max(heard, similarity(played, voice[100:-100])[1])
            if heard > 0.99:
                break
    assert unless_busy(heard > 0.99)


@pytest.mark.usefixtures("sound_server")
def test_micro_turns_keep_to_the_clock():
    """Five micro-turns come every second, whether a microphone gives them or nobody does."""
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        time.sleep(1.0)
        turns, start_s = len(desk.turns), time.monotonic()
        time.sleep(2.0)
        desk.desk.mute(True)
        time.sleep(2.0)
        rate = (len(desk.turns) - turns) / (time.monotonic() - start_s)
        assert rate == pytest.approx(5.0, abs=0.4)


@pytest.mark.alone
def test_the_speaker_rests_while_there_is_nothing_to_play(sound_server: SoundServer) -> None:
    """Nothing is pulled until there is a voice; after one it rests again, and plays the next, out
    of the device that it was opened for, though the system's default is another."""
    sound_server.plug_speaker("other")
    sound_server.make_default("speaker", "other")
    playout, devices, pulled = Playout(), device_list(), []

    def pull() -> np.ndarray:
        pulled.append(time.monotonic())
        return playout.pull()

    speaker = devices.look().choose("speaker", "desk")
    assert speaker is not None
    with opening():
        opened = Speaker(
            speaker, devices.port(speaker), pull, lambda: playout.busy, [Played()], rest_s=0.3
        )
    with closing(opened):
        assert (opened.resting, opened.alive, pulled) == (True, True, [])
        for generation in (1, 2, 3):
            voice = babble(0.2, seed=generation)
            with sound_server.recording("desk") as taken:
                playout.add(generation, voice)
                opened.wake()
                eventually(lambda: not playout.busy and opened.resting)
                before = len(pulled)
                time.sleep(0.3)
            assert len(pulled) == before > 0
            assert opened.alive
            assert loudness_db(taken[0]) > -60
            played = soxr.resample(taken[0], RATE_HZ, 16_000)
            assert similarity(played, voice[100:-100])[1] > 0.9


def test_flush_silences_the_speaker_at_once(sound_server: SoundServer):
    """After a flush the speaker is silent within 150 ms, and what was waiting is never heard."""
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        speak(desk, babble(1.0), 1)  # so that the speaker rests no more
        eventually(lambda: not desk.desk.playing)
        time.sleep(1.0)
        with sound_server.recording("desk") as taken:
            desk.desk.play(2, babble(0.2, seed=2))
            time.sleep(0.13)
            desk.desk.flush()
            desk.desk.play(2, babble(0.2, seed=3))
            time.sleep(0.8)
    loud = np.flatnonzero(np.abs(taken[0]) > 1e-3)
    heard_s = (loud[-1] - loud[0]) / RATE_HZ
    assert 0.02 < heard_s < 0.15
    assert loudness_db(taken[0][loud[-1] + 480 :]) < -80


def speak(desk: Desk, voice: np.ndarray, generation: int = 1) -> None:
    """Hands the voice over as the engine does: a micro-turn of it every 200 ms."""
    start_s = time.monotonic()
    for number in range(len(voice) // TURN_SAMPLES):
        time.sleep(max(0.0, start_s + 0.2 * number - time.monotonic()))
        desk.desk.play(generation, voice[number * TURN_SAMPLES : (number + 1) * TURN_SAMPLES])


def test_a_microphone_that_vanishes_gives_way_and_comes_back(sound_server: SoundServer):
    """Unplugged, the default takes its place and it is said; plugged in again, it is taken."""
    sound_server.plug_microphone("lamp")
    with Desk(microphone="lamp") as desk:
        desk.until_wired("lamp", "desk")
        sound_server.unplug("lamp")
        desk.until_wired("headset", "desk")
        assert desk.wiring.notices == ("lamp is not there: using headset until it returns.",)
        sound_server.plug_microphone("lamp")
        desk.until_wired("lamp", "desk")
        assert desk.wiring.notices == ()
        time.sleep(0.5)
        turns = len(desk.turns)
        sound_server.play_into("lamp", babble(1.0))
        assert loudness_db(np.concatenate(desk.turns[turns:])) > -40


def test_the_last_microphone_may_vanish_and_time_goes_on(sound_server: SoundServer):
    """Without any microphone it is said, silence flows, and a returning one is heard again."""
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        sound_server.unplug("headset")
        desk.until_wired(None, "desk")
        assert desk.wiring.notices == ("No microphone.",)
        turns = len(desk.turns)
        eventually(lambda: len(desk.turns) > turns + 5)
        assert not np.any(desk.turns[-1])
        sound_server.plug_microphone("headset")
        desk.until_wired("headset", "desk")
        time.sleep(0.5)
        turns = len(desk.turns)
        sound_server.play_into("headset", babble(1.0))
        assert loudness_db(np.concatenate(desk.turns[turns:])) > -40


def test_a_speaker_that_vanishes_gives_way_and_comes_back(sound_server: SoundServer):
    """Unplugged, the default speaker takes over; plugged in again, the voice is heard there."""
    sound_server.plug_speaker("box")
    with Desk(speaker="box") as desk:
        desk.until_wired("headset", "box")
        sound_server.unplug("box")
        desk.until_wired("headset", "desk")
        sound_server.plug_speaker("box")
        desk.until_wired("headset", "box")
        time.sleep(2.0)
        with sound_server.recording("box") as taken:
            speak(desk, babble(1.0))
            time.sleep(0.5)
    assert np.abs(taken[0]).max() > 0.05


def test_the_sound_server_may_die_and_return(sound_server: SoundServer):
    """When the whole server goes it is said, time passes, and it is found again."""
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        time.sleep(1.0)
        sound_server.stop()
        desk.until_wired(None, None)
        assert "No sound server" in desk.wiring.notices[0]
        turns = len(desk.turns)
        eventually(lambda: len(desk.turns) > turns + 5)
        sound_server.start()
        sound_server.plug_microphone("headset")
        sound_server.plug_speaker("desk")
        sound_server.make_default("speaker", "desk")
        desk.until_wired("headset", "desk")


@pytest.mark.usefixtures("no_sound_server")
def test_without_a_sound_server_time_passes():
    """No sound at all: it is said what is wrong, and micro-turns of silence flow."""
    with Desk() as desk:
        eventually(lambda: desk.wiring)
        assert "Typing works." in desk.wiring.notices[0]
        eventually(lambda: len(desk.turns) > 5)
        assert not np.any(np.concatenate(desk.turns))


def test_muted_nothing_is_captured(sound_server: SoundServer):
    """Muted, the microphone is closed: the server sees nobody record, the level is zero."""
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        assert sound_server.recorders("headset") == 1
        desk.desk.mute(True)
        desk.until_wired(None, "desk")
        assert sound_server.recorders("headset") == 0
        turns = len(desk.turns)
        sound_server.play_into("headset", babble(1.0))
        assert not np.any(np.concatenate(desk.turns[turns:]))
        assert desk.desk.level == 0
        desk.desk.mute(False)
        desk.until_wired("headset", "desk")


def test_the_level_is_of_what_is_captured(sound_server: SoundServer):
    """The level follows the sound at the microphone, and falls when it ends."""
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        time.sleep(1.0)
        sound_server.play_into("headset", babble(1.0), wait=False)
        eventually(lambda: desk.desk.level > 0.5)
        eventually(lambda: desk.desk.level < 0.1)
