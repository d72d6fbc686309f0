"""The client of language models against an endpoint that does everything wrong, once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from engine.background.answer import Finished, Piece, Text, Thought, ToolCall, Usage
from engine.background.endpoint import Endpoint, checked_url
from engine.background.faults import Fault, MindError
from engine.background.mind import OpenAiMind
from tests.mind_server import (
    DONE,
    Cut,
    Reply,
    Stall,
    calls,
    delta,
    event,
    in_turn,
    mind_server,
    refuses,
    says,
    usage,
)

pytestmark = pytest.mark.timeout(60)
QUESTION = [{"role": "user", "content": "What is a micro-turn?"}]


def answer(
    url: str, waits: list[float] | None = None, tools: Sequence[Any] = (), **limits: Any
) -> list[Piece]:
    """All pieces of one answer. `waits`: how long it would have waited before trying again."""

    async def sleep(seconds: float) -> None:
        if waits is not None:
            waits.append(seconds)

    async def ask() -> list[Piece]:
        mind = OpenAiMind(Endpoint(url, "tiny", key="secret", **limits), sleep)
        try:
            return [piece async for piece in mind.answer(QUESTION, tools)]
        finally:
            await mind.close()

    return asyncio.run(ask())


def text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Text))


def fault_of(script: Any, **limits: Any) -> MindError:
    with mind_server(script) as server, pytest.raises(MindError) as caught:
        answer(server.url, [], **limits)
    return caught.value


def test_an_answer_streams_in_pieces() -> None:
    """What the model says arrives piece by piece, with what it cost and how it ended."""
    with mind_server(says("200 ms ", "of input.", tokens=(7, 5))) as server:
        pieces = answer(server.url)
    assert [piece.text for piece in pieces if isinstance(piece, Text)] == ["200 ms ", "of input."]
    assert Finished("stop") in pieces
    assert Usage(7, 5) in pieces


def test_the_request_is_a_chat_completion() -> None:
    """Model, messages, tools and key are where the protocol has them."""
    tool = {"type": "function", "function": {"name": "clock", "parameters": {"type": "object"}}}
    with mind_server(says("yes")) as server:
        answer(server.url, tools=[tool])
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == "Bearer secret"
    assert asked.json["model"] == "tiny"
    assert asked.json["messages"] == QUESTION
    assert asked.json["tools"] == [tool]
    assert asked.json["stream"] is True


def test_calls_of_tools_are_put_together() -> None:
    """Two calls whose arguments come in parts arrive whole, in their order."""
    with mind_server(calls(("clock", {"zone": "UTC"}), ("add", {"of": [1, 2]}))) as server:
        wanted = [piece for piece in answer(server.url) if isinstance(piece, ToolCall)]
    assert [(call.name, json.loads(call.arguments)) for call in wanted] == [
        ("clock", {"zone": "UTC"}), ("add", {"of": [1, 2]}),
    ]  # fmt: skip
    assert len({call.id for call in wanted}) == 2


def test_calls_that_come_whole_and_nameless_are_understood() -> None:
    """A server that gives no ids, no indices and arguments as an object is understood too."""
    whole = [{"function": {"name": "clock", "arguments": {"zone": "UTC"}}}]
    reply = Reply([delta(tool_calls=whole), delta(finish="tool_calls"), DONE])
    with mind_server(reply) as server:
        (call,) = [piece for piece in answer(server.url) if isinstance(piece, ToolCall)]
    assert (call.name, json.loads(call.arguments)) == ("clock", {"zone": "UTC"})
    assert call.id


def test_an_error_that_is_none_is_none() -> None:
    """Some servers have the field in every chunk, with nothing in it."""
    reply = Reply([event(error=None, choices=[{"delta": {"content": "all well"}}]),
                   delta(finish="stop"), DONE])  # fmt: skip
    with mind_server(reply) as server:
        assert text(answer(server.url)) == "all well"


def test_a_server_that_does_not_stream_is_understood() -> None:
    """One whole message is an answer of one piece."""
    body = {"choices": [{"message": {"content": "all at once"}, "finish_reason": "stop"}]}
    reply = Reply([json.dumps(body).encode()], headers={"content-type": "application/json"})
    with mind_server(reply) as server:
        pieces = answer(server.url)
    assert text(pieces) == "all at once"
    assert isinstance(pieces[-1], Finished)


def test_thoughts_are_no_answer() -> None:
    """What a model thinks aloud comes apart from what it says."""
    reply = Reply([delta(reasoning_content="hm"), delta(content="yes"), delta(finish="stop"), DONE])
    with mind_server(reply) as server:
        pieces = answer(server.url)
    assert text(pieces) == "yes"
    assert Thought("hm") in pieces


@pytest.mark.parametrize("size", [1, 3, 7])
def test_any_cutting_of_the_stream_is_the_same_stream(size: int) -> None:
    """Events torn anywhere, within letters too, and with any line ends, give the same words."""
    whole = b": hello\r\n" + delta(content="größer ✓").replace(b"\n", b"\r\n") + usage(1, 2) + DONE
    parts = [whole[start : start + size] for start in range(0, len(whole), size)]
    with mind_server(Reply(parts)) as server:
        assert text(answer(server.url)) == "größer ✓"


def test_an_end_without_an_empty_line_counts() -> None:
    """A last event that nothing follows is read."""
    with mind_server(Reply([delta(content="yes"), delta(finish="stop").rstrip()])) as server:
        assert text(answer(server.url)) == "yes"


def test_a_stall_is_told() -> None:
    """An endpoint that falls silent in the middle is given up, and the time is named."""
    error = fault_of(Reply([delta(content="well"), Stall()]), silence_s=0.2)
    assert error.fault is Fault.STALLED
    assert "0.2 seconds" in str(error)


def test_an_endpoint_that_never_answers_is_given_up() -> None:
    """Before its first byte it has longer, but not for ever."""
    assert fault_of(Reply([], before_s=30.0), first_byte_s=0.2).fault is Fault.STALLED


@pytest.mark.parametrize("junk", [
    b"data: {not json\n\n", b"data: [1, 2]\n\n", b"data: \x00\xff\n\n", b"data: 7\n\n",
    event(choices=[7]), event(choices="x"), event(usage={"prompt_tokens": "many"}),
    delta(tool_calls="x"), delta(content=7), b"data: " + b"[" * 100_000 + b"\n\n",
])  # fmt: skip
def test_a_malformed_chunk_is_told(junk: bytes) -> None:
    """What is no chunk ends the answer as garbled; it is never taken for words."""
    assert fault_of(Reply([delta(content="well"), junk, DONE])).fault is Fault.GARBLED


def test_an_answer_without_an_end_is_given_up() -> None:
    """An event that goes on and on is refused before it fills the memory."""
    endless = Reply([b"data: " + b"x" * (1 << 20)] + [b"x" * (1 << 20)] * 6)
    assert fault_of(endless).fault is Fault.GARBLED


def test_calls_without_an_end_are_given_up() -> None:
    """A model that asks for hundreds of tools at once is stopped."""
    many = [{"index": i, "function": {"name": "clock", "arguments": ""}} for i in range(500)]
    assert fault_of(Reply([delta(tool_calls=many), DONE])).fault is Fault.GARBLED


def test_a_cut_connection_is_told() -> None:
    """A connection that ends in the middle is no answer that ended."""
    assert fault_of(Reply([delta(content="well"), Cut()])).fault is Fault.CUT


def test_a_stream_that_just_ends_is_told() -> None:
    """Without a finish and without [DONE], an answer is not complete."""
    assert fault_of(Reply([delta(content="well")])).fault is Fault.CUT


def test_an_error_within_the_stream_is_told() -> None:
    """Some servers answer 200 and then fail; what they say is kept for the screen."""
    error = fault_of(Reply([delta(content="well"), event(error={"message": "out of memory"})]))
    assert (error.fault, error.detail) == (Fault.FAILED, "out of memory")


def test_a_busy_endpoint_is_waited_for() -> None:
    """429 with Retry-After is tried again no sooner than that, and then answers."""
    waits: list[float] = []
    with mind_server(in_turn(refuses(429, retry_after="7"), says("yes"))) as server:
        assert text(answer(server.url, waits)) == "yes"
    assert len(waits) == 1
    assert 7.0 <= waits[0] < 8.0


def test_a_busy_endpoint_is_not_waited_for_too_long() -> None:
    """Ten minutes are not waited; the message says that it is busy."""
    waits: list[float] = []
    with mind_server(refuses(429, retry_after="600")) as server, pytest.raises(MindError) as caught:
        answer(server.url, waits)
    assert waits == []
    assert caught.value.fault is Fault.BUSY
    assert len(server.asked) == 1


def test_a_failing_endpoint_is_tried_a_few_times() -> None:
    """500 is tried again, ever later, and given up in the end."""
    waits: list[float] = []
    with mind_server(refuses(500)) as server, pytest.raises(MindError) as caught:
        answer(server.url, waits)
    assert caught.value.fault is Fault.FAILED
    assert len(server.asked) == 4
    assert waits == sorted(waits)


def test_what_has_begun_is_not_begun_again() -> None:
    """After the first word nothing is tried again: it would be said twice."""
    script = in_turn(Reply([delta(content="well"), event(error={"message": "x"})]), says("again"))
    with mind_server(script) as server, pytest.raises(MindError):
        answer(server.url, [])
    assert len(server.asked) == 1


@pytest.mark.parametrize(("status", "fault"), [
    (401, Fault.SHUT), (403, Fault.SHUT), (404, Fault.REFUSED), (400, Fault.REFUSED),
    (307, Fault.REFUSED),
])  # fmt: skip
def test_a_refusal_is_told_once(status: int, fault: Fault) -> None:
    """What would be refused again is not tried again; the server's words are for the screen."""
    with mind_server(refuses(status, "because")) as server, pytest.raises(MindError) as caught:
        answer(server.url, [])
    assert caught.value.fault is fault
    assert len(server.asked) == 1
    assert "because" not in str(caught.value)


