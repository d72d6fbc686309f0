"""The settings page of MCP servers: pasted, checked, really started, switched off and removed."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.window.rooms import Rooms
from engine.background import tool_keys
from engine.background.mcp_config import MAX_CHARACTERS
from engine.background.tool import ToolError
from tests.asking import answering
from tests.desktop import display, qt, qt_application  # noqa: F401
from tests.reaching import spoken_name
from tests.speaking import speaking
from tests.test_app_window import Stage
from tests.test_background_commands import Store
from tests.tooling import Shop, little, shop

pytestmark = pytest.mark.timeout(180)
HOSTILE = (
    ("{", "line 1, column 2"), ('{"mcpServers":\n {"a": {"command": "x",}}}', "line 2, column"),
    ("hello", "line 1, column 1"), ("[]", "names no servers"), ('{"mcpServers": 5}', "mcpServers"),
    ("[" * 100_000, "nested too deeply"), ("x" * (MAX_CHARACTERS + 1), "too long"),
    ('{"mcpServers": {"a": 5}}', "The server a cannot be used: its settings are no object"),
    ('{"mcpServers": {"a": {}}}', "needs a command"),
    ('{"mcpServers": {"../../a": {"command": "x"}}}', "short name"),
    ('{"mcpServers": {"\\u202ea": {"command": "x"}}}', "‹202E›"),
    ('{"mcpServers": {"a": {"command": "x", "args": "-y"}}}', "args has to be a list"),
    ('{"mcpServers": {"a": {"command": "x", "env": {"A": 1}}}}', "env has to hold texts"),
    ('{"mcpServers": {"a": {"url": "file:///etc/passwd"}}}', "beginning with http"),
    ('{"mcpServers": {"a": {"type": "sse", "url": "http://b/sse"}}}', "old SSE transport"),
    ('{"mcpServers": {"a": {"command": "x\\u0000y"}}}', "characters that no program takes"),
    ('{"mcpServers": {"a": {"command": "x", "args": ["\\ud800"]}}}', "characters that no"),
    ('{"mcpServers": {"a": {"command": "x", "risk": "reversible"}}}', "nothing can be undone"),
)  # fmt: skip


class Bench:
    """The page in the settings window, and a hand at it."""

    def __init__(self, stage: Stage, there: Shop | None, path: Path) -> None:
        self.stage, self.there, self.path = stage, there, path
        window = stage.window.pages.open("settings")
        window.open_group("Tools")
        self.page = window.servers
        self.until(self.page.isVisible)

    def until(self, condition):
        return self.stage.until(condition, 90)

    def paste(self, text: str) -> str:
        """What the page says about it."""
        self.page.text.setPlainText(text)
        self.until(lambda: not self.page._typing.isActive())
        return self.page.answer.text()

    def add(self, text: str) -> None:
        self.paste(text)
        self.page.add.click()

    def state(self, name: str) -> str:
        return self.page.rows[name].state.text() if name in self.page.rows else ""

    def tools(self) -> set[str]:
        return {tool.name for tool in self.there.kit.belt.tools() if "__" in tool.name}


@pytest.fixture
def bench(qt, tmp_path: Path) -> Iterator[Bench]:
    with shop(tmp_path) as there:
        stage = Stage(qt, tmp_path, Rooms(tools=there.room))
        yield Bench(stage, there, tmp_path / "config/mcp.json")
        stage.window.pages.close()
        stage.close()


def test_what_is_pasted_is_shown_before_it_starts_and_its_tools_are_there(bench: Bench) -> None:
    """The page says what would be started; Add starts it, and its tools can be used at once. Off,
    they are gone and stay so; on, they are back; removed, all of it is forgotten."""
    page = bench.page
    assert not page.add.isEnabled()
    said = bench.paste(little())
    assert said.startswith("little: starts ")
    assert said.endswith("mcp_server.py")
    assert not bench.path.exists()
    page.add.click()
    bench.until(lambda: "6 tools" in bench.state("little"))
    assert page.rows["little"].tools.text() == "add, die, hang, lie, secret, count"
    row = page.rows["little"]
    assert [spoken_name(one) for one in (row.on, row.remove)] == ["little is on", "Remove little"]
    assert "little__add" in bench.tools()
    assert "| 3" in bench.there.call("little__add", a=1, b=2).text
    bench.until(lambda: page.text.toPlainText() == "")
    assert "instead of the one" in bench.paste(little())

    page.rows["little"].on.click()
    bench.until(lambda: bench.state("little") == "Switched off.")
    bench.until(lambda: not bench.tools())
    assert json.loads(bench.path.read_text())["mcpServers"]["little"]["disabled"] is True
    page.rows["little"].on.click()
    bench.until(lambda: "6 tools" in bench.state("little"))

    answering("Keep it")
    page.rows["little"].remove.click()
    assert "little" in page.rows
    answering("Remove")
    page.rows["little"].remove.click()
    bench.until(lambda: not page.rows)
    assert json.loads(bench.path.read_text()) == {"mcpServers": {}}
    assert not bench.tools()


def test_a_server_that_does_not_start_is_told_of_and_harms_no_other(bench: Bench) -> None:
    """Its row says why; the other one runs."""
    both = json.loads(little())
    both["mcpServers"]["lost"] = {"command": "no-such-program-anywhere"}
    bench.add(json.dumps(both))
    bench.until(lambda: "not installed" in bench.state("lost"))
    bench.until(lambda: "6 tools" in bench.state("little"))
    assert bench.page.rows["lost"].state.objectName() == "warning"


def test_what_cannot_be_used_is_named_and_nothing_is_written(bench: Bench) -> None:
    """Where and what; it cannot be added, and the text stays to be mended."""
    for text, says_so in HOSTILE:
        assert says_so in bench.paste(text)
        assert bench.page.answer.objectName() == "warning"
        assert not bench.page.add.isEnabled()
        assert bench.page.text.toPlainText() == text
    assert not bench.path.exists()


def test_a_target_hides_nothing(bench: Bench) -> None:
    """What would be started is shown with every letter that has no shape."""
    hidden = json.dumps({"mcpServers": {"a": {"command": "sh", "args": ["\u202etxt.exe\n"]}}})
    assert "‹202E›txt.exe⏎" in bench.paste(hidden)


def test_what_needs_no_approval_is_said_before_it_is_added(bench: Bench) -> None:
    """A configuration that has its tools used unasked does not pass for another."""
    assert "without asking" not in bench.paste(little())
    assert "Its tools are used without asking." in bench.paste(little(risk="read"))


def test_who_is_asked_to_search_is_chosen_here(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody before that; the next search goes there, other settings stay, and a key goes to the
    key store alone."""
    kept = Store()
    monkeypatch.setattr(tool_keys, "find_store", lambda: kept)
    file, page = bench.path.with_name("tools.json"), bench.page.search
    file.parent.mkdir(parents=True)
    file.write_text('{"commands": false}')
    belt = bench.there.kit.belt
    with pytest.raises(ToolError, match="choose who is asked"):
        belt.rehearse("search_web", {"query": "rain"})
    page.kind.setCurrentIndex(1)
    assert page.address.isVisible()
    assert not page.key.isVisible()
    page.address.setText("localhost")
    page.use.click()
    bench.until(lambda: "Give the server's address" in page.answer.text())
    page.address.setText("http://localhost:8888")
    page.use.click()
    bench.until(lambda: "from now on" in page.answer.text())
    assert belt.rehearse("search_web", {"query": "rain"}) == "Send to localhost:8888: rain"
    page.kind.setCurrentIndex(2)
    page.key.setText("secret")
    page.use.click()
    bench.until(lambda: not page.key.text())
    assert list(kept.kept.values()) == ["secret"]
    chosen = {"commands": False, "search": {"kind": "brave"}}
    assert json.loads(file.read_text()) == chosen
    page.hide()
    page.show()
    assert page.kind.currentText() == "Brave Search"
    page.kind.setCurrentIndex(0)
    page.use.click()
    bench.until(lambda: "Nothing is searched" in page.answer.text())
    assert json.loads(file.read_text()) == {"commands": False, "search": {}}


