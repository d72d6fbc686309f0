"""The history's window on a real X server: found as it is typed, by keyboard alone."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.history.database import Locked
from app.history.keeping import Keeping, KeepingFile
from app.history.store import Store
from app.history.window import HistoryWindow
from app.window import theme
from tests.asking import answering
from tests.desktop import display, qt, qt_application, qt_eventually  # noqa: F401
from tests.history_picture import history_at, plain

pytestmark = pytest.mark.timeout(60)
Key = Qt.Key


class Reader:
    """The window over a scripted past, and a hand on the keyboard."""

    def __init__(self, application: QApplication, path: Path) -> None:
        self.application, self.path = application, path
        self.window = HistoryWindow(path, Keeping, plain(path))
        self.window.come_up()
        self.until(lambda: self.window.results.count() == 3)

    def until(self, condition):
        return qt_eventually(self.application, condition)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.search, text)

    def press(self, key: Qt.Key, control: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier(0)
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)

    def said(self, talk: int, *lines: str) -> None:
        """Another program writes into the conversation of that number, or into a new one."""
        store = plain(self.path)()
        store.connection.execute("INSERT OR IGNORE INTO talk VALUES (?, 9e9, 9e9)", (talk,))
        store.connection.executemany(
            "INSERT INTO moment (talk, kind, at_s, end_s, text) VALUES (?, 'heard', 5e3, 5e3, ?)",
            [(talk, line) for line in lines],
        )
        store.close()

    def documents(self) -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(self.window.transcript.findChildren(QTextDocument))

    @property
    def rows(self) -> list[str]:
        return [self.window.results.item(row).text() for row in range(self.window.results.count())]


@pytest.fixture
def reader(qt, tmp_path: Path) -> Iterator[Reader]:
    path = tmp_path / "history.db"
    history_at(path)
    made = Reader(qt, path)
    yield made
    made.window.close()
    made.window.deleteLater()
    qt.processEvents()


def test_the_newest_conversation_comes_up_first(reader: Reader) -> None:
    """Opened, it shows the last conversation whole, and the keyboard is in the search field."""
    assert reader.rows[0].startswith("say beep")
    text = reader.window.transcript.toPlainText()
    assert "so I called the operator" in text
    assert re.search(r"\d\d:\d\d:\d\d  Aside", text)
    reader.until(reader.window.search.hasFocus)


def test_lines_are_found_while_one_types(reader: Reader) -> None:
    """Each letter narrows what is shown; taking the words away shows everything again."""
    reader.type("operat")
    reader.until(lambda: "hung up" in " ".join(reader.rows))
    reader.type(" hung")
    reader.until(lambda: "hung up" in " ".join(reader.rows))
    reader.window.search.setText("谢谢")
    reader.until(lambda: len(reader.rows) == 1)
    reader.window.search.setText("nowhere to be found")
    reader.until(lambda: not reader.rows)
    assert "Nothing was found" in reader.window.transcript.toPlainText()
    reader.press(Key.Key_Escape)
    reader.until(lambda: len(reader.rows) == 3)


def test_a_result_jumps_to_its_moment(reader: Reader) -> None:
    """Walking down the results moves the transcript's cursor to the line that was found."""
    reader.type("beep")
    reader.until(lambda: reader.rows[1:] == ["beep", "beep"])
    reader.press(Key.Key_Return)
    reader.until(reader.window.results.hasFocus)
    places = []
    for _ in range(3):
        places.append(reader.window.transcript.textCursor().position())
        reader.press(Key.Key_Down)
    assert places == sorted(set(places))
    reader.press(Key.Key_Return)
    reader.until(reader.window.transcript.hasFocus)


def test_it_is_copied_and_exported(reader: Reader, tmp_path: Path) -> None:
    """Copy takes the whole transcript without a selection; an export says where it is."""
    reader.window.copy.click()
    assert "put me through" in QGuiApplication.clipboard().text()
    talk = reader.window.results.current().talk
    reader.window.export_to(talk, tmp_path / "talk.srt", "srt")
    reader.until(lambda: "Written" in reader.window.footer.text())
    assert "-->" in (tmp_path / "talk.srt").read_text("utf-8")
    reader.window.export_to(talk, tmp_path / "no" / "talk.txt", "txt")
    reader.until(lambda: "could not be written" in reader.window.footer.text())


@pytest.mark.parametrize(("answer", "left"), [("Keep it", 3), ("Delete", 2)])
def test_deleting_asks_first(reader: Reader, qt, answer: str, left: int) -> None:
    """Only the answer that says so deletes, and it is not the one that Return takes."""
    answering(answer)
    reader.press(Key.Key_Backspace, control=True)
    reader.until(lambda: len(reader.rows) == left)
    assert any(row.startswith("say beep") for row in reader.rows) == (left == 3)


