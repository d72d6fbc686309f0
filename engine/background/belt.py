"""The belt: every tool there is, and the one way to use any of them.

A call is found, checked, rehearsed, approved, logged, run and logged again, in this order; nothing
runs that was not shown as it runs, and nothing but a look runs that cannot be logged.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, NoReturn

from engine.background.act_log import ActLog, Entry
from engine.background.approval import Approver
from engine.background.phrase import later, mapped, of_error, phrase, shortened
from engine.background.schema import checked
from engine.background.tool import (
    Arguments,
    Forgetful,
    Refusal,
    Risk,
    Tool,
    ToolError,
    ToolResult,
    Undoable,
)
from engine.background.visible import clipped, visible

_log = logging.getLogger(__name__)
LIMIT_S = 60.0
MAX_TEXT = 60_000
MAX_IMAGE_BYTES = 16 << 20
MAX_PREVIEW = 2_000
MAX_TASKS = 200
SLOW = later("{tool} took longer than {limit} s: stopped.")
FAILED = later("{tool} failed ({kind}).")
TAKEN_BACK = later("Taken back, because you corrected it: {what}")
NOT_AS_SHOWN = later("That is not as you saw it any more, so I did not do it.")
NOT_TAKEN_BACK = later("You corrected this, but it could not be taken back: {why}")


class Belt:
    """A Toolbelt. own: the built-in tools; more: those that come and go, such as MCP servers'."""

    def __init__(
        self,
        own: Iterable[Tool],
        approver: Approver,
        log: ActLog,
        more: Callable[[], Iterable[Tool]] = tuple,
    ) -> None:
        self._own = tuple(own)
        self._more = more
        self.approver = approver
        self.log = log
        # Ids of entries that can be taken back, by task: what holds, and what turned out wrong.
        self._done: dict[str, list[str]] = {}
        self._wrong: dict[str, tuple[list[str], Callable[[str], None]]] = {}

    def tools(self) -> tuple[Tool, ...]:
        """In a fixed order; of two tools with one name, the first, so that ours cannot be posed."""
        named: dict[str, Tool] = {}
        for tool in (*self._own, *self._more()):
            named.setdefault(tool.name, tool)
        return tuple(named.values())

    def rehearse(self, name: str, arguments: Arguments) -> str:
        """The dry run: what a call would do, in words. Raises ToolError."""
        tool = self._tool(name)
        return _preview(tool, checked(name, tool.parameters, arguments))

    async def call(self, name: str, arguments: Arguments, task_id: str) -> ToolResult:
        """Raises ToolError: unknown, unusable, not approved, not logged, failed, too slow."""
        tool = self._tool(name)
        exact = checked(name, tool.parameters, arguments)
        entry = self._begun(tool, exact, _preview(tool, exact), task_id)
        entry = await self._approved(tool, exact, entry)
        if tool.risk is not Risk.READ:
            self._check_shown(tool, exact, entry)
            await self.take_back(task_id)
        return await self._run(tool, exact, entry)

    async def undo(self, entry_id: str) -> str:
        """Takes back what a logged call did, and says so. Raises ToolError."""
        entry = self.log.entry(entry_id)
        if entry is None or entry.undo is None or not entry.undoable:
            what = visible(entry_id)
            raise ToolError(phrase("There is nothing to undo about {what}.", what=what))
        tool = self._tool(entry.tool)
        if not isinstance(tool, Undoable):
            raise ToolError(phrase("{tool} cannot take back what it did.", tool=entry.tool))
        said = await _undone(tool, entry.tool, entry.undo)
        self._note(entry, state="undone", undo=None)
        return said

    def correct(self, task_id: str, told: Callable[[str], None]) -> None:
        before, _ = self._wrong.pop(task_id, ([], told))
        wrong = before + self._done.pop(task_id, [])
        if wrong:
            self._wrong[task_id] = wrong, told
        _bound(self._wrong)

    async def take_back(self, task_id: str) -> None:
        """The newest first. What was taken back by hand meanwhile is no news."""
        wrong, told = self._wrong.pop(task_id, ([], _nobody))
        for entry_id in reversed(wrong):
            try:
                entry = self.log.entry(entry_id)
                if entry is not None and entry.undoable:
                    told(phrase(TAKEN_BACK, what=await self.undo(entry_id)))
            except ToolError as error:
                told(phrase(NOT_TAKEN_BACK, why=of_error(error)))

    def forget(self) -> None:
        """Empties the log, and with it every way to undo and what was kept for that."""
        self.log.forget()
        for tool in self.tools():
            if isinstance(tool, Forgetful):
                tool.forget()

    def _tool(self, name: str) -> Tool:
        for tool in self.tools():
            if tool.name == name:
                return tool
        raise ToolError(phrase("There is no tool {tool} here now.", tool=visible(name[:80])))

    def _begun(self, tool: Tool, exact: dict[str, Any], preview: str, task_id: str) -> Entry:
        return self.log.begin(tool.name, str(tool.risk), preview, exact, task_id)

    async def _approved(self, tool: Tool, exact: dict[str, Any], entry: Entry) -> Entry:
        """Logged as begun before it begins: an act without a trace must not be possible."""
        try:
            how = await self.approver.approve(tool, exact, entry.preview, entry.task_id)
        except asyncio.CancelledError:
            self._note(entry, state="cancelled")
            raise
        except ToolError as error:
            why = error.why if isinstance(error, Refusal) else of_error(error)
            self._note(entry, state="refused", note=why)
            raise
        if tool.risk is Risk.READ:
            return self._note(entry, approval=how)
        return self.log.write(entry, approval=how)

    def _check_shown(self, tool: Tool, exact: dict[str, Any], entry: Entry) -> None:
        """Who approves may take two minutes: what would be done now is still what they saw."""
        try:
            changed = _preview(tool, exact) != entry.preview
        except ToolError as error:
            self._note(entry, state="failed", note=of_error(error))
            raise
        if changed:
            told = phrase(NOT_AS_SHOWN)
            self._note(entry, state="failed", note=told)
            raise ToolError(told)

    async def _run(self, tool: Tool, exact: dict[str, Any], entry: Entry) -> ToolResult:
        limit_s = getattr(tool, "limit_s", LIMIT_S)
        try:
            # Not wait_for: before Python 3.12 it loses a cancelling that comes with the end.
            async with asyncio.timeout(limit_s):
                result = await tool.run(exact)
        except asyncio.CancelledError:
            self._note(entry, state="cancelled")
            raise
        except ToolError as error:
            self._note(entry, state="failed", note=of_error(error))
            raise
        except TimeoutError as error:
            slow = phrase(SLOW, tool=tool.name, limit=f"{limit_s:.0f}")
            self._failed(entry, slow, error)
        except Exception as error:
            kind = type(error).__name__
            _log.warning("tool %s failed: %s", tool.name, kind)
            self._failed(entry, phrase(FAILED, tool=tool.name, kind=kind), error)
        said = "" if tool.risk is Risk.READ else shortened(result.text, 200)
        self._note(entry, state="done", note=said, undo=result.undo)
        if result.undo is not None:
            self._done.setdefault(entry.task_id, []).append(entry.id)
            _bound(self._done)
        return _bounded(result)

    def _failed(self, entry: Entry, message: str, error: Exception) -> NoReturn:
        self._note(entry, state="failed", note=message)
        raise ToolError(message) from error

    def _note(self, entry: Entry, **changed: Any) -> Entry:
        """What happened anyhow is told even if the log cannot take it any more."""
        with suppress(ToolError):
            return self.log.write(entry, **changed)
        _log.warning("the log of acts cannot be written: %s", self.log.path)
        return entry


