"""A box for commands: bubblewrap where it works, and nowhere else.

Inside: the system read-only, no network, no other processes, no folders of the user's, no
keys of the environment, and one folder to write to. What cannot be enclosed is not run.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.background.phrase import phrase
from engine.background.tool import ToolError

MAX_OUTPUT = 32_000
LIMIT_S = 30
MEMORY_KIB = 1 << 20
FILE_KIB = 64 << 10
PROCESSES = 256
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/alternatives", "/etc/ld.so.cache")


@dataclass(frozen=True)
class Sandbox:
    """program: bubblewrap. workplace: the one folder that a command may write to."""

    program: str
    workplace: Path

    def command(self, line: str) -> list[str]:
        """The arguments that run `line` in a shell in the box."""
        mounts = [part for path in _SYSTEM if os.path.exists(path) for part in _mount(path)]
        limits = f"ulimit -v {MEMORY_KIB} -f {FILE_KIB} -t {LIMIT_S}; ulimit -u {PROCESSES}; "
        return [
            self.program, "--unshare-all", "--die-with-parent", "--new-session", "--clearenv",
            "--cap-drop", "ALL", *mounts, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
            "--bind", str(self.workplace), "/work", "--chdir", "/work",
            "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME", "/work",
            "--setenv", "LANG", "C.UTF-8", "--",
            "/bin/sh", "-c", f'{limits}eval "$1"', "sh", line,
        ]  # fmt: skip

    async def run(self, line: str) -> tuple[int, str]:
        """(exit status, what it printed). Stops it, and all it started, when time is up."""
        with suppress(OSError):
            self.workplace.mkdir(parents=True, exist_ok=True)
        process = await asyncio.create_subprocess_exec(
            *self.command(line),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            # Not wait_for: before Python 3.12 it loses a cancelling that comes with the end.
            async with asyncio.timeout(LIMIT_S):
                printed = await _output(process)
            return await process.wait(), printed
        except TimeoutError as error:
            raise ToolError(
                phrase("The command took longer than {limit} s and was stopped.", limit=LIMIT_S)
            ) from error
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()


def _mount(path: str) -> list[str]:
    if os.path.islink(path):
        return ["--symlink", os.readlink(path), path]
    return ["--ro-bind", path, path]


async def _output(process: asyncio.subprocess.Process) -> str:
    """What it printed, up to a bound; what comes after is read and dropped."""
    assert process.stdout is not None
    kept = bytearray()
    while chunk := await process.stdout.read(65_536):
        kept += chunk[: max(0, MAX_OUTPUT - len(kept))]
    return kept.decode("utf-8", errors="replace")


def probe(workplace: Path, program: str | None = None) -> Sandbox | str:
    """A box that was tried and holds, or why there is none, in words for people."""
    if sys.platform != "linux":
        return "Commands can be enclosed on Linux only, so they are not run here."
    found = program or shutil.which("bwrap")
    if found is None:
        return "bubblewrap is not installed, so commands cannot be enclosed and are not run."
    box = Sandbox(found, workplace)
    with suppress(OSError):
        workplace.mkdir(parents=True, exist_ok=True)
    try:
        tried = subprocess.run(
            box.command("echo held"), capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        tried = None
    if tried is None or tried.stdout.strip() != b"held":
        return (
            "bubblewrap is installed but this system does not let it make a box (Ubuntu 24.04 and "
            "some containers forbid it), so commands are not run."
        )
    return box
