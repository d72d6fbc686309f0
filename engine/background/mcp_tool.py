"""A tool that an MCP server offers, as one of ours: our names, our checks, our view of its risk."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mcp import types as mcp_types

from engine.background import sentences
from engine.background.mcp_link import McpLink
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, ToolError, ToolResult
from engine.background.visible import clipped, in_few_words, quoted, visible, visible_value

MAX_SCHEMA = 32_000
MAX_SENTENCE = 300
_PICTURES = ("image/png", "image/jpeg")


@dataclass(frozen=True)
class McpTool:
    """limit_s is above the link's own, which has the better explanation."""

    link: McpLink
    theirs: str
    name: str
    sentence: str
    risk: Risk
    parameters: Mapping[str, Any]
    limit_s: float = 100.0

    def preview(self, arguments: Arguments) -> str:
        given = visible_value(dict(arguments))
        return phrase("Ask {server} to do {tool} with {arguments}", server=self.link.config.name,
                      tool=self.theirs, arguments=given)  # fmt: skip

    async def run(self, arguments: Arguments) -> ToolResult:
        result = await self.link.call(self.theirs, dict(arguments))
        said = clipped(_text(result), 40_000)
        if result.is_error:
            short = visible(clipped(said, 400))
            raise ToolError(
                phrase("{server} could not do {tool}: {why}", server=self.link.config.name,
                       tool=self.theirs, why=short)
            )  # fmt: skip
        text = quoted(f"{self.link.config.name}, asked for {self.theirs},", said)
        short = phrase(sentences.SERVER_ANSWERED, server=in_few_words(self.link.config.name))
        return ToolResult(text, _picture(result), spoken=short)


def tools_of(link: McpLink) -> tuple[McpTool, ...]:
    """What the server offers that can be used; a schema that cannot be checked is left out."""
    named: dict[str, McpTool] = {}
    for offered in link.offered:
        schema = offered.input_schema
        if len(json.dumps(schema, default=str)) > MAX_SCHEMA or schema.get("type") != "object":
            continue
        tool = _tool(link, offered)
        named.setdefault(tool.name, tool)
    return tuple(named.values())


def _tool(link: McpLink, offered: mcp_types.Tool) -> McpTool:
    name = f"{_plain(link.config.name)}__{_plain(offered.name)}"[:64]
    said = visible(" ".join((offered.description or offered.name).split()))[:MAX_SENTENCE]
    sentence = f"{link.config.name}: {said}"
    return McpTool(link, offered.name, name, sentence, _risk(link, offered), offered.input_schema)


def _risk(link: McpLink, offered: mcp_types.Tool) -> Risk:
    """The user's word for the server; a tool that calls itself destructive is believed."""
    hints = offered.annotations
    if hints is not None and hints.destructive_hint and link.config.risk is not Risk.READ:
        return Risk.LASTING
    return link.config.risk


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or "tool"


def _text(result: mcp_types.CallToolResult) -> str:
    parts = [_said(part) for part in result.content]
    said = "\n".join(part for part in parts if part)
    if not said and result.structured_content is not None:
        return json.dumps(result.structured_content, ensure_ascii=False, default=str)
    return said


def _said(part: Any) -> str:
    if isinstance(part, mcp_types.TextContent):
        return part.text
    if isinstance(part, mcp_types.EmbeddedResource):
        return str(getattr(part.resource, "text", ""))
    return f"(a link to {part.uri})" if isinstance(part, mcp_types.ResourceLink) else ""


def _picture(result: mcp_types.CallToolResult) -> bytes | None:
    for part in result.content:
        if isinstance(part, mcp_types.ImageContent) and part.mime_type in _PICTURES:
            try:
                return base64.b64decode(part.data, validate=True)
            except (ValueError, binascii.Error):
                return None
    return None
