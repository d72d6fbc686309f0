"""`python -m engine.training.renderer`: fill a run's bank with scenes, in a process of its own."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from engine.training import recipes
from engine.training.bank import SHARD_RECORDS
from engine.training.generate import fill


def render(
    plan: recipes.Plan,
    run: Path,
    speech: Path | None,
    seed: int,
    hours: float,
    shard: int,
    watch: Callable[[float], None],
) -> None:
    """Render `hours` of stream time, `shard` records a file; tells `watch` the seconds done."""
    records = recipes.source(plan.weights, speech, seed)
    fill(run / "bank", records, hours, f"seed{seed}", watch, shard)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m engine.training.renderer", description=__doc__,
        epilog="example: python -m engine.training.renderer nano --out runs/nano --hours 12",
    )  # fmt: skip
    parser.add_argument("recipe", choices=sorted(recipes.PLANS))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--speech", type=Path)
    parser.add_argument("--hours", type=float, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shard", type=int, default=SHARD_RECORDS)
    o = parser.parse_args(argv)
    render(recipes.PLANS[o.recipe], o.out, o.speech, o.seed, o.hours, o.shard, _while_wanted())
    return 0


def _while_wanted() -> Callable[[float], None]:
    """Ends this program when the one that started it is gone."""
    parent = os.getppid()

    def watch(_seconds: float) -> None:
        if os.getppid() != parent:
            sys.exit(1)

    return watch


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
