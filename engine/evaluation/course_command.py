"""The courses on the command line: their options, their figures as lines, files and a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from engine.evaluation.course import Course
from engine.evaluation.course_run import Setting, run
from engine.evaluation.courses import OFFERS, Offer
from engine.evaluation.figures import Figure
from engine.evaluation.fingerprint import origin
from engine.evaluation.keeping import keep, shown
from engine.evaluation.results import OURS

OPTIONS: dict[str, dict[str, Any]] = {
    "folder": {"type": Path, "metavar": "DIR", "help": "the benchmark's own data, as unpacked"},
    "dialogues": {"type": Path, "metavar": "DIR", "help": "texts of spoken situations (FLEXI)"},
    "speech": {"type": Path, "metavar": "DIR", "help": "recordings of people, with a manifest"},
    "noise": {"type": Path, "metavar": "DIR", "help": "recorded noises, with a manifest"},
    "video": {
        "type": Path,
        "metavar": "DIR",
        "help": "short videos with event times",
    },
    "minutes": {
        "type": float,
        "metavar": "N",
        "help": "of sound (presence: 60 in all, long: 120 a session)",
    },
}
SHORT = {"always talking": "always", "energy gate": "gate", "silence timer": "timer"}


def register(suites: Any) -> None:
    """Add every course to the suites of `aside eval`."""
    for offer in OFFERS:
        parser = suites.add_parser(
            offer.name, help=offer.help, epilog=f"example:\n  {offer.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        parser.set_defaults(measure=measure, offer=offer, json=False)
        for name in offer.takes:
            parser.add_argument(f"--{name}", **OPTIONS[name])
        add = parser.add_argument
        add("--limit", type=_count, metavar="N", help="trials of each kind, at most")
        add("--model", type=Path, metavar="CHECKPOINT", help="checkpoint (default: as shipped)")
        add("--seed", type=int, default=0, metavar="S")
        add("--jobs", type=_count, default=1, metavar="N", help="processes (1)")
        add("--no-baselines", action="store_true", help="the model alone")
        add("--json", action="store_true", help="figures, one JSON object per line")
        add("--out", type=Path, metavar="DIR", help="keep figures and trials as JSON lines")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return number


def measure(options: argparse.Namespace) -> int:
    """Raises CourseError and what playing raises."""
    offer: Offer = options.offer
    course = offer.make(options)
    setting = Setting(options.model, options.seed, not options.no_baselines)
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("trials", total=len(course.names()))
        outcomes = run(course, setting, options.jobs, lambda: progress.advance(bar))
    found = offer.figures(course, outcomes)
    lines = [one.record() | origin(options.model, options.seed) for one in found]
    with shown(lines, options.json, table(course, found)):
        if options.out:
            keep(options.out / f"{course.name}.jsonl", lines)
            keep(options.out / f"{course.name}.trials.jsonl", [one.record for one in outcomes])
    return 0


def table(course: Course, found: Sequence[Figure]) -> Table:
    """A line a kind and measure, the systems side by side; ours with its 95 % interval."""
    systems = list(dict.fromkeys(one.system for one in found))
    title = "\n".join(f"{name.replace('_', ' ')}: {text}" for name, text in course.about.items())
    page = Table(title=f"{course.name}\n{title}", box=None, pad_edge=False)
    for name in ("kind", "measure", "n", *(SHORT.get(system, system) for system in systems)):
        page.add_column(name, no_wrap=True)
    by = {(one.skill, one.what, one.system): one for one in found}
    for kind, what in dict.fromkeys((one.skill, one.what) for one in found):
        cells = [by.get((kind, what, system)) for system in systems]
        n = str(next(one.n for one in cells if one is not None))
        page.add_row(kind, what, n, *(_cell(one) for one in cells))
    return page


def _cell(one: Figure | None) -> str:
    if one is None:
        return "–"
    interval = f" ({one.low:.3g}–{one.high:.3g})" if one.system == OURS else ""
    return f"{one.value:.3g}{interval}"
