"""The whole way, through the real desktop and real devices: sound goes in, captions come out, the
voice comes out of the speaker, the lamps are true, and nothing of what was said is in any log.

The engine answers by rule here (tests/scripted.py), so that nothing depends on what a model
understands; that is test_app_end_to_end_model.py's.
"""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.desktop import (  # noqa: F401
    RATE_HZ,
    SoundServer,
    display,
    eventually,
    own_sound_server,
)
from tests.person import Person, at_the_desktop
from tests.scripted import tone

pytestmark = pytest.mark.timeout(180)
LOUD = 0.01
TYPED, HEARD, ANSWER_HZ = "tangerine lighthouse", "hz440", 300.0


@dataclass(frozen=True)
class Evening:
    """What became of one conversation."""

    typed_captions: str
    spoken_captions: str
    voice: np.ndarray
    lights: tuple[dict[str, str], ...]
    recorders: tuple[int, ...]
    home: Path


@pytest.fixture(scope="module")
def evening(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """Somebody types, is answered aloud, speaks, mutes, and ends it."""
    home = tmp_path_factory.mktemp("person")
    with own_sound_server() as server:
        with at_the_desktop(display, home, "scripted") as person:
            eventually(lambda: server.recorders("headset") == 1, within_s=60)
            eventually(lambda: person.lights.get("microphone") == "seeing")
            voice, typed = answered(server, person)
            spoken = spoken_to(server, person)
            lights, recorders = muted(server, person)
        yield Evening(typed, spoken, voice, lights, recorders, home)


def answered(server: SoundServer, person: Person) -> tuple[np.ndarray, str]:
    """The speaker's sound while a typed line is answered, and the captions then."""
    with server.recording("desk") as taken:
        person.type_line(TYPED)
        eventually(lambda: f"Aside: {TYPED}" in person.captions, within_s=60)
        time.sleep(1.5)  # the end of it is still on its way to the speaker
    return taken[0], person.captions


def spoken_to(server: SoundServer, person: Person) -> str:
    """The captions after somebody whistled into the microphone."""
    server.play_into("headset", tone(440, 3 * 16_000))
    eventually(lambda: HEARD in person.captions, within_s=30)
    return person.captions


def muted(server: SoundServer, person: Person) -> tuple[tuple[dict, ...], tuple[int, ...]]:
    """Lamps and programs that record, open, muted, and open again."""
    lights, recorders = [person.lights], [server.recorders("headset")]
    for count, lamp in ((0, "off"), (1, "seeing")):
        assert person.do("mute")
        eventually(lambda count=count: server.recorders("headset") == count, within_s=20)
        eventually(lambda lamp=lamp: person.lights["microphone"] == lamp, within_s=20)
        lights.append(person.lights)
        recorders.append(server.recorders("headset"))
    return tuple(lights), tuple(recorders)


def test_what_is_typed_is_answered_aloud(evening: Evening) -> None:
    """The engine's voice, a tone of 300 Hz, comes out of the speaker at its own pitch."""
    loud = np.flatnonzero(np.abs(evening.voice) > LOUD)
    assert len(loud)
    heard = evening.voice[loud[0] : loud[-1] + 1]
    assert len(heard) > 0.3 * RATE_HZ
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert np.argmax(spectrum) * RATE_HZ / len(heard) == pytest.approx(ANSWER_HZ, abs=5)


def test_both_sides_have_captions(evening: Evening) -> None:
    """What was typed, what was answered and what was heard stand there, each under its name."""
    assert f"You: {TYPED}" in evening.typed_captions
    assert f"Aside: {TYPED}" in evening.typed_captions
    assert "You: " in evening.spoken_captions
    assert HEARD in evening.spoken_captions


def test_the_lamp_is_lit_while_the_microphone_is_open_and_no_longer(evening: Evening) -> None:
    """The lamp says what the sound server says: who records. Camera and screen stay dark."""
    assert evening.recorders == (1, 0, 1)
    assert [one["microphone"] for one in evening.lights] == ["seeing", "off", "seeing"]
    assert all((one["camera"], one["screen"]) == ("off", "off") for one in evening.lights)


def test_nothing_that_was_said_is_in_a_log(evening: Evening) -> None:
    """Neither on standard error nor in any file of text that the desktop wrote."""
    written = [evening.home / "stderr", *(evening.home / "state").rglob("*")]
    for path in written:
        text = path.read_text("utf-8", "replace") if path.is_file() else ""
        assert TYPED.split()[0] not in text, path
        assert HEARD not in text, path
        assert "Traceback" not in text, text[-2000:]
