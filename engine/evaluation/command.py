"""`aside eval`: what the model can do, measured on what training never met."""

from __future__ import annotations

import sys


def main(argv: list[str]) -> int:
    """Runs a suite and returns the exit status: 1 where the packages of training are missing."""
    try:
        from engine.evaluation.suites import main as measure
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("engine"):
            raise
        print(
            f"aside eval: the package {error.name} is missing. Measuring needs what training "
            "needs: `python3 run.py train --help` installs it.",
            file=sys.stderr,
        )
        return 1
    return measure(argv)
