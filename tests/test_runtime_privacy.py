"""What computes the model tells nobody: ONNX Runtime brings an uploader, which must never start."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import untrained
from tests.desktop import ROOT

pytestmark = pytest.mark.timeout(120)
LOADS = re.compile(r"^\s*(import|from) onnxruntime|(import_module|__import__)\(.onnxruntime", re.M)
RUN = """
import sys
import numpy as np
from pathlib import Path
from engine.microturn import InputTurn
from engine.runtime import load
session = load(Path(sys.argv[1])).session()
for turn in range(3):
    session.step(InputTurn(turn, np.zeros(3200, np.float32)))
"""


def test_a_session_leaves_nothing_in_the_home_of_its_user(tmp_path: Path) -> None:
    """No device's number, no queue of events: in a home of its own it writes no file at all."""
    home = tmp_path / "home"
    home.mkdir()
    apart = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_"))}
    model = untrained.folder(tmp_path / "model")
    command = [sys.executable, "-B", "-c", RUN, str(model)]
    told = {**apart, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    subprocess.run(command, env=told, cwd=tmp_path, check=True, timeout=100)
    assert list(home.rglob("*")) == []


def test_the_doctor_leaves_nothing_either(tmp_path: Path) -> None:
    """It is the first thing a newcomer asks; looking at a machine numbers no device."""
    home = tmp_path / "home"
    home.mkdir()
    apart = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_", "PULSE_"))}
    command = [sys.executable, "-B", "-m", "app.cli", "doctor", "--json"]
    told = {**apart, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env=told, cwd=ROOT, check=False, timeout=100, capture_output=True, text=True
    )
    assert '"checkpoint"' in done.stdout, done.stderr
    left = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert left <= {".config/pulse/cookie"}  # the sound library's own


def test_onnx_runtime_is_loaded_in_one_place() -> None:
    """Where its uploader is switched off; whoever loaded it elsewhere could start it."""
    rooms = ("app", "engine", "installers", "kernels")
    sources = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    loading = [
        path.relative_to(ROOT).as_posix()
        for path in sources
        if LOADS.search(path.read_text("utf-8"))
    ]
    assert loading == ["engine/runtime/onnx_backend.py"]
