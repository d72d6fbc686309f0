"""Where an engine comes from: a child process of ours, or somebody else's server."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from engine import accelerator, child
from engine.client.live import Address, Unreachable

START_S = 60.0


class Host(Protocol):
    """Gives the address of an engine."""

    @property
    def pid(self) -> int | None:
        """The process of our own child; None when there is none."""
        ...

    async def reach(self) -> Address:
        """Makes sure that there is an engine. Raises Unreachable."""
        ...

    async def let_go(self) -> str:
        """Gives the engine up, so that the next `reach` starts afresh. Returns what it left."""
        ...

    def forget(self) -> None:
        """Nobody comes back: what rests for a next `reach` is deleted."""
        ...


class Remote:
    """An engine that somebody else runs."""

    pid: int | None = None

    def __init__(self, address: Address) -> None:
        self._address = address

    async def reach(self) -> Address:
        return self._address

    async def let_go(self) -> str:
        return "the connection was lost"

    def forget(self) -> None:
        """Nothing of it is here."""


def server_command(model: Path | None = None) -> list[str]:
    """The command line of the engine that comes with this package, on the GPU where it can."""
    command = child.command("engine.server", python=accelerator.python())
    return command if model is None else [*command, "--model", str(model)]


class Child:
    """An engine of our own, on loopback, with a token that only this launch knows.

    The token goes through the child's standard input, where no other process can read it. The
    same pipe stays open as long as we live: the child ends when it closes. A session that is to
    rest while there is no child lies in a folder that goes with this object.
    """

    def __init__(self, command: Sequence[str] | None = None, start_s: float = START_S) -> None:
        self._command = [*(command or server_command()), "--announce", "--with-parent", "--quiet"]
        self._start_s = start_s
        # In memory where the system has such a folder; nobody else may look into either.
        memory = os.environ.get("XDG_RUNTIME_DIR", "")
        self._room = tempfile.TemporaryDirectory(
            prefix="aside-rest-", dir=memory if os.path.isdir(memory) else None
        )
        self._process: asyncio.subprocess.Process | None = None
        self._address: Address | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def reach(self) -> Address:
        if self._process is None or self._process.returncode is not None:
            self._address = None
        if self._address is None:
            self._address = await self._start()
        return self._address

    async def let_go(self) -> str:
        """Kills the child, which may hang and hear nothing gentler."""
        process, self._process, self._address = self._process, None, None
        if process is None:
            return "the engine did not start"
        if process.returncode is None:
            died = await _ended_by_itself(process)
            if not died:
                process.kill()
                await process.wait()
                return "the engine did not answer any more"
        return f"the engine ended with status {process.returncode}"

    def forget(self) -> None:
        self._room.cleanup()

    async def _start(self) -> Address:
        token = secrets.token_urlsafe(32)
        await self._spawn(token)
        try:
            async with asyncio.timeout(self._start_s):
                ready = await self._announcement()
        except TimeoutError:
            raise Unreachable(f"the engine was not ready after {self._start_s:g} s") from None
        if ready.get("event") != "ready":
            raise Unreachable(str(ready.get("message", "the engine could not start")), final=True)
        return Address(str(ready["url"]), token)

    async def _spawn(self, token: str) -> None:
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                "--rest",
                str(Path(self._room.name) / "session"),
                "--token",
                "-",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=child.environment(),
                # An interrupt typed in a terminal is for the app, which then ends its child.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            message = f"{self._command[0]} could not be started: {error.strerror}"
            raise Unreachable(message, final=True) from None
        assert self._process.stdin is not None
        self._process.stdin.write(token.encode() + b"\n")

    async def _announcement(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            status = await self._process.wait()
            raise Unreachable(f"the engine ended with status {status} before it was ready")
        try:
            ready: dict[str, Any] = json.loads(line)
        except ValueError:
            raise Unreachable("the engine announced itself in an unknown way", True) from None
        return ready


async def _ended_by_itself(process: asyncio.subprocess.Process) -> bool:
    """A connection breaks a moment before the system reports the death behind it."""
    try:
        async with asyncio.timeout(0.2):
            await process.wait()
    except TimeoutError:
        return False
    return True
