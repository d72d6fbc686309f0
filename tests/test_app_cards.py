"""Cards on a real X server: drawn from data, changed while they are used, never in the way."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import asyncio
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from app.cards import room as room_module
from app.cards.asker import CardAsker
from app.cards.card_window import DEAF_S
from app.cards.desk import CardDesk
from app.cards.drawing import VIEWS
from app.cards.inputs import focusable
from app.cards.room import CardRoom
from app.window import theme
from engine.background.approval import Answer, By, Choice, Question
from engine.background.belt import TAKEN_BACK
from engine.background.card import Filled, Pressed
from engine.background.card_kinds import errand_card, errand_progress, question_card
from engine.background.card_parts import KINDS
from engine.background.phrase import phrase
from engine.background.schema import checked
from engine.background.task import Task, TaskState
from engine.background.told import Offer, Progress, Rang
from engine.background.told import Question as Doubt
from engine.background.tool import Risk, ToolError, ToolResult
from engine.background.tools.alarms import Alarms
from engine.background.tools.cards import ShowCard
from engine.background.visible import quoted
from engine.background.work import NO_MIND
from engine.microturn import Update
from installers.languages import LANGUAGES
from tests.belting import Time
from tests.card_picture import card, form, part, plan, press
from tests.desktop import display, qt, qt_application, qt_eventually, xdotool  # noqa: F401
from tests.speaking import speaking
from tests.test_app_window import somebody_typing  # noqa: F401
from tests.test_background_card import PARTS

pytestmark = pytest.mark.timeout(60)


class Table:
    """A desk of cards, and what came back from it."""

    def __init__(self, application) -> None:
        self.application = application
        self.desk = CardDesk(lambda: theme.DARK)
        self.answers: list[object] = []
        self.refused: list[str] = []
        self.desk.answered.connect(self.answers.append)
        self.desk.refused.connect(self.refused.append)

    def lay(self, *messages: dict[str, Any], ours: bool = False) -> None:
        for message in messages:
            self.desk.take(message, ours)
        self.application.processEvents()

    def until(self, condition):
        return qt_eventually(self.application, condition)

    def part(self, name: str, kind: type, number: str = "form"):
        view = self.desk.windows[number].drawing.view(name)
        assert view is not None
        return view if isinstance(view, kind) else view.findChild(kind)

    def become_answerable(self, number: str) -> None:
        shown_s = self.desk.shown_since_s(number)
        assert shown_s is not None
        self.until(lambda: time.monotonic() - shown_s > DEAF_S)


@pytest.fixture
def table(qt) -> Iterator[Table]:
    made = Table(qt)
    yield made
    made.desk.close()
    qt.processEvents()


def test_every_part_has_a_drawing() -> None:
    """Whatever the data may hold can be shown."""
    assert set(VIEWS) | {"Column", "Row"} == set(KINDS)


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_drawn(table: Table, name: str) -> None:
    """A card with one part of each kind comes up, as tall as it needs, with no complaint."""
    table.lay(*card("one", "One", {"id": "x", "component": name, **PARTS[name]}))
    window = table.desk.windows["one"]
    assert not table.refused
    assert window.isVisible()
    assert window.height() > 40


def test_a_card_takes_no_keyboard(table: Table, somebody_typing: subprocess.Popen) -> None:
    """Who types elsewhere goes on typing while cards come, change, and a button is pressed."""
    before = xdotool("getwindowfocus")
    table.lay(*form(), *plan())
    table.lay({"updateDataModel": {"surfaceId": "form", "path": "/name", "value": "Grace"}})
    table.become_answerable("form")
    _click(table.part("book", QPushButton))
    table.until(lambda: table.answers)
    assert xdotool("getwindowfocus") == before


def test_a_form_is_filled_in_by_data_and_by_hand(table: Table) -> None:
    """What the mind understood appears in the field; what is typed goes back, and all of it with
    the button."""
    table.lay(*form())
    name = table.part("name", QLineEdit)
    table.lay({"updateDataModel": {"surfaceId": "form", "path": "/name", "value": "Grace"}})
    assert name.text() == "Grace"
    assert not table.answers
    name.clear()
    assert not table.part("book", QPushButton).isEnabled()
    QTest.keyClicks(name, "Ada")
    QTest.keyClicks(table.part("seats", QLineEdit), ".5")
    assert table.part("seats", QLineEdit).text() == "2.5"
    table.part("quiet", QCheckBox).click()
    assert table.answers[-1] == Filled("form", "/quiet", False)
    table.become_answerable("form")
    table.part("book", QPushButton).click()
    pressed = table.answers[-1]
    assert isinstance(pressed, Pressed)
    assert pressed.data == {"name": "Ada", "train": "ice519", "seats": 2.5, "quiet": False}


def test_an_update_leaves_what_it_does_not_name(table: Table) -> None:
    """While somebody types, other parts change, come and go, and the line keeps its text, its
    cursor and its widget."""
    table.lay(*form())
    line = table.part("name", QLineEdit)
    line.setCursorPosition(3)
    more = [part("root", "Column", children=["name", "hint"]), part("hint", "Text", text="Hello")]
    table.lay({"updateComponents": {"surfaceId": "form", "components": more}})
    assert table.part("name", QLineEdit) is line
    assert line.cursorPosition() == 3
    assert table.part("hint", QLabel).text() == "Hello"
    assert table.desk.windows["form"].drawing.view("book") is None


def test_markup_is_shown_not_obeyed(table: Table) -> None:
    """Tags, links and mnemonics in a text are letters."""
    nasty = '<a href="http://x">click</a> & <img src="file:///etc/passwd">'
    table.lay(*card("n", nasty[:50], part("t", "Text", text=nasty), press("b", "A & B"),
                    part("c", "CheckBox", label="<b>x</b>", value={"path": "/c"})))  # fmt: skip
    label = table.part("t", QLabel, "n")
    assert label.text() == nasty
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert table.part("b", QPushButton, "n").accessibleName() == "A & B"


def test_a_click_meant_for_another_window_answers_nothing(table: Table) -> None:
    """In its first moment under the mouse a card is deaf."""
    table.lay(*form())
    table.part("book", QPushButton).click()
    assert not table.answers
    table.become_answerable("form")
    table.part("book", QPushButton).click()
    assert table.answers


def test_what_does_not_fit_is_told_to_its_sender(table: Table) -> None:
    """A refused message changes nothing on the screen and comes back with the field's name."""
    table.lay(*form())
    table.lay({"updateComponents": {"surfaceId": "form", "components": [
        part("name", "Text", text=5)]}})  # fmt: skip
    assert "text" in table.refused[0]
    assert table.part("name", QLineEdit).text() == "Ada Lovelace"


