"""`aside eval report`: one page from the figures that the suites left in a folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from engine.evaluation.card.command import CardError, files, read
from engine.evaluation.report.page import page

PAGE = "report.html"


def register(suites: Any) -> None:
    """Add the report to what `aside eval` does."""
    parser = suites.add_parser(
        "report", help="one page with plots from results",
        epilog="example:\n  aside eval report results --out results/report.html",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.set_defaults(measure=write)
    parser.add_argument("results", type=Path, metavar="DIR", help="where --out left the figures")
    parser.add_argument("--out", type=Path, metavar="FILE", help=f"the page (DIR/{PAGE})")


def write(options: argparse.Namespace) -> int:
    """Raises OSError where the page cannot be written."""
    try:
        rows = [
            row for path in files(options.results) for row in read(path) if "bench" not in row
        ]
    except CardError as error:
        print(f"aside eval: {error}", file=sys.stderr)
        return 1
    out: Path = options.out or options.results / PAGE
    out.write_text(page(rows), encoding="utf-8")
    print(out)
    return 0
