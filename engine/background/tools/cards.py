"""Showing the user a card, and waiting a while for what they answer on it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.background import abreast, sentences
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.parameters import closed, number
from engine.background.visible import quoted

MAX_MESSAGES = 20
LONGEST_WAIT_S = 50.0
_PARTS = (
    "Column, Row (children), Divider, Text (text), Image (url: data URI, alt), "
    'Button (text, action: {"event": {"name"}}), '
    'TextField, CheckBox, ChoicePicker (label, value: {"path"}), List (items), '
    "Checklist (items), Table (columns, rows), Chart (series), Timer (seconds), "
    "Progress (value), Code (text), Steps (steps)"
)


class Screen(Protocol):
    """Where cards are shown. Both may be called from the engine's event loop."""

    async def show(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """One after the other. Raises ToolError with the field that is refused."""
        ...

    async def answer(self, cards: frozenset[str], within_s: float) -> Mapping[str, Any] | None:
        """The next press on one of these cards, as A2UI sends it; None if there is none."""
        ...


@dataclass(frozen=True)
class ShowCard:
    """A card is only seen: what is pressed on it goes back to the mind and does nothing else."""

    screen: Screen

    name = "show_card"
    sentence = "Shows you a card to look at or fill in."
    risk = Risk.READ
    parameters = closed(
        ("messages",),
        messages={
            "type": "array", "minItems": 1, "maxItems": MAX_MESSAGES, "items": {"type": "object"},
            "description": "A2UI 0.9 messages: createSurface (surfaceId, title), updateComponents "
            "(surfaceId, components: a flat list with id and component, one called root), "
            f"updateDataModel (surfaceId, path, value), deleteSurface. Components: {_PARTS}.",
        },
        wait_s=number("how long to wait for a button to be pressed", 0, LONGEST_WAIT_S),
    )  # fmt: skip

    def preview(self, arguments: Arguments) -> str:
        return phrase("Show a card, or change one that is shown.")

    async def run(self, arguments: Arguments) -> ToolResult:
        messages: list[Mapping[str, Any]] = arguments["messages"]
        await self.screen.show(messages)
        wait_s = float(arguments.get("wait_s", 0))
        if not wait_s:
            return ToolResult(phrase(sentences.SHOWN))
        pressed = await self.screen.answer(_cards(messages), wait_s)
        if pressed is None:
            return ToolResult(phrase(sentences.NOT_PRESSED))
        abreast.know(time.monotonic())  # with the press came all that was filled in
        said = json.dumps(pressed, ensure_ascii=False)
        text = quoted("What the user answered", said)
        return ToolResult(text, spoken=phrase(sentences.ANSWERED))


def tools(screen: Screen) -> tuple[Tool, ...]:
    return (ShowCard(screen),)


def _cards(messages: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    bodies = [body for one in messages for body in one.values() if isinstance(body, Mapping)]
    named = frozenset(str(body["surfaceId"]) for body in bodies if "surfaceId" in body)
    if not named:
        raise ToolError(phrase("No message names a card by its surfaceId."))
    return named
