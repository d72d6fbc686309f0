"""Nothing ticks at rest; what moves does so sixty times a second."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject

from app.sound.meter import FALL_DB_PER_S, Meter
from app.window.frame_clock import PICTURE_MS, FrameClock
from engine.client.events import Heard, Said, State, TurnDone, Usage
from tests.desktop import display, qt, qt_application, qt_eventually  # noqa: F401
from tests.test_app_window import Stage

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def stage(qt, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qt, tmp_path)
    yield made
    made.close()


class Ticks(QObject):
    """Counts the timer events of the application. besides: of whom they do not count."""

    def __init__(self, application, besides: frozenset[QObject] = frozenset()) -> None:
        super().__init__()
        self.receivers, self.names = set[QObject](), list[str]()
        self._application, self._besides = application, besides
        application.installEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Timer and receiver not in self._besides:
            self.receivers.add(receiver)
            # Written down now: by the time anybody reads it, the receiver may be gone.
            self.names.append(f"{receiver!r} of {receiver.parent()!r}")
        return False

    def of(self, seconds: float) -> list[str]:
        """Whose come while nothing is done."""
        self.names.clear()
        end_s = time.monotonic() + seconds
        while time.monotonic() < end_s:
            self._application.processEvents()
            time.sleep(0.005)
        return list(self.names)


@pytest.fixture
def left(qt) -> frozenset[QObject]:
    """What is there, or ticks, before anything is opened: left by other tests in this process."""
    gc.collect()
    ticks = Ticks(qt)
    ticks.of(0.3)
    there = (one for one in gc.get_objects() if issubclass(type(one), QObject))
    return frozenset((*there, *ticks.receivers))


def still(stage: Stage) -> bool:
    return not stage.window._clock.ticking


def test_the_clock_runs_until_all_is_still(qt):
    """A picture comes while something moves, with the time that passed, and then none."""
    left, steps = [3], []

    def move(step_s: float) -> bool:
        steps.append(step_s)
        left[0] -= 1
        return left[0] > 0

    clock = FrameClock(move)
    assert not clock.ticking
    clock.stirred.emit()
    qt_eventually(qt, lambda: not clock.ticking and steps)
    assert len(steps) == 3
    assert all(step > 0 for step in steps)
    assert PICTURE_MS <= 1000 / 60


def test_at_rest_nothing_ticks(left: frozenset[QObject], stage: Stage):
    """Open, listening, with words on the screen: once they are there, no timer fires.

    What other tests left to happen once, up to twenty seconds later, may come in between: it has no
    object that anybody could know beforehand. What ticks every second leaves none quiet.
    """
    stage.tell(Heard(" hello", 0, 200), Said(" there", 0, 200))
    qt_eventually(stage.application, lambda: still(stage))
    qt_eventually(stage.application, lambda: not stage.window._telling.isActive())
    ticks, named = Ticks(stage.application, left), ["not looked yet"]
    for _ in range(25):
        if not (named := ticks.of(1.0)):
            break
    assert named == []


def test_what_shows_nothing_wakes_nothing(left: frozenset[QObject], stage: Stage, monkeypatch):
    """The engine counts sound and micro-turns even when nobody speaks: nothing is shown anew, and
    no timer fires. What is so already is not shown again either."""
    qt_eventually(stage.application, lambda: still(stage))
    shown, ticks, named = [], Ticks(stage.application, left), ["not looked yet"]
    monkeypatch.setattr(stage.window, "show_state", lambda: shown.append(True))
    for _ in range(25):
        stage.tell(Usage(5.0), Usage(10.0), TurnDone(50), stage.window.status.state)
        if not (named := ticks.of(1.0)):
            break
    assert (named, shown) == ([], [])
    stage.tell(State("delayed"))
    assert shown == [True]


@pytest.mark.parametrize("what", ["word", "voice", "sound"])
def test_what_moves_wakes_the_clock(stage: Stage, what: str):
    """A word, the voice, or sound at the microphone is shown at once, and then it rests again."""
    qt_eventually(stage.application, lambda: still(stage))
    if what == "word":
        stage.tell(Heard(" hello", 0, 200))
    elif what == "voice":
        stage.tell(State("speaking", 1, 1))
        qt_eventually(stage.application, lambda: stage.panel.mark._swell > 0.9)
        stage.tell(State("listening", 2, 1))
    else:
        stage.sound.level = 0.8
        qt_eventually(stage.application, lambda: stage.panel.meter.shown > 0.7)
        stage.sound.level = 0.0
    if what == "word":
        told = stage.panel.captions.accessibleDescription
        qt_eventually(stage.application, lambda: "hello" in told())
    else:
        qt_eventually(stage.application, lambda: not still(stage))
    qt_eventually(stage.application, lambda: still(stage))
    assert stage.panel.meter.shown == 0


def test_hidden_it_does_not_tick(stage: Stage):
    """A window that nobody sees draws nothing, whatever sounds; shown again, it does."""
    stage.sound.level = 0.8
    stage.window.do("show")
    qt_eventually(stage.application, lambda: still(stage))
    stage.window.do("show")
    qt_eventually(stage.application, lambda: not still(stage))


def test_sound_after_quiet_stirs_once():
    """The meter tells when a quiet room is quiet no more, not at every frame, and not of noise."""
    stirs, meter = [], Meter()
    meter.on_stir = lambda: stirs.append(time.monotonic())
    for _ in range(20):
        meter.feed(np.full(160, 10 ** (-55 / 20), np.float32))
    assert stirs == []
    for _ in range(20):
        meter.feed(np.full(160, 0.1, np.float32))
    assert len(stirs) == 1
    time.sleep(40 / FALL_DB_PER_S)
    meter.feed(np.full(160, 0.1, np.float32))
    assert len(stirs) == 2
