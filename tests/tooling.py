"""A running tool room for tests: an agent without a mind, tools in a folder, and who answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.equipment import Equipment
from app.tool_room import ToolRoom
from engine.background.agent import Agent
from engine.background.approval import Choice
from engine.background.outfit import Means, Outfit, outfit
from engine.background.places import Places
from engine.background.tool import ToolResult
from tests.belting import Person

LITTLE = Path(__file__).with_name("mcp_server.py")


def little(name: str = "little", *args: str, **more: Any) -> str:
    """The configuration of tests/mcp_server.py as one pastes it."""
    item = {"command": sys.executable, "args": [str(LITTLE), *args], **more}
    return json.dumps({"mcpServers": {name: item}}, indent=2)


@dataclass(frozen=True)
class Shop:
    """room: what windows get. person: who is asked."""

    room: ToolRoom
    person: Person
    kit: Outfit
    agent: Agent

    def call(self, name: str, **arguments: Any) -> ToolResult:
        """One use of a tool, as a task makes it."""
        return self.agent.do(lambda: self.kit.belt.call(name, arguments, "task")).result(60)


@contextmanager
def shop(folder: Path, choice: Choice = Choice.ONCE) -> Iterator[Shop]:
    person = Person(choice)
    kit = outfit(Places.under(folder), Means(asker=person))
    equipment = Equipment(kit)
    agent = Agent(lambda _: None, beside=lambda: equipment.keep(lambda _: None)).start()
    try:
        yield Shop(ToolRoom(agent, equipment), person, kit, agent)
    finally:
        assert agent.stop(60)