def test_progress_moves_and_cancel_comes_back(table: Table) -> None:
    """An errand's card shows how far it is; unknown is shown as unknown."""
    table.lay(*errand_card("t", "Looking"), ours=True)
    bar = table.part("progress", QProgressBar, "aside:t")
    assert bar.maximum() == 0
    table.lay(errand_progress("t", "page 2", 0.5), ours=True)
    assert (bar.value(), bar.maximum()) == (500, 1000)
    assert bar.accessibleName() == "page 2"
    table.become_answerable("aside:t")
    table.part("cancel", QPushButton, "aside:t").click()
    assert table.answers[-1].name == "cancel"


def test_closing_a_card_takes_it_away(table: Table) -> None:
    """The user's close is told, and the sender may not write to it any more."""
    closed = []
    table.desk.dismissed.connect(closed.append)
    table.lay(*form())
    table.desk.windows["form"].shut.click()
    table.application.processEvents()
    assert closed == ["form"]
    assert not table.desk.windows
    table.lay({"updateDataModel": {"surfaceId": "form", "path": "/name", "value": "x"}})
    assert "no card" in table.refused[-1]


def test_cards_stand_beside_each_other_on_the_screen(table: Table) -> None:
    """None covers another while there is room, and all of each is on the screen."""
    for number in range(3):
        table.lay(*card(f"c{number}", f"Card {number}", part("t", "Text", text="hello")))
    areas = [one.geometry() for one in table.desk.windows.values()]
    shadow = next(iter(table.desk.windows.values())).shadow
    inner = [area.adjusted(shadow, shadow, -shadow, -shadow) for area in areas]
    assert not any(a.intersects(b) for a in inner for b in inner if a is not b)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert all(screen.contains(area) for area in inner)


