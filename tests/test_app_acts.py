"""The window "What Aside did": all of it listed, found, taken back; what is allowed, revoked."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.acts.reading import MAX_ROWS, looked
from app.acts.window import ActsWindow
from app.window.rooms import Rooms
from engine.background.act_log import ActLog, Entry
from engine.background.approval import Choice
from engine.background.tool import ToolError
from tests.asking import answering
from tests.desktop import display, qt, qt_application  # noqa: F401
from tests.speaking import speaking
from tests.test_app_window import Stage
from tests.tooling import Shop, shop

pytestmark = pytest.mark.timeout(120)


class Reader:
    """The window over tools that were used, and a hand on the keyboard."""

    def __init__(self, stage: Stage, there: Shop, folder: Path) -> None:
        self.stage, self.there, self.folder = stage, there, folder

    def open(self) -> ActsWindow:
        assert self.stage.window.do("acts") == ""
        window = self.stage.window.pages._open["acts"]
        assert isinstance(window, ActsWindow)
        self.window = window
        return window

    def until(self, condition):
        return self.stage.until(condition, 60)

    @property
    def rows(self) -> list[str]:
        shown = self.window.acts.list
        return [shown.item(row).text() for row in range(shown.count())]

    def refused(self, name: str, **arguments: object) -> None:
        with suppress(ToolError):
            self.there.call(name, **arguments)

    @property
    def note(self) -> Path:
        return self.folder / "data/notes/note-tea.md"


@pytest.fixture
def reader(qt, tmp_path: Path) -> Iterator[Reader]:
    with shop(tmp_path) as there:
        stage = Stage(qt, tmp_path, Rooms(tools=there.room))
        yield Reader(stage, there, tmp_path)
        stage.window.pages.close()
        stage.close()


def test_all_that_was_done_or_not_allowed_is_there(reader: Reader) -> None:
    """The newest first: what, when, with which arguments, allowed how, and what came of it."""
    reader.there.call("write_note", title="tea", text="buy milk")
    reader.there.person.choice = Choice.NO
    reader.refused("open_address", address="https://example.org/a")
    reader.refused("read_note", title="nothing of that name")
    window = reader.open()
    reader.until(lambda: len(reader.rows) == 3)
    assert reader.rows[1:] == [
        "Open in the browser: https://example.org/a", "Write a new note tea: buy milk",
    ]  # fmt: skip
    values = window.acts.view.values
    assert values["State"].text() == "failed"
    window.acts.list.setCurrentRow(1)
    assert (values["State"].text(), values["Outcome"].text()) == ("not allowed", "You said no.")
    assert not window.acts.view.undo.isVisible()
    window.acts.list.setCurrentRow(2)
    assert values["Allowed"].text() == "approved once by click"
    assert values["Outcome"].text() == "Noted under tea."
    assert json.loads(window.acts.view.arguments.toPlainText()) == {
        "title": "tea", "text": "buy milk",
    }  # fmt: skip


def test_it_is_taken_back_by_keyboard_alone(reader: Reader) -> None:
    """Found by typing, undone by a button: the note is as it was, and the log says so."""
    reader.there.call("write_note", title="tea", text="green")
    reader.there.call("write_note", title="tea", text="black")
    reader.there.call("tell_time")
    window = reader.open()
    reader.until(lambda: len(reader.rows) == 3)
    QTest.keyClicks(window.acts.search, "blac")
    reader.until(lambda: reader.rows == ["Add to the note tea: black"])
    QTest.keyClick(window.acts.search, Qt.Key.Key_Return)
    reader.until(window.acts.view.undo.isVisible)
    QTest.keyClick(window.acts.view.undo, Qt.Key.Key_Space)
    reader.until(lambda: window.acts.view.answer.text() == "The note tea is as it was before.")
    assert reader.note.read_text() == "green\n"
    reader.until(lambda: window.acts.view.values["State"].text() == "taken back")
    assert not window.acts.view.undo.isVisible()
    QTest.keyClick(window.acts.search, Qt.Key.Key_Escape)
    reader.until(lambda: len(reader.rows) == 3)
    assert window.isVisible()


def test_what_cannot_be_taken_back_says_why(reader: Reader) -> None:
    """What the note was before is gone: the sentence is shown, and the log stays as it was."""
    reader.there.call("write_note", title="tea", text="green")
    for path in (reader.folder / "data/notes/.before").iterdir():
        path.unlink()
    window = reader.open()
    reader.until(window.acts.view.undo.isVisible)
    window.acts.view.undo.click()
    reader.until(lambda: "no longer kept" in window.acts.view.answer.text())
    assert window.acts.view.answer.objectName() == "warning"
    assert reader.there.kit.belt.log.entries()[0].state == "done"


def test_more_is_listed_as_it_is_done_and_the_place_is_kept(reader: Reader) -> None:
    """While the window is open: the act that is being read stays the current one."""
    reader.there.call("write_note", title="tea", text="green")
    window = reader.open()
    reader.until(lambda: len(reader.rows) == 1)
    reader.there.call("calculate", expression="6*7")
    reader.until(lambda: len(reader.rows) == 2)
    assert window.acts.list.current().text == "Write a new note tea: green"


@pytest.mark.parametrize(("answer", "left"), [("Keep it", 2), ("Empty the log", 0)])
def test_the_log_is_emptied_after_a_question(reader: Reader, answer: str, left: int) -> None:
    """Only the button that says so empties it, and Return is not that one; then nothing is left of
    it on the disk, what notes were before neither, and the notes themselves stay."""
    reader.there.call("write_note", title="tea", text="green")
    reader.there.call("write_note", title="tea", text="black", replace=True)
    window = reader.open()
    reader.until(lambda: len(reader.rows) == 2)
    answering(answer)
    window.acts.empty.click()
    reader.until(lambda: len(reader.rows) == left)
    log = reader.there.kit.belt.log
    assert len(log.entries()) == left
    assert len(list((reader.folder / "data/notes/.before").iterdir())) == left
    assert reader.note.read_text() == "black\n"
    if not left:
        reader.until(lambda: "Nothing was done yet" in window.acts.footer.text())
        assert not window.acts.empty.isEnabled()
        assert not window.acts.view.isVisible()


def test_a_log_that_cannot_be_emptied_is_said(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence names it, and the list stays."""
    reader.there.call("write_note", title="tea", text="green")
    window = reader.open()
    reader.until(lambda: len(reader.rows) == 1)

    def refuse() -> None:
        raise ToolError("acts.jsonl cannot be used (Read-only file system).")

    monkeypatch.setattr(reader.there.kit.belt, "forget", refuse)
    answering("Empty the log")
    window.acts.empty.click()
    reader.until(lambda: "Read-only" in window.acts.footer.text())
    assert len(reader.rows) == 1


