"""The suites of `aside eval`, their options and what becomes of their figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from engine.evaluation import course_command, hear, hear_voices, suite
from engine.evaluation.course import CourseError
from engine.evaluation.figures import Figure, figures
from engine.evaluation.fingerprint import origin
from engine.evaluation.keeping import keep, shown
from engine.evaluation.report import command as report
from engine.evaluation.seeing import tk_show
from engine.evaluation.skills import PEOPLE, TOOLKITS, Repertoire, UnknownSkillError, chosen
from engine.evaluation.speak import command as speak
from engine.evaluation.suite import Setting
from engine.evaluation.table import chain_table, hearing_table, skills_table
from engine.examples import hand_down
from engine.replay.errors import ReplayError
from engine.runtime import CheckpointError
from engine.training.people import MediaDirectoryError
from engine.training.voices.clip import VoiceError

EPILOG = """\
examples:
  aside eval basics --scenes 20 --skills arithmetic,stop
  aside eval basics --speech speech --noise noise --jobs 2 --out results
  aside eval tools --chain --scenes 20
  aside eval talk --scenes 20 --skills shadow,fact
  aside eval sight --toolkit tk --scenes 20
  aside eval hear --speech speech --limit 20 --json
  aside eval speak --out results
  aside eval fdb1 --dialogues dialogues --limit 50 --out results
  aside eval report results

Every scene is fixed by (seed, skill, index): neither --jobs nor the choice of skills changes it.
Exit status: 0 measured (well or badly), 1 not measured, 2 wrong usage.
"""


HEARD, CHAIN = "hear.clips.jsonl", "chain"
FAILURES = (
    CheckpointError, CourseError, MediaDirectoryError, ReplayError, VoiceError,
    tk_show.ToolkitError,
)  # fmt: skip


def main(argv: list[str]) -> int:
    if argv[:1] == ["--report"]:
        argv = ["report", *argv[1:]]
    options = _parser().parse_args(argv)
    try:
        if options.measure is not report.write and options.out:
            options.out.mkdir(parents=True, exist_ok=True)  # before an hour of measuring
        return int(options.measure(options))
    except UnknownSkillError as error:
        print(f"aside eval: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"aside eval: {where}{error.strerror or error}", file=sys.stderr)
    except FAILURES as error:
        print(f"aside eval: {error}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside eval",
        description="Measures what the model can do, free-running, on held-out voices, sentences, "
        "noises and rooms.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    suites = parser.add_subparsers(required=True, metavar="SUITE")
    _add_skills(suites.add_parser("basics", help="answers, time, cues, silence, scene by scene"))
    tools = suites.add_parser("tools", help="acts, open requests, results, refusals")
    _add_skills(tools, "tools")
    tools.add_argument("--chain", action="store_true",
        help="with the real background: its tools do it, its results are told")  # fmt: skip
    _add_skills(suites.add_parser("talk", help="the floor, mistakes, both at once, recall"), "talk")
    sight = suites.add_parser("sight", help="screen and camera: told on time")
    _add_skills(sight, "sight")
    sight.add_argument("--toolkit", choices=sorted(TOOLKITS),
        help="the skills of the screen on screens by this toolkit, with which training never "
        "draws; needs Xvfb and Python's tkinter")  # fmt: skip
    heard = suites.add_parser("hear", help="word errors on people, beside pocketsphinx")
    heard.set_defaults(measure=_hear)
    heard.add_argument("--limit", type=_count, metavar="N", help="clips of each set, at most")
    speak.register(suites)
    course_command.register(suites)
    report.register(suites)
    _add_common(heard, speech_needed=True)
    return hand_down(parser)


def _add_skills(parser: argparse.ArgumentParser, suite: str = "basics") -> None:
    parser.set_defaults(measure=_skills, suite=suite, chain=False, toolkit=None)
    add = parser.add_argument
    add("--scenes", type=_count, default=200, metavar="N", help="scenes of each skill (200)")
    add("--people", type=_count, default=60, metavar="N",
        help="scenes of each skill with recordings of people, at most (60)")  # fmt: skip
    add("--skills", metavar="A,B", help="only these skills (default: all)")
    add("--noise", type=Path, metavar="DIR", help="recorded noises, with a manifest")
    add("--no-baselines", action="store_true", help="the model alone, not beside the baselines")
    _add_common(parser, speech_needed=False)


def _add_common(parser: argparse.ArgumentParser, speech_needed: bool) -> None:
    add = parser.add_argument
    add("--model", type=Path, metavar="CHECKPOINT", help="checkpoint folder (default: as shipped)")
    add("--speech", type=Path, metavar="DIR", required=speech_needed,
        help="recordings of people, with a manifest")  # fmt: skip
    add("--seed", type=int, default=0, metavar="S")
    add("--jobs", type=_count, default=1, metavar="N", help="processes (1)")
    add("--json", action="store_true", help="figures, one JSON object per line")
    add("--out", type=Path, metavar="DIR", help="keep figures and failures as JSON lines")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return number


def _skills(options: argparse.Namespace) -> int:
    if options.toolkit:
        tk_show.require()
    setting = Setting(
        options.model, options.speech, options.noise, options.seed, not options.no_baselines,
        options.chain, options.toolkit,
    )  # fmt: skip
    available = Repertoire.with_people(options.speech, options.toolkit).skills(options.suite)
    skills = chosen(options.skills, available)
    tasks = [
        (skill, index)
        for skill in skills
        for index in range(
            min(options.scenes, options.people) if skill in PEOPLE else options.scenes
        )
    ]
    with _progress() as progress:
        bar = progress.add_task("scenes", total=len(tasks))
        results = suite.run(setting, tasks, options.jobs, lambda: progress.advance(bar))
    found, name = figures(results), options.suite
    if options.chain or options.toolkit:
        name = CHAIN if options.chain else f"{name}_{options.toolkit}"
        found = [replace(one, suite=name, details=one.details | _drawn(options)) for one in found]
    lines = _lines(found, options)
    tables = [skills_table(found), *([chain_table(found)] if options.chain else [])]
    with shown(lines, options.json, *tables):
        if options.out:
            keep(options.out / f"{name}.failures.jsonl", [r.record for r in results if r.record])
            keep(options.out / f"{name}.jsonl", lines)
    return 0


def _drawn(options: argparse.Namespace) -> dict[str, str]:
    """For figures on the screens of one toolkit, whose screens they are."""
    if options.toolkit is None:
        return {}
    return {"composed_of": f"screens by {options.toolkit.title()}, which training never meets"}


def _hear(options: argparse.Namespace) -> int:
    clips = hear.clips(options.speech, options.limit, options.seed)
    clips += hear_voices.readings(options.limit, options.seed)
    theirs = hear.known(options.out / HEARD, options.seed) if options.out else {}
    setting = hear.Setting(options.model, options.seed, theirs)
    with _progress() as progress:
        bar = progress.add_task("clips", total=len(clips))
        heard = hear.run(setting, clips, options.jobs, lambda: progress.advance(bar))
    found = hear.figures(heard)
    lines = _lines(found, options)
    with shown(lines, options.json, hearing_table(found), hear.CAVEAT):
        if options.out:
            keep(options.out / HEARD, [hear.record(one, options.seed) for one in heard])
            keep(options.out / "hear.jsonl", lines)
    return 0


def _progress() -> Progress:
    return Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())


def _lines(found: Sequence[Figure], options: argparse.Namespace) -> list[dict[str, Any]]:
    """The figures with what they belong to."""
    return [one.record() | origin(options.model, options.seed) for one in found]
