"""What is tried against a server, and what has to hold after each try: one function a kind."""

from __future__ import annotations

import json
import random
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect

from engine.client import wire as client_wire
from engine.client.adapters.adapter import ProtocolError, Refused
from engine.client.adapters.table import PROTOCOLS
from engine.server import wire as live
from engine.server.realtime import wire as realtime
from engine.server.server import Server
from engine.server.strict import WireError
from tests import fuzz_frames, test_adapter_fuzz
from tests.scripted import tone
from tests.serving import START, Wire, eventually, pcm, serving

CODES = {
    "invalid_frame", "invalid_json", "invalid_value", "invalid_audio", "invalid_image",
    "unknown_event", "unknown_parameter", "missing_required_parameter", "unknown_delegation",
    "too_much_pending", "unknown_generation", "item_not_found", "response_cancel_not_active",
    "conversation_already_has_active_response", "content_too_long", "unknown_call", "item_exists",
    "input_audio_buffer_commit_empty", "session_not_started", "session_already_started",
    "cannot_rest", "extensions_not_requested",
}  # fmt: skip
REASONS = {"close_requested", "expired", "remote_hangup", "connection_lost"}
PATHS = {"live": "/live/sessions", "realtime": "/realtime"}


class Lines:
    """Connections of one try; however it ends, they do."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._open = ExitStack()

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def new(self, path: str) -> Wire:
        header = {"Authorization": f"Bearer {self._server.settings.token}"}
        line = connect(
            self._server.url + path, additional_headers=header, proxy=None, compression=None,
            open_timeout=30, close_timeout=1,
        )  # fmt: skip
        client = Wire(self._open.enter_context(line))
        self._open.callback(hang_up, client)
        return client


def hang_up(client: Wire) -> None:
    """No goodbye: closing in order waits for what the other side has still to say."""
    with suppress(OSError):
        client.socket.socket.shutdown(socket.SHUT_RDWR)
    client.socket.close()


def check(client: Wire, first: int = 1) -> None:
    """Numbers without a hole, errors of known codes that name no content, endings with a reason."""
    numbered = [e for e in client.seen if "event_id" in e]
    numbers = [int(e["event_id"].removeprefix("event_")) for e in numbered]
    assert numbers == list(range(first, first + len(numbers))), (first, numbers[:9])
    for event in client.seen:
        if event["type"] == "error":
            assert event["error"]["code"] in CODES, event
            assert len(event["error"]["message"]) < 400
        if event["type"].endswith("session.closed"):
            assert event["reason"] in REASONS


def frames(lines: Lines, _server: Server, data: st.DataObject) -> None:
    """Any frames, of either protocol: each is obeyed or refused, or the session ends in order."""
    protocol = data.draw(st.sampled_from(sorted(PATHS)))
    sent = data.draw(st.lists(fuzz_frames.frames(protocol), max_size=25))
    client = lines.new(PATHS[protocol] + ("?aside=1" if protocol == "realtime" else ""))
    with suppress(ConnectionClosed):
        if protocol == "live":
            client.send("session.start", session=START)
        for frame in sent:
            client.socket.send(frame)
        last = {"type": "aside.input_text.append", "text": "", "event_id": "the last"}
        client.socket.send(json.dumps(last))
        while "the last" not in json.dumps(client.recv(30)):
            pass
    check(client)


def starting(lines: Lines, _server: Server, data: st.DataObject) -> None:
    """Anything in `session.start`: a session, or an error; never two sessions."""
    asked = data.draw(st.lists(fuzz_frames.sessions(), min_size=1, max_size=4))
    client = lines.new(PATHS["live"])
    with suppress(ConnectionClosed):
        for session in asked:
            client.send("session.start", session=session)
            client.recv(30)
    assert sum(event["type"] == "session.started" for event in client.seen) <= 1
    check(client)


def sound(lines: Lines, _server: Server, data: st.DataObject) -> None:
    """Sound in order, doubled, out of order, with gaps: time is what was new, and no more."""
    pieces = data.draw(fuzz_frames.sounds())
    client, received, turns, partial = lines.new(PATHS["live"]), 0, 0, 0
    client.send("session.start", session={**START, "aside": {"ticks": True}})
    for at, length in pieces:
        client.send("session.input_audio.append", audio=pcm(np.zeros(length, np.float32)),
                    aside={"at": at})  # fmt: skip
        partial += max(0, at + length - max(received, at))
        received = max(received, at + length)
        while partial >= 3200:
            client.until("aside.turn", turn=turns)
            turns, partial = turns + 1, partial - 3200
    client.send("session.close")
    used = client.rest()[-1]["usage"]["seconds"]
    assert used == round(turns * 0.2, 3), f"{used} s after {turns} micro-turns"
    check(client)


def coming_back(lines: Lines, _server: Server, data: st.DataObject) -> None:
    """Lines that break anywhere, and who comes back at any number: nothing is missing or twice."""
    plan = data.draw(st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 60), st.booleans()), min_size=1, max_size=4,
    ))  # fmt: skip
    client = lines.new(PATHS["live"])
    client.send("session.start", session={**START, "aside": {"keep_s": 30}})
    session = client.until("session.started")["session"]["id"]
    for turns, back, broken in plan:
        client.turns(turns)
        newest = max((int(e["event_id"][6:]) for e in client.seen if "event_id" in e), default=0)
        after = max(0, newest - back)
        if broken:
            hang_up(client)
        client = lines.new(f"{PATHS['live']}?resume={session}&after={after}")
        resumed = client.recv(30)
        assert resumed["type"] == "aside.session.resumed", resumed
        assert resumed["complete"], resumed
        for _ in range(after, newest):
            client.recv(30)
        client.turns(1)
        client.seen.remove(resumed)
        check(client, after + 1)
    client.send("session.close")
    assert client.rest()[-1]["type"] == "session.closed"


def handshakes(_lines: Lines, server: Server, data: st.DataObject) -> None:
    """Bytes in place of a request: an answer or an end, never a way in."""
    asked, half_open = data.draw(fuzz_frames.requests), data.draw(st.booleans())
    there = ("127.0.0.1", server.port)
    with socket.create_connection(there, 30) as one, suppress(OSError):
        one.sendall(asked)
        if half_open:
            one.shutdown(socket.SHUT_WR)
            assert not one.recv(99).startswith(b"HTTP/1.1 101")


def wires(lines: Lines, _server: Server, data: st.DataObject) -> None:
    """Bytes in place of WebSocket frames, all at once or one by one."""
    garbage, trickling = data.draw(fuzz_frames.wires), data.draw(st.booleans())
    size = 1 if trickling else len(garbage) or 1
    client = lines.new(PATHS["live"])
    with suppress(ConnectionClosed, OSError):
        client.send("session.start", session=START)
        client.until("session.started")
        for at in range(0, len(garbage), size):
            client.socket.socket.sendall(garbage[at : at + size])


def two_at_once(lines: Lines, _server: Server, data: st.DataObject) -> None:
    """Several that come back to one session in the same moment: one has it, the others end."""
    count = data.draw(st.integers(2, 5))
    client = lines.new(PATHS["live"])
    client.send("session.start", session={**START, "aside": {"keep_s": 30}})
    session = client.until("session.started")["session"]["id"]
    came: list[Wire] = [client]

    def come() -> None:
        with suppress(ConnectionClosed, InvalidHandshake, OSError):
            came.append(lines.new(f"{PATHS['live']}?resume={session}&after=0"))

    crowd = [threading.Thread(target=come) for _ in range(count)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)
    have = 0
    for number, one in enumerate(came):
        with suppress(ConnectionClosed):
            one.send("session.input_audio.mute", event_id=f"m{number}")
            while one.recv(30).get("client_event_id") != f"m{number}":
                pass
            have += 1
    assert have == 1, f"{have} connections have one session"


def moving(lines: Lines, server: Server, data: st.DataObject) -> None:
    """Another server takes a session out of the journal, whole or damaged: it goes on without a
    hole, or it is refused; neither server falls."""
    turns, hurt = data.draw(st.integers(0, 30)), data.draw(st.sampled_from(["", "log", "state"]))
    place, bit = data.draw(st.floats(0, 1)), data.draw(st.integers(0, 7))
    client = lines.new(PATHS["live"])
    client.send("session.start", session={**START, "aside": {"keep_s": 30}})
    session = client.until("session.started")["session"]["id"]
    client.turns(turns)
    newest = max((int(e["event_id"][6:]) for e in client.seen if "event_id" in e), default=0)
    journal, token = server.settings.journal, server.settings.token
    assert journal is not None
    assert eventually(lambda: bool(list((journal / session).glob("*.state"))), 30)
    if hurt:
        damage(next((journal / session).glob(f"*.{hurt}")), place, bit, hurt == "state")
    with serving(token=token, journal=journal) as other, Lines(other) as others:
        try:
            back = others.new(f"{PATHS['live']}?resume={session}&after={newest}")
            resumed = back.recv(30)
        except (ConnectionClosed, InvalidHandshake):
            assert hurt, "a whole journal was refused"
            return
        assert hurt or resumed["complete"], resumed
        back.turns(1)
        back.seen.remove(resumed)
        if not hurt:
            check(back, newest + 1)


def damage(file: Path, place: float, bit: int, cut: bool) -> None:
    """Cuts the file, or turns a bit of it. Pickles are only cut: whoever can write there may run
    anything, which no test can make harmless."""
    whole = bytearray(file.read_bytes())
    at = int(place * len(whole))
    if cut or at == len(whole):
        del whole[at:]
    else:
        whole[at] ^= 1 << bit
    file.write_bytes(whole)


def parsers(_lines: Lines, _server: Server, data: st.DataObject) -> None:
    """The readers of both protocols raise WireError, the client's ProtocolError, nothing else."""
    protocol = data.draw(st.sampled_from(sorted(PATHS)))
    frame = data.draw(fuzz_frames.frames(protocol))
    with suppress(WireError):
        (live if protocol == "live" else realtime).parse(frame)
    with suppress(client_wire.ProtocolError):
        client_wire.parse(frame)


def adapters(_lines: Lines, _server: Server, data: st.DataObject) -> None:
    """What other people's servers may send: events, ProtocolError or Refused, nothing else."""
    protocol = data.draw(st.sampled_from(PROTOCOLS))
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    adapter = test_adapter_fuzz.opened(protocol)
    for _ in range(30):
        frame = next(test_adapter_fuzz.frames(chance))
        try:
            list(adapter.read(frame))
        except (ProtocolError, Refused):
            adapter = test_adapter_fuzz.opened(protocol)
        list(adapter.hear(tone(0)))


Assault = Callable[[Lines, Server, Any], None]
ASSAULTS: dict[str, Assault] = {
    one.__name__: one
    for one in (
        frames, starting, sound, coming_back, handshakes, wires, two_at_once, moving, parsers,
        adapters,
    )
}  # fmt: skip
