"""`python3 run.py package`: the installer of the system it runs on, in one command.

Linux gets a .deb (debian.py); Windows a setup.exe and macOS a .dmg (freeze.py), which were
written and never run.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from installers import debian, freeze, signing
from installers.faults import SetUpError
from installers.payload import ROOT, Project
from installers.release import Refused, number

EXAMPLE = """\
examples:
  python3 run.py package                            # into out/
  python3 run.py package --sign ~/keys/aside.pem    # with a release file, so that it can update
"""
Maker = Callable[[str, Path | None, Path, Path], Path]  # version, keys, target folder, workroom


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    try:
        made = make(options.out, options.sign)
    except (SetUpError, Refused, OSError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    print(f"{made} ({made.stat().st_size / (1 << 20):.0f} MiB)")
    if not options.sign:
        print("Not signed: whoever installs it cannot have it updated. See installers/README.md.")
    return 0


def make(out: Path, key_file: Path | None = None) -> Path:
    """Makes this system's package in `out`, signed where there is a key. Raises SetUpError."""
    version = Project.read().version
    number(version)
    key = signing.load_key(key_file) if key_file else None
    with tempfile.TemporaryDirectory(prefix="aside-package-") as room:
        keys = signing.write_public(key, Path(room) / "release.pub") if key else None
        made = maker(sys.platform)(version, keys, out, Path(room) / "stage")
    if key:
        signing.sign_package(made, version, key)
    return made


def maker(system: str) -> Maker:
    """Who makes the package of `system`. Raises SetUpError."""
    makers: dict[str, Maker] = {
        "linux": _debian,
        "win32": freeze.windows,
        "darwin": freeze.macos,
    }
    if system not in makers:
        raise SetUpError(f"There is no installer for {system}; there are some for {list(makers)}.")
    return makers[system]


def _debian(version: str, keys: Path | None, out: Path, room: Path) -> Path:
    if shutil.which("dpkg-deb") is None:
        raise SetUpError("dpkg-deb is not here: make the package for Debian on Debian or Ubuntu.")
    return debian.Debian(version, keys).make(out, room)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py package",
        description="Make the installer of this system.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, default=ROOT / "out", metavar="FOLDER")
    parser.add_argument("--sign", type=Path, metavar="KEY", help="a key of installers.signing")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