def test_a_long_card_scrolls(table: Table) -> None:
    """A card taller than the screen stays on it."""
    many = [part(f"t{n}", "Text", text="line " * 20) for n in range(50)]
    table.lay(*card("long", "Long", *many))
    window = table.desk.windows["long"]
    screen = window.screen().availableGeometry()
    table.until(lambda: window.height() < screen.height())
    table.until(lambda: window._scroll.verticalScrollBar().maximum() > 0)


def test_all_of_a_card_is_reached_by_keyboard_and_named(table: Table) -> None:
    """Tab visits every field and button, and each says what it is."""
    table.lay(*form(), *plan())
    for window in table.desk.windows.values():
        for widget in focusable(window):
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget


def _question(risk: Risk = Risk.REVERSIBLE, **arguments: Any) -> Question:
    return Question("q", "t", "write_note", "Writes a note.", risk, "Write “milk”",
                    arguments or {"text": "milk"}, "every note", "acorn")  # fmt: skip


class Asking:
    """A question asked from another thread, as the agent asks."""

    def __init__(self, table: Table, question: Question, within_s: float = 20.0) -> None:
        self.table, self.asker = table, CardAsker(table.desk)
        self.answer: Answer | BaseException | None = None
        self.thread = threading.Thread(target=self._ask, args=(question, within_s))
        self.thread.start()

    def _ask(self, question: Question, within_s: float) -> None:
        async def ask() -> Answer:
            return await asyncio.wait_for(self.asker.ask(question), within_s)

        try:
            self.answer = asyncio.run(ask())
        except Exception as error:
            self.answer = error

    def shown(self) -> None:
        self.table.until(lambda: "aside:q" in self.table.desk.windows)
        self.table.become_answerable("aside:q")

    def answered(self) -> Answer | BaseException:
        self.table.until(lambda: self.answer is not None)
        self.thread.join(5)
        self.table.until(lambda: "aside:q" not in self.table.desk.windows)
        assert self.answer is not None
        return self.answer


@pytest.mark.parametrize("choice", list(Choice))
def test_a_question_is_answered_by_hand(table: Table, choice: Choice) -> None:
    """Each button is its choice; then the card is gone."""
    asking = Asking(table, _question())
    asking.shown()
    table.part(choice.value, QPushButton, "aside:q").click()
    assert asking.answered() == Answer("q", choice, By.CLICK)


def test_an_answer_comes_when_the_card_is_gone(table: Table) -> None:
    """By keyboard, too: what was approved may be to type into the window that had it before."""
    given_back: list[bool] = []
    asking = Asking(table, _question())
    asking.shown()
    window = table.desk.windows["aside:q"]
    window.take_keyboard()
    window.give_keyboard_back = lambda: given_back.append(window.isVisible())
    there: list[bool] = []
    asking.asker._taken_away = _seen_away(asking.asker._taken_away, table, there)
    table.part("once", QPushButton, "aside:q").click()
    assert asking.answered() == Answer("q", Choice.ONCE, By.CLICK)
    assert there == [False]
    assert given_back[:1] == [True]


def _seen_away(taken_away: Any, table: Table, there: list[bool]) -> Any:
    """Notes whether the card is still there when whoever asked goes on."""

    def noted(number: str, loop: asyncio.AbstractEventLoop) -> Any:
        away = taken_away(number, loop)

        class Noted:
            async def wait(self) -> None:
                await away.wait()
                there.append("aside:q" in table.desk.windows)

        return Noted()

    return noted


