"""What a micro-turn gave, as the events that tell a client about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.microturn import TURN_S, Act, OutputTurn
from engine.server.inbox import Words
from engine.server.sound import VoiceEncoder

TURN_MS = round(TURN_S * 1000)
USAGE_EVERY_TURNS = 25
Event = dict[str, Any]
APPENDED = {
    "text": "aside.input_text.appended",
    "instructions": "session.instructions.appended",
    "thinking": "session.thinking.appended",
    "commentary": "session.commentary.appended",
}


class Narrator:
    """Turns output into events, in the order in which it happened.

    extended: whether the client asked for ours beside GPT-Live's own. Transcript fragments
    join to whole text when put one after the other; `heard` has the time of the micro-turn
    that heard it, `say` of the following interval, in which it sounds.
    """

    def __init__(self, session_id: str, rate_hz: int, extended: bool) -> None:
        self._session_id = session_id
        self._extended = extended
        self._voice = VoiceEncoder(rate_hz)
        self._begun: set[str] = set()
        self._delegations = 0
        self._silenced = -1

    def silence(self, generation: int) -> None:
        """Nothing more is told of this generation's voice, nor of an older one's."""
        self._silenced = max(self._silenced, generation)

    def knows(self, delegation_id: str) -> bool:
        """Whether the model delegated under this id in this session."""
        prefix, _, number = delegation_id.rpartition("_")
        if prefix != self._prefix() or not (number.isascii() and number.isdecimal()):
            return False
        return len(number) < 12 and 0 < int(number) <= self._delegations

    def renew(self) -> None:
        """As a copy of it goes on from here, so does this."""
        self._voice.renew()

    def tell(self, out: OutputTurn) -> Iterator[Event]:
        if out.heard:
            yield self._transcript("session.input_transcript.delta", out.heard, out.index)
        if out.say:
            yield self._transcript("session.output_transcript.delta", out.say, out.index + 1)
        for act in out.acts:
            yield from self._act(act, out.index)
        yield from self._sound(out)
        if (out.index + 1) % USAGE_EVERY_TURNS == 0:
            yield {"type": "session.usage.updated", "usage": usage(out.index + 1)}

    def _transcript(self, kind: str, text: str, turn: int) -> Event:
        space = " " if kind in self._begun else ""
        self._begun.add(kind)
        return {"type": kind, "delta": space + text, **_span(turn)}

    def _act(self, act: Act, turn: int) -> Iterator[Event]:
        arguments = {"turn": turn, "arguments": dict(act.arguments)}
        if act.name == "delegate":
            self._delegations += 1
            yield {
                "type": "session.delegation.created",
                "delegation": {
                    "id": f"{self._prefix()}_{self._delegations}",
                    "type": "delegation",
                    "target": "client",
                },
                "offset_ms": (turn + 1) * TURN_MS,
                **self._extension(arguments),
            }
        elif self._extended:
            yield {"type": "aside.act", "name": act.name, **arguments}

    def _sound(self, out: OutputTurn) -> Iterator[Event]:
        encoded = self._voice.encode(out)
        if encoded and out.generation > self._silenced:
            mark = {"turn": out.index, "generation": out.generation}
            yield {
                "type": "session.output_audio.delta",
                "delta": encoded,
                **self._extension(mark),
            }

    def _extension(self, fields: Event) -> Event:
        return {"aside": fields} if self._extended else {}

    def _prefix(self) -> str:
        return self._session_id.replace("session_", "delegation_")


def appended(words: Words, turn: int) -> Event:
    """The answer to text that micro-turn `turn` took in."""
    at = turn * TURN_MS
    event: Event = {"type": APPENDED[words.kind], "start_ms": at, "end_ms": at}
    if words.client_event_id is not None:
        event["client_event_id"] = words.client_event_id
    return event


def usage(turns: int) -> Event:
    """Sound taken in so far, in seconds."""
    return {"seconds": round(turns * TURN_S, 3)}


def _span(turn: int) -> Event:
    return {"start_ms": turn * TURN_MS, "end_ms": (turn + 1) * TURN_MS}
