"""A Realtime cloud model gives the same events as our own engine."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from engine.client.events import (
    ActEvent,
    Appended,
    Closed,
    DelegationEvent,
    EngineFailed,
    EngineLost,
    EngineReady,
    Error,
    Heard,
    Hushed,
    Said,
    Started,
    State,
    VoiceAudio,
)
from engine.client.socket import Timing
from engine.microturn import Frame, Update
from tests.linking import hear_until
from tests.scripted import tone
from tests.standin import standing_in, talking
from tests.standin_realtime import SERVER, RealtimeStandin, event

pytestmark = pytest.mark.timeout(60)


def said(listener) -> str:  # type: ignore[no-untyped-def]
    return "".join(words.text for words in listener.of(Said))


def test_a_conversation_is_the_events_of_our_own_engine() -> None:
    """Started, what was heard, words with their voice in real time, and the state around them."""
    with (
        standing_in(RealtimeStandin()) as cloud,
        talking(cloud, "realtime", "be brief") as (
            link,
            listener,
        ),
    ):
        assert listener.until(Started) == Started("sess_1", "some-model")
        session = cloud.until("session.update")["session"]
        assert session["instructions"] == "be brief"
        assert [tool["name"] for tool in session["tools"]] == ["delegate", "correct", "cancel"]
        link.send_audio(tone(440))
        assert len(cloud.until("input_audio_buffer.append")["audio"]) > 100
        cloud.hear_user(100, "u1")
        heard = {"item_id": "u1", "content_index": 0, "delta": "hello there"}
        cloud.send(event(SERVER, "conversation.item.input_audio_transcription.delta", **heard))
        assert listener.until(Heard) == Heard("hello there", 100, 200)
        cloud.begin()
        cloud.speak("good morning", 1.0)
        cloud.end()
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 5)
        hear_until(link, lambda: listener.of(State)[-1].state == "listening")
    pieces = listener.of(VoiceAudio)
    assert {piece.generation for piece in pieces} == {1}
    assert max(len(piece.samples) for piece in pieces) == 3200
    assert abs(sum(len(piece.samples) for piece in pieces) - 16000) < 200
    assert said(listener) == "good morning"
    assert [state.state for state in listener.of(State)] == ["speaking", "listening"]
    assert cloud.paths == ["/v1/realtime?model=some-model"]


def test_the_cloud_hears_what_was_said_here() -> None:
    """Sound arrives at 24 kHz with its pitch."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        wave = np.sin(2 * np.pi * 500 * np.arange(5 * 3200) / 16000).astype(np.float32) / 2
        for turn in wave.reshape(5, 3200):
            link.send_audio(turn)
        cloud.until("input_audio_buffer.append", 5)
        appends = cloud.all("input_audio_buffer.append")
    sent = b"".join(base64.b64decode(append["audio"]) for append in appends)
    heard = np.frombuffer(sent, "<i2") / 32768
    assert 23000 < len(heard) <= 24000
    assert abs(np.argmax(np.abs(np.fft.rfft(heard))) * 24000 / len(heard) - 500) < 5


def test_an_interruption_stops_the_voice_and_is_told_as_heard() -> None:
    """The voice stops, what waits is dropped, and the server learns how much was heard."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        cloud.begin()
        cloud.speak("a long story", 20.0)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 4)
        cloud.hear_user()
        listener.until(Hushed)
        heard_ms = cloud.until("conversation.item.truncate")["audio_end_ms"]
        before = len(listener.of(VoiceAudio))
        cloud.speak(" that nobody hears", 5.0)
        cloud.end(status="cancelled")
        cloud.begin("resp_2")
        cloud.speak("yes?", 0.4, "resp_2", "i2")
        hear_until(link, lambda: len(listener.of(VoiceAudio)) > before)
    assert 400 <= heard_ms <= 200 * before
    later = listener.of(VoiceAudio)[before:]
    assert {piece.generation for piece in later} == {2}
    assert "nobody" not in said(listener)
    assert "yes?" in said(listener)


def test_who_silences_the_voice_ends_the_response() -> None:
    """It is cancelled, what was heard of it is told, and the next answer sounds."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        cloud.begin()
        cloud.speak("a long story", 20.0)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 4)
        link.hush(1, 700)
        cloud.until("response.cancel")
        heard_ms = cloud.until("conversation.item.truncate")["audio_end_ms"]
        before = len(listener.of(VoiceAudio))
        cloud.end(status="cancelled")
        cloud.begin("resp_2")
        cloud.speak("yes?", 0.4, "resp_2", "i2")
        hear_until(link, lambda: len(listener.of(VoiceAudio)) > before)
    assert len(cloud.all("response.cancel")) == len(cloud.all("conversation.item.truncate")) == 1
    assert 400 <= heard_ms <= 200 * before
    assert {piece.generation for piece in listener.of(VoiceAudio)[before:]} == {2}


