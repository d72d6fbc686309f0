"""Many at once, the silent, the slow and the greedy: nobody pays for another."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import resource
import socket
import time
from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from engine.microturn import TURN_S
from engine.server.admission import PROBE_TURNS, Admission, Cost, probe
from engine.server.hall import Hall
from engine.server.server import Server
from engine.server.settings import Settings
from tests.scripted import ScriptedEngine, ScriptedSession, tone
from tests.serving import START, alive, eventually, pcm, serving, wire

pytestmark = pytest.mark.timeout(90)


@contextlib.contextmanager
def crowd(server: Server, count: int) -> Iterator[list[socket.socket]]:
    """Connections that say nothing."""
    with contextlib.ExitStack() as stack:
        there = ("127.0.0.1", server.port)
        yield [stack.enter_context(socket.create_connection(there)) for _ in range(count)]


def many() -> int:
    """Ten thousand, or as many as this process may have, both ends being its own."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 40_000 if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return min(10_000, (most - 400) // 2)


def gone(one: socket.socket) -> bool:
    one.settimeout(5)
    try:
        return one.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.timeout(400)
def test_ten_thousand_that_say_nothing_keep_nobody_out() -> None:
    """Strangers are bounded, the oldest goes first; a client with a token comes in and talks."""
    with (
        serving(max_strangers=100, hello_s=600, lease_s=600) as server,
        wire(server, START) as client,
        crowd(server, many()) as silent,
    ):
        assert eventually(lambda: server.gate.strangers == 100, within_s=60)
        assert gone(silent[0])
        alive(client)
        with wire(server, START) as late:
            alive(late)
        assert server.gate.strangers <= 100


def test_who_says_nothing_is_cut_off() -> None:
    """A connection without a request ends by itself."""
    with serving(hello_s=0.3) as server, crowd(server, 3) as silent:
        assert all(gone(one) for one in silent)
        assert eventually(lambda: server.gate.strangers == 0)


def test_a_slow_writer_disturbs_nobody() -> None:
    """A frame that trickles in byte by byte costs its sender time, and its neighbour none."""
    with (
        serving(lease_s=1.0) as server,
        wire(server, START) as slow,
        wire(server, START) as neighbour,
    ):
        # A masked text frame of 126 or more bytes, of which only some ever come.
        start = bytes([0x81, 0x80 | 126, 0x02, 0x00, 1, 2, 3, 4])
        for byte in start + b"x" * 20:
            with contextlib.suppress(OSError):
                slow.socket.socket.sendall(bytes([byte]))
            alive(neighbour)
        deadline = time.monotonic() + 10
        while server.sessions == 2 and time.monotonic() < deadline:
            alive(neighbour)
            time.sleep(0.05)
        assert server.sessions == 1, "the slow writer's lease should have run out"
        alive(neighbour)


