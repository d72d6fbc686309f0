"""Typing and clicking for the user: seen while it happens, and stopped by one key.

The app lends the hands (see Hands); nothing moves that was not approved as it was shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from engine.background import progress, sentences
from engine.background.phrase import later, phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.parameters import closed, one_of, text, whole

CHUNK = 8  # characters between two looks at the stop key
PACE_S = 0.05
TYPED = later("{some} of {all} characters were typed")
KEYS = (
    "Enter", "Tab", "Escape", "Backspace", "Delete", "Home", "End", "PageUp", "PageDown",
    "Left", "Right", "Up", "Down", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+S",
    "Ctrl+F", "Ctrl+N", "Ctrl+T", "Ctrl+Home", "Ctrl+End",
)  # fmt: skip

BUTTONS = {"left": later("left"), "right": later("right"), "double": later("double")}


class Hands(Protocol):
    """Keyboard and mouse of this desktop. Each raises ToolError when the desktop forbids it.

    show: says on the screen that Aside is typing or clicking, before it does; hide: no longer.
    window: the title of the window that would get it, asked again before every stroke.
    stopped: whether the user has stopped all tools.
    can_type: whether every letter of a text would arrive.
    """

    def show(self, what: str) -> None: ...

    def hide(self) -> None: ...

    def window(self) -> str: ...

    def stopped(self) -> bool: ...

    def can_type(self, text: str) -> bool: ...

    def type_text(self, text: str) -> None: ...

    def press(self, key: str) -> None: ...

    def click(self, x: int, y: int, button: str) -> None: ...


@dataclass(frozen=True)
class TypeText:
    hands: Hands
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    name = "type_text"
    sentence = "Types into the window in front."
    risk = Risk.LASTING
    limit_s = 120.0
    parameters = closed(("text",), text=text("what to type; a line break presses Enter", 1000))

    def preview(self, arguments: Arguments) -> str:
        _typable(self.hands, arguments["text"])
        window = self.hands.window()
        return phrase("Type into {window}: {text}", window=window, text=arguments["text"])

    def scope(self, arguments: Arguments) -> tuple[str, str]:
        window = self.hands.window()
        words = phrase("typing exactly this into {window}", window=window)
        return f"{window}: {arguments['text']}", words

    async def run(self, arguments: Arguments) -> ToolResult:
        typed, window = arguments["text"], self.hands.window()
        _typable(self.hands, typed)
        self.hands.show(phrase("Aside is typing into {window}", window=window))
        try:
            for begin in range(0, len(typed), CHUNK):
                _go_on(self.hands, window, phrase(TYPED, some=begin, all=len(typed)))
                self._strokes(typed[begin : begin + CHUNK])
                progress.tell(min(1.0, (begin + CHUNK) / len(typed)))
                await self.pause(PACE_S)
        finally:
            self.hands.hide()
        text = phrase("Typed into {window}.", window=window)
        return ToolResult(text, spoken=phrase(sentences.TYPED))

    def _strokes(self, part: str) -> None:
        for number, line in enumerate(part.split("\n")):
            if number:
                self.hands.press("Enter")
            if line:
                self.hands.type_text(line)


@dataclass(frozen=True)
class PressKey:
    hands: Hands

    name = "press_key"
    sentence = "Presses a key."
    risk = Risk.LASTING
    parameters = closed(("key",), key=one_of("which", *KEYS))

    def preview(self, arguments: Arguments) -> str:
        window = self.hands.window()
        return phrase("Press {key} in {window}.", key=arguments["key"], window=window)

    def scope(self, arguments: Arguments) -> tuple[str, str]:
        window = self.hands.window()
        words = phrase("pressing {key} in {window}", key=arguments["key"], window=window)
        return f"{window}: {arguments['key']}", words

    async def run(self, arguments: Arguments) -> ToolResult:
        window = self.hands.window()
        self.hands.show(phrase("Aside presses {key}", key=arguments["key"]))
        try:
            _go_on(self.hands, window, phrase("nothing was pressed"))
            self.hands.press(arguments["key"])
        finally:
            self.hands.hide()
        text = phrase("Pressed {key} in {window}.", key=arguments["key"], window=window)
        return ToolResult(text, spoken=phrase(sentences.PRESSED))


@dataclass(frozen=True)
class Click:
    hands: Hands

    name = "click"
    sentence = "Clicks somewhere on the screen."
    risk = Risk.LASTING
    parameters = closed(
        ("x", "y"),
        x=whole("pixels from the left", 0, 32_767),
        y=whole("pixels from the top", 0, 32_767),
        button=one_of("left out: left", "left", "right", "double"),
    )

    def preview(self, arguments: Arguments) -> str:
        how = arguments.get("button", "left")
        x, y, window = arguments["x"], arguments["y"], self.hands.window()
        return phrase("Click ({how}) at {x}, {y} over {window}.", how=BUTTONS[how], x=x, y=y,
                      window=window)  # fmt: skip

    def scope(self, arguments: Arguments) -> tuple[str, str]:
        window = self.hands.window()
        words = phrase("this click over {window}", window=window)
        return f"{window}: {sorted(arguments.items())}", words

    async def run(self, arguments: Arguments) -> ToolResult:
        window = self.hands.window()
        self.hands.show(phrase("Aside clicks"))
        try:
            _go_on(self.hands, window, phrase("nothing was clicked"))
            self.hands.click(arguments["x"], arguments["y"], arguments.get("button", "left"))
        finally:
            self.hands.hide()
        text = phrase("Clicked at {x}, {y}.", x=arguments["x"], y=arguments["y"])
        return ToolResult(text, spoken=phrase(sentences.CLICKED))


def _typable(hands: Hands, typed: str) -> None:
    """Control characters are keys with meanings of their own; a person cannot see them."""
    if not all(letter.isprintable() or letter == "\n" for letter in typed):
        raise ToolError(
            phrase("That text holds characters that cannot be seen, so it is not typed.")
        )
    if not hands.can_type(typed):
        raise ToolError(
            phrase("This keyboard cannot type all of these letters. Copy them for pasting.")
        )


def _go_on(hands: Hands, window: str, so_far: str) -> None:
    if hands.stopped():
        raise ToolError(phrase("The user stopped it: {so_far}.", so_far=so_far))
    if hands.window() != window:
        raise ToolError(phrase("Another window came to the front: {so_far}.", so_far=so_far))


def tools(hands: Hands) -> tuple[Tool, ...]:
    return (TypeText(hands), PressKey(hands), Click(hands))
