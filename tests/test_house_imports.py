"""The arrows between the rooms, read off the source itself."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# room -> the rooms it may import (besides itself)
ARROWS: dict[str, set[str]] = {
    "engine.microturn": set(),
    "engine.keystore": set(),
    "engine.child": set(),
    "engine.examples": set(),
    "engine.accelerator": {"engine.child"},
    "kernels": set(),
    "engine.signal": {"engine.microturn"},
    "engine.model": {"engine.microturn", "engine.signal", "kernels"},
    "engine.runtime": {"engine.microturn", "engine.model", "engine.signal", "kernels"},
    "engine.server": {"engine.microturn", "engine.runtime", "engine.signal"},
    "engine.client": {
        "engine.microturn", "engine.keystore", "engine.accelerator", "engine.child",
        "engine.examples",
    },
    "engine.background": {"engine.microturn", "engine.keystore", "engine.examples"},
    "engine.replay": {
        "engine.microturn", "engine.runtime", "engine.signal", "engine.client", "engine.background",
    },
    "engine.training": {
        "engine.microturn", "engine.model", "engine.signal", "engine.runtime", "engine.background",
        "engine.child",
    },
    "engine.evaluation": {
        "engine.microturn", "engine.model", "engine.signal", "engine.runtime", "engine.replay",
        "engine.training", "engine.background", "engine.client", "engine.server",
        "engine.child", "engine.examples",
    },
    "app": {
        "engine.accelerator", "engine.child", "engine.keystore", "engine.microturn",
        "engine.client", "engine.background", "engine.examples",
    },
}  # fmt: skip
TORCH_ROOMS = {"engine.model", "engine.training", "kernels"}
REPLICAS = "engine.server.replicas."
WORDS = "engine.background.sentences"
PAINTED = "engine.training.scenes.toolkit_show"
DEVICE_PACKAGES = {"PySide6", "shiboken6", "sounddevice"}


def sources() -> list[Path]:
    rooms = ("app", "engine", "kernels")
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "engine" else parts[0]


def imports(path: Path) -> Iterator[str]:
    """Every module that `path` imports anywhere, `from x import y` as x.y."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, node.module or ""]) if node.level else node.module
            yield from (f"{base}.{alias.name}".replace("..", ".") for alias in node.names)


def ours(module: str) -> bool:
    return module.split(".")[0] in {"app", "engine", "kernels", "tests", "installers"}


def test_arrows_run_one_way() -> None:
    """A room imports only the rooms that the arrows lead to."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources()
        for module in imports(path)
        if ours(module)
        and room_of(module) not in {room_of(dotted(path)), "engine"} | ARROWS[room_of(dotted(path))]
    ]
    assert not wrong


def test_training_takes_only_words_from_the_background() -> None:
    """What the background says is practised; nothing that is done there is."""
    taken = {
        module
        for path in sources()
        if room_of(dotted(path)) == "engine.training"
        for module in imports(path)
        if room_of(module) == "engine.background"
    }
    assert taken == {WORDS}


def test_only_the_app_knows_windows_and_devices() -> None:
    """Qt and the sound device live in app/ and nowhere else, but for the pictures of screens that
    scenes are made of: they show nothing to anybody."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources()
        for module in imports(path)
        if module.split(".")[0] in DEVICE_PACKAGES
        and room_of(dotted(path)) != "app"
        and dotted(path) != PAINTED
    ]
    assert not wrong


def test_torch_stays_in_its_rooms() -> None:
    """Only model/, training/, kernels/ and files with torch in their name import torch."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in sources()
        if any(module.split(".")[0] == "torch" for module in imports(path))
        and room_of(dotted(path)) not in TORCH_ROOMS
        and "torch" not in path.stem
    ]
    assert not wrong


LIGHT = ["engine.runtime", "engine.server", "engine.client", "engine.replay", "engine.background"]


@pytest.mark.parametrize("room", LIGHT)
def test_the_default_path_loads_no_torch_and_no_devices(room: str) -> None:
    """Importing the whole of a room that runs on a person's machine loads neither torch nor Qt."""
    modules = [dotted(path) for path in sources() if room_of(dotted(path)) == room]
    light = [module for module in modules if "torch" not in module and "__main__" not in module]
    if importlib.util.find_spec("ray") is None:  # an extra, which nothing but these may need
        light = [module for module in light if not module.startswith(REPLICAS)]
    code = (
        "import importlib, sys\n"
        f"for module in {light!r}: importlib.import_module(module)\n"
        f"heavy = {sorted(DEVICE_PACKAGES | {'torch'})!r}\n"
        "sys.exit(', '.join(name for name in heavy if name in sys.modules) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_window_waits_for_nothing_that_few_people_need() -> None:
    """Its parts load without MCP's library and without a second video library: they were half of
    the time to the window and a quarter of its memory."""
    heavy = "', '.join({'mcp', 'av', 'torch'} & set(sys.modules)) or 0"
    code = f"import sys, app.assembly; sys.exit({heavy})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""
    assert done.returncode == 0
