"""How many threads the engine's own arithmetic takes: on a busy desktop one that waits holds up
the voice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASK = """
import engine
import numpy as np
product = np.ones((200, 200), np.float32) @ np.ones((200, 200), np.float32)
lines = open("/proc/self/status").read().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("Threads:")))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
@pytest.mark.parametrize(("given", "threads"), [(None, 1), ("2", 2)])
def test_products_of_matrices_start_no_threads(given: str | None, threads: int) -> None:
    """Unless somebody wants several."""
    if (os.cpu_count() or 1) < threads:
        pytest.skip("one processor")
    around = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    around |= {"OPENBLAS_NUM_THREADS": given} if given else {}
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=around, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert int(done.stdout) == threads
