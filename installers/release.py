"""A release: what is said of a package, by whom, and whether the file is that package.

Beside `aside_0.2.0_….deb` lies `aside_0.2.0_….deb.release`, three lines:

    aside release 1
    {"file": "aside_0.2.0_….deb", "sha256": "…", "size": 123, "version": "0.2.0"}
    the Ed25519 signature (RFC 8032) of both lines above with their line ends, in base64

Ed25519 comes from `cryptography`, which the protocols of tools bring anyway. Only the keys in
`release.pub`, which the installed package itself brought, count: one a line in base64, so that a
second key can be brought by a release that the first one signed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HEADING = "aside release 1"
PINNED = Path(__file__).resolve().parent / "release.pub"
AT_MOST = 4096  # bytes of a release file
_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,120}")


class Refused(Exception):
    """Nothing is installed. The message says what is wrong, with what, and what to do now."""


@dataclass(frozen=True)
class Release:
    """One package: its file's name, the SHA-256 and the bytes of its content, its version."""

    file: str
    sha256: str
    size: int
    version: str


def number(version: str) -> tuple[int, ...]:
    """A version as numbers to compare. Raises Refused."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise Refused(f"{version!r} is no version: three numbers are, such as 1.4.0")
    return tuple(map(int, found.groups()))


def sign(release: Release, key: Ed25519PrivateKey) -> bytes:
    """The content of a release file."""
    said = f"{HEADING}\n{json.dumps(asdict(release), sort_keys=True)}\n".encode()
    return said + base64.b64encode(key.sign(said)) + b"\n"


def verified(content: bytes, keys: Iterable[Ed25519PublicKey]) -> Release:
    """The release that one of `keys` signed. Raises Refused: nothing of it was believed yet."""
    lines = content.split(b"\n")
    if len(content) > AT_MOST or len(lines) != 4 or lines[0] != HEADING.encode() or lines[3]:
        raise Refused("The release file is none of ours, or it was cut short. Fetch it again.")
    said = b"\n".join(lines[:2]) + b"\n"
    try:
        signature = base64.b64decode(lines[2], validate=True)
    except binascii.Error:
        signature = b""
    if not any(_signed(key, signature, said) for key in keys):
        raise Refused(
            "The release is not signed by the key that this Aside trusts: it was changed on its "
            "way, or somebody else made it. Do not install it; fetch it again from where you "
            "got Aside."
        )
    return _parsed(lines[1])


def _signed(key: Ed25519PublicKey, signature: bytes, said: bytes) -> bool:
    try:
        key.verify(signature, said)
    except InvalidSignature:
        return False
    return True


def _parsed(line: bytes) -> Release:
    try:
        kept: dict[str, Any] = json.loads(line)
        release = Release(**kept)
        number(release.version)
        sound = _NAME.fullmatch(release.file) and re.fullmatch("[0-9a-f]{64}", release.sha256)
        if not sound or type(release.size) is not int or release.size <= 0:
            raise ValueError(release)
    except (ValueError, TypeError) as error:
        raise Refused("The release is signed, but what it says makes no sense.") from error
    return release


def must_be_newer(release: Release, installed: str) -> None:
    """Raises Refused: an old release is signed as well, and its faults are known to others."""
    if number(release.version) == number(installed):
        raise Refused(f"Aside {installed} is the version you have: there is nothing to update.")
    if number(release.version) < number(installed):
        raise Refused(
            f"{release.file} is Aside {release.version}, older than the {installed} you have. "
            "An update never goes back: it could bring mended faults again. If you mean it, "
            "remove Aside and install that package by hand."
        )


def copied(release: Release, blocks: Iterable[bytes], place: Path) -> None:
    """Writes the package to `place`, and keeps it only if it is the one. Raises Refused, OSError.

    What is installed afterwards is this copy, so nobody can change it after it was looked at.
    """
    digest, size = hashlib.sha256(), 0
    with place.open("wb") as out:
        for block in blocks:
            digest.update(block)
            size += len(block)
            if size > release.size:
                break
            out.write(block)
    if size != release.size or digest.hexdigest() != release.sha256:
        place.unlink()
        raise Refused(
            f"{release.file} is not the package that was signed: it was changed on its way, or "
            "cut short. Nothing was installed. Fetch it again."
        )


def pinned_keys(file: Path = PINNED) -> Sequence[Ed25519PublicKey]:
    """The keys that this Aside trusts. Raises Refused where it brought none."""
    try:
        lines = file.read_text("ascii").splitlines()
        kept = [line for line in lines if line.strip() and not line.startswith("#")]
        keys = [Ed25519PublicKey.from_public_bytes(base64.b64decode(line)) for line in kept]
    except FileNotFoundError:
        keys = []
    except ValueError as error:
        raise Refused(f"{file} is damaged ({error}). Install Aside's package again.") from error
    if not keys:
        raise Refused(
            "This Aside was built without a release key, so it can tell no release from a "
            "forgery. Install the new package by hand, from where you got this one."
        )
    return keys
