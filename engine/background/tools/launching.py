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

from engine.background.tool import ToolError

WITHIN_S = 20.0


class Launcher(Protocol):
    """Opens things as if the user had clicked them. Raises ToolError."""

    async def open(self, target: str) -> None:
        """target: an absolute path or a checked address, never an option."""
        ...

    def applications(self) -> dict[str, str]:
        """Name for people -> what `start` takes."""
        ...

    async def start(self, application: str) -> None: ...


@dataclass(frozen=True)
class LinuxLauncher:
    """Through xdg-open, and the desktop entries of the freedesktop.org specification."""

    folders: tuple[Path, ...] = field(default_factory=lambda: _entry_folders())

    async def open(self, target: str) -> None:
        await _run("xdg-open", target)

    def applications(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*.desktop"))[:2_000]:
                name = _name_of(path)
                if name:
                    found.setdefault(name, str(path))
        return found

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

    async def start(self, application: str) -> None:
        await _run("open", application)


@dataclass(frozen=True)
class WindowsLauncher:
    async def open(self, target: str) -> None:
        try:
            await asyncio.to_thread(os.startfile, target)  # type: ignore[attr-defined,unused-ignore]
        except OSError as error:
            raise ToolError("Windows has nothing to open that with.") from error

    def applications(self) -> dict[str, str]:
        starts = [os.environ.get("PROGRAMDATA"), os.environ.get("APPDATA")]
        menus = [Path(start) / "Microsoft/Windows/Start Menu/Programs" for start in starts if start]
        return {path.stem: str(path) for menu in menus for path in sorted(menu.rglob("*.lnk"))}

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
        raise ToolError(f"{program} is needed to open things and is not installed.")
    process = await asyncio.create_subprocess_exec(
        found,
        *arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = await asyncio.wait_for(process.wait(), WITHIN_S)
    except TimeoutError:
        return  # some openers stay as long as what they opened
    if status != 0:
        raise ToolError(f"{program} could not open that (status {status}).")


def _entry_folders() -> tuple[Path, ...]:
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    system = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return tuple(Path(folder) / "applications" for folder in [home, *system.split(":")] if folder)


def _name_of(path: Path) -> str:
    """The name of a desktop entry that is meant to be seen, else ""."""
    try:
        text = path.read_text("utf-8", errors="replace")[:20_000].split("\n[", 1)[0]
    except OSError:
        return ""
    if re.search(r"^(NoDisplay|Hidden)\s*=\s*true", text, re.MULTILINE):
        return ""
    name = re.search(r"^Name\s*=\s*(.+)$", text, re.MULTILINE)
    return name[1].strip() if name else ""
