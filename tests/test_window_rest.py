"""The model's memory is freed when nobody needs it, by itself or by key, and one sees that."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.capture.models import Sight, SourceSight
from app.settings.schema import IDLE_MINUTES, WHEN_IDLE
from app.window.idle import Idle
from engine.client.events import EngineReady, EngineResting, EngineStarting, Heard, State
from tests.desktop import display, qt, qt_application  # noqa: F401
from tests.test_app_window import Stage

pytestmark = [pytest.mark.timeout(60), pytest.mark.alone]


@pytest.fixture
def stage(qt, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qt, tmp_path)
    made.tell(EngineReady("ws://here", 17))
    yield made
    made.close()


def asked(stage: Stage) -> list[str]:
    return [what for what, _ in stage.links[-1].asked if what in ("rest", "wake", "text")]


def test_the_key_frees_it_and_again_brings_it_back(stage: Stage):
    """While it rests the microphone is closed, the window says so and how it goes on."""
    assert stage.window.do("free-engine") == ""
    stage.tell(EngineResting())
    assert asked(stage) == ["rest"]
    assert stage.sound.asked[-1] == ("mute", True)
    assert stage.panel.status.text() == "Resting"
    assert "talk key" in stage.panel.notice
    assert stage.window.status.pill_words == "Resting"
    stage.window.do("free-engine")
    stage.tell(EngineStarting(1), EngineReady("ws://here", 18), State("listening"))
    assert asked(stage) == ["rest", "wake"]
    assert stage.sound.asked[-1] == ("mute", False)
    assert "talk key" not in stage.panel.notice


@pytest.mark.parametrize("way", ["talk", "mute", "pause"])
def test_who_wants_to_be_heard_wakes_it(stage: Stage, way: str):
    """The talk key, an opened microphone, and going on after a pause start it again."""
    if way != "talk":
        stage.window.do(way)
    stage.tell(EngineResting())
    stage.window.do(way, "press") if way == "talk" else stage.window.do(way)
    assert asked(stage) == ["wake"]


def test_what_is_muted_stays_so_afterwards(stage: Stage):
    """Rest opens no microphone that was closed before."""
    stage.window.do("mute")
    stage.tell(EngineResting(), EngineStarting(1), EngineReady("ws://here", 18))
    assert [given for what, given in stage.sound.asked if what == "mute"] == [True]


def test_an_engine_elsewhere_has_nothing_to_free(stage: Stage):
    """The action says so instead of ending the session there."""
    stage.tell(EngineReady("wss://office"))
    assert "elsewhere" in stage.window.do("free-engine")
    assert asked(stage) == []


def test_after_the_minutes_that_are_set_it_rests(stage: Stage):
    """Words, and anything that is shared, keep it; with the setting at keep it never rests."""
    now_s, freed = [0.0], []
    limit_s, shared = [600.0], [False]
    idle = Idle(lambda: limit_s[0], lambda: shared[0], lambda: freed.append(now_s[0]),
                lambda: now_s[0])  # fmt: skip
    for at_s in (0.0, 500.0):
        now_s[0] = at_s
        idle.take(Heard("hm", 0, 0))
    now_s[0] = 1050.0
    idle.check()
    shared[0] = True
    now_s[0] = 1200.0
    idle.check()
    shared[0] = False
    now_s[0] = 1700.0
    idle.check()
    assert freed == []
    now_s[0] = 1800.0
    idle.check()
    assert freed == [1800.0]
    limit_s[0] = None  # type: ignore[call-overload]
    now_s[0] = 99_999.0
    idle.check()
    assert freed == [1800.0]


def test_it_waits_only_for_what_is_left(stage: Stage):
    """Nothing ticks where the model is kept, or is not there; else one timer runs, for the rest of
    the time, and a word, or what is shared no more, begins it anew."""
    now_s, limit_s, shared = [0.0], [None], [False]
    idle = Idle(lambda: limit_s[0], lambda: shared[0], lambda: None, lambda: now_s[0])
    idle.take(Heard("hm", 0, 0))
    assert idle.left_s is None
    limit_s[0] = 600.0  # type: ignore[call-overload]
    now_s[0] = 200.0
    idle.heed()
    assert idle.left_s == pytest.approx(400, abs=1)
    idle.check()  # too early
    assert idle.left_s == pytest.approx(400, abs=1)
    shared[0] = True
    idle.take(Sight(camera=SourceSight("seeing", "Laptop")))
    shared[0], now_s[0] = False, 700.0
    idle.take(Sight())
    assert idle.left_s == pytest.approx(600, abs=1)
    limit_s[0] = None
    idle.take(EngineResting())
    assert idle.left_s is None


def test_the_time_is_up_by_itself(stage: Stage):
    """Nobody has to look: the engine is let go when the time that is left is over."""
    freed: list[bool] = []
    idle = Idle(lambda: 0.1, lambda: False, lambda: freed.append(True))
    stage.until(lambda: freed)
    assert idle.left_s is not None


def test_a_changed_setting_is_heeded_at_once(stage: Stage):
    """Free instead of keep starts the wait, other minutes change it, and keep ends it."""
    idle = stage.window.idle
    assert idle.left_s is None
    for setting, value, left_s in (
        (WHEN_IDLE, "free", 900), (IDLE_MINUTES, 7, 420), (WHEN_IDLE, "keep", None),
    ):  # fmt: skip
        stage.window.settings.change(setting, value)
        assert idle.left_s == (None if left_s is None else pytest.approx(left_s, abs=5))


def test_the_settings_say_when(stage: Stage):
    """Keep is the default; free after so many minutes, unless something is shared."""
    window = stage.window
    assert window._idle_limit_s() is None
    window.settings.change(WHEN_IDLE, "free")
    window.settings.change(IDLE_MINUTES, 7)
    assert window._idle_limit_s() == 420.0
    assert not window._shares()
    window.take(Sight(camera=SourceSight("seeing", "Laptop")))
    assert window._shares()
    window.take(EngineResting())
    assert window._idle_limit_s() is None
