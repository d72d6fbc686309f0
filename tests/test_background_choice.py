"""Choosing a language model: settings, keys, looking around, trying out. Nothing leaves before."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.background import keys, mind_command, probe
from engine.background.mind_settings import MindSettings, NotKept
from tests.background import ScriptedTool, heard_and_seen, working
from tests.mind_server import Asked, Reply, calls, mind_server, refuses, says

pytestmark = pytest.mark.timeout(60)


class Drawer:
    """A key store in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    made = Drawer()
    monkeypatch.setattr(keys, "find_store", lambda: made)
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    return made


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Every address that anything in this process tried to reach."""
    reached: list[Any] = []

    def watch(name: str) -> None:
        real = getattr(socket.socket, name)

        def watched(self: socket.socket, address: Any, *rest: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                reached.append(address)
            return real(self, address, *rest)

        monkeypatch.setattr(socket.socket, name, watched)

    for name in ("connect", "connect_ex", "sendto"):
        watch(name)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: reached.append(a) or [])
    return reached


def all_round(asked: Asked) -> Reply:
    """A server with two models, whose mind does everything."""
    if asked.path.endswith("/models"):
        body = json.dumps({"data": [{"id": "small"}, {"id": "big"}]}).encode()
        return Reply([body], headers={"content-type": "application/json"})
    return calls(("ping", {})) if "tools" in asked.json else says("yes")


def deaf(asked: Asked) -> Reply:
    if asked.path.endswith("/chat/completions") and "input_audio" in asked.texts:
        return refuses(500, "audio input is not supported")
    return all_round(asked)


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_nothing_leaves_without_configuration(dialled: list[Any]) -> None:
    """With nothing chosen, delegations, acts, starting and listing open no connection at all."""
    assert MindSettings.load().endpoint() is None
    with working(None, ScriptedTool("tell_time")) as (agent, told):
        agent.use(MindSettings.load().endpoint())
        agent.take(heard_and_seen("find out who invented the piano"))
        agent.take(heard_and_seen("clock"), direct=True)
        told.ended(2)
    assert mind_command.main(["list"]) == 0
    assert dialled == []


def test_only_the_chosen_address_is_reached(dialled: list[Any]) -> None:
    """With one chosen, it and nothing else is ever connected to."""
    with mind_server(says("It is so.")) as server, working(server.url) as (agent, told):
        agent.take(heard_and_seen())
        told.ended()
    port = int(server.url.split(":")[2].removesuffix("/v1"))
    assert {tuple(address[:2]) for address in dialled} == {("127.0.0.1", port)}


def test_the_usual_ports_are_asked_only_when_allowed(
    dialled: list[Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking around needs the user's word, which is remembered and can be taken back."""
    with mind_server(all_round) as server:
        monkeypatch.setattr(probe, "USUAL", {"llama.cpp": server.url})
        assert mind_command.main(["list", "--json"]) == 0
        assert dialled == []
        assert mind_command.main(["list", "--json", "--look-around"]) == 0
        assert mind_command.main(["list", "--json"]) == 0
        assert len(server.asked) == 2
        assert mind_command.main(["list", "--json", "--do-not-look-around"]) == 0
        assert len(server.asked) == 2
    found = [row for row in printed(capsys) if "models" in row]
    assert found[0] == {"url": server.url, "usually": "llama.cpp", "models": ["small", "big"]}


def test_who_does_not_answer_is_not_found() -> None:
    """Closed ports and servers of something else are passed over."""
    with mind_server(Reply([b"<html>"])) as other:
        nobody = {"web": other.url, "closed": "http://127.0.0.1:9/v1"}
        assert asyncio.run(probe.look_around(nobody)) == []


def test_using_one_tries_it_out_and_keeps_what_it_can(capsys: pytest.CaptureFixture[str]) -> None:
    """What does not hear is known not to hear; the choice survives."""
    with mind_server(deaf) as server:
        assert mind_command.main(["use", server.url, "--model", "small"]) == 0
    kept = MindSettings.load()
    assert (kept.url, kept.model, kept.hears, kept.sees) == (server.url, "small", False, True)
    assert "✗ hears" in capsys.readouterr().out


