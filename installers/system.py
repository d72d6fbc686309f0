"""The system libraries and programs that Aside stands on, and how they get onto Linux.

A need is looked for itself (can the library be loaded, is the program on the PATH), never its
package's name: it counts as there however it came. macOS and Windows need nothing: there the
Python packages bring their own libraries.
"""

from __future__ import annotations

import ctypes
import glob
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from installers.faults import SetUpError, explain


@dataclass(frozen=True)
class Need:
    """One thing that must be on the machine, and the Debian package that brings it.

    Exactly one of the others is given: a library's soname, a program, a file by patterns of which
    one must fit, or a module of Python's own library that Debian packs apart.
    """

    package: str
    library: str = ""
    program: str = ""
    file: str = ""
    module: str = ""

    def there(self) -> bool:
        if self.library:
            return _loads(self.library)
        if self.program:
            return shutil.which(self.program) is not None
        if self.module:
            return importlib.util.find_spec(self.module) is not None
        return any(glob.glob(pattern) for pattern in self.file.split())

    @property
    def what(self) -> str:
        return self.library or self.program or self.module or self.file


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


# What somebody has is not taken away: Debian's pulseaudio would drive out PipeWire's sound.
KEEPING = "--no-remove"
PACKAGED = Path("/usr/lib/aside")  # where our own package for Debian puts the tree
DESKTOP = (
    Need("libportaudio2", library="libportaudio.so.2"),
    Need("libpulse0", library="libpulse.so.0"),
    Need("libasound2-plugins", file="/usr/lib*/*/alsa-lib/libasound_module_pcm_pulse.so "
         "/usr/lib*/alsa-lib/libasound_module_pcm_pulse.so"),
    Need("libglib2.0-0", library="libgthread-2.0.so.0"),
    Need("libdbus-1-3", library="libdbus-1.so.3"),
    Need("libfontconfig1", library="libfontconfig.so.1"),
    Need("libegl1", library="libEGL.so.1"),
    Need("libgl1", library="libGL.so.1"),
    Need("libgssapi-krb5-2", library="libgssapi_krb5.so.2"),
    Need("libwayland-client0", library="libwayland-client.so.0"),
    Need("libwayland-cursor0", library="libwayland-cursor.so.0"),
    Need("libx11-xcb1", library="libX11-xcb.so.1"),
    Need("libxkbcommon-x11-0", library="libxkbcommon-x11.so.0"),
    Need("libxcb-cursor0", library="libxcb-cursor.so.0"),
    Need("libxcb-glx0", library="libxcb-glx.so.0"),
    Need("libxcb-icccm4", library="libxcb-icccm.so.4"),
    Need("libxcb-image0", library="libxcb-image.so.0"),
    Need("libxcb-keysyms1", library="libxcb-keysyms.so.1"),
    Need("libxcb-randr0", library="libxcb-randr.so.0"),
    Need("libxcb-render-util0", library="libxcb-render-util.so.0"),
    Need("libxcb-shape0", library="libxcb-shape.so.0"),
    Need("libxcb-shm0", library="libxcb-shm.so.0"),
    Need("libxcb-sync1", library="libxcb-sync.so.1"),
    Need("libxcb-xfixes0", library="libxcb-xfixes.so.0"),
    Need("libxcb-xkb1", library="libxcb-xkb.so.1"),
)
VOICES = (
    Need("libespeak-ng1", library="libespeak-ng.so.1"),
    Need("espeak-ng-data", file="/usr/lib*/*/espeak-ng-data/phontab "
         "/usr/share/espeak-ng-data/phontab /usr/lib*/espeak-ng-data/phontab"),
    Need("flite", program="flite"),
    Need("festival", program="festival"),
    Need("festvox-kallpc16k", file="/usr/share/festival/voices/english/kal_diphone"),
    Need("festvox-kdlpc16k", file="/usr/share/festival/voices/english/ked_diphone"),
    Need("wamerican-small", file="/usr/share/dict/words"),  # what the own voice learns to read
)
TESTING = (
    Need("xvfb", program="Xvfb"),
    Need("xdotool", program="xdotool"),
    Need("openbox", program="openbox"),
    Need("dbus", program="dbus-daemon"),
    Need("bubblewrap", program="bwrap"),
    Need("tesseract-ocr", program="tesseract"),
    Need("pulseaudio", program="pulseaudio"),
    Need("pulseaudio-utils", program="pactl"),
    Need("desktop-file-utils", program="desktop-file-validate"),
    Need("appstream", program="appstreamcli"),
    Need("openssl", program="openssl"),
    Need("weston", program="weston"),
)


def has_nvidia() -> bool:
    """Whether an NVIDIA driver is loaded that packages for its cards could use."""
    if os.environ.get("ASIDE_GPU") == "0" or sys.platform == "darwin":
        return False
    return Path("/proc/driver/nvidia/version").exists() or (
        sys.platform == "win32" and shutil.which("nvidia-smi") is not None
    )


def provide(needs: Iterable[Need]) -> None:
    """Installs what is missing of `needs`, or raises SetUpError with the exact line to type.

    Where there is no apt it is only said: other systems have other places and names.
    """
    if not sys.platform.startswith("linux"):
        return
    absent = [need for need in needs if not need.there()]
    if not absent:
        return
    if shutil.which("apt-get") is None:
        names = "\n".join(f"  {need.what} (Debian's {need.package})" for need in absent)
        told = "These are missing, or lie where Aside does not look. If it does not work without, "
        print(f"{told}install them with your package manager:\n{names}", file=sys.stderr)
        return
    rights = _rights()
    if rights is None:
        raise SetUpError(_line_to_type(absent))
    _install([need.package for need in absent], rights)
    _check(absent)


def _rights() -> list[str] | None:
    """What to put before a command to run it as root: nothing, sudo, or None without rights."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def as_root() -> list[str] | None:
    """Like _rights, for a command that a person just asked for: they may be asked who they are."""
    rights = _rights()
    if rights is not None:
        return rights
    if shutil.which("sudo") and sys.stdin.isatty():
        return ["sudo"]
    if shutil.which("pkexec") and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return ["pkexec"]
    return None


def _line_to_type(absent: Sequence[Need]) -> str:
    packages = " ".join(need.package for need in absent)
    steps = ("apt-get update", f"apt-get install -y {KEEPING} {packages}")
    if shutil.which("sudo"):
        line = " && ".join(f"sudo {step}" for step in steps)
    else:
        line = f'su -c "{" && ".join(steps)}"'
    return (
        f"Aside needs {len(absent)} system package(s) and may not install them itself.\n"
        f"Type this, then start again:\n\n  {line}\n"
    )


def _install(packages: Sequence[str], rights: Sequence[str]) -> None:
    print(f"Installing system packages: {' '.join(packages)}", file=sys.stderr, flush=True)
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    install = [*rights, *quiet, "install", KEEPING, "--no-install-recommends", *packages]
    if _run(install).returncode == 0:
        return
    refreshed = _run([*rights, *quiet, "update"])  # the lists may be old, or not there at all
    done = _run(install)
    if done.returncode:
        said = done.stdout or refreshed.stdout
        raise SetUpError(explain(f"Installing {' '.join(packages)}", said))


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _check(absent: Sequence[Need]) -> None:
    still = [need for need in absent if not need.there()]
    if still:
        names = ", ".join(f"{need.what} ({need.package})" for need in still)
        raise SetUpError(f"Installed, and still not found on this machine: {names}.")
