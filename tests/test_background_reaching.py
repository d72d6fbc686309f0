"""Files, pages, commands and hands reach what they were allowed, and stop where they must."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
from attack_world import World
from PIL import Image, ImageDraw

from engine.background.tool import Tool, ToolError, ToolResult
from engine.background.tools import files, hands, opening, searching
from engine.background.tools.addresses import public_ip, web_address, written
from engine.background.tools.command import RunCommand
from engine.background.tools.fetching import MAX_BYTES, Fetcher
from engine.background.tools.looking import LookAtScreen
from engine.background.tools.page_text import page_text
from engine.background.tools.recognising import installed, recognised
from engine.background.tools.sandbox import Sandbox, probe
from engine.background.tools.territory import Territory
from engine.microturn import Frame

pytestmark = pytest.mark.timeout(90)


def run(tool: Any, **arguments: Any) -> ToolResult:
    tool.preview(arguments)
    return asyncio.run(tool.run(arguments))


def named(tools: tuple[Tool, ...]) -> dict[str, Any]:
    return {tool.name: tool for tool in tools}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    World(tmp_path, "a report")
    (tmp_path / "outside.txt").write_text("outside")
    (tmp_path / "home" / "Documents" / "out.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "home" / "Documents" / "blob.bin").write_bytes(b"\x00\x01")
    return tmp_path / "home"


def test_files_are_found_where_nothing_is_private(home: Path) -> None:
    """Names and patterns find files and folders; hidden and private ones are not there."""
    find = named(files.tools(Territory((home,))))["find_files"]
    assert "Documents/report.txt" in run(find, name="REPORT").text
    assert "invoice.pdf.exe" in run(find, name="*.exe").text
    assert "Documents (" in run(find, name="doc", kind="folder").text
    for name in ("id_rsa", "passwords", "credentials", "keys", "out.txt", "link"):
        assert run(find, name=name).text.startswith("I found no file of that name")


def test_only_texts_of_the_users_are_read(home: Path) -> None:
    """A file inside is read; outside, private, linked, binary and missing ones say one thing."""
    read = named(files.tools(Territory((home,))))["read_file"]
    assert "| a report" in run(read, path="Documents/report.txt").text
    for path in ("../outside.txt", "Documents/out.txt", ".ssh/id_rsa", "Documents/link.txt",
                 "Documents/keys.kdbx", "nothing", "Documents", "/etc/hostname"):  # fmt: skip
        with pytest.raises(ToolError, match="no such file"):
            run(read, path=path)
    with pytest.raises(ToolError, match="no text"):
        run(read, path="Documents/blob.bin")


def test_programs_are_not_opened(home: Path) -> None:
    """A document is opened as it is shown; what can run is left to the user's own hand."""
    world = World(home.parent / "again", "x")
    tools = named(opening.tools(world, Territory((home,))))
    run(tools["open_file"], path="Documents/report.txt")
    assert world.acts == [f"opened {home / 'Documents' / 'report.txt'}"]
    for path in ("Documents/setup.sh", "Documents/invoice.pdf.exe", "Documents/page.html"):
        with pytest.raises(ToolError, match="by hand"):
            run(tools["open_file"], path=path)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "ftp://x.example", "https://", "//x.example",
     "-x", "https://user@x.example", "https://x.example/\u202e", "https://x.example/\nx", "https://[::1",
     "https://x.example:99999", "about:blank", "data:text/html,x",
     "https://" + "a" * 300 + ".example"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(address: str) -> None:
    """Only http and https, without a name in front of the host or letters that hide."""
    with pytest.raises(ToolError):
        web_address(address)


def test_a_foreign_name_is_shown_as_it_is_asked_for() -> None:
    """Letters that look like others are seen for what they are."""
    assert written(web_address("https://bänk.example/a?b")) == "https://xn--bnk-qla.example/a?b"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0.0.0.0", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1",
     "::ffff:127.0.0.1", "fe80::1", "fc00::1", "224.0.0.1", "2130706433", "0x7f000001",
     "100.64.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_pages_of_this_house_are_not_read(host: str) -> None:
    """No spelling of an address on this machine or network is reached."""
    with pytest.raises(ToolError):
        public_ip(host, 80)


def fetch(answer: Callable[[httpx2.Request], httpx2.Response], address: str) -> Any:
    reach = lambda host, port: "203.0.113.9"  # noqa: E731
    return asyncio.run(Fetcher(reach, httpx2.MockTransport(answer)).get(address))


def test_a_page_is_asked_of_the_address_that_was_checked() -> None:
    """The name is not looked up again: the request goes to the checked address, for that name."""
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, html="<p>hello")

    assert "hello" in fetch(answer, "https://blog.example/a").text
    (request,) = asked
    assert (request.url.host, request.headers["host"]) == ("203.0.113.9", "blog.example")
    assert request.extensions["sni_hostname"] == "blog.example"
    assert "cookie" not in request.headers


