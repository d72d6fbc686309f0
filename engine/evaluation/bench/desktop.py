"""`aside bench desktop`: the app measures itself from outside, in a process of its own.

The engine knows no windows, so nothing of that is done here: rows come as they are printed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.evaluation.bench.tape import BenchError

ROOT = Path(__file__).resolve().parents[3]


def rows(starts: int, tries: int, seconds: float) -> Iterator[dict[str, Any]]:
    """What a person waits for, and what the app costs."""
    amount = ["--starts", str(starts), "--tries", str(tries), "--seconds", str(seconds)]
    return _rows("app.bench", *amount)


def answers() -> Iterator[dict[str, Any]]:
    """How soon the shipped model is heard to answer people."""
    return _rows("app.bench.delay")


def _rows(*words: str) -> Iterator[dict[str, Any]]:
    """Each as it is measured. Raises BenchError with what the app says is in the way."""
    with subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
        _, complaint = process.communicate()
    if process.returncode:
        said = complaint.strip().splitlines()
        raise BenchError(said[-1] if said else "the desktop could not be measured")