def test_a_question_is_asked_in_the_language_of_the_windows(qt, table: Table) -> None:
    """What would be done, and what a lasting yes covers, are German; what the note says is not."""
    preview = phrase("Write a new note {title}: {text}", title="tea", text="Look at the clock.")
    scope = phrase("every use of {tool}", tool="write_note")
    asked = replace(_question(), sentence="Deletes a note.", preview=preview, scope=scope)
    with speaking(qt, "de"):
        asking = Asking(table, asked)
        asking.shown()
        shown = [table.part(name, QLabel, "aside:q").text()
                 for name in ("sentence", "preview", "scope")]  # fmt: skip
        assert shown == [
            "Löscht eine Notiz.", "Eine neue Notiz tea schreiben: Look at the clock.",
            "„Diese Sitzung“ und „Immer“ gelten für: jede Benutzung von write_note",
        ]  # fmt: skip
        labels = [table.part(one.value, QPushButton, "aside:q").text() for one in Choice]
        assert labels == ["Einmal erlauben", "Diese Sitzung", "Immer", "Nein",
                          "Nie fragen, nie tun"]  # fmt: skip
        table.part("no", QPushButton, "aside:q").click()
        asking.answered()


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_all_of_each_answer_can_be_read(qt, table: Table, language: str) -> None:
    """However long its words are in a language, no button is cut off or lies beside the card."""
    with speaking(qt, language):
        asking = Asking(table, _question())
        asking.shown()
        ground = table.desk.windows["aside:q"].drawing.parentWidget()
        for one in Choice:
            button = table.part(one.value, QPushButton, "aside:q")
            place = QRect(button.mapTo(ground, QPoint(0, 0)), button.size())
            assert place.left() >= 0
            assert place.right() < ground.width()
            assert button.width() >= button.sizeHint().width()
        table.part("no", QPushButton, "aside:q").click()
        asking.answered()


def test_closing_a_question_is_a_no(table: Table) -> None:
    """And so is time running out: the card goes by itself."""
    asking = Asking(table, _question())
    asking.shown()
    table.desk.windows["aside:q"].shut.click()
    assert asking.answered() == Answer("q", Choice.NO, By.CLICK)
    assert isinstance(Asking(table, _question(), within_s=0.5).answered(), TimeoutError)


def test_the_word_on_the_card_answers_what_can_be_undone(table: Table) -> None:
    """Said after the card was read and in silence; another word, or while something plays, not."""
    asking = Asking(table, _question())
    asking.shown()
    now_s = time.monotonic()
    assert not asking.asker.speak("banana", now_s, now_s - 5)
    assert not asking.asker.speak("acorn", now_s, None)
    assert asking.asker.speak("Acorn.", now_s, now_s - 5)
    answer = asking.answered()
    assert isinstance(answer, Answer)
    assert (answer.choice, answer.by) == (Choice.ONCE, By.VOICE)


def test_a_model_cannot_reach_a_question(table: Table) -> None:
    """Its messages about Aside's own cards are refused, and its own cards' buttons are not
    answers, whatever they are called."""
    asking = Asking(table, _question())
    asking.shown()
    table.lay({"deleteSurface": {"surfaceId": "aside:q"}})
    table.lay(*card("fake", "May I?", press("once", "Allow once")))
    table.become_answerable("fake")
    table.part("once", QPushButton, "fake").click()
    table.application.processEvents()
    assert asking.answer is None
    assert len(table.refused) == 1
    table.part("no", QPushButton, "aside:q").click()
    assert asking.answered() == Answer("q", Choice.NO, By.CLICK)


def _inner(table: Table, number: str) -> Any:
    window = table.desk.windows[number]
    edge = window.shadow
    return window.geometry().adjusted(edge, edge, -edge, -edge)


def test_no_card_of_a_model_covers_a_question(table: Table) -> None:
    """Not where there is no room below it, either; and where the screen is full, the question lies
    on top."""
    asking = Asking(table, _question(text="all of a letter. " * 120))
    asking.shown()
    raised: list[str] = []
    window = table.desk.windows["aside:q"]
    window.raise_ = lambda: raised.append("aside:q")
    for number in range(4):
        table.lay(*card(f"c{number}", "Weather", part("t", "Text", text="line " * 80)))
        assert raised
        raised.clear()
        if number == 0:
            assert not _inner(table, "aside:q").intersects(_inner(table, "c0"))
    window.shut.click()
    asking.answered()


def test_a_click_meant_for_a_card_that_goes_is_no_answer(table: Table) -> None:
    """A question that lay under another card is deaf again when that one goes."""
    asking = Asking(table, _question())
    asking.shown()
    table.lay(*card("over", "Weather", part("t", "Text", text="hello")))
    table.desk.windows["over"].move(table.desk.windows["aside:q"].pos())
    table.lay({"deleteSurface": {"surfaceId": "over"}})
    table.part("once", QPushButton, "aside:q").click()
    table.application.processEvents()
    assert asking.answer is None
    table.become_answerable("aside:q")
    table.part("no", QPushButton, "aside:q").click()
    assert asking.answered() == Answer("q", Choice.NO, By.CLICK)