def test_what_is_allowed_is_listed_and_revoked(reader: Reader) -> None:
    """This session's, for always and never: after it is revoked, Aside asks again."""
    person = reader.there.person
    for choice, name, arguments in (
        (Choice.SESSION, "set_timer", {"seconds": 60}),
        (Choice.ALWAYS, "write_note", {"title": "tea", "text": "green"}),
        (Choice.NEVER, "open_address", {"address": "https://example.org/"}),
    ):
        person.choice = choice
        reader.refused(name, **arguments)
    window = reader.open()
    window.groups.setCurrentRow(1)
    page = window.grants
    reader.until(lambda: page.list.count() == 3)
    texts = [(page.list.item(row).text(), page.list.item(row).data(Qt.ItemDataRole.UserRole).when)
             for row in range(3)]  # fmt: skip
    assert [text for text, _ in texts] == [
        "Never: any use of open_address", "Allowed: every use of write_note",
        "Allowed: every use of set_timer",
    ]  # fmt: skip
    assert "always, since today" in texts[1][1]
    assert "Sets a timer · this session, since today" in texts[2][1]
    page.list.setCurrentRow(1)
    page.revoke.click()
    reader.until(lambda: page.list.count() == 2)
    assert "asks again" in page.answer.text()
    asked = len(person.seen)
    person.choice = Choice.NO
    reader.refused("write_note", title="tea", text="black")
    assert len(person.seen) == asked + 1


