"""The user's MCP servers together: kept on disk, started, added and removed while Aside runs.

What speaks the protocol is loaded with the first server, on a thread: nothing waits for it.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.background.disk import read_json, write_json
from engine.background.mcp_config import MAX_SERVERS, ServerConfig, as_json, parse
from engine.background.phrase import later, phrase
from engine.background.tool import ToolError

if TYPE_CHECKING:  # the library takes a second to load and 46 MB, and most people have no server
    from engine.background.mcp_link import LinkState, McpLink
    from engine.background.mcp_tool import McpTool

TOO_MANY = later("There can be {count} servers at most. Remove some first.")


@dataclass(frozen=True)
class ServerState:
    """A server as it is now. problem: why it is not there, for people."""

    config: ServerConfig
    state: LinkState | Literal["off"]
    problem: str = ""
    tools: tuple[McpTool, ...] = ()


class McpServers:
    """path: the file with all of them, as people paste it. log_folder: for what they print."""

    def __init__(self, path: Path, log_folder: Path) -> None:
        self._path = path
        self._log_folder = log_folder
        self.links: dict[str, McpLink] = {}

    def configured(self) -> tuple[ServerConfig, ...]:
        """Those on disk. Raises ToolError when the file is damaged."""
        value = read_json(self._path)
        return parse(json.dumps(value)) if value and value.get("mcpServers") else ()

    def tools(self) -> tuple[McpTool, ...]:
        """Of the servers that were reached, in the order of their names."""
        links = [self.links[name] for name in sorted(self.links)]
        return tuple(tool for link in links for tool in _tools_of(link))

    def states(self) -> tuple[ServerState, ...]:
        """All that are configured. From any thread. Raises ToolError when the file is damaged."""
        links = dict(self.links)
        return tuple(_state(config, links.get(config.name)) for config in self.configured())

    async def start(self) -> None:
        """Starts all that are configured, at once; one that fails keeps the others from nothing."""
        await asyncio.gather(*(self._start(server) for server in self.configured()))

    async def add(self, text: str) -> tuple[McpLink, ...]:
        """Adds what was pasted, replacing servers of the same name. Their tools are there now."""
        pasted = {server.name: server for server in parse(text)}
        known = {server.name: server for server in self.configured()} | pasted
        if len(known) > MAX_SERVERS:
            raise ToolError(phrase(TOO_MANY, count=MAX_SERVERS))
        self._write(list(known.values()))
        for name in pasted:
            await self._end(name)
        await asyncio.gather(*(self._start(server) for server in pasted.values()))
        return tuple(self.links[name] for name in pasted if name in self.links)

    async def switch(self, name: str, on: bool) -> None:
        """Starts a server, or stops it until it is switched on again. Raises ToolError."""
        known = {server.name: server for server in self._known(name)}
        known[name] = replace(known[name], disabled=not on)
        self._write(list(known.values()))
        await self._end(name)
        await self._start(known[name])

    async def remove(self, name: str) -> None:
        """Forgets a server and stops it. Raises ToolError when there is none of that name."""
        known = self._known(name)
        self._write([server for server in known if server.name != name])
        await self._end(name)

    async def close(self) -> None:
        await asyncio.gather(*(self._end(name) for name in list(self.links)))

    def _known(self, name: str) -> tuple[ServerConfig, ...]:
        """All that are configured. Raises ToolError where none is called `name`."""
        known = self.configured()
        if name not in {server.name for server in known}:
            raise ToolError(phrase("There is no MCP server {name}.", name=name))
        return known

    async def _start(self, server: ServerConfig) -> None:
        if server.disabled:
            return
        protocol = await asyncio.to_thread(import_module, "engine.background.mcp_link")
        made: McpLink = protocol.McpLink(server, self._log_folder)
        await self.links.setdefault(server.name, made).start()

    async def _end(self, name: str) -> None:
        link = self.links.pop(name, None)
        if link is not None:
            await link.stop()

    def _write(self, servers: list[ServerConfig]) -> None:
        write_json(self._path, {"mcpServers": {server.name: as_json(server) for server in servers}})


def _state(config: ServerConfig, link: McpLink | None) -> ServerState:
    if config.disabled or link is None:
        return ServerState(config, "off" if config.disabled else "ended")
    return ServerState(config, link.state, link.problem, _tools_of(link) if link.running else ())


def _tools_of(link: McpLink) -> tuple[McpTool, ...]:
    from engine.background.mcp_tool import tools_of

    return tools_of(link)