def test_the_test_says_what_it_can(capsys: pytest.CaptureFixture[str]) -> None:
    """Answering, streaming, tools, hearing, seeing: each is tried and timed."""
    with mind_server(deaf) as server:
        MindSettings(server.url, "small").save()
        assert mind_command.main(["test", "--json"]) == 0
    rows = printed(capsys)
    assert {row["check"]: row["ok"] for row in rows} == {
        "answers": True, "streams": False, "uses tools": True, "hears": False, "sees": True,
    }  # fmt: skip
    assert "audio input is not supported" in rows[3]["detail"]


def test_one_of_several_models_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Where a server has several, they are listed; nothing is chosen for the user."""
    with mind_server(all_round) as server:
        assert mind_command.main(["use", server.url]) == 1
    assert "small, big" in capsys.readouterr().err
    assert MindSettings.load() == MindSettings()


def test_one_that_does_not_answer_is_not_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    """What fails the test changes nothing, and says why."""
    with mind_server(refuses(401)) as server:
        assert mind_command.main(["use", server.url, "--model", "small"]) == 1
    assert "did not accept the key" in capsys.readouterr().err
    assert MindSettings.load().url == ""


def test_another_machine_gets_no_pictures_unasked() -> None:
    """Screen and camera go to another machine only if the user says so."""
    use = ["use", "https://gpu.example.org/v1", "--model", "big", "--no-test"]
    assert mind_command.main(use) == 0
    assert not MindSettings.load().sees
    assert mind_command.main([*use, "--pictures"]) == 0
    assert MindSettings.load().sees


def test_without_a_choice_there_is_nothing_to_test(capsys: pytest.CaptureFixture[str]) -> None:
    """Testing none says how to choose one."""
    assert mind_command.main(["test"]) == 1
    assert "aside mind use" in capsys.readouterr().err


def test_using_none_ends_it() -> None:
    """After `use none` no endpoint is left."""
    MindSettings("http://localhost:1/v1", "x").save()
    assert mind_command.main(["use", "none"]) == 0
    assert MindSettings.load().endpoint() is None


def test_a_key_lies_in_the_key_store_and_nowhere_else(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A typed key is kept for its server alone, and no file has it."""
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "sesame")
    use = ["use", "https://gpu.example.org/v1", "--model", "big", "--key", "--no-test"]
    assert mind_command.main(use) == 0
    endpoint = MindSettings.load().endpoint()
    assert endpoint is not None
    assert endpoint.key == "sesame"
    assert keys.read("https://other.example.org/v1") == ""
    assert all(b"sesame" not in file.read_bytes() for file in tmp_path.rglob("*.json"))
    assert keys.forget("https://gpu.example.org/v1")
    assert drawer.kept == {}


def test_the_environments_key_goes_first(drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key given for this once is taken before the kept one."""
    keys.keep("https://gpu.example.org/v1", "kept")
    monkeypatch.setenv(keys.VARIABLE, "given")
    assert keys.read("https://gpu.example.org/v1") == "given"


def test_without_a_key_store_the_way_out_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no store is, nothing is written anywhere; the variable is named."""
    monkeypatch.setattr(keys, "find_store", lambda: None)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "sesame")
    use = ["use", "https://gpu.example.org/v1", "--model", "big", "--key", "--no-test"]
    assert mind_command.main(use) == 1
    assert keys.VARIABLE in capsys.readouterr().err


@pytest.mark.parametrize("kept", [
    "", "[1]", "{", '{"url": 7}', '{"url": "http://example.org/v1"}', '{"money_a_day": -1}',
    '{"hears": "yes", "tokens_a_task": true, "url": "gopher://x"}', '{"minutes_a_task": NaN}',
])  # fmt: skip
def test_damaged_settings_send_nothing_anywhere(tmp_path: Path, kept: str) -> None:
    """Whatever does not fit is as if it had not been set; nothing is reached by mistake."""
    path = tmp_path / "mind.json"
    path.write_text(kept)
    assert MindSettings.load(path) == MindSettings()


def test_settings_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    """A folder in the way is named."""
    (tmp_path / "file").write_text("")
    with pytest.raises(NotKept, match=r"mind\.json"):
        MindSettings().save(tmp_path / "file" / "mind.json")
