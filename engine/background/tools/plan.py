"""The steps of a long task, as the mind sets them, and how many of them are done."""

from __future__ import annotations

from dataclasses import dataclass

from engine.background import progress, sentences
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.parameters import closed, text, whole

MAX_STEPS = 20


@dataclass(frozen=True)
class ShowPlan:
    """What it shows is how far the task is; it does nothing."""

    name = "show_plan"
    sentence = "Shows you the steps of a task and how many are done."
    risk = Risk.READ
    parameters = closed(
        ("steps", "done"),
        steps={
            "type": "array", "minItems": 1, "maxItems": MAX_STEPS,
            "items": text("a few words", 100),
            "description": "all steps, in the user's language; call it before the first of several "
            "and again with each that is done",
        },
        done=whole("how many of them are done by now", 0, MAX_STEPS),
    )  # fmt: skip

    def preview(self, arguments: Arguments) -> str:
        steps, done = arguments["steps"], arguments["done"]
        if done > len(steps):
            what = phrase("There are {count} steps: no more of them can be done.", count=len(steps))
            raise ToolError(what)
        return phrase("Show that {done} of {count} steps are done.", done=done, count=len(steps))

    async def run(self, arguments: Arguments) -> ToolResult:
        progress.planned(arguments["done"], tuple(arguments["steps"]))
        return ToolResult(phrase(sentences.SHOWN))


def tools() -> tuple[Tool, ...]:
    return (ShowPlan(),)
