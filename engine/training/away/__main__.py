"""`python -m engine.training.away`: pack, setup, return, join. Imports nothing until asked."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

MIB = 1 << 20
SPEECH_RATE, NOISE_RATE = 10_000, 16_000


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine.training.away",
        description="Train on a GPU that is lent for minutes and reaches no network.",
        epilog="example: python -m engine.training.away pack --speech speech --out runs/away",
    )
    commands = parser.add_subparsers(required=True, metavar="pack|setup|return|join")
    _pack_arguments(commands.add_parser("pack", help="here: gather all that the machine lacks"))
    there = commands.add_parser("setup", help="there: put it in place, check that voices speak")
    there.add_argument("--packed", type=Path, default=Path("runs/away"))
    there.add_argument("--to", type=Path, default=Path("/tmp/away"))
    there.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    there.set_defaults(run=_setup)
    back = commands.add_parser("return", help="there: cut the checkpoint into parts")
    back.add_argument("--run", type=Path, dest="trained", default=Path("/tmp/run"))
    back.add_argument("--out", type=Path, required=True)
    back.set_defaults(run=_return)
    whole = commands.add_parser("join", help="here: put the parts together")
    whole.add_argument("parts", type=Path)
    whole.add_argument("--out", type=Path, required=True)
    whole.set_defaults(run=_join)
    return parser


def _pack_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--speech", type=Path, help="recordings of people, with a manifest")
    parser.add_argument("--noise", type=Path, help="recorded noises, with a manifest")
    parser.add_argument("--out", type=Path, default=Path("runs/away"))
    parser.add_argument("--python", default="3.12", help="the machine's Python")
    parser.add_argument("--no-wheels", action="store_true", help="it has soundfile and soxr")
    parser.add_argument("--speech-rate", type=int, default=SPEECH_RATE, help="bits a second")
    parser.set_defaults(run=_pack)


def _pack(options: argparse.Namespace) -> int:
    from engine.training.away import load, sound

    if options.noise:
        _told(sound.pack(sound.noise(options.noise), options.out / "noise", NOISE_RATE, "audio"))
    if options.speech:
        pieces = sound.speech(options.speech)
        _told(sound.pack(pieces, options.out / "speech", options.speech_rate))
    load.pack_libraries(options.out)
    if not options.no_wheels:
        load.pack_wheels(options.out, options.python)
    _report(options.out)
    return 0


def _told(streams: Iterable[float]) -> None:
    from rich.progress import track

    for _ in track(streams, "packing sound", disable=not sys.stderr.isatty()):
        pass


def _report(out: Path) -> None:
    sizes = {item.name: _bytes(item) for item in sorted(out.iterdir())}
    sizes["the tree itself"] = sum(path.stat().st_size for path in _tree() if path.is_file())
    for name, size in (*sizes.items(), ("together", sum(sizes.values()))):
        print(f"{size / MIB:6.1f} MiB  {name}")


def _bytes(item: Path) -> int:
    files = [item] if item.is_file() else [path for path in item.rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files)


def _tree() -> list[Path]:
    """What travels with a working tree: all that version control does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, capture_output=True, text=True)
    return [Path(name) for name in done.stdout.split("\0") if name]


def _setup(options: argparse.Namespace) -> int:
    from engine.training.away.arrive import arrive

    arrive(options.packed, options.to, options.processes)
    print(f"ready: `. {options.to}/env.sh`, then train with --speech {options.to}/speech")
    return 0


def _return(options: argparse.Namespace) -> int:
    from engine.training.away.parts import split

    for path in split(options.trained, options.out):
        print(f"{path.stat().st_size / MIB:5.1f} MiB  {path.name}")
    return 0


def _join(options: argparse.Namespace) -> int:
    from engine.training.away.parts import join

    print(join(options.parts, options.out))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
