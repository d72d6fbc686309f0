"""Short sounds: what they are, when they come, and that they are heard as Aside's own."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import asyncio
import time
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soxr

from app.cards.room import CardRoom
from app.conversation import Conversation, Muted
from app.headless import FakeSound, Recorder
from app.ringer import LONG_S, Ringer
from app.settings import schema
from app.sound.earcons import FADE, FOLDER, NAMES, STALE_S, Earcons, earcon
from app.sound.patchbay import Wiring
from app.voice_gate import Mode
from engine.background.approval import Question as Approval
from engine.background.task import Task, TaskState
from engine.background.told import Progress, Question, Rang
from engine.background.tool import Risk
from engine.client.events import EngineFailed, EngineLost, EngineReady, Hushed
from installers.sounds import SOUNDS, made
from tests.desktop import (  # noqa: F401
    RATE_HZ,
    SoundServer,
    display,
    eventually,
    loudness_db,
    qt,
    qt_application,
    qt_eventually,
    similarity,
    sound_server,
)
from tests.test_app_sound import Desk
from tests.test_app_window import FakeLink, Stage

pytestmark = pytest.mark.timeout(60)
FRAME = np.zeros(160, np.float32)
TASK = Task("1", 1, "find the train", TaskState.RUNNING, None, 0.0)


def frames(sounds: Earcons, count: int, voice: np.ndarray = FRAME) -> np.ndarray:
    return np.concatenate([sounds.over(voice) for _ in range(count)])


@pytest.mark.parametrize("name", NAMES)
def test_they_are_gentle_and_made_here(name) -> None:
    """Each is short, soft, begins and ends in silence, and is what the committed script makes."""
    samples = earcon(name)
    assert 0.2 < len(samples) / 16_000 < 0.8
    assert np.abs(samples).max() <= 0.13
    assert abs(samples[0]) < 0.001
    assert abs(samples[-1]) < 0.001
    np.testing.assert_allclose(samples, made(name), atol=1e-4)
    with wave.open(str(FOLDER / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getframerate()) == (1, 16_000)


def test_all_of_them_are_there_and_licensed() -> None:
    """What the script makes is what the app knows, and each file is in the licence note."""
    note = (FOLDER / "LICENSES.md").read_text("utf-8")
    assert set(SOUNDS) == set(NAMES) == {path.stem for path in FOLDER.glob("*.wav")}
    assert all(f"{name}.wav" in note for name in NAMES)


def test_a_sound_lies_over_the_voice() -> None:
    """The voice goes on beneath it, sample for sample, and nothing clips over full scale."""
    sounds, voice = Earcons(), np.full(160, 0.2, np.float32)
    sounds.play(earcon("on"))
    mixed = frames(sounds, 20, voice)
    np.testing.assert_allclose(mixed, 0.2 + earcon("on")[:3200], atol=1e-6)
    sounds.play(np.full(160, 0.9, np.float32))
    assert sounds.over(voice).max() == 1.0
    assert sounds.over(voice) is voice


def test_flushed_it_fades_and_is_gone() -> None:
    """Silence after 5 ms, without a step."""
    sounds = Earcons()
    sounds.play(np.full(1600, 0.1, np.float32))
    sounds.over(FRAME)
    sounds.flush()
    rest = frames(sounds, 5)
    assert np.abs(np.diff(rest)).max() < 0.01
    assert not rest[FADE:].any()


def test_out_of_date_it_is_not_heard() -> None:
    """A sound that no speaker took up in time does not come when one returns."""
    now = [0.0]
    sounds = Earcons(lambda: now[0])
    sounds.play(earcon("off"))
    now[0] = STALE_S + 0.1
    assert not frames(sounds, 10).any()


def ringing() -> tuple[list[str], list[float], Ringer]:
    rung: list[str] = []
    now = [0.0]
    return rung, now, Ringer(rung.append, lambda: now[0])


def test_the_microphone_tells_when_it_opens_and_closes() -> None:
    """Off when nothing is captured any more, on when it is."""
    rung, _, ringer = ringing()
    ringer.take(Muted(True))
    ringer.take(Muted(False))
    assert rung == ["off", "on"]


def test_what_is_lost_is_told_once() -> None:
    """An engine that is tried again and again, a device that stays away: one sound each."""
    rung, _, ringer = ringing()
    ringer.take(EngineFailed("it never ran"))
    for _ in range(3):
        ringer.take(EngineReady("url"))
    for _ in range(3):
        ringer.take(EngineLost("it died", 0.1))
    assert rung == ["trouble"]
    for wiring in (Wiring(), Wiring(notices=("No microphone.",)), Wiring(notices=())):
        ringer.take(wiring)
    assert rung == ["trouble", "trouble"]


def test_a_timer_sounds() -> None:
    """Whoever did not look hears that something is due."""
    rung, _, ringer = ringing()
    ringer.take(Rang("a@1", "Time is up."))
    assert rung == ["needs-you"]


def test_a_device_that_was_never_there_is_no_loss() -> None:
    """A machine without a microphone starts in silence."""
    rung, _, ringer = ringing()
    ringer.take(Wiring(notices=("No microphone.",)))
    assert rung == []


@pytest.mark.parametrize(
    ("state", "after_s", "sound"),
    [
        (TaskState.DONE, LONG_S, ["done"]), (TaskState.DONE, 1.0, []),
        (TaskState.FAILED, LONG_S, ["trouble"]), (TaskState.CANCELLED, LONG_S, []),
    ],
)  # fmt: skip
def test_a_task_is_told_of_if_it_took_long(state, after_s, sound) -> None:
    """Who waited hears that it is done; what is done in a moment, or stopped by hand, is silent."""
    rung, now, ringer = ringing()
    ringer.take(Progress(TASK, "looking"))
    now[0] = after_s
    ringer.take(Progress(replace(TASK, state=state)))
    assert rung == sound


def test_a_doubt_needs_you() -> None:
    """A question whether it understood waits for a person."""
    rung, _, ringer = ringing()
    ringer.take(Question(TASK, "find the train"))
    assert rung == ["needs-you"]


def test_an_approval_needs_you(qt) -> None:
    """A card that asks for a yes or no rings once, when it is shown."""
    rung, _, ringer = ringing()
    room = CardRoom()
    room.asker.waits.connect(ringer.ask)
    question = Approval("q", "t", "write_note", "Writes a note.", Risk.REVERSIBLE, "Write “milk”",
                        {"text": "milk"}, "every note", "acorn")  # fmt: skip

    async def asked() -> None:
        waiting = asyncio.ensure_future(room.asker.ask(question))
        await asyncio.sleep(0.2)
        waiting.cancel()

    asyncio.run(asked())
    qt_eventually(qt, lambda: rung)
    assert rung == ["needs-you"]
    room.close()


def talk() -> tuple[FakeSound, Conversation]:
    sound = FakeSound()
    conversation = Conversation(sound, FakeLink, Recorder().tell)
    conversation.start()
    return sound, conversation


def chimes(sound: FakeSound) -> list[object]:
    return [what for asked, what in sound.asked if asked == "chime"]


@pytest.mark.parametrize("mode", ["quiet", "typed", "captions"])
def test_quiet_modes_have_none(mode: Mode) -> None:
    """Where the voice is written instead of spoken, nothing else sounds; spoken again, it does."""
    sound, conversation = talk()
    conversation.speak_as(mode)
    conversation.chime("done")
    assert chimes(sound) == []
    conversation.speak_as("full")
    conversation.chime("done")
    assert chimes(sound) == ["done"]


def test_a_pause_and_a_test_of_the_devices_have_none() -> None:
    """Paused, or while the speaker is the echo test's, nothing sounds."""
    sound, conversation = talk()
    conversation.pause(True)
    conversation.chime("done")
    conversation.pause(False)
    conversation.rehearse(lambda _: None)
    conversation.chime("done")
    assert chimes(sound) == []


