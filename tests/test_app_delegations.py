"""From an act in the conversation to the mind and back: a real engine server, a scripted mind."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from app.conversation import Conversation, Happening
from app.delegations import Delegations
from app.equipment import Equipment, equip
from app.headless import FakeSound, Recorder
from engine.background import keys, work
from engine.background.ledger import Ledger
from engine.background.mind_settings import MindSettings
from engine.background.surroundings import Surroundings
from engine.background.task import TaskState
from engine.background.told import Offer, Progress, Rang
from engine.background.tool import ToolResult
from engine.background.work import NO_MIND
from engine.client.events import ActEvent, Appended, DelegationEvent, EngineReady, Said, Started
from engine.client.items import Tracked, pieces
from engine.client.link import EngineLink
from engine.microturn import Frame, Update
from engine.runtime.memory import FOR_ITSELF
from tests.background import ScriptedBelt, ScriptedTool
from tests.desktop import eventually
from tests.mind_server import MindServer, Reply, Stall, in_turn, mind_server, says
from tests.scripted import tone

pytestmark = pytest.mark.timeout(60)
SCRIPTED = [sys.executable, "-m", "tests.scripted"]


@dataclass(frozen=True)
class Scripted(Equipment):
    """Nothing but these tools."""

    tools: ScriptedBelt = field(default_factory=ScriptedBelt)

    @property
    def belt(self) -> ScriptedBelt:
        return self.tools


class Desk:
    """A conversation with the scripted engine and a background, as the desktop has them."""

    def __init__(self, url: str, ledger: Ledger | None = None, *tools: ScriptedTool) -> None:
        self.sound, self.recorder = FakeSound(), Recorder()
        self.settings = MindSettings(url, "tiny")
        self.delegations = Delegations(
            self.recorder.tell,
            ledger,
            lambda _: Scripted(tools=ScriptedBelt(*tools)),
            lambda: self.settings,
        )

        def tell(happening: Happening) -> None:
            self.recorder.tell(happening)
            self.delegations.take(happening)

        self.conversation = Conversation(
            self.sound, lambda take: EngineLink.local(take, command=SCRIPTED), tell,
            self.delegations.overhear, None, self.delegations.see,
        )  # fmt: skip

    def __enter__(self) -> Desk:
        self.conversation.start()
        self.delegations.start(self.conversation.inform)
        eventually(lambda: self.of(Started), within_s=20)
        return self

    def __exit__(self, *_: object) -> None:
        self.delegations.stop()
        self.conversation.stop()

    def of(self, kind: type) -> list:
        return [one for one in self.recorder.happenings if isinstance(one, kind)]

    def states(self) -> list[TaskState]:
        return [p.task.state for p in self.of(Progress) if not p.task.state.open]

    def until(self, done, audio: np.ndarray | None = None) -> None:  # type: ignore[no-untyped-def]
        """Time passes, faster than it does, until `done`."""
        deadline = time.monotonic() + 30
        while not done():
            assert time.monotonic() < deadline, self.recorder.happenings
            self.sound.hear(np.zeros(3200, np.float32) if audio is None else audio)
            time.sleep(0.02)

    def said(self) -> str:
        return "".join(one.text for one in self.of(Said)).strip()


@pytest.fixture
def server() -> Iterator[MindServer]:
    with mind_server(says("It will rain today.")) as made:
        yield made


def test_what_is_delegated_comes_back_said(server: MindServer) -> None:
    """The engine delegates, the mind answers, and the engine gets it as something to say."""
    with Desk(server.url) as desk:
        desk.conversation.type("delegate the weather")
        desk.until(lambda: desk.said() == "It will rain today.")
        assert desk.states() == [TaskState.DONE]
    assert "The request: the weather" in server.asked[0].texts


def test_the_mind_hears_and_sees_what_was_around(server: MindServer) -> None:
    """The last seconds of the microphone and the newest picture are with the request."""
    with Desk(server.url) as desk:
        desk.until(lambda: desk.of(Started))
        for _ in range(5):
            desk.sound.hear(tone(440))
        desk.conversation._send_frame(Frame("screen", np.zeros((40, 60, 3), np.uint8)))
        desk.until(lambda: "hz440" in server_words(desk))
        desk.delegations.take(DelegationEvent("delegation_x", 0, {"text": "the weather"}))
        desk.until(lambda: bool(server.asked))
    kinds = [part["type"] for part in server.asked[0].json["messages"][1]["content"]]
    assert "input_audio" in kinds
    assert "image_url" in kinds


def server_words(desk: Desk) -> str:
    return " ".join(line.text for line in desk.delegations.surroundings.package("").lines)


def test_the_models_own_acts_need_no_mind() -> None:
    """An act like `clock` is done by a tool; what it says is said."""
    clock = ScriptedTool("tell_time", answer=lambda _: ToolResult("ten past nine"))
    with Desk("", None, clock) as desk:
        desk.conversation.type("act clock")
        desk.until(lambda: desk.said() == "ten past nine")


@pytest.mark.parametrize("name", FOR_ITSELF)
def test_what_the_model_keeps_in_mind_is_no_task(name: str) -> None:
    """Its own memory is not the background's business, with a tool of that name or without."""
    clock = ScriptedTool("tell_time", answer=lambda _: ToolResult("ten past nine"))
    with Desk("", None, clock, ScriptedTool(name)) as desk:
        desk.delegations.take(ActEvent(name, {"text": "tea at four"}, 0))
        desk.conversation.type("act clock")
        desk.until(lambda: desk.said() == "ten past nine")
        assert [task.request for task in desk.delegations.agent.ledger.tasks()] == ["clock"]