class FakeAgent:
    """Keeps what it was asked to do."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def cancel(self, task_id: str | None = None) -> None:
        self.asked.append(("cancel", task_id or ""))

    def confirm(self, task_id: str, request: str) -> None:
        self.asked.append(("confirm", task_id, request))


@pytest.fixture
def room(qt, table: Table) -> Iterator[CardRoom]:
    made = CardRoom(lambda: theme.LIGHT)
    made.serve(FakeAgent())
    table.desk = made.desk
    yield made
    made.close()


def _task(state: TaskState = TaskState.RUNNING) -> Task:
    return Task("t1", 1, "find a train to Ulm", state, None, 0.0)


def test_a_task_that_lasts_gets_a_card(room: CardRoom, table: Table) -> None:
    """It says what is being done and can be cancelled; when the task ends it goes."""
    room.take(Progress(_task(), "looking"))
    assert not room.desk.windows
    table.until(lambda: "aside:t1" in room.desk.windows)
    room.take(Progress(_task(), "reading"))
    table.until(lambda: table.part("progress", QLabel, "aside:t1").text() == "reading")
    table.become_answerable("aside:t1")
    table.part("cancel", QPushButton, "aside:t1").click()
    table.until(lambda: room._agent.asked == [("cancel", "t1")])
    room.take(Progress(_task(TaskState.CANCELLED)))
    table.until(lambda: not room.desk.windows)


def test_a_card_shows_how_far_a_task_is(room: CardRoom, table: Table) -> None:
    """A fraction where one is known, and the moving bar of what is not known before and after."""
    room.take(Progress(_task(), "looking"))
    table.until(lambda: "aside:t1" in room.desk.windows)
    bar = table.part("progress", QProgressBar, "aside:t1")
    assert bar.maximum() == 0
    room.take(Progress(_task(), "reading", done=0.25))
    table.until(lambda: (bar.value(), bar.maximum()) == (250, 1000))
    room.take(Progress(_task(), "thinking"))
    table.until(lambda: bar.maximum() == 0)


def test_a_closed_card_stays_closed(room: CardRoom, table: Table) -> None:
    """Closing the card does not end the task, and its progress does not bring the card back."""
    room.take(Progress(_task(), "looking"))
    table.until(lambda: "aside:t1" in room.desk.windows)
    room.desk.windows["aside:t1"].shut.click()
    room.take(Progress(_task(), "reading"))
    table.application.processEvents()
    assert not room.desk.windows
    assert not room._agent.asked


def _offer(text: str, kind: str = "commentary", number: int = 0, generation: int = 1) -> Offer:
    return Offer(f"t1.{generation}.{number}", "t1", Update(kind, str(text)), text)  # type: ignore[arg-type]


def _texts(room: CardRoom) -> list[str]:
    """What stands on the card of the task, below its title."""
    window = room.desk.windows["aside:t1"]
    return [one.text() for one in window.drawing.findChildren(QLabel) if one.isVisible()]


def test_what_a_task_brought_is_there_to_be_read(room: CardRoom, table: Table) -> None:
    """Its card stays where it was, with what is said and with what is kept beside it, as people
    read it; what was asked before a correction is not on it."""
    room.take(Progress(_task(), "looking"))
    table.until(lambda: "aside:t1" in room.desk.windows)
    place = room.desk.windows["aside:t1"].pos()
    room.take(_offer("It leaves at noon.", generation=0))
    for number, words in enumerate(("It leaves at nine.", "It is full.")):
        room.take(_offer(words, number=number))
    room.take(_offer(quoted("trains.example", "9:00 ICE 519\n9:20 \u202eRE"), "thinking", 2))
    room.take(Progress(_task(TaskState.DONE)))
    table.application.processEvents()
    assert _texts(room) == [
        "It leaves at nine. It is full.", "trains.example:\n9:00 ICE 519\n9:20 \\u202eRE",
    ]  # fmt: skip
    assert room.desk.windows["aside:t1"].pos().x() == place.x()
    room.desk.windows["aside:t1"].shut.click()
    table.until(lambda: not room.desk.windows)
    assert not room._agent.asked


def test_a_long_result_is_shown_whole(room: CardRoom, table: Table) -> None:
    """In as many parts as it takes; none is refused for its length."""
    lines = [f"{number}: {'x' * 70}" for number in range(100)]
    room.take(Progress(_task(), "looking"))
    room.take(_offer("I found 100 results."))
    room.take(_offer(quoted("search.example", "\n".join(lines)) + "y" * 9_000, "thinking", 1))
    room.take(Progress(_task(TaskState.DONE)))
    table.application.processEvents()
    said, *kept = _texts(room)
    assert said == "I found 100 results."
    assert "\n".join(kept).startswith("search.example:\n" + "\n".join(lines[:99]))
    assert "".join(kept).count("y") == 9_000
    assert not table.refused


def test_what_is_done_at_once_needs_no_card_and_what_fails_has_one(
    room: CardRoom, table: Table
) -> None:
    """One sentence that came soon is only said; why something was not done can be read."""
    room.take(Progress(_task(), "looking"))
    room.take(_offer("It is nine."))
    room.take(Progress(_task(TaskState.DONE)))
    table.application.processEvents()
    assert not room.desk.windows
    room.take(Progress(_task(), "looking"))
    room.take(_offer(phrase("{name} is too busy to answer now; try again later.", name="Ollama")))
    room.take(Progress(_task(TaskState.FAILED), "model overloaded"))
    table.until(lambda: "aside:t1" in room.desk.windows)
    assert _texts(room)[0].startswith("Ollama is too busy")
    assert _texts(room)[1] == "model overloaded"


def test_a_single_sentence_goes_by_itself(
    room: CardRoom, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while; what was kept beside one stays."""
    monkeypatch.setattr(room_module, "BRIEF_MS", 100)
    for kept in (False, True):
        room.take(Progress(_task(), "looking"))
        table.until(lambda: "aside:t1" in room.desk.windows)
        room.take(_offer("It is nine."))
        if kept:
            room.take(_offer("More.", "thinking", 1))
        room.take(Progress(_task(TaskState.DONE)))
        if not kept:
            table.until(lambda: not room.desk.windows)
    time.sleep(0.3)
    table.application.processEvents()
    assert _texts(room) == ["It is nine.", "More."]