def test_a_redirect_takes_no_key_anywhere() -> None:
    """An endpoint that sends the client elsewhere gets nothing sent there."""
    with mind_server(says("stolen")) as thief:
        script = refuses(307, location=thief.url + "/chat/completions")
        assert fault_of(script).fault is Fault.REFUSED
        assert thief.asked == []


def test_nobody_there_is_told() -> None:
    """Where nothing listens, the message asks whether the model is running."""
    with mind_server(says("x")) as server:
        url = server.url
    with pytest.raises(MindError, match="is the language model running") as caught:
        answer(url)
    assert caught.value.fault is Fault.UNREACHABLE


def test_leaving_an_answer_ends_the_connection() -> None:
    """A client that stops listening leaves no connection, so that the server can stop too."""

    async def leave(url: str) -> None:
        mind = OpenAiMind(Endpoint(url, "tiny"))
        pieces = mind.answer(QUESTION)
        async for _ in pieces:
            break
        await pieces.aclose()
        for _ in range(200):
            if server.open == 0:
                return
            await asyncio.sleep(0.02)

    with mind_server(Reply([delta(content="well"), Stall()])) as server:
        asyncio.run(leave(server.url))
        assert server.open == 0


def test_a_stream_that_is_over_but_stays_open_is_left() -> None:
    """After [DONE] nothing more is waited for; the answer is whole."""
    reply = Reply([delta(content="yes"), delta(finish="stop"), DONE, Stall()])
    with mind_server(reply) as server:
        assert text(answer(server.url)) == "yes"


