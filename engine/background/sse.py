"""Server-sent events, as streams of chat completions use them: bytes in, payloads out.

Source: WHATWG HTML, "Server-sent events", the part that concerns `data`.
"""

from __future__ import annotations

MAX_EVENT = 4 << 20
DONE = "[DONE]"  # not of the standard: how streams of chat completions end


class TooLong(Exception):
    """An event has no end within MAX_EVENT bytes."""


class EventStream:
    """Give it bytes as they come; it gives the `data` of each event that is complete by then."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[str] = []

    def feed(self, received: bytes) -> list[str]:
        """Raises TooLong. Bytes that are no UTF-8 become replacement characters."""
        lines = (self._rest + received).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) + sum(map(len, self._data)) > MAX_EVENT:
            raise TooLong
        events = []
        for line in lines:
            event = self._take(line.rstrip(b"\r").decode("utf-8", "replace"))
            if event is not None:
                events.append(event)
        return events

    def finish(self) -> list[str]:
        """The last event, of a server that did not end it with an empty line."""
        return [*self.feed(b"\n"), *self.feed(b"\n")]

    def _take(self, line: str) -> str | None:
        if line.startswith("data:"):
            self._data.append(line[5:].removeprefix(" "))
        if line or not self._data:
            return None
        event, self._data = "\n".join(self._data), []
        return event