def test_a_corrected_task_is_shown_anew(
    room: CardRoom, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it brought before goes at once, and does not take the card of what it does now away
    when its own time is over; what was taken back stands on the card in the end."""
    monkeypatch.setattr(room_module, "PATIENCE_MS", 20)
    monkeypatch.setattr(room_module, "BRIEF_MS", 300)
    again = replace(_task(), generation=2)
    room.take(Progress(_task(), "looking"))
    table.until(lambda: "aside:t1" in room.desk.windows)
    room.take(_offer("A timer of 5 minutes is running."))
    room.take(Progress(_task(TaskState.DONE)))
    room.take(Progress(again, "looking"))
    table.until(
        lambda: (
            "aside:t1" in room.desk.windows
            and "A timer of 5 minutes is running." not in _texts(room)
        )
    )
    time.sleep(0.5)
    table.application.processEvents()
    assert "aside:t1" in room.desk.windows
    taken_back = phrase(TAKEN_BACK, what="The timer is cancelled: tea.")
    room.take(_offer(taken_back, "thinking", generation=2))
    room.take(_offer("A timer of 10 minutes is running.", number=1, generation=2))
    room.take(Progress(replace(again, state=TaskState.DONE)))
    table.application.processEvents()
    assert _texts(room) == ["A timer of 10 minutes is running.", str(taken_back)]


def test_results_leave_room_to_ask(room: CardRoom, table: Table) -> None:
    """However many tasks end, only the newest few results stay."""
    for number in range(12):
        task = replace(_task(), id=f"n{number}")
        room.take(Progress(task, "looking"))
        for kind in ("commentary", "thinking"):
            room.take(Offer(f"n{number}.1.0", task.id, Update(kind, "x"), "x"))  # type: ignore[arg-type]
        room.take(Progress(replace(task, state=TaskState.DONE)))
    table.application.processEvents()
    assert list(room.desk.windows) == ["aside:n9", "aside:n10", "aside:n11"]


def test_many_tasks_leave_room_to_ask(
    room: CardRoom, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many run, few have a card, the next one when one of these has ended; a question and
    a timer are shown all the same."""
    monkeypatch.setattr(room_module, "PATIENCE_MS", 20)
    tasks = [replace(_task(), id=f"n{number}") for number in range(12)]
    for task in tasks:
        room.take(Progress(task, "looking"))
    table.until(lambda: len(room.desk.windows) == 3)
    time.sleep(0.1)
    table.application.processEvents()
    assert list(room.desk.windows) == ["aside:n0", "aside:n1", "aside:n2"]
    room.take(Rang("a@1", "Time is up."))
    for message in question_card(_question(Risk.LASTING)):
        room.desk.take(message, ours=True)
    table.until(lambda: len(room.desk.windows) == 5)
    room.take(Progress(replace(tasks[0], state=TaskState.CANCELLED)))
    table.until(lambda: any(f"aside:n{number}" in room.desk.windows for number in range(3, 12)))


def test_a_failure_is_told_in_the_language_of_the_windows(qt, room: CardRoom, table: Table) -> None:
    """What the agent says of itself, not what a server says."""
    with speaking(qt, "de"):
        room.take(Progress(_task(), "looking"))
        room.take(_offer(NO_MIND))
        room.take(Progress(_task(TaskState.FAILED)))
        table.until(lambda: "aside:t1" in room.desk.windows)
        assert "Einstellungen" in _texts(room)[0]


def test_what_rings_is_shown_in_the_language_of_the_windows(
    qt, room: CardRoom, table: Table, tmp_path: Path
) -> None:
    """A timer is told in English and shown in German, with what it is for as the user said it; its
    card stays, whatever results come after it, until it is closed."""
    at = Time()
    alarms = Alarms(tmp_path / "alarms.json", at.clocks)
    alarms.start_timer(60, "Look at the clock.")
    at.go(3600)
    [ringing] = alarms.ring()
    with speaking(qt, "de"):
        room.take(Rang(ringing.id, ringing.text))
        for number in range(4):
            task = replace(_task(), id=f"n{number}")
            room.take(Progress(task, "looking"))
            room.take(Offer(f"n{number}.1.0", task.id, Update("thinking", "x"), "x"))
            room.take(Progress(replace(task, state=TaskState.DONE)))
        table.application.processEvents()
        [card] = [name for name in room.desk.windows if name.startswith("aside:rang-")]
        window = room.desk.windows[card]
        shown = [one.text() for one in window.drawing.findChildren(QLabel) if one.isVisible()]
    assert "Look at the clock" in shown[0]
    assert "Zeit" in shown[0]
    assert not re.search(r"\b(up|due|was|on)\b", shown[0])
    assert "It was due at" in ringing.text


def test_only_the_newest_that_rang_are_shown(room: CardRoom, table: Table) -> None:
    """A night of reminders does not cover the screen."""
    for number in range(9):
        room.take(Rang(f"a{number}@1800000000", "Time is up."))
    table.application.processEvents()
    assert list(room.desk.windows) == [f"aside:rang-a{n}.1800000000" for n in (6, 7, 8)]


def test_a_doubt_is_cleared_by_hand(room: CardRoom, table: Table) -> None:
    """What was understood can be mended before it is done."""
    room.take(Doubt(_task(TaskState.ASKING), "find a drain to Ulm"))
    table.until(lambda: "aside:t1" in room.desk.windows)
    line = table.part("request", QPlainTextEdit, "aside:t1")
    assert line.toPlainText() == "find a drain to Ulm"
    line.setPlainText("find a train to Ulm")
    table.become_answerable("aside:t1")
    table.part("confirm", QPushButton, "aside:t1").click()
    table.until(lambda: room._agent.asked == [("confirm", "t1", "find a train to Ulm")])
    table.until(lambda: not room.desk.windows)


def test_a_correction_clears_a_doubt_too(room: CardRoom, table: Table) -> None:
    """What was meant is said instead of pressed: nobody is left with a question that is over."""
    room.take(Doubt(_task(TaskState.ASKING), "find a drain to Ulm"))
    table.until(lambda: "aside:t1" in room.desk.windows)
    room.take(Progress(replace(_task(), generation=2), "looking"))
    table.until(lambda: not room.desk.windows)
    table.until(lambda: "aside:t1" in room.desk.windows)
    assert table.part("progress", QLabel, "aside:t1").text() == "looking"


class Calling:
    """A tool called from another thread, as the agent calls it."""

    def __init__(self, tool: ShowCard, **arguments: Any) -> None:
        self.result: object = None
        self.thread = threading.Thread(target=self._call, args=(tool, arguments))
        self.thread.start()

    def _call(self, tool: ShowCard, arguments: dict[str, Any]) -> None:
        try:
            self.result = asyncio.run(tool.run(checked(tool.name, tool.parameters, arguments)))
        except ToolError as error:
            self.result = error


def test_a_mind_shows_a_card_and_learns_what_was_pressed(room: CardRoom, table: Table) -> None:
    """The whole way of a tool's call: shown, filled in, pressed, and all of it comes back."""
    calling = Calling(ShowCard(room.screen), messages=form(), wait_s=30)
    table.until(lambda: "form" in room.desk.windows)
    table.become_answerable("form")
    table.part("book", QPushButton).click()
    table.until(lambda: calling.result is not None)
    assert isinstance(calling.result, ToolResult)
    assert '"name": "book"' in calling.result.text
    assert "Ada Lovelace" in calling.result.text


def test_a_second_click_is_no_second_press(
    room: CardRoom, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes when nobody waits any more, and is not taken for a press of its own."""
    late: list[str] = []
    room.screen.late.connect(lambda request, _: late.append(request))
    calling = Calling(ShowCard(room.screen), messages=form(), wait_s=30)
    table.until(lambda: "form" in room.desk.windows)
    table.become_answerable("form")
    button = table.part("book", QPushButton)
    button.click()
    table.until(lambda: calling.result is not None)
    button.click()
    table.application.processEvents()
    assert late == []
    monkeypatch.setattr("app.cards.screen.TWICE_S", 0.0)
    button.click()
    table.until(lambda: late)
    assert len(late) == 1


def test_the_newest_card_is_answered_without_a_mouse(table: Table) -> None:
    """The keyboard goes to the card and to none of its buttons; Tab and Space do the rest."""
    assert not table.desk.go_to_newest()
    table.lay(*form())
    asking = Asking(table, _question())
    asking.shown()
    table.become_answerable("aside:q")
    assert table.desk.go_to_newest()
    window = table.desk.windows["aside:q"]
    table.until(window.isActiveWindow)
    assert not isinstance(window.focusWidget(), QPushButton)
    no = table.part("no", QPushButton, "aside:q")
    for _ in range(8):
        if no.hasFocus():
            break
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    assert no.hasFocus()
    QTest.keyClick(no, Qt.Key.Key_Space)
    asking.answered()


def test_a_mind_learns_why_its_card_was_refused(room: CardRoom, table: Table) -> None:
    """The field's name comes back to it, and a card that is closed is no answer."""
    wrong = card("c", "C", part("t", "Text", text=5))
    refused = Calling(ShowCard(room.screen), messages=wrong)
    table.until(lambda: refused.result is not None)
    assert isinstance(refused.result, ToolError)
    assert "text: must be text" in str(refused.result)
    waiting = Calling(ShowCard(room.screen), messages=form(), wait_s=30)
    table.until(lambda: "form" in room.desk.windows)
    table.until(lambda: room.screen._waiting)
    room.desk.windows["form"].shut.click()
    table.until(lambda: waiting.result is not None)
    assert isinstance(waiting.result, ToolResult)
    assert "nothing was pressed" in waiting.result.text


def test_allow_is_not_the_brightest(table: Table) -> None:
    """On the screen, the button that allows has less colour than the one that does not."""
    asking = Asking(table, _question())
    asking.shown()
    colours = {name: _strength(table.part(name, QPushButton, "aside:q"))
               for name in ("no", "once", "session", "always")}  # fmt: skip
    assert max(colours, key=colours.__getitem__) == "no"
    table.part("no", QPushButton, "aside:q").click()
    asking.answered()


def _strength(button: QPushButton) -> float:
    """How much colour a button's ground has."""
    image = button.grab().toImage()
    pixel = image.pixelColor(image.width() // 6, image.height() // 2)
    return pixel.saturationF() * pixel.valueF()


def _click(widget: QWidget) -> None:
    place = widget.mapToGlobal(widget.rect().center())
    xdotool("mousemove", str(place.x()), str(place.y()), "click", "1")
