"""`aside do ACTION`: tells the running desktop to do something, and lets there be only one.

The desktop listens on a socket of the user's own (a named pipe on Windows); the key that opens
it lies in a file only the user can read. From its start to its end it holds a lock.
"""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
import threading
import time
import warnings
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import BinaryIO

import platformdirs

from app.window.actions import ACTIONS, NAMES

_EXAMPLE = """\
examples:
  aside do mute            # bind this to a key of your desktop
  aside do talk press      # where your desktop knows when a key goes down ...
  aside do talk release    # ... and up; without either word it changes over
"""


AGAIN_S = 0.1
# Until one that starts has its doorbell, or one that ends has ended.
WAIT_S = 10.0
# More than a window is given to answer, which then says itself that it does not.
RING_S = 8.0
PHASES = ("tap", "press", "release")
UNKNOWN = "The running Aside knows no such action: it may be another version; start it anew."
NO_ANSWER = "Aside runs already and does not answer: try again, or end it and start it anew."


class NotRunning(Exception):
    """No desktop answers."""


def folder() -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without XDG_RUNTIME_DIR it warns, and does what we want
        return Path(platformdirs.user_runtime_path("aside"))


def _address() -> str:
    if sys.platform == "win32":
        return rf"\\.\pipe\aside-{getpass.getuser()}"
    return str(folder() / "desktop.sock")


class Lock:
    """Whoever holds it is the one desktop. The system lets go of it when its process ends.

    Where the system gives no lock everybody takes it, and only the doorbell tells of another.
    """

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        with suppress(OSError):
            folder().mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = (folder() / "desktop.lock").open("ab")

    def take(self) -> bool:
        """Whether it is ours now; waits for nobody."""
        try:
            if self._file is not None:
                _lock(self._file)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:  # a file system that knows no locks (NFS)
            return True
        return True

    def close(self) -> None:
        """The file stays: a lock on one that was removed keeps nobody out."""
        if self._file is not None:
            self._file.close()


def _lock(file: BinaryIO) -> None:
    """Raises BlockingIOError, on Windows PermissionError, while another has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Doorbell:
    """The desktop's end. `ring` is called on a thread of its own with an action's name and phase.

    What it returns goes to whoever asked: why the action is not to be had now, or "". Made and
    closed by whoever holds the lock, so a socket that is there before was left by a crash.
    """

    def __init__(self, ring: Callable[[str, str], str]) -> None:
        self._ring, self._closed = ring, False
        key = secrets.token_bytes(32)
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32":
            Path(_address()).unlink(missing_ok=True)
        self._listener = Listener(_address(), authkey=key)
        _key_file().touch(0o600)
        _key_file().write_bytes(key)
        threading.Thread(target=self._listen, name="doorbell", daemon=True).start()

    def close(self) -> None:
        self._closed = True
        self._listener.close()
        _key_file().unlink(missing_ok=True)

    def _listen(self) -> None:
        while True:
            try:
                with self._listener.accept() as caller:
                    name, _, phase = caller.recv_bytes(64).decode("ascii", "replace").partition(" ")
                    known = name in NAMES and phase in PHASES
                    refusal = self._ring(name, phase) if known else UNKNOWN
                    caller.send_bytes(refusal.encode("utf-8"))
            except (EOFError, ConnectionError, AuthenticationError):
                continue
            except OSError:  # it was closed, or somebody said what is no message
                if self._closed:
                    return
                time.sleep(AGAIN_S)


def ring(name: str, phase: str = "tap") -> str:
    """Asks the running desktop to do `name`; returns why not, or "". Raises NotRunning."""
    try:
        with Client(_address(), authkey=_key_file().read_bytes()) as desktop:
            desktop.send_bytes(f"{name} {phase}".encode("ascii"))
            return desktop.recv_bytes(4096).decode("utf-8", "replace")
    except (OSError, EOFError, AuthenticationError) as error:
        raise NotRunning("Aside is not running; start it with: aside") from error


def take_or_ring(lock: Lock) -> str | None:
    """None when this is the one desktop now; else what the one that runs says to coming to the
    front: why it does not, or ""."""
    until_s = time.monotonic() + WAIT_S
    while True:
        ours = lock.take()
        try:
            return _ring_in_time("type")
        except NotRunning:
            if ours:
                return None
        if time.monotonic() > until_s:
            return NO_ANSWER
        time.sleep(AGAIN_S)


def _ring_in_time(name: str) -> str:
    """`ring`, which waits as long as a process that hangs does."""
    answer: Future[str] = Future()

    def ask() -> None:
        try:
            answer.set_result(ring(name))
        except Exception as error:  # for whoever waits
            answer.set_exception(error)

    threading.Thread(target=ask, name="ring", daemon=True).start()
    try:
        return answer.result(RING_S)
    except TimeoutError:
        return NO_ANSWER


def main(argv: list[str]) -> int:
    """0 when it is done, 1 when none runs or it cannot be done now, 2 for no such action."""
    parser = argparse.ArgumentParser(
        prog="aside do",
        description="Tell the running desktop to do something.",
        epilog="\n".join(["actions:", *_lines(), "", _EXAMPLE]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", choices=NAMES, metavar="ACTION")
    parser.add_argument(
        "phase", nargs="?", choices=PHASES, default="tap", metavar="press|release",
        help="for actions that last while a key is held",
    )  # fmt: skip
    options = parser.parse_args(argv)
    try:
        refusal = ring(options.action, options.phase)
    except NotRunning as error:
        refusal = str(error)
    if refusal:
        print(refusal, file=sys.stderr)
    return int(bool(refusal))


def _lines() -> list[str]:
    room = max(len(one.name) for one in ACTIONS) + 2
    return [f"  {one.name:<{room}}{one.help}" for one in ACTIONS]


def _key_file() -> Path:
    return folder() / "desktop.key"
