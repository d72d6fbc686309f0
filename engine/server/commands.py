"""What each event of a GPT-Live client does to its session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from engine.server import wire
from engine.server.inbox import Words
from engine.server.intake import bounded, extension, hear
from engine.server.live import LiveSession
from engine.server.strict import Addressed, PlaybackAck, TextAppend, VideoAppend, WireError

if TYPE_CHECKING:
    from engine.server.gptlive import GptLive


class Commands:
    """Obeys the events of one client, in the order in which they came."""

    def __init__(self, dialect: GptLive) -> None:
        self._dialect = dialect

    def obey(self, event: wire.LiveEvent, live: LiveSession) -> None:
        """Raises WireError, having changed nothing, when the event cannot be obeyed."""
        match event:
            case wire.AudioAppend():
                if event.aside is not None:
                    self._extension(event.event_id, "aside")
                hear(live, event.audio, event.aside, event.event_id)
            case wire.AudioMute():
                self._mute(event, live)
            case wire.ContextAppend():
                self._append(event, live)
            case wire.SessionUpdate():
                self._update(event, live)
            case wire.SessionClose():
                live.inbox.close()
            case wire.SessionRest():
                self._extension(event.event_id)
                live.rest(event.event_id)
            case wire.SessionStart():
                message = "one session per connection; open another connection"
                raise WireError("session_already_started", message, None, event.event_id)
            case wire.VoiceCancel():
                self._extension(event.event_id)
                self._cancel(event, live)
            case TextAppend() | VideoAppend() | Addressed() | PlaybackAck():
                self._extension(event.event_id)
                extension(event, live)

    def _mute(self, event: wire.AudioMute, live: LiveSession) -> None:
        muted = event.type.endswith(".mute")
        live.mute(muted)
        kind = "session.input_audio.muted" if muted else "session.input_audio.unmuted"
        self._answer(live, kind, event.event_id)

    def _append(self, event: wire.ContextAppend, live: LiveSession) -> None:
        known = event.delegation_id is None or self._dialect.narrator.knows(event.delegation_id)
        if not known:
            message = "no such delegation in this session; use the id of delegation.created"
            raise WireError("unknown_delegation", message, "delegation_id", event.event_id)
        bounded(live, event.content, "content", event.event_id)
        kind = cast(Literal["instructions", "thinking", "commentary"], event.type.split(".")[1])
        live.inbox.read(Words(kind, event.content, event.delegation_id, event.event_id))

    def _update(self, event: wire.SessionUpdate, live: LiveSession) -> None:
        """Changes what may change in a running session: how delegations are answered. What is
        left out stays as it is.
        """
        config, change = self._dialect.config, event.session.delegation
        if change is not None and change.acknowledgement_delay_ms is not None:
            self._dialect.config = config.model_copy(update={"delegation": change})
        self._answer(live, "session.updated", event.event_id, session=self._dialect.resource())

    def _cancel(self, event: wire.VoiceCancel, live: LiveSession) -> None:
        if event.generation > live.generation:
            message = "that generation has not begun; cancel the one that is told with the sound"
            raise WireError("unknown_generation", message, "generation", event.event_id)
        self._dialect.narrator.silence(event.generation)
        live.cut(event.generation)
        self._answer(
            live, "aside.output_audio.cancelled", event.event_id, generation=event.generation
        )

    def _extension(self, event_id: str | None, param: str = "type") -> None:
        if not self._dialect.extended:
            message = "ask for extensions first: session.start with session.aside = {}"
            raise WireError("extensions_not_requested", message, param, event_id)

    def _answer(self, live: LiveSession, kind: str, event_id: str | None, **fields: Any) -> None:
        answered = {"client_event_id": event_id} if event_id is not None else {}
        live.tell([{"type": kind, **answered, **fields}])
