"""Timers and reminders ring once, at their time, whatever happens to clocks, machine and disk."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from belting import Time
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.background.tool import ToolError
from engine.background.tools.alarms import MAX_ALARMS, Alarms, Ringing
from engine.background.tools.instants import parsed
from engine.background.tools.timers import (
    CancelAlarm,
    ListAlarms,
    Remind,
    SetTimer,
    length,
    ring_forever,
)

pytestmark = pytest.mark.timeout(60)


def alarms(folder: Path, at: Time) -> Alarms:
    return Alarms(folder / "alarms.json", at.clocks)


def rung(of: Alarms) -> list[str]:
    return [ringing.alarm.label for ringing in of.ring()]


def test_a_timer_rings_once_and_not_before(tmp_path: Path) -> None:
    """Due means due."""
    at = Time()
    set_ = alarms(tmp_path, at)
    set_.start_timer(60, "tea")
    at.go(59.9)
    assert rung(set_) == []
    at.go(0.1)
    assert rung(set_) == ["tea"]
    at.go(1000)
    assert rung(set_) == rung(alarms(tmp_path, at)) == []


@pytest.mark.parametrize("jump_s", [-86_400.0, -300.0, 300.0, 86_400.0 * 400])
def test_a_timer_does_not_care_what_time_it_is(tmp_path: Path, jump_s: float) -> None:
    """The clock jumps: a timer still takes as long as it takes, also after Aside restarts."""
    at = Time()
    running = alarms(tmp_path, at)
    running.start_timer(600, "tea")
    at.go(100)
    at.wall += jump_s
    assert rung(running) == []
    at.go(499)
    assert rung(running) == rung(alarms(tmp_path, at)) == []
    at.go(1)
    assert rung(alarms(tmp_path, at)) == ["tea"]


@pytest.mark.parametrize("jump_s", [-86_400.0, 300.0])
def test_a_timer_that_saw_a_jump_survives_a_reboot(tmp_path: Path, jump_s: float) -> None:
    """After the clock was put right and the machine restarted, what was left of a timer is left."""
    at = Time()
    running = alarms(tmp_path, at)
    running.start_timer(600, "tea")
    at.wall += jump_s
    assert rung(running) == []
    at.go(100)
    at.boot, at.steady = "second", 3.0
    later = alarms(tmp_path, at)
    assert later.left_s(later.all()[0]) == pytest.approx(500)


def test_a_reminder_follows_the_clock(tmp_path: Path) -> None:
    """A reminder has a time of day: the clock jumps to it and it rings, or back, and it waits."""
    at = Time()
    running = alarms(tmp_path, at)
    running.remind(at.wall + 3600, "call")
    at.wall -= 7200
    at.go(3600)
    assert rung(running) == []
    at.wall += 7200
    assert rung(running) == ["call"]
    at.wall -= 86_400
    at.go(86_400)
    assert rung(running) == []


def test_what_was_due_while_nobody_ran_is_told_late(tmp_path: Path) -> None:
    """After a night without power, it rings once and says how late it is."""
    at = Time()
    alarms(tmp_path, at).remind(at.wall + 60, "call")
    at.go(8 * 3600)
    at.boot, at.steady = "second", 1.0
    (ringing,) = alarms(tmp_path, at).ring()
    assert ringing.late_s == pytest.approx(8 * 3600 - 60)
    assert "was due at" in ringing.text


def test_daily_means_the_same_time_of_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A daily reminder keeps its hour when the clocks change, and skips days nobody was there."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        at = Time(wall=datetime(2027, 3, 27, 7, 0).timestamp())
        running = alarms(tmp_path, at)
        running.remind(datetime(2027, 3, 27, 8, 0).timestamp(), "pill", "daily")
        at.go(3601)
        assert rung(running) == ["pill"]
        assert running.all()[0].due_s == datetime(2027, 3, 28, 8, 0).timestamp()
        at.wall = datetime(2027, 4, 2, 9, 0).timestamp()
        assert rung(running) == ["pill"]
        assert running.all()[0].due_s == datetime(2027, 4, 3, 8, 0).timestamp()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_each_ringing_has_an_id_of_its_own(tmp_path: Path) -> None:
    """Two rings of a daily reminder can be told apart."""
    at = Time()
    running = alarms(tmp_path, at)
    running.remind(at.wall + 10, "pill", "daily")
    ids = set()
    for _ in range(3):
        at.go(86_400)
        ids |= {ringing.id for ringing in running.ring()}
    assert len(ids) == 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(1, 5000), min_size=1, max_size=5),
    st.lists(st.tuples(st.floats(0, 900), st.floats(-5000, 5000), st.booleans()), max_size=30),
)
def test_every_timer_rings_exactly_once(
    tmp_path_factory: pytest.TempPathFactory,
    lengths: list[float],
    steps: list[tuple[float, float, bool]],
) -> None:
    """Through any jumps of the clock and restarts of Aside."""
    folder, at = tmp_path_factory.mktemp("timers"), Time()
    running = alarms(folder, at)
    for number, seconds in enumerate(lengths):
        running.start_timer(seconds, str(number))
    heard: list[tuple[str, float]] = []
    begun = at.steady
    for passed, jump, restart in [*steps, (6000.0, 0.0, False)]:
        at.go(passed)
        at.wall += jump
        running = alarms(folder, at) if restart else running
        heard += [(label, at.steady - begun) for label in rung(running)]
    assert sorted(label for label, _ in heard) == sorted(str(n) for n in range(len(lengths)))
    assert all(passed >= lengths[int(label)] - 1e-6 for label, passed in heard)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_rings_no_alarm_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What rang has rung, even if that cannot be written down; and nothing new is promised."""
    at = Time()
    running = alarms(tmp_path, at)
    running.start_timer(5, "tea")

    def full(*_: Any, **__: Any) -> None:
        with open("/dev/full", "w") as file:
            file.write("x" * 10_000)
            file.flush()

    monkeypatch.setattr("engine.background.disk.os.replace", full)
    at.go(6)
    assert rung(running) == ["tea"]
    assert rung(running) == []
    with pytest.raises(ToolError, match="disk is full"):
        running.start_timer(5, "more")
    assert running.all() == ()


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """So many writes find no room."""
    left, move = [None] * times, os.replace

    def replace(*paths: Any) -> None:
        if left:
            left.pop()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        move(*paths)

    monkeypatch.setattr("engine.background.disk.os.replace", replace)


