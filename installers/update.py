"""`aside update FILE|URL`: a newer package, installed only if its release is signed by our key.

Nothing is looked for by itself, ever: without this command no server is asked about versions.
Beside the package lies its release file (installers/release.py), which is read and believed first.
"""

from __future__ import annotations

import argparse
import contextlib
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import platformdirs

from installers.release import (
    AT_MOST,
    PINNED,
    Refused,
    Release,
    copied,
    must_be_newer,
    pinned_keys,
    verified,
)
from installers.system import PACKAGED, as_root

EXAMPLE = """\
examples:
  aside update ~/Downloads/aside_0.2.0_python3.11_amd64.deb            # its .release beside it
  aside update https://example.org/aside_0.2.0_python3.11_amd64.deb    # fetched, as you ask
  aside update --check FILE                                            # is it genuine and newer?
"""
ROOT = Path(__file__).resolve().parents[1]
BLOCK = 1 << 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PATIENCE_S = 30
_NOT_THERE = (404, 410)


def main(arguments: list[str]) -> int:
    """0 when it is installed, or with --check when it could be; 1 when it was refused."""
    options = _parser().parse_args(arguments)
    try:
        package = fetch_verified(options.source, PINNED, metadata.version("aside"), _folder())
        if options.check:
            package.unlink()
            print(f"Signed by the key this Aside trusts, whole, and newer: {package.name}")
            return 0
        return install(package)
    except Refused as error:
        print(f"aside update: {error}", file=sys.stderr)
    except (OSError, ValueError) as error:
        print(f"aside update: {options.source} cannot be had: {error}", file=sys.stderr)
    return 1


def fetch_verified(source: str, keys: Path, installed: str, folder: Path) -> Path:
    """A copy of the package in `folder`, looked at from end to end. Raises Refused, OSError."""
    trusted = pinned_keys(keys)
    try:
        with opened(f"{source}.release") as stream:
            content = stream.read(AT_MOST + 1)
    except (FileNotFoundError, urllib.error.HTTPError) as error:
        if isinstance(error, urllib.error.HTTPError) and error.code not in _NOT_THERE:
            raise  # the server has a reason of its own, and says it
        raise Refused(
            f"There is no release file {source}.release, so nobody signed this package as far as "
            "this Aside can tell. Fetch both, and keep them beside each other."
        ) from error
    release = verified(content, trusted)
    must_be_newer(release, installed)
    with opened(source) as stream:
        place = folder / release.file
        copied(release, _blocks(stream, release), place)
    return place


@contextlib.contextmanager
def opened(source: str) -> Iterator[IO[bytes]]:
    """A file, or what an https address answers. Raises Refused, OSError."""
    if "://" not in source:
        with Path(source).expanduser().open("rb") as file:
            yield file
        return
    _must_be_private(source)
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=ssl.create_default_context()), _NoDetours
    )
    with opener.open(source, timeout=PATIENCE_S) as answer:
        yield answer


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """Goes along only to where one could have been sent in the first place."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _must_be_private(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _must_be_private(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise Refused(f"{url} is refused: an update comes over https, or from a file.")


def _blocks(stream: IO[bytes], release: Release) -> Iterator[bytes]:
    done = 0
    watched = sys.stderr.isatty()
    while block := stream.read(BLOCK):
        done += len(block)
        yield block
        if watched:
            share = min(100, 100 * done // release.size)
            print(f"\r{release.file}: {share} %", end="", file=sys.stderr, flush=True)
    if watched:
        print(file=sys.stderr)


def install(package: Path) -> int:
    """Hands the looked-at copy to the system. Raises Refused."""
    if package.suffix != ".deb":
        print(f"It is genuine. To install it, quit Aside and open {package}")
        return 0
    if ROOT != PACKAGED:
        package.unlink()
        raise Refused(f"it is genuine, but this Aside runs from its source in {ROOT}: renew that.")
    command = ["apt-get", "install", "-y", "--no-install-recommends", str(package)]
    _must_bring_all(command)
    rights = as_root()
    if rights is None:
        print(f"It is genuine. To install it, type:\n\n  sudo {' '.join(command)}\n")
        return 1
    if subprocess.call([*rights, *command]):
        raise Refused(f"apt did not install {package}; why not, it says above.")
    package.unlink()
    print("Updated. Start Aside anew to use it.")
    return 0


def _must_bring_all(command: list[str]) -> None:
    """Raises Refused where apt would fetch more for it: an update asks no server unasked."""
    trial = [*command, "--simulate"]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    steps = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("Inst ")]
    if done.returncode or steps != ["aside"]:
        more = ", ".join(name for name in steps if name != "aside") or done.stderr.strip()
        raise Refused(
            f"it is genuine, and apt would have to fetch more for it ({more}). If it may, type:"
            f"\n\n  sudo {' '.join(command)}\n"
        )


def _folder() -> Path:
    """Where only this user writes, so that what was looked at is what gets installed."""
    folder = Path(platformdirs.user_cache_path("aside", appauthor=False)) / "updates"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside update",
        description="Install a newer Aside, if its release is signed by the key this one trusts.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", metavar="FILE|URL", help="the package; FILE.release lies beside")
    parser.add_argument("--check", action="store_true", help="look at it, install nothing")
    return parser
