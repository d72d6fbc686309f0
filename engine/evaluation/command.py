"""`aside eval`: what the model can do, measured on what training never met."""

from __future__ import annotations

import sys
from importlib.util import find_spec

TRAINING = ("scipy", "pocketsphinx")  # of an installation that only uses the model, none


def main(argv: list[str]) -> int:
    """Runs a suite and returns the exit status: 1 where the packages of training are missing."""
    missing = next((name for name in TRAINING if find_spec(name) is None), None)
    if missing:
        return _told(missing)
    try:
        from engine.evaluation.suites import main as measure
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("engine"):
            raise
        return _told(error.name or "")
    return measure(argv)


def _told(package: str) -> int:
    print(
        f"aside eval: the package {package} is missing. Measuring needs what training needs. To "
        "have it, type once in Aside's source: python3 run.py eval --help",
        file=sys.stderr,
    )
    return 1
