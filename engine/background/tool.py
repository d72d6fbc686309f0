"""What a tool is: something that can be done for the user, described, weighed and rehearsed.

Nothing here knows how a task came about or who is asked for approval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

Arguments = Mapping[str, Any]


class Risk(StrEnum):
    """What it would cost if a call was not meant."""

    READ = "read"  # looks at something on this machine, changes nothing
    REVERSIBLE = "reversible"  # changes something on this machine that `undo` takes back
    OUTSIDE = "outside"  # sends something off this machine
    LASTING = "lasting"  # cannot be taken back


class ToolError(Exception):
    """A call could not be done. The message can be shown and spoken: what, to what, what now."""


class Refusal(ToolError):
    """A call was not approved. The message is for the mind; why: for the user, said and logged.
    by_user: whether it was the user who said no, and not that nobody answered or could be asked."""

    def __init__(self, message: str, why: str, by_user: bool = False) -> None:
        super().__init__(message)
        self.why, self.by_user = why, by_user


@dataclass(frozen=True)
class ToolResult:
    """text: for the mind or the user. image: PNG or JPEG bytes. undo: a token, if it can be.
    spoken: one short sentence about it, where `text` is none that anybody wants to listen to.
    """

    text: str
    image: bytes | None = None
    undo: str | None = None
    spoken: str = ""


class Tool(Protocol):
    """name: snake_case. sentence: for people. parameters: a JSON schema of an object."""

    @property
    def name(self) -> str: ...

    @property
    def sentence(self) -> str: ...

    @property
    def risk(self) -> Risk: ...

    @property
    def parameters(self) -> Mapping[str, Any]: ...

    def preview(self, arguments: Arguments) -> str:
        """The dry run: in words, what `run` would do. Raises ToolError on unusable arguments."""
        ...

    async def run(self, arguments: Arguments) -> ToolResult:
        """Raises ToolError; being cancelled leaves nothing half done."""
        ...


@runtime_checkable
class Undoable(Protocol):
    """A tool that can take back what it did, as long as nothing else has touched it since."""

    async def undo(self, token: str) -> str:
        """token: of a ToolResult. What was taken back, in words. Raises ToolError."""
        ...


@runtime_checkable
class Forgetful(Protocol):
    """A tool that keeps something so that it can take back what it did."""

    def forget(self) -> None:
        """What was kept is gone. Raises ToolError."""
        ...


@runtime_checkable
class Corrigible(Protocol):
    """A belt that takes back what a task did that turned out to be meant otherwise."""

    def correct(self, task_id: str, told: Callable[[str], None]) -> None:
        """What this task has done so far is wrong. It is taken back before the task changes
        anything else, and no sooner: until that is approved, what was done holds. told: each
        thing that was taken back, or why it could not be, in words."""
        ...

    async def take_back(self, task_id: str) -> None:
        """What is wrong of this task and was not taken back yet is now."""
        ...


class Toolbelt(Protocol):
    """All tools there are now. `call` checks the arguments, asks for approval, runs and logs."""

    def tools(self) -> tuple[Tool, ...]: ...

    async def call(self, name: str, arguments: Arguments, task_id: str) -> ToolResult:
        """Raises ToolError, also when the user did not approve."""
        ...
