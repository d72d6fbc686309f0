"""Finding files by name and reading them, where nothing is hidden or private."""

from __future__ import annotations

import asyncio
import os
import stat
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from engine.background import progress, sentences
from engine.background.disk import touching
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.listing import counted
from engine.background.tools.parameters import closed, one_of, text
from engine.background.tools.territory import Territory
from engine.background.visible import clipped, in_few_words, quoted, visible

MAX_FOUND = 50
MAX_READ_BYTES = 200_000
MAX_TEXT = 40_000


@dataclass(frozen=True)
class FindFiles:
    territory: Territory

    name = "find_files"
    sentence = "Finds files and folders by their name."
    risk = Risk.READ
    parameters = closed(
        ("name",),
        name=text("part of the name, or a pattern such as *.pdf", 100),
        kind=one_of("left out: both", "file", "folder"),
    )

    def preview(self, arguments: Arguments) -> str:
        return phrase(
            "Look for files named {name} in the folders that are not private.",
            name=arguments["name"],
        )

    async def run(self, arguments: Arguments) -> ToolResult:
        found = await asyncio.to_thread(self._found, arguments["name"], arguments.get("kind"))
        if not found:
            return ToolResult(phrase(sentences.NO_FILE))
        more = " or more" if len(found) == MAX_FOUND else ""
        text = quoted(f"{len(found)}{more} names of files", "\n".join(found))
        return ToolResult(text, spoken=_aloud(found))

    def _found(self, name: str, kind: str | None) -> list[str]:
        wanted, found = name.casefold(), []
        pattern = wanted if any(letter in wanted for letter in "*?[") else f"*{wanted}*"
        for entry in self.territory.walk(progress.tell):
            folder = entry.is_dir(follow_symlinks=False)
            if kind == ("file" if folder else "folder"):
                continue
            if fnmatchcase(entry.name.casefold(), pattern):
                found.append(_described(entry))
            if len(found) == MAX_FOUND:
                break
        return found


@dataclass(frozen=True)
class ReadFile:
    territory: Territory

    name = "read_file"
    sentence = "Reads a text file."
    risk = Risk.READ
    parameters = closed(("path",), path=text("as find_files gives it", 1000))

    def preview(self, arguments: Arguments) -> str:
        return phrase("Read the file {path}.", path=self.territory.file(arguments["path"]))

    async def run(self, arguments: Arguments) -> ToolResult:
        path = self.territory.file(arguments["path"])
        said = await asyncio.to_thread(_text_of, path)
        text = quoted(f"The file {path}", clipped(said, MAX_TEXT))
        return ToolResult(text, spoken=counted(said))


def _text_of(path: Path) -> str:
    """The path holds no link any more; one that appears in the meantime is not followed."""
    with touching(path):
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _NO_WAIT)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise ToolError(phrase("{path} is no file that can be read.", path=path))
            data = file.read(MAX_READ_BYTES)
    if b"\x00" in data:
        raise ToolError(
            phrase("{name} holds no text. Open it with its application instead.", name=path.name)
        )
    return data.decode("utf-8", errors="replace")


_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe must not hold us


def _aloud(found: list[str]) -> str:
    """found: as `_described` has them, at least one."""
    if len(found) == 1:
        name = Path(found[0].rpartition(" (")[0] or found[0]).name
        return phrase(sentences.ONE_FILE, name=in_few_words(name))
    pattern = sentences.MANY_FILES if len(found) == MAX_FOUND else sentences.FILES
    return phrase(pattern, count=len(found))


def _described(entry: os.DirEntry[str]) -> str:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return visible(entry.path)
    when = datetime.fromtimestamp(status.st_mtime)
    return f"{visible(entry.path)} ({status.st_size} bytes, {when:%Y-%m-%d %H:%M})"


def tools(territory: Territory) -> tuple[Tool, ...]:
    return (FindFiles(territory), ReadFile(territory))
