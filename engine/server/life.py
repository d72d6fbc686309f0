"""How the process ends: with its parent, on a signal, and never stuck in a thread."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from typing import BinaryIO

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


ENOUGH_FILES = 1 << 16


def allow_many_files() -> None:
    """As many sockets and journals as the system lets this process have: what a shell allows,
    often 1,024, is less than some hundred sessions and a crowd of strangers need."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, ENOUGH_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):  # macOS has a smaller limit of its own
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def die_with(pipe: BinaryIO) -> None:
    """Ends this process when the other end of `pipe` closes.

    The parent holds that end and never writes to it. However it goes, kill -9 included, the
    system closes it; so no engine outlives its app.
    """

    def watch() -> None:
        while pipe.read(1):
            pass
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()


async def until_stopped() -> None:
    """Waits for an interrupt or a request to terminate."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers: there the interrupt arrives as KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


def leave(status: int) -> None:
    """Ends the process now: a stuck step holds a thread that Python would wait for."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
