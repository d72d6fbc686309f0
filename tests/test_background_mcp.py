"""MCP servers, really started: their tools are there at once, and their death is an event."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from belting import Person
from hypothesis import given
from hypothesis import strategies as st

from engine.background.agent import Agent
from engine.background.approval import Choice
from engine.background.mcp_config import parse
from engine.background.mcp_servers import McpServers
from engine.background.outfit import Means, outfit
from engine.background.places import Places
from engine.background.progress import Reporter
from engine.background.tool import Risk, ToolError
from tests.desktop import eventually
from tests.linking import gone

pytestmark = pytest.mark.timeout(180)
LITTLE = Path(__file__).with_name("mcp_server.py")
BIN = Path(sys.executable).parent


def little(*args: str, **more: Any) -> str:
    item = {"command": sys.executable, "args": [str(LITTLE), *args], **more}
    return json.dumps({"mcpServers": {"little": item}})


class Bench:
    """An outfit with servers, on a loop of its own that is kept between the calls."""

    def __init__(self, folder: Path) -> None:
        self.runner = asyncio.Runner()
        self.person = Person(Choice.ONCE)
        self.kit = outfit(Places.under(folder), Means(asker=self.person))

    def do(self, work: Awaitable[Any]) -> Any:
        async def bounded() -> Any:
            return await asyncio.wait_for(work, 150)

        return self.runner.run(bounded())

    def call(self, name: str, **arguments: Any) -> Any:
        return self.do(self.kit.belt.call(name, arguments, "task"))

    def names(self) -> set[str]:
        return {tool.name for tool in self.kit.belt.tools()}

    def close(self) -> None:
        self.do(self.kit.servers.close())
        self.runner.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One little server for all tests that leave it as it was."""
    bench = Bench(tmp_path_factory.mktemp("kept"))
    bench.do(bench.kit.servers.add(little()))
    yield bench
    bench.close()


@pytest.fixture
def bench(kept: Bench) -> Bench:
    kept.person.choice = Choice.ONCE
    return kept


def add_one_and_two(bench: Bench, name: str = "little__add") -> str:
    return str(bench.call(name, a=1, b=2).text.splitlines()[1])


def test_the_reference_servers_work(fresh: Bench) -> None:
    """The official servers for time and fetch, pasted as they say, answer through the belt."""
    text = json.dumps({
        "mcpServers": {
            "time": {"command": str(BIN / "mcp-server-time"), "args": ["--local-timezone", "UTC"]},
            "fetch": {"command": str(BIN / "mcp-server-fetch")},
        }
    })  # fmt: skip
    fresh.do(fresh.kit.servers.add(text))
    assert {"time__get_current_time", "time__convert_time", "fetch__fetch"} <= fresh.names()
    asked = {"source_timezone": "UTC", "time": "12:00", "target_timezone": "Asia/Tokyo"}
    assert "+9.0h" in fresh.call("time__convert_time", **asked).text
    with pytest.raises(ToolError, match="could not do"):
        fresh.call("time__get_current_time", timezone="Nowhere")


def test_a_server_does_nothing_without_approval(bench: Bench) -> None:
    """A server's tool counts as leaving the machine: it is asked for, and a no is a no."""
    bench.person.choice = Choice.NO
    with pytest.raises(ToolError, match="said no"):
        bench.call("little__add", a=1, b=99)


@pytest.mark.parametrize("given", [{"a": "one", "b": 2}, {"a": 1}, {"a": {"$ref": "x"}, "b": 1}])
def test_we_check_the_arguments_ourselves(bench: Bench, given: dict[str, Any]) -> None:
    """What does not fit the schema reaches neither the user nor the server."""
    seen = len(bench.person.seen)
    with pytest.raises(ToolError, match="cannot take that"):
        bench.call("little__add", **given)
    assert len(bench.person.seen) == seen


def test_what_a_server_says_is_material(bench: Bench) -> None:
    """A server's text comes back quoted, line by line; its description is one line."""
    result = bench.call("little__lie")
    assert all(line.startswith("| ") for line in result.text.splitlines()[1:])
    tool = next(tool for tool in bench.kit.belt.tools() if tool.name == "little__lie")
    assert tool.sentence.startswith("little: ")
    assert "\n" not in tool.sentence


