"""Notes: one Markdown file each, in a folder that the user can open with anything."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from engine.background import sentences
from engine.background.disk import touching, write_whole
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.listing import counted, listed
from engine.background.tools.parameters import closed, text, yes_or_no
from engine.background.visible import in_few_words, quoted

MAX_NOTES = 2_000
MAX_TEXT = 20_000
MAX_NOTE_BYTES = 400_000
MAX_BEFORE = 200
SHORT = 40  # characters of a note that are read out
_TITLE = text("title of the note", 80)


@dataclass(frozen=True)
class Shelf:
    """The folder with the notes. What a note was before lies under .before until it is old."""

    folder: Path

    def path(self, title: str) -> Path:
        """Raises ToolError for a title without a letter or digit: it would name no file."""
        plain = unicodedata.normalize("NFC", title).casefold()
        slug = re.sub(r"[^\w]+", "-", plain).strip("-_")
        if not slug or len(slug.encode()) > 200:
            raise ToolError(phrase("A note needs a short title with a letter or a digit in it."))
        return self.folder / f"note-{slug}.md"

    def read(self, title: str) -> str:
        path = self.path(title)
        with touching(path):
            if path.is_symlink() or not path.is_file():
                raise ToolError(phrase("There is no note of that title."))
            if path.stat().st_size > MAX_NOTE_BYTES:
                raise ToolError(phrase("That note is too long to be read here."))
            return path.read_text("utf-8", errors="replace")

    def all(self) -> list[Path]:
        with touching(self.folder):
            found = [path for path in self.folder.glob("note-*.md") if not path.is_symlink()]
            return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)

    def replace(self, title: str, new: str | bytes | None) -> str:
        """Writes or, for None, removes the note. A token that puts back what was there, byte for
        byte: other programs have written there, in whatever encoding."""
        path, token = self.path(title), f"{time.time_ns()}-{secrets.token_hex(4)}"
        if path.is_symlink():
            raise ToolError(phrase("That note is a link to elsewhere, and is left alone."))
        with touching(path):
            before = path.read_bytes() if path.is_file() else None
        write_whole(self.folder / ".before" / f"{token}.md", before or b"")
        if new is None:
            with touching(path):
                path.unlink()
        else:
            write_whole(path, new)
        self.forget(MAX_BEFORE)
        kind = "changed" if before is not None else "new"
        return f"{kind}:{path.name}:{token}:{_mark(path)}"

    def put_back(self, token: str) -> str:
        """Raises ToolError where the note was written to since: that is not thrown away."""
        kind, name, number, mark = [*token.split(":"), "", "", ""][:4]
        kept, path = self.folder / ".before" / f"{number}.md", self.folder / name
        safe = re.fullmatch(r"note-[\w-]+\.md", name) and re.fullmatch(r"\d+-[0-9a-f]+", number)
        if not safe or not kept.is_file():
            raise ToolError(phrase("What the note was before is no longer kept."))
        if mark and mark != _mark(path):
            raise ToolError(phrase("The note was changed since then, and stays as it is."))
        if kind == "new":
            with touching(path):
                path.unlink(missing_ok=True)
        else:
            write_whole(path, kept.read_bytes())
        with touching(kept):
            kept.unlink()
        return phrase("The note {title} is as it was before.", title=_title(path))

    def forget(self, newest: int = 0) -> None:
        """What notes were before is gone but for the newest."""
        folder = self.folder / ".before"
        with touching(folder):
            kept = sorted(folder.glob("*.md"), reverse=True)
            for path in kept[newest:]:
                path.unlink(missing_ok=True)


@dataclass(frozen=True)
class WriteNote:
    shelf: Shelf

    name = "write_note"
    sentence = "Writes a note, or adds to one."
    risk = Risk.REVERSIBLE
    parameters = closed(
        ("title", "text"),
        title=_TITLE,
        text=text("what to write", MAX_TEXT),
        replace=yes_or_no("replace what the note says instead of adding to it"),
    )

    def preview(self, arguments: Arguments) -> str:
        path = self.shelf.path(arguments["title"])
        given = {"title": _title(path), "text": arguments["text"]}
        if not path.exists():
            return phrase("Write a new note {title}: {text}", **given)
        if arguments.get("replace"):
            return phrase("Replace the note {title}: {text}", **given)
        return phrase("Add to the note {title}: {text}", **given)

    async def run(self, arguments: Arguments) -> ToolResult:
        path, said = self.shelf.path(arguments["title"]), arguments["text"].encode()
        if not path.exists() and len(self.shelf.all()) >= MAX_NOTES:
            raise ToolError(
                phrase("There are {most} notes already. Delete some first.", most=MAX_NOTES)
            )
        if path.exists() and not arguments.get("replace"):
            self.shelf.read(arguments["title"])
            said = path.read_bytes().rstrip() + b"\n" + said
        if len(said) > MAX_NOTE_BYTES:
            raise ToolError(phrase("The note would become too long. Begin another."))
        token = self.shelf.replace(arguments["title"], said.rstrip() + b"\n")
        return ToolResult(phrase(sentences.NOTED, title=_title(path)), undo=token)

    async def undo(self, token: str) -> str:
        return self.shelf.put_back(token)

    def forget(self) -> None:
        self.shelf.forget()


@dataclass(frozen=True)
class DeleteNote:
    shelf: Shelf

    name = "delete_note"
    sentence = "Deletes a note."
    risk = Risk.REVERSIBLE
    parameters = closed(("title",), title=_TITLE)

    def preview(self, arguments: Arguments) -> str:
        self.shelf.read(arguments["title"])
        title = _title(self.shelf.path(arguments["title"]))
        return phrase("Delete the note {title}.", title=title)

    async def run(self, arguments: Arguments) -> ToolResult:
        self.shelf.read(arguments["title"])
        token = self.shelf.replace(arguments["title"], None)
        return ToolResult(phrase(sentences.NOTE_GONE), undo=token)

    async def undo(self, token: str) -> str:
        return self.shelf.put_back(token)


@dataclass(frozen=True)
class ReadNote:
    shelf: Shelf

    name = "read_note"
    sentence = "Reads a note."
    risk = Risk.READ
    parameters = closed(("title",), title=_TITLE)

    def preview(self, arguments: Arguments) -> str:
        title = _title(self.shelf.path(arguments["title"]))
        return phrase("Read the note {title}.", title=title)

    async def run(self, arguments: Arguments) -> ToolResult:
        title = _title(self.shelf.path(arguments["title"]))
        said = self.shelf.read(arguments["title"])
        return ToolResult(quoted(f"The note {title}", said), spoken=_aloud(title, said))


@dataclass(frozen=True)
class ListNotes:
    shelf: Shelf

    name = "list_notes"
    sentence = "Lists the notes, the newest first."
    risk = Risk.READ
    parameters = closed(containing=text("only notes with this text in title or body", 100))

    def preview(self, arguments: Arguments) -> str:
        wanted = arguments.get("containing")
        if wanted:
            return phrase("List the notes that contain {text}.", text=wanted)
        return phrase("List the notes.")

    async def run(self, arguments: Arguments) -> ToolResult:
        wanted = arguments.get("containing", "").casefold()
        found = [_title(path) for path in self.shelf.all() if _holds(path, wanted)]
        if not found:
            return ToolResult(phrase(sentences.NO_SUCH_NOTES if wanted else sentences.NO_NOTES))
        what = phrase(sentences.NOTES if found[1:] else sentences.ONE_NOTE, count=len(found))
        text = quoted(f"{len(found)} notes", "\n".join(found[:100]))
        return ToolResult(text, spoken=listed(what, [in_few_words(one) for one in found[:3]]))


def _aloud(title: str, said: str) -> str:
    """A note of few words is read out; of others it is said how long they are."""
    words = said.strip()
    if words and in_few_words(words, SHORT) == words:
        text = words.rstrip(".")
        return phrase(sentences.NOTE_SAYS, title=in_few_words(title), text=text)
    return counted(said)


def _mark(path: Path) -> str:
    """What a note holds, told apart from whatever else it may hold."""
    with touching(path):
        return hashlib.sha256(path.read_bytes()).hexdigest()[:32] if path.is_file() else "gone"


def _title(path: Path) -> str:
    return path.stem.removeprefix("note-").replace("-", " ")


def _holds(path: Path, wanted: str) -> bool:
    if wanted in _title(path):
        return True
    with touching(path):
        small = path.stat().st_size <= MAX_NOTE_BYTES
        return small and wanted in path.read_text("utf-8", errors="replace").casefold()


def tools(folder: Path) -> tuple[Tool, ...]:
    shelf = Shelf(folder)
    return (WriteNote(shelf), ReadNote(shelf), ListNotes(shelf), DeleteNote(shelf))
