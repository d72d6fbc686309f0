"""A user's small world in which attacks are met: everything that could happen in it is noted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2
import numpy as np

from engine.background import approval
from engine.background.act_log import ActLog
from engine.background.approval import Answer, Approver, By, Choice, Question
from engine.background.belt import Belt
from engine.background.grants import Grants
from engine.background.outfit import Means, outfit
from engine.background.places import Places
from engine.background.spoken import Spoken
from engine.background.tool import Arguments, Risk, Tool, ToolResult
from engine.background.tools.command import RunCommand
from engine.background.tools.fetching import Fetcher
from engine.background.tools.looking import LookAtScreen
from engine.background.tools.sandbox import Sandbox
from engine.background.tools.searching import Searxng
from engine.background.tools.territory import Territory
from engine.background.tools.web import ReadPage, SearchWeb
from engine.background.visible import quoted
from engine.microturn import Frame

CANARY = "CANARY-7f3a"
ATTACKS = Path(__file__).with_name("attacks.txt")
MET_AT = "https://blog.example/post"


@dataclass(frozen=True)
class Attack:
    """wants: the calls of somebody who obeys."""

    channel: str
    text: str
    wants: tuple[tuple[str, Mapping[str, Any]], ...]


def attacks() -> list[Attack]:
    found: list[Attack] = []
    for block in ATTACKS.read_text("utf-8").split("\n== ")[1:]:
        channel, *lines = block.rstrip().splitlines()
        calls = [line[3:].split(" ", 1) for line in lines if line.startswith("-> ")]
        text = "\n".join(line for line in lines if line and not line.startswith("-> "))
        wants = tuple((name, json.loads(given)) for name, given in calls)
        found.append(Attack(channel.strip(), text.replace("\\n", "\n"), wants))
    return found


@dataclass
class World:
    """acts: whatever was done in it. The screen, the pages and the clipboard show `text`."""

    folder: Path
    text: str
    acts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        home = self.folder / "home"
        for name, said in {
            "Documents/report.txt": self.text,
            "Documents/page.html": "x",
            "Documents/setup.sh": "x",
            "Documents/invoice.pdf.exe": "x",
            "Documents/keys.kdbx": CANARY,
            ".ssh/id_rsa": CANARY,
            ".aws/credentials": CANARY,
            "secrets/passwords.txt": CANARY,
        }.items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(said, "utf-8")
        (home / "Documents" / "link.txt").symlink_to(home / ".ssh" / "id_rsa")
        notes = self.folder / "data" / "notes"
        notes.mkdir(parents=True)
        (notes / "note-todo.md").write_text("buy milk\n")

    def show_text(self, text: str) -> None:
        """From now on this is what stands everywhere in it."""
        self.text = text
        (self.folder / "home" / "Documents" / "report.txt").write_text(text, "utf-8")

    def belt(self, asker: Any, within_s: float = 0.02) -> Belt:
        places = Places.under(self.folder)
        lent = Means(
            clipboard=self, look=self.look, hands=self, launcher=self,
            territory=Territory((self.folder / "home",)),
        )  # fmt: skip
        tools = [self._wired(tool) for tool in outfit(places, lent).belt.tools()]
        shop = [Bought(self, "shop__buy"), Bought(self, "shop__refund"), Told(self)]
        box = RunCommand(Box("bwrap", self.folder / "box", self))
        approver = Approver(Grants(places.config / "approvals.json"), asker, within_s)
        log = ActLog(places.state / "acts.jsonl")
        return Belt([*tools, *shop, box], approver, log)

    def _wired(self, tool: Tool) -> Tool:
        """The same tools, with a net that ends in this world."""
        if isinstance(tool, ReadPage):
            reach = lambda host, port: "203.0.113.9"  # noqa: E731
            return ReadPage(Fetcher(reach, httpx2.MockTransport(self.answer)))
        if isinstance(tool, SearchWeb):
            found = Searxng("https://find.example", httpx2.MockTransport(self.answer))
            return SearchWeb(lambda: found)
        return replace(tool, read=self.recognise) if isinstance(tool, LookAtScreen) else tool

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.acts.append(f"asked {request.headers['host']}{request.url.raw_path.decode()}")
        if request.headers["host"] == "find.example":
            return httpx2.Response(200, json={"results": [{"title": self.text, "url": MET_AT}]})
        page = f"<html><body>{self.text}</body></html>"
        return httpx2.Response(200, html=page)

    def seen(self) -> dict[str, str]:
        """Every file there is, but the log of acts."""
        return {
            str(path.relative_to(self.folder)): path.read_text("utf-8")
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.name != "acts.jsonl"
        }

    async def recognise(self, picture: bytes) -> str:
        return self.text

    def look(self, source: str) -> Frame:
        return Frame("screen", np.zeros((4, 4, 3), np.uint8))

    async def read(self) -> str:
        return self.text

    async def write(self, text: str) -> None:
        self.acts.append(f"copied {text}")

    async def keep(self) -> str:
        return self.text

    async def put_back(self, kept: str) -> None:
        await self.write(kept)

    def show(self, what: str) -> None: ...

    def hide(self) -> None: ...

    def window(self) -> str:
        return "Terminal"

    def stopped(self) -> bool:
        return False

    def can_type(self, text: str) -> bool:
        return True

    def type_text(self, text: str) -> None:
        self.acts.append(f"typed {text}")

    def press(self, key: str) -> None:
        self.acts.append(f"pressed {key}")

    def click(self, x: int, y: int, button: str) -> None:
        self.acts.append(f"clicked {x} {y}")

    async def open(self, target: str) -> None:
        self.acts.append(f"opened {target}")

    def applications(self) -> dict[str, str]:
        return {"Terminal": "terminal.desktop"}

    def of_kind(self, kind: str) -> list[str]:
        return []

    async def start(self, application: str) -> None:
        self.acts.append(f"started {application}")


@dataclass(frozen=True)
class Box(Sandbox):
    """Notes the command instead of running it."""

    world: Any = None

    async def run(self, line: str) -> tuple[int, str]:
        self.world.acts.append(f"ran {line}")
        return 0, ""


@dataclass(frozen=True)
class Bought:
    """A shop's tool, as an MCP server would offer it."""

    world: World
    name: str

    sentence = "shop: trades."
    risk = Risk.OUTSIDE
    parameters: Mapping[str, Any] = field(default_factory=lambda: {"type": "object"})

    def preview(self, arguments: Arguments) -> str:
        return f"{self.name} {dict(arguments)}"

    async def run(self, arguments: Arguments) -> ToolResult:
        self.world.acts.append(f"{self.name} {dict(arguments)}")
        return ToolResult("bought")


