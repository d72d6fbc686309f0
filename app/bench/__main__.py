"""`python -m app.bench`: the rows of `aside bench desktop`, one JSON object per line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict

from app.bench.keys import Keyboard
from app.bench.measures import Amount, Bench
from app.bench.puppet import puppet
from app.bench.row import BenchError, Row
from app.bench.screen import Screen
from app.bench.stage import stage


def main(argv: list[str]) -> int:
    """0 when all was measured; 1, with a sentence on the standard error, when not."""
    parser = argparse.ArgumentParser(prog="python -m app.bench")
    usual = Amount()
    parser.add_argument("--starts", type=int, default=usual.starts)
    parser.add_argument("--tries", type=int, default=usual.tries)
    parser.add_argument("--seconds", type=float, default=usual.seconds)
    options = parser.parse_args(argv)
    try:
        for row in measured(Amount(options.starts, options.tries, options.seconds)):
            print(json.dumps(asdict(row)), flush=True)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def measured(amount: Amount) -> Iterator[Row]:
    """On a stage of its own. Raises BenchError."""
    with ExitStack() as stack:
        desk = stack.enter_context(stage())
        acting = stack.enter_context(puppet(desk))
        os.environ.update(desk.environment)  # this process too presses, looks and listens there
        screen = stack.enter_context(closing(Screen()))
        keyboard = stack.enter_context(closing(Keyboard()))
        yield from Bench(desk, screen, keyboard, acting, amount).rows()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
