"""The conversation between a sound desk and a real engine server, without any window."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from app.conversation import Conversation, Happening, Typed, VoiceStarted
from app.headless import FakeCapture, FakeSound, Recorder
from app.window.captions import Captions
from app.window.status import Status
from engine.client import wire
from engine.client.events import (
    ActEvent,
    EngineLost,
    EngineReady,
    EngineResting,
    EngineStarting,
    Heard,
    Hushed,
    Notice,
    Said,
    Started,
    VoiceAudio,
)
from engine.client.link import EngineLink
from tests.desktop import eventually
from tests.scripted import tone

pytestmark = pytest.mark.timeout(60)
SCRIPTED = [sys.executable, "-m", "tests.scripted"]


class Running:
    """A conversation with the scripted engine in a child process, and what happened in it."""

    def __init__(self) -> None:
        self.sound, self.recorder = FakeSound(), Recorder()
        self.conversation = Conversation(
            self.sound, lambda take: EngineLink.local(take, command=SCRIPTED), self.recorder.tell
        )

    def of(self, kind: type) -> list[Happening]:
        return [one for one in self.recorder.happenings if isinstance(one, kind)]

    def until_started(self, sessions: int = 1) -> None:
        eventually(lambda: len(self.of(Started)) >= sessions, within_s=20)

    def pass_turns(self, count: int, audio: np.ndarray | None = None) -> None:
        for _ in range(count):
            self.sound.hear(np.zeros(3200, np.float32) if audio is None else audio)
            time.sleep(0.02)

    def text(self, kind: type) -> str:
        return "".join(one.text for one in self.of(kind)).strip()


@pytest.fixture
def running() -> Iterator[Running]:
    made = Running()
    made.conversation.start()
    made.until_started()
    yield made
    made.conversation.stop()


def test_what_is_typed_is_answered_in_words_and_voice(running: Running) -> None:
    """A typed line comes back said and spoken, while only silence is heard."""
    running.conversation.type("  hello there  ")
    running.pass_turns(6)
    eventually(lambda: running.text(Said) == "hello there")
    assert running.of(Typed) == [Typed("hello there")]
    eventually(lambda: len(running.sound.played) == 2)
    generations, samples = zip(*running.sound.played, strict=True)
    assert set(generations) == {1}
    np.testing.assert_allclose(samples[0], tone(300), atol=1e-3)
    assert running.of(VoiceStarted) == [VoiceStarted(1)]


def test_what_sounds_is_heard(running: Running) -> None:
    """Sound of the desk is in the transcript."""
    running.pass_turns(2, tone(440))
    eventually(lambda: running.text(Heard) == "hz440 hz440")


def test_nothing_typed_is_nothing_sent(running: Running) -> None:
    """Empty lines reach nobody."""
    running.conversation.type("   ")
    running.pass_turns(3)
    assert running.of(Typed) == []


def test_a_killed_engine_is_told_and_comes_back(running: Running) -> None:
    """Its death is said, its voice dropped, and what is typed meanwhile is answered by the next."""
    pid = running.of(EngineReady)[-1].pid
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: running.of(EngineLost))
    status = Status()
    for happening in running.recorder.happenings:
        status = status.after(happening)
    assert status.doing == "restarting"
    assert "status -9" in status.notices[0]
    running.conversation.type("still there")
    running.until_started(2)
    assert ("restart_voice", None) in running.sound.asked
    running.pass_turns(6)
    eventually(lambda: running.text(Said) == "still there")


def test_the_window_without_a_window(running: Running) -> None:
    """The same happenings that the window gets make the same captions anywhere."""
    running.conversation.type("one two three")
    running.pass_turns(3, tone(440))
    running.pass_turns(4)
    eventually(lambda: running.text(Said) == "one two three")
    captions = Captions()
    sides = {Heard: "user", Said: "aside", Typed: "typed"}
    for happening in running.recorder.happenings:
        if type(happening) in sides:
            captions = captions.plus(sides[type(happening)], happening.text, 0.0)
    assert {line.side: line.text for line in captions.lines} == {
        "typed": "one two three", "user": "hz440 hz440 hz440", "aside": "one two three",
    }  # fmt: skip


def test_muting_tells_sound_and_engine(running: Running) -> None:
    """Muted, the microphone is closed and the engine knows."""
    running.conversation.mute(True)
    running.pass_turns(2, tone(440))
    time.sleep(0.3)
    assert ("mute", True) in running.sound.asked
    assert running.text(Heard) == ""


def test_the_key_to_talk_reaches_the_model(running: Running) -> None:
    """A session hears of itself as meant while the key is down; without a choice, always."""
    running.pass_turns(2, tone(440))
    running.conversation.answer(whatever=False)
    running.pass_turns(2, tone(440))
    running.conversation.talk(True)
    running.pass_turns(2, tone(440))
    running.conversation.talk(False)
    running.pass_turns(2, tone(440))
    eventually(lambda: len(running.text(Heard).split()) == 8)
    running.conversation.type("addressed")
    running.pass_turns(1)
    eventually(lambda: running.of(ActEvent))
    # The micro-turn in which it goes up was held for a part of its time.
    assert running.of(ActEvent)[0].arguments["turns"] == "111011100"


class Gone:
    """A link that leads nowhere."""

    def mute(self, muted: bool) -> None: ...

    def wake(self) -> None: ...


def test_who_mutes_while_the_engine_comes_back_stays_muted() -> None:
    """Both threads decide about the microphone at once: the one that is slow does not open what the
    user has just closed."""
    slow, going_on = threading.Event(), threading.Event()

    class Slow(FakeSound):
        def hear_system(self, on: bool) -> None:
            if threading.current_thread() is engine:
                slow.set()
                going_on.wait(10)
            super().hear_system(on)

    sound, takes = Slow(), []
    engine = threading.Thread(target=lambda: takes[0](EngineStarting(1)))
    user = threading.Thread(target=lambda: conversation.mute(True))
    conversation = Conversation(
        sound, lambda take: takes.append(take) or Gone(), Recorder().tell, capture=FakeCapture()
    )
    conversation.hear_system(True)
    takes[0](EngineResting())
    engine.start()
    assert slow.wait(10)
    user.start()
    user.join(0.3)
    going_on.set()
    for thread in (engine, user):
        thread.join(10)
    assert [value for name, value in sound.asked if name == "mute"][-1] is True


def test_paused_it_sees_nothing_whatever_the_engine_does() -> None:
    """Camera and screen are closed with the microphone, and an engine that rests and comes back
    meanwhile opens neither."""
    capture, takes = FakeCapture(), []
    conversation = Conversation(
        FakeSound(), lambda take: takes.append(take) or Gone(), Recorder().tell, capture=capture
    )
    conversation.pause(True)
    takes[0](EngineResting())
    takes[0](EngineStarting(1))
    assert capture.asked == [("pause", True)]
    conversation.pause(False)
    assert capture.asked == [("pause", True), ("pause", False)]


def test_an_unnumbered_voice_is_played_too() -> None:
    """A server without our extensions numbers no generations; each pause begins a new one."""
    sound, recorder = FakeSound(), Recorder()

    class Link:
        def __init__(self, take) -> None:
            self.take = take

    links: list[Link] = []
    Conversation(sound, lambda take: links.append(Link(take)) or links[-1], recorder.tell)
    for playing in (False, True, False):
        sound.playing = playing
        links[0].take(VoiceAudio(0, np.ones(10, np.float32)))
    assert [generation for generation, _ in sound.played] == [1, 1, 2]


def test_an_interruption_is_silence_now() -> None:
    """A server that tells of an interruption empties the speaker, before it plays on."""
    sound, recorder = FakeSound(), Recorder()

    class Link:
        def __init__(self, take) -> None:
            self.take = take

    links: list[Link] = []
    Conversation(sound, lambda take: links.append(Link(take)) or links[-1], recorder.tell)
    links[0].take(VoiceAudio(1, np.ones(10, np.float32)))
    assert ("flush", None) not in sound.asked
    links[0].take(Hushed(1))
    assert sound.asked[-1] == ("flush", None)


@pytest.mark.parametrize("stop", ["silence", "pause"])
def test_the_engine_is_told_which_voice_nobody_hears(stop: str) -> None:
    """Once, and only if some voice has come; a test of the devices has a voice of its own."""
    sound, hushed = FakeSound(), []

    class Link:
        def hush(self, generation: int, played_ms: int) -> None:
            hushed.append((generation, played_ms))

        def mute(self, _muted: bool) -> None: ...

    conversation = Conversation(sound, lambda _take: Link(), lambda _happening: None)
    end = conversation.silence if stop == "silence" else lambda: conversation.pause(True)
    end()
    sound.play(1, np.ones(10, np.float32))
    end()
    end()
    assert hushed == [(1, 0)]


@pytest.mark.parametrize(("hears", "told"), [
    (["audio", "text"], True), (["audio", "camera", "screen"], False), (None, False),
])  # fmt: skip
def test_who_shows_something_to_a_blind_model_is_told(hears: list[str] | None, told: bool) -> None:
    """Where the model says that it sees nothing, sharing says so; nowhere else."""
    recorder, takes = Recorder(), []
    conversation = Conversation(FakeSound(), takes.append, recorder.tell, capture=FakeCapture())
    takes[0](wire.parse(json.dumps({"type": "aside.capabilities", "hears": hears})))
    conversation.watch(True)
    notices = [one for one in recorder.happenings if isinstance(one, Notice)]
    assert [one.code for one in notices] == ["blind"] * told
    conversation.watch(False)