def test_what_is_revoked_elsewhere_goes_and_what_cannot_is_said(reader: Reader) -> None:
    """`aside approvals` may be faster; a file that cannot be written is named."""
    reader.there.person.choice = Choice.ALWAYS
    reader.there.call("set_timer", seconds=60)
    window = reader.open()
    window.groups.setCurrentRow(1)
    reader.until(lambda: window.grants.list.count() == 1)
    grants = reader.there.kit.belt.approver.grants
    held, grants._path = grants._path, reader.folder / "config"
    window.grants.revoke.click()
    reader.until(lambda: window.grants.answer.text())
    assert window.grants.answer.objectName() == "warning"
    grants._path = held
    grants.revoke_all()
    reader.until(lambda: window.grants.list.count() == 0)
    assert not window.grants.revoke.isEnabled()


def test_a_log_that_somebody_wrote_into_is_read_as_far_as_it_goes(reader: Reader) -> None:
    """Lines that are none are passed over, and nothing in the others hides or is obeyed."""
    log = reader.there.kit.belt.log
    nasty = "<b>x</b> \u202etxt.exe\n{path}"
    entry = log.begin("gadget", "other", nasty, {"a": nasty}, "t")
    log.write(entry, state="strange", approval="?", note="{why}", undo="x")
    with log.path.open("ab") as file:
        file.write(b"\xff\xfe{\n" + b"[1]\n" + b'{"id": 5}\n' + b"[" * 50_000 + b"\n")
    window = reader.open()
    reader.until(lambda: len(reader.rows) == 1)
    view = window.acts.view
    assert view.what.textFormat() == Qt.TextFormat.PlainText
    assert "‹202E›" in view.arguments.toPlainText()
    assert (view.values["State"].text(), view.values["Outcome"].text()) == ("strange", "{why}")
    assert not view.undo.isVisible()


def test_a_log_that_cannot_be_read_is_named(reader: Reader) -> None:
    """A folder where the file should be: the page says so and goes on."""
    reader.there.kit.belt.log.path.mkdir(parents=True)
    window = reader.open()
    reader.until(lambda: "cannot be used" in window.acts.footer.text())
    assert window.acts.footer.objectName() == "warning"


def test_a_long_log_is_found_by_searching() -> None:
    """The newest are listed, the rest is counted, and every one of them can be searched for."""
    now_s = time.time()
    entries = [
        Entry(f"{n:x}", now_s - 9_000 + n, "t", "set_timer", "reversible", f"Timer {n}.", "{}")
        for n in range(9_000)
    ]
    all_of_it = looked(entries, "")
    assert (len(all_of_it.rows), all_of_it.more) == (MAX_ROWS, 9_000 - MAX_ROWS)
    assert all_of_it.rows[0].text == "Timer 8999."
    assert [row.text for row in looked(entries, "tímer 8123").rows] == ["Timer 8123."]
    assert looked(entries, "coffee").rows == ()


def test_without_tools_the_window_does_not_open(qt, tmp_path: Path) -> None:
    """Key, menu and `aside do acts` say why."""
    stage = Stage(qt, tmp_path, Rooms())
    assert "no tools here" in stage.window.do("acts")
    assert "no tools here" in stage.panel.notice
    stage.close()


def test_the_log_is_told_in_the_language_of_the_windows(qt, tmp_path: Path) -> None:
    """What was logged in English, days and times in it, is German where the windows are."""
    with speaking(qt, "de"), shop(tmp_path) as there:
        stage = Stage(qt, tmp_path, Rooms(tools=there.room))
        there.call("remind", when="2031-05-17 15:30", label="call", repeat="daily")
        reader = Reader(stage, there, tmp_path)
        window = reader.open()
        reader.until(lambda: reader.rows == [
            "Dich erinnern am Samstag, 17. Mai 2031, 15:30 und danach jeden Tag: call"
        ])  # fmt: skip
        assert window.acts.view.values["Allowed"].text() == "einmal erlaubt, per Klick"
        assert ActLog(there.kit.belt.log.path).entries()[0].preview == (
            "Remind you on Saturday 17 May 2031, 15:30 and every day after: call"
        )
        stage.window.pages.close()
        stage.close()
