"""What the tests of tools share: a belt in a folder, people who answer cards, tools that lie."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.background.act_log import ActLog
from engine.background.approval import Answer, Approver, By, Choice, Question
from engine.background.belt import Belt
from engine.background.grants import Grants
from engine.background.spoken import Spoken
from engine.background.tool import Arguments, Risk, Tool, ToolResult
from engine.background.tools.instants import Clocks


@dataclass
class Person:
    """Answers every card with `choice`, and keeps the cards."""

    choice: Choice = Choice.NO
    by: By = By.CLICK
    spoken: Spoken | None = None
    seen: list[Question] = field(default_factory=list)

    async def ask(self, question: Question) -> Answer:
        self.seen.append(question)
        return Answer(question.id, self.choice, self.by, self.spoken)


@dataclass
class Absent:
    """Looks at no card, ever."""

    seen: list[Question] = field(default_factory=list)

    async def ask(self, question: Question) -> Answer:
        self.seen.append(question)
        await asyncio.Event().wait()
        raise AssertionError


@dataclass
class Gadget:
    """A tool that only counts how often it ran."""

    name: str = "gadget"
    sentence: str = "Does something."
    risk: Risk = Risk.REVERSIBLE
    parameters: Mapping[str, Any] = field(
        default_factory=lambda: {
            "type": "object",
            "properties": {"what": {"type": "string"}},
            "additionalProperties": False,
        }
    )
    ran: list[dict[str, Any]] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    def preview(self, arguments: Arguments) -> str:
        return f"Do {arguments.get('what', 'nothing')}"

    async def run(self, arguments: Arguments) -> ToolResult:
        self.ran.append(dict(arguments))
        return ToolResult("done", undo="token" if self.risk is Risk.REVERSIBLE else None)

    async def undo(self, token: str) -> str:
        self.undone.append(token)
        return "undone"


@dataclass
class Time:
    """Clocks that stand still until they are moved."""

    wall: float = 1_800_000_000.0
    steady: float = 5_000.0
    boot: str = "first"

    def go(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.wall, lambda: self.steady, lambda: self.boot)


def belt_of(folder: Path, tools: Iterable[Tool], asker: Any = None, within_s: float = 5.0) -> Belt:
    grants = Grants(folder / "approvals.json")
    log = ActLog(folder / "acts.jsonl")
    return Belt(tools, Approver(grants, asker or Absent(), within_s), log)


def call(belt: Belt, name: str, task_id: str = "task", /, **arguments: Any) -> ToolResult:
    return asyncio.run(belt.call(name, arguments, task_id))