def test_many_sessions_are_told_apart() -> None:
    """Forty sessions at once: each hears its own sound and reads its own words, and no other's."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(serving(behind_turns=20))
        clients = [stack.enter_context(wire(server, START)) for _ in range(40)]
        for number, client in enumerate(clients):
            client.send("aside.input_text.append", text=f"word{number}")
            for _ in range(3):
                client.hear(tone(200 + 20 * number))
            client.send("session.close")
        for number, client in enumerate(clients):
            seen = client.rest()
            heard = [e["delta"] for e in seen if e["type"] == "session.input_transcript.delta"]
            said = [e["delta"] for e in seen if e["type"] == "session.output_transcript.delta"]
            assert "".join(heard).split() == [f"hz{200 + 20 * number}"] * 3
            assert said == [f"word{number}"]


def admission(cores: int = 2, resident_mib: float = 100, **settings: float) -> Admission:
    limits = Settings(**settings)  # type: ignore[arg-type]
    return Admission(limits, Cost(0.02, 0.02), cores, lambda: resident_mib)


def test_a_session_is_refused_when_answers_would_be_late() -> None:
    """By what was measured: with fast micro-turns there is room, with slow ones there is none."""
    quick, slow = admission(), admission()
    for _ in range(200):
        quick.measured(wall_s=0.030, cpu_s=0.02)
        slow.measured(wall_s=0.145, cpu_s=0.02)
    assert quick.refusal(3) is None
    assert "155 ms, over 150" in str(slow.refusal(3))
    assert slow.refusal(0) is None, "the first session is always served"


def test_a_session_is_refused_when_the_cores_are_full() -> None:
    """What sessions cost adds up, before any of them is late."""
    judge = admission(cores=1)
    for _ in range(200):
        judge.measured(wall_s=0.03, cpu_s=0.025)
    most = next(n for n in range(1, 50) if judge.refusal(n))
    assert most == int(0.9 * TURN_S / 0.025)
    assert "busy" in str(judge.refusal(most))


def test_what_was_slow_once_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute later a bad moment counts no more."""
    judge = admission()
    for _ in range(200):
        judge.measured(wall_s=2.0, cpu_s=0.02)
    assert judge.refusal(1) is not None
    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert judge.refusal(1) is None


def test_memory_has_a_cap() -> None:
    """Over the cap no session is opened, and the client reads why."""
    assert admission(memory_mib=200).refusal(0) is None
    assert "memory" in str(admission(memory_mib=50).refusal(0))
    engine = ScriptedEngine()
    with serving(engine, memory_mib=1.0) as server, wire(server) as client:
        client.send("session.start", session=START)
        error = client.recv()["error"]
        assert error["code"] == "too_many_sessions"
        assert "memory" in error["message"]
        client.rest()
        assert engine.sessions == []


def test_memory_is_given_back_when_it_is_short() -> None:
    """Over the cap a session that waits for its client is ended; one that talks is not."""
    kept = {**START, "aside": {"keep_s": 60}}
    with serving(memory_every_s=0.05) as server, wire(server, START) as talking:
        with wire(server, kept) as client:
            client.turns(1)
            client.socket.socket.shutdown(2)
        assert eventually(lambda: server.connections == 1)
        assert server.sessions == 2
        server.hall.admission = admission(resident_mib=100, memory_mib=50)
        assert eventually(lambda: server.sessions == 1)
        alive(talking)


def test_a_refusal_is_polite() -> None:
    """Who finds no place is told so and may come again; who has one notices nothing."""
    with serving(limit_s=0.0) as server, wire(server, START) as client:
        client.turns(2)
        with wire(server) as late:
            late.send("session.start", session=START)
            assert "try again later" in late.recv()["error"]["message"]
            late.rest()
            assert late.socket.close_code == 1013
        alive(client)


def test_the_probe_measures_a_session() -> None:
    """The cost of a session is known before anybody talks: that of a few silent micro-turns."""
    engine = ScriptedEngine(step_s=0.01)
    cost = probe(engine)
    assert cost.wall_s >= 0.01
    assert 0 <= cost.cpu_s < cost.wall_s + 0.1
    assert engine.sessions[0].state.turn == PROBE_TURNS


def test_an_engine_that_fails_the_probe_still_serves(caplog: pytest.LogCaptureFixture) -> None:
    """What cannot be measured is logged; the door opens all the same."""

    class Broken(ScriptedEngine):
        def session(self, seed: int = 0) -> ScriptedSession:
            raise MemoryError

    hall = Hall(Broken(), Settings())
    asyncio.run(hall.measure())
    assert "MemoryError" in caplog.text
    assert hall.admission.refusal(0) is None


def test_content_has_500_tokens_at_most() -> None:
    """More is refused, naming the field and the number; 500 go in."""
    with serving() as server, wire(server, START) as client:
        for kind in ("instructions", "thinking", "commentary"):
            client.send(f"session.{kind}.append", content="a " * 501, delegation_id=None)
            error = client.until("error")["error"]
            assert (error["code"], error["param"]) == ("content_too_long", "content")
            assert "501" in error["message"]
        client.send("session.thinking.append", content="a " * 500, delegation_id=None)
        client.hear(tone(0))
        client.until("session.thinking.appended")


