"""Running a command, in a box, where the user switched it on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.parameters import closed, text
from engine.background.tools.sandbox import LIMIT_S, Sandbox, probe
from engine.background.visible import quoted


@dataclass(frozen=True)
class RunCommand:
    """box: a Sandbox, or why there is none."""

    box: Sandbox | str

    name = "run_command"
    sentence = "Runs a command in a closed box without network."
    risk = Risk.LASTING
    limit_s = LIMIT_S + 10.0
    parameters = closed(("line",), line=text("a line for sh; /work can be written to", 2000))

    def preview(self, arguments: Arguments) -> str:
        if "\x00" in arguments["line"]:
            raise ToolError(phrase("That is no command."))
        folder = self._box().workplace
        return phrase(
            "Run in the folder {folder}, enclosed: {line}", folder=folder, line=arguments["line"]
        )

    async def run(self, arguments: Arguments) -> ToolResult:
        status, printed = await self._box().run(arguments["line"])
        said = phrase(sentences.COMMAND_FAILED if status else sentences.COMMAND_DONE)
        text = quoted(f"The command, ended with status {status},", printed)
        return ToolResult(text, spoken=said)

    def _box(self) -> Sandbox:
        if isinstance(self.box, str):
            raise ToolError(self.box)
        return self.box


def tools(workplace: Path) -> tuple[Tool, ...]:
    """Tries the box at once: it takes a moment, and only people who switched it on wait."""
    return (RunCommand(probe(workplace)),)
