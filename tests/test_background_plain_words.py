"""Without a language model: a few plain sentences about reminders, lists, notes and files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attack_world import World
from belting import Person

from engine.background.agent import Agent
from engine.background.approval import Choice
from engine.background.endpoint import Endpoint
from engine.background.plain_words import asked_for, time_of_day
from engine.background.task import TaskState
from engine.background.tools.parameters import closed
from engine.background.work import NO_MIND
from tests.background import Listener, ScriptedTool, wanted
from tests.mind_server import mind_server, says

pytestmark = pytest.mark.timeout(60)
NAMES = (
    "set_timer", "remind", "list_timers", "write_note", "read_note", "list_notes", "find_files",
    "read_clipboard",
)  # fmt: skip
TOOLS = tuple(ScriptedTool(name, parameters=closed()) for name in NAMES)
MORNING = datetime(2027, 3, 1, 9, 0)


@pytest.mark.parametrize(("request_", "tool", "arguments"), [
    ("Remind me to call mum in twenty minutes.", "set_timer",
     {"seconds": 1200, "label": "call mum"}),
    ("remind me in an hour to drink", "set_timer", {"seconds": 3600, "label": "drink"}),
    ("please remind me to call mum at three thirty", "remind",
     {"when": "15:30", "label": "call mum"}),
    ("can you remind me at 17:05 to leave", "remind", {"when": "17:05", "label": "leave"}),
    ("remind me to look at the oven at noon", "remind",
     {"when": "12:00", "label": "look at the oven"}),
    ("what timers are running", "list_timers", {}), ("list my reminders", "list_timers", {}),
    ("put oat milk on my shopping list", "write_note",
     {"title": "shopping list", "text": "oat milk"}),
    ("what's on my shopping list?", "read_note", {"title": "shopping list"}),
    ("read me the note about tea", "read_note", {"title": "tea"}),
    ("what notes do i have", "list_notes", {}),
    ("find the file called tax return", "find_files", {"name": "tax return"}),
    ("what did I copy?", "read_clipboard", {}),
])  # fmt: skip
def test_plain_sentences_are_calls(request_: str, tool: str, arguments: dict[str, Any]) -> None:
    """Each asks one tool for what it says; where that tool is not here, nothing is asked for."""
    call = asked_for(request_, TOOLS, MORNING)
    assert call is not None
    assert (call.name, call.arguments) == (tool, arguments)
    others = tuple(one for one in TOOLS if one.name != tool)
    assert asked_for(request_, others, MORNING) is None


@pytest.mark.parametrize("request_", [
    "", "remind me", "remind me to call mum", "remind me to call mum at the office",
    "remind me at ninety to leave", "remind me in a while to leave", "find a flight to rome",
    "write a poem about the list", "do not remind me to call mum at three", "read the file",
])  # fmt: skip
def test_what_is_not_plain_is_left_to_a_mind(request_: str) -> None:
    """Nothing is guessed from half of a sentence."""
    assert asked_for(request_, TOOLS, MORNING) is None


@pytest.mark.parametrize(("said", "hour", "meant"), [
    ("three", 9, "15:00"), ("three", 16, "03:00"), ("ten", 9, "10:00"), ("twelve", 9, "12:00"),
    ("twelve", 13, "00:00"), ("three in the morning", 9, "03:00"), ("twelve a m", 9, "00:00"),
    ("half past three", 9, "15:30"), ("a quarter to four", 9, "15:45"),
    ("ten past nine", 9, "09:10"), ("three oh five", 9, "15:05"), ("15:05", 9, "15:05"),
    ("seven thirty five pm", 9, "19:35"), ("nineteen fifteen", 9, "19:15"), ("15:30", 9, "15:30"),
    ("twenty one fifteen", 9, "21:15"), ("zero thirty", 9, "00:30"), ("midnight", 9, "00:00"),
    ("twenty five", 9, None), ("three ninety", 9, None), ("soon", 9, None), ("", 9, None),
])  # fmt: skip
def test_times_as_they_are_said(said: str, hour: int, meant: str | None) -> None:
    """The half of the day that comes sooner is meant, unless it is named."""
    assert time_of_day(said, datetime(2027, 3, 1, hour, 0)) == meant


def test_a_reminder_needs_no_mind_and_a_leave(tmp_path: Path) -> None:
    """Spoken, delegated and approved on its card, it is set; what is not plain says what is
    missing, and with a mind it is the mind that reads."""
    person, told = Person(Choice.ONCE), Listener()
    agent = Agent(told, belt=World(tmp_path, "").belt(person, within_s=30.0)).start()
    try:
        agent.take(wanted("remind me to call mum at half past three"))
        assert told.ended(1) == [TaskState.DONE]
        agent.take(wanted("write a poem"))
        told.ended(2)
    finally:
        assert agent.stop()
    assert "call mum" in person.seen[0].preview
    assert told.commentary()[0].startswith("A reminder is set for")
    assert told.commentary()[1] == NO_MIND


def test_where_there_is_a_mind_it_reads(tmp_path: Path) -> None:
    """However plain the sentence is."""
    told = Listener()
    with mind_server(says("I have set that reminder.")) as server:
        agent = Agent(told, belt=World(tmp_path, "").belt(Person())).start()
        try:
            agent.use(Endpoint(server.url, "tiny"))
            agent.take(wanted("remind me to call mum at half past three"))
            told.ended(1)
        finally:
            assert agent.stop()
        assert len(server.asked) == 1
    assert told.commentary() == ["I have set that reminder."]
