"""How the process ends: with its parent, on a signal, and never stuck in a thread."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from typing import BinaryIO


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
