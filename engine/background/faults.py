"""What can go wrong between us and a language model, in words for people."""

from __future__ import annotations

from enum import StrEnum

from engine.background.phrase import of_error, phrase


class Fault(StrEnum):
    """UNREACHABLE: nobody answers. STALLED: nothing came for too long. BUSY: asked to wait.
    REFUSED: it will not take this request. FAILED: it broke. GARBLED: it sent what is no answer.
    CUT: the connection ended before the answer did. SHUT: the key is missing or wrong."""

    UNREACHABLE = "unreachable"
    STALLED = "stalled"
    BUSY = "busy"
    REFUSED = "refused"
    FAILED = "failed"
    GARBLED = "garbled"
    CUT = "cut"
    SHUT = "shut"


class MindError(Exception):
    """The message is one sentence that can be shown and spoken; it never quotes a conversation.

    detail: what the server said about it, for the screen, never for a log; it may quote.
    retry_s: after how long it is worth trying again; None: not by itself.
    """

    def __init__(
        self, fault: Fault, message: str, retry_s: float | None = None, detail: str = ""
    ) -> None:
        super().__init__(message)
        self.fault, self.retry_s, self.detail = fault, retry_s, detail


def in_full(error: MindError) -> str:
    """For the screen: what went wrong, with whom, and what the server said about it."""
    what = of_error(error)
    return phrase("{what} {detail}", what=what, detail=error.detail) if error.detail else what
