"""`aside replay`: a session whose microphone, camera, screen and typing come from files."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path

from engine.background import keys
from engine.background.endpoint import Endpoint, checked_url
from engine.background.mind_settings import MindSettings
from engine.client.models.choice import NoModel, Remote, choose
from engine.replay.errors import ReplayError
from engine.replay.performance import Load, Performance, Wishes, load_engine
from engine.replay.recording import refuse_to_overwrite
from engine.replay.stream import Source, Typed, open_source
from engine.replay.tape import Tape, is_tape

EPILOG = """\
examples:
  aside replay talk.wav
  aside replay digits.flac --text "0.0:add up what I say" --out sum
  aside replay sum --check                     replay the tape in sum/, compare its events
  aside replay talk.mp4 --camera talk.mp4 --json

A tape is a folder that --out wrote. Exit status: 0 done (with --check: the same events),
1 not done or other events, 2 wrong usage.
"""


def main(argv: list[str], load: Load = load_engine) -> int:
    """Runs `aside replay` and returns its exit status. load: where the engine comes from."""
    parser = _parser()
    options = parser.parse_args(argv)
    if complaint := _complaint(options):
        parser.error(complaint)
    _make_printable(utf8=options.json)
    try:
        return _perform(options, load)
    except ReplayError as error:
        print(f"aside replay: {error}", file=sys.stderr)
        return 1


def _make_printable(utf8: bool) -> None:
    """Any letter can be printed: JSON as UTF-8, the rest as well as the terminal's letters do."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = "utf-8" if utf8 else stream.encoding
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside replay",
        description="Feeds recordings to the model as if they happened now, and tells what it "
        "hears, says and does. After the input it goes on until 3 s after the last output.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_inputs(parser)
    _add_manner(parser)
    return parser


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("files", metavar="FILE", nargs="*", type=Path, help="sounds one after the other, or a tape")
    add("--camera", metavar="FILE", type=Path, help="video or picture that the camera shows")
    add("--screen", metavar="FILE", type=Path, help="video or picture that the screen shows")
    add(
        "--text",
        metavar="S:MESSAGE",
        action="append",
        default=[],
        help="type MESSAGE at S seconds; may be given several times",
    )
    add(
        "--overheard",
        action="store_true",
        help="what is said is not said to Aside: only its name, or a reply to it, calls it",
    )


def _add_manner(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--speed", choices=("real", "max"), default="max", help="real time, or as fast as it goes")
    add("--json", action="store_true", help="print events, one JSON object per line")
    add("--out", metavar="DIR", type=Path, help="keep sound, events, timeline picture and tape")
    add("--model", metavar="NAME|DIR", help="checkpoint: its folder, or a name of aside models")
    add("--seed", metavar="N", type=int, help="seed of the session (default: the tape's, or 0)")
    add(
        "--mind", metavar="WHO", default="chosen",
        help="who takes delegations: the one that `aside mind` chose, `none`, or an address",
    )  # fmt: skip
    add("--mind-model", metavar="NAME", default="default", help="the model at that address")
    add("--check", action="store_true", help="compare the events with those of the tape")


def _complaint(options: argparse.Namespace) -> str:
    """What is wrong with how the options go together; "" for nothing."""
    inputs = [options.camera, options.screen, *options.text]
    tapes = [path for path in options.files if is_tape(path)]
    if not options.files and not any(inputs):
        return "nothing to replay: give a FILE, --camera, --screen or --text"
    if tapes and (len(options.files) > 1 or any(inputs) or options.overheard):
        return f"{tapes[0]} is a tape and brings all its inputs: give it alone"
    if options.check and not tapes:
        return "--check needs a tape, a folder that --out wrote"
    return ""


def _perform(options: argparse.Namespace, load: Load) -> int:
    feed = _feed(options)
    if options.out:
        refuse_to_overwrite(options.out, feed.paths)
    seed = options.seed if options.seed is not None else feed.seed
    model = _checkpoint(options.model) if options.model else None
    wishes = Wishes(
        seed, options.speed, options.json, options.out, model, options.check, _mind(options)
    )
    return Performance(feed, wishes, load).run()


def _mind(options: argparse.Namespace) -> Callable[[], Endpoint | None]:
    """Raises ReplayError for an address that cannot be used."""
    if options.mind == "none":
        return lambda: None
    if options.mind == "chosen":
        return lambda: MindSettings.load().endpoint()
    try:
        url = checked_url(options.mind)
    except ValueError as error:
        raise ReplayError(f"--mind: {error}") from error
    return lambda: Endpoint(url, options.mind_model, keys.read(url))


def _checkpoint(name: str) -> Path | None:
    """None for the shipped one. A model behind an address keeps time by the wall and forgets what
    it was given: nothing that could be replayed. Raises ReplayError."""
    if Path(name).exists():
        return Path(name)
    try:
        chosen = choose(name)
    except NoModel as error:
        raise ReplayError(str(error)) from None
    if isinstance(chosen, Remote):
        raise ReplayError(f"{name} runs elsewhere: a replay needs a checkpoint on this machine")
    return chosen.path


def _feed(options: argparse.Namespace) -> Source | Tape:
    if options.files and is_tape(options.files[0]):
        return Tape(options.files[0])
    typed = [Typed.parse(argument) for argument in options.text]
    seed = options.seed or 0
    return open_source(
        options.files, options.camera, options.screen, typed, seed, not options.overheard
    )
