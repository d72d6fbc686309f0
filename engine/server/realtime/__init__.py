"""The Realtime protocol (GA), over the same live sessions: no turns, but told as responses.

Read in this order: wire (what a client may send), items (the conversation as the protocol shows
it), response (one response, event by event), narrator (micro-turns as responses and items),
commands, dialect.
"""

from engine.server.realtime.dialect import opening

__all__ = ["opening"]
