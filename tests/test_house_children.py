"""What is started from a folder that has modules of our names runs ours all the same."""

from __future__ import annotations

import ast
import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import child
from engine.client.host import Child

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("engine", "app", "random", "json", "numpy")

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a project of somebody else, in which our names mean something else."""
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text("raise SystemExit('somebody else was run')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", f"{os.pathsep}{tmp_path / 'elsewhere'}")
    return tmp_path


def test_the_engine_starts_there(hostile: Path) -> None:
    async def started() -> str:
        engine = Child()
        address = await engine.reach()
        await engine.let_go()
        engine.forget()
        return address.url

    assert asyncio.run(started()).startswith("ws://127.0.0.1:")


def test_the_commands_work_there(hostile: Path) -> None:
    """As the first start's check of the machine calls them."""
    done = subprocess.run(
        child.command("app.cli", "doctor", "--json"),
        env=child.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    topics = {json.loads(line)["topic"] for line in done.stdout.splitlines()}
    assert "checkpoint" in topics, done.stderr


def test_plain_python_would_run_somebody_else(hostile: Path) -> None:
    """That this folder is hostile at all."""
    done = subprocess.run(
        [sys.executable, "-m", "engine.server"],
        env=child.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "somebody else was run" in done.stderr


def test_who_starts_a_module_does_it_this_way() -> None:
    """The app, the client and what both use name no -m of their own; measuring may, which starts
    from the project itself."""
    rooms = [*(ROOT / "app").rglob("*.py"), *(ROOT / "engine/client").rglob("*.py")]
    rooms += (ROOT / "engine").glob("*.py")
    for path in rooms:
        if path.parent == ROOT / "app/bench" or path == ROOT / "engine/child.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not (isinstance(node, ast.Constant) and node.value == "-m"), path
