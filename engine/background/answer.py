"""What a language model answers, piece by piece, and how the pieces are read off the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from engine.background.faults import Fault, MindError
from engine.background.phrase import phrase
from engine.background.sse import DONE

MAX_CALLS = 32
MAX_ARGUMENTS = 1 << 20


@dataclass(frozen=True)
class Text:
    """Some more of what it says."""

    text: str


@dataclass(frozen=True)
class Thought:
    """Some more of what it thinks aloud; nobody but a progress bar needs it."""

    text: str


@dataclass(frozen=True)
class ToolCall:
    """It wants a tool used. arguments: JSON as it wrote it, not checked yet."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Usage:
    """Tokens that were used for this answer, as the server counted."""

    tokens_in: int
    tokens_out: int


@dataclass(frozen=True)
class Finished:
    """The answer is complete; only Usage may follow. reason: stop, length, tool_calls, …"""

    reason: str


Piece = Text | Thought | ToolCall | Usage | Finished


@dataclass
class Assembly:
    """Puts one answer together from the chunks of its stream, or from one whole message."""

    finished: bool = False
    _calls: dict[int, ToolCall] = field(default_factory=dict)

    def take(self, payload: str) -> Iterator[Piece]:
        """One chunk. Raises MindError: GARBLED for what is none, FAILED for an error in it."""
        if payload == DONE:
            yield from self.end()
            return
        try:
            chunk = json.loads(payload)
            if chunk.get("error"):  # some servers have the field in every chunk, empty
                raise _reported(chunk["error"])
            yield from self._chunk(chunk)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            message = phrase("The language model sent something that is no answer.")
            raise MindError(Fault.GARBLED, message) from None

    def end(self, reason: str = "stop") -> Iterator[Piece]:
        """The answer is over: the calls that were put together, then Finished; once only."""
        if not self.finished:
            self.finished = True
            yield from self._calls.values()
            yield Finished(reason)

    def _chunk(self, chunk: dict[str, Any]) -> Iterator[Piece]:
        usage = chunk.get("usage")
        if usage:
            yield Usage(int(usage["prompt_tokens"]), int(usage.get("completion_tokens") or 0))
        for choice in chunk.get("choices") or ():
            yield from self._said(choice.get("delta") or choice.get("message") or {})
            reason = choice.get("finish_reason")
            if reason:
                yield from self.end(str(reason))

    def _said(self, said: dict[str, Any]) -> Iterator[Piece]:
        thought = said.get("reasoning_content") or said.get("reasoning")
        if isinstance(thought, str):
            yield Thought(thought)
        if said.get("content"):
            yield Text(_text(said["content"]))
        for place, call in enumerate(said.get("tool_calls") or ()):
            self._call(call.get("index", place), call)

    def _call(self, index: int, part: dict[str, Any]) -> None:
        """Names and arguments come in parts; some servers send a whole call at once."""
        if index not in self._calls and len(self._calls) >= MAX_CALLS:
            message = phrase("The language model asked for too many things at once.")
            raise MindError(Fault.GARBLED, message)
        call = self._calls.get(index, ToolCall("", "", ""))
        function = part.get("function") or {}
        arguments = function.get("arguments") or ""
        if not isinstance(arguments, str):
            arguments = json.dumps(arguments)
        if len(call.arguments) + len(arguments) > MAX_ARGUMENTS:
            message = phrase("The language model did not stop writing to a tool.")
            raise MindError(Fault.GARBLED, message)
        self._calls[index] = replace(
            call,
            id=part.get("id") or call.id or f"call_{index}",
            name=function.get("name") or call.name,
            arguments=call.arguments + arguments,
        )


def _text(content: Any) -> str:
    """Content is a string, or a list of parts of which some are text."""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)


def _reported(error: Any) -> MindError:
    detail = error.get("message", "") if isinstance(error, dict) else str(error)
    message = phrase("The language model failed in the middle of its answer.")
    return MindError(Fault.FAILED, message, detail=str(detail)[:500])
