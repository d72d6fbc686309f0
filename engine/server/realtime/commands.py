"""What each event of a Realtime client does to its session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from engine.server.inbox import Words
from engine.server.intake import bounded, extension, hear, see
from engine.server.live import LiveSession
from engine.server.picture import Picture
from engine.server.realtime import wire
from engine.server.strict import Addressed, PlaybackAck, TextAppend, VideoAppend, WireError

if TYPE_CHECKING:
    from engine.server.realtime.dialect import Realtime

_IMAGE_KINDS = ("data:image/jpeg;base64,", "data:image/png;base64,")


class Commands:
    """Obeys the events of one client, in the order in which they came."""

    def __init__(self, dialect: Realtime) -> None:
        self._dialect = dialect

    def obey(self, event: wire.RealtimeEvent, live: LiveSession) -> None:
        """Raises WireError, having changed nothing, when the event cannot be obeyed."""
        try:
            self._obey(event, live)
        except WireError as refusal:
            refusal.client_event_id = event.event_id
            raise

    def _obey(self, event: wire.RealtimeEvent, live: LiveSession) -> None:
        match event:
            case wire.SoundAppend():
                if event.aside is not None:
                    self._extension("aside")
                hear(live, event.audio, event.aside, event.event_id)
            case wire.SoundCommit():
                self._commit(live)
            case wire.SoundClear():
                live.inbox.forget_sound()
                live.tell([{"type": "input_audio_buffer.cleared"}])
            case wire.SessionUpdate():
                self._update(event, live)
            case wire.ResponseCreate():
                self._respond(event, live)
            case wire.ResponseCancel() | wire.VoiceClear():
                self._cancel(event, live)
            case TextAppend() | VideoAppend() | Addressed() | PlaybackAck():
                self._extension("type")
                extension(event, live)
            case _:
                self._item(event, live)

    def _item(self, event: wire.RealtimeEvent, live: LiveSession) -> None:
        items = self._dialect.narrator.items
        match event:
            case wire.ItemCreate():
                self._create(event, live)
            case wire.ItemDelete():
                items.remove(event.item_id)
                live.tell([{"type": "conversation.item.deleted", "item_id": event.item_id}])
            case wire.ItemRetrieve():
                item = items.get(event.item_id)
                live.tell([{"type": "conversation.item.retrieved", "item": {**item}}])
            case wire.ItemTruncate():
                self._truncate(event, live)

    def _commit(self, live: LiveSession) -> None:
        told = self._dialect.narrator.commit()
        if told is None:
            message = "no micro-turn of sound came since the last commit; send some first"
            raise WireError("input_audio_buffer_commit_empty", message)
        live.tell(told)

    def _update(self, event: wire.SessionUpdate, live: LiveSession) -> None:
        given = event.session.model_dump(exclude_unset=True)
        told = given.get("instructions")
        if told and told.strip():
            live.inbox.read(Words("instructions", told, answered=False))
        changed = {name: getattr(event.session, name) for name in given}
        self._dialect.config = self._dialect.config.model_copy(update=changed)
        narrator = self._dialect.narrator
        narrator.tools = frozenset(tool.name for tool in self._dialect.config.tools or [])
        narrator.spoken = "audio" in (self._dialect.config.output_modalities or ["audio"])
        live.tell([{"type": "session.updated", "session": self._dialect.resource()}])

    def _respond(self, event: wire.ResponseCreate, live: LiveSession) -> None:
        narrator, asked = self._dialect.narrator, event.response or wire.ResponseConfig()
        if narrator.response is not None:
            message = "a response is under way; wait for response.done or cancel it"
            raise WireError("conversation_already_has_active_response", message)
        if asked.instructions and asked.instructions.strip():
            live.inbox.read(Words("instructions", asked.instructions, answered=False))
        modalities = asked.output_modalities
        spoken = "audio" in modalities if modalities else None
        live.tell(narrator.ask(asked.metadata, spoken))

    def _cancel(self, event: wire.ResponseCancel | wire.VoiceClear, live: LiveSession) -> None:
        """The fence is at once; what is still said behind it is told to the model in silence."""
        response = self._dialect.narrator.response
        asked = getattr(event, "response_id", None)
        if response is None or asked not in (None, response.id):
            message = "no such response is under way"
            raise WireError("response_cancel_not_active", message, "response_id" if asked else None)
        voiced = response.voiced
        if voiced is not None and voiced.generation is not None:
            live.cut(voiced.generation)
        live.tell(self._dialect.narrator.cancel(live.generation))
        if isinstance(event, wire.VoiceClear):
            live.tell([{"type": "output_audio_buffer.cleared", "response_id": response.id}])

    def _create(self, event: wire.ItemCreate, live: LiveSession) -> None:
        items = self._dialect.narrator.items
        if event.previous_item_id not in (None, items.last_id):
            message = "a stream can only go on: leave it out, or name the newest item"
            raise WireError("invalid_value", message, "previous_item_id")
        words, pictures = self._content(event.item, live)
        shown = event.item.model_dump(exclude_none=True, exclude={"id", "object", "status"})
        for part in shown.get("content", []):
            part.pop("image_url", None)  # pictures are looked at, not kept
        item, before = items.add({**shown, "status": "completed"}, event.item.id)
        for said in words:
            live.inbox.read(said)
        for picture in pictures:
            live.inbox.see(picture)
        for kind in ("conversation.item.added", "conversation.item.done"):
            live.tell([{"type": kind, "previous_item_id": before, "item": {**item}}])

    def _content(
        self, item: wire.Message | wire.CallOutput, live: LiveSession
    ) -> tuple[list[Words], list[Picture]]:
        if isinstance(item, wire.CallOutput):
            if not self._dialect.narrator.knows_call(item.call_id):
                message = "no such call in this session; use the call_id of the function_call"
                raise WireError("unknown_call", message, "item.call_id")
            bounded(live, item.output, "item.output", None)
            live.inbox.check_room(1)
            return [Words("commentary", item.output, item.call_id, answered=False)], []
        words = [self._words(item.role, part, n) for n, part in enumerate(item.content)]
        pictures = [_picture(part, n) for n, part in enumerate(item.content)]
        live.inbox.check_room(sum(said is not None for said in words))
        return [w for w in words if w is not None], [p for p in pictures if p is not None]

    def _words(self, role: str, part: wire.Part, number: int) -> Words | None:
        if part.type == "input_image":
            return None
        if not part.text:
            raise WireError(
                "missing_required_parameter", "a part of text needs its text",
                f"item.content.{number}.text",
            )  # fmt: skip
        if role == "assistant":
            return Words("thinking", f"assistant: {part.text}", answered=False)
        kind: Literal["text", "instructions"] = "text" if role == "user" else "instructions"
        return Words(kind, part.text, answered=False)

    def _truncate(self, event: wire.ItemTruncate, live: LiveSession) -> None:
        """The history holds what was heard: here at once, in the model by being told."""
        narrator = self._dialect.narrator
        item = narrator.items.get(event.item_id)
        generation = narrator.generation_of(event.item_id)
        if generation is None or not live.spoken.knows(generation):
            message = "only what the model said lately can be truncated"
            raise WireError("invalid_value", message, "item_id")
        if event.audio_end_ms > live.spoken.length_ms(generation):
            message = f"its voice is {live.spoken.length_ms(generation)} ms long up to now"
            raise WireError("invalid_value", message, "audio_end_ms")
        live.not_heard(generation, event.audio_end_ms)
        transcript = live.spoken.heard(generation, event.audio_end_ms)
        response = narrator.response
        if response is not None and response.voiced is not None and response.voiced.item is item:
            response.voiced.heard = transcript
        item["content"] = [{"type": "output_audio", "transcript": transcript}]
        live.tell([{
            "type": "conversation.item.truncated", "item_id": event.item_id,
            "content_index": 0, "audio_end_ms": event.audio_end_ms,
        }])  # fmt: skip

    def _extension(self, param: str) -> None:
        if not self._dialect.extended:
            message = "ask for extensions first: connect to /realtime?aside=1"
            raise WireError("extensions_not_requested", message, param)


def _picture(part: wire.Part, number: int) -> Picture | None:
    """An `input_image`: shown as the screen, which has room for detail."""
    if part.type != "input_image":
        return None
    place, url = f"item.content.{number}.image_url", part.image_url or ""
    kind = next((kind for kind in _IMAGE_KINDS if url.startswith(kind)), None)
    if kind is None:
        message = "a picture is a data URI of a JPEG or PNG in base64; nothing is fetched"
        raise WireError("invalid_image", message, place)
    return see("screen", url.removeprefix(kind), place, None)
