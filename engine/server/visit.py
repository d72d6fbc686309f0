"""What a client asks for in its address: which protocol, and whether it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs

Protocol = Literal["live", "realtime"]
VERSION = "/v1"
LIVE, REALTIME = "/live/sessions", "/realtime"
PATHS = (VERSION + LIVE, VERSION + REALTIME)
MAX_PATH_CHARS = 2_048


@dataclass(frozen=True)
class Visit:
    """A request that was understood.

    extended: asked for our extensions (Realtime; GPT-Live asks in `session.start`). resume: the
    session to come back to; after: the number of the last event that the client has.
    """

    protocol: Protocol
    extended: bool = False
    seed: int = 0
    keep_s: float = 0.0
    resume: str | None = None
    after: int = 0


class Unknown(Exception):
    """No such resource here."""


def read(target: str) -> Visit:
    """The path and query of a request. Raises Unknown, or ValueError naming a parameter."""
    path, _, query = target.partition("?")
    if path not in PATHS:
        raise Unknown
    if len(target) > MAX_PATH_CHARS:
        raise ValueError("the query is too long")
    given = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
    resume = given.get("resume")
    return Visit(
        "live" if path.endswith(LIVE) else "realtime",
        extended=_number(given, "aside", 1) == 1,
        seed=_number(given, "seed", (1 << 63) - 1),
        keep_s=float(_number(given, "keep_s", 300)),
        resume=resume,
        after=_number(given, "after", (1 << 53) - 1),
    )


def _number(given: dict[str, str], name: str, most: int) -> int:
    text = given.get(name, "0")
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= most):
        raise ValueError(f"{name} is a number from 0 to {most}")
    return int(text)