def _preview(tool: Tool, exact: dict[str, Any]) -> str:
    try:
        return shortened(mapped(tool.preview(exact), visible), MAX_PREVIEW)
    except ToolError:
        raise
    except Exception as error:
        mute = phrase("{tool} cannot say what it would do, so it is not done.", tool=tool.name)
        raise ToolError(mute) from error


async def _undone(tool: Undoable, name: str, token: str) -> str:
    """Raises ToolError, whatever goes wrong."""
    try:
        async with asyncio.timeout(LIMIT_S):
            return await tool.undo(token)
    except ToolError:
        raise
    except TimeoutError as error:
        raise ToolError(phrase(SLOW, tool=name, limit=f"{LIMIT_S:.0f}")) from error
    except Exception as error:
        kind = type(error).__name__
        raise ToolError(phrase(FAILED, tool=name, kind=kind)) from error


def _nobody(_words: str) -> None:
    """Nobody has to be told."""


def _bound(tasks: dict[str, Any]) -> None:
    while len(tasks) > MAX_TASKS:
        del tasks[next(iter(tasks))]


def _bounded(result: ToolResult) -> ToolResult:
    image = result.image
    if image is not None and len(image) > MAX_IMAGE_BYTES:
        image = None
    return replace(result, text=clipped(result.text, MAX_TEXT), image=image)
