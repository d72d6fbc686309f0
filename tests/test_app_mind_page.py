"""The settings page of the language model: found, chosen, keyed, tried out, and never stuck."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.settings.store import Settings
from app.window.dialog import Dialog
from app.window.mind_page import MindPage
from engine.background import keys, probe
from engine.background.mind_settings import MindSettings
from tests.desktop import display, qt, qt_application, qt_eventually  # noqa: F401
from tests.mind_server import Asked, MindServer, Reply, Script, Stall, mind_server, refuses, says
from tests.speaking import speaking
from tests.test_background_choice import Drawer
from tests.tools_picture import all_round

pytestmark = pytest.mark.timeout(120)
NOWHERE = "http://127.0.0.1:9/v1"


class Chooser:
    """The page in a window of its own, and a hand at it."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.application = application
        self.window = Dialog(Settings(folder / "settings.json"), "Test")
        self.page = MindPage()
        self.page.setParent(self.window)
        self.window.resize(860, 640)
        self.page.resize(860, 640)
        self.window.show()
        self.until(self.page.isVisible)

    def until(self, condition):
        return qt_eventually(self.application, condition, 60)

    def enter(self, url: str, model: str = "", key: str = "") -> None:
        """By keyboard, as somebody does: each field is left again."""
        for field, text in ((self.page.address, url), (self.page.model.lineEdit(), model),
                            (self.page.key, key)):  # fmt: skip
            if text:
                field.setFocus()
                field.selectAll()
                QTest.keyClicks(field, text)
                QTest.keyClick(field, Qt.Key.Key_Return)

    def told(self) -> str:
        """What it says when it is done."""
        self.until(lambda: not self.page._asking.busy and self.page.answer.text())
        return self.page.answer.text()

    def tested(self) -> str:
        self.page.test.click()
        return self.told()

    def used(self) -> str:
        self.page.use.click()
        return self.told()


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    made = Drawer()
    monkeypatch.setattr(keys, "find_store", lambda: made)
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    return made


@pytest.fixture
def chooser(qt, tmp_path: Path, drawer: Drawer) -> Iterator[Chooser]:
    made = Chooser(qt, tmp_path)
    yield made
    made.window.close()
    made.window.deleteLater()
    qt.processEvents()


@pytest.fixture
def server() -> Iterator[MindServer]:
    with mind_server(all_round) as made:
        yield made


