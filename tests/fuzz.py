"""Fuzzes the server, and the readers of all clients, over real connections.

    python -m tests.fuzz --seconds 3600 --seed 7
    python -m tests.fuzz --seed 7 --from 1234 --rounds 1     # that round again

Rounds are numbered; each is one kind of assault with examples that hypothesis draws from the seed
and the number, so a run that was stopped goes on with `--from`, and a finding comes again. After
each round a neighbour's session has to be alive, all places but its own free again, and the
server's log without an error. A line of JSON for each finding, one at the end; exit status 1
when anything was found.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import psutil
from hypothesis import strategies as st

from engine.server.server import Server
from tests.fuzz_assaults import ASSAULTS, Lines
from tests.serving import START, Wire, alive, eventually, serving, wire

EXAMPLES = 10
# Fuzzing has other things to wait for than a slow machine.
QUIET = hypothesis.settings(
    max_examples=EXAMPLES, database=None, deadline=None, print_blob=True,
    phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
    suppress_health_check=list(hypothesis.HealthCheck),
)  # fmt: skip


class Complaints(logging.Handler):
    """What the server logs as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "could not be taken up" not in record.getMessage():  # of a journal that was damaged
            self.told.append(record.getMessage())


@dataclass
class Report:
    seed: int
    began_s: float = field(default_factory=time.monotonic)
    rounds: Counter[str] = field(default_factory=Counter)
    examples: int = 0
    findings: list[dict[str, Any]] = field(default_factory=list)

    def found(self, number: int, kind: str, error: BaseException) -> None:
        again = f"python -m tests.fuzz --seed {self.seed} --from {number} --rounds 1"
        what = "".join(traceback.format_exception_only(error)).strip()
        where = traceback.format_exception(error)[-6:]
        self.findings.append({"round": number, "kind": kind, "what": what[:2000], "again": again})
        print(json.dumps({**self.findings[-1], "where": where}), flush=True)


def run(seed: int, first: int, rounds: int | None, seconds: float, only: str | None) -> Report:
    """Rounds from `first` on, until there have been so many or the time is up."""
    report, complaints = Report(seed), Complaints()
    logging.getLogger("engine").addHandler(complaints)
    kinds = [only] if only else list(ASSAULTS)
    limits = {"behind_turns": 1000, "outbox_events": 8192, "max_errors_in_a_row": 10_000,
              "lease_s": 600.0, "max_message_bytes": 1 << 20}  # fmt: skip
    number = first
    with (
        TemporaryDirectory() as folder,
        serving(journal=Path(folder) / "j", **limits) as server,
        wire(server, START) as neighbour,
    ):
        while time.monotonic() - report.began_s < seconds:
            if rounds is not None and number >= first + rounds:
                break
            kind = kinds[number % len(kinds)]
            try:
                assault(server, kind, seed, number, report)
                peace(server, neighbour, complaints)
            except Exception as error:
                report.found(number, kind, error)
                complaints.told.clear()
            report.rounds[kind] += 1
            number += 1
    logging.getLogger("engine").removeHandler(complaints)
    return report


def assault(server: Server, kind: str, seed: int, number: int, report: Report) -> None:
    @hypothesis.seed(seed * 1_000_003 + number)
    @QUIET
    @hypothesis.given(st.data())
    def tries(data: st.DataObject) -> None:
        report.examples += 1
        with Lines(server) as lines:
            ASSAULTS[kind](lines, server, data)

    tries()


def peace(server: Server, neighbour: Wire, complaints: Complaints) -> None:
    """What has to hold when the noise is over."""
    alive(neighbour)
    del neighbour.seen[:]
    # Sessions that wait for clients who never come take nobody's place: they go when one is needed.
    def waiting() -> int:
        return sum(stay.waiting for stay in list(server.hall._stays.values()))

    def settled() -> bool:
        return server.sessions - waiting() == 1 == server.connections

    if not eventually(settled, within_s=30):
        places, connections = server.sessions - waiting(), server.connections
        raise AssertionError(f"{places} places and {connections} connections instead of 1")
    assert not complaints.told, complaints.told


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--seconds", type=float, default=60.0, help="how long (60)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="ROUND")
    parser.add_argument("--rounds", type=int, metavar="N", help="at most so many")
    parser.add_argument("--only", choices=sorted(ASSAULTS))
    options = parser.parse_args(argv)
    before = psutil.Process().memory_info().rss >> 20
    report = run(options.seed, options.first, options.rounds, options.seconds, options.only)
    print(json.dumps({
        "seed": options.seed, "rounds": dict(report.rounds), "examples": report.examples,
        "next": options.first + sum(report.rounds.values()), "findings": len(report.findings),
        "seconds": round(time.monotonic() - report.began_s),
        "mib": [before, psutil.Process().memory_info().rss >> 20],
    }))  # fmt: skip
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
