"""One response from `response.created` to `response.done`, and every event between, in order."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.microturn import TURN_S, Act
from engine.server.realtime.items import Item, Items, message

Event = dict[str, Any]
TURN_MS = round(TURN_S * 1000)


@dataclass
class Voiced:
    """The message of a response: what its voice says. generation: of the voice, once known.
    heard: what is left of it, once it was truncated."""

    item: Item
    index: int
    generation: int | None = None
    ms: int = 0
    words: list[str] = field(default_factory=list)
    heard: str | None = None


class Response:
    """Opens its message at the first word or sound, and each function call at once.

    spoken: with sound; else its words are told as text and the sound is kept back.
    """

    def __init__(self, response_id: str, items: Items, spoken: bool, metadata: Any = None) -> None:
        self.id, self.spoken = response_id, spoken
        self._items, self._metadata = items, metadata
        self._output: list[Item] = []
        self.voiced: Voiced | None = None

    def created(self) -> Iterator[Event]:
        yield {"type": "response.created", "response": self._resource("in_progress")}

    def word(self, text: str) -> Iterator[Event]:
        """A piece of what is said; pieces put one after the other are the text."""
        yield from self._open()
        assert self.voiced is not None
        delta = (" " if self.voiced.words else "") + text
        self.voiced.words.append(text)
        spoken, written = "response.output_audio_transcript.delta", "response.output_text.delta"
        kind = spoken if self.spoken else written
        yield {"type": kind, **self._part_place(), "delta": delta}

    def sound(self, encoded: str, turn: int, generation: int, marked: bool) -> Iterator[Event]:
        """PCM in base64. marked: with the micro-turn and generation of our extension."""
        yield from self._open()
        assert self.voiced is not None
        self.voiced.generation = generation
        self.voiced.ms += TURN_MS
        mark = {"aside": {"turn": turn, "generation": generation}} if marked else {}
        if self.spoken:
            place = self._part_place()
            yield {"type": "response.output_audio.delta", **place, "delta": encoded, **mark}

    def call(self, act: Act, call_id: str) -> Iterator[Event]:
        """An act as a function call: whole at once, told as the protocol tells it."""
        arguments = json.dumps(dict(act.arguments))
        call = {"type": "function_call", "name": act.name, "call_id": call_id, "arguments": ""}
        item, before = self._items.add({**call, "status": "in_progress"})
        index = len(self._output)
        self._output.append(item)
        yield from self._item_added(item, before, index)
        place = {"response_id": self.id, "output_index": index}
        named = {**place, "item_id": item["id"], "call_id": call_id}
        yield {"type": "response.function_call_arguments.delta", **named, "delta": arguments}
        done = {"arguments": arguments, "name": act.name}
        yield {"type": "response.function_call_arguments.done", **named, **done}
        item |= {"arguments": arguments, "status": "completed"}
        yield from self._item_done(item, before, index)

    def done(self, status: str = "completed", reason: str | None = None) -> Iterator[Event]:
        """Closes what is open. status: completed, or cancelled with its reason."""
        if self.voiced is not None:
            yield from self._close(status)
        details = {"type": status} | ({"reason": reason} if reason else {})
        resource = self._resource(status) | {"status_details": details}
        yield {"type": "response.done", "response": resource}

    def _open(self) -> Iterator[Event]:
        if self.voiced is not None:
            return
        item, before = self._items.add(message("assistant", [self._content()]))
        self.voiced = Voiced(item, len(self._output))
        self._before = before
        self._output.append(item)
        shown = {**item, "content": []}
        yield from self._item_added(shown, before, self.voiced.index)
        yield {"type": "response.content_part.added", **self._part_place(), "part": self._part()}

    def _close(self, status: str) -> Iterator[Event]:
        assert self.voiced is not None
        place, text = self._part_place(), " ".join(self.voiced.words)
        if self.spoken:
            yield {"type": "response.output_audio.done", **place}
            yield {
                "type": "response.output_audio_transcript.done", **place, "transcript": text,
            }  # fmt: skip
        else:
            yield {"type": "response.output_text.done", **place, "text": text}
        yield {"type": "response.content_part.done", **place, "part": self._part(text)}
        item = self.voiced.item
        item["content"] = [self._content(text if self.voiced.heard is None else self.voiced.heard)]
        item["status"] = "completed" if status == "completed" else "incomplete"
        yield from self._item_done(item, self._before, self.voiced.index)

    def _item_added(self, item: Item, before: str | None, index: int) -> Iterator[Event]:
        place = {"response_id": self.id, "output_index": index}
        yield {"type": "response.output_item.added", **place, "item": _shown(item)}
        yield {
            "type": "conversation.item.added", "previous_item_id": before, "item": _shown(item),
        }  # fmt: skip

    def _item_done(self, item: Item, before: str | None, index: int) -> Iterator[Event]:
        place = {"response_id": self.id, "output_index": index}
        yield {"type": "response.output_item.done", **place, "item": _shown(item)}
        yield {"type": "conversation.item.done", "previous_item_id": before, "item": _shown(item)}

    def _part_place(self) -> Event:
        assert self.voiced is not None
        return {
            "response_id": self.id,
            "item_id": self.voiced.item["id"],
            "output_index": self.voiced.index,
            "content_index": 0,
        }

    def _part(self, text: str = "") -> Event:
        return {"type": "audio", "transcript": text} if self.spoken else {
            "type": "text", "text": text,
        }  # fmt: skip

    def _content(self, text: str = "") -> Event:
        if self.spoken:
            return {"type": "output_audio", "transcript": text}
        return {"type": "output_text", "text": text}

    def _resource(self, status: str) -> Event:
        return {
            "id": self.id,
            "object": "realtime.response",
            "status": status,
            "output": [_shown(item) for item in self._output],
            "output_modalities": ["audio" if self.spoken else "text"],
            "metadata": self._metadata,
        }


def _shown(item: Item) -> Item:
    return copy.deepcopy(item)
