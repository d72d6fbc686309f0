"""What lies in the tree: the rooms of the house, and only packages that are declared and locked."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from test_house_imports import dotted, imports, ours, room_of, sources

ROOT = Path(__file__).resolve().parents[1]
TOP = {
    ".ci", ".gitignore", "ARCHITECTURE.md", "LICENSE", "LOG.md", "README.md", "app", "assets",
    "engine", "installers", "kernels", "pyproject.toml", "run.py", "tests",
}  # fmt: skip
TRAINING_ROOMS = {"engine.training", "engine.evaluation", "engine.model", "kernels"}
LAYERS = ("default", "cpu", "gpu", "train", "test", "freeze", "ray")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return normal(found[0])


def asked(layer: str) -> set[str]:
    extras = PROJECT["optional-dependencies"] | {"default": PROJECT["dependencies"]}
    return {named(line) for line in extras[layer] if not line.startswith("aside[")}


def lock(layer: str) -> str:
    return (ROOT / "installers" / "locks" / f"{layer}.txt").read_text("utf-8")


def pins(layer: str) -> dict[str, str]:
    return {normal(name): pin for name, pin in re.findall(r"^(\S+)==(\S+)", lock(layer), re.M)}


def tracked() -> list[str]:
    """The paths under version control; skips where the tree is no clone."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    command = ["git", "-c", "safe.directory=*", "ls-files"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_top_level_is_the_house() -> None:
    """Nothing lies at the top of the tree but the rooms and the pages that explain them."""
    assert {path.split("/")[0] for path in tracked()} <= TOP


def test_no_file_is_too_big_to_ship() -> None:
    """No tracked file is over 25 MiB; the shipped model with all its parts is under 24."""
    sizes = {path: (ROOT / path).stat().st_size for path in tracked() if (ROOT / path).exists()}
    assert max(sizes.values()) < 25 << 20
    assert sum(size for path, size in sizes.items() if path.startswith("assets/nano/")) < 24 << 20


@pytest.mark.parametrize("layer", LAYERS)
def test_every_pin_is_hashed(layer: str) -> None:
    """Each package of a lock has one exact version and at least one hash."""
    blocks = re.split(r"\n(?=\S)", lock(layer).strip())
    packages = [block for block in blocks if not block.startswith("#")]
    assert packages
    for block in packages:
        assert re.match(r"\S+==\S+", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]


@pytest.mark.parametrize("layer", LAYERS)
def test_locks_name_no_host(layer: str) -> None:
    """A lock says what to install, never where from."""
    assert not re.search(r"://|index-url|find-links|trusted-host", lock(layer))


@pytest.mark.parametrize("layer", LAYERS)
def test_locks_hold_what_is_asked_for(layer: str) -> None:
    """Every requirement of a layer in pyproject.toml is pinned in that layer's lock."""
    assert asked(layer) <= set(pins(layer)) | {"aside"}


def test_layers_agree() -> None:
    """A package that several layers hold has the same version in each."""
    versions: dict[str, set[str]] = {}
    for layer in LAYERS:
        for name, version in pins(layer).items():
            versions.setdefault(name, set()).add(version)
    assert not {name: found for name, found in versions.items() if len(found) > 1}


def test_torch_is_no_default() -> None:
    """torch is pinned exactly, in one place, and reaches nobody who did not ask for it."""
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    assert len(re.findall(r"\btorch==", pyproject)) == 1
    assert not any("torch" in pins(layer) for layer in LAYERS)
    assert "torch" not in asked("default") | asked("cpu")


def test_installed_versions_are_the_locked_ones() -> None:
    """What runs here is what the locks say."""
    locked = pins("default") | pins("test")
    here = {name: _version(name) for name in locked}
    assert not {name: v for name, v in here.items() if v is not None and v != locked[name]}


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def test_every_import_is_declared() -> None:
    """What the product imports, pyproject.toml asks for: by default, or for training alone."""
    providers = metadata.packages_distributions()
    default = asked("default") | asked("cpu") | asked("gpu")
    training = default | asked("train") | asked("torch")
    wrong = []
    for path in sources():
        trained = room_of(dotted(path)) in TRAINING_ROOMS
        for top in {module.split(".")[0] for module in imports(path) if not ours(module)}:
            names = {normal(name) for name in providers.get(top, [top])}
            allowed = training if trained or "torch" in path.stem else default
            if room_of(dotted(path)) == "kernels":
                allowed = training | {"triton"}  # torch brings it along wherever there is a GPU
            if path.parent.name == "replicas":
                allowed = default | asked("ray")
            if top not in sys.stdlib_module_names and not names & allowed:
                wrong.append(f"{path.relative_to(ROOT)} imports {top}")
    assert not wrong


def test_links_lead_somewhere() -> None:
    """What a page of ours links to or shows lies where it says."""
    pages = [ROOT / name for name in tracked() if name.endswith(".md")]
    lost = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not lost


def test_no_second_qt() -> None:
    """OpenCV brings no Qt of its own: two in one process break the window."""
    spec = importlib.util.find_spec("cv2")
    assert spec is not None
    assert spec.origin is not None
    assert not (Path(spec.origin).parent / "qt").exists()


def test_one_runtime() -> None:
    """Exactly one of onnxruntime and onnxruntime-gpu is installed: they share one folder."""
    assert sum(_version(name) is not None for name in ("onnxruntime", "onnxruntime-gpu")) == 1