def test_delegations_and_acts_are_tool_calls() -> None:
    """A call of `delegate` is a delegation, its result answers the call; any other is an act."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        cloud.begin()
        cloud.call_tool("delegate", '{"text": "buy milk"}')
        cloud.end()
        delegation = listener.until(DelegationEvent)
        assert (delegation.id, delegation.text) == ("call_1", "buy milk")
        link.send_update(Update("thinking", "at the shop", delegation.id))
        link.send_update(Update("commentary", "milk bought", delegation.id))
        answer = cloud.until("conversation.item.create", 2)["item"]
        cloud.until("response.create")
        cloud.begin("resp_2")
        cloud.call_tool("point", '{"x": 3}', "resp_2")
        assert dict(listener.until(ActEvent).arguments) == {"x": 3}
        cloud.call_tool("broken", "[1", "resp_2")
        assert listener.until(Error).code == "tool_call"
    assert (answer["type"], answer["call_id"]) == ("function_call_output", "call_1")
    assert answer["output"] == "milk bought"
    assert [e.kind for e in listener.of(Appended)] == ["thinking", "commentary"]
    assert len(cloud.all("response.create")) == 1


def test_typed_text_waits_for_the_answer_before() -> None:
    """A text is an item at once; the response to it is asked for when the last one is made."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        cloud.begin()
        cloud.speak("one", 0.2)
        hear_until(link, lambda: bool(listener.of(Said)))
        link.send_text("and two?")
        assert listener.until(Appended).kind == "text"
        assert not cloud.all("response.create")
        cloud.end()
        cloud.until("response.create")


def test_a_long_result_is_asked_about_once() -> None:
    """When all of its pieces are there; and again when the server had begun to speak by itself."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        link.send_update(Update("commentary", "word " * 300))
        link.send_text("and this?")
        created = cloud.until("conversation.item.create", 5)
        cloud.until("response.create")
        refusal = {"type": "invalid_request_error", "message": "one is under way"}
        refusal |= {"code": "conversation_already_has_active_response", "event_id": "ask"}
        cloud.begin()
        cloud.send(event(SERVER, "error", error=refusal))
        cloud.end()
        cloud.until("response.create", 2)
        order = [message["type"] for message in cloud.received]
    assert created
    assert order.index("response.create") > 3
    assert [kind for kind in order if kind.startswith("response")] == ["response.create"] * 2
    assert not listener.of(Error)


def test_pictures_replace_each_other() -> None:
    """One picture of a source is in the conversation; a newer one comes after its time only."""
    with (
        standing_in(RealtimeStandin()) as cloud,
        talking(cloud, "realtime", picture_s=1.0) as (
            link,
            listener,
        ),
    ):
        listener.until(Started)
        frame = Frame("screen", np.zeros((8, 8, 3), np.uint8))
        for count in range(1, 13):
            link.send_frame(frame)
            link.send_audio(tone(0))
            cloud.until("input_audio_buffer.append", count)
        shown = cloud.all("conversation.item.create")
        forgotten = cloud.all("conversation.item.delete")
    assert 2 <= len(shown) <= 3
    assert shown[0]["item"]["content"][0]["image_url"].startswith("data:image/png;base64,")
    assert [m["item_id"] for m in forgotten] == [m["item"]["id"] for m in shown[:-1]]


def test_muted_means_silence() -> None:
    """Whatever sound comes while muted, the server gets zeros."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        link.mute(True)
        listener.wait(lambda: any(state.muted for state in listener.of(State)))
        for _ in range(3):
            link.send_audio(tone(440))
        cloud.until("input_audio_buffer.append", 3)
        sent = [base64.b64decode(m["audio"]) for m in cloud.all("input_audio_buffer.append")]
    assert not any(any(sound) for sound in sent)


