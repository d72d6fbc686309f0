"""What the shipped model understood: people's voices into a virtual microphone, the real desktop in
between, and what comes out of the virtual speaker judged by an independent ear.

That the way itself is open is test_app_end_to_end.py's. A machine with more to do than it has cores
for drops sound, and is excused where none came. Runs where assets/nano holds a checkpoint.
ASIDE_LONG=1 makes the echo last ten minutes a side, over late and early rooms.
"""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from app.conversation import VoiceStarted
from engine.client.events import Heard
from engine.training.scenes.numbers import words
from engine.training.voices.espeak import EspeakVoice
from tests.desktop import (  # noqa: F401
    RATE_HZ,
    ROOT,
    SoundServer,
    display,
    eventually,
    own_sound_server,
    similarity,
    sound_server,
    unless_busy,
)
from tests.digit_ear import NUMBERS, words_in
from tests.person import at_the_desktop
from tests.talk import Room, Talk

PEOPLE = ROOT / "assets" / "people"
pytestmark = [
    pytest.mark.skipif(
        not (ROOT / "assets" / "nano" / "model.safetensors").exists(), reason="no shipped model"
    ),
    pytest.mark.timeout(1500 if os.environ.get("ASIDE_LONG") else 300),
]
ROOMS_S = (0.03, 0.1, 0.2, 0.3) if os.environ.get("ASIDE_LONG") else (0.1,)
LATE_ROOMS_S = (0.2, 0.3)
heard_at_times = pytest.mark.xfail(
    strict=False, reason="an echo so late is past what the canceller searches: 3 times of 10"
)
ECHO_S = 150.0 if os.environ.get("ASIDE_LONG") else 30.0
ORDER = "add up the numbers i say"
LONG_ORDER = "say the months"
LOUD = 0.01


@dataclass(frozen=True)
class Clip:
    """Somebody says digits. samples: (n,) float32 at 16 kHz; end_s: where the last word ends."""

    samples: np.ndarray
    text: str
    sum: int
    end_s: float


def clips() -> list[Clip]:
    made = []
    for entry in json.loads((PEOPLE / "digits.json").read_text()):
        samples, rate_hz = soundfile.read(PEOPLE / entry["file"], dtype="float32")
        samples = soxr.resample(samples, rate_hz, 16_000)
        made.append(Clip(samples, entry["text"], entry["sum"], entry["words"][-1][2]))
    return made


def contains(heard: list[str], wanted: list[str]) -> bool:
    spans = range(len(heard) - len(wanted) + 1)
    return any(heard[at : at + len(wanted)] == wanted for at in spans)


@dataclass(frozen=True)
class Take:
    """One person's turn. All sound is (n,) float32 at 48 kHz.

    before, after: what came out of the speaker before the person spoke, and since; person: what
    went into the microphone, recorded together with `after`.
    """

    clip: Clip
    before: np.ndarray
    after: np.ndarray
    person: np.ndarray

    @property
    def answer(self) -> list[str]:
        """The number words that an independent ear finds in it."""
        if np.abs(self.after).max(initial=0.0) < LOUD:
            return []
        return words_in(soxr.resample(self.after, RATE_HZ, 16_000), NUMBERS)

    @property
    def spoken(self) -> tuple[int, int]:
        """From where to where in `after` the person speaks, to the end of the last word."""
        begun, _ = similarity(self.person[::3], self.clip.samples)
        return 3 * begun, 3 * begun + round(self.clip.end_s * RATE_HZ)

    @property
    def interrupted(self) -> bool:
        """Whether somebody spoke meanwhile."""
        begun, ended = self.spoken
        return bool(np.abs(self.after[begun:ended]).max(initial=0.0) > LOUD)

    @property
    def delay_s(self) -> float | None:
        """From the end of the person's last word to the first sound; None without an answer."""
        loud = np.flatnonzero(np.abs(self.after[self.spoken[1] :]) > LOUD)
        return None if self.interrupted or not len(loud) else float(loud[0] / RATE_HZ)


@pytest.fixture(scope="module")
def talk(
    display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, list[Take]]]:
    """The order typed into the real window, then eight people saying digits, one by one.

    Where the desktop wrote, and what became of each.
    """
    home = tmp_path_factory.mktemp("person")
    with own_sound_server() as server:
        with at_the_desktop(display, home) as person:
            eventually(lambda: server.recorders("headset") == 1, within_s=60)
            person.type_line(ORDER)
            time.sleep(4.0)
            taken = [take(server, clip) for clip in clips()]
        yield home, taken


