"""What a download consists of: files with their sizes and hashes, from one of two places.

Our own checkpoints are published with a manifest, a JSON file
`{"name", "licence", "files": [{"path", "size", "sha256"}]}` beside the files it names. Other models
are read off the Hugging Face hub, which gives SHA-256 for large files and git's own hash for small.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from engine.client.models.http import Fetcher

HUB = "https://huggingface.co"
MAX_MANIFEST_BYTES = 8 << 20
MAX_FILES = 10_000


class BadManifest(Exception):
    """What was published cannot be used. The message says where and why."""


@dataclass(frozen=True)
class Piece:
    """One file. sha256 or git: one of them; git is the SHA-1 of git's blob format."""

    path: str
    url: str
    size: int
    sha256: str = ""
    git: str = ""


@dataclass(frozen=True)
class Manifest:
    """ours: a checkpoint of our own format, rather than data for another server."""

    name: str
    source: str
    pieces: tuple[Piece, ...]
    ours: bool
    licence: str = ""

    @property
    def size(self) -> int:
        return sum(piece.size for piece in self.pieces)


def published(fetcher: Fetcher, url: str) -> Manifest:
    """One of our own. Raises BadManifest, OSError."""
    try:
        told = json.loads(fetcher.text(url, MAX_MANIFEST_BYTES))
        pieces = tuple(_piece(url, entry) for entry in told["files"])
        name, licence = _plain(str(told["name"])), str(told.get("licence", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadManifest(f"{url} is no manifest of a checkpoint ({error})") from None
    return Manifest(name, url, _checked(url, pieces), True, licence)


def on_hub(fetcher: Fetcher, name: str, repository: str, hub: str = HUB) -> Manifest:
    """A repository of the hub, as it is now. Raises BadManifest, OSError."""
    where: str | None = f"{hub}/api/models/{quote(repository)}/tree/main?recursive=true"
    pieces: list[Piece] = []
    while where is not None and len(pieces) < MAX_FILES:
        text, where = fetcher.page(where, MAX_MANIFEST_BYTES)
        try:
            pieces += [
                _hub_piece(hub, repository, entry)
                for entry in json.loads(text)
                if entry["type"] == "file"
            ]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadManifest(f"the list of files of {repository} is broken ({error})") from None
    return Manifest(name, f"{hub}/{repository}", _checked(repository, tuple(pieces)), False)


def _piece(url: str, entry: Mapping[str, Any]) -> Piece:
    path = str(entry["path"])
    where = urljoin(url, quote(path))
    if urlsplit(where).netloc != urlsplit(url).netloc:
        raise ValueError(f"{path} lies on another host")
    return Piece(path, where, int(entry["size"]), sha256=_hash(entry["sha256"], 64))


def _hub_piece(hub: str, repository: str, entry: Mapping[str, Any]) -> Piece:
    path = str(entry["path"])
    url = f"{hub}/{quote(repository)}/resolve/main/{quote(path)}"
    large = entry.get("lfs")
    if large:
        return Piece(path, url, int(large["size"]), sha256=_hash(large["oid"], 64))
    return Piece(path, url, int(entry["size"]), git=_hash(entry["oid"], 40))


def _hash(text: object, length: int) -> str:
    if not isinstance(text, str) or len(text) != length or set(text) - set("0123456789abcdef"):
        raise ValueError("a hash is missing or broken")
    return text


def _plain(name: str) -> str:
    if not name or name.startswith(".") or set(name) & set('/\\:\0<>"|?*'):
        raise ValueError(f"{name!r} is no name for a folder")
    return name


def _checked(source: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Nothing may be written outside the folder, and nothing twice."""
    if not pieces or len(pieces) > MAX_FILES:
        raise BadManifest(f"{source} names no files, or too many")
    if len({piece.path.casefold() for piece in pieces}) < len(pieces):
        raise BadManifest(f"{source} names a file twice")
    for piece in pieces:
        path = PurePosixPath(piece.path)
        inside = not path.is_absolute() and ".." not in path.parts and "\\" not in piece.path
        if not inside or ":" in piece.path or not path.parts or piece.size < 0:
            raise BadManifest(f"{source} names {piece.path!r}, which is no file of a folder")
    return pieces
