"""How the id of a session names the replica that it was opened on."""

from __future__ import annotations

import re

_NAMED = re.compile(r"session_([0-9a-z]+)_[0-9a-f]+\Z")


def prefix(replica: str) -> str:
    """`Settings.name` of a replica. replica: Serve's own id of it."""
    return f"{replica}_"


def replica_of(session_id: str) -> str | None:
    """The replica that a session was opened on; None where its id names none."""
    named = _NAMED.match(session_id)
    return named[1] if named else None