@pytest.fixture
def takes(talk: tuple[Path, list[Take]]) -> list[Take]:
    return talk[1]


def take(server: SoundServer, clip: Clip) -> Take:
    with server.recording("desk") as before:
        time.sleep(1.0)
    with server.recording("headset_room") as person, server.recording("desk") as after:
        server.play_into("headset", clip.samples)
        time.sleep(4.0)
    return Take(clip, before[0], after[0], person[0])


def test_a_conversation_with_the_shipped_model_ends_well(talk: tuple[Path, list[Take]]) -> None:
    """It lives through eight people, every one of whom reached the microphone, ends with status 0
    when told to, and what was said stands in no log."""
    home, taken = talk
    assert len(taken) == len(clips())
    assert all(similarity(one.person[::3], one.clip.samples)[1] > 0.8 for one in taken)
    log = (home / "stderr").read_text("utf-8", "replace")
    assert "Traceback" not in log, log[-2000:]
    assert ORDER not in log
    assert not any(one.clip.text in log for one in taken)


def test_people_are_answered_when_they_are_done(takes: list[Take]) -> None:
    """Half of the people at least are answered after their last word, at most every fourth is
    interrupted, and before they begin nothing is said."""
    delays = [take.delay_s for take in takes]
    print("delay from the last word:", [None if d is None else round(d, 2) for d in delays])
    assert unless_busy(sum(delay is not None for delay in delays) >= len(takes) / 2)
    assert sum(take.interrupted for take in takes) <= len(takes) / 4
    assert all(np.abs(take.before).max() < LOUD for take in takes)


def test_the_sum_of_spoken_digits_comes_out_of_the_speaker(takes: list[Take]) -> None:
    """An independent ear finds the right sum, in words, in the recording of the speaker.

    One such answer shows that the whole way is open; how many are right, `aside eval basics` says.
    """
    for one in takes:
        print(f"{one.clip.text}: wanted {words(one.clip.sum)}, understood {' '.join(one.answer)}")
    right = (contains(one.answer, words(one.clip.sum).split()) for one in takes)
    assert unless_busy(any(right))


@pytest.mark.parametrize("delay_s", ROOMS_S)
@pytest.mark.parametrize("echo_cancellation", [True, False])
def test_it_does_not_hear_or_answer_itself(
    sound_server: SoundServer, echo_cancellation: bool, delay_s: float
) -> None:
    """Its voice comes back into the microphone through a room: nothing is heard of it or answered.

    It is made to speak by typed questions. Whatever it speaks besides answers something else.
    """
    room = Room(sound_server, delay_s)
    room.start()
    asked = 0
    try:
        with Talk(echo_cancellation) as talk:
            until_s = time.monotonic() + ECHO_S
            while time.monotonic() < until_s:
                asked += 1
                talk.conversation.type("what is two plus two")
                time.sleep(5.0)
            heard, spoke = talk.text(Heard), len(talk.of(VoiceStarted))
    finally:
        room.stop()
    print(f"{delay_s:g} s late, {ECHO_S:g} s: asked {asked}, spoke {spoke} times, heard {heard}")
    assert unless_busy(spoke >= asked / 2)
    assert spoke <= asked
    assert heard == []


@pytest.mark.parametrize("delay_s", ROOMS_S)
def test_stop_over_its_own_voice_is_heard(
    sound_server: SoundServer, delay_s: float, request: pytest.FixtureRequest
) -> None:
    """It tells the months, its voice comes back through the room, and somebody says stop: within a
    second of the word's end the speaker is silent. (Half a second on the stream's clock is the aim;
    pipes, devices and a busy machine come on top.)"""
    if delay_s in LATE_ROOMS_S:
        request.node.add_marker(heard_at_times)
    stop = EspeakVoice("en-us", "m3").say("aside, stop")
    ends_s = stop.words[-1].end_s
    room = Room(sound_server, delay_s)
    room.start()
    try:
        with Talk() as talk:
            talk.conversation.type(LONG_ORDER)
            eventually(lambda: talk.of(VoiceStarted), within_s=20)
            with sound_server.recording("desk") as after:
                time.sleep(0.5)
                sound_server.play_into("headset", stop.audio)  # returns when it has been played
                time.sleep(3.0)
    finally:
        room.stop()
    said = round((0.5 + ends_s) * RATE_HZ)
    assert unless_busy(np.abs(after[0][said - RATE_HZ // 2 : said]).max() > LOUD)
    assert np.abs(after[0][said + RATE_HZ :]).max(initial=0.0) < LOUD
