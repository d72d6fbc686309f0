"""One running MCP server: started when it is needed, and its death an ordinary event.

The connection lives in one task, because the library's scopes must be left where they were
entered; calls come from any task. A call that was cut off is never repeated: it may have been done.
"""

from __future__ import annotations

import asyncio
import logging
import math
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import anyio
import httpx2
from mcp import Client, MCPError
from mcp import types as mcp_types
from mcp.client import stdio
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.dispatcher import ProgressFnT

from engine.background import progress
from engine.background.mcp_config import ServerConfig
from engine.background.phrase import phrase
from engine.background.tool import ToolError
from engine.background.visible import clipped, visible

_log = logging.getLogger(__name__)
START_WITHIN_S = 120.0  # a first start may fetch the server
CALL_WITHIN_S = 60.0
LEAVE_WITHIN_S = 1.0  # to take leave of a server, before its process is ended
STOP_WITHIN_S = 4.0  # less than agent.STOP_S, after which nobody would be left to end it
# How long the library lets a process end by itself, and again after SIGTERM: within STOP_WITHIN_S.
stdio.PROCESS_TERMINATION_TIMEOUT = stdio.FORCE_KILL_TIMEOUT = 1.0
MAX_TOOLS = 128
LinkState = Literal["starting", "running", "failed", "ended"]
MAX_PAGES = 20
_REQUEST_TIMEOUT = -32001
_CLOSED = -32000


