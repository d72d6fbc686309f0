"""JSON messages with a type, as four of the protocols have them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from engine.client.adapters.adapter import Frame, Message, ProtocolError, Refused, Send, Steps

Reader = Callable[[Message], Steps]
Readers = Mapping[str, Reader]


def send(kind: str, **fields: Any) -> Send:
    return Send(json.dumps({"type": kind, **fields}))


def read(frame: Frame, reader: Reader) -> Steps:
    """What `reader` makes of a message. Raises ProtocolError where it is not as it should be."""
    try:
        return reader(json.loads(frame))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        name = type(error).__name__
        raise ProtocolError(f"a message of the server could not be read ({name})") from None


def by_type(readers: Readers) -> Reader:
    """Chooses the reader of the message's type; types that are not for us are passed over."""

    def choose(message: Message) -> Steps:
        kind = message["type"]
        if not isinstance(kind, str):
            raise TypeError("type")
        reader = readers.get(kind)
        return reader(message) if reader else []

    return choose


def refusal(message: Message) -> Refused:
    """An `error` before the session began. Only a full or sick server is worth another try."""
    error = message["error"]
    if isinstance(error, str):
        return Refused(error, final=message.get("code") != "resource_exhausted")
    transient = error.get("type") in ("rate_limit_error", "server_error")
    return Refused(str(error["message"]), final=not transient)
