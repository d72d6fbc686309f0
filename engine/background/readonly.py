"""A belt for where nobody is there to be asked: only tools that look and change nothing."""

from __future__ import annotations

from collections.abc import Iterable

from engine.background.phrase import phrase
from engine.background.schema import checked
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools import calculator, clock
from engine.background.tools.instants import Clocks


class ReadOnly:
    """A Toolbelt of those of `tools` that only read; None: clock and calculator."""

    def __init__(self, tools: Iterable[Tool] | None = None) -> None:
        given = (*clock.tools(Clocks()), *calculator.tools()) if tools is None else tools
        self._tools = tuple(tool for tool in given if tool.risk is Risk.READ)

    def tools(self) -> tuple[Tool, ...]:
        return self._tools

    async def call(self, name: str, arguments: Arguments, task_id: str) -> ToolResult:
        for tool in self._tools:
            if tool.name == name:
                return await tool.run(checked(name, tool.parameters, arguments))
        raise ToolError(phrase("There is no tool {tool} here now.", tool=name[:64]))
