"""Takes a picture of what Aside did, of the language model's page and of the servers' page.

    QT_SCALE_FACTOR=2 python -m tests.tools_picture FOLDER --light --contrast --de

Needs a display (any; a virtual one will do). The servers and the language model are scripted ones.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.conversation import Conversation
from app.headless import FakeSound, Recorder
from app.settings.store import Settings
from app.window.languages import speak
from app.window.rooms import Rooms
from app.window.window import Window
from engine.background import probe
from engine.background.approval import Choice
from engine.background.mind_settings import MindSettings
from engine.background.tool import ToolError
from tests.mind_server import Asked, Reply, calls, mind_server, refuses, says
from tests.tooling import Shop, little, shop
from tests.window_picture import DEVICES, NoLink


def all_round(asked: Asked) -> Reply:
    """Everything but sound."""
    if asked.path.endswith("/models"):
        names = [{"id": "qwen3-8b"}, {"id": "gpt-oss-20b"}]
        return Reply([json.dumps({"data": names}).encode()], headers={"content-type": "json"})
    if "tools" in asked.json:
        return calls(("ping", {}))
    if "input_audio" in asked.texts:
        return refuses(400, "audio input is not supported")
    return says("one", ", two", ", three")


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    language = next((one for one in ("de", "es", "zh") if f"--{one}" in arguments), "en")
    speak(application, language)
    once = {
        "look.theme": "light" if "--light" in arguments else "dark",
        "look.contrast": "high" if "--contrast" in arguments else "normal",
    }
    name = "-".join([once["look.theme"], once["look.contrast"], language])
    home = Path(tempfile.mkdtemp())
    os.environ["XDG_CONFIG_HOME"] = str(home)
    settings = Settings(home / "settings.json", once)
    conversation = Conversation(FakeSound(DEVICES), lambda _: NoLink(), Recorder().tell)
    with shop(home / "tools") as there, mind_server(all_round) as server:
        probe.USUAL = {"Ollama": server.url}
        window = Window(conversation, settings, Rooms(tools=there.room))
        save = _saver(application, folder, name)
        _save_mind(application, window, server.url, save)
        _save_servers(application, window, there, save)
        _save_acts(application, window, there, save)
        window.pages.close()
    return 0


Save = Callable[[object, str], None]


def _saver(application: QApplication, folder: Path, name: str) -> Save:
    def save(page, what: str) -> None:
        for _ in range(5):
            application.processEvents()
        page.grab().save(str(folder / f"{what}-{name}.png"))

    return save


def _until(application: QApplication, condition: Callable[[], object]) -> None:
    until_s = time.monotonic() + 60
    while not condition():
        application.processEvents()
        time.sleep(0.02)
        assert time.monotonic() < until_s


def _save_mind(application: QApplication, window: Window, url: str, save: Save) -> None:
    MindSettings(url, "qwen3-8b", may_look_around=True).save()
    page = window.pages.open("settings")
    page.open_group("Thinking")
    mind = page.mind
    _until(application, lambda: mind.found.count() and mind.model.count() == 2)
    mind.test.click()
    _until(application, lambda: mind.answer.text() and not mind._asking.busy)
    save(page, "mind")
    mind.address.setText("http://example.org/v1")
    mind.test.click()
    save(page, "mind-wrong")


def _save_servers(application: QApplication, window: Window, there: Shop, save: Save) -> None:
    page = window.pages.open("settings")
    page.open_group("Tools")
    save(page, "servers-none")
    nobody = json.dumps({"mcpServers": {"weather": {"command": "weather-server-of-mine"},
                                        "mail": {"url": "https://mail.example.org/mcp",
                                                 "disabled": True}}})  # fmt: skip
    for text in (little("little"), nobody):
        page.servers.text.setPlainText(text)
        page.servers._check()
        page.servers.add.click()
        _until(application, lambda: not page.servers.text.toPlainText())
    page.servers.text.setPlainText('{"mcpServers": {"time": {"command": "x",}}}')
    page.servers._check()
    page.servers._refresh()
    save(page, "servers")


def _save_acts(application: QApplication, window: Window, there: Shop, save: Save) -> None:
    there.call("tell_time")
    there.call("write_note", title="groceries", text="milk, bread, and the good coffee")
    there.person.choice = Choice.SESSION
    there.call("set_timer", seconds=5405, label="tea")
    there.person.choice = Choice.NEVER
    with suppress(ToolError):
        there.call("open_address", address="https://example.org/a?b=c")
    there.person.choice = Choice.ALWAYS
    there.call("remind", when="15:30", label="call the dentist", repeat="weekly")
    acts = window.pages.open("acts")
    _until(application, lambda: acts.acts.list.count() == 5)
    save(acts, "acts")
    acts.acts.search.setText("groceries")
    _until(application, lambda: acts.acts.list.count() == 1)
    acts.acts.view.undo.click()
    _until(application, lambda: acts.acts.view.answer.text())
    _until(application, lambda: not acts.acts.view.undo.isVisible())
    save(acts, "acts-undone")
    acts.groups.setCurrentRow(1)
    _until(application, lambda: acts.grants.list.count() == 3)
    save(acts, "grants")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
