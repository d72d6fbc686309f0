"""How this system opens a file, an address or an application: one small class a system."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from engine.background.phrase import phrase
from engine.background.tool import ToolError

WITHIN_S = 20.0
# What people call a kind of application, and how desktop entries say it (the registered categories
# of the freedesktop.org menu specification).
CATEGORIES = {
    "browser": "WebBrowser", "web browser": "WebBrowser", "mail": "Email", "email": "Email",
    "calculator": "Calculator", "terminal": "TerminalEmulator", "editor": "TextEditor",
    "text editor": "TextEditor", "calendar": "Calendar", "files": "FileManager",
    "file manager": "FileManager", "music": "Music", "settings": "Settings", "map": "Maps",
    "maps": "Maps", "clock": "Clock", "pictures": "Photography", "photos": "Photography",
    "shop": "PackageManager", "app store": "PackageManager", "contacts": "ContactManagement",
}  # fmt: skip
# What the user's choice of a default application is kept under.
CHOSEN = {
    "WebBrowser": "x-scheme-handler/https", "Email": "x-scheme-handler/mailto",
    "FileManager": "inode/directory", "TextEditor": "text/plain",
}  # fmt: skip
MAC = {
    "browser": "Safari", "web browser": "Safari", "mail": "Mail", "email": "Mail",
    "calculator": "Calculator", "terminal": "Terminal", "editor": "TextEdit",
    "text editor": "TextEdit", "calendar": "Calendar", "files": "Finder", "music": "Music",
    "settings": "System Settings", "map": "Maps", "clock": "Clock", "pictures": "Photos",
    "photos": "Photos", "shop": "App Store", "app store": "App Store", "contacts": "Contacts",
}  # fmt: skip


class Launcher(Protocol):
    """Opens things as if the user had clicked them. Raises ToolError."""

    async def open(self, target: str) -> None:
        """target: an absolute path or a checked address, never an option."""
        ...

    def applications(self) -> dict[str, str]:
        """Name for people -> what `start` takes."""
        ...

    def of_kind(self, kind: str) -> list[str]:
        """The names of those that people call `kind`, such as "browser": alone the one that the
        user chose for it, where that is known."""
        ...

    async def start(self, application: str) -> None: ...


@dataclass(frozen=True)
class LinuxLauncher:
    """Through xdg-open, and the desktop entries of the freedesktop.org specification."""

    folders: tuple[Path, ...] = field(default_factory=lambda: _entry_folders())
    choices: Path = field(default_factory=lambda: _choices())

    async def open(self, target: str) -> None:
        await _run("xdg-open", target)

    def applications(self) -> dict[str, str]:
        return {one.name: str(one.path) for one in self._entries().values()}

    def of_kind(self, kind: str) -> list[str]:
        category = CATEGORIES.get(kind, "")
        entries = self._entries()
        chosen = entries.get(self._chosen(category))
        if chosen is not None:
            return [chosen.name]
        return [
            one.name
            for one in entries.values()
            if one.generic.casefold() == kind or (category and category in one.categories)
        ]

    def _entries(self) -> dict[str, _Entry]:
        """By their file names; of two with one name the first is meant."""
        found: dict[str, _Entry] = {}
        names: set[str] = set()
        for folder in self.folders:
            for path in sorted(folder.glob("*.desktop"))[:2_000]:
                entry = _entry(path)
                if entry is not None and entry.name not in names:
                    names.add(entry.name)
                    found.setdefault(path.name, entry)
        return found

    def _chosen(self, category: str) -> str:
        """The file name of the user's default application, "" where none was chosen."""
        if category not in CHOSEN:
            return ""
        wanted = re.compile(rf"^{re.escape(CHOSEN[category])}\s*=\s*([^;\s]+)", re.MULTILINE)
        found = wanted.search(_read(self.choices).partition("[Default Applications]")[2])
        return found[1] if found else ""

    async def start(self, application: str) -> None:
        await _run("gio", "launch", application)


@dataclass(frozen=True)
class MacLauncher:
    async def open(self, target: str) -> None:
        await _run("open", target)

    def applications(self) -> dict[str, str]:
        folders = (
            Path("/Applications"),
            Path("/System/Applications"),
            Path.home() / "Applications",
        )
        return {path.stem: str(path) for folder in folders for path in sorted(folder.glob("*.app"))}

    def of_kind(self, kind: str) -> list[str]:
        return [MAC[kind]] if MAC.get(kind) in self.applications() else []

    async def start(self, application: str) -> None:
        await _run("open", application)


@dataclass(frozen=True)
class WindowsLauncher:
    async def open(self, target: str) -> None:
        try:
            await asyncio.to_thread(os.startfile, target)  # type: ignore[attr-defined,unused-ignore]
        except OSError as error:
            raise ToolError(phrase("Windows has nothing to open that with.")) from error

    def applications(self) -> dict[str, str]:
        starts = [os.environ.get("PROGRAMDATA"), os.environ.get("APPDATA")]
        menus = [Path(start) / "Microsoft/Windows/Start Menu/Programs" for start in starts if start]
        return {path.stem: str(path) for menu in menus for path in sorted(menu.rglob("*.lnk"))}

    def of_kind(self, kind: str) -> list[str]:
        """Nothing in a shortcut says of what kind its program is."""
        return []

    async def start(self, application: str) -> None:
        await self.open(application)


def launcher() -> Launcher:
    """The one for this system."""
    if sys.platform == "win32":
        return WindowsLauncher()
    return MacLauncher() if sys.platform == "darwin" else LinuxLauncher()


async def _run(program: str, *arguments: str) -> None:
    """Without a shell and without our standard streams. Raises ToolError when it fails."""
    found = shutil.which(program)
    if found is None:
        missing = phrase("{program} is needed to open things: install it first.", program=program)
        raise ToolError(missing)
    process = await asyncio.create_subprocess_exec(
        found,
        *arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        # Not wait_for: before Python 3.12 it loses a cancelling that comes with the end.
        async with asyncio.timeout(WITHIN_S):
            status = await process.wait()
    except TimeoutError:
        return  # some openers stay as long as what they opened
    if status != 0:
        raise ToolError(phrase("It could not be opened: {program} failed.", program=program))


def _entry_folders() -> tuple[Path, ...]:
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    system = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return tuple(Path(folder) / "applications" for folder in [home, *system.split(":")] if folder)


def _choices() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "mimeapps.list"


@dataclass(frozen=True)
class _Entry:
    """A desktop entry. generic: what kind of thing it says it is."""

    path: Path
    name: str
    generic: str
    categories: tuple[str, ...]


def _entry(path: Path) -> _Entry | None:
    """One that is meant to be seen, else None."""
    text = _read(path).split("\n[", 1)[0]
    values = dict(re.findall(r"^(\w+)\s*=\s*(.*?)\s*$", text, re.MULTILINE))
    hidden = "true" in (values.get("NoDisplay"), values.get("Hidden"))
    if hidden or not values.get("Name"):
        return None
    categories = tuple(values.get("Categories", "").split(";"))
    return _Entry(path, values["Name"], values.get("GenericName", ""), categories)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")[:20_000]
    except OSError:
        return ""
