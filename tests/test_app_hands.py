"""Keyboard, mouse and clipboard that the desktop lends: real ones, on a display of the test's."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.hands.main import hands, is_ours
from app.hands.xdotool import XdotoolHands, is_compatible
from engine.background.tool import ToolError
from engine.background.tools.clipboard import WriteClipboard
from engine.background.tools.hands import Click, PressKey, TypeText
from tests.desktop import display, qt, qt_application, qt_eventually  # noqa: F401

pytestmark = pytest.mark.timeout(90)


def beside(application: Any, work: Callable[[], Any]) -> Any:
    """Runs `work` in a thread while the windows go on, and gives what it returned or raised."""
    found: list[Any] = []

    def body() -> None:
        try:
            found.append(work())
        except ToolError as error:
            found.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    qt_eventually(application, lambda: bool(found), within_s=40)
    thread.join()
    if isinstance(found[0], ToolError):
        raise found[0]
    return found[0]


@pytest.fixture
def editor(qt: Any) -> Any:
    from PySide6.QtWidgets import QPlainTextEdit

    made = QPlainTextEdit()
    made.setWindowTitle("The test's editor")
    made.resize(400, 200)
    made.move(50, 60)
    made.show()
    made.activateWindow()
    made.setFocus()
    qt_eventually(qt, lambda: made.isVisible() and made.windowHandle().isExposed())
    qt_eventually(qt, made.hasFocus, within_s=20)
    yield made
    made.close()


def test_what_was_approved_is_typed_into_the_window_in_front(qt: Any, editor: Any) -> None:
    """Text arrives letter by letter, signs and Enter included, while a sign says so."""
    signs: list[str] = []
    lent = XdotoolHands(signs.append, lambda: False)
    tool = TypeText(lent)
    said = beside(qt, lambda: tool.preview({"text": "x"}))
    assert "The test's editor" in said
    beside(qt, lambda: asyncio.run(tool.run({"text": "Hello, Zoe!\n2 > 1"})))
    qt_eventually(qt, lambda: editor.toPlainText() == "Hello, Zoe!\n2 > 1")
    assert signs[0].startswith("Aside is typing into The test's editor")
    assert signs[-1] == ""


def test_letters_that_might_get_lost_are_not_begun(qt: Any, editor: Any) -> None:
    """A text with letters that this keyboard lacks is refused whole, before anybody is asked."""
    tool = TypeText(XdotoolHands(lambda _: None, lambda: False))
    with pytest.raises(ToolError, match="Copy them"):
        tool.preview({"text": "Zoë"})


def test_keys_and_clicks_arrive(qt: Any, editor: Any) -> None:
    """A named key and a click do what they do by hand."""
    lent = XdotoolHands(lambda _: None, lambda: False)
    editor.setPlainText("word")
    beside(qt, lambda: asyncio.run(PressKey(lent).run({"key": "Ctrl+A"})))
    beside(qt, lambda: asyncio.run(PressKey(lent).run({"key": "Delete"})))
    qt_eventually(qt, lambda: editor.toPlainText() == "")
    editor.setPlainText("one two")
    place = editor.mapToGlobal(editor.cursorRect().center())
    click = {"x": place.x() + 3, "y": place.y(), "button": "double"}
    beside(qt, lambda: asyncio.run(Click(lent).run(click)))
    qt_eventually(qt, lambda: editor.textCursor().selectedText().strip() == "one")


def test_no_tool_clicks_on_what_asks_for_approval(qt: Any, editor: Any) -> None:
    """Aside's own windows, such as the card that asks, are for a person's hand alone; beside them
    a click goes where it was approved."""
    from PySide6.QtGui import QCursor

    lent = XdotoolHands(lambda _: None, lambda: False, is_ours)
    place = editor.mapToGlobal(editor.rect().center())
    editor.setPlainText("one")
    with pytest.raises(ToolError, match="only a person clicks"):
        beside(qt, lambda: lent.click(place.x(), place.y(), "double"))
    assert not editor.textCursor().hasSelection()
    for _ in range(2):  # the second time the pointer is there already
        beside(qt, lambda: lent.click(editor.x() + 700, editor.y() + 400, "left"))
    assert QCursor.pos().x() == editor.x() + 700


def test_stopped_tools_type_nothing(qt: Any, editor: Any) -> None:
    """While the user has stopped all tools, not a letter arrives."""
    lent = XdotoolHands(lambda _: None, lambda: True)
    with pytest.raises(ToolError, match="stopped"):
        beside(qt, lambda: asyncio.run(TypeText(lent).run({"text": "hello"})))
    assert editor.toPlainText() == ""


def test_the_sign_takes_neither_focus_nor_clicks(qt: Any, editor: Any) -> None:
    """It is seen while something is typed, says what, and leaves the window in front in front."""
    from PySide6.QtCore import Qt

    from app.hands.sign import Sign

    sign = Sign()
    beside(qt, lambda: sign.say("Aside is typing"))
    qt_eventually(qt, sign.isVisible)
    assert sign.text() == "Aside is typing"
    assert sign.windowFlags() & Qt.WindowType.WindowTransparentForInput
    assert editor.hasFocus()
    beside(qt, lambda: sign.say(""))
    qt_eventually(qt, lambda: not sign.isVisible())


def test_the_clipboard_is_the_systems(qt: Any) -> None:
    """What a tool writes can be pasted, what was copied can be read, from another thread."""
    from PySide6.QtGui import QGuiApplication

    from app.hands.clipboard import QtClipboard

    board = QtClipboard()
    beside(qt, lambda: asyncio.run(board.write("for pasting")))
    assert QGuiApplication.clipboard().text() == "for pasting"
    assert beside(qt, lambda: asyncio.run(board.read())) == "for pasting"


def test_undoing_brings_back_all_that_was_copied(qt: Any) -> None:
    """A picture, and what a password manager asks not to be read, too."""
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QColor, QGuiApplication, QImage

    from app.hands.clipboard import CONCEALED, QtClipboard

    tool, system = WriteClipboard(QtClipboard()), QGuiApplication.clipboard()
    picture = QImage(3, 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    secret = QMimeData()
    secret.setText("hunter2")
    secret.setData(CONCEALED[0], b"secret")
    for copied in (picture, secret):
        if copied is picture:
            system.setImage(picture)
        else:
            system.setMimeData(secret)
        done = beside(qt, lambda: asyncio.run(tool.run({"text": "for pasting"})))
        assert system.text() == "for pasting"
        beside(qt, lambda token=done.undo: asyncio.run(tool.undo(token)))
        if copied is picture:
            assert system.image().pixelColor(1, 1) == QColor("red")
        else:
            assert (system.text(), system.mimeData().hasFormat(CONCEALED[0])) == ("hunter2", True)


def test_a_cancelling_that_comes_with_the_clipboards_answer_is_not_lost(qt: Any) -> None:
    """A task that is cancelled in the moment in which the clipboard answers copies nothing."""
    from app.hands.clipboard import QtClipboard

    class Board(QtClipboard):
        written: tuple[str, ...] = ()

        async def write(self, text: str) -> None:
            self.written += (text,)

    board = Board()

    async def copied() -> None:
        await board.read()
        await board.write("late")

    async def body() -> None:
        copying = asyncio.ensure_future(copied())
        await asyncio.sleep(0)  # it has asked what was copied before
        qt.processEvents()
        copying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await copying

    asyncio.run(body())
    assert board.written == ()


def test_a_password_managers_secret_is_not_read(qt: Any) -> None:
    """What asks not to be looked at counts as nothing."""
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QGuiApplication

    from app.hands.clipboard import CONCEALED, QtClipboard

    board = QtClipboard()
    for kind in CONCEALED[:2]:
        copied = QMimeData()
        copied.setText("hunter2")
        copied.setData(kind, b"secret")
        QGuiApplication.clipboard().setMimeData(copied)
        assert beside(qt, lambda: asyncio.run(board.read())) == ""


def test_where_nothing_may_type_there_are_no_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Wayland and without a display the tools that need hands are not offered."""
    assert not is_compatible({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"})
    assert not is_compatible({})
    monkeypatch.setenv("PATH", "/nowhere")
    assert hands(lambda _: None, lambda: False) is None
