"""One task on its way: the mind is asked, its tools are used, until it has nothing more to ask."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

from engine.background import prompt
from engine.background.answer import Finished, Text, Thought, ToolCall, Usage
from engine.background.budget import CHARACTERS_A_TOKEN, Purse
from engine.background.direct import Call
from engine.background.endpoint import Senses
from engine.background.faults import Fault, MindError
from engine.background.mind import Mind
from engine.background.package import ContextPackage
from engine.background.phrase import phrase
from engine.background.telling import Kind, Telling
from engine.background.tool import Toolbelt, ToolError, ToolResult
from engine.background.tools import recognising
from engine.background.tools.looking import png
from engine.microturn import Json

# How servers say that it is the sound, a picture or the tools that they do not take, and not that
# there is too much of it or that something broke.
SENSES = ("audio", "image", "vision", "modal", "content", "tool")
CUT_SHORT = "(The language model reached its limit here; the answer is not complete.)"


@dataclass(frozen=True)
class Ways:
    """How an errand reaches the world. post: a result; note: what it does now, for people; ask:
    whether this was understood, answered with the right words."""

    post: Callable[[Kind, str], None]
    note: Callable[[str], None]
    ask: Callable[[str], Awaitable[str]]


@dataclass
class _Round:
    """One answer of the mind: what it said and what it wants used. came: characters of all that
    it wrote, its thoughts too; counted: whether the server said what that was in tokens."""

    said: str = ""
    calls: list[ToolCall] = field(default_factory=list)
    came: int = 0
    counted: bool = False


class Errand:
    """`run` once. Raises MindError, OverBudget; being cancelled leaves no connection."""

    def __init__(
        self, task_id: str, package: ContextPackage, mind: Mind, belt: Toolbelt, purse: Purse,
        ways: Ways,
    ) -> None:  # fmt: skip
        self._task_id, self._package = task_id, package
        self._mind, self._belt, self._purse, self._ways = mind, belt, purse, ways
        self._begun = False

    async def run(self, call: Call | None = None) -> None:
        """call: of a tool that is used before the mind is asked."""
        messages, last = await self._begin(await self._brought(call) if call else None)
        while last.calls:
            messages.append(_wanted(last))
            messages += await self._results(last.calls)
            last = await self._round(messages, acts=True)

    async def _brought(self, call: Call) -> prompt.Brought:
        made = ToolCall("", call.name, json.dumps(dict(call.arguments)))
        return prompt.Brought(call.name, await self._use(made))

    async def _begin(self, brought: prompt.Brought | None) -> tuple[list[Json], _Round]:
        """The first round, with as much of the package as the mind turns out to take. What it
        refused by name it is not offered again; what else made it fail may pass."""
        endpoint, named = self._mind.endpoint, False
        senses = replace(endpoint.senses, sees=endpoint.senses.sees and endpoint.may_be_shown)
        while True:
            transcript = await self._understood(senses, doubt=brought is None)
            await self._read_screen(senses)
            messages = prompt.messages(self._package, senses, transcript, brought)
            try:
                first = await self._round(messages, senses.acts)
            except MindError as error:
                narrower = _narrower(self._package, senses, error.detail)
                begun = self._begun or error.fault not in (Fault.REFUSED, Fault.FAILED)
                if begun or narrower is None:  # what was answered in part is not asked for again
                    raise
                named |= any(word in error.detail.casefold() for word in SENSES)
                senses = narrower
                continue
            if named:
                self._mind.narrow(senses)
            return messages, first

    async def _read_screen(self, senses: Senses) -> None:
        """The text on the screen, for a mind that cannot look at the picture and may. Only for
        such a one: reading takes seconds, and whoever sees is not kept waiting for it."""
        shown = [one for one in self._package.seen if one.frame.source == "screen"]
        wanted = shown and not senses.sees and not self._package.screen_text
        if not wanted or not self._mind.endpoint.may_be_shown or not recognising.installed():
            return
        self._ways.note(phrase("reads the screen"))
        picture = await asyncio.to_thread(png, shown[-1].frame)
        text = await recognising.recognised(picture)
        self._package = replace(self._package, screen_text=text or "").bounded()

    async def _understood(self, senses: Senses, doubt: bool) -> str:
        """A transcript of the request, where one is to be had. Where the mind cannot hear and
        nobody else can, the user says whether the request was understood, if there is doubt."""
        sound = self._package.sound
        if sound is None or not self._package.spoken or senses.hears:
            return ""
        if self._mind.endpoint.transcriber:
            self._ways.note(phrase("listens to the request again"))
            return await self._mind.transcribe(sound.wav)
        if not doubt:
            return ""
        request = await self._ways.ask(self._package.request)
        self._package = replace(self._package, request=request, spoken=False)
        return ""

    async def _round(self, messages: Sequence[Json], acts: bool) -> _Round:
        self._purse.check()
        tools = prompt.described(self._belt.tools()) if acts else []
        this, telling = _Round(), Telling()
        try:
            async with aclosing(self._mind.answer(messages, tools)) as pieces:
                async for piece in pieces:
                    self._take(piece, this, telling)
        finally:
            if this.came and not this.counted:  # an answer that broke off was not for nothing
                self._purse.pay(_size(messages), this.came // CHARACTERS_A_TOKEN)
        for kind, text in telling.finish():
            self._ways.post(kind, text)
        return this

    def _take(self, piece: object, this: _Round, telling: Telling) -> None:
        self._begun = True
        match piece:
            case Text(text):
                this.came += len(text)
                self._purse.stream(len(text))
                this.said += text
                for kind, told in telling.feed(text):
                    self._ways.post(kind, told)
            case Thought(text):
                this.came += len(text)
                self._purse.stream(len(text))
            case ToolCall():
                this.came += len(piece.name) + len(piece.arguments)
                this.calls.append(piece)
            case Usage(tokens_in, tokens_out):
                this.counted = True
                self._purse.pay(tokens_in, tokens_out)
            case Finished("length"):
                self._ways.post("thinking", CUT_SHORT)

    async def _results(self, calls: Sequence[ToolCall]) -> list[Json]:
        """What the tools said, and after that what they showed."""
        said: list[Json] = []
        seen: list[Json] = []
        for call in calls:
            result = await self._use(call)
            text = prompt.of_tool(call.name, result)
            said.append({"role": "tool", "tool_call_id": call.id, "content": text})
            if self._mind.endpoint.senses.sees:
                seen += prompt.shown(call.name, result)
        return said + ([{"role": "user", "content": seen}] if seen else [])

    async def _use(self, call: ToolCall) -> ToolResult:
        """What cannot be done is told to the mind, which may do better. Raises OverBudget."""
        self._purse.call(call.name, call.arguments)
        try:
            arguments = _arguments(call)
            self._ways.note(self._rehearsed(call.name, arguments))
            result = await self._belt.call(call.name, arguments, self._task_id)
        except ToolError as error:
            return ToolResult(f"This was not done: {error}")
        if result.image is not None and not self._mind.endpoint.may_be_shown:
            return replace(result, text=prompt.UNSHOWN, image=None)
        return result

    def _rehearsed(self, name: str, arguments: dict[str, Any]) -> str:
        for tool in self._belt.tools():
            if tool.name == name:
                return tool.sentence
        raise ToolError(f"there is no tool {name[:64]!r} here")


def _arguments(call: ToolCall) -> dict[str, Any]:
    try:
        arguments = json.loads(call.arguments or "{}")
    except (ValueError, RecursionError):
        arguments = None
    if not isinstance(arguments, dict):
        raise ToolError("the arguments are no JSON object")
    return arguments


def _wanted(last: _Round) -> Json:
    return {
        "role": "assistant",
        "content": last.said or None,
        "tool_calls": [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.arguments or "{}"},
            }
            for call in last.calls
        ],
    }


def _narrower(package: ContextPackage, senses: Senses, why: str) -> Senses | None:
    """Without what the mind may have refused: tools, where it names them (as vLLM does that was
    started without a parser for calls, and Ollama for models without); else the sound, then the
    pictures."""
    if senses.acts and "tool" in why.casefold():
        return replace(senses, acts=False)
    spoken = package.sound is not None and package.spoken
    if senses.hears and (spoken or package.system is not None):
        return replace(senses, hears=False)
    return replace(senses, sees=False) if senses.sees and package.seen else None


def _size(messages: Sequence[Json]) -> int:
    """Tokens, roughly, where the server does not say."""
    texts = [message["content"] for message in messages if isinstance(message["content"], str)]
    return sum(map(len, texts)) // CHARACTERS_A_TOKEN
