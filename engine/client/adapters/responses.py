"""The life of a response, which three of the protocols share: created, spoken, done or cut off.

What belongs to a response that was interrupted is stale, however late it comes: responses are
known by their ids, and only those alive are heard.
"""

from __future__ import annotations

from engine.client.adapters.adapter import Message, Step, Steps
from engine.client.adapters.messages import send
from engine.client.adapters.pcm import from_base64_pcm16
from engine.client.adapters.spoken import Spoken
from engine.client.adapters.tools import DONE, called
from engine.client.events import ActEvent, DelegationEvent, Error
from engine.microturn import Update

MAX_UTTERANCES = 64


class Responses:
    """Follows one session's responses. `calls`: delegations whose result is still owed."""

    def __init__(self, spoken: Spoken) -> None:
        self.spoken = spoken
        self.calls: set[str] = set()
        self._made: set[str] = set()
        self._alive: set[str] = set()
        self._names: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._utterance = ""
        self._anything_said = False

    @property
    def active(self) -> bool:
        """Whether a response is being made."""
        return bool(self._made)

    def created(self, message: Message) -> Steps:
        name = str(message["response"]["id"])
        self._made.add(name)
        self._alive.add(name)
        return []

    def audio(self, message: Message) -> Steps:
        if not self._is_alive(message):
            return []
        self._utter(message)
        return self.spoken.add(from_base64_pcm16(message["delta"]))

    def audio_done(self, message: Message) -> Steps:
        if self._is_alive(message):
            self.spoken.finish()
        return []

    def transcript(self, message: Message) -> Steps:
        if not self._is_alive(message):
            return []
        text = str(message["delta"])
        if self._utter(message) and self._anything_said:
            text = " " + text.lstrip()
        self._anything_said = True
        self.spoken.say(text)
        return []

    def item_added(self, message: Message) -> Steps:
        """Where a call's name is told once, ahead of its arguments."""
        item = message["item"]
        if item.get("type") == "function_call":
            self._names[str(item["call_id"])] = str(item["name"])
        return []

    def call_done(self, message: Message) -> Steps:
        """A tool call is complete. Acts have no result of their own, so they are answered here."""
        if not self._is_alive(message):
            return []
        call_id = str(message["call_id"])
        name = str(message.get("name") or self._names.pop(call_id, ""))
        try:
            event = called(
                call_id, name, str(message["arguments"]), self.spoken.clock_ms, self.spoken.turns
            )
        except ValueError:
            return [
                Error("tool_call", f"the model called {name or 'a tool'} with broken arguments")
            ]
        if isinstance(event, DelegationEvent):
            self.calls.add(call_id)
            return [event]
        return self._answered(event, call_id)

    def done(self, message: Message) -> Steps:
        """The server made all of it. What was made before it failed is still heard."""
        response = message["response"]
        name = str(response["id"])
        was_alive = name in self._alive
        self._alive.discard(name)
        self._made.discard(name)
        if was_alive:
            self.spoken.finish()
        status = response.get("status")
        details = response.get("status_details") or {}
        if status == "failed":
            error = details.get("error") or {}
            code = str(error.get("code") or details.get("reason") or "response_failed")
            return [Error(code, str(error.get("message") or "the model failed to answer"))]
        return []

    def interrupt(self) -> tuple[list[Step], dict[str, int]]:
        """Everything on its way is stale. Also: of which utterance how many ms were heard."""
        self._alive.clear()
        self._utterance = ""
        interrupted = self.spoken.stop()
        return list(interrupted.events), interrupted.heard_ms

    def item(self, said: str | Update) -> Message:
        """Typed text is the user's; the first commentary on a call is its result; what else the
        background says is the system's."""
        if isinstance(said, str):
            return _message("user", said)
        if said.kind == "commentary" and said.delegation_id in self.calls:
            self.calls.discard(said.delegation_id)
            call = {"type": "function_call_output", "call_id": said.delegation_id}
            return {**call, "output": said.text}
        return _message("system", said.text)

    def is_cut(self, message: Message) -> bool:
        """Whether this `response.done` ends one that could still be heard, before its end."""
        response = message["response"]
        return response.get("status") == "cancelled" and str(response["id"]) in self._alive

    def owner(self, item_id: str) -> str:
        """The response that an utterance belongs to."""
        return self._owners.get(item_id, "")

    def _is_alive(self, message: Message) -> bool:
        return str(message["response_id"]) in self._alive

    def _utter(self, message: Message) -> bool:
        """Whether with this another utterance begins."""
        item_id = str(message["item_id"])
        if item_id == self._utterance:
            return False
        self._utterance = item_id
        self._owners[item_id] = str(message["response_id"])
        if len(self._owners) > MAX_UTTERANCES:
            del self._owners[next(iter(self._owners))]
        self.spoken.begin(item_id)
        return True

    def _answered(self, act: ActEvent, call_id: str) -> Steps:
        item = {"type": "function_call_output", "call_id": call_id, "output": DONE}
        return [act, send("conversation.item.create", item=item)]


def _message(role: str, text: str) -> Message:
    content = [{"type": "input_text", "text": text}]
    return {"type": "message", "role": role, "content": content}
