"""What the server is told before it starts: one frozen value, every limit in it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

MEBI = 1 << 20


def new_token() -> str:
    """A token for one launch: 256 random bits, safe in a header."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Settings:
    """Where to listen, who may come in, and how much anybody may take.

    behind_turns: micro-turns of sound that may wait; older sound is dropped, visibly.
    lease_s: a session whose client says nothing for so long is closed.
    start_s: a connection that has not started a session by then is closed.
    unit_s: a micro-turn that computes longer than this counts as stuck and ends its session.
    age_s: no session grows older than this.
    outbox_events: events that may wait for a slow reader; one more ends its session.
    keep_s: the longest that a session waits for a client whose connection was lost.
    journal_events: events sent that are kept meanwhile, to be sent again.
    limit_s: no session is added when the slowest in a hundred micro-turns would take longer.
    memory_mib: nor when this process holds so much; None: four fifths of the machine's.
    cores: that this process may count on; None: all that it may use.
    rest: where a session leaves its state when its client lets the engine go; None: nowhere.
    journal: where sessions that may be resumed are kept, for another process to go on with when
        this one is gone; None: in this process alone.
    journal_turns: micro-turns between two states of the journal.
    name: what the ids of this process's sessions begin with.
    max_strangers: connections that have not shown a token; for one more the oldest is cut.
    hello_s: a connection that has not shown its token by then is cut.
    """

    host: str = "127.0.0.1"
    port: int = 0
    token: str = field(default_factory=new_token, repr=False)
    certificate: Path | None = None
    key: Path | None = None
    max_sessions: int = 64
    max_connections: int = 256
    max_strangers: int = 512
    limit_s: float = 0.15
    memory_mib: float | None = None
    cores: float | None = None
    rest: Path | None = None
    journal: Path | None = None
    journal_turns: int = 150
    name: str = ""
    memory_every_s: float = 5.0
    behind_turns: int = 5
    lease_s: float = 60.0
    hello_s: float = 5.0
    start_s: float = 10.0
    keep_s: float = 60.0
    journal_events: int = 256
    unit_s: float = 10.0
    age_s: float = 12 * 3600.0
    outbox_events: int = 512
    pending_texts: int = 256
    max_message_bytes: int = 8 * MEBI
    max_errors_in_a_row: int = 64