@pytest.mark.parametrize(("whole", "told"), [(True, [0.25, 0.5, 0.75, 1.0]), (False, [])])
def test_how_far_a_server_says_it_is(bench: Bench, whole: bool, told: list[float]) -> None:
    """Out of how much it says so too: then it is a fraction; otherwise it is none."""
    heard: list[float | None] = []

    async def counted() -> None:
        Reporter(lambda _doing, done: heard.append(done)).listen()
        await bench.kit.belt.call("little__count", {"to": 4, "whole": whole}, "task")
        await asyncio.sleep(0)

    bench.do(counted())
    assert heard == told


def test_a_cancelled_call_leaves_the_server_usable(bench: Bench) -> None:
    """Cancelling one call does not cost the others their server."""

    async def cancelled() -> list[str]:
        asked = asyncio.ensure_future(bench.kit.belt.call("little__hang", {}, "task"))
        await asyncio.sleep(0.3)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert asked.cancelled()
        calls = [bench.kit.belt.call("little__add", {"a": n, "b": 1}, "x") for n in range(5)]
        return [result.text.splitlines()[1] for result in await asyncio.gather(*calls)]

    assert bench.do(cancelled()) == [f"| {n}" for n in range(1, 6)]


def test_a_server_that_dies_in_mid_call_is_told_and_comes_back(bench: Bench) -> None:
    """The call ends at once with a sentence; it is not repeated; the next call starts it again."""
    for _ in range(2):
        with pytest.raises(ToolError, match="went away in the middle"):
            bench.call("little__die")
        assert add_one_and_two(bench) == "| 3"


def test_a_server_killed_from_outside_is_told(bench: Bench) -> None:
    """Killed while it works: the call ends in a sentence, and the next one finds it again."""
    add_one_and_two(bench)

    async def killed() -> None:
        asked = asyncio.ensure_future(bench.kit.belt.call("little__hang", {}, "task"))
        await asyncio.sleep(0.3)
        for child in little_servers():
            os.kill(child.pid, signal.SIGKILL)
        await asked

    with pytest.raises(ToolError, match="went away"):
        bench.do(killed())
    assert add_one_and_two(bench) == "| 3"


def test_an_answer_that_cannot_be_read_is_no_death(fresh: Bench) -> None:
    """Its call ends in a sentence; the server stays, and what others have asked of it goes on."""
    fresh.do(fresh.kit.servers.add(little("--odd", risk="read")))

    async def both() -> list[Any]:
        names = ("little__take_time", "little__break_word")
        calls = [fresh.kit.belt.call(name, {}, name) for name in names]
        return await asyncio.gather(*calls, return_exceptions=True)

    slow, broken = fresh.do(both())
    assert isinstance(broken, ToolError)
    assert "done, but the server little answered" in str(broken)
    assert slow.text.splitlines()[1] == "| took its time"
    assert fresh.kit.servers.links["little"].running


@pytest.mark.parametrize("line", ["exec sleep 77", "trap '' TERM; while :; do sleep 1; done"])
def test_a_server_that_has_not_answered_ends_with_us(tmp_path: Path, line: str) -> None:
    """Quitting does not wait for its answer, and leaves no process of it behind."""
    noted = tmp_path / "pid"
    item = {"command": "sh", "args": ["-c", f"echo $$ > '{noted}'; {line}"]}
    (tmp_path / "mcp.json").write_text(json.dumps({"mcpServers": {"mute": item}}))
    servers = McpServers(tmp_path / "mcp.json", tmp_path / "log")

    async def kept() -> None:
        try:
            await servers.start()
        finally:
            await servers.close()

    agent = Agent(lambda _: None, beside=kept).start()
    eventually(lambda: noted.exists() and noted.read_text().strip(), within_s=60)
    assert agent.stop()
    assert gone(int(noted.read_text()))


def little_servers() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and str(LITTLE) in child.cmdline()
    ]