def test_what_cannot_be_deleted_stays(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses is told as that, and nothing is lost."""

    def refuse(_store: Store, _numbers: list[int]) -> int:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Store, "delete_talks", refuse)
    answering("Delete")
    reader.press(Key.Key_Backspace, control=True)
    reader.until(lambda: "cannot be deleted: disk I/O" in reader.window.footer.text())
    assert len(reader.rows) == 3


def test_what_is_said_meanwhile_appears(reader: Reader) -> None:
    """With the window open, another writer's line comes into the list by itself."""
    reader.said(4, "just now")
    reader.until(lambda: reader.rows[0] == "just now")


def test_who_reads_is_not_disturbed(reader: Reader) -> None:
    """What is said elsewhere, or at the end of what is read, leaves the view and the selection
    where they are, and no old document stays."""
    transcript = reader.window.transcript
    bar = transcript.verticalScrollBar()
    reader.said(1, *(f"this is line {number}" for number in range(200)))
    reader.window.results.setCurrentRow(2)
    reader.until(lambda: "line 199" in transcript.toPlainText())
    cursor = transcript.textCursor()
    cursor.setPosition(transcript.toPlainText().index("line 100"))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    transcript.setTextCursor(cursor)
    bar.setValue(bar.maximum() // 2)
    there, document = bar.value(), transcript.document()
    reader.said(4, "just now")
    reader.until(lambda: reader.rows[0] == "just now")
    assert transcript.document() is document
    reader.said(1, "and one more")
    reader.until(lambda: "and one more" in transcript.toPlainText())
    reader.window.dress(theme.LIGHT)
    reader.window.dress(theme.DARK)
    assert bar.value() == there > 0
    assert transcript.textCursor().selectedText() == "line 100"
    assert reader.documents() == 1


def test_the_list_stays_where_it_was_scrolled_to(reader: Reader) -> None:
    """A new conversation comes in above: what is in view does not move."""
    for number in range(10, 40):
        reader.said(number, f"talk {number}")
    reader.until(lambda: len(reader.rows) == 33)
    results = reader.window.results
    results.setCurrentRow(2)
    results.verticalScrollBar().setValue(1000)
    seen = results.itemAt(20, 20).text()
    reader.said(50, "just now")
    reader.until(lambda: reader.rows[0] == "just now")
    assert results.itemAt(20, 20).text() == seen
    assert results.currentRow() == 3


def test_everything_has_a_name_for_a_screen_reader(reader: Reader) -> None:
    """Search, results, transcript and buttons say what they are, and each row what it holds."""
    window = reader.window
    parts = [window.search, window.results, window.transcript]
    parts += window.findChildren(QAbstractButton)
    nameless = [
        part for part in parts
        if part.isVisible() and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
    ]  # fmt: skip
    assert not nameless
    row = window.results.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row.startswith("say beep")
    assert "today" in row or "yesterday" in row


def test_dark_and_light(reader: Reader) -> None:
    """Both themes colour all of it: no light page in the dark, no dark one in the light."""
    for worn, dark in ((theme.DARK, True), (theme.LIGHT, False)):
        reader.window.dress(worn)
        image = reader.window.grab().toImage()
        spots = [(0.1, 0.7), (0.6, 0.9), (0.5, 0.02)]
        for x, y in spots:
            pixel = image.pixelColor(int(x * image.width()), int(y * image.height()))
            assert (pixel.lightness() < 80) == dark


def test_what_to_keep_cannot_be_read(qt, tmp_path: Path) -> None:
    """That nothing is kept was nobody's choice then, and the window says why."""
    (tmp_path / "history.json").write_text('{"keep": "perhaps"}')
    window = HistoryWindow(tmp_path / "none.db", KeepingFile(tmp_path / "history.json").now)
    window.come_up()
    qt.processEvents()
    assert "cannot be read from its file" in window.transcript.toPlainText()
    window.close()


@pytest.mark.parametrize(("again_s", "shown", "asked"), [(600.0, 1, 1), (600.0, 2, 2), (0.2, 1, 3)])
def test_a_locked_key_store_is_asked_once(
    reader: Reader, qt, monkeypatch: pytest.MonkeyPatch, again_s: float, shown: int, asked: int
) -> None:
    """Again only when the window is shown anew, or after a good while: each time may put the
    store's dialogue before the user."""
    monkeypatch.setattr("app.history.window.LOOK_AGAIN_MS", 20)
    monkeypatch.setattr("app.history.window.LOCKED_AGAIN_S", again_s)
    calls: list[float] = []

    def open_() -> Store:
        calls.append(time.monotonic())
        raise Locked("the key store sleeps")

    window = HistoryWindow(reader.path, Keeping, open_)
    for number in range(shown):
        window.come_up()
        reader.until(lambda number=number: len(calls) > number)
        reader.until(lambda: "sleeps" in window.transcript.toPlainText())
        if again_s > 1:
            QTest.qWait(300)
            assert len(calls) == number + 1
        else:
            reader.until(lambda: len(calls) == asked)
        window.close()
    assert len(calls) == asked


def test_an_opening_under_way_is_the_only_one(
    reader: Reader, qt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes; what it brings after the window was closed is closed at once."""
    monkeypatch.setattr("app.history.window.LOOK_AGAIN_MS", 20)
    unlocked, made = threading.Event(), []

    def open_() -> Store:
        unlocked.wait(20)
        made.append(plain(reader.path)())
        return made[-1]

    window = HistoryWindow(reader.path, Keeping, open_)
    for _ in range(2):
        window.come_up()
        QTest.qWait(200)
        assert [thread.name for thread in threading.enumerate()].count("history-open") == 1
        window.close()
    unlocked.set()
    reader.until(lambda: made and not window._opening)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].version()
    window.come_up()
    reader.until(lambda: window.results.count() == 3)
    assert len(made) == 2
    window.close()


def test_without_a_history_it_says_so(qt, tmp_path: Path) -> None:
    """No file: a sentence instead of an empty list, and asking makes no file."""
    window = HistoryWindow(tmp_path / "none.db", lambda: Keeping(keep=False))
    window.come_up()
    qt.processEvents()
    assert "keeps no history" in window.transcript.toPlainText()
    assert not window.export.isEnabled()
    window.close()
    assert not list(tmp_path.iterdir())
