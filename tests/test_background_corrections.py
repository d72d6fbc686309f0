"""What was done and turns out to be meant otherwise is taken back: in sight, and never too soon."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attack_world import World
from belting import Person

from engine.background import work
from engine.background.agent import Agent
from engine.background.approval import Choice
from engine.background.belt import Belt
from engine.background.endpoint import Endpoint
from engine.background.task import TaskState
from engine.background.told import Progress
from tests.background import Listener, wanted
from tests.mind_server import Asked, Reply, Stall, calls, mind_server, says

pytestmark = pytest.mark.timeout(60)
TAKEN_BACK = "Taken back, because you corrected it: The timer is cancelled: time is up."


@contextmanager
def living(
    folder: Path, person: Person, url: str | None = None
) -> Iterator[tuple[Agent, Listener, Belt]]:
    told, belt = Listener(), World(folder, "").belt(person, within_s=30.0)
    agent = Agent(told, belt=belt).start()
    if url is not None:
        agent.use(Endpoint(url, "tiny"))
    try:
        yield agent, told, belt
    finally:
        assert agent.stop()


def timers(folder: Path) -> list[int]:
    """In how many minutes each timer rings, the next one first."""
    path = folder / "data" / "alarms.json"
    kept = json.loads(path.read_text())["alarms"] if path.exists() else []
    return sorted(math.ceil((one["due_s"] - time.time()) / 60) for one in kept)


def test_a_corrected_timer_does_not_go_on_beside_the_new_one(tmp_path: Path) -> None:
    """It was done long before anybody could correct it; the log and what is told say that it was
    taken back, and the new one stands alone."""
    with living(tmp_path, Person(Choice.ONCE)) as (agent, told, belt):
        agent.take(wanted("timer five minutes"), direct=True)
        told.ended(1)
        agent.correct(wanted("no ten minutes"))
        assert told.ended(2) == [TaskState.DONE] * 2
    assert timers(tmp_path) == [10]
    assert [entry.state for entry in belt.log.entries()] == ["undone", "done"]
    assert told.thinking() == [TAKEN_BACK]
    assert told.commentary()[-1] == "A timer of 10 minutes is running."
    assert told.of(Progress)[-1].task.generation == 2


def test_what_was_done_holds_until_the_other_is_allowed(tmp_path: Path) -> None:
    """Somebody who says no to the new timer, which may be one that nobody asked for, keeps the
    old one; and the next correction still knows of it."""
    person = Person(Choice.ONCE)
    with living(tmp_path, person) as (agent, told, belt):
        agent.take(wanted("timer five minutes"), direct=True)
        told.ended(1)
        person.choice = Choice.NO
        agent.correct(wanted("ten minutes"))
        told.ended(2)
        assert timers(tmp_path) == [5]
        assert told.thinking() == []
        agent.correct(wanted("that other one"))  # says too little
        told.ended(3)
        assert timers(tmp_path) == [5]
        person.choice = Choice.ONCE
        agent.correct(wanted("twenty minutes"))
        told.ended(4)
    assert timers(tmp_path) == [20]
    assert [entry.state for entry in belt.log.entries()] == ["undone", "refused", "done"]


def test_what_was_taken_back_by_hand_is_no_news(tmp_path: Path) -> None:
    """It is not tried again, and nothing is told of it."""
    with living(tmp_path, Person(Choice.ONCE)) as (agent, told, belt):
        agent.take(wanted("timer five minutes"), direct=True)
        told.ended(1)
        agent.do(lambda: belt.undo(belt.log.entries()[-1].id)).result(20)
        agent.correct(wanted("ten minutes"))
        told.ended(2)
    assert timers(tmp_path) == [10]
    assert told.thinking() == []


def test_what_cannot_be_taken_back_is_said(tmp_path: Path) -> None:
    """A note that the user has written to meanwhile stays, and they are told so."""
    note = tmp_path / "data" / "notes" / "note-buy-milk.md"
    with living(tmp_path, Person(Choice.ONCE)) as (agent, told, _):
        agent.take(wanted("note buy milk"), direct=True)
        told.ended(1)
        note.write_text("my own words\n")
        agent.correct(wanted("buy bread"))
        told.ended(2)
    assert note.read_text() == "my own words\n"
    assert "The note was changed since then, and stays as it is." in told.thinking()[0]
    assert told.commentary()[-1] == "Noted under buy bread."


@pytest.mark.parametrize("answers_only", [False, True])
def test_what_a_mind_did_is_taken_back_too(tmp_path: Path, answers_only: bool) -> None:
    """Before it does anything else, and in the end even where it only answers."""

    def script(asked: Asked) -> Reply:
        if "corrected" not in asked.json["messages"][1]["content"]:
            timer = calls(("set_timer", {"seconds": 300}))
            return timer if asked.json["messages"][-1]["role"] == "user" else Reply([Stall()])
        if asked.json["messages"][-1]["role"] == "user" and not answers_only:
            return calls(("set_timer", {"seconds": 600}))
        return says("That is settled now.")

    with (
        mind_server(script) as server,
        living(tmp_path, Person(Choice.ONCE), server.url) as (agent, told, _),
    ):
        agent.take(wanted("a timer of five minutes"))
        told.wait(lambda: timers(tmp_path) == [5])
        told.wait(lambda: len(server.asked) == 2)
        agent.correct(wanted("ten minutes"))
        assert told.ended(1) == [TaskState.DONE]
    assert timers(tmp_path) == ([] if answers_only else [10])
    assert TAKEN_BACK in told.thinking()


def test_what_is_over_for_long_is_not_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while the same words are a wish of their own, and nothing is taken back."""
    monkeypatch.setattr(work, "JUST_NOW_S", 0.0)
    with living(tmp_path, Person(Choice.ONCE)) as (agent, told, _):
        agent.take(wanted("timer five minutes"), direct=True)
        told.ended(1)
        agent.correct(wanted("timer ten minutes"))
        told.ended(2)
    assert timers(tmp_path) == [5, 10]
    assert told.thinking() == []