@pytest.mark.parametrize("times", [1, 3])
def test_what_rang_is_written_down_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, times: int
) -> None:
    """Until it is, each look tries again; after a restart nothing rings a second time."""
    at = Time()
    running = alarms(tmp_path, at)
    running.start_timer(5, "tea")
    running.remind(at.wall + 5, "pill", "daily")
    running.remind(at.wall + 3600, "call")
    failing(monkeypatch, times)
    at.go(6)
    assert sorted(rung(running)) == ["pill", "tea"]
    for _ in range(times):
        assert rung(running) == []
    again = alarms(tmp_path, at)
    assert rung(again) == []
    assert [alarm.label for alarm in again.all()] == ["call", "pill"]
    assert len(caplog.records) == 1
    assert not {"tea", "pill", "call"} & set(re.findall(r"\w+", caplog.text))


def test_what_rang_does_not_come_back_from_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes to the file before we could: what they changed counts, and what rang
    has rung."""
    at = Time()
    running = alarms(tmp_path, at)
    running.start_timer(5, "tea")
    running.remind(at.wall + 5, "pill", "daily")
    call = running.remind(at.wall + 3600, "call")
    failing(monkeypatch, 1)
    at.go(6)
    assert sorted(rung(running)) == ["pill", "tea"]
    alarms(tmp_path, at).cancel(call.id)
    for each in (running, alarms(tmp_path, at)):
        assert rung(each) == []
        assert [alarm.label for alarm in each.all()] == ["pill"]


def test_a_jump_of_the_clock_is_written_down_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the moment of the jump stops no ringing, and a reboot finds what is left."""
    at = Time()
    running = alarms(tmp_path, at)
    running.start_timer(600, "tea")
    running.start_timer(5, "egg")
    failing(monkeypatch, 1)
    at.wall += 300
    at.go(6)
    assert rung(running) == ["egg"]
    assert rung(running) == []
    at.boot, at.steady = "second", 3.0
    later = alarms(tmp_path, at)
    assert [later.left_s(alarm) for alarm in later.all()] == [pytest.approx(594)]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"alarms": [{}]}', '{"alarms": [3]}'])
