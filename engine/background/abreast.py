"""Up to when a running task knows what the user wrote: it must not overwrite what came later."""

from __future__ import annotations

from contextvars import ContextVar

ALL = float("inf")
_KNOWN_S: ContextVar[float] = ContextVar("known_s", default=ALL)


def know(until_s: float) -> None:
    """The task that says so knows what stood on the cards then, by the steady clock."""
    _KNOWN_S.set(until_s)


def known_s() -> float:
    """Of the task that asks; ALL where none does, and for who writes without having looked."""
    return _KNOWN_S.get()