def test_a_server_is_what_the_user_says_it_is(
    fresh: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the user's word makes it a mere look, and of the environment it gets what they gave."""
    monkeypatch.setenv("ASIDE_TEST_SECRET", "hunter2")
    fresh.person.choice = Choice.NO
    fresh.do(fresh.kit.servers.add(little(risk="read")))
    assert {tool.risk for tool in fresh.kit.belt.tools() if "__" in tool.name} == {Risk.READ}
    assert add_one_and_two(fresh) == "| 3"
    assert fresh.call("little__secret").text.splitlines()[1] == "| nothing"
    fresh.do(fresh.kit.servers.add(little(risk="read", env={"ASIDE_TEST_SECRET": "given"})))
    assert fresh.call("little__secret").text.splitlines()[1] == "| given"


def test_servers_come_and_go_while_it_runs(fresh: Bench, tmp_path: Path) -> None:
    """Adding replaces, what is configured is there after a restart, and removing stops it."""
    before = len(little_servers())
    fresh.do(fresh.kit.servers.add(little()))
    assert "little__touch" not in fresh.names()
    fresh.do(fresh.kit.servers.add(little("--grown")))
    assert "little__touch" in fresh.names()
    assert len(little_servers()) == before + 1
    fresh.do(fresh.kit.servers.close())
    again = McpServers(tmp_path / "config" / "mcp.json", tmp_path / "log")
    fresh.do(again.start())
    assert "little__touch" in {tool.name for tool in again.tools()}
    fresh.do(again.remove("little"))
    assert again.tools() == again.configured() == ()
    assert len(little_servers()) == before


def test_a_server_that_is_none_is_explained(fresh: Bench) -> None:
    """A missing command, a program that speaks something else, a dead address: each says why."""
    text = json.dumps({
        "gone": {"command": "no-such-program-here"},
        "ends": {"command": "true"},
        "dead": {"url": f"http://127.0.0.1:{free_port()}/mcp"},
        "off": {"command": "true", "disabled": True},
    })  # fmt: skip
    fresh.do(fresh.kit.servers.add(text))
    links = fresh.kit.servers.links
    assert set(links) == {"gone", "ends", "dead"}
    assert "not installed" in links["gone"].problem
    assert all(link.problem and not link.running for link in links.values())
    assert not [name for name in fresh.names() if "__" in name]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture
def http_server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, str(LITTLE), "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(600):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            asyncio.run(asyncio.sleep(0.1))
        yield f"http://127.0.0.1:{port}/mcp", process
    finally:
        process.kill()
        process.wait()


def test_a_server_over_http(fresh: Bench, http_server: tuple[str, subprocess.Popen[bytes]]) -> None:
    """An address works as a command does, and its end is told in the same way."""
    url, process = http_server
    fresh.do(fresh.kit.servers.add(json.dumps({"mcpServers": {"far": {"url": url}}})))
    assert add_one_and_two(fresh, "far__add") == "| 3"

    async def killed() -> None:
        asked = asyncio.ensure_future(fresh.kit.belt.call("far__hang", {}, "task"))
        await asyncio.sleep(0.3)
        process.kill()
        await asked

    with pytest.raises(ToolError):
        fresh.do(killed())
    with pytest.raises(ToolError, match="far"):
        fresh.call("far__add", a=1, b=2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no JSON"), ("[]", "names no servers"), ("{}", "names no servers"),
        ('{"mcpServers": {}}', "names no servers"), ('{"a": 3}', "no object"),
        ('{"../a": {"command": "x"}}', "short name"), ('{"a": {"command": ["x"]}}', "command"),
        ('{"a": {"command": "x", "args": "y"}}', "args"),
        ('{"a": {"url": "file:///x"}}', "address"),
        ('{"a": {"command": "x", "env": {"A": 1}}}', "env"), ('{"a": {}}', "a command to start"),
        ('{"a": {"type": "sse", "url": "http://x"}}', "SSE"), ("[" * 5000, "nested too deeply"),
        ('{"a": {"command": "x", "risk": "none"}}', "risk"),
        ('{"a": {"command": "x", "risk": "reversible"}}', "undone"),
    ],
)  # fmt: skip
def test_what_cannot_be_pasted_is_explained(text: str, why: str) -> None:
    """The complaint names the server and the field."""
    with pytest.raises(ToolError, match=why):
        parse(text)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9),
                    lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["mcpServers", "a", "command", "url", "args",
                                                       "env", "type", "risk"]), inner, max_size=4),
                    max_leaves=20))  # fmt: skip
def test_anything_pasted_is_servers_or_an_error(value: Any) -> None:
    """No JSON makes the reader fail in another way."""
    try:
        servers = parse(json.dumps(value))
    except ToolError:
        return
    assert all(server.command or server.url for server in servers)
