"""The clipboard, which the app lends."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.listing import counted
from engine.background.tools.parameters import closed, text
from engine.background.visible import clipped, quoted

MAX_TEXT = 20_000
KEPT = 8


class Clipboard(Protocol):
    """The system's clipboard. All may be called from the engine's event loop; raise ToolError."""

    async def read(self) -> str:
        """Its text; "" when it holds none, or something that asked not to be read."""
        ...

    async def write(self, text: str) -> None: ...

    async def keep(self) -> Any:
        """All that it holds, pictures, files and what must not be read too, for `put_back`; None
        where that is too much."""
        ...

    async def put_back(self, kept: Any) -> None: ...


@dataclass(frozen=True)
class ReadClipboard:
    clipboard: Clipboard

    name = "read_clipboard"
    sentence = "Reads what was copied."
    risk = Risk.READ
    parameters = closed()

    def preview(self, arguments: Arguments) -> str:
        return phrase("Read the text on the clipboard.")

    async def run(self, arguments: Arguments) -> ToolResult:
        copied = await self.clipboard.read()
        if not copied:
            return ToolResult(phrase(sentences.NOTHING_COPIED))
        text = quoted("The clipboard", clipped(copied, MAX_TEXT))
        return ToolResult(text, spoken=counted(copied))


@dataclass(frozen=True)
class WriteClipboard:
    """What was copied before is kept in memory alone: a clipboard holds people's passwords."""

    clipboard: Clipboard
    before: dict[str, tuple[Any, str]] = field(default_factory=dict)

    name = "write_clipboard"
    sentence = "Copies a text for pasting."
    risk = Risk.REVERSIBLE
    parameters = closed(("text",), text=text("what to copy", MAX_TEXT))

    def preview(self, arguments: Arguments) -> str:
        return phrase("Put on the clipboard: {text}", text=arguments["text"])

    async def run(self, arguments: Arguments) -> ToolResult:
        token, before = secrets.token_hex(8), await self.clipboard.keep()
        await self.clipboard.write(arguments["text"])
        if before is None:
            return ToolResult(phrase(sentences.COPIED))
        self.before[token] = (before, arguments["text"])
        while len(self.before) > KEPT:
            self.before.pop(next(iter(self.before)))
        return ToolResult(phrase(sentences.COPIED), undo=token)

    async def undo(self, token: str) -> str:
        before, ours = self.before.get(token, (None, ""))
        if before is None:
            raise ToolError(phrase("What was on the clipboard before is no longer known."))
        if await self.clipboard.read() != ours:
            raise ToolError(phrase("Something else was copied since then, and it stays."))
        await self.clipboard.put_back(before)
        del self.before[token]
        return phrase("The clipboard holds what it held before.")

    def forget(self) -> None:
        self.before.clear()


def tools(clipboard: Clipboard) -> tuple[Tool, ...]:
    return (ReadClipboard(clipboard), WriteClipboard(clipboard))
