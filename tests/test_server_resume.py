"""A lost connection is not a lost session: what was told is told again, what was heard stays."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from engine.server.ending import Ending
from engine.server.outbox import Outbox
from engine.server.server import Server
from tests.scripted import ScriptedEngine, tone
from tests.serving import START, Wire, eventually, pcm, serving, wire

pytestmark = pytest.mark.timeout(60)
KEPT = {**START, "aside": {"keep_s": 30}}


@contextmanager
def back(server: Server, session: str, after: int, path: str = "/live/sessions") -> Iterator[Wire]:
    """Connects again to a session, from the event after `after`."""
    header = {"Authorization": f"Bearer {server.settings.token}"}
    url = f"{server.url}{path}?resume={session}&after={after}"
    with connect(url, additional_headers=header, proxy=None, compression=None) as socket:
        yield Wire(socket)


def cut(client: Wire) -> None:
    """The connection dies as a cable does: no close frame goes out."""
    client.socket.socket.shutdown(2)


def number(event: dict[str, Any]) -> int:
    return int(event["event_id"].removeprefix("event_"))


def test_what_was_missed_is_told_again() -> None:
    """After a break, every event comes once and in order, as if there had been none."""
    with serving(behind_turns=50) as server:
        with wire(server, KEPT) as client:
            session = client.seen[-1]["session"]["id"]
            client.send("aside.input_text.append", text="one two three four")
            client.turns(1)
            for _ in range(6):
                client.hear(tone(0))
            stay = server.hall.find(session)
            assert stay is not None
            # A line that dies takes along what its kernel has not given to the server yet.
            assert eventually(lambda: stay.live.turns == 7)
            cut(client)
        assert eventually(lambda: stay.waiting)
        last = number(client.seen[-1])
        with back(server, session, last) as again:
            resumed = again.recv()
            assert resumed["type"] == "aside.session.resumed"
            assert resumed["complete"] is True
            assert resumed["turn"] == 7
            again.turns(1)
            again.send("session.close")
            rest = [event for event in again.rest() if event is not resumed]
    told = client.seen + rest
    assert [number(event) for event in told] == list(range(1, len(told) + 1))
    said = [event["delta"] for event in told if event["type"] == "session.output_transcript.delta"]
    assert "".join(said) == "one two three four"
    assert rest[-1]["reason"] == "close_requested"


def test_sound_sent_again_is_heard_once() -> None:
    """A client that repeats its last second after a break loses nothing and doubles nothing."""
    tones = [tone(300 + 20 * n) for n in range(12)]

    def sent(client: Wire, first: int, last: int) -> None:
        for n in range(first, last):
            mark = {"at": n * 3200}
            client.send("session.input_audio.append", audio=pcm(tones[n]), aside=mark)

    with serving(behind_turns=50) as server:
        with wire(server, KEPT) as client:
            session = client.seen[-1]["session"]["id"]
            sent(client, 0, 6)
            client.until("session.input_transcript.delta")
            cut(client)
        with back(server, session, number(client.seen[-1])) as again:
            received = again.recv()["received"]
            assert 0 < received <= 6 * 3200
            sent(again, 2, 12)
            again.send("session.close")
            rest = again.rest()
    told = [e for e in client.seen + rest if e["type"] == "session.input_transcript.delta"]
    assert "".join(event["delta"] for event in told).split() == [
        f"hz{300 + 20 * n}" for n in range(12)
    ]


def test_sound_that_was_lost_is_told() -> None:
    """A gap in the client's own count is no silence: it is said, and time does not pass for it."""
    with serving() as server, wire(server, KEPT) as client:
        for at in (0, 3 * 3200):
            mark = {"at": at}
            client.send("session.input_audio.append", audio=pcm(tone(440)), aside=mark)
        assert client.until("aside.state", state="delayed")["dropped_ms"] == 400
        client.send("session.close")
        assert client.rest()[-1]["usage"] == {"seconds": 0.4}


def test_frames_out_of_order_are_heard_once_and_never_backwards() -> None:
    """Pieces that overtake each other, come twice or overlap: time goes forward alone, each sample
    is heard at most once, and what came too late is told as dropped."""
    with serving(behind_turns=50) as server, wire(server, START) as client:
        for n in (0, 1, 3, 2, 3, 4, 4, 0, 5):
            mark = {"at": n * 3200}
            sound = pcm(tone(300 + 20 * n))
            client.send("session.input_audio.append", audio=sound, aside=mark)
        half = tone(300 + 20 * 5)[1600:], tone(300 + 20 * 6)
        for n, sound in zip((5.5, 6), half, strict=True):
            mark = {"at": int(n * 3200)}
            client.send("session.input_audio.append", audio=pcm(sound), aside=mark)
        client.send("session.close")
        seen = client.rest()
    heard = [e["delta"] for e in client.seen if e["type"] == "session.input_transcript.delta"]
    assert "".join(heard).split() == [f"hz{300 + 20 * n}" for n in (0, 1, 3, 4, 5, 6)]
    assert max(e["dropped_ms"] for e in client.seen if e["type"] == "aside.state") == 200
    assert seen[-1]["usage"] == {"seconds": 1.2}


