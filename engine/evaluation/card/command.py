"""The model card, written from measured figures: `python -m engine.evaluation.card`.

It takes the JSON lines of `aside eval` and `aside bench` and the checkpoint itself. What none of
them says is fixed text: how the recipe works, and whose voices it trains on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.evaluation.card.tables import Row
from engine.evaluation.card.text import card
from engine.evaluation.fingerprint import fingerprint
from engine.model.checkpoint import Checkpoint, CheckpointError, load_checkpoint

_NO_FIGURES = (".trials.jsonl", ".failures.jsonl", ".clips.jsonl", ".texts.jsonl")


class CardError(Exception):
    """The figures given are not figures of `aside eval`."""


def main(argv: list[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    try:
        rows = [row for path in options.results for file in files(path) for row in read(file)]
        checkpoint = load_checkpoint(options.model or options.out.parent)
        refuse_others(checkpoint, rows)
        refuse_doubles(rows)
        text = card(checkpoint, rows, options.trained)
        options.out.write_text(text, encoding="utf-8")
    except (CardError, CheckpointError, OSError) as error:
        print(f"card: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine.evaluation.card",
        description="Write a checkpoint's card from the figures of `aside eval`.",
        epilog="example: python -m engine.evaluation.card results "
        '--trained "95 minutes on two CPU cores" --out assets/nano/CARD.md',
    )
    parser.add_argument("results", nargs="+", type=Path, metavar="RESULTS",
                        help="files of figures, or folders that --out left")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="CARD.md")
    parser.add_argument("--model", type=Path, help="checkpoint (default: the card's folder)")
    parser.add_argument("--trained", default="", help="how long and on what, in a few words")
    return parser


def files(path: Path) -> list[Path]:
    """A file of figures itself; of a folder, those that are not trials, clips or failures.

    Raises CardError for a folder without figures.
    """
    if not path.is_dir():
        return [path]
    found = [one for one in sorted(path.glob("*.jsonl")) if not one.name.endswith(_NO_FIGURES)]
    if not found:
        raise CardError(f"{path} holds no figures: run a suite of `aside eval` with --out first")
    return found


def read(path: Path) -> list[Row]:
    """The figures of one run. Raises CardError for a line that is none, OSError."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(_checked(json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            raise CardError(
                f"{path}, line {number} is no figure ({error!r}): give what "
                "`aside eval --out`, `aside eval --json` or `aside bench --json` wrote"
            ) from error
    if not rows:
        raise CardError(f"{path} holds no figures: run `aside eval` with --out first")
    return rows


def _checked(row: Row) -> Row:
    if "bench" in row:
        return row
    bounds = {name: float(row[name]) for name in ("value", "low", "high")}
    names = {name: str(row[name]) for name in ("suite", "skill", "system", "what")}
    return {**row, **bounds, **names, "n": int(row["n"])}


def refuse_others(checkpoint: Checkpoint, rows: Sequence[Row]) -> None:
    """Raises CardError when figures are those of other weights."""
    wanted = fingerprint(checkpoint.directory)
    others = {row["weights"] for row in rows if "weights" in row} - {wanted}
    if others:
        raise CardError(
            f"{checkpoint.directory} holds weights {wanted}, but figures given are those of "
            f"{', '.join(sorted(others))}: run `aside eval` on this checkpoint"
        )


def refuse_doubles(rows: Sequence[Row]) -> None:
    """Raises CardError when two runs tell of the same thing."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        if "bench" in row:
            continue
        name = tuple(row[part] for part in ("suite", "skill", "system", "what"))
        if name in seen:
            raise CardError(f"{' '.join(name)} is given twice: give each suite's figures once")
        seen.add(name)

