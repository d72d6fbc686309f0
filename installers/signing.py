"""For whoever publishes: a key of their own, and a signed release file beside a package.

    python -m installers.signing new-key ~/keys/aside.pem    # once; keep it, and keep it apart
    python3 run.py package --sign ~/keys/aside.pem           # each release

The package carries the public half (release.pub) and trusts nothing else from then on. Losing the
private key means that nobody's Aside takes an update any more, so it never changes by accident:
where installers/release.pub is committed, only its keys may sign.
"""

from __future__ import annotations

import base64
import getpass
import hashlib
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from installers.faults import SetUpError
from installers.release import PINNED, Release, pinned_keys, sign


def new_key(path: Path, phrase: str = "") -> Ed25519PrivateKey:
    """Makes a key in a new file that only its owner reads. Raises SetUpError."""
    key = Ed25519PrivateKey.generate()
    how = BestAvailableEncryption(phrase.encode()) if phrase else NoEncryption()
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise SetUpError(f"No key was made: {path}: {os.strerror(error.errno or 0)}.") from error
    with os.fdopen(opened, "wb") as out:
        out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
    return key


def load_key(path: Path) -> Ed25519PrivateKey:
    """Asks for the phrase where the key has one. Raises SetUpError."""
    try:
        content = path.read_bytes()
        phrase = None
        if b"ENCRYPTED" in content:
            phrase = getpass.getpass(f"phrase of {path}: ").encode()
        key = load_pem_private_key(content, phrase)
    except (OSError, ValueError, TypeError) as error:
        raise SetUpError(f"{path} cannot be used as a key: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SetUpError(f"{path} is no Ed25519 key: python -m installers.signing new-key {path}")
    return key


def public_line(key: Ed25519PublicKey) -> str:
    """A key as a line of release.pub."""
    return base64.b64encode(key.public_bytes_raw()).decode() + "\n"


def write_public(key: Ed25519PrivateKey, place: Path, committed: Path = PINNED) -> Path:
    """Writes the keys that a package signed with `key` will trust. Raises SetUpError.

    Where keys are committed, `key` must be one of them.
    """
    line = public_line(key.public_key())
    if committed.exists():
        line = "".join(map(public_line, pinned_keys(committed)))
        if public_line(key.public_key()) not in line.splitlines(keepends=True):
            raise SetUpError(
                f"This key is none of those in {committed}: people's Aside would refuse what it "
                "signs. Take the right key; a new one comes in by a release that the old signs."
            )
    place.write_text(line, "ascii")
    return place


def sign_package(package: Path, version: str, key: Ed25519PrivateKey) -> Path:
    """Writes the release file beside `package`."""
    with package.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    release = Release(package.name, digest, package.stat().st_size, version)
    place = package.with_name(package.name + ".release")
    place.write_bytes(sign(release, key))
    return place


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[1] != "new-key":
        print("usage: python -m installers.signing new-key FILE", file=sys.stderr)
        return 2
    try:
        phrase = getpass.getpass("a phrase to lock it with (empty: none): ")
        key = new_key(Path(sys.argv[2]), phrase)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Written: {sys.argv[2]}. Its public half, for installers/release.pub:")
    print(public_line(key.public_key()), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