def test_search_settings_that_cannot_be_read_are_named(bench: Bench) -> None:
    """And left as they are."""
    file, page = bench.path.with_name("tools.json"), bench.page.search
    file.parent.mkdir(parents=True)
    file.write_text("{")
    page.use.click()
    bench.until(lambda: "tools.json is damaged" in page.answer.text())
    assert file.read_text() == "{"


def test_a_damaged_list_is_said_and_left_alone(bench: Bench) -> None:
    """The page names the file; adding does not write over it."""
    bench.path.parent.mkdir(parents=True)
    bench.path.write_text('{"mcpServers": {"mine": {"command": "x"')
    bench.until(lambda: f"{bench.path} is damaged" in bench.page.trouble.text())
    bench.add(little())
    bench.until(lambda: "is damaged" in bench.page.answer.text())
    assert bench.path.read_text() == '{"mcpServers": {"mine": {"command": "x"'


def test_without_tools_the_page_says_so(qt, tmp_path: Path) -> None:
    """Nothing can be added where there is nobody to start it."""
    stage = Stage(qt, tmp_path, Rooms())
    bench = Bench(stage, None, tmp_path)
    assert "no tools here" in bench.page.trouble.text()
    bench.paste(little())
    assert not bench.page.add.isEnabled()
    stage.window.pages.close()
    stage.close()


def test_what_is_wrong_is_said_in_the_language_of_the_windows(qt, tmp_path: Path) -> None:
    """Line and column stay, the sentence is Spanish."""
    with speaking(qt, "es"), shop(tmp_path) as there:
        stage = Stage(qt, tmp_path, Rooms(tools=there.room))
        bench = Bench(stage, there, tmp_path)
        assert "desde la línea 1, columna 2" in bench.paste("{")
        stage.window.pages.close()
        stage.close()