def test_without_a_mind_it_says_so() -> None:
    """What needs a language model is declined aloud where none is chosen."""
    with Desk("") as desk:
        desk.conversation.type("delegate the weather")
        desk.until(lambda: desk.said() == NO_MIND)


def test_the_model_can_cancel() -> None:
    """The act `cancel` ends the newest task, and nothing of it is said."""
    with mind_server(Reply([Stall()])) as server, Desk(server.url) as desk:
        desk.conversation.type("delegate the weather")
        desk.until(lambda: bool(server.asked))
        desk.conversation.type("act cancel")
        desk.until(lambda: desk.states() == [TaskState.CANCELLED])
        assert desk.said() == ""


@pytest.mark.parametrize(("words", "left"), [
    ("the weather", ["the news"]), ("weather in Oslo", ["the news"]),
    ("the news", ["the Weather in Oslo"]),
    ("", ["the Weather in Oslo"]), ("something else", ["the Weather in Oslo"]), ("everything", []),
])  # fmt: skip
def test_the_model_can_cancel_what_is_meant(words: str, left: list[str]) -> None:
    """Of several tasks the one whose request holds the words; else the newest."""
    with mind_server(Reply([Stall()])) as server, Desk(server.url) as desk:
        for number, wanted in enumerate(("the Weather in Oslo", "the news")):
            desk.delegations.take(DelegationEvent(wanted, 0, {"text": wanted}))
            desk.until(partial(_asked, server, number + 1))
        desk.delegations.take(ActEvent("cancel", {"text": words}))
        desk.until(lambda: len(desk.states()) == 2 - len(left))
        assert list(desk.delegations.agent.open_requests) == left


def _asked(server: MindServer, times: int) -> bool:
    return len(server.asked) == times


def test_the_model_can_correct(monkeypatch: pytest.MonkeyPatch) -> None:
    """The act `correct` begins the newest task anew, with both requests; what the first would
    have brought is not told. Where nothing runs or has just ended a correction is a task."""
    replies = in_turn(Reply([Stall()]), says("Dry in Ulm."), says("Wet in Bonn."))
    with mind_server(replies) as server, Desk(server.url) as desk:
        desk.conversation.type("delegate the weather in Oslo")
        desk.until(lambda: len(server.asked) == 1)
        desk.delegations.take(ActEvent("correct", {"text": "in Ulm"}))
        desk.until(lambda: desk.said() == "Dry in Ulm.")
        assert desk.states() == [TaskState.DONE]
        assert "Open tasks" not in server.asked[1].texts
        monkeypatch.setattr(work, "JUST_NOW_S", 0.0)
        desk.delegations.take(ActEvent("correct", {"text": "in Bonn"}))
        desk.until(lambda: len(desk.states()) == 2)
    assert "the weather in Oslo. The user corrected this: in Ulm" in server.asked[1].texts
    assert "The request: in Bonn" in server.asked[2].texts


def test_what_the_user_chose_is_with_the_request(server: MindServer) -> None:
    """Language and units as they are when the task begins."""
    with Desk(server.url) as desk:
        desk.delegations._preferences = lambda: {"Units": "metric"}
        desk.conversation.type("delegate the weather")
        desk.until(lambda: bool(server.asked))
    assert "Units: metric" in server.asked[0].texts


def test_a_mind_chosen_meanwhile_counts_at_once(server: MindServer) -> None:
    """What `aside mind use` changes is used by the next task, without a restart."""
    with Desk("") as desk:
        desk.settings = MindSettings(server.url, "tiny")
        desk.conversation.type("delegate the weather")
        desk.until(lambda: desk.said() == "It will rain today.")


