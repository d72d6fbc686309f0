"""Examples in the help of a command reach the help of its parts."""

from __future__ import annotations

import argparse


def hand_down(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Gives each part that has no epilog those of the whole's example lines that begin with it.

    Raises ValueError for a part of which there is none: nobody forgets one.
    """
    for name, part in parts(parser).items():
        if part.epilog is None:
            lines = (parser.epilog or "").splitlines()
            begins = f"  {parser.prog} {name}"
            mine = [line for line in lines if f"{line} ".startswith(f"{begins} ")]
            if not mine:
                raise ValueError(f"no example of {parser.prog} {name}")
            part.epilog = "\n".join([f"example{'s' * (len(mine) > 1)}:", *mine])
            part.formatter_class = argparse.RawDescriptionHelpFormatter
    return parser


def parts(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parser of each part, by its name."""
    for action in parser._actions:  # argparse has no public way from a parser to its parts
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}