def test_a_page_cannot_send_us_elsewhere() -> None:
    """Within a site a redirect is followed; to another it is an error that names it."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        target = {"/in": "/there", "/out": "https://collect.example/?x", "/round": "/round"}
        if request.url.path in target:
            return httpx2.Response(302, headers={"location": target[request.url.path]})
        return httpx2.Response(200, text="arrived")

    assert fetch(answer, "https://blog.example/in").text == "arrived"
    with pytest.raises(ToolError, match=r"collect\.example"):
        fetch(answer, "https://blog.example/out")
    with pytest.raises(ToolError, match="circles"):
        fetch(answer, "https://blog.example/round")


def test_an_endless_page_ends() -> None:
    """No more than the bound is ever taken of a page."""

    async def flood() -> Any:
        for _ in range(200):
            yield b"x" * 65_536

    kind = {"content-type": "text/plain"}
    page = fetch(lambda request: httpx2.Response(200, headers=kind, content=flood()),
                 "https://blog.example/")  # fmt: skip
    assert len(page.text) == MAX_BYTES


@pytest.mark.parametrize("kind", ["application/zip", "image/png", ""])
def test_what_is_no_page_is_not_read(kind: str) -> None:
    """Only texts are pages."""
    with pytest.raises(ToolError, match="no page"):
        fetch(lambda _: httpx2.Response(200, headers={"content-type": kind}), "https://a.example/")


def test_a_broken_answer_is_told() -> None:
    """A server that fails, or a connection that breaks, is one sentence."""

    def broken(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("reset")

    with pytest.raises(ToolError, match="did not answer"):
        fetch(broken, "https://a.example/")
    with pytest.raises(ToolError, match="status 500"):
        fetch(lambda _: httpx2.Response(500), "https://a.example/")


def test_the_text_of_a_page() -> None:
    """Headings, paragraphs and lists stay apart; endless nesting costs nothing."""
    title, text = page_text("<title> A  b</title><h1>C</h1><p>d e<br>f</p><ul><li>g<li>h</ul>")
    assert (title, [line for line in text.splitlines() if line]) == (
        "A b", ["C", "d e", "f", "- g", "- h"],
    )  # fmt: skip
    assert page_text("<div hidden>" * 50_000 + "x")[1] == ""


@pytest.mark.parametrize(("size", "shown"), [
    ("0.9em", True), ("0.05rem", True), ("0", False), ("0px", False), ("0.0em", False),
])  # fmt: skip
def test_small_text_is_text(size: str, shown: bool) -> None:
    """Only what has no size at all is left out."""
    text = page_text(f'<p>a</p><p style="color: red; font-size: {size}; margin: 1em">b</p>')[1]
    assert ("b" in text) is shown


def test_a_search_goes_where_it_was_told_to() -> None:
    """Each provider's answer becomes titles, addresses and excerpts; a broken one is told."""
    asked: list[httpx2.Request] = []
    item = {"title": "T", "url": "https://t.example", "content": "e", "description": "e"}

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, json={"results": [item, 3], "web": {"results": [item]}})

    transport = httpx2.MockTransport(answer)
    own = searching.Searxng("http://localhost:8888", transport)
    brave = searching.Brave(lambda: "key", transport=transport)
    for provider in (own, brave):
        (found,) = asyncio.run(provider.search("two words"))
        assert found == searching.Found("T", "https://t.example", "e")
    assert asked[0].url.params["q"] == asked[1].url.params["q"] == "two words"
    assert asked[1].headers["x-subscription-token"] == "key"
    for response in (httpx2.Response(429), httpx2.Response(200, text="no json")):
        silent = searching.Searxng("http://x", httpx2.MockTransport(lambda _, r=response: r))
        with pytest.raises(ToolError, match="provider"):
            asyncio.run(silent.search("x"))
    with pytest.raises(ToolError, match="key"):
        asyncio.run(searching.Brave(lambda: None).search("x"))


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    found = probe(tmp_path / "work")
    if isinstance(found, str):
        pytest.skip(found)
    return found


def test_a_command_is_enclosed(box: Sandbox, tmp_path: Path, monkeypatch: Any) -> None:
    """It writes to its folder and sees nothing of the user's: no file, secret, process, net."""
    monkeypatch.setenv("ASIDE_TEST_SECRET", "hunter2")
    (tmp_path / "secret").write_text("hunter2")
    tool = RunCommand(box)
    assert "| hello" in run(tool, line="echo hello > a; cat a").text
    assert (box.workplace / "a").read_text() == "hello\n"
    for line in (f"cat {tmp_path}/secret", "env", "cat /root/* /home/*/*", "ls /proc/*/environ",
                 "touch /usr/x /etc/x /x", f"ls {tmp_path}", "cat /etc/shadow"):  # fmt: skip
        assert "hunter2" not in run(tool, line=line).text
    seen = run(tool, line="ls /proc | grep -c '^[0-9]*$'").text.splitlines()[-1]
    assert int(seen.strip("| ")) < 10
    assert run(tool, line="cat /proc/net/dev | grep -vc lo:").text.splitlines()[-1] == "| 2"