def test_a_cancelled_voice_is_not_heard() -> None:
    """The fence of GPT-Live: no sound of that generation after it, and the next one sounds."""
    with serving() as server, wire(server, START) as client:
        client.send("aside.input_text.append", text="one two three four")
        client.turns(2)
        client.send("aside.output_audio.cancel", generation=1, event_id="c")
        client.until("aside.output_audio.cancelled", client_event_id="c", generation=1)
        cut = len(client.seen)
        client.turns(4)
        client.send("aside.input_text.append", text="again")
        client.turns(2)
        client.send("aside.output_audio.cancel", generation=7)
        assert client.until("error")["error"]["code"] == "unknown_generation"
    marks = [e["aside"] for e in client.seen[cut:] if e["type"] == "session.output_audio.delta"]
    assert {mark["generation"] for mark in marks} == {2}


def test_the_model_learns_what_was_cancelled() -> None:
    """When a cancelled voice has ended, the words behind the fence are told in silence, once."""
    with serving() as server, wire(server, START) as client:
        client.send("aside.input_text.append", text="one two three four")
        client.turns(2)
        client.send("aside.output_audio.cancel", generation=1)
        client.turns(5)
        client.send("aside.input_text.append", text="recall")
        client.turns(20)
    said = [e["delta"] for e in client.seen if e["type"] == "session.output_transcript.delta"]
    assert "".join(said).count("not heard: three four") == 1


def test_the_model_learns_what_was_not_heard() -> None:
    """A playback that stopped early is told once, as silent context, word for word."""
    with serving() as server, wire(server, START) as client:
        client.send("aside.input_text.append", text="one two three")
        client.turns(4)
        for _ in range(2):
            client.send("aside.playback.ack", generation=1, played_ms=250, stopped=True)
            assert client.until("aside.playback.acknowledged")["unheard"] == "three"
        client.send("aside.playback.ack", generation=9, played_ms=0)
        assert client.until("error")["error"]["code"] == "unknown_generation"
        client.turns(1)
        client.send("aside.input_text.append", text="recall")
        client.turns(12)
    said = [e["delta"] for e in client.seen if e["type"] == "session.output_transcript.delta"]
    assert "".join(said).count("not heard: three") == 1


def test_pictures_ride_on_the_sound() -> None:
    """A picture in an append reaches the micro-turn of its sound; a bad one takes the sound too."""
    shown = base64.b64encode(cv2.imencode(".png", np.zeros((36, 64, 3), np.uint8))[1]).decode()
    with serving() as server, wire(server, START) as client:
        bad = {"camera": shown, "screen": "AAAA"}
        client.send("session.input_audio.append", audio=pcm(tone(440)), aside=bad)
        assert client.until("error")["error"]["param"] == "aside.screen"
        good = {"camera": shown, "screen": shown}
        client.send("session.input_audio.append", audio=pcm(tone(440)), aside=good)
        acts = [client.until("aside.act") for _ in range(2)]
        assert [act["arguments"]["source"] for act in acts] == ["camera", "screen"]
        assert {act["turn"] for act in acts} == {0}


def test_who_asks_is_told_of_every_micro_turn() -> None:
    """Ticks come once for each micro-turn, in order, after all else that it gave."""
    with serving(behind_turns=20) as server, wire(server, {**START, "aside": {"ticks": True}}) as c:
        for _ in range(5):
            c.hear(tone(440))
        c.send("session.close")
        kinds = [event["type"] for event in c.rest()]
        ticks = [event["turn"] for event in c.seen if event["type"] == "aside.turn"]
    assert ticks == list(range(5))
    assert kinds.index("session.input_transcript.delta") < kinds.index("aside.turn")
