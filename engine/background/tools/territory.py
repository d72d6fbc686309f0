"""Which files may be found and read: in the user's own folders, and never hidden or private ones.

Links are followed only as far as what they lead to is allowed as well.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.background.phrase import phrase
from engine.background.tool import ToolError

PRIVATE = frozenset(
    "private secrets passwords keys keyrings keychains certificates appdata library "
    "node_modules __pycache__".split()
)
SECRET = ("password", "passwd", "secret", "credential", "private key", "id_rsa", "id_ed25519")
SECRET_KINDS = frozenset(".key .pem .p12 .pfx .kdbx .kdb .asc .gpg .ovpn .wallet".split())
MAX_SEEN = 60_000
MAX_SECONDS = 3.0


@dataclass(frozen=True)
class Territory:
    """roots: folders that may be looked into; private: names, in small letters, that may not."""

    roots: tuple[Path, ...]
    private: frozenset[str] = field(default=PRIVATE)

    @classmethod
    def of_the_user(cls) -> Territory:
        return cls((Path.home(),))

    def allows(self, path: Path) -> bool:
        """Whether `path`, already free of links, lies inside and nothing on the way is hidden."""
        for root in self.roots:
            real = root.resolve()
            if path.is_relative_to(real):
                return not any(self.hides(part) for part in path.relative_to(real).parts)
        return False

    def hides(self, name: str) -> bool:
        small = name.casefold()
        if small.startswith(".") or small.endswith("~") or small in self.private:
            return True
        return Path(small).suffix in SECRET_KINDS or any(word in small for word in SECRET)

    def file(self, given: str) -> Path:
        """The file that `given` means. Raises ToolError, the same one for absent and forbidden."""
        try:
            path = Path(given).expanduser()
            path = path if path.is_absolute() else self.roots[0] / path
            real = path.resolve(strict=True)
            if real.is_file() and self.allows(real):
                return real
        except (OSError, ValueError, RuntimeError):
            pass
        raise ToolError(phrase("There is no such file here, or it is hidden or private."))

    def walk(self, far: Callable[[float], None] = lambda _done: None) -> Iterator[os.DirEntry[str]]:
        """Files and folders, the nearest first, until there were enough or time is up.

        far: told how much of the tree has been seen, 0 to 1; a folder and each of the folders in
        it count alike, and together as much as the folder did.
        """
        until, seen, done = time.monotonic() + MAX_SECONDS, 0, 0.0
        level = [(str(root.resolve()), 1 / len(self.roots)) for root in self.roots]
        while level:
            below: list[tuple[str, float]] = []
            for folder, share in level:
                within: list[str] = []
                for entry in self._open(folder):
                    seen += 1
                    if seen > MAX_SEEN or time.monotonic() > until:
                        return
                    yield entry
                    if entry.is_dir(follow_symlinks=False):
                        within.append(entry.path)
                each = share / (1 + len(within))
                below += [(path, each) for path in within]
                done += each
                far(done)
            level = below

    def _open(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                shown = [entry for entry in entries if not self.hides(entry.name)]
        except OSError:
            return []
        return sorted((entry for entry in shown if not entry.is_symlink()), key=lambda e: e.name)
