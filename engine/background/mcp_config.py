"""The user's MCP servers: the JSON that other programs' documentation gives to paste, read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from engine.background.phrase import later, phrase
from engine.background.tool import Risk, ToolError
from engine.background.visible import visible

MAX_SERVERS = 32
MAX_CHARACTERS = 200_000
BAD_NAME = later("A server needs a short name of letters, digits, dots and dashes, not {name}.")
SAMPLE = """{"mcpServers": {
  "time": {"command": "mcp-server-time", "args": ["--local-timezone", "UTC"]}
}}"""
EXAMPLE = '{"mcpServers": {"NAME": {...}}}'
NO_JSON = later("That is no JSON, from line {line}, column {column} on ({why}). Paste all of it, "
                "with the outer braces.")  # fmt: skip
_HTTP = ("http", "streamable-http", "streamablehttp", "streamable_http")


@dataclass(frozen=True)
class ServerConfig:
    """One server: a command that is started here, or an address. risk: what the user thinks of it.

    A server's own opinion of its tools can make them riskier, never safer: only `risk` can.
    """

    name: str
    command: str = ""
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: str | None = None
    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    risk: Risk = Risk.OUTSIDE
    disabled: bool = False

    @property
    def target(self) -> str:
        """What is run or asked, for people: without secrets."""
        return self.url.split("?")[0] or " ".join([self.command, *self.args])


def parse(text: str) -> tuple[ServerConfig, ...]:
    """Servers from `{"mcpServers": {name: {...}}}`, with or without the outer name.

    Raises ToolError that names the server and the field.
    """
    if len(text) > MAX_CHARACTERS:
        raise ToolError(phrase("That is too long to be a list of servers."))
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        wrong = phrase(NO_JSON, line=error.lineno, column=error.colno, why=error.msg)
        raise ToolError(wrong) from error
    except (ValueError, RecursionError) as error:
        raise ToolError(phrase("That is no list of servers: it is nested too deeply.")) from error
    return tuple(_usable(_server(str(name), item)) for name, item in _listed(value).items())


def _listed(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        for key in ("mcpServers", "servers"):
            if isinstance(value.get(key), dict):
                value = value[key]
                break
    if not isinstance(value, dict) or not value or len(value) > MAX_SERVERS:
        raise ToolError(phrase("That names no servers: it should hold {example}.", example=EXAMPLE))
    return value


def _server(name: str, item: Any) -> ServerConfig:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}", name):
        raise ToolError(phrase(BAD_NAME, name=visible(name[:40]) or "“”"))
    if not isinstance(item, dict):
        raise _wrong(name, phrase("its settings are no object"))
    url, command = item.get("url") or item.get("serverUrl") or "", item.get("command") or ""
    kind = str(item.get("type") or item.get("transport") or ("http" if url else "stdio")).casefold()
    if kind == "stdio" and isinstance(command, str) and command and not url:
        return _started(name, command, item)
    if kind in _HTTP and isinstance(url, str) and urlsplit(url).scheme in ("http", "https"):
        return _reached(name, url, item)
    if kind == "sse":
        old = phrase("it uses the old SSE transport; ask for its streamable HTTP address")
        raise _wrong(name, old)
    raise _wrong(name, phrase("it needs a command to start, or an address beginning with http"))


def _usable(server: ServerConfig) -> ServerConfig:
    """No program and no file takes a null character or half of a pair."""
    texts = (
        server.command, *server.args, server.cwd or "", server.url,
        *server.env, *server.env.values(), *server.headers, *server.headers.values(),
    )  # fmt: skip
    if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for text in texts for letter in text):
        raise _wrong(server.name, phrase("it holds characters that no program takes"))
    return server


def _started(name: str, command: str, item: dict[str, Any]) -> ServerConfig:
    cwd = item.get("cwd")
    args = item.get("args") or []
    if not isinstance(args, list) or not all(isinstance(arg, str) for arg in args):
        raise _wrong(name, phrase("args has to be a list of texts"))
    if cwd is not None and not isinstance(cwd, str):
        raise _wrong(name, phrase("cwd has to be a folder"))
    env = _texts(name, "env", item)
    return ServerConfig(name, command, tuple(args), env, cwd, risk=_risk(name, item),
                        disabled=item.get("disabled") is True)  # fmt: skip


def _reached(name: str, url: str, item: dict[str, Any]) -> ServerConfig:
    headers = _texts(name, "headers", item)
    return ServerConfig(name, url=url, headers=headers, risk=_risk(name, item),
                        disabled=item.get("disabled") is True)  # fmt: skip


def _texts(name: str, field_: str, item: dict[str, Any]) -> dict[str, str]:
    given = item.get(field_) or {}
    if not isinstance(given, dict) or not all(isinstance(text, str) for text in given.values()):
        raise _wrong(name, phrase("{field} has to hold texts", field=field_))
    return dict(given)


def _risk(name: str, item: dict[str, Any]) -> Risk:
    try:
        risk = Risk(item.get("risk", Risk.OUTSIDE))
    except ValueError as error:
        raise _wrong(name, phrase("risk is one of {risks}", risks=", ".join(Risk))) from error
    if risk is Risk.REVERSIBLE:
        told = phrase("nothing can be undone at a server: risk is read, outside or lasting")
        raise _wrong(name, told)
    return risk


def _wrong(name: str, why: str) -> ToolError:
    return ToolError(phrase("The server {name} cannot be used: {why}.", name=name, why=why))


def as_json(server: ServerConfig) -> dict[str, Any]:
    """As `parse` reads it."""
    item: dict[str, Any] = {"risk": str(server.risk)}
    if server.url:
        item |= {"type": "http", "url": server.url, "headers": dict(server.headers)}
    else:
        item |= {"command": server.command, "args": list(server.args), "env": dict(server.env)}
    if server.cwd:
        item["cwd"] = server.cwd
    return item | ({"disabled": True} if server.disabled else {})
