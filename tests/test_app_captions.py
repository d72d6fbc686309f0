"""The captions and the status, as values."""

from __future__ import annotations

import pytest

from app.conversation import Muted
from app.sound.devices import Device, Devices
from app.sound.patchbay import Wiring
from app.window.captions import Captions
from app.window.status import Status
from engine.background.told import Warned
from engine.client.events import (
    EngineFailed,
    EngineLost,
    EngineReady,
    EngineStarting,
    Error,
    State,
)

HEADSET = Device("microphone", "headset", "headset", 48_000, is_default=True)
PLUGGED = Wiring(devices=Devices((HEADSET,)), microphone=HEADSET)
UNPLUGGED = Wiring(notices=("No microphone.",))


def spoken(*fragments: tuple[str, str, float]) -> list[tuple[str, str]]:
    captions = Captions()
    for side, fragment, now_s in fragments:
        captions = captions.plus(side, fragment, now_s)
    return [(line.side, line.text) for line in captions.lines]


def test_fragments_join_to_lines() -> None:
    """Words of one side go on in one line; part of a word goes on with its word."""
    assert spoken(("user", "what", 0.0), ("user", " is thr", 0.2), ("user", "ee", 0.4)) == [
        ("user", "what is three")
    ]


def test_both_sides_may_speak_at_once() -> None:
    """Words spoken over each other grow in two lines, not in fragments of many."""
    assert spoken(
        ("user", "so I", 0.0), ("aside", "beep", 0.2), ("user", " called", 0.4),
        ("aside", " beep", 0.6), ("user", " her", 0.8),
    ) == [("user", "so I called her"), ("aside", "beep beep")]  # fmt: skip


def test_an_answer_stands_between_two_questions() -> None:
    """Who speaks again after the other side spoke begins a new line."""
    assert spoken(("user", "one", 0.0), ("aside", "two", 0.5), ("user", " three", 1.5)) == [
        ("user", "one"), ("aside", "two"), ("user", "three"),
    ]  # fmt: skip


def test_every_typed_message_is_a_line() -> None:
    """What was typed is shown as it was sent, never joined."""
    assert spoken(("typed", "hello", 0.0), ("typed", "you", 0.1)) == [
        ("typed", "hello"), ("typed", "you"),
    ]  # fmt: skip


def test_a_new_session_begins_new_lines() -> None:
    """What a lost engine left unfinished is not continued by the next one."""
    captions = Captions().plus("aside", "I wi", 0.0).closed().plus("aside", "hello", 0.1)
    assert [line.text for line in captions.lines] == ["I wi", "hello"]


def test_captions_are_bounded() -> None:
    """A long session does not grow the captions without end."""
    captions = Captions()
    for number in range(1000):
        captions = captions.plus("typed", f"line {number}", float(number))
    assert len(captions.lines) == 200
    assert captions.lines[-1].text == "line 999"


@pytest.mark.parametrize(
    ("happenings", "doing"),
    [
        ((), "starting"),
        ((EngineStarting(1),), "starting"),
        ((PLUGGED, EngineReady("url")), "listening"),
        ((PLUGGED, EngineReady("url"), State("speaking")), "speaking"),
        ((PLUGGED, EngineReady("url"), State("delayed")), "delayed"),
        ((PLUGGED, EngineReady("url"), Muted(True)), "muted"),
        ((PLUGGED, EngineReady("url"), Muted(True), State("speaking")), "speaking"),
        ((PLUGGED, EngineReady("url"), Muted(True), Muted(False)), "listening"),
        ((UNPLUGGED, EngineReady("url")), "deaf"),
        ((UNPLUGGED, EngineReady("url"), PLUGGED), "listening"),
        ((PLUGGED, EngineReady("url"), EngineLost("it died", 0.1)), "restarting"),
        ((PLUGGED, EngineReady("url"), EngineLost("x", 0.1), EngineStarting(2)), "restarting"),
        ((PLUGGED, EngineLost("x", 0.1), EngineStarting(2), EngineReady("url")), "listening"),
        ((PLUGGED, EngineFailed("no checkpoint")), "failed"),
    ],
)
def test_the_status_says_what_is_true(happenings: tuple, doing: str) -> None:
    """Whatever happened in whatever order, the status is the truth about now."""
    status = Status()
    for happening in happenings:
        status = status.after(happening)
    assert status.doing == doing


def test_trouble_is_told_until_it_is_over() -> None:
    """Why the engine is lost stands in the notice until it is back; errors until they are read."""
    lost = Status().after(EngineLost("the engine ended with status -9", 0.1))
    assert lost.notices == ("The engine ended with status -9.",)
    assert lost.soothed() == lost
    failed = Status().after(EngineFailed("no checkpoint at /nowhere"))
    assert failed.notices == ("No checkpoint at /nowhere.", "Start it again from the menu.")
    ready = lost.after(EngineReady("url"))
    assert ready.notices == ()
    full = ready.after(Warned("The disk takes no more tasks."))
    assert full.notices == ("The disk takes no more tasks.",)
    assert full.soothed().notices == ()
    assert ready.after(Error("unit_failed", "lost")).soothed().notices == ()
