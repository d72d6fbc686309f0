"""A form filled in by talking: the engine delegates, a scripted mind writes, a hand sends it."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.cards.card_window import DEAF_S
from app.cards.room import CardRoom
from engine.background.belt import Belt
from engine.background.task import TaskState
from engine.background.told import Offer, Progress
from engine.background.tools import cards
from tests.belting import belt_of
from tests.card_desk import CardTalk
from tests.card_picture import form, part, press
from tests.desktop import display, qt, qt_application  # noqa: F401
from tests.mind_server import Asked, Reply, calls, mind_server, says

pytestmark = [pytest.mark.timeout(60), pytest.mark.alone]


def write(path: str, value: Any) -> dict[str, Any]:
    return {"updateDataModel": {"surfaceId": "form", "path": path, "value": value}}


def empty_form() -> list[dict]:
    return [*form(), write("/", {"name": "", "train": "", "seats": 1, "quiet": False})]


class FormMind:
    """Does what the request says, as a mind would: a table from what was asked to what it calls."""

    def __init__(self, wait_s: float = 0) -> None:
        self.wait_s = wait_s
        self.requests: list[str] = []
        self.shown: list[str] = []

    def __call__(self, asked: Asked) -> Reply:
        messages = asked.json["messages"]
        if messages[-1]["role"] == "tool":
            return says("")
        said = json.dumps(messages[1]["content"], ensure_ascii=False)
        self.shown.append(said)
        request = said.split("The request: ")[1]
        self.requests.append(request)
        return self._answer(request)

    def _answer(self, request: str) -> Reply:
        if request.startswith("book a train"):
            return calls(("show_card", {"messages": empty_form(), "wait_s": self.wait_s}))
        if request.startswith("I am Ada"):
            return calls(("show_card", {"messages": [write("/name", "Ada Lovelace")]}))
        if request.startswith("the direct one"):
            return calls(("show_card", {"messages": [write("/train", "ice519"),
                                                     write("/seats", 2)]}))  # fmt: skip
        if request.startswith("The user pressed"):
            return says("Two seats on the direct train are yours.")
        return says("What?")


def with_cards(folder: Path) -> Callable[[CardRoom], Belt]:
    return lambda room: belt_of(folder, cards.tools(room.screen), room.asker)


def view(talk: CardTalk, name: str, kind: type[QObject]) -> Any:
    found = talk.room.desk.windows["form"].drawing.view(name)
    assert found is not None
    return found if isinstance(found, kind) else found.findChild(kind)


def done(talk: CardTalk, count: int) -> Callable[[], bool]:
    return lambda: [p.task.state for p in talk.of(Progress)].count(TaskState.DONE) >= count


def fill_by_talking(talk: CardTalk) -> None:
    """Two sentences, each as the interaction model delegates it while the user talks."""
    talk.conversation.type("delegate book a train to Ulm")
    talk.until(lambda: "form" in talk.room.desk.windows)
    talk.until(done(talk, 1))
    talk.conversation.type("delegate I am Ada Lovelace")
    talk.until(lambda: view(talk, "name", QLineEdit).text() == "Ada Lovelace")
    talk.conversation.type("delegate the direct one and two seats")
    talk.until(lambda: view(talk, "seats", QLineEdit).text() == "2")
    talk.until(done(talk, 3))


def test_two_sentences_fill_a_form_and_a_hand_sends_it(qt, tmp_path: Path) -> None:
    """Each sentence is with the card as it then is, writes its fields and no other, and is not
    answered aloud; the press comes long after `show_card` waited, and the mind gets all of it."""
    mind = FormMind()
    with mind_server(mind) as server, CardTalk(qt, with_cards(tmp_path), server.url) as talk:
        fill_by_talking(talk)
        assert not talk.of(Offer)
        talk.wait(DEAF_S)
        view(talk, "book", QPushButton).click()
        talk.until(done(talk, 4))
        talk.until(lambda: talk.of(Offer))
    assert [offer.update.text for offer in talk.of(Offer)] == [
        "Two seats on the direct train are yours."
    ]
    assert "surfaceId" not in mind.shown[0]
    assert '\\"path\\": \\"/train\\"' in mind.shown[1]
    assert "Ada Lovelace" in mind.shown[2]
    assert "“Book” on the card “To Ulm on Friday”" in mind.requests[3]
    sent = mind.shown[3]
    for value in ('\\"name\\": \\"Ada Lovelace\\"', '\\"train\\": \\"ice519\\"', '\\"seats\\": 2',
                  '\\"pressed\\": {\\"name\\": \\"book\\"'):  # fmt: skip
        assert value in sent


def test_what_a_hand_wrote_is_there_for_the_next_sentence(qt, tmp_path: Path) -> None:
    """Hand and voice fill in one form together."""
    mind = FormMind()
    with mind_server(mind) as server, CardTalk(qt, with_cards(tmp_path), server.url) as talk:
        talk.conversation.type("delegate book a train to Ulm")
        talk.until(done(talk, 1))
        QTest.keyClicks(view(talk, "name", QLineEdit), "Grace")
        talk.conversation.type("delegate the direct one and two seats")
        talk.until(done(talk, 2))
        assert view(talk, "seats", QLineEdit).text() == "2"
        assert view(talk, "name", QLineEdit).text() == "Grace"
    assert '\\"name\\": \\"Grace\\"' in mind.shown[1]


def test_a_late_write_leaves_what_a_hand_changed_meanwhile(qt, tmp_path: Path) -> None:
    """A mind that is at work while a field is filled in by hand does not know of that: the field
    stays as it is, the mind is told so, and what it writes elsewhere is written."""
    mind, told = FormMind(), []

    def slowly(asked: Asked) -> Reply:
        last = asked.json["messages"][-1]
        if last["role"] == "tool":
            told.append(last["content"])
            both = len(told) == 2 and calls(("show_card", {"messages": [write("/seats", 2)]}))
            return both or says("")
        reply = mind(asked)
        return Reply([1.0, *reply.steps]) if mind.requests[-1].startswith("I am") else reply

    with mind_server(slowly) as server, CardTalk(qt, with_cards(tmp_path), server.url) as talk:
        talk.conversation.type("delegate book a train to Ulm")
        talk.until(done(talk, 1))
        talk.conversation.type("delegate I am Ada")
        talk.until(lambda: len(mind.requests) == 2)
        QTest.keyClicks(view(talk, "name", QLineEdit), "Grace")
        talk.until(done(talk, 2))
        assert view(talk, "name", QLineEdit).text() == "Grace"
        assert view(talk, "seats", QLineEdit).text() == "2"
        talk.conversation.type("delegate I am Ada")
        talk.until(lambda: view(talk, "name", QLineEdit).text() == "Ada Lovelace")
    assert "the user has changed /name meanwhile" in told[1]


def test_a_press_within_the_wait_goes_to_the_tool_alone(qt, tmp_path: Path) -> None:
    """And is no task besides; one press is told once."""
    mind = FormMind(wait_s=30)
    with mind_server(mind) as server, CardTalk(qt, with_cards(tmp_path), server.url) as talk:
        talk.conversation.type("delegate book a train to Ulm")
        talk.until(lambda: "form" in talk.room.desk.windows and talk.room.screen._waiting)
        QTest.keyClicks(view(talk, "name", QLineEdit), "Ada")
        talk.wait(DEAF_S)
        view(talk, "book", QPushButton).click()
        talk.until(done(talk, 1))
        talk.wait(0.3)
    assert len(mind.requests) == 1
    assert '\\"name\\": \\"Ada\\"' in server.asked[1].texts


def test_a_double_press_is_one_task(qt, tmp_path: Path) -> None:
    """While the first is being done, the same press of the same data asks for nothing more."""
    mind = FormMind()

    def slowly(asked: Asked) -> Reply:
        reply = mind(asked)
        slow = mind.requests[-1].startswith("The user pressed")
        return Reply([0.5, *reply.steps]) if slow else reply

    with mind_server(slowly) as server, CardTalk(qt, with_cards(tmp_path), server.url) as talk:
        fill_by_talking(talk)
        talk.wait(DEAF_S)
        view(talk, "book", QPushButton).click()
        talk.until(lambda: len(mind.requests) == 4)
        view(talk, "book", QPushButton).click()
        talk.until(done(talk, 4))
        talk.wait(0.3)
    assert len(mind.requests) == 4


def test_no_mind_learns_of_a_card_that_asks(qt) -> None:
    """The word that approves stands on Aside's own cards, and they are in no package."""
    room = CardRoom()
    card = [
        {"createSurface": {"surfaceId": "aside:q", "title": "May I?"}},
        {"updateComponents": {"surfaceId": "aside:q", "components": [
            part("root", "Column", children=["t", "b"]), part("t", "Text", text="acorn"),
            press("b", "Yes")]}},
    ]  # fmt: skip
    for message in card:
        room.desk.take(message, ours=True)
    for message in form():
        room.desk.take(message)
    qt.processEvents()
    (told,) = room.desk.open_cards()
    assert "acorn" not in told
    assert json.loads(told)["surfaceId"] == "form"
    room.close()
    qt.processEvents()
