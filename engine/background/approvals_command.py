"""`aside approvals`: what the user allowed or refused beyond one call, and taking it back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from engine.background.grants import Grant, Grants
from engine.background.places import Places
from engine.background.tool import ToolError
from engine.background.visible import visible
from engine.examples import hand_down

EPILOG = """\
examples:
  aside approvals                  what needs no question any more, and what is refused
  aside approvals list --json
  aside approvals revoke 1a2b3c    be asked again
  aside approvals revoke --all

Nothing can be allowed here: an approval is given on the card that shows what it is for.
"""


def main(argv: Sequence[str]) -> int:
    """Runs `aside approvals` and returns its exit status."""
    options = _parser().parse_args(argv)
    grants = Grants(Places.of_the_user().config / "approvals.json")
    try:
        if options.do == "revoke":
            _revoke(grants, options)
        kept = grants.all()
        if not kept and not options.json:
            print("Nothing is allowed always, and nothing refused for ever.")
        for grant in kept:
            print(json.dumps(asdict(grant)) if options.json else _line(grant))
    except ToolError as error:
        print(f"aside approvals: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside approvals",
        description="Lists what you allowed always or refused for ever.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    kinds = parser.add_subparsers(dest="do", metavar="{list,revoke}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    kinds.add_parser("list", help="list them (as without a word)", parents=[shared])
    revoke = kinds.add_parser("revoke", help="take one back", parents=[shared])
    which = revoke.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", default=None)
    which.add_argument("--all", action="store_true")
    return hand_down(parser)


def _revoke(grants: Grants, options: argparse.Namespace) -> None:
    if options.all:
        grants.revoke_all()
    else:
        grants.revoke(options.id)


def _line(grant: Grant) -> str:
    verdict = "allowed" if grant.allow else "refused"
    day = datetime.fromtimestamp(grant.given_s).strftime("%Y-%m-%d")
    return f"{grant.id}  {verdict}  {day}  {visible(grant.words)}"
