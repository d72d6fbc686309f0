"""`aside models` and `aside models known`: what there is, and what there could be."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.client.models import checkpoints, choice
from engine.client.models.checkpoints import Checkpoint, find
from engine.client.models.choice import Remote
from engine.client.models.known import Known, find_known, known
from engine.client.models.link import OURS, abilities
from engine.client.models.machine import Machine, look, why_not_here, why_not_served

MEBI = 1 << 20
ABLE = ("hears", "sees", "interjects", "tools")


@dataclass(frozen=True)
class Row:
    """One model. problem: why it cannot be used; machine: what this machine lacks, "" for nothing.

    origin: shipped or user (a checkpoint), data, remote, or known (not added yet).
    unverified: fields that are estimates. can: what the model can do, cadence in ms.
    """

    name: str
    origin: str
    path: str = ""
    size_bytes: int = 0
    selected: bool = False
    problem: str = ""
    machine: str = ""
    about: str = ""
    licence: str = ""
    protocol: str = ""
    url: str = ""
    source: str = ""
    parameters: int = 0
    unverified: tuple[str, ...] = ()
    can: dict[str, Any] = field(default_factory=dict)


def main(options: argparse.Namespace) -> int:
    """0 when at least one can be used, else 1."""
    rows = list(_there())
    for row in rows:
        print(json.dumps(asdict(row)) if options.json else _line(row))
    usable = any(not row.problem and row.origin != "data" for row in rows)
    if not usable and not options.json:
        place = checkpoints.user_folder()
        print(f"No usable checkpoint. Put one into {place}, or train one: aside train")
    return 0 if usable else 1


def offered(options: argparse.Namespace) -> int:
    """Always 0: the list comes with the package."""
    machine = look()
    for model in known():
        row = _known(model, machine)
        print(json.dumps(asdict(row)) if options.json else _long(row, model))
    return 0


def _there() -> Iterator[Row]:
    machine, choices = look(), choice.load()
    chosen = choices.selected
    for checkpoint in find():
        yield _checkpoint(checkpoint, machine, chosen)
    for remote in choices.remotes:
        yield _remote(remote, chosen)


def _checkpoint(checkpoint: Checkpoint, machine: Machine, chosen: str) -> Row:
    shipped = checkpoint.origin == "shipped"
    ours = checkpoint.origin != "data"
    model = None if ours else find_known(checkpoint.name)
    return Row(
        checkpoint.name,
        checkpoint.origin,
        checkpoint.path,
        checkpoint.size_bytes,
        selected=shipped if not chosen else chosen in (checkpoint.name, checkpoint.path),
        problem=checkpoint.problem,
        machine=why_not_here(machine, checkpoint.size_bytes) if ours else "",
        about=model.about if model else "",
        licence="Apache-2.0" if shipped else model.licence if model else checkpoint.licence,
        protocol="" if ours else "files for another server",
        can=asdict(replace(OURS, sees=_sees(Path(checkpoint.path)))) if ours else {},
    )


def _sees(folder: Path) -> bool:
    """Whether a checkpoint of ours was trained on pictures: its configuration says so."""
    try:
        return bool(json.loads((folder / "config.json").read_text("utf-8")).get("sees", True))
    except (OSError, ValueError, AttributeError):
        return False


def _remote(remote: Remote, chosen: str) -> Row:
    model = find_known(remote.name)
    return Row(
        remote.name,
        "remote",
        selected=remote.name == chosen,
        about=model.about if model else remote.model,
        licence=model.licence if model else "",
        protocol=remote.protocol,
        url=remote.url,
        can={**asdict(abilities(remote.protocol)), **(model.can if model else {})},
    )


def _known(model: Known, machine: Machine) -> Row:
    return Row(
        model.name,
        "known",
        machine=why_not_served(machine, model.gpu_memory_mib),
        about=model.about,
        licence=model.licence,
        protocol=model.protocol,
        url=model.url,
        source=model.source,
        parameters=model.parameters,
        unverified=model.unverified,
        can={**asdict(abilities(model.protocol)), **model.can},
    )


def _line(row: Row) -> str:
    mark = "*" if row.selected else " "
    where = row.url or row.path
    size = f"{row.size_bytes / MEBI:.1f} MiB" if row.path else row.protocol
    lines = [f"{mark} {row.name:<20}{size:>14}  {row.origin:<8} {where}"]
    details = [_abilities(row), row.licence, row.about]
    if any(details):
        lines.append(f"{'':<22}{'; '.join(filter(None, details))}")
    if row.problem:
        lines.append(f"{'':<22}cannot be used: {row.problem}")
    elif row.machine:
        lines.append(f"{'':<22}this machine: {row.machine}")
    return "\n".join(lines)


def _long(row: Row, model: Known) -> str:
    guess = ", ".join(model.unverified)
    lines = [
        f"{row.name}: {row.about}",
        f"  {_abilities(row)}; {row.licence}; protocol {row.protocol}",
        f"  source: {row.source}" + (f" (not verified: {guess})" if guess else ""),
    ]
    if row.machine:
        lines.append(f"  this machine: {row.machine}")
    if model.note:
        lines.append(f"  {model.note}")
    return "\n".join(lines)


def _abilities(row: Row) -> str:
    return ", ".join(name for name in ABLE if row.can.get(name))
