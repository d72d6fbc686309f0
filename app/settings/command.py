"""`aside settings`: what can be set, what is set, and setting it."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from typing import Any

from app.do import NotRunning, ring
from app.settings.schema import SETTINGS, setting
from app.settings.setting import Setting, Unfit
from app.settings.store import Settings
from engine.examples import hand_down

_EXAMPLE = """\
examples:
  aside settings list
  aside settings set voice.mode quiet
  aside settings set keys.talk F9
  aside settings get captions.size --json
  aside settings reset captions.size
A running desktop takes a change over at once.
"""


def main(argv: list[str]) -> int:
    """0 when done, 1 when a value does not fit or cannot be kept, 2 for a name that is none."""
    options = _parser().parse_args(argv)
    settings = Settings()
    if settings.problem:
        print(settings.problem, file=sys.stderr)
    chosen = [setting(options.name)] if getattr(options, "name", None) else list(SETTINGS)
    if options.what in ("set", "reset"):
        return _change(settings, chosen[0], getattr(options, "value", None))
    for one in chosen:
        _print(settings, one, options)
    return 0


def _change(settings: Settings, one: Setting[Any], typed: str | None) -> int:
    try:
        settings.change(one, one.default if typed is None else one.read(typed))
    except Unfit as error:
        print(f"aside settings: {error}", file=sys.stderr)
        return 1
    if settings.problem:
        print(settings.problem, file=sys.stderr)
        return 1
    with contextlib.suppress(NotRunning):  # then it will read the file when it starts
        ring("reload")
    return 0


def _print(settings: Settings, one: Setting[Any], options: argparse.Namespace) -> None:
    value = settings[one]
    if options.json:
        row = {"id": one.id, "value": value, "default": one.default, "range": one.kind.range,
               "group": one.group, "words": one.words, "help": one.help}  # fmt: skip
        print(json.dumps(row, ensure_ascii=False))
    elif options.what == "get":
        print(_shown(value))
    else:
        changed = " " if value == one.default else "*"
        print(f"{changed} {one.id:<28}{_shown(value):<22}{one.words} ({one.kind.range})")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(map(_shown_part, value))
    return "default" if value is None else str(value) or "none"


def _shown_part(part: Any) -> str:
    """A pattern, a number, or what is kept for one monitor: its name and its numbers."""
    if isinstance(part, tuple):
        name, numbers = part
        return " ".join(map(str, (name, *numbers)))
    return str(part)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside settings",
        description="Show and change the settings, as the settings page does.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    verbs = parser.add_subparsers(dest="what", metavar="WHAT")
    names = [one.id for one in SETTINGS]
    for verb, about in (
        ("list", "every setting, as without a word; a star marks what was changed"),
        ("get", "one setting"),
        ("set", "change one setting"),
        ("reset", "one setting back to its default"),
    ):
        added = verbs.add_parser(verb, help=about)
        if verb != "list":
            added.add_argument("name", choices=names, metavar="NAME")
        if verb == "set":
            added.add_argument("value", metavar="VALUE")
        added.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help="one JSON object per line",
        )
    return hand_down(parser)
