"""All that a model card tells, measured in one go: `python -m engine.evaluation.card.measure`.

Every suite and course of `aside eval` at the size of the card, several at once, the longest first;
then, alone on the machine, what `aside bench` tells of its speed. What is measured of these weights
already is left as it is, so a run that was interrupted goes on.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation import suites
from engine.evaluation.bench import command as bench
from engine.evaluation.courses import OFFERS
from engine.evaluation.fingerprint import fingerprint
from engine.runtime import shipped

BENCHES = {
    "micro-turn": ("--minutes-of-stream", "60"),
    "start": ("--run-py",),
    "delay": (),  # through the desktop's sound, of the shipped model alone
}


@dataclass(frozen=True)
class Part:
    """One run of `aside eval`. file: what its figures are kept as. size: an option and its number;
    fixed: options that are part of what it is. takes: which folders it is given.
    """

    file: str
    suite: str
    size: tuple[str, int]
    takes: tuple[str, ...]
    fixed: tuple[str, ...] = ()

    def command(self, options: argparse.Namespace) -> list[str]:
        name, number = self.size
        given = [self.suite, *self.fixed, name, str(max(1, round(number * options.share)))]
        for folder in self.takes:
            path = getattr(options, folder)
            given += [f"--{folder}", str(path)] if path else []
        given += ["--model", str(options.model)] if options.model else []
        return [*given, "--out", str(options.results)]


SCENES, COURSE = ("speech", "noise"), {one.name: one.takes for one in OFFERS}


def _course(name: str, limit: int) -> Part:
    takes = tuple(folder for folder in COURSE[name] if folder in FOLDERS)
    return Part(name, name, ("--limit", limit), takes)


def _hours(name: str, minutes: int) -> Part:
    return Part(name, name, ("--minutes", minutes), SCENES)


FOLDERS = ("speech", "noise", "dialogues", "video")
PARTS = (  # the longest first, so that none is left alone at the end
    Part("basics", "basics", ("--scenes", 200), SCENES),
    _hours("long", 120),
    Part("hear", "hear", ("--limit", 20), ("speech",)),
    Part("talk", "talk", ("--scenes", 8), SCENES),
    _hours("presence", 60),
    Part("tools", "tools", ("--scenes", 16), SCENES),
    _course("fdb1", 10), _course("fdb15", 10), _course("turns", 10),
    _course("cuespeak", 12), _course("timespeak", 12), _course("gametime", 12),
    Part("speak", "speak", ("--sentences", 50), ()),
    Part("sight", "sight", ("--scenes", 6), SCENES),
    Part("sight_tk", "sight", ("--scenes", 4), SCENES, ("--toolkit", "tk")),
    Part("chain", "tools", ("--scenes", 4), SCENES, ("--chain",)),
    _course("repcount", 8), _course("startstop", 8), _course("proactive", 8),
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """0 when all is measured; 1 when something could not be, which is named."""
    options = _parser().parse_args(argv)
    options.results.mkdir(parents=True, exist_ok=True)
    weights = fingerprint(options.model or shipped())
    wanted = [part for part in PARTS if not measured(options.results, part.file, weights)]
    failed = [part.file for part in _run(wanted, options)]
    for name in BENCHES:
        left = not failed and not measured(options.results, name, weights)
        if left and not _bench(name, options, weights):
            failed = [name]
    if failed:
        print(f"not measured: {', '.join(failed)}; the same command goes on", file=sys.stderr)
    return 1 if failed else 0


def measured(results: Path, file: str, weights: str) -> bool:
    """Whether figures of these weights are there. Raises OSError."""
    path = results / f"{file}.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return bool(lines) and all(json.loads(line).get("weights") == weights for line in lines)


def _run(parts: Sequence[Part], options: argparse.Namespace) -> Iterator[Part]:
    """Those that could not be measured; says which is done as it is."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs, context, max_tasks_per_child=1) as pool:
        at_work = {pool.submit(evaluate, part.command(options)): part for part in parts}
        for done in as_completed(at_work):
            part, failed = at_work[done], done.exception() is not None or done.result() != 0
            print(f"{part.file}: {'failed' if failed else 'measured'}", file=sys.stderr, flush=True)
            if failed:
                yield part


def evaluate(command: list[str]) -> int:
    """`aside eval`, its table left out: the card has it."""
    with contextlib.redirect_stdout(None):
        return suites.main(command)


def _bench(name: str, options: argparse.Namespace, weights: str) -> bool:
    """Its lines say which weights they are of, as those of `aside eval` do."""
    path = options.results / f"{name}.jsonl"
    command = [name, *BENCHES[name], "--json"]
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
        given = ["--model", str(options.model)] if options.model and name != "delay" else []
        if bench.main([*command, *given]):
            return False
    rows = [json.loads(line) | {"weights": weights} for line in partial.read_text().splitlines()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    partial.unlink()
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine.evaluation.card.measure",
        description="Measure all that a model card tells. An hour or more on two cores.",
        epilog="example: python -m engine.evaluation.card.measure results --speech speech "
        "--noise noise --dialogues dialogues --video video --jobs 2",
    )
    parser.add_argument("results", type=Path, metavar="RESULTS", help="where figures are kept")
    for folder in FOLDERS:
        parser.add_argument(f"--{folder}", type=Path, metavar="DIR")
    parser.add_argument("--model", type=Path, help="checkpoint (default: as shipped)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (1)")
    parser.add_argument("--share", type=float, default=1.0, metavar="S",
                        help="of the card's sizes, for a first look (1)")  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
