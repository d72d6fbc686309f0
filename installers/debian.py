"""The package for Debian and Ubuntu: everything under /usr/lib/aside, and what a desktop reads.

    /usr/bin/aside            the launcher
    /usr/lib/aside/           app, engine, kernels, assets, what installs and removes
    /usr/lib/aside/env/       a private environment on the system's Python: the locked packages

It is made for the Python that makes it (compiled packages fit no other) and says so to dpkg.
"""

from __future__ import annotations

import compileall
import os
import platform
import py_compile
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from app.identity import APP_ID
from installers.faults import SetUpError
from installers.payload import ROOT, Project, carry_packages, carry_tree, python_minor
from installers.system import DESKTOP

PARTS = ROOT / "installers" / "linux"
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
WHOM = "The Aside authors <aside@localhost>"  # who builds it says so with DEBEMAIL and DEBFULLNAME
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Aside

Files: *
Copyright: The Aside authors
License: Apache-2.0
 The whole text: /usr/lib/aside/LICENSE, and on Debian /usr/share/common-licenses/Apache-2.0

Files: usr/lib/aside/env/lib/*
Copyright: the authors of each package
License: various
 Each package's own terms lie in its *.dist-info folder.
"""


@dataclass(frozen=True)
class Debian:
    """One package to be made. `release_key` is the file with the public keys it will trust."""

    version: str
    release_key: Path | None = None
    bytecode: bool = True
    squeeze: tuple[str, ...] = ("-Zzstd", "-z15")

    @property
    def name(self) -> str:
        return f"aside_{self.version}_python{python_minor()}_{architecture()}.deb"

    def make(self, folder: Path, stage: Path) -> Path:
        """Lays everything out in the empty `stage`, and packs it. Raises SetUpError."""
        self.lay_out(stage)
        return self.pack(folder, stage)

    def lay_out(self, stage: Path) -> None:
        home = stage / "usr/lib/aside"
        home.mkdir(parents=True)
        carry_tree(home, self.version)
        if self.release_key is not None:
            shutil.copy(self.release_key, home / "installers" / "release.pub")
        packages = _private_environment(home / "env")
        print(f"Laying out {carry_packages(packages)} packages", file=sys.stderr, flush=True)
        (packages / "aside.pth").write_text("/usr/lib/aside\n")
        if self.bytecode:
            _compile(home)
        _desktop(stage, self.version)

    def pack(self, folder: Path, stage: Path) -> Path:
        """Writes the package of what lies in `stage`. Raises SetUpError."""
        control = stage / "DEBIAN"
        control.mkdir(exist_ok=True)
        (control / "control").write_text(self.control(stage), "utf-8")
        shutil.copy(PARTS / "postrm", control / "postrm")
        _plain_modes(stage)
        made = folder / self.name
        folder.mkdir(parents=True, exist_ok=True)
        command = ["dpkg-deb", "--root-owner-group", *self.squeeze, "--build", stage, made]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        done = subprocess.run(command, check=False, env=_clock(), **quiet)  # type: ignore[call-overload]
        if done.returncode:
            raise SetUpError(f"dpkg-deb could not write {made}: {done.stderr.strip()}")
        return made

    def control(self, stage: Path) -> str:
        """What dpkg reads: the name, the version, and what must be on the system."""
        files = [path for path in stage.rglob("*") if path.is_file() and not path.is_symlink()]
        size = sum(path.stat().st_size for path in files) // 1024
        minor = int(python_minor().split(".")[1])
        needs = [f"python3 (>= 3.{minor}~)", f"python3 (<< 3.{minor + 1}~)", "libstdc++6"]
        lines = [
            "Package: aside",
            f"Version: {self.version}",
            f"Architecture: {architecture()}",
            f"Maintainer: {_maintainer()}",
            f"Installed-Size: {size}",
            "Section: utils",
            "Priority: optional",
            f"Depends: {', '.join([*needs, *(need.package for need in DESKTOP)])}",
            "Recommends: python3-venv, xdotool, bubblewrap, gnome-keyring | kwalletmanager",
            f"Description: {Project.read().summary.split(':')[0]}",
            " Aside hears you, sees what you show it, speaks, writes and acts, all at once. Its",
            " small model runs on two cores, and nothing leaves the machine unless you say so.",
            " The engine for NVIDIA cards is added on demand: aside gpu add.",
        ]
        return "\n".join(lines) + "\n"


def architecture() -> str:
    machine = platform.machine()
    if machine not in MACHINES:
        known = ", ".join(MACHINES)
        raise SetUpError(f"There is no Debian package for {machine}; there is one for {known}.")
    return MACHINES[machine]


def _maintainer() -> str:
    name, mail = os.environ.get("DEBFULLNAME"), os.environ.get("DEBEMAIL")
    return f"{name} <{mail}>" if name and mail else WHOM


def _private_environment(folder: Path) -> Path:
    """An environment on the system's own Python, as `python3 -m venv` makes one; its packages."""
    packages = folder / "lib" / f"python{python_minor()}" / "site-packages"
    packages.mkdir(parents=True)
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to("/usr/bin/python3")
    (folder / "pyvenv.cfg").write_text(
        f"home = /usr/bin\ninclude-system-site-packages = false\nversion = {python_minor()}\n"
    )
    return packages


def _compile(home: Path) -> None:
    """Bytecode that holds whatever the files' times are: nobody may write it afterwards."""
    print("Compiling", file=sys.stderr, flush=True)
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(
        home, maxlevels=30, quiet=2, stripdir=home, prependdir="/usr/lib/aside",
        invalidation_mode=mode,
    )  # fmt: skip


def _desktop(stage: Path, version: str) -> None:
    """The launcher, and what makes Aside a program among the desktop's others."""
    share = stage / "usr/share"
    _put(PARTS / "aside.sh", stage / "usr/bin/aside", 0o755)
    icon, page = f"icons/hicolor/scalable/apps/{APP_ID}.svg", f"{APP_ID}.metainfo.xml"
    _put(PARTS / f"{APP_ID}.desktop", share / f"applications/{APP_ID}.desktop")
    _put(ROOT / "assets/icons/aside.svg", share / icon)
    metainfo = _put(PARTS / page, share / "metainfo" / page)
    day = time.strftime("%Y-%m-%d", time.gmtime(int(_clock()["SOURCE_DATE_EPOCH"])))
    text = metainfo.read_text("utf-8").replace("@VERSION@", version).replace("@DATE@", day)
    metainfo.write_text(text, "utf-8")
    papers = share / "doc/aside"
    papers.mkdir(parents=True)
    (papers / "copyright").write_text(COPYRIGHT, "utf-8")


def _put(source: Path, place: Path, mode: int = 0o644) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)
    place.chmod(mode)
    return place


def _plain_modes(stage: Path) -> None:
    """Everybody may read, nobody but root may write, whatever the builder's umask was."""
    for path in [stage, *stage.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)


def _clock() -> dict[str, str]:
    """The environment with the time of the source, so that the same source gives the same file."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return dict(os.environ)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=True)
        moment = asked.stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        moment = str(int((ROOT / "pyproject.toml").stat().st_mtime))
    return os.environ | {"SOURCE_DATE_EPOCH": moment}
