"""`aside tools` and `aside approvals`: what the terminal shows, does and takes back."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path

import pytest

from app.equipment import equip
from engine.background import approvals_command, tool_keys, tools_command
from engine.background.approval import Choice
from engine.background.grants import Grants
from engine.background.places import Places
from engine.background.surroundings import Surroundings
from engine.background.tool import ToolError
from engine.background.tools import searching
from engine.background.tools_command import parsed
from tests.belting import Person

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    here = Places.under(tmp_path)
    monkeypatch.setattr(Places, "of_the_user", classmethod(lambda cls: here))
    return here


def test_every_tool_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The list has a name, a sentence, a risk and a closed schema for each tool."""
    assert tools_command.main(["--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"tell_time", "calculate", "set_timer", "search_web"} <= {item["name"] for item in found}
    for item in found:
        assert item["sentence"].endswith(".")
        assert item["risk"] in ("read", "reversible", "outside", "lasting")
        assert item["parameters"]["additionalProperties"] is False


def test_looking_is_done_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """What needs no approval prints its answer."""
    assert tools_command.main(["run", "calculate", "expression=6*7"]) == 0
    assert capsys.readouterr().out == "6*7 = 42\n"


def test_who_searches_is_chosen_in_the_terminal(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told, chosen, and taken back; what cannot be asked is not chosen."""
    assert tools_command.main(["search"]) == 0
    assert tools_command.main(["search", "searxng", "http://localhost:8888"]) == 0
    assert tools_command.main(["search", "searxng", "file:///etc"]) == 1
    assert tools_command.main(["search"]) == 0
    assert tools_command.main(["search", "nobody"]) == 0
    there = "searxng http://localhost:8888"
    said = capsys.readouterr()
    assert said.out.splitlines() == ["nobody", there, there, "nobody"]
    assert "Give the server's address" in said.err


def test_a_search_gets_its_key(
    places: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `aside tools key` kept is what the provider is sent, from the terminal and from the
    desktop; an empty key is forgotten, and without a store the environment's counts."""
    kept = Store()
    monkeypatch.setattr(tool_keys, "find_store", lambda: kept)
    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    assert tools_command.main(["key", "search.brave"]) == 0
    assert "secret" not in capsys.readouterr().out
    places.config.mkdir(parents=True)
    (places.config / "tools.json").write_text('{"search": {"kind": "brave"}}')
    sent: list[str] = []

    async def answer(url: str, params: object, headers: dict[str, str], transport: object) -> dict:
        sent.append(headers["X-Subscription-Token"])
        return {"web": {"results": []}}

    monkeypatch.setattr(searching, "_json", answer)
    assert tools_command.main(["run", "search_web", "query=rain", "--yes"]) == 0
    desktop = equip(Person(Choice.ONCE))(Surroundings())
    asyncio.run(desktop.belt.call("search_web", {"query": "rain"}, "task"))
    assert sent == ["secret", "secret"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert tools_command.main(["key", "search.brave"]) == 0
    assert tool_keys.read("search.brave") is None
    monkeypatch.setattr(tool_keys, "find_store", lambda: None)
    monkeypatch.setenv("ASIDE_SEARCH_BRAVE_KEY", "other")
    assert tool_keys.read("search.brave") == "other"


class Store:
    """A key store in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, key: str) -> None:
        self.kept[service, name] = key

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


def test_a_dry_run_does_nothing(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run says what would be done and leaves everything as it was."""
    given = ["run", "write_note", "title=a", "text=hello", "--dry-run"]
    assert tools_command.main(given) == 0
    assert capsys.readouterr().out == "Write a new note a: hello\n"
    assert not places.data.exists()


def test_without_a_terminal_nothing_is_approved(
    places: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Piped input, even a stream of yes, approves nothing; --yes on the line does."""
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n" * 100))
    given = ["run", "write_note", "title=a", "text=hello"]
    assert tools_command.main(given) == 1
    assert "text" in capsys.readouterr().err
    assert not (places.data / "notes").exists()
    assert tools_command.main([*given, "--yes"]) == 0
    assert (places.data / "notes" / "note-a.md").read_text() == "hello\n"


def test_what_was_done_is_listed_and_undone(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log shows it with its id, undo takes it back, and the log shows that too."""
    tools_command.main(["run", "write_note", "title=a", "text=hello", "--yes"])
    tools_command.main(["--json", "log"])
    entry = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (entry["tool"], entry["state"]) == ("write_note", "done")
    assert tools_command.main(["undo", entry["id"]]) == 0
    assert not (places.data / "notes" / "note-a.md").exists()
    assert tools_command.main(["undo", entry["id"]]) == 1
    tools_command.main(["log", "--forget"])
    assert "write_note" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "given",
    [["run", "nothing"], ["run", "calculate"], ["run", "calculate", "expression"],
     ["run", "calculate", "{"], ["undo", "x"], ["mcp", "add", "/nowhere"], ["mcp", "remove", "x"],
     ["run", "set_timer", "seconds=long"]],
)  # fmt: skip
def test_what_cannot_be_done_is_said(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each failure is one sentence and exit status 1."""
    assert tools_command.main(given) == 1
    assert capsys.readouterr().err.startswith("aside tools: ")


def test_words_become_what_the_schema_wants() -> None:
    """A text stays a text, a number becomes one, and a JSON object is taken whole."""
    schema = {"properties": {"text": {"type": "string"}, "count": {"type": "integer"}}}
    assert parsed(["text=5", "count=5"], schema) == {"text": "5", "count": 5}
    assert parsed(['{"text": "a=b"}'], schema) == {"text": "a=b"}
    with pytest.raises(ToolError):
        parsed(["text"], schema)


def test_approvals_are_listed_and_revoked(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was allowed always is shown in words and can be taken back, one or all."""
    from belting import Gadget

    grants = Grants(places.config / "approvals.json")
    one = grants.give(Gadget(), "all", "every use of gadget", allow=True, lasting=True)
    grants.give(Gadget("other"), "", "any use of other", allow=False, lasting=True)
    assert approvals_command.main([]) == 0
    out = capsys.readouterr().out
    assert "allowed" in out
    assert "every use of gadget" in out
    assert approvals_command.main(["revoke", one.id]) == 0
    assert "gadget" not in capsys.readouterr().out
    assert approvals_command.main(["revoke", one.id]) == 1
    assert approvals_command.main(["revoke", "--all"]) == 0
    assert grants.all() == ()
