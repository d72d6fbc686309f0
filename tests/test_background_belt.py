"""The belt: what is called is checked, shown, approved, logged and run, and in no other order."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from belting import Absent, Gadget, Person, belt_of, call

from engine.background.act_log import MAX_BYTES
from engine.background.approval import By, Choice
from engine.background.tool import Arguments, Risk, ToolError, ToolResult

pytestmark = pytest.mark.timeout(60)
ASKING = [Risk.REVERSIBLE, Risk.OUTSIDE, Risk.LASTING]


def test_looking_needs_nobody(tmp_path: Path) -> None:
    """A tool that only looks runs without a question."""
    person, gadget = Person(), Gadget(risk=Risk.READ)
    call(belt_of(tmp_path, [gadget], person), "gadget", what="x")
    assert gadget.ran == [{"what": "x"}]
    assert person.seen == []


@pytest.mark.parametrize("risk", ASKING)
def test_a_no_is_a_no(tmp_path: Path, risk: Risk) -> None:
    """What a person refuses does not run, and is not asked again in the same task."""
    person, gadget = Person(Choice.NO), Gadget(risk=risk)
    belt = belt_of(tmp_path, [gadget], person)
    for _ in range(3):
        with pytest.raises(ToolError):
            call(belt, "gadget", what="x")
    assert gadget.ran == []
    assert len(person.seen) == 1
    assert {entry.state for entry in belt.log.entries()} == {"refused"}


@pytest.mark.parametrize("risk", ASKING)
def test_silence_is_a_no(tmp_path: Path, risk: Risk) -> None:
    """A card that nobody answers in time approves nothing."""
    gadget = Gadget(risk=risk)
    belt = belt_of(tmp_path, [gadget], Absent(), within_s=0.05)
    with pytest.raises(ToolError, match="in time"):
        call(belt, "gadget")
    assert gadget.ran == []


def test_an_asker_that_breaks_is_a_no(tmp_path: Path) -> None:
    """A card that cannot be shown approves nothing."""

    class Broken:
        async def ask(self, question: Any) -> Any:
            raise RuntimeError("no window")

    gadget = Gadget()
    with pytest.raises(ToolError):
        call(belt_of(tmp_path, [gadget], Broken()), "gadget")
    assert gadget.ran == []


def test_what_is_shown_is_what_runs(tmp_path: Path) -> None:
    """Arguments that change after the card was shown change nothing."""
    given = {"what": "a note"}

    class Slow(Person):
        async def ask(self, question: Any) -> Any:
            given["what"] = "everything deleted"
            return await super().ask(question)

    person, gadget = Slow(Choice.ONCE), Gadget()
    asyncio.run(belt_of(tmp_path, [gadget], person).call("gadget", given, "task"))
    assert gadget.ran == [{"what": "a note"}]
    assert person.seen[0].arguments == {"what": "a note"}


@pytest.mark.parametrize(
    "arguments",
    [{"what": 3}, {"whatever": "x"}, {"what": float("nan")}, {"what": {1, 2}}, {"what": "\ud800"},
     {"what": "x" * 70_000}],
)  # fmt: skip
def test_other_arguments_are_refused_before_anybody_is_asked(
    tmp_path: Path, arguments: dict[str, Any]
) -> None:
    """What the schema does not allow reaches neither the user nor the tool."""
    person, gadget = Person(Choice.ALWAYS), Gadget()
    with pytest.raises(ToolError):
        call(belt_of(tmp_path, [gadget], person), "gadget", **arguments)
    assert gadget.ran == person.seen == []


def test_the_log_tells_what_was_done_and_undone(tmp_path: Path) -> None:
    """A call is in the log with its arguments and approval, and can be taken back from it once."""
    gadget = Gadget()
    belt = belt_of(tmp_path, [gadget], Person(Choice.ONCE, By.KEY))
    call(belt, "gadget", what="x")
    (entry,) = belt.log.entries()
    assert (entry.tool, entry.state, entry.approval) == ("gadget", "done", "approved once by key")
    assert entry.arguments == '{"what": "x"}'
    assert asyncio.run(belt.undo(entry.id)) == "undone"
    assert gadget.undone == ["token"]
    with pytest.raises(ToolError):
        asyncio.run(belt.undo(entry.id))


def test_nothing_runs_that_cannot_be_logged(tmp_path: Path) -> None:
    """When the log cannot be written, an approved act does not happen; a look still does."""
    act, look = Gadget("act"), Gadget("look", risk=Risk.READ)
    belt = belt_of(tmp_path, [act, look], Person(Choice.ONCE))
    (tmp_path / "acts.jsonl").mkdir()
    with pytest.raises(ToolError, match=r"acts\.jsonl"):
        call(belt, "act")
    call(belt, "look")
    assert (act.ran, look.ran) == ([], [{}])


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_stops_acts_and_says_so(tmp_path: Path) -> None:
    """With no space left for the log, nothing is done and the user hears why."""
    (tmp_path / "acts.jsonl").symlink_to("/dev/full")
    gadget = Gadget()
    with pytest.raises(ToolError, match="disk is full"):
        call(belt_of(tmp_path, [gadget], Person(Choice.ONCE)), "gadget")
    assert gadget.ran == []


def test_a_damaged_log_keeps_its_other_lines(tmp_path: Path) -> None:
    """A line that a crash cut off costs that line alone."""
    belt = belt_of(tmp_path, [Gadget()], Person(Choice.ONCE))
    call(belt, "gadget", what="x")
    with belt.log.path.open("a") as file:
        file.write('{"id": "half\n[]\n\x00\n')
    call(belt, "gadget", what="y")
    assert [entry.arguments for entry in belt.log.entries()] == [
        '{"what": "x"}',
        '{"what": "y"}',
    ]


@pytest.mark.parametrize("line_break", ["\u2028", "\u2029", "\x85"])
def test_no_text_keeps_an_act_out_of_the_log(tmp_path: Path, line_break: str) -> None:
    """Arguments may hold breaks of lines that JSON leaves as they are: what was done is to be seen,
    and can be taken back, all the same."""
    belt = belt_of(tmp_path, [Gadget()], Person(Choice.ONCE))
    call(belt, "gadget", what=f"a{line_break}b")
    (entry,) = belt.log.entries()
    assert json.loads(entry.arguments) == {"what": f"a{line_break}b"}
    assert entry.undoable


def test_a_line_that_broke_off_takes_no_other_with_it(tmp_path: Path) -> None:
    """As when the disk was full in the middle of it: what is done next has a line of its own."""
    belt = belt_of(tmp_path, [Gadget()], Person(Choice.NO))
    belt.log.path.write_text('{"id": "half')
    with pytest.raises(ToolError):
        call(belt, "gadget", what="x")  # one line: that it was refused
    assert [entry.arguments for entry in belt.log.entries()] == ['{"what": "x"}']


def test_what_is_done_is_still_what_was_shown(tmp_path: Path) -> None:
    """Where something has changed before the card was answered, such as the window in front, it is
    not done there."""

    class Typing(Gadget):
        window = "Editor"

        def preview(self, arguments: Any) -> str:
            return f"Type into {self.window}"

    class Late(Person):
        async def ask(self, question: Any) -> Any:
            gadget.window = "Bank"
            return await super().ask(question)

    gadget = Typing(risk=Risk.LASTING)
    belt = belt_of(tmp_path, [gadget], Late(Choice.ONCE))
    with pytest.raises(ToolError, match="not as you saw it"):
        call(belt, "gadget")
    assert gadget.ran == []
    assert [entry.state for entry in belt.log.entries()] == ["failed"]
    call(belt, "gadget")
    assert gadget.ran == [{}]


def test_a_cancelling_that_comes_with_the_end_is_not_lost(tmp_path: Path) -> None:
    """A task that is cancelled in the moment in which its tool is ready does not go on."""

    async def body() -> None:
        begun, ready = asyncio.Event(), asyncio.Event()

        class Waiting(Gadget):
            async def run(self, arguments: Any) -> ToolResult:
                begun.set()
                await ready.wait()
                return await super().run(arguments)

        belt = belt_of(tmp_path, [Waiting()], Person(Choice.ONCE))
        calling = asyncio.ensure_future(belt.call("gadget", {}, "task"))
        await begun.wait()
        ready.set()
        calling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calling
        assert [entry.state for entry in belt.log.entries()] == ["cancelled"]

    asyncio.run(body())


def test_the_log_stays_small(tmp_path: Path) -> None:
    """Old entries go when the log is full: it never takes more than twice its bound."""
    belt = belt_of(tmp_path, [Gadget()], Person(Choice.ONCE))
    line = '{"id": "x"}\n'
    belt.log.path.write_text(line * (MAX_BYTES // len(line) + 10))
    call(belt, "gadget")
    assert belt.log.path.stat().st_size < 10_000
    assert len(belt.log.entries()) == 1


def test_a_tool_that_breaks_or_hangs_is_an_ordinary_event(tmp_path: Path) -> None:
    """Whatever a tool does wrong comes back as one error that can be told."""

    class Wrong(Gadget):
        async def run(self, arguments: Arguments) -> ToolResult:
            raise KeyError("inside")

    class Hanging(Gadget):
        limit_s = 0.05

        async def run(self, arguments: Arguments) -> ToolResult:
            await asyncio.Event().wait()
            raise AssertionError

    class Speechless(Gadget):
        def preview(self, arguments: Arguments) -> str:
            raise IndexError

    tools = [Wrong("wrong", risk=Risk.READ), Hanging("hanging", risk=Risk.READ),
             Speechless("speechless", risk=Risk.READ)]  # fmt: skip
    belt = belt_of(tmp_path, tools)
    for tool in tools:
        with pytest.raises(ToolError, match=tool.name):
            call(belt, tool.name)
    assert {entry.state for entry in belt.log.entries()} == {"failed"}


@pytest.mark.parametrize("risk", [Risk.READ, Risk.LASTING])
def test_a_cancelled_call_is_logged_as_cancelled(tmp_path: Path, risk: Risk) -> None:
    """Cancelling a task stops its tool, or the question whether it may, and leaves a trace."""

    class Hanging(Gadget):
        async def run(self, arguments: Arguments) -> ToolResult:
            await asyncio.Event().wait()
            raise AssertionError

    belt = belt_of(tmp_path, [Hanging(risk=risk)])

    async def cancelled() -> None:
        running = asyncio.ensure_future(belt.call("gadget", {}, "task"))
        await asyncio.sleep(0.05)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(cancelled())
    assert belt.log.entries()[-1].state == "cancelled"


def test_nobody_can_pose_as_one_of_ours(tmp_path: Path) -> None:
    """Of two tools with one name, the built-in one is used."""
    ours, theirs = Gadget(risk=Risk.READ), Gadget(risk=Risk.READ)
    belt = belt_of(tmp_path, [ours])
    belt._more = lambda: [theirs]
    call(belt, "gadget")
    assert (ours.ran, theirs.ran) == ([{}], [])


def test_a_result_is_bounded(tmp_path: Path) -> None:
    """A tool that returns a flood fills nobody's context."""

    class Flood(Gadget):
        async def run(self, arguments: Arguments) -> ToolResult:
            return ToolResult("x" * 10_000_000, image=b"x" * (17 << 20))

    result = call(belt_of(tmp_path, [Flood(risk=Risk.READ)]), "gadget")
    assert len(result.text) < 61_000
    assert result.image is None
