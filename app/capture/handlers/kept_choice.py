"""The window that was chosen in the desktop's own dialog, so that the dialog comes once.

With each choice the portal gives a token that is good for one more start of this program and of
no use to any other. It lies in a file of its own that nobody else may read: settings are shown
around and carried to other machines, where it would mean nothing.
"""

from __future__ import annotations

import logging
import os
import threading
from contextlib import suppress
from pathlib import Path

import platformdirs

log = logging.getLogger(__name__)
MAX_BYTES = 4096


def place() -> Path:
    return Path(platformdirs.user_state_path("aside")) / "shared-window"


class KeptChoice:
    """For use from any thread. A choice that was forgotten while the dialog was open stays so."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or place()
        self._lock = threading.Lock()
        self._forgotten = 0

    def read(self) -> tuple[str, int]:
        """The token, "" where there is none, and what `keep` is to be given with the next one."""
        with self._lock:
            try:
                token = self.path.read_bytes()[:MAX_BYTES].decode().strip()
            except (OSError, UnicodeDecodeError):
                token = ""
            return token, self._forgotten

    def keep(self, token: str, asked: int) -> None:
        """token: "" where the portal gave none. What cannot be written is asked for again."""
        with self._lock:
            if asked != self._forgotten:
                return
            self._delete()
            if token:
                try:
                    self._write(token)
                except OSError as error:
                    log.error("the chosen window cannot be remembered: %s", error.strerror)

    def forget(self) -> None:
        """The next time the user is asked."""
        with self._lock:
            self._forgotten += 1
            self._delete()

    def _write(self, token: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(token)

    def _delete(self) -> None:
        with suppress(OSError):
            self.path.unlink()