def test_the_setting_turns_them_off(qt, tmp_path: Path) -> None:
    """Switched off in the settings there are none, at the start as while it runs."""
    stage = Stage(qt, tmp_path, EARCONS=False)
    try:
        stage.conversation.chime("on")
        assert chimes(stage.sound) == []
        stage.window.settings.change(schema.EARCONS, True)
        stage.conversation.chime("on")
        assert chimes(stage.sound) == ["on"]
    finally:
        stage.close()


def until_playing(desk: Desk) -> None:
    """The speaker rests no more, and what woke it is over."""
    desk.until_wired("headset", "desk")
    desk.desk.chime("done")
    eventually(lambda: desk.desk._played._written > RATE_HZ // 3)
    eventually(lambda: not desk.desk._has_to_play())
    time.sleep(0.3)


@pytest.mark.alone
def test_the_speaker_plays_it_and_the_canceller_knows(sound_server: SoundServer) -> None:
    """What comes out of the speaker is the sound, and it stands in what cancels the echo."""
    wanted = earcon("needs-you")
    with Desk() as desk:
        until_playing(desk)
        with sound_server.recording("desk") as taken:
            desk.desk.chime("needs-you")
            time.sleep(1.0)
        far = desk.desk._played._ring.copy()
    played = soxr.resample(taken[0], RATE_HZ, 16_000)
    assert similarity(played, wanted)[1] > 0.95
    assert similarity(np.concatenate([far, far]), wanted)[1] > 0.99


@pytest.mark.alone
def test_hush_silences_it(sound_server: SoundServer) -> None:
    """Told to be quiet in the middle of a sound, the speaker falls silent before its end."""
    with Desk() as desk:
        until_playing(desk)
        desk.desk._played._ring[:] = 0.0
        with sound_server.recording("desk") as taken:
            desk.desk.chime("needs-you")
            eventually(lambda: np.any(desk.desk._played._ring), every_s=0.005)
            desk.desk.flush()
            time.sleep(0.8)
    loud = np.flatnonzero(np.abs(taken[0]) > 1e-3)
    sounded_s = (loud[-1] - loud[0]) / RATE_HZ if len(loud) else 0.0
    assert sounded_s < len(earcon("needs-you")) / 16_000 / 2
    assert loudness_db(taken[0][-RATE_HZ // 4 :]) < -80


def test_an_interruption_silences_it_too() -> None:
    """What stops the voice stops everything that sounds."""
    sound, conversation = talk()
    conversation._take(Hushed(1))
    assert ("flush", None) in sound.asked
