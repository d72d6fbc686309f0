"""What a package carries: the locked packages out of the environment, and the tree of Aside.

Nothing is fetched here. Packages come from the environment that run.py has set up from the locks,
where pip checked their hashes; each file is checked once more against its package's RECORD while
it is copied, so that what was edited by hand is never shipped.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from installers.faults import SetUpError

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("default", "cpu")
ROOMS = ("app", "engine", "kernels")
# What the set-up of the GPU engine, updates and the removal need; the rest only builds packages.
KEEPERS = (
    "__init__", "environment", "faults", "gpu", "progress", "release", "system",
    "uninstall", "update",
)  # fmt: skip
# Parts of packages that Aside never loads: Qt's other toolkit, programs for makers, others' tests.
UNUSED = (
    "*/__pycache__/*", "*.pyi", "*.a", "numpy/*/tests/*", "onnx/backend/test/*",
    "PySide6/Qt/qml/*", "PySide6/Qt/metatypes/*", "PySide6/Qt/libexec/*",
    "PySide6/Qt/plugins/designer/*", "PySide6/Qt/plugins/qml*",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard*",
    "PySide6/Qt/plugins/wayland-graphics-integration-server/*",
    "PySide6/Qt/lib/libQt6Q*", "PySide6/Qt/lib/libQt6Designer*", "PySide6/Qt/lib/libQt6Labs*",
    "PySide6/Qt/lib/libQt6WaylandCompositor*", "PySide6/Qt/lib/libQt6WaylandEglCompositor*",
    "PySide6/QtQ*", "PySide6/QtDesigner*", "PySide6/libpyside6qml*",
    "PySide6/include/*", "PySide6/typesystems/*", "PySide6/glue/*", "PySide6/doc/*",
    "PySide6/scripts/*", "PySide6/support/*",
    *(f"PySide6/{tool}" for tool in (
        "assistant", "designer", "linguist", "lrelease", "lupdate", "qmlformat", "qmllint",
        "qmlls", "svgtoqml",
    )),
)  # fmt: skip


@dataclass(frozen=True)
class Project:
    """What pyproject.toml says of the project as a whole."""

    version: str
    summary: str

    @classmethod
    def read(cls, root: Path = ROOT) -> Project:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
        return cls(project["version"], project["description"])


def pins(root: Path = ROOT, layers: Iterable[str] = LAYERS) -> Iterator[tuple[str, str]]:
    """(name, version) of each locked package that this system and this Python need."""
    for layer in layers:
        text = (root / "installers" / "locks" / f"{layer}.txt").read_text("utf-8")
        for line in re.findall(r"^\S+==[^\\\n]*", text, re.M):
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate():
                yield wanted.name, next(iter(wanted.specifier)).version


def carry_packages(target: Path, root: Path = ROOT) -> int:
    """Copies the locked packages into `target`. Returns how many. Raises SetUpError."""
    count = 0
    for name, version in pins(root):
        _carry(_installed(name, version), target)
        count += 1
    return count


def _installed(name: str, version: str) -> Distribution:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        found = None
    if found is None or found.version != version:
        has = "is not there" if found is None else f"is {found.version}"
        raise SetUpError(
            f"The package is made of the locked packages, and in this environment {name} {has}; "
            f"{version} is locked. Set it up again: ASIDE_GPU=0 python3 run.py package"
        )
    return found


def _carry(package: Distribution, target: Path) -> None:
    """Copies one package's files, each only if it is what its RECORD says. Raises SetUpError."""
    for file in package.files or ():
        if file.is_absolute() or ".." in file.parts or file.hash is None:
            continue  # programs in bin/, and what pip wrote itself
        if any(fnmatch(str(file), pattern) for pattern in UNUSED):
            continue
        content = Path(str(file.locate())).read_bytes()
        digest = hashlib.new(file.hash.mode, content).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            raise SetUpError(
                f"{file.locate()} is no longer what the package {package.name} brought. "
                f"Delete .venv, then start again: python3 run.py package"
            )
        place = target / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        place.chmod(0o755 if ".so" in place.name else 0o644)


def carry_tree(target: Path, version: str, root: Path = ROOT) -> None:
    """Copies what of Aside's own tree is run, and its metadata, into `target`."""
    clean = shutil.ignore_patterns("__pycache__", "*.ts", "*.egg-info")
    for room in (*ROOMS, "assets"):
        shutil.copytree(root / room, target / room, ignore=clean)
    (target / "installers").mkdir()
    for keeper in KEEPERS:
        shutil.copy(root / "installers" / f"{keeper}.py", target / "installers")
    shutil.copytree(root / "installers" / "locks", target / "installers" / "locks")
    for file in ("pyproject.toml", "LICENSE"):
        shutil.copy(root / file, target)
    write_metadata(target, version)


def write_metadata(target: Path, version: str) -> None:
    """The one thing asked of Aside's metadata: `aside --version`."""
    about = target / f"aside-{version}.dist-info"
    about.mkdir()
    summary = Project.read().summary
    text = f"Metadata-Version: 2.1\nName: aside\nVersion: {version}\nSummary: {summary}\n"
    (about / "METADATA").write_text(text, "utf-8")


def python_minor() -> str:
    """The Python that a package made here is for, such as 3.11: compiled packages fit no other."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"
