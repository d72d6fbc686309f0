"""Why a session ends: raised by whichever task of it finds out first."""

from __future__ import annotations

from typing import Literal

Reason = Literal["close_requested", "expired", "remote_hangup", "connection_lost"]

NORMAL, POLICY, INTERNAL, RESTART, TRY_LATER = 1000, 1008, 1011, 1012, 1013


class Ending(Exception):
    """reason: as `session.closed` tells it. close_code: of the WebSocket (RFC 6455, 7.4)."""

    def __init__(self, reason: Reason, close_code: int = NORMAL, note: str = "") -> None:
        super().__init__(note or reason)
        self.reason: Reason = reason
        self.close_code = close_code
        self.note = note


class Displaced(Exception):
    """The session lives on without this connection: another has it, or it waits elsewhere."""
