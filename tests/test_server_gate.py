"""Who comes in, how many, for how long: decided before anything is allocated."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from engine.server.command import run
from engine.server.server import Server
from tests.scripted import ScriptedEngine, load, tone
from tests.serving import START, eventually, serving, wire

pytestmark = pytest.mark.timeout(30)


def status(server: Server, headers: dict[str, str], path: str = "/live/sessions") -> int:
    try:
        with connect(server.url + path, additional_headers=headers, proxy=None):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_only_the_token_of_this_launch_opens() -> None:
    """No token, a wrong one, a cut one, another scheme: all refused, with nothing allocated."""
    engine = ScriptedEngine()
    with serving(engine) as server:
        token = server.settings.token
        bad = ["", "Bearer", "Bearer ", token, f"Bearer {token[:-1]}", f"Bearer {token}x"]
        bad += [f"Basic {token}", f"bearer {token}", "Bearer \xff\xfe"]
        for value in bad:
            assert status(server, {"Authorization": value}) == 401, value
        assert status(server, {}) == 401
        assert status(server, {"Authorization": f"Bearer {token}"}) == 101
    assert engine.sessions == []


def test_other_paths_do_not_exist() -> None:
    """There are two resources; a query that is not understood is refused, naming it."""
    with serving() as server:
        headers = {"Authorization": f"Bearer {server.settings.token}"}
        for path in ("/", "/live", "/realtime/", "/live/sessions/x"):
            assert status(server, headers, path) == 404, path
        for path in ("/live/sessions?x=1", "/realtime?model=any"):
            assert status(server, headers, path) == 101, path
        for query in ("aside=2", "seed=-1", "seed=1e3", "keep_s=301", "aside=1&after=x"):
            assert status(server, headers, f"/realtime?{query}") == 400, query


def test_a_web_page_is_turned_away() -> None:
    """A browser names its origin; even with the token it does not come in."""
    with serving() as server:
        headers = {"Authorization": f"Bearer {server.settings.token}", "Origin": "http://a.example"}
        assert status(server, headers) == 403


def test_sessions_are_capped_and_places_come_back() -> None:
    """One session too many is refused by name; when another ends, there is room again."""
    engine = ScriptedEngine()
    with (
        serving(engine, max_sessions=2) as server,
        wire(server, START),
        wire(server, START) as second,
        wire(server) as third,
    ):
        third.send("session.start", session=START)
        assert third.recv()["error"]["code"] == "too_many_sessions"
        third.rest()
        assert len(engine.sessions) == 2
        second.send("session.close")
        second.rest()
        assert eventually(lambda: server.sessions == 1)
        with wire(server, START):
            assert len(engine.sessions) == 3


def test_connections_are_capped() -> None:
    """Connections that never start a session cannot fill the server either."""
    with serving(max_connections=2) as server, wire(server), wire(server):
        headers = {"Authorization": f"Bearer {server.settings.token}"}
        assert status(server, headers) == 503


def test_a_bad_start_allocates_nothing() -> None:
    """A session is opened only for a configuration that was found good."""
    engine = ScriptedEngine()
    with serving(engine) as server, wire(server) as client:
        for session in ({}, {"model": 3}, {**START, "extra": 1}, {**START, "aside": {"seed": -1}}):
            client.send("session.start", session=session)
            assert client.recv()["type"] == "error"
        client.send("session.input_audio.mute")
        assert client.recv()["error"]["code"] == "session_not_started"
        assert engine.sessions == []
        client.send("session.start", session=START)
        client.until("session.started")


def test_an_engine_that_opens_no_session_takes_no_place() -> None:
    """It is told as the server's failure, and who comes when the engine can again is served."""
    engine = ScriptedEngine()
    able, engine.session = engine.session, broken  # type: ignore[method-assign]
    with serving(engine, max_sessions=1) as server:
        for _ in range(2):
            with wire(server) as client:
                client.send("session.start", session=START, event_id="s")
                error = client.recv()["error"]
                assert (error["code"], error["client_event_id"]) == ("engine_failed", "s")
                client.rest()
            assert eventually(lambda: server.sessions == 0)
        engine.session = able  # type: ignore[method-assign]
        with wire(server, START) as client:
            client.turns(1)


def broken(seed: int = 0) -> NoReturn:
    raise MemoryError


def test_ids_are_the_servers() -> None:
    """Two sessions never share an id, and a client cannot start a second one over the first."""
    with serving() as server, wire(server) as one, wire(server) as two:
        ids = set()
        for client in (one, two):
            client.send("session.start", session=START)
            ids.add(client.until("session.started")["session"]["id"])
        assert len(ids) == 2
        one.send("session.start", session=START)
        assert one.until("error")["error"]["code"] == "session_already_started"


def test_a_silent_client_is_reaped() -> None:
    """Who says nothing for the lease is told and closed, and the place is free."""
    with serving(lease_s=0.3) as server, wire(server, START) as client:
        began = time.monotonic()
        assert client.rest()[-1]["reason"] == "expired"
        assert time.monotonic() - began > 0.25
        assert eventually(lambda: server.sessions == 0)


def test_who_connects_must_start() -> None:
    """A connection without a session ends by itself."""
    with serving(start_s=0.3) as server, wire(server) as client, pytest.raises(ConnectionClosed):
        client.recv(3)


def test_no_session_is_older_than_its_age() -> None:
    """A session ends at its age even when the client goes on."""
    with serving(age_s=0.5) as server, wire(server, START) as client:
        began = time.monotonic()
        with suppress(ConnectionClosed):
            while time.monotonic() - began < 10:
                client.hear(tone(440))
                time.sleep(0.05)
        assert time.monotonic() - began < 5
        assert client.rest()[-1]["reason"] == "expired"


def test_a_client_that_does_not_read_is_cut_off() -> None:
    """Events for a client that never reads are bounded; then its session ends."""
    engine = ScriptedEngine()
    with serving(engine, outbox_events=64, behind_turns=50) as server:
        headers = {"Authorization": f"Bearer {server.settings.token}"}
        with connect(
            server.url + "/live/sessions", additional_headers=headers, proxy=None, max_queue=1,
            close_timeout=0.1,
        ) as socket:  # fmt: skip
            socket.send(json.dumps({"type": "session.start", "session": START}))
            deadline = time.monotonic() + 15
            command = json.dumps({"type": "session.update", "session": {}, "event_id": "x" * 200})
            while server.sessions or not engine.sessions:
                assert time.monotonic() < deadline, "the session outlived a client that never read"
                try:
                    socket.send(command)
                except ConnectionClosed:
                    time.sleep(0.01)
            assert eventually(lambda: server.connections == 0), "the connection lingers"


def test_beyond_this_machine_needs_encryption(capsys: pytest.CaptureFixture[str]) -> None:
    """Without TLS the server listens on loopback only, unless told in so many words."""
    assert run(["--host", "0.0.0.0"], load) == 2
    assert "--tls-certificate" in capsys.readouterr().err
    assert run(["--host", "example.org", "--json"], load) == 2
    assert json.loads(capsys.readouterr().out)["event"] == "failed"


def test_a_checkpoint_that_cannot_be_loaded_is_a_clear_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Serving what is not there exits with 1 and says what is missing."""
    assert run(["--model", str(tmp_path / "none")], load) == 1
    assert "no checkpoint at" in capsys.readouterr().err


def test_a_port_that_is_taken_is_a_clear_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Two servers cannot have one port; the second says so."""
    with serving() as server:
        assert run(["--port", str(server.port)], load) == 1
        assert f":{server.port}" in capsys.readouterr().err
