"""How far a task is: told where somebody really knows, and shown as unknown everywhere else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest
from attack_world import World
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.background import progress
from engine.background.progress import Reporter
from engine.background.told import Progress
from engine.background.tool import ToolError, ToolResult
from engine.background.tools import plan
from engine.background.tools.fetching import Fetcher
from engine.background.tools.files import FindFiles
from engine.background.tools.hands import TypeText
from engine.background.tools.territory import Territory
from engine.background.tools.web import ReadPage
from tests.background import Listener, ScriptedTool, minded, wanted, working
from tests.mind_server import calls, in_turn, says

pytestmark = pytest.mark.timeout(60)


def fractions(told: Listener) -> list[float | None]:
    """As they follow each other, each change once."""
    found: list[float | None] = []
    for one in told.of(Progress):
        if found[-1:] != [one.done] and one.task.state.open:
            found.append(one.done)
    return found


def told_of(*tools: Any, request: str) -> list[float | None]:
    """The fractions of a task that is the call of a tool."""
    with working(None, *tools) as (agent, told):
        agent.take(wanted(request), direct=True)
        told.ended()
    return fractions(told)


def rises(found: list[float | None]) -> bool:
    """First unknown, then numbers from 0 to 1, none smaller than the one before."""
    numbers = [one for one in found if one is not None]
    return found == [None, *numbers] == [None, *sorted(numbers)] and 0 <= numbers[0] <= 1


def test_a_search_for_files_tells_how_much_it_has_seen(tmp_path: Path) -> None:
    """Folder by folder, all of the tree at its end; what is left early ends early."""
    for folder in ("a/b/c", "a/d", "e", "f/g"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "one.txt").write_text("1")
    found = told_of(FindFiles(Territory((tmp_path,))), request='find_files {"name": "one"}')
    assert rises(found)
    assert found[-1] == pytest.approx(1.0, abs=0.02)
    assert len(found) >= 6


@pytest.mark.parametrize("roots", [1, 3])
def test_the_shares_of_a_tree_are_all_of_it(tmp_path: Path, roots: int) -> None:
    """Whatever its shape, what was seen never shrinks and is 1 when all of it was."""
    for number in range(roots):
        for path in ("x/y/z", "x/w", "v") if number else ("only/one/way/down",):
            (tmp_path / str(number) / path).mkdir(parents=True)
    seen: list[float] = []
    territory = Territory(tuple(tmp_path / str(number) for number in range(roots)))
    assert len(list(territory.walk(seen.append))) == 4 + 5 * (roots - 1)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("says_how_long", [True, False])
def test_a_page_is_as_far_as_its_length_says(says_how_long: bool) -> None:
    """With a length there is a fraction; without one there is none, and no number is made up."""
    pieces = [b"x" * 1_000 for _ in range(10)]

    async def body() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    def answer(_request: httpx2.Request) -> httpx2.Response:
        length = {"content-length": "10000"} if says_how_long else {}
        headers = {"content-type": "text/plain", **length}
        return httpx2.Response(200, headers=headers, content=body())

    page = ReadPage(Fetcher(lambda _host, _port: "203.0.113.9", httpx2.MockTransport(answer)))
    found = told_of(page, request='read_page {"address": "https://blog.example/"}')
    if says_how_long:
        assert rises(found)
        assert found[-1] == 1.0
    else:
        assert found == [None]


def test_typing_is_as_far_as_its_text(tmp_path: Path) -> None:
    """Eight characters at a time, out of as many as there are."""
    typing = TypeText(World(tmp_path, ""), pause=asyncio.sleep)
    found = told_of(typing, request='type_text {"text": "0123456789abcdef0123456789abcdef"}')
    assert found == [None, 0.25, 0.5, 0.75, 1.0]


def test_what_tells_nothing_is_unknown() -> None:
    """A tool that does not know how far it is, such as a command, has no number."""
    assert told_of(ScriptedTool("run_command"), request="run_command {}") == [None]


def test_the_next_tool_begins_unknown() -> None:
    """What one tool told is not shown of the next, nor while the mind thinks about it."""
    half = ScriptedTool("half", answer=_telling(0.5))
    replies = in_turn(calls(("half", {})), calls(("other", {})), says("Done with it."))
    with minded(replies, half, ScriptedTool("other", sentence="Does more.")) as (_, agent, told):
        agent.take(wanted())
        told.ended()
    at = [one.doing for one in told.of(Progress)].index("Does more.")
    assert told.of(Progress)[at].done is None
    assert fractions(told) == [None, 0.5, None]


def _telling(done: float) -> Any:
    def answer(_arguments: Mapping[str, Any]) -> ToolResult:
        progress.tell(done)
        return ToolResult("so far")

    return answer


def test_a_plan_counts_alone() -> None:
    """With a plan, the task is as far as its steps; what the tools within them tell is theirs."""
    steps = ["find trains", "compare", "book"]
    replies = in_turn(
        calls(("show_plan", {"steps": steps, "done": 0})),
        calls(("half", {})),
        calls(("show_plan", {"steps": steps, "done": 1})),
        calls(("show_plan", {"steps": steps, "done": 3})),
        says("It is booked."),
    )
    tools = (ScriptedTool("half", answer=_telling(0.5)), *plan.tools())
    with minded(replies, *tools) as (_, agent, told):
        agent.take(wanted())
        told.ended()
    assert fractions(told) == [None, 0.0, pytest.approx(1 / 3), 1.0]
    doing = [one.doing for one in told.of(Progress)]
    assert doing.index("find trains") < doing.index("compare")


def test_more_steps_than_there_are_cannot_be_done() -> None:
    """Such a plan is refused, with the number of its steps."""
    with pytest.raises(ToolError, match="There are 2 steps"):
        plan.ShowPlan().preview({"steps": ["a", "b"], "done": 3})


def test_a_thread_of_a_task_that_is_over_is_not_heard() -> None:
    """What still runs when a task was cancelled moves no card any more."""
    going, told_late = threading.Event(), threading.Event()

    def linger() -> None:
        going.wait(20)
        progress.tell(0.9)
        told_late.set()

    class Lingering(ScriptedTool):
        async def run(self, arguments: Mapping[str, Any]) -> ToolResult:
            self.called.append(arguments)
            await asyncio.to_thread(linger)
            return ToolResult("late")

    tool = Lingering("linger")
    with working(None, tool) as (agent, told):
        agent.take(wanted("linger {}"), direct=True)
        told.wait(lambda: bool(tool.called))
        agent.cancel()
        told.ended()
        going.set()
        told.wait(told_late.is_set)
        agent.take(wanted("linger {}"), direct=True)  # what was told has arrived before this ends
        told.ended(2)
    first = told.of(Progress)[0].task.id
    assert all(one.done is None for one in told.of(Progress) if one.task.id == first)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=30))
@settings(max_examples=50, deadline=None)
def test_whatever_is_told_only_rises_within_bounds(numbers: list[float]) -> None:
    """Any numbers in any order: what is shown rises, from 0 to 1."""

    async def body() -> list[float | None]:
        shown: list[float | None] = []
        reporter = Reporter(lambda _doing, done: shown.append(done))
        reporter.listen()
        for number in numbers:
            progress.tell(number)
        await asyncio.sleep(0)
        return shown

    shown = asyncio.run(body())
    assert shown == sorted(shown)
    assert all(one is not None and 0 <= one <= 1 for one in shown)
