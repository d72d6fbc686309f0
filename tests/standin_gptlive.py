"""A stand-in of the GPT-Live cloud, from the openai types: it knows no extensions of ours."""

from __future__ import annotations

from typing import Any

from openai.types.live import ClientEvent, ServerEvent
from pydantic import TypeAdapter

from tests.standin import Message, Standin
from tests.standin_realtime import checked, event

CLIENT: TypeAdapter[Any] = TypeAdapter(ClientEvent)
SERVER: TypeAdapter[Any] = TypeAdapter(ServerEvent)
APPENDED = {
    "session.instructions.append": "session.instructions.appended",
    "session.thinking.append": "session.thinking.appended",
    "session.commentary.append": "session.commentary.appended",
}


class GptLiveStandin(Standin):
    """Starts sessions, confirms what is appended, and closes when asked."""

    session: Message

    def understand(self, frame: str | bytes) -> Message:
        return checked(CLIENT, frame)

    async def react(self, message: Message) -> None:
        kind = message["type"]
        if kind == "session.start":
            self.session = message["session"]
            await self.say(event(SERVER, "session.started", session=self._resource()))
        if kind in APPENDED:
            told = {"client_event_id": message.get("event_id"), "start_ms": 0, "end_ms": 200}
            await self.say(event(SERVER, APPENDED[kind], **told))
        if kind == "session.close":
            ended = {"reason": "close_requested", "usage": {"seconds": 1.0}}
            closed = event(SERVER, "session.closed", session=self._resource(), **ended)
            await self.say(closed)

    def _resource(self) -> Message:
        named = {"id": "live_1", "expires_at": 1, "status": "active"}
        return {**self.session, **named}
