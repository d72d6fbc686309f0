"""What micro-turns gave, told as user items and responses.

The model knows no turns. What the user said is one item until the model answers, the client
commits, or a second passes in which nothing was heard; what the model says in one go is a
response, and an act whose name the client gave as a tool is a function call. None of this changes
what the model does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.microturn import TURN_S, Act, OutputTurn
from engine.server.realtime.items import Item, Items, message
from engine.server.realtime.response import Response
from engine.server.sound import VoiceEncoder
from engine.server.spoken import GENERATIONS_KEPT

Event = dict[str, Any]
PAUSE_TURNS = 5
PATIENCE_TURNS = 25


class Narrator:
    """Holds at most one open user item and one open response."""

    def __init__(self, session_id: str, rate_hz: int, extended: bool) -> None:
        self.items = Items(session_id)
        self.tools: frozenset[str] = frozenset()
        self.spoken = True
        self.response: Response | None = None
        self.asked_turn: int | None = None
        self._extended = extended
        self._names = session_id.removeprefix("session_")
        self._voice = VoiceEncoder(rate_hz)
        self._heard: Item | None = None
        self._heard_words: list[str] = []
        self._heard_turns = (0, 0)
        self._responses = self._calls = 0
        self._silenced = -1
        self._generations: dict[str, int] = {}
        self._turn = 0
        self._committed_turn = 0

    def knows_call(self, call_id: str) -> bool:
        name, _, number = call_id.rpartition("_")
        known = name == f"call_{self._names}" and number.isascii() and number.isdecimal()
        return known and len(number) < 12 and 0 < int(number) <= self._calls

    def generation_of(self, item_id: str) -> int | None:
        """The voice that said an item, where that is known."""
        return self._generations.get(item_id)

    def renew(self) -> None:
        """As a copy of it goes on from here, so does this."""
        self._voice.renew()

    def tell(self, out: OutputTurn) -> Iterator[Event]:
        self._turn = out.index + 1
        yield from self._hear(out)
        encoded, stale = self._voice.encode(out), out.generation <= self._silenced
        silenced = stale and out.speaking
        if not silenced:
            yield from self._say(out, "" if stale else encoded)
        for act in out.acts:
            yield from self._act(act, out.index)
        quiet = not out.speaking and out.audio is None and not out.say
        if self.response is not None and (quiet or silenced):
            yield from self._rest()

    def ask(self, metadata: Any, spoken: bool | None) -> Iterator[Event]:
        """The client wants a response: it is open before the model says anything."""
        self.asked_turn = self._turn
        yield from self._begin(metadata, spoken)

    def cancel(self, generation: int) -> Iterator[Event]:
        """Nothing more is told of this generation, nor of an older one."""
        self._silenced = max(self._silenced, generation)
        yield from self._end("cancelled", "client_cancelled")

    def commit(self) -> Iterator[Event] | None:
        """Closes the user's item, made for the purpose where nothing was heard.

        None when there was no sound since the last one.
        """
        if self._heard is None and self._committed_turn == self._turn:
            return None
        return self._commit()

    def _commit(self) -> Iterator[Event]:
        if self._heard is None:
            self._heard_turns = (self._committed_turn, self._turn)
            yield from self._open_heard()
        yield from self._close_heard()

    def _hear(self, out: OutputTurn) -> Iterator[Event]:
        if out.heard:
            if self._heard is None:
                self._heard_turns = (out.index, out.index + 1)
                yield from self._open_heard()
            assert self._heard is not None
            self._heard_turns = (self._heard_turns[0], out.index + 1)
            delta = (" " if self._heard_words else "") + out.heard
            self._heard_words.append(out.heard)
            kind = "conversation.item.input_audio_transcription.delta"
            yield {"type": kind, "item_id": self._heard["id"], "content_index": 0, "delta": delta}
        elif self._heard is not None and self._turn - self._heard_turns[1] >= PAUSE_TURNS:
            yield from self._close_heard()

    def _open_heard(self) -> Iterator[Event]:
        self._heard, before = self.items.add(
            message("user", [{"type": "input_audio", "transcript": None}])
        )
        self._heard_before = before
        yield {
            "type": "conversation.item.added",
            "previous_item_id": before,
            "item": {**self._heard},
        }

    def _close_heard(self) -> Iterator[Event]:
        heard, self._heard = self._heard, None
        assert heard is not None
        transcript = " ".join(self._heard_words)
        self._heard_words = []
        self._committed_turn = self._turn
        heard |= {"status": "completed", "content": [
            {"type": "input_audio", "transcript": transcript}]}  # fmt: skip
        place = {"previous_item_id": self._heard_before}
        yield {"type": "input_audio_buffer.committed", "item_id": heard["id"], **place}
        yield {"type": "conversation.item.done", "item": {**heard}, **place}
        first, last = self._heard_turns
        yield {
            "type": "conversation.item.input_audio_transcription.completed",
            "item_id": heard["id"],
            "content_index": 0,
            "transcript": transcript,
            "usage": {"type": "duration", "seconds": round((last - first) * TURN_S, 3)},
        }

    def _say(self, out: OutputTurn, encoded: str) -> Iterator[Event]:
        response = self.response
        voiced = response.voiced if response else None
        fresh = voiced is not None and voiced.generation not in (None, out.generation)
        if response is not None and fresh and out.speaking:
            yield from self._end("completed")
        if not (out.say or encoded):
            return
        if self.response is None:
            yield from self._begin(None, None)
        assert self.response is not None
        self.asked_turn = None
        if out.say:
            yield from self.response.word(out.say)
        if encoded:
            generation, marked = out.generation, self._extended
            yield from self.response.sound(encoded, out.index, generation, marked)
            self._note(generation)

    def _note(self, generation: int) -> None:
        voiced = self.response.voiced if self.response else None
        if voiced is not None:
            self._generations[voiced.item["id"]] = generation
        while len(self._generations) > GENERATIONS_KEPT:
            del self._generations[next(iter(self._generations))]

    def _act(self, act: Act, turn: int) -> Iterator[Event]:
        arguments = {"turn": turn, "arguments": dict(act.arguments)}
        if act.name not in self.tools:
            if self._extended:
                yield {"type": "aside.act", "name": act.name, **arguments}
            return
        if self.response is None:
            yield from self._begin(None, None)
        assert self.response is not None
        self._calls += 1
        self.asked_turn = None
        yield from self.response.call(act, f"call_{self._names}_{self._calls}")

    def _rest(self) -> Iterator[Event]:
        """A response that was asked for waits a while for the model to say something."""
        waited = self._turn - self.asked_turn if self.asked_turn is not None else PATIENCE_TURNS
        if waited >= PATIENCE_TURNS:
            yield from self._end("completed")

    def _begin(self, metadata: Any, spoken: bool | None) -> Iterator[Event]:
        if self._heard is not None:
            yield from self._close_heard()
        self._responses += 1
        name = f"resp_{self._names}_{self._responses}"
        spoken = self.spoken if spoken is None else spoken
        self.response = Response(name, self.items, spoken, metadata)
        yield from self.response.created()

    def _end(self, status: str, reason: str | None = None) -> Iterator[Event]:
        response, self.response, self.asked_turn = self.response, None, None
        if response is not None:
            yield from response.done(status, reason)
