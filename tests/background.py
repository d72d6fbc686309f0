"""An agent with a scripted mind and scripted tools, and a listener that a test can wait for."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from engine.background.agent import Agent
from engine.background.endpoint import Endpoint
from engine.background.package import ContextPackage, Line, Seen, Sound
from engine.background.task import TaskState
from engine.background.told import Offer, Progress, Told
from engine.background.tool import Risk, Tool, ToolError, ToolResult
from engine.microturn import Frame
from tests.mind_server import MindServer, Reply, Script, mind_server
from tests.scripted import tone

E = TypeVar("E")


class Listener:
    """Listens where the app would, and lets a test wait."""

    def __init__(self) -> None:
        self.all: list[Told] = []
        self._changed = threading.Condition()

    def __call__(self, told: Told) -> None:
        with self._changed:
            self.all.append(told)
            self._changed.notify_all()

    def of(self, kind: type[E]) -> list[E]:
        with self._changed:
            return [told for told in self.all if isinstance(told, kind)]

    def wait(self, done: Callable[[], bool], within_s: float = 30.0) -> None:
        """Looks again with each thing told, and now and then: `done` may look elsewhere too."""
        until_s = time.monotonic() + within_s
        with self._changed:
            while not done():
                assert time.monotonic() < until_s, self.all
                self._changed.wait(0.02)

    def until(self, kind: type[E], count: int = 1) -> E:
        self.wait(lambda: len(self.of(kind)) >= count)
        return self.of(kind)[count - 1]

    def ended(self, count: int = 1) -> list[TaskState]:
        """Waits until so many tasks are over; their states, in the order of their ends."""
        self.wait(lambda: len(self._ends()) >= count)
        return self._ends()

    def commentary(self) -> list[str]:
        return [o.update.text for o in self.of(Offer) if o.update.kind == "commentary"]

    def thinking(self) -> list[str]:
        return [o.update.text for o in self.of(Offer) if o.update.kind == "thinking"]

    def _ends(self) -> list[TaskState]:
        return [p.task.state for p in self.of(Progress) if not p.task.state.open]


@dataclass
class ScriptedTool:
    """Says what it is told to, and keeps what it was called with."""

    name: str = "add"
    sentence: str = "Adds numbers."
    risk: Risk = Risk.READ
    parameters: Mapping[str, Any] = field(default_factory=lambda: {"type": "object"})
    answer: Callable[[Mapping[str, Any]], ToolResult] = lambda arguments: ToolResult("42")
    takes_s: float = 0.0
    called: list[Mapping[str, Any]] = field(default_factory=list)
    left: int = 0

    def preview(self, arguments: Mapping[str, Any]) -> str:
        return f"{self.name} {dict(arguments)}"

    async def run(self, arguments: Mapping[str, Any]) -> ToolResult:
        self.called.append(arguments)
        self.left += 1
        try:
            await asyncio.sleep(self.takes_s)
            return self.answer(arguments)
        finally:
            self.left -= 1


class ScriptedBelt:
    """Calls without asking anybody."""

    def __init__(self, *tools: ScriptedTool) -> None:
        self._tools = tools

    def tools(self) -> tuple[Tool, ...]:
        return self._tools

    async def call(self, name: str, arguments: Mapping[str, Any], task_id: str) -> ToolResult:
        for tool in self._tools:
            if tool.name == name:
                return await tool.run(arguments)
        raise ToolError(f"There is no tool {name} here.")


@contextmanager
def working(
    url: str | None = None, *tools: ScriptedTool, mind: Mapping[str, Any] | None = None,
    **options: Any,
) -> Iterator[tuple[Agent, Listener]]:  # fmt: skip
    """url: of the scripted mind; None for no mind at all."""
    told = Listener()
    agent = Agent(told, belt=ScriptedBelt(*tools), **options).start()
    if url is not None:
        agent.use(Endpoint(url, "tiny", **(mind or {})))
    try:
        yield agent, told
    finally:
        assert agent.stop()


@contextmanager
def minded(
    script: Script | Reply, *tools: ScriptedTool, **options: Any
) -> Iterator[tuple[MindServer, Agent, Listener]]:
    """An agent and the scripted mind that it asks."""
    with mind_server(script) as server, working(server.url, *tools, **options) as (agent, told):
        yield server, agent, told


def wanted(request: str = "add them up", **more: Any) -> ContextPackage:
    return ContextPackage(request, **more)


def heard_and_seen(request: str = "add them up") -> ContextPackage:
    """A spoken request with everything that can be with one."""
    screen = Frame("screen", np.full((360, 640, 3), 200, np.uint8))
    camera = Frame("camera", np.full((240, 320, 3), 20, np.uint8))
    return ContextPackage(
        request,
        now_s=30.0,
        lines=(Line(10.0, "user", "two and three"), Line(25.0, "aside", "yes")),
        sound=Sound(np.concatenate([tone(440)] * 5)),
        spoken=True,
        seen=(Seen(29.0, screen), Seen(29.5, camera)),
        screen_text="Invoice 7",
        open_tasks=("the weather",),
        settings={"language": "en"},
    )
