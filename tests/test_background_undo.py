"""Everything that was done stands in the log, and what can be taken back is taken back from there.

What somebody has done since is not thrown away by it, and two programs may do it side by side.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attack_world import World
from belting import Person, Time

from engine.background import tools_command
from engine.background.approval import Choice
from engine.background.belt import Belt
from engine.background.places import Places
from engine.background.tool import Risk, ToolError, Undoable
from engine.background.tools.alarms import Alarms

pytestmark = pytest.mark.timeout(60)
REVERSIBLE: dict[str, Mapping[str, Any]] = {
    "set_timer": {"seconds": 300, "label": "tea"},
    "remind": {"when": "2035-05-17 15:30", "label": "call"},
    "cancel_timer": {"id": "ID"},
    "write_note": {"title": "todo", "text": "bread"},
    "delete_note": {"title": "todo"},
    "write_clipboard": {"text": "copied"},
}


class Copied(World):
    """A world whose clipboard really holds what was copied."""

    async def write(self, text: str) -> None:
        self.text = text


def state(world: World) -> tuple[dict[str, str], str]:
    """What the user has: files but for the log and for what undo keeps, and the clipboard."""
    mine = {k: v for k, v in world.seen().items() if ".before" not in k}
    alarms = mine.pop("data/alarms.json", '{"alarms": []}')
    kept = sorted((one["label"], one["due_s"]) for one in json.loads(alarms)["alarms"])
    return {**mine, "alarms": str(kept)}, world.text


def newest(belt: Belt) -> str:
    return belt.log.entries()[-1].id


def test_every_reversible_tool_is_here(tmp_path: Path) -> None:
    """What says that it can be taken back has a way to do it, and is tried below."""
    tools = World(tmp_path, "").belt(Person()).tools()
    reversible = {tool.name: tool for tool in tools if tool.risk is Risk.REVERSIBLE}
    assert reversible.keys() == REVERSIBLE.keys()
    assert all(isinstance(tool, Undoable) for tool in reversible.values())


@pytest.mark.parametrize("name", REVERSIBLE)
def test_what_was_done_is_taken_back_from_the_log(tmp_path: Path, name: str) -> None:
    """Through the belt: the log shows it as done with a way back, then as undone with none, and
    all is as it was."""
    world = Copied(tmp_path, "before")
    belt = world.belt(Person(Choice.ONCE), within_s=30.0)
    given = dict(REVERSIBLE[name])

    async def body() -> None:
        if "id" in given:
            await belt.call("set_timer", REVERSIBLE["set_timer"], "task")
            (alarm,) = json.loads((tmp_path / "data/alarms.json").read_text())["alarms"]
            given["id"] = alarm["id"]
        before = state(world)
        await belt.call(name, given, "task")
        assert state(world) != before
        assert belt.log.entries()[-1].undoable
        assert await belt.undo(newest(belt))
        assert state(world) == before

    asyncio.run(body())
    entry = belt.log.entries()[-1]
    assert (entry.tool, entry.state, entry.undoable) == (name, "undone", False)
    with pytest.raises(ToolError, match="nothing to undo"):
        asyncio.run(belt.undo(entry.id))


@pytest.mark.parametrize("given", [
    {"title": "todo", "text": "bread"}, {"title": "new", "text": "bread"},
])  # fmt: skip
def test_what_the_user_wrote_since_stays(tmp_path: Path, given: dict[str, str]) -> None:
    """A note that was edited by hand afterwards is not put back to what it was before."""
    belt = World(tmp_path, "").belt(Person(Choice.ONCE), within_s=30.0)
    note = tmp_path / "data" / "notes" / f"note-{given['title']}.md"

    async def body() -> None:
        await belt.call("write_note", given, "task")
        note.write_text("my own words\n")
        with pytest.raises(ToolError, match="changed since then"):
            await belt.undo(newest(belt))
        assert note.read_text() == "my own words\n"

    asyncio.run(body())
    assert belt.log.entries()[-1].undoable


def test_a_note_that_was_begun_anew_is_not_overwritten(tmp_path: Path) -> None:
    """A deleted note comes back only where no new one stands."""
    belt = World(tmp_path, "").belt(Person(Choice.ONCE), within_s=30.0)
    note = tmp_path / "data" / "notes" / "note-todo.md"

    async def body() -> None:
        await belt.call("delete_note", {"title": "todo"}, "task")
        note.write_text("another\n")
        with pytest.raises(ToolError, match="changed since then"):
            await belt.undo(newest(belt))

    asyncio.run(body())
    assert note.read_text() == "another\n"


def test_several_are_taken_back_the_newest_first(tmp_path: Path) -> None:
    """In that order each finds what it left; the other way round the older one is held back."""
    belt = World(tmp_path, "").belt(Person(Choice.ONCE), within_s=30.0)
    note = tmp_path / "data" / "notes" / "note-todo.md"

    async def body() -> None:
        for text in ("bread", "butter"):
            await belt.call("write_note", {"title": "todo", "text": text}, "task")
        older, newer = (entry.id for entry in belt.log.entries())
        with pytest.raises(ToolError, match="changed since then"):
            await belt.undo(older)
        await belt.undo(newer)
        assert note.read_text() == "buy milk\nbread\n"
        await belt.undo(older)

    asyncio.run(body())
    assert note.read_text() == "buy milk\n"


def test_an_undo_that_cannot_be_logged_is_done_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk does not make what was taken back look as if it had not been."""
    belt = Copied(tmp_path, "before").belt(Person(Choice.ONCE), within_s=30.0)

    def full(*_: Any) -> None:
        raise ToolError("The disk is full.")

    async def body() -> str:
        await belt.call("write_clipboard", {"text": "copied"}, "task")
        entry = newest(belt)
        monkeypatch.setattr("engine.background.act_log.append_line", full)
        return await belt.undo(entry)

    assert asyncio.run(body()) == "The clipboard holds what it held before."