def test_a_result_survives_the_engine(server: MindServer) -> None:
    """An engine that dies while a task runs is told the result when it is back."""
    release = Reply([1.5, *says("It will rain today.").steps])
    server.script = lambda _asked: release
    with Desk(server.url) as desk:
        desk.conversation.type("delegate the weather")
        desk.until(lambda: bool(server.asked))
        os.kill(desk.of(EngineReady)[-1].pid, signal.SIGKILL)
        desk.until(lambda: len(desk.of(Started)) == 2)
        desk.until(lambda: desk.said() == "It will rain today.")


def test_what_was_taken_in_is_not_told_after_a_restart(server: MindServer, tmp_path: Path) -> None:
    """A result that an engine confirmed stays told; the next start says nothing of it."""
    path = tmp_path / "tasks.sqlite3"
    with Desk(server.url, Ledger(path)) as desk:
        desk.conversation.type("delegate the weather")
        desk.until(lambda: desk.said() == "It will rain today.")
    with Desk(server.url, Ledger(path)) as desk:
        for _ in range(10):
            desk.sound.hear(np.zeros(3200, np.float32))
            time.sleep(0.02)
        assert desk.of(Offer) == []


def test_timers_ring_in_the_conversation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the user's own tools and no mind, an act sets a timer; when it is due it is there to be
    said and to be shown."""
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    equipment = equip()(Surroundings())
    assert equipment.missing == ""
    told: list[Update] = []
    shown: list[object] = []
    delegations = Delegations(shown.append, None, lambda _: equipment, MindSettings)
    delegations.start(told.append)
    try:
        assert equipment.outfit is not None
        equipment.outfit.alarms.start_timer(0.1, "tea")
        delegations.take(ActEvent("clock", {"text": ""}))
        eventually(lambda: len(told) == 2, within_s=20)
    finally:
        delegations.stop()
    assert [one.words for one in shown if isinstance(one, Rang)] == ["Time is up: tea."]
    assert any((update.kind, update.text) == ("commentary", "Time is up: tea.") for update in told)
    assert any(re.match(r"It is \d\d:\d\d\.", update.text) for update in told)


def test_a_ring_is_not_taken_for_a_result(tmp_path: Path) -> None:
    """An engine that has taken in what a timer said has taken in no result yet: one that is lost
    with the engine comes back."""
    path = tmp_path / "tasks.sqlite3"
    clock = ScriptedTool("tell_time", answer=lambda _: ToolResult("It is nine."))
    equipment = Scripted(tools=ScriptedBelt(clock))
    told: list[Tracked] = []
    delegations = Delegations(lambda _told: None, Ledger(path), lambda _: equipment, MindSettings)
    delegations.start(told.append)
    try:
        delegations._ring(Rang("a@1", "Time is up."))
        delegations.take(ActEvent("clock", {"text": ""}))
        eventually(lambda: len(told) == 2)
        delegations.take(Appended("commentary", 0, key=told[0].key))
        eventually(lambda: not delegations.agent.busy)
    finally:
        delegations.stop()
    ledger = Ledger(path)
    ledger.recover()
    assert [result.text for result, _ in ledger.offer()] == ["It is nine."]
    ledger.close()


def test_a_long_result_counts_as_taken_with_its_last_piece(tmp_path: Path) -> None:
    """An engine confirms each piece; one that was lost after the first comes back."""
    path = tmp_path / "tasks.sqlite3"
    long = " ".join(["and then some"] * 60)
    clock = ScriptedTool("tell_time", answer=lambda _: ToolResult(long))
    equipment = Scripted(tools=ScriptedBelt(clock))
    told: list[Tracked] = []
    delegations = Delegations(lambda _told: None, Ledger(path), lambda _: equipment, MindSettings)
    delegations.start(told.append)
    try:
        delegations.take(ActEvent("clock", {"text": ""}))
        eventually(lambda: told and not delegations.agent.busy)
        first, last = pieces(told[0])
        assert isinstance(last, Tracked)
        assert last.key == told[0].key
        assert not isinstance(first, Tracked)
        delegations.take(Appended(first.kind, 0))
    finally:
        delegations.stop()
    ledger = Ledger(path)
    ledger.recover()
    assert [result.text for result, _ in ledger.offer()] == [long]
    ledger.close()


def test_what_needs_a_mind_waits_until_its_key_is_there(
    server: MindServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key store that has to be unlocked first costs time: nobody is told meanwhile that no
    language model is chosen, and what needs none is done at once."""
    unlocked, asked = threading.Event(), []

    def read(url: str) -> str:
        asked.append(url)
        assert unlocked.wait(20)
        return ""

    monkeypatch.setattr(keys, "read", read)
    clock = ScriptedTool("tell_time", answer=lambda _: ToolResult("It is nine."))
    with Desk(server.url, None, clock) as desk:
        for wanted in ("the weather", "the news"):
            desk.delegations.take(DelegationEvent(wanted, 0, {"text": wanted}))
        desk.delegations.take(ActEvent("clock", {"text": ""}))
        desk.until(lambda: desk.said() == "It is nine.")
        assert [task.request for task in desk.delegations.agent.ledger.tasks()] == ["clock"]
        unlocked.set()
        desk.until(lambda: desk.states() == [TaskState.DONE] * 3)
    assert len(server.asked) == 2
    assert asked == [server.url]


