"""The GPU engine: an environment of its own, added on demand, used while it fits, removed again."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from little_tree import little_tree, lock, wheel

from app import cli
from engine import accelerator
from engine.client.host import server_command
from installers import environment, gpu, system
from installers.faults import SetUpError

ROOT = Path(__file__).resolve().parents[1]
needs_pip = pytest.mark.skipif(
    importlib.util.find_spec("pip") is None, reason="the pip that runs outside must be here"
)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A tiny tree whose `gpu` layer is the package ford, and no network. It cannot be written to:
    like the system's own, it is not the user's."""
    root = little_tree(tmp_path / "aside").root
    lock(root, "gpu", "ford", "1.0", wheel(root / "wheels", "ford", "1.0"))
    monkeypatch.setattr(environment, "find_spec", lambda _: None)
    monkeypatch.setattr(environment, "WITH_TORCH", frozenset())
    monkeypatch.setattr(environment, "ROOM_MIB", dict.fromkeys(environment.ROOM_MIB, 1))
    monkeypatch.setattr(environment, "needs", lambda: ())
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(root / "wheels"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    before = sorted(root.rglob("*"))
    yield root
    assert sorted(root.rglob("*")) == before


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's GPU engine would be; there is none yet."""
    folder = tmp_path / "home" / "gpu-engine"
    monkeypatch.setattr(accelerator, "folder", lambda: folder)
    return folder


@needs_pip
def test_it_is_added_used_and_removed(tree: Path, place: Path) -> None:
    """What is added holds the layer `gpu`, sees the tree, and goes wholly."""
    assert gpu.add(tree, place, anyway=True) == 0
    python = accelerator.python(place, tree)
    assert python == str(accelerator.interpreter(place))
    code = "import ford, marvin, sys; print(ford.version, sys.path[-1])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"1.0 {tree}\n"
    assert gpu.remove(place) == 0
    assert not place.exists()
    assert accelerator.python(place, tree) == sys.executable


@needs_pip
def test_an_update_that_changes_packages_makes_it_stale(tree: Path, place: Path) -> None:
    """It is used only with the packages it was made for; adding it again renews it."""
    gpu.add(tree, place, anyway=True)
    newer = wheel(tree.parent, "ford", "2.0")
    pinned = (tree / "installers/locks/gpu.txt").read_text()
    lock(tree, "gpu", "ford", "2.0", newer)
    assert gpu.state(tree, place) == "stale"
    assert accelerator.python(place, tree) == sys.executable
    (tree / "installers/locks/gpu.txt").write_text(pinned)
    assert gpu.state(tree, place) == "ready"


@needs_pip
def test_without_a_network_the_small_runtime_stays(tree: Path, place: Path) -> None:
    """What cannot be fetched is told with the line to type again, and nothing half-made is used."""
    lock(tree, "gpu", "zaphod", "1.0", "0" * 64)
    with pytest.raises(SetUpError, match="Then start again: aside gpu add"):
        gpu.add(tree, place, anyway=True)
    assert accelerator.python(place, tree) == sys.executable


def test_without_a_card_it_is_not_added(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Several gigabytes are not fetched for a card that is not there."""
    monkeypatch.setattr(system, "has_nvidia", lambda: False)
    assert gpu.main(["add"]) == 1
    assert "no NVIDIA driver is loaded" in capsys.readouterr().err
    assert not place.exists()


def test_it_reports(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`aside gpu` says whether there is a card and an engine for it, and how to get one."""
    monkeypatch.setattr(system, "has_nvidia", lambda: True)
    assert gpu.main([]) == 0
    assert "to add it: aside gpu add" in capsys.readouterr().out
    assert gpu.main(["--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"card": True, "engine": "absent", "folder": str(place)}


def added(place: Path, script: str) -> Path:
    """A GPU engine that is current, and whose Python is `script`."""
    python = accelerator.interpreter(place)
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    accelerator.mark(place).write_text(accelerator.fingerprint())
    return python


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_the_app_starts_its_engine_with_it(place: Path) -> None:
    """Where it is, the app's child is started by its Python; where it is not, by this one."""
    assert server_command()[0] == sys.executable
    python = added(place, "exit 0")
    assert server_command()[0] == str(python)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_commands_that_compute_go_over_to_it(tmp_path: Path) -> None:
    """`aside replay` and `aside serve` are run by it, `aside doctor` is not."""
    place = tmp_path / "aside" / "gpu-engine"
    variables = os.environ | {"XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    added(place, 'echo "gpu: $*"')
    for command, over in (("replay", True), ("serve", True), ("doctor", False)):
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", command, "--help"],
            env=variables, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert (done.stdout == f"gpu: -P -m app.cli {command} --help\n") is over
    assert {one.name for one in cli.COMMANDS if one.computes} == {"replay", "serve"}