def test_a_command_that_floods_or_hangs_is_stopped(box: Sandbox, monkeypatch: Any) -> None:
    """Output is bounded, and time: whatever it started is gone with it."""
    assert len(run(RunCommand(box), line="yes | head -c 9000000").text) < 100_000
    monkeypatch.setattr("engine.background.tools.sandbox.LIMIT_S", 1)
    with pytest.raises(ToolError, match="stopped"):
        run(RunCommand(box), line="sleep 50 & sleep 60")


def test_what_cannot_be_enclosed_is_not_run(tmp_path: Path) -> None:
    """Without bubblewrap, or where it is forbidden, the tool explains and runs nothing."""
    forbidden = tmp_path / "bwrap"
    forbidden.write_text("#!/bin/sh\necho 'setting up uid map: Permission denied' >&2\nexit 1\n")
    forbidden.chmod(0o755)
    for why in (probe(tmp_path, str(forbidden)), probe(tmp_path, str(tmp_path / "nothing"))):
        assert isinstance(why, str)
        with pytest.raises(ToolError, match="not run"):
            run(RunCommand(why), line="touch ran")
    assert not (tmp_path / "ran").exists()


@dataclass
class Keyboard:
    """Hands whose window can change and whose user can press the kill key."""

    strokes: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    stop_after: int = 10**6
    windows: list[str] = field(default_factory=lambda: ["Editor"])

    def show(self, what: str) -> None:
        self.shown.append(what)

    def hide(self) -> None:
        self.shown.append("hidden")

    def window(self) -> str:
        return self.windows[0]

    def stopped(self) -> bool:
        return len(self.strokes) >= self.stop_after

    def can_type(self, text: str) -> bool:
        return True

    def type_text(self, text: str) -> None:
        self.strokes.append(text)

    def press(self, key: str) -> None:
        self.strokes.append(f"<{key}>")

    def click(self, x: int, y: int, button: str) -> None:
        self.strokes.append(f"{button} {x} {y}")


async def _no_pause(seconds: float) -> None:
    return None


def test_typing_is_seen_and_exact() -> None:
    """What was approved is typed, Enter where a line ends, and a sign says so meanwhile."""
    keyboard = Keyboard()
    run(hands.TypeText(keyboard, _no_pause), text="hello world\nbye")
    assert "".join(keyboard.strokes) == "hello world<Enter>bye"
    assert keyboard.shown == ["Aside is typing into Editor", "hidden"]


def test_the_kill_key_stops_typing() -> None:
    """After the key no more than the part under way is typed, and the sign goes."""
    keyboard = Keyboard(stop_after=2)
    with pytest.raises(ToolError, match="16 of 100"):
        run(hands.TypeText(keyboard, _no_pause), text="x" * 100)
    assert keyboard.shown[-1] == "hidden"
    with pytest.raises(ToolError, match="stopped"):
        run(hands.Click(keyboard), x=1, y=1)


def test_typing_stays_in_its_window() -> None:
    """When another window comes to the front, not one more character is typed."""
    keyboard = Keyboard()

    async def switch(seconds: float) -> None:
        keyboard.windows[0] = "Terminal"

    with pytest.raises(ToolError, match="Another window"):
        run(hands.TypeText(keyboard, switch), text="x" * 100)
    assert keyboard.strokes == ["x" * 8]


@pytest.mark.parametrize("text", ["\x1b[A", "a\x00", "\u202eabc", "a\tb", "\r"])
def test_unseen_keys_are_not_typed(text: str) -> None:
    """What a person cannot see on the card is not pressed for them."""
    with pytest.raises(ToolError, match="cannot be seen"):
        run(hands.TypeText(Keyboard(), _no_pause), text=text)


def test_the_screen_is_looked_at_only_while_it_is_shared() -> None:
    """Not shared: a sentence. Shared without a recogniser: the picture, and a word on it."""

    async def nothing(picture: bytes) -> None:
        return None

    with pytest.raises(ToolError, match="share it first"):
        run(LookAtScreen(lambda source: None, nothing))
    frame = Frame("screen", np.full((30, 40, 3), 200, np.uint8))
    result = run(LookAtScreen(lambda source: frame, nothing))
    assert "tesseract" in result.text
    assert result.image is not None
    assert result.image.startswith(b"\x89PNG")


@pytest.mark.skipif(installed() is None, reason="tesseract is not installed")
def test_text_on_the_screen_is_read_here() -> None:
    """With the recogniser, what stands on the screen comes as text, quoted."""
    picture = Image.new("RGB", (900, 120), "white")
    ImageDraw.Draw(picture).text((30, 30), "Meeting at noon", "black", font_size=56)
    frame = Frame("screen", np.asarray(picture))
    assert "| Meeting at noon" in run(LookAtScreen(lambda source: frame, recognised)).text