def test_what_answers_here_is_found_once_it_is_allowed(
    chooser: Chooser, server: MindServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is asked before the switch is on; then who answers is listed, and choosing it fills
    in address and models. The switch is kept."""
    monkeypatch.setattr(probe, "USUAL", {"Ollama": server.url, "vLLM": NOWHERE})
    assert not server.asked
    assert not chooser.page.found.isEnabled()
    chooser.page.look.click()
    chooser.until(chooser.page.found.count)
    assert chooser.page.found.itemText(0) == f"Ollama: {server.url}"
    chooser.page.found.activated.emit(0)
    assert chooser.page.address.text() == server.url
    assert [chooser.page.model.itemText(row) for row in range(2)] == ["qwen3-8b", "gpt-oss-20b"]
    assert MindSettings.load() == MindSettings(may_look_around=True)
    chooser.page.look.click()
    assert not chooser.page.found.count()


def test_the_test_really_asks_and_says_what_it_can(chooser: Chooser, server: MindServer) -> None:
    """One sentence: the model, how soon, streaming, tools, sound, pictures. Nothing is kept."""
    chooser.enter(server.url, "qwen3-8b")
    sentence = chooser.tested()
    assert "Works with qwen3-8b" in sentence
    assert sentence.endswith(
        "streams: yes; calls tools: yes; hears: no; sees images: yes."
    )  # fmt: skip
    assert MindSettings.load() == MindSettings()


def test_what_a_plain_server_lacks_is_said(chooser: Chooser) -> None:
    """One that answers in one piece and calls no tools is told apart, with what that means."""
    with mind_server(says("yes")) as plain:
        chooser.enter(plain.url, "small")
        sentence = chooser.tested()
    assert "streams: no; calls tools: no" in sentence
    assert "choose one that calls tools" in sentence


def test_using_one_keeps_it_as_far_as_it_goes(chooser: Chooser, server: MindServer) -> None:
    """It counts at once, with what turned out: this one does not hear."""
    chooser.enter(server.url, "qwen3-8b")
    assert "Works" in chooser.used()
    kept = MindSettings.load()
    assert (kept.url, kept.model, kept.hears, kept.sees) == (server.url, "qwen3-8b", False, True)
    assert "qwen3-8b" in chooser.page.in_use.text()
    chooser.page.none.click()
    assert MindSettings.load().endpoint() is None
    assert "nothing is sent" in chooser.page.answer.text()


def test_a_key_goes_to_the_key_store_and_is_never_shown_again(
    chooser: Chooser, server: MindServer, drawer: Drawer, tmp_path: Path
) -> None:
    """It reaches the server, lies in the store and in no file, and its field is empty after."""
    chooser.enter(server.url, "qwen3-8b", "sesame")
    assert chooser.page.key.echoMode() == chooser.page.key.EchoMode.Password
    chooser.used()
    chooser.until(chooser.page.forget.isVisible)
    assert [key for (_, of), key in drawer.kept.items() if of != keys.WHOSE] == ["sesame"]
    assert {asked.headers.get("authorization") for asked in server.asked[-3:]} == {"Bearer sesame"}
    assert chooser.page.key.text() == ""
    assert "kept" in chooser.page.key.placeholderText()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any("sesame" in path.read_text() for path in files)
    chooser.page.forget.click()
    chooser.until(lambda: "forgotten" in chooser.page.answer.text())
    assert not drawer.kept


def test_a_key_goes_nowhere_but_where_it_was_meant_for(
    chooser: Chooser, server: MindServer
) -> None:
    """Typed for one address, it is gone when another is entered; the kept one stays behind too."""
    with mind_server(all_round) as other:
        chooser.enter(server.url, "qwen3-8b", "sesame")
        chooser.used()
        chooser.enter(server.url, key="other")
        chooser.enter(other.url, "qwen3-8b")
        chooser.tested()
        assert other.asked
        assert not any("authorization" in asked.headers for asked in other.asked)


def test_without_a_key_store_nothing_is_lost(
    chooser: Chooser, server: MindServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says what to do instead; no settings change, and what was typed stays."""
    monkeypatch.setattr(keys, "find_store", lambda: None)
    chooser.enter(server.url, "qwen3-8b", "sesame")
    sentence = chooser.used()
    assert "no key store" in sentence
    assert keys.VARIABLE in sentence
    assert MindSettings.load() == MindSettings()
    assert chooser.page.key.text() == "sesame"


def garbage(asked: Asked) -> Reply:
    return Reply([b"<html>welcome</html>"], headers={"content-type": "application/json"})


@pytest.mark.parametrize(("script", "says_so"), [
    (refuses(401, "bad key"), "did not accept the key; enter it again"),
    (refuses(404, "no such model"), "does not know the model small"),
    (refuses(503), "too busy"), (refuses(500), "failed inside"), (garbage, "no answer"),
    (Reply([], 302, {"location": "http://elsewhere/"}), "sends me elsewhere"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(
    chooser: Chooser, script: Script | Reply, says_so: str
) -> None:
    """A server that refuses, breaks or talks nonsense is named, with what to do."""
    with mind_server(script) as server:
        chooser.enter(server.url, "small", "wrong")
        sentence = chooser.tested()
    assert says_so in sentence
    assert chooser.page.answer.objectName() == "warning"


def test_nobody_there_is_said_and_may_be_used_all_the_same(chooser: Chooser) -> None:
    """A server that is not started yet can be chosen; what is wrong is said."""
    chooser.enter(NOWHERE, "small")
    assert "Nothing answers at 127.0.0.1:9; is the language model running?" in chooser.used()
    assert MindSettings.load().url == NOWHERE


@pytest.mark.parametrize(("url", "says_so"), [
    ("localhost", "is no address"), ("http://127.0.0.1:99999/v1", "is no address"),
    ("http://[::1/v1", "is no address"), ("ftp://a/v1", "is no address"),
    ("http://example.org/v1", "use https"), ("https://me:secret@a.org/v1", "key does not belong"),
    ("x" * 30_000, "is no address"),
])  # fmt: skip
def test_an_address_that_is_none_is_refused(chooser: Chooser, url: str, says_so: str) -> None:
    """With what to write instead; nobody is asked and nothing is kept."""
    chooser.page.address.setText(url)
    chooser.page.address.editingFinished.emit()
    chooser.page.model.setEditText("small")
    chooser.page.use.click()
    assert says_so in chooser.page.answer.text()
    assert not chooser.page._asking.busy
    assert MindSettings.load() == MindSettings()


def test_a_model_must_be_named(chooser: Chooser, server: MindServer) -> None:
    """With two to choose from none is taken for the user."""
    chooser.enter(server.url)
    chooser.until(lambda: chooser.page.model.count() == 2)
    chooser.page.use.click()
    assert "Which model?" in chooser.page.answer.text()


@pytest.mark.parametrize("body", [
    b"[" * 100_000, b'{"data": 5}', b'{"data": [{"id": {"a": 1}}, 3]}', b"\xff\xfe", b"",
    json.dumps({"data": [{"id": "x" * 5_000}] * 2_000}).encode(),
])  # fmt: skip
def test_a_list_of_models_that_is_none_costs_nothing(chooser: Chooser, body: bytes) -> None:
    """The name can be written by hand."""
    with mind_server(Reply([body], headers={"content-type": "application/json"})) as hostile:
        chooser.enter(hostile.url)
        chooser.until(lambda: hostile.asked and not chooser.page._listing.busy)
        assert chooser.page.model.count() == 0
        assert chooser.page.model.isEnabled()


def test_a_test_that_hangs_is_stopped_and_holds_up_nothing(chooser: Chooser) -> None:
    """While a server says nothing the window goes on; a second press ends the test."""
    with mind_server(Reply([Stall()])) as silent:
        chooser.enter(silent.url, "small")
        chooser.page.test.click()
        chooser.until(lambda: any("chat" in asked.path for asked in silent.asked))
        assert chooser.page.test.text() == "Stop"
        QTest.keyClicks(chooser.page.model.lineEdit(), "er")
        assert chooser.page.model.currentText() == "smaller"
        chooser.page.test.click()
        assert chooser.page.answer.text() == "Stopped."
        chooser.until(lambda: silent.open <= 1)
        assert chooser.page.use.isEnabled()


def test_a_key_store_that_waits_holds_up_nothing(
    chooser: Chooser, server: MindServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform may ask the user to unlock it: meanwhile the page can be used."""
    asked, unlocked = threading.Event(), threading.Event()

    def wait(url: str) -> str:
        asked.set()
        assert unlocked.wait(60)
        return ""

    monkeypatch.setattr(keys, "read", wait)
    chooser.enter(server.url, "qwen3-8b")
    chooser.until(asked.is_set)
    chooser.page.test.click()
    assert "Asking qwen3-8b" in chooser.page.answer.text()
    unlocked.set()
    assert "Works" in chooser.told()


def test_it_is_said_in_the_language_of_the_windows(qt, tmp_path: Path, drawer: Drawer) -> None:
    """What the engine says of a server is German where the windows are."""
    with speaking(qt, "de"), mind_server(refuses(401)) as server:
        chooser = Chooser(qt, tmp_path)
        try:
            chooser.enter(server.url, "small", "falsch")
            assert "hat den Schlüssel nicht angenommen" in chooser.tested()
        finally:
            chooser.window.close()