def test_who_comes_back_takes_over() -> None:
    """One writer: the newer connection of a session has it, the older one is shown the door."""
    with serving() as server, wire(server, KEPT) as old:
        session = old.seen[-1]["session"]["id"]
        old.turns(2)
        with back(server, session, number(old.seen[-1])) as new:
            new.until("aside.session.resumed")
            old.rest()
            assert old.socket.close_code == 1008
            assert not any(event["type"] == "session.closed" for event in old.seen)
            new.turns(2)
            assert server.sessions == 1


def test_a_journal_has_an_end() -> None:
    """What is no longer kept is not made up: `complete` is false, and the talk goes on."""
    with serving(journal_events=8, behind_turns=50) as server:
        with wire(server, KEPT) as client:
            session = client.seen[-1]["session"]["id"]
            for _ in range(20):
                client.turns(1, hz=440)
            cut(client)
        with back(server, session, 3) as again:
            assert again.until("aside.session.resumed")["complete"] is False
            assert number(again.recv()) > 4
            again.turns(1)


def test_who_does_not_come_back_is_reaped() -> None:
    """A session waits as long as it may, then its place is free and its id means nothing."""
    with serving(keep_s=0.3) as server:
        with wire(server, KEPT) as client:
            session = client.seen[-1]["session"]["id"]
            client.turns(1)
            cut(client)
        began = time.monotonic()
        assert eventually(lambda: server.sessions == 0)
        assert time.monotonic() - began > 0.1
        with pytest.raises(InvalidStatus) as refused, back(server, session, 0):
            pass
        assert refused.value.response.status_code == 410


def test_only_who_asked_is_waited_for() -> None:
    """Without `keep_s` a broken connection ends its session; a close in order always does."""
    with serving() as server:
        with wire(server, START) as client:
            client.turns(1)
            cut(client)
        assert eventually(lambda: server.sessions == 0)
        with wire(server, KEPT) as client:
            client.turns(1)
        assert eventually(lambda: server.sessions == 0)


def test_places_are_for_who_is_here() -> None:
    """When all places are taken, who has waited longest for its client waits no more."""
    with serving(max_sessions=2) as server:
        gone = []
        for _ in range(2):
            with wire(server, KEPT) as client:
                gone.append(client.seen[-1]["session"]["id"])
                client.turns(1)
                cut(client)
            stay = server.hall.find(gone[-1])
            assert stay is not None
            assert eventually(lambda stay=stay: stay.waiting)
        with wire(server, KEPT) as client:
            client.turns(1)
            assert [server.hall.find(name) is None for name in gone] == [True, False]


def test_a_broken_session_cannot_be_resumed_into() -> None:
    """Ids are guessed by nobody, and another one's session answers to its own id alone."""
    with serving() as server, wire(server, KEPT) as client:
        client.turns(1)
        for name in ("", "session_0", "session_" + "0" * 24, "../x"):
            with pytest.raises(InvalidStatus) as refused, back(server, name, 0):
                pass
            assert refused.value.response.status_code == 410
        client.turns(1)


def test_another_protocol_is_no_way_back() -> None:
    """A session is only told in the protocol in which it began, and goes on there."""
    with serving() as server, wire(server, KEPT) as client:
        session = client.seen[-1]["session"]["id"]
        with back(server, session, 0, "/realtime") as other:
            assert other.rest() == []
            assert other.socket.close_code == 1008
        client.turns(1)


def test_who_reads_too_little_is_cut_off_by_what_waits() -> None:
    """However few events it is; and what is kept for who comes back has the same bound."""
    outbox = Outbox(limit=1_000, limit_bytes=1_000)
    outbox.keep(256)
    for _ in range(30):
        outbox.put({"text": "x" * 100})
        outbox.settle()
    kept = list(outbox._sent)
    assert 3 <= len(kept) <= 10
    assert kept[-1][0] == 30
    for _ in range(3):
        outbox.put({"text": "x" * 400})
    with pytest.raises(Ending):
        outbox.put({"text": "x"})


def test_realtime_resumes_too() -> None:
    """The same holds for the other protocol: nothing is missed, nothing comes twice."""
    header: Any
    with serving(engine=ScriptedEngine(), behind_turns=50) as server:
        header = {"Authorization": f"Bearer {server.settings.token}"}
        url = f"{server.url}/realtime?model=any&aside=1&keep_s=20"
        with connect(url, additional_headers=header, proxy=None) as socket:
            client = Wire(socket)
            session = client.until("session.created")["session"]["id"]
            client.send("aside.input_text.append", text="one two three")
            for _ in range(8):
                client.send("input_audio_buffer.append", audio=pcm(tone(0, 4800, 24_000)))
            client.until("response.created")
            cut(client)
        with back(server, session, number(client.seen[-1]), "/realtime") as again:
            again.until("response.done")
            rest = [event for event in again.seen if event["type"] != "aside.session.resumed"]
    told = client.seen + rest
    assert [number(event) for event in told] == list(range(1, len(told) + 1))
    words = [e["delta"] for e in told if e["type"] == "response.output_audio_transcript.delta"]
    assert "".join(words) == "one two three"
    assert json.dumps(rest)
