"""Same tape, same seed, same checkpoint, same events: whether a replay kept that law."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.replay.tape import Tape, TapeHeader

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """The first place where the events part. None: there is no such event on that side."""

    number: int
    recorded: Record | None
    replayed: Record | None

    def __str__(self) -> str:
        return (
            f"event {self.number} differs\n"
            f"  recorded: {_shown(self.recorded)}\n"
            f"  replayed: {_shown(self.replayed)}"
        )


def first_difference(tape: Tape, replayed: Sequence[Record]) -> Difference | None:
    """Compares a tape's events with those of its replay, in order, field by field.

    Of a tape that was cut off, the last events may lie on one side only: its sound and its
    events do not end with the same sample. What both have must be the same.
    """
    pairs = itertools.zip_longest(tape.events, map(_as_read, replayed))
    for number, (recorded, now) in enumerate(pairs, start=1):
        if recorded == now or (not tape.whole and _behind_the_cut(tape, recorded, now)):
            continue
        return Difference(number, recorded, now)
    return None


def conditions_changed(tape: Tape, now: TapeHeader) -> list[str]:
    """Why the events may differ: what is not as it was when the tape was recorded."""
    was = tape.header
    changed = []
    if was.seed != now.seed:
        changed.append(f"recorded with seed {was.seed}, replayed with seed {now.seed}")
    if was.checkpoint_sha256 != now.checkpoint_sha256:
        changed.append(
            f"recorded with checkpoint {_checkpoint(was)}, replayed with {_checkpoint(now)}"
        )
    return changed


def _behind_the_cut(tape: Tape, recorded: Record | None, now: Record | None) -> bool:
    if recorded is None:
        return now is not None and now["turn"] >= tape.turns - 10
    return now is None and (recorded["turn"] >= tape.turns or recorded.get("state") == "stop")


def _as_read(record: Record) -> Record:
    read: Record = json.loads(json.dumps(record))
    return read


def _shown(record: Record | None) -> str:
    return json.dumps(record, ensure_ascii=False) if record else "nothing"


def _checkpoint(header: TapeHeader) -> str:
    return f"{header.checkpoint} ({header.checkpoint_sha256[:12] or 'no files'})"
