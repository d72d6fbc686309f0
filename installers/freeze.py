"""Windows and macOS: PyInstaller freezes Aside, Inno Setup or hdiutil makes the installer of it.

Written and never run on either system. What can be told without them is held by
tests/test_installer_frozen.py; the freezing itself was tried on Linux, where the program then runs.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installers.faults import SetUpError
from installers.payload import ROOT

PARTS = ROOT / "installers" / "frozen"
SPEC, SETUP, LOCK = PARTS / "aside.spec", PARTS / "setup.iss", ROOT / "installers/locks/freeze.txt"


def windows(version: str, keys: Path | None, out: Path, room: Path) -> Path:
    """aside-VERSION-setup.exe in `out`. Raises SetUpError."""
    compiler = shutil.which("iscc") or shutil.which("iscc", path=_inno_setup_folder())
    if compiler is None:
        raise SetUpError(
            "Inno Setup's compiler (iscc) is not here. Install it, for example with "
            "`winget install JRSoftware.InnoSetup`, then start again: python run.py package"
        )
    frozen = freeze(version, keys, room)
    _run([compiler, f"/DVersion={version}", f"/DFrozen={frozen}", f"/O{out.resolve()}", str(SETUP)])
    return out / f"aside-{version}-setup.exe"


def macos(version: str, keys: Path | None, out: Path, room: Path) -> Path:
    """aside-VERSION.dmg in `out`: the application, and the folder to drag it to.

    Signed with the identity in ASIDE_CODESIGN_IDENTITY, and notarised with the key chain's profile
    in ASIDE_NOTARY_PROFILE; without them people must allow it in the system's settings. Raises
    SetUpError.
    """
    frozen = freeze(version, keys, room)
    disk = room / "disk"
    disk.mkdir()
    shutil.copytree(frozen.parent / "Aside.app", disk / "Aside.app", symlinks=True)
    (disk / "Applications").symlink_to("/Applications")
    out.mkdir(parents=True, exist_ok=True)
    made = out / f"aside-{version}.dmg"
    pack = ["-volname", "Aside", "-fs", "HFS+", "-format", "UDZO", "-ov"]
    _run(["hdiutil", "create", *pack, "-srcfolder", str(disk), str(made)])
    if profile := os.environ.get("ASIDE_NOTARY_PROFILE"):
        _run(["xcrun", "notarytool", "submit", str(made), "--keychain-profile", profile, "--wait"])
        _run(["xcrun", "stapler", "staple", str(made)])
    return made


def freeze(version: str, keys: Path | None, room: Path) -> Path:
    """Freezes into a folder in `room`, and returns that folder. Raises SetUpError."""
    if importlib.util.find_spec("PyInstaller") is None:
        locked = ["--require-hashes", "--no-deps", "-r", str(LOCK)]
        _run([sys.executable, "-m", "pip", "install", *locked])
    told = {"ASIDE_VERSION": version, "ASIDE_RELEASE_KEYS": str(keys) if keys else ""}
    places = ["--distpath", str(room / "dist"), "--workpath", str(room / "work")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", *places, str(SPEC)]
    _run(command, os.environ | told)
    return room / "dist" / "aside"


def _inno_setup_folder() -> str:
    programs = os.environ.get("PROGRAMFILES(X86)", r"C:\Program Files (x86)")
    return str(Path(programs) / "Inno Setup 6")


def _run(command: list[str], variables: dict[str, str] | None = None) -> None:
    try:
        status = subprocess.call(command, cwd=ROOT, env=variables)
    except OSError as error:
        raise SetUpError(f"{command[0]} could not be started: {error}") from error
    if status:
        raise SetUpError(f"{command[0]} ended with status {status}; what it said stands above.")