def test_sound_is_transcribed_where_that_is_configured() -> None:
    """A WAV goes to /audio/transcriptions as a file, and its text comes back."""

    async def transcribe(url: str) -> str:
        mind = OpenAiMind(Endpoint(url, "tiny", transcriber="ear"))
        try:
            return await mind.transcribe(b"RIFF....WAVE")
        finally:
            await mind.close()

    body = json.dumps({"text": " add them up "}).encode()
    reply = Reply([body], headers={"content-type": "application/json"})
    with mind_server(reply) as server:
        assert asyncio.run(transcribe(server.url)) == "add them up"
    assert server.asked[0].path == "/v1/audio/transcriptions"
    assert b"RIFF....WAVE" in server.asked[0].body
    assert b"ear" in server.asked[0].body


@pytest.mark.parametrize("url", [
    "ftp://x/v1", "localhost:11434", "", "http://", "http://user:pw@localhost/v1",
    "http://example.org/v1", "https://example.org/v1?key=1",
])  # fmt: skip
def test_an_address_that_would_give_secrets_away_is_refused(url: str) -> None:
    """Keys in addresses, and other machines without TLS, are refused with what to write."""
    with pytest.raises(ValueError, match=r"."):
        checked_url(url)


def test_good_addresses_are_kept() -> None:
    """Local ones may do without TLS; a last slash means nothing."""
    for url in ("http://localhost:1234/v1", "http://[::1]:80/v1", "https://example.org/v1"):
        assert checked_url(url + "/") == url


def test_a_key_is_not_shown_by_accident() -> None:
    """Printing an endpoint does not print its key."""
    assert "secret" not in repr(Endpoint("http://localhost/v1", "m", key="secret"))