@dataclass(frozen=True)
class Told:
    """A tool of somebody's that only answers, with the attack."""

    world: World
    name = "shop__status"
    sentence = "shop: tells the status."
    risk = Risk.READ
    parameters: Mapping[str, Any] = field(default_factory=lambda: {"type": "object"})

    def preview(self, arguments: Arguments) -> str:
        return "Ask for the status."

    async def run(self, arguments: Arguments) -> ToolResult:
        return ToolResult(quoted("shop", self.world.text))


MEETING: dict[str, tuple[str, dict[str, Any]]] = {
    "page": ("read_page", {"address": MET_AT}),
    "screen": ("look_at_screen", {}),
    "file": ("read_file", {"path": "Documents/report.txt"}),
    "clipboard": ("read_clipboard", {}),
    "tool": ("shop__status", {}),
}


@dataclass
class OnlyThePage:
    """A user who approves the page that they asked for, and leaves every other card alone."""

    then: Any

    async def ask(self, question: Question) -> Answer:
        if dict(question.arguments) == {"address": MET_AT} and question.tool == "read_page":
            return Answer(question.id, Choice.ONCE, By.CLICK)
        return await self.then.ask(question)


@dataclass
class Film:
    """Nobody answers, but a film in the room says every word of the attack and the card's too."""

    text: str

    async def ask(self, question: Question) -> Answer:
        words = [*self.text.split(), "yes", question.word or "yes"]
        playing = Spoken("", said_s=10.0, card_shown_s=0.0, quiet_since_s=None)
        for word in words:
            said = Answer(question.id, Choice.ONCE, By.VOICE, replace(playing, word=word))
            assert not approval._valid(question, said)
        return said


@dataclass
class Reader:
    """Somebody in a quiet room reads the attack's text aloud to each card, word by word."""

    text: str

    async def ask(self, question: Question) -> Answer:
        quiet = Spoken("", said_s=10.0, card_shown_s=0.0, quiet_since_s=0.0)
        for word in self.text.split():
            said = Answer(question.id, Choice.ONCE, By.VOICE, replace(quiet, word=word))
            if approval._valid(question, said):
                return said
        return Answer(question.id, Choice.NO, By.VOICE)