def test_a_cut_connection_is_told_and_another_session_goes_on() -> None:
    """The app learns of the loss; words given meanwhile reach the next session."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        cloud.begin()
        cloud.speak("never to the end", 30.0)
        hear_until(link, lambda: bool(listener.of(VoiceAudio)))
        cloud.cut()
        listener.until(EngineLost)
        link.send_text("still there?")
        listener.until(Started, 2)
        assert cloud.until("conversation.item.create")["item"]["role"] == "user"
        cloud.begin("resp_9")
        cloud.speak("yes", 0.4, "resp_9", "i9")
        hear_until(link, lambda: "yes" in said(listener))
        assert listener.of(VoiceAudio)[-1].generation == 1
    assert Closed("connection_lost") in listener.events


def test_an_expired_session_is_followed_without_a_loss() -> None:
    """Sessions of the cloud end after their hour; the next begins and nothing is called lost."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (_, listener):
        listener.until(Started)
        error = {"type": "invalid_request_error", "code": "session_expired", "message": "60 min"}
        cloud.send(event(SERVER, "error", error=error))
        listener.until(Started, 2)
    assert not listener.of(EngineLost)


GARBAGE = [
    "{",
    "[]",
    "3",
    b"\x00\xff\x17",
    json.dumps({"type": 7}),
    json.dumps({"type": "response.created"}),
    json.dumps({"type": "response.output_audio.delta", "delta": "%%"}),
    json.dumps({"type": "error", "error": 3}),
    json.dumps({"type": "response.done", "response": []}),
]


@pytest.mark.parametrize("frame", GARBAGE)
def test_garbage_ends_the_session_not_the_app(frame: str | bytes) -> None:
    """It is an error of the protocol, without the content, and a new session follows."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        cloud.send_raw(frame)
        listener.wait(lambda: bool(listener.of(Error) or listener.of(Started)[1:]))
        listener.until(Started, 2)
        link.send_text("still there?")
        cloud.until("conversation.item.create")
    assert all(error.code == "protocol" for error in listener.of(Error))


def test_sound_that_is_none_is_garbage_too() -> None:
    """A delta of the response that sounds now, in broken base64, ends the session."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (_, listener):
        listener.until(Started)
        cloud.begin()
        at = {"response_id": "resp_1", "item_id": "i1", "output_index": 0, "content_index": 0}
        cloud.send(event(SERVER, "response.output_audio.delta", delta="%%", **at))
        assert listener.until(Error).code == "protocol"
        listener.until(Started, 2)


def test_a_wrong_token_is_final() -> None:
    """Trying again would not help; the app says which address refused it, not with what."""
    with (
        standing_in(RealtimeStandin()) as cloud,
        talking(cloud, "realtime", token="stolen-secret") as (_, listener),
    ):
        message = listener.until(EngineFailed).message
    assert "token" in message
    assert "stolen-secret" not in message


def test_a_refusal_in_the_session_is_told_in_the_servers_words() -> None:
    """An error in place of a session is the reason why there is none."""

    class Refusing(RealtimeStandin):
        async def greet(self) -> None:
            error = {"type": "invalid_request_error", "code": "model_not_found", "message": "no x"}
            await self.say(event(SERVER, "error", error=error))

    with standing_in(Refusing()) as cloud, talking(cloud, "realtime") as (_, listener):
        assert "no x" in listener.until(EngineFailed).message


def test_a_server_that_does_not_begin_is_waited_for_only_so_long() -> None:
    """No session in time is a loss with words, and is tried again."""
    slow = RealtimeStandin()
    slow.answering = False
    with standing_in(slow), talking(slow, "realtime", timing=Timing(start_s=0.3)) as (_, listener):
        assert "in time" in listener.until(EngineLost).reason
        slow.answering = True
        listener.until(EngineReady)


def test_a_slow_server_does_not_grow_the_app() -> None:
    """While the server reads nothing, sound waits in a queue of fixed length, the newest kept."""
    with standing_in(RealtimeStandin()) as cloud, talking(cloud, "realtime") as (link, listener):
        listener.until(Started)
        cloud.call(cloud.stall(1.5))
        for _ in range(600):
            link.send_audio(tone(440))
        cloud.until("input_audio_buffer.append")
        link.send_text("after it")
        cloud.until("conversation.item.create")
        came = len(cloud.all("input_audio_buffer.append"))
    assert came < 600
