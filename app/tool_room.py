"""The tools of the running desktop as its windows reach them: servers, acts and permissions.

Tools and servers live in the agent's loop, so what changes them is done there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from app.equipment import Equipment
from engine.background import tool_keys, tool_settings
from engine.background.act_log import Entry
from engine.background.agent import Agent
from engine.background.grants import Grant
from engine.background.mcp_servers import ServerState
from engine.background.outfit import Outfit
from engine.background.phrase import phrase
from engine.background.tool import ToolError, Undoable

T = TypeVar("T")


class ToolRoom:
    """Reading may be done in any thread, but may take a moment where the log is long. What is a
    coroutine may be awaited in any loop. All of it raises ToolError."""

    def __init__(self, agent: Agent, equipment: Equipment) -> None:
        self._agent, self._equipment = agent, equipment

    @property
    def missing(self) -> str:
        """Why there are no tools here, or ""."""
        return self._equipment.missing

    def servers(self) -> tuple[ServerState, ...]:
        return self._outfit.servers.states()

    def acts(self) -> list[Entry]:
        """All that is known to have been done or refused, the newest last."""
        return self._outfit.belt.log.entries()

    def acts_changed_s(self) -> float:
        """When the log was written last; 0 while there is none. Costs nothing."""
        return self._outfit.belt.log.changed_s()

    def can_undo(self, entry: Entry) -> bool:
        tools = {tool.name: tool for tool in self._outfit.belt.tools()}
        done = entry.state == "done" and entry.undo is not None
        return done and isinstance(tools.get(entry.tool), Undoable)

    def sentence(self, name: str) -> str:
        """What a tool says of itself, in English; "" for one that is not there now."""
        return next((tool.sentence for tool in self._outfit.belt.tools() if tool.name == name), "")

    def search(self) -> Mapping[str, Any]:
        """Who is asked to search the web; empty for nobody."""
        return tool_settings.search(self._outfit.places)

    async def choose_search(self, chosen: Mapping[str, Any], key: str = "") -> None:
        """key: of the provider, "" for the one that is kept. The key store may keep it waiting."""
        if key:
            tool_keys.keep("search.brave", key)
        tool_settings.choose_search(self._outfit.places, chosen)

    def grants(self) -> tuple[Grant, ...]:
        return self._outfit.belt.approver.grants.all()

    async def add_servers(self, text: str) -> None:
        """From what was pasted; returns when their tools are there, or why not is known."""
        await self._done(lambda: self._outfit.servers.add(text))

    async def switch_server(self, name: str, on: bool) -> None:
        await self._done(lambda: self._outfit.servers.switch(name, on))

    async def remove_server(self, name: str) -> None:
        await self._done(lambda: self._outfit.servers.remove(name))

    async def undo(self, entry: Entry) -> str:
        """What was taken back, in words."""
        return await self._done(lambda: self._outfit.belt.undo(entry.id))

    async def forget_acts(self) -> None:
        """The log is empty, and nothing of it can be taken back any more."""

        async def forget() -> None:
            self._outfit.belt.forget()

        await self._done(forget)

    async def revoke(self, grant: Grant) -> None:
        """Aside asks again from now on."""

        async def revoke() -> None:
            self._outfit.belt.approver.grants.revoke(grant.id)

        await self._done(revoke)

    @property
    def _outfit(self) -> Outfit:
        if self._equipment.outfit is None:
            raise ToolError(self._equipment.missing)
        return self._equipment.outfit

    async def _done(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        try:
            return await asyncio.wrap_future(self._agent.do(work))
        except RuntimeError as error:
            raise ToolError(phrase("Nothing runs in the background now.")) from error