def test_a_damaged_file_is_said_and_not_overwritten(tmp_path: Path, text: str) -> None:
    """Timers that cannot be read are not thrown away."""
    path = tmp_path / "alarms.json"
    path.write_text(text)
    with pytest.raises(ToolError, match="damaged"):
        alarms(tmp_path, Time()).start_timer(5, "tea")
    assert path.read_text() == text


def test_there_is_a_bound(tmp_path: Path) -> None:
    """Nobody can fill the machine with timers."""
    running = alarms(tmp_path, Time())
    running._alarms = {str(n): running.start_timer(9, "x") for n in range(1)} | {
        f"x{n}": running.all()[0] for n in range(MAX_ALARMS - 1)
    }
    with pytest.raises(ToolError, match="already"):
        running.start_timer(5, "tea")


def test_the_tools_set_list_cancel_and_undo(tmp_path: Path) -> None:
    """What is set is listed, what is cancelled is gone, and both can be taken back."""
    at = Time()
    kept = alarms(tmp_path, at)
    timer, listing, cancel = SetTimer(kept), ListAlarms(kept), CancelAlarm(kept)
    assert timer.preview({"seconds": 90, "label": "tea"}) == (
        "Set a timer of 1 minute 30 seconds for: tea."
    )
    set_ = asyncio.run(timer.run({"seconds": 90, "label": "tea"}))
    assert "tea" in asyncio.run(listing.run({})).text
    cancelled = asyncio.run(cancel.run({"id": kept.all()[0].id}))
    assert kept.all() == ()
    assert cancelled.undo
    asyncio.run(cancel.undo(cancelled.undo))
    assert kept.all()[0].label == "tea"
    assert set_.undo
    asyncio.run(timer.undo(set_.undo))
    assert kept.all() == ()


def test_a_reminder_says_when(tmp_path: Path) -> None:
    """The dry run names the day, so that a person sees a misunderstood hour."""
    at = Time(wall=datetime(2027, 5, 1, 12, 0).timestamp())
    remind = Remind(alarms(tmp_path, at), at.clocks)
    said = remind.preview({"when": "11:30", "label": "call", "repeat": "daily"})
    assert said == "Remind you on Sunday 02 May 2027, 11:30 and every day after: call"


@pytest.mark.parametrize(
    "when",
    ["25:00", "noon", "", "2027-13-01 10:00", "1999-01-01 10:00", "9999-12-31 23:59", "\x00"],
)
def test_what_is_no_time_is_refused(tmp_path: Path, when: str) -> None:
    """The past, the far future and what is no time at all."""
    at = Time()
    with pytest.raises(ToolError):
        Remind(alarms(tmp_path, at), at.clocks).preview({"when": when, "label": "x"})


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_an_error(text: str) -> None:
    """No text makes the parser fail in another way."""
    with suppress(ToolError):
        assert isinstance(parsed(text, 1_800_000_000.0), float)


def test_lengths_in_words() -> None:
    """As people say them."""
    assert length(3725) == "1 hour 2 minutes 5 seconds"
    assert length(0.2) == "1 second"
    assert length(86_400) == "1 day"


def test_ringing_goes_on_by_itself(tmp_path: Path) -> None:
    """While Aside runs, somebody looks: what is due is told without being asked for."""
    at, told = Time(), []
    running = alarms(tmp_path, at)
    running.start_timer(1, "tea")

    async def listen() -> None:
        got = asyncio.Event()

        def hear(ringing: Ringing) -> None:
            told.append(ringing.text)
            got.set()

        task = asyncio.ensure_future(ring_forever(running, hear))
        at.go(2)
        await asyncio.wait_for(got.wait(), 30)
        task.cancel()

    asyncio.run(listen())
    assert told == ["Time is up: tea."]