@pytest.mark.parametrize(("words", "done"), [
    ("", ["the weather"]), ("the weather", ["the news"]), ("the tea", ["the weather"]),
    ("everything", []),
])  # fmt: skip
def test_what_waits_for_a_key_can_be_cancelled(
    server: MindServer, monkeypatch: pytest.MonkeyPatch, words: str, done: list[str]
) -> None:
    """It was asked for first and is called off first, though it has not begun; the rest begins in
    the order in which it was asked for."""
    unlocked = threading.Event()
    monkeypatch.setattr(keys, "read", lambda _url: "" if unlocked.wait(20) else "late")
    with Desk(server.url) as desk:
        for wanted in ("the weather", "the news"):
            desk.delegations.take(DelegationEvent(wanted, 0, {"text": wanted}))
        desk.delegations.take(ActEvent("cancel", {"text": words}))
        desk.delegations.take(DelegationEvent("last", 0, {"text": "the last"}))
        unlocked.set()
        desk.until(lambda: desk.states() == [TaskState.DONE] * (len(done) + 1))
        asked = [task.request for task in desk.delegations.agent.ledger.tasks()]
    assert asked == [*done, "the last"]


@pytest.mark.parametrize(("words", "done"), [
    ("", ["the weather"]), ("the news", ["the weather"]), ("the weather", ["the news of today"]),
])  # fmt: skip
def test_what_was_to_be_corrected_goes_with_it(
    server: MindServer, monkeypatch: pytest.MonkeyPatch, words: str, done: list[str]
) -> None:
    """Something and what it is to be instead wait for the key: called off, neither is done."""
    unlocked = threading.Event()
    monkeypatch.setattr(keys, "read", lambda _url: "" if unlocked.wait(20) else "late")
    with Desk(server.url) as desk:
        for wanted in ("the weather", "the news"):
            desk.delegations.take(DelegationEvent(wanted, 0, {"text": wanted}))
        desk.delegations.take(ActEvent("correct", {"text": "of today"}))
        desk.delegations.take(ActEvent("cancel", {"text": words}))
        unlocked.set()
        desk.until(lambda: len(server.asked) == 1)
        desk.until(lambda: desk.states() == [TaskState.DONE])
        asked = [task.request for task in desk.delegations.agent.ledger.tasks()]
    assert [words_of in asked[0] for words_of in done[0].split()] == [True] * len(done[0].split())
    assert len(asked) == 1
    assert ("today" in asked[0]) == ("today" in done[0])


def test_settings_that_change_while_a_key_is_waited_for_count(
    server: MindServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever waits begins with what is chosen when it begins, not when the key was asked for."""
    asked, unlocked = threading.Event(), threading.Event()

    def read(_url: str) -> str:
        asked.set()
        return "" if unlocked.wait(20) else "late"

    monkeypatch.setattr(keys, "read", read)
    with Desk(server.url) as desk:
        desk.delegations.take(DelegationEvent("one", 0, {"text": "the weather"}))
        assert asked.wait(20)
        desk.settings = replace(desk.settings, tokens_a_task=0)
        desk.delegations.take(DelegationEvent("two", 0, {"text": "the news"}))
        unlocked.set()
        desk.until(lambda: desk.states() == [TaskState.FAILED] * 2)


def test_a_budget_changed_meanwhile_counts_at_once(server: MindServer) -> None:
    """What a task may use is read with the language model, before each task."""
    with Desk(server.url) as desk:
        desk.conversation.type("delegate the weather")
        desk.until(lambda: desk.states() == [TaskState.DONE])
        desk.settings = replace(desk.settings, tokens_a_task=0)
        desk.conversation.type("delegate the weather in Oslo")
        desk.until(lambda: desk.states() == [TaskState.DONE, TaskState.FAILED])