def test_a_timer_that_rang_cannot_be_taken_back(tmp_path: Path) -> None:
    """It says why: it has rung."""
    world = World(tmp_path, "")
    belt = world.belt(Person(Choice.ONCE), within_s=30.0)

    async def body() -> None:
        await belt.call("set_timer", {"seconds": 300}, "task")
        (tmp_path / "data" / "alarms.json").write_text('{"alarms": []}')
        with pytest.raises(ToolError, match="has rung already"):
            await belt.undo(newest(belt))

    asyncio.run(body())


def test_two_programs_share_the_timers(tmp_path: Path) -> None:
    """What one cancels does not ring in the other, what it sets does, and neither loses any."""
    clock, path = Time(), tmp_path / "alarms.json"
    desktop, terminal = Alarms(path, clock.clocks), Alarms(path, clock.clocks)
    tea = desktop.start_timer(60, "tea")
    assert [alarm.label for alarm in terminal.all()] == ["tea"]
    terminal.cancel(tea.id)
    terminal.start_timer(60, "eggs")
    desktop.start_timer(90, "rice")
    clock.go(120)
    assert [one.alarm.label for one in desktop.ring()] == ["eggs", "rice"]
    assert terminal.ring() == []


def test_a_file_damaged_by_others_silences_no_timer(tmp_path: Path) -> None:
    """What was set rings, whatever has become of the file."""
    clock, path = Time(), tmp_path / "alarms.json"
    alarms = Alarms(path, clock.clocks)
    alarms.start_timer(60, "tea")
    path.write_text("{")
    clock.go(61)
    assert [one.alarm.label for one in alarms.ring()] == ["tea"]


def test_the_newest_is_taken_back_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`aside tools undo` without an id goes back one step at a time, until there is none."""
    places = Places.under(tmp_path)
    monkeypatch.setattr(Places, "of_the_user", classmethod(lambda _cls: places))
    for title in ("a", "b"):
        given = ["run", "write_note", f"title={title}", "text=x", "--yes"]
        assert tools_command.main(given) == 0
    assert tools_command.main(["run", "calculate", "expression=1+1"]) == 0
    assert tools_command.main(["undo"]) == 0
    assert sorted(path.name for path in (places.data / "notes").glob("*.md")) == ["note-a.md"]
    assert tools_command.main(["undo"]) == 0
    assert not list((places.data / "notes").glob("*.md"))
    assert tools_command.main(["undo"]) == 1
    assert "Nothing was done" in capsys.readouterr().err
