"""The user's MCP servers together: kept on disk, started, added and removed while Aside runs."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from engine.background.disk import read_json, write_json
from engine.background.mcp_config import MAX_SERVERS, ServerConfig, as_json, parse
from engine.background.mcp_link import McpLink
from engine.background.mcp_tool import McpTool, tools_of
from engine.background.tool import ToolError


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
        return tuple(tool for link in links for tool in tools_of(link))

    async def start(self) -> None:
        """Starts all that are configured, at once; one that fails keeps the others from nothing."""
        await asyncio.gather(*(self._start(server) for server in self.configured()))

    async def add(self, text: str) -> tuple[McpLink, ...]:
        """Adds what was pasted, replacing servers of the same name. Their tools are there now."""
        pasted = {server.name: server for server in parse(text)}
        known = {server.name: server for server in self.configured()} | pasted
        if len(known) > MAX_SERVERS:
            raise ToolError(f"There can be {MAX_SERVERS} servers at most. Remove some first.")
        self._write(list(known.values()))
        for name in pasted:
            await self._end(name)
        await asyncio.gather(*(self._start(server) for server in pasted.values()))
        return tuple(self.links[name] for name in pasted if name in self.links)

    async def remove(self, name: str) -> None:
        """Forgets a server and stops it. Raises ToolError when there is none of that name."""
        known = self.configured()
        if name not in {server.name for server in known}:
            raise ToolError(f"There is no MCP server {name}.")
        self._write([server for server in known if server.name != name])
        await self._end(name)

    async def close(self) -> None:
        await asyncio.gather(*(self._end(name) for name in list(self.links)))

    async def _start(self, server: ServerConfig) -> None:
        if server.disabled:
            return
        link = self.links.setdefault(server.name, McpLink(server, self._log_folder))
        await link.start()

    async def _end(self, name: str) -> None:
        link = self.links.pop(name, None)
        if link is not None:
            await link.stop()

    def _write(self, servers: list[ServerConfig]) -> None:
        write_json(self._path, {"mcpServers": {server.name: as_json(server) for server in servers}})
