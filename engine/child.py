"""How a program of ours starts another of our modules as a process of its own.

Python looks for a module in the current folder first. Whoever starts Aside in a folder with an
`engine/` or a `random.py` in it would have that run in place of ours, so children are told not to
look there (-P) but beside the package that starts them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def command(module: str, *arguments: str, python: str = "") -> list[str]:
    """python: the interpreter, our own unless given. To be run in our `environment`."""
    return [python or sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Ours, with the folder of this very package first: the child must run the same code."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(ROOT), *filter(None, given)]  # an empty one would be the current folder
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
