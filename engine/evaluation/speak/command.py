"""`aside eval speak`: whether one understands the voice."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from engine.evaluation.figures import Figure, select
from engine.evaluation.fingerprint import origin
from engine.evaluation.keeping import keep, shown
from engine.evaluation.speak import picture, saying
from engine.evaluation.speak.figures import ABOVE_TEACHER, figures
from engine.evaluation.speak.texts import judged, tuning
from engine.evaluation.table import interval

EPILOG = """\
examples:
  aside eval speak --out results
  aside eval speak --tuning 30 --systems forced --flow-temperature 0.5 --json
"""


def register(suites: Any) -> None:
    """Add the suite to those of `aside eval`."""
    parser = suites.add_parser(
        "speak", help="word errors of a recogniser on the voice, beside its teacher's",
        epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.set_defaults(measure=measure)
    add = parser.add_argument
    add("--model", type=Path, metavar="CHECKPOINT", help="checkpoint folder (default: as shipped)")
    add("--sentences", type=int, default=50, metavar="N", help="of each kind, at most (50)")
    add("--tuning", type=int, metavar="N", help="N sentences of training scenes instead")
    add("--systems", type=_systems, default=saying.SYSTEMS, metavar="A,B",
        help=f"of {', '.join(map(_short, saying.SYSTEMS))} (default: all)")  # fmt: skip
    add("--flow-temperature", type=float, metavar="T", help="instead of the model's own")
    add("--seed", type=int, default=0, metavar="S")
    add("--jobs", type=int, default=1, metavar="N", help="processes (1)")
    add("--json", action="store_true", help="figures, one JSON object per line")
    add("--out", type=Path, metavar="DIR", help="keep figures, texts, waves and a picture")


def _short(system: str) -> str:
    return system.split(", ")[-1]


def _systems(text: str) -> tuple[str, ...]:
    named = {_short(system): system for system in saying.SYSTEMS}
    asked = [name.strip() for name in text.split(",")]
    for name in asked:
        if name not in named:
            raise argparse.ArgumentTypeError(f"no system {name!r}: there are {', '.join(named)}")
    return tuple(named[name] for name in asked)


def measure(options: argparse.Namespace) -> int:
    """Raises CheckpointError, VoiceError and OSError."""
    sentences = judged(options.sentences) if options.tuning is None else tuning(options.tuning)
    setting = saying.Setting(options.model, options.seed, options.flow_temperature, options.systems)
    progress = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())
    with progress:
        bar = progress.add_task("sentences", total=len(sentences))
        readings = saying.run(setting, sentences, options.jobs, lambda: progress.advance(bar))
    found = figures(readings)
    lines = [one.record() | origin(options.model, options.seed) for one in found]
    with shown(lines, options.json, table(found)):
        if options.out is not None:
            keep(options.out / "speak.jsonl", lines)
            keep(options.out / "speak.texts.jsonl", [saying.record(one) for one in readings])
            picture.keep(options.out, readings)
    return 0


def table(found: Sequence[Figure]) -> Table:
    """Word errors and points above the teacher, in percent, by kind of sentence and system."""
    page = Table("sentences", "system", "words", "word errors %", "above teacher", "gaps %",
                 title="The voice, judged by a recogniser (95 % interval)")  # fmt: skip
    errors, above = select(found, "word_errors"), select(found, ABOVE_TEACHER)
    holes = select(found, "words_with_gaps")
    for key, one in errors.items():
        page.add_row(
            one.skill, one.system, str(one.n), interval(one),
            interval(above.get(key)), interval(holes.get(key)),
        )  # fmt: skip
    return page