class McpLink:
    """A server and the tools it offers now. problem: why it is not there, for people."""

    def __init__(self, config: ServerConfig, log_folder: Path) -> None:
        self.config = config
        self.offered: tuple[mcp_types.Tool, ...] = ()
        self.problem = ""
        self._log_path = log_folder / f"{config.name}.log"
        self._client: Client | None = None
        self._owner: asyncio.Task[None] | None = None
        self._scope: anyio.CancelScope | None = None
        self._tried = asyncio.Event()
        self._look_again = asyncio.Event()
        self._over = False

    @property
    def running(self) -> bool:
        return self._client is not None

    @property
    def state(self) -> LinkState:
        """ended: it was stopped or went away; the next call starts it again."""
        if self.running:
            return "running"
        if self.problem:
            return "failed"
        return "ended" if self._over else "starting"

    async def start(self) -> None:
        """Returns when its tools are known, or why not (`problem`)."""
        if self._over and self._owner is not None:
            await asyncio.wait([self._owner])
        if self._owner is None or self._owner.done():
            self._tried, self._over, self.problem = asyncio.Event(), False, ""
            self._scope = anyio.CancelScope()
            live = self._live(self._scope)
            self._owner = asyncio.create_task(live, name=f"mcp {self.config.name}")
        await self._tried.wait()

    async def stop(self) -> None:
        """Ends it, and its process with it; what has not answered yet is not waited for."""
        within_s = LEAVE_WITHIN_S if self.running else 0.0
        self._leave()
        owner, scope = self._owner, self._scope
        if owner is None or scope is None:
            return
        await asyncio.wait([owner], timeout=within_s)
        # The scope, not the task: it respects the library's shield while the process is ended.
        scope.cancel()
        await asyncio.wait([owner], timeout=STOP_WITHIN_S - within_s)
        owner.cancel()
        await asyncio.gather(owner, return_exceptions=True)

    async def call(self, tool: str, arguments: dict[str, Any]) -> mcp_types.CallToolResult:
        """Raises ToolError; the server is started again by the next call if it died in this one."""
        await self.start()
        client, owner = self._client, self._owner
        if client is None or owner is None:
            raise ToolError(
                phrase("The server {name} is not there: {why}", name=self.config.name,
                       why=self.problem)
            )  # fmt: skip
        asked = asyncio.ensure_future(
            client.call_tool(tool, arguments, CALL_WITHIN_S, _went_on(progress.teller()))
        )
        try:
            await asyncio.wait({asked, owner}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                raise self._cut_off()
            return asked.result()
        except MCPError as error:
            raise self._told(error) from error
        except (RuntimeError, ValueError) as error:
            if owner.done() or _closed(client):
                raise self._cut_off() from error
            raise self._unreadable() from error
        except (httpx2.HTTPError, OSError) as error:
            raise self._cut_off() from error
        finally:
            asked.cancel()

    def _told(self, error: MCPError) -> ToolError:
        if error.code == _REQUEST_TIMEOUT:
            slow = phrase("The server {name} took too long to answer.", name=self.config.name)
            return ToolError(slow)
        if error.code == _CLOSED:
            return self._cut_off()
        said = visible(clipped(error.message, 300))
        refused = phrase("The server {name} refused: {why}", name=self.config.name, why=said)
        return ToolError(refused)

    def _cut_off(self) -> ToolError:
        self._leave()
        return ToolError(
            phrase("The server {name} went away in the middle of it. Whether it was done is not "
                   "known; the next call starts the server again.", name=self.config.name)
        )  # fmt: skip

    def _unreadable(self) -> ToolError:
        """The server is well: what others have asked of it goes on."""
        return ToolError(
            phrase("It was probably done, but the server {name} answered in a way that cannot be "
                   "read.", name=self.config.name)
        )  # fmt: skip

    def _leave(self) -> None:
        self._over, self._client = True, None
        self._look_again.set()

    async def _live(self, scope: anyio.CancelScope) -> None:
        try:
            with scope:
                async with self._connected() as client:
                    await self._serve(client)
        except TimeoutError:
            limit = f"{START_WITHIN_S:.0f}"
            self.problem = phrase("it did not answer within {limit} s.", limit=limit)
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            self.problem = _reason(error)
            _log.info("MCP server %s ended: %s", self.config.name, type(error).__name__)
        finally:
            self._client = None
            self._tried.set()

    async def _serve(self, client: Client) -> None:
        """Lists the tools now and whenever they change, until it is over."""
        while not self._over:
            self._look_again.clear()
            async with asyncio.timeout(START_WITHIN_S):
                self.offered = await _listed(client)
            self._client = client
            self._tried.set()
            await self._look_again.wait()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Client]:
        """Nothing of ours is lent to a server: no model to ask, no folders, no forms to show."""
        async with self._transport() as transport:
            client = Client(transport, message_handler=self._noticed, cache=None)
            with anyio.fail_after(START_WITHIN_S) as limit:
                async with client:
                    limit.deadline = math.inf
                    yield client

    @asynccontextmanager
    async def _transport(self) -> AsyncIterator[Any]:
        config = self.config
        if config.url:
            timeout = httpx2.Timeout(30.0, read=CALL_WITHIN_S + 10)
            async with httpx2.AsyncClient(headers=dict(config.headers), timeout=timeout) as web:
                yield streamable_http_client(config.url, http_client=web)
            return
        given = StdioServerParameters(
            command=config.command, args=list(config.args), env=dict(config.env), cwd=config.cwd
        )
        self._log_path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._log_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as errors:
            yield stdio_client(given, errlog=errors)

    async def _noticed(self, message: Any) -> None:
        if isinstance(getattr(message, "root", message), mcp_types.ToolListChangedNotification):
            self._look_again.set()


def _went_on(tell: Callable[[float], None]) -> ProgressFnT:
    """A server that says how far it is, and out of how much, is believed."""

    async def went_on(progress: float, total: float | None, message: str | None) -> None:
        if total is not None and 0 < total < math.inf:
            tell(progress / total)

    return went_on


def _closed(client: Client) -> bool:
    """Whether its connection is over, which the library says by raising."""
    try:
        return not client.session
    except RuntimeError:
        return True


async def _listed(client: Client) -> tuple[mcp_types.Tool, ...]:
    found: list[mcp_types.Tool] = []
    cursor: str | None = None
    for _ in range(MAX_PAGES):
        page = await client.list_tools(cursor=cursor)
        found += page.tools
        cursor = page.next_cursor
        if not cursor or len(found) >= MAX_TOOLS:
            break
    return tuple(found[:MAX_TOOLS])


def _reason(error: BaseException) -> str:
    """The first plain error inside what a group of tasks raised."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, FileNotFoundError):
        return phrase("its command is not installed here.")
    if isinstance(error, MCPError):
        return phrase("it ended or refused ({why}).", why=visible(clipped(error.message, 200)))
    kind = type(error).__name__
    return phrase("it cannot be reached or does not speak MCP ({kind}).", kind=kind)
