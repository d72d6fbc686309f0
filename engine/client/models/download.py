"""Downloads that can be interrupted anywhere and leave nothing half done.

Everything goes into `NAME.partial` beside its place. Each file grows as `FILE.part`, goes on where
it stopped, and gets its name once its hash is right; the folder gets its name once every file is.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

from engine.client.models.checkpoints import PARTIAL, PUBLISHED
from engine.client.models.http import Fetcher, Insecure, explained
from engine.client.models.manifest import Manifest, Piece

CHUNK = 1 << 20
ATTEMPTS = 5
MARGIN_BYTES = 64 << 20
BROKEN = (OSError, EOFError, HTTPException)
FINAL = (400, 401, 403, 404, 405, 410, 451)


class Failed(Exception):
    """It is not there. The message says why, and what was kept for the next try."""


Progress = Callable[[int], None]


class Download:
    """Of one model into `folder`/NAME. progress: told how many bytes more are there."""

    def __init__(
        self,
        fetcher: Fetcher,
        manifest: Manifest,
        folder: Path,
        progress: Progress = lambda _: None,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        self._fetcher, self._manifest = fetcher, manifest
        self._progress, self._rest = progress, rest
        self.place = folder / manifest.name
        self._partial = folder / (manifest.name + PARTIAL)

    def run(self) -> Path:
        """The finished folder. Raises Failed."""
        if self.place.exists():
            raise Failed(f"{self.place} is there already: aside models remove it first")
        try:
            self._partial.mkdir(parents=True, exist_ok=True)
            self._check_room()
            for piece in self._manifest.pieces:
                self._fetch(piece)
            self._finish()
        except BROKEN as error:
            raise Failed(self._words(error)) from None
        return self.place

    def _fetch(self, piece: Piece) -> None:
        place = self._partial / piece.path
        # Of another version with files of this size, too, if the name got new weights meanwhile.
        if place.is_file() and place.stat().st_size == piece.size and _is_right(piece, place):
            self._progress(piece.size)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(place.name + ".part")
        self._progress(_size(part))
        self._fill(piece, part)
        if not _is_right(piece, part):
            part.unlink()
            raise Failed(
                f"{piece.path} came with another hash than published: it was thrown away. "
                "Try again; if it stays so, the source is damaged or not what it says."
            )
        os.replace(part, place)

    def _fill(self, piece: Piece, part: Path) -> None:
        """Until the file is as long as it should be. Tries again as long as something comes."""
        fruitless = 0
        while _size(part) < piece.size or not part.exists():
            before = _size(part)
            try:
                self._fetch_rest(piece, part, before)
            except BROKEN as error:
                if _is_final(error):
                    raise
                fruitless = 0 if _size(part) > before else fruitless + 1
                if fruitless >= ATTEMPTS:
                    raise
                self._rest(min(2.0**fruitless, 30.0))

    def _fetch_rest(self, piece: Piece, part: Path, have: int) -> None:
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self._fetcher.open(piece.url, headers) as response, part.open("ab") as file:
            if have and not _goes_on(response.status, response.headers, have):
                file.truncate(0)
                file.seek(0)
                self._progress(-have)
            while chunk := response.read(CHUNK):
                room = piece.size - file.tell()
                file.write(chunk[:room])
                self._progress(min(len(chunk), room))
                if len(chunk) > room:
                    break
            file.flush()
            os.fsync(file.fileno())
        if _size(part) < piece.size:
            raise EOFError(f"the connection to {piece.url} ended early")

    def _check_room(self) -> None:
        have = sum(file.stat().st_size for file in self._partial.rglob("*") if file.is_file())
        needed = self._manifest.size - have + MARGIN_BYTES
        free = shutil.disk_usage(self._partial).free
        if free < needed:
            raise Failed(
                f"the disk of {self._partial.parent} has {free >> 20} MiB free, "
                f"{needed >> 20} are needed: make room or choose another place with --to"
            )

    def _finish(self) -> None:
        manifest = self._manifest
        told = {"name": manifest.name, "source": manifest.source}
        if manifest.ours:
            told["licence"] = manifest.licence
        note = self._partial / (PUBLISHED if manifest.ours else "model.json")
        note.write_text(json.dumps(told), "utf-8")
        os.replace(self._partial, self.place)

    def _words(self, error: Exception) -> str:
        kept = f"What is there already is kept in {self._partial}: the same command goes on."
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return f"the disk of {self._partial.parent} is full. Make room. {kept}"
        return f"{explained(error)}. {kept}"


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _goes_on(status: int, headers: object, have: int) -> bool:
    """Whether the answer begins where we asked it to; otherwise it is the whole file."""
    told = str(headers.get("Content-Range", ""))  # type: ignore[attr-defined]
    return status == 206 and told.startswith(f"bytes {have}-")


def _is_final(error: BaseException) -> bool:
    if isinstance(error, HTTPError):
        return error.code in FINAL
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EACCES, errno.EROFS)
    return full or isinstance(error, Insecure)


def _is_right(piece: Piece, part: Path) -> bool:
    digest = hashlib.sha256() if piece.sha256 else hashlib.sha1()
    if piece.git:
        digest.update(b"blob %d\0" % piece.size)
    with part.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == (piece.sha256 or piece.git)
