"""`aside bench`: how fast a model is on this machine, beside torch eager, and the desktop."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from engine.client.socket import Unreachable
from engine.evaluation.bench import background, desktop, engine, gpu, hour, start
from engine.evaluation.bench.machine import machine
from engine.evaluation.bench.peer import peer
from engine.evaluation.bench.table import table
from engine.evaluation.bench.tape import TURNS_PER_ROUND, BenchError
from engine.examples import hand_down
from engine.microturn import TURN_S
from engine.runtime import CheckpointError, load

EPILOG = """\
examples:
  aside bench micro-turn --minutes-of-stream 5
  aside bench micro-turn --json > bench.jsonl
  aside bench start
  aside bench background --json
  aside bench engine --json
  aside bench desktop --json
  aside bench delay

A micro-turn is timed from its input to its output, pictures included. Listening: the demo tape's
people, the model writes what it hears. Speaking: it is made to write one heard and two said words'
tokens and to speak on every micro-turn; nothing else about it is changed. Eyes: camera and screen
tokens at their budget. Background: a mind in another process that answers at once, packages as full
as they can be; then the shipped model at the pace of life beside fifty tasks. Figures are of the
machine as it is: leave it alone meanwhile, and where that is impossible read the CPU time.
Engine: what a server costs and carries; then the runtime on a GPU, part by part, or why it was not
measured. On a borrowed machine: python -m engine.evaluation.bench.gpu --out DIR.
Desktop: the real window on an X server and a sound server of its own with virtual devices (Xvfb
and PulseAudio must be there), real keys, and an engine that does as it is told; five minutes.
Delay: the same, with the shipped model, and recorded people saying digits; two minutes.
Exit status: 0 measured, 1 not measured, 2 wrong usage.
"""

NO_PEER = (
    "Torch eager is not measured beside it: torch is not installed. To have it, type once in "
    "Aside's source: python3 run.py bench --help"
)
Rows = Iterable[dict[str, Any]]
Kinds = Any  # of argparse, which has no public name for it


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        _show(options.measure(options), options.json)
    except (CheckpointError, BenchError, Unreachable) as error:
        print(f"aside bench: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside bench",
        description="Measures how fast a model, and the desktop, is on this machine.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    with_model = [_add_micro_turn, _add_start, _add_background, _add_engine]
    for add in with_model:
        kind = add(kinds)
        kind.add_argument("--model", type=Path, metavar="DIR", help="checkpoint (the shipped one)")
    _add_desktop(kinds)
    for kind in kinds.choices.values():
        kind.add_argument("--json", action="store_true", help="one JSON object per line")
    return hand_down(parser)


def _add_micro_turn(kinds: Kinds) -> argparse.ArgumentParser:
    turn = kinds.add_parser("micro-turn", help="compute and memory over a simulated hour")
    _add_session(turn)
    turn.set_defaults(measure=_micro_turn)
    return turn


def _add_session(kind: argparse.ArgumentParser) -> None:
    kind.add_argument(
        "--minutes-of-stream", type=_minutes, default=60.0, metavar="N",
        help="length of the simulated session (60), which runs as fast as it goes",
    )  # fmt: skip
    kind.add_argument(
        "--peer-rounds", type=int, default=3, metavar="N",
        help="rounds of 20 s beside torch eager (3); 0 leaves it out",
    )  # fmt: skip


def _add_start(kinds: Kinds) -> argparse.ArgumentParser:
    kind = kinds.add_parser("start", help="from the start of a process to the first caption")
    kind.add_argument("--runs", type=int, default=3, metavar="N", help="how often (3)")
    kind.add_argument("--run-py", action="store_true", help="start by `python3 run.py`")
    kind.set_defaults(measure=_start)
    return kind


def _add_background(kinds: Kinds) -> argparse.ArgumentParser:
    kind = kinds.add_parser("background", help="what our code adds around the mind")
    kind.add_argument("--tasks", type=int, default=200, metavar="N", help="one by one (200)")
    kind.add_argument(
        "--seconds", type=float, default=20.0, metavar="N",
        help="of micro-turns in real time, without and beside fifty tasks (20); 0 leaves them out",
    )  # fmt: skip
    kind.set_defaults(measure=_background)
    return kind


def _add_engine(kinds: Kinds) -> argparse.ArgumentParser:
    kind = kinds.add_parser("engine", help="what serving costs, and how many sessions it serves")
    kind.add_argument("--rounds", type=int, default=8, metavar="N",
                        help="rounds of 5 s, bare and served (8)")  # fmt: skip
    kind.add_argument("--seconds", type=float, default=5.0, metavar="S",
                        help="how long many sessions talk at once (5)")  # fmt: skip
    kind.add_argument("--sessions", type=int, default=200, metavar="N",
                        help="sessions on the wire (200)")  # fmt: skip
    kind.add_argument("--most", type=int, default=64, metavar="N",
                        help="sessions of the model at most (64)")  # fmt: skip
    _add_session(kind)
    kind.set_defaults(measure=_engine)
    return kind


def _add_desktop(kinds: Kinds) -> None:
    kind = kinds.add_parser("desktop", help="what a person waits for, and what the app costs")
    kind.add_argument("--starts", type=int, default=5, metavar="N", help="starts (5)")
    kind.add_argument("--tries", type=int, default=30, metavar="N",
                         help="words, keys, hushes of each (30)")  # fmt: skip
    kind.add_argument("--seconds", type=float, default=30.0, metavar="S",
                         help="of standing idle, and of captions running (30)")  # fmt: skip
    kind.set_defaults(measure=_desktop)
    delay = kinds.add_parser("delay", help="from a person's last word to the first sound heard")
    delay.set_defaults(measure=_delay)


def _minutes(text: str) -> float:
    """At least one round of all loads."""
    minutes = float(text)
    if not minutes * 60 / TURN_S >= TURNS_PER_ROUND:
        raise argparse.ArgumentTypeError(f"at least {TURNS_PER_ROUND * TURN_S / 60:.2f} minutes")
    return minutes


def _micro_turn(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    yield machine()
    yield from _session(options)


def _session(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """One session for an hour, and beside torch eager on the same weights."""
    engine = load(options.model)
    turns = round(options.minutes_of_stream * 60 / TURN_S)
    with _progress(options.json) as bar:
        task = bar.add_task("a simulated session", total=turns)
        measured = hour.run(engine, turns, lambda: bar.advance(task))
    yield from (asdict(row) for row in hour.figures(measured))
    yield asdict(hour.whole(measured))
    if options.peer_rounds > 0 and find_spec("torch") is None:
        print(NO_PEER, file=sys.stderr)
    elif options.peer_rounds > 0:
        yield from (asdict(row) for row in peer(options.model, options.peer_rounds))


def _start(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    yield machine()
    for run in range(options.runs):
        yield asdict(start.start(run, options.model, options.run_py))


def _background(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    yield machine()
    yield from (asdict(row) for row in background.ways(max(2, options.tasks)))
    turns = round(options.seconds / TURN_S)
    if turns > 0:
        yield asdict(background.beside(options.model, turns))


def _engine(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    yield machine()
    yield from _session(options)
    yield from engine.rows(
        options.model, options.rounds, options.seconds, options.sessions, options.most
    )
    yield from gpu.rows()


def _desktop(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    yield machine()
    yield from desktop.rows(options.starts, options.tries, options.seconds)


def _delay(_: argparse.Namespace) -> Iterator[dict[str, Any]]:
    yield machine()
    yield from desktop.answers()


def _progress(quiet: bool) -> Progress:
    return Progress(
        console=Console(stderr=True), transient=True, disable=quiet or not sys.stderr.isatty()
    )


def _show(rows: Rows, as_json: bool) -> None:
    if not as_json:
        Console().print(table(list(rows)))
        return
    for row in rows:
        print(json.dumps(row), flush=True)
