"""A machine like this one that may be written to: its changes stay in a folder of the test's.

This system lies underneath, read-only (overlayfs); on top are the packages that a test installs.
It has no network at all, so whoever tries to reach one is seen to fail.

All layers are mounted at once, never one mount upon another: overlayfs shows the files of a mount
below as those of one device, whatever devices they lie on, so two of them can have one inode
number, and the loader of shared libraries takes those two for the same library.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ANA = 1000  # an ordinary user, whose home is /home/ana
ENTER = """
set -e
IFS=: read -ra layers <<< "$2"
top="${layers[-1]}"
lower="$1"
for layer in "${layers[@]:0:${#layers[@]}-1}"; do
    lower="$layer/upper:$lower"
done
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$top/upper,workdir=$top/work" "$top/root"
root="$top/root"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
mount --bind "$3" "$root/mnt"
mkdir -p "$root/home/ana"
chown "$4" "$root/home/ana"
user="$4"
shift 4
cd /
exec chroot --userspec="$user:$user" "$root" env -C "$HOME" -- "$@"
"""
VARIABLES = {
    "PATH": "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/home/ana",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}


@dataclass(frozen=True)
class Machine:
    """layers: the folders of what was changed, the lowest first. packages: seen inside as /mnt.
    system: what all of it stands on."""

    layers: tuple[Path, ...]
    packages: Path
    system: Path = Path("/")

    @classmethod
    def new(cls, folder: Path, packages: Path, system: Path = Path("/")) -> Machine:
        return cls((_layer(folder),), packages, system)

    def on_top(self, folder: Path) -> Machine:
        """A machine that begins as this one is now, and leaves this one as it is."""
        return replace(self, layers=(*self.layers, _layer(folder)))

    def run(self, *command: str, user: int = ANA) -> subprocess.CompletedProcess[str]:
        layers = ":".join(map(str, self.layers))
        enter = ["unshare", "--mount", "--net", "--pid", "--fork", "--propagation", "private"]
        inside = ["bash", "-c", ENTER, "enter", self.system, layers, self.packages, str(user)]
        return subprocess.run(
            [*enter, *inside, *command],
            env=VARIABLES, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def root(self, *command: str) -> subprocess.CompletedProcess[str]:
        return self.run(*command, user=0)

    def has(self, path: str) -> bool:
        return self.run("test", "-e", path).returncode == 0


def _layer(folder: Path) -> Path:
    for part in ("upper", "work", "root"):
        (folder / part).mkdir(parents=True)
    return folder


def why_not(folder: Path) -> str:
    """Why there can be no such machine here; "" where there can."""
    if not all(map(shutil.which, ("unshare", "dpkg-deb", "apt-get"))):
        return "no Debian, or no unshare"
    done = Machine.new(folder / "try", folder).root("true")
    shutil.rmtree(folder / "try", ignore_errors=True)
    return done.stderr.strip() and f"this system lets nobody mount over it: {done.stderr.strip()}"


def said(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


def installed_version(machine: Machine) -> str:
    command: Sequence[str] = ("dpkg-query", "-W", "-f", "${Status} ${Version}", "aside")
    return machine.run(*command).stdout
