"""A lost process is not a lost session: another one goes on where its journal ends."""

from __future__ import annotations

import errno
import logging
import os
import pickle
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from engine import runtime
from engine.server import keeper
from engine.server.command import run
from engine.server.journal import (
    _HEAD,
    TAKEN,
    UNDONE,
    Journal,
    Journals,
    _claim,
    _read,
)
from engine.server.resampler import Resampler
from engine.server.rest import take
from tests import untrained
from tests.replicas import TOKEN, elsewhere
from tests.scripted import ScriptedEngine, load, tone
from tests.serving import START, Wire, eventually, pcm, serving

pytestmark = [pytest.mark.timeout(120), pytest.mark.alone]
LIVE, REALTIME = "/live/sessions", "/realtime"


@contextmanager
def line(url: str, path: str) -> Iterator[Wire]:
    header = {"Authorization": f"Bearer {TOKEN}"}
    with connect(url + path, additional_headers=header, proxy=None, compression=None) as socket:
        yield Wire(socket)


def start(client: Wire, rate: int = 16_000) -> str:
    """Starts a GPT-Live session that waits for its client; its id."""
    sound = {"format": {"type": "audio/pcm", "rate": rate}}
    client.send("session.start", session={"model": "m", "audio": sound, "aside": {"keep_s": 30}})
    return client.until("session.started")["session"]["id"]


def number(event: dict[str, Any]) -> int:
    return int(event["event_id"].removeprefix("event_"))


class Talk:
    """The same talk whoever serves it: words, thoughts, a mute, refusals, sound all along."""

    def __init__(self, path: str, rate: int) -> None:
        self.live, self.rate = path == LIVE, rate
        self.turn = self.resumed = 0

    def go(self, client: Wire, turns: int) -> None:
        for _ in range(turns):
            self._say(client)
            self._hear(client, 300 + 20 * (self.turn % 30))
            # At 24 kHz a micro-turn is whole a little later than its sound.
            due = self.turn - (self.rate != 16_000)
            if self._act(due) and due >= self.resumed:
                client.until("aside.act", name=f"t{due}")
            self.turn += 1

    def _hear(self, client: Wire, hz: float) -> None:
        sound = "session.input_audio.append" if self.live else "input_audio_buffer.append"
        client.send(sound, audio=pcm(tone(hz, self.rate // 5, self.rate)))

    def _act(self, turn: int) -> bool:
        return turn >= 0 and turn % 7 != 1

    def _say(self, client: Wire) -> None:
        text = f"act t{self.turn}" if self._act(self.turn) else "one two three"
        client.send("aside.input_text.append", text=text, event_id="t")
        match self.turn % 7:
            case 3 if self.live:
                client.send("session.thinking.append", content="a thought", delegation_id=None)
            case 4:
                client.socket.send("garbage")
            case 5:
                client.send("aside.addressed", addressed=bool(self.turn % 2))

    def digest(self, client: Wire) -> str:
        """What the model ever took in, as one number."""
        client.send("aside.input_text.append", text="digest")
        for _ in range(2):
            self._hear(client, 0)
        return str(client.until("aside.act", name="digest")["arguments"]["digest"])


TALKS = [(LIVE, 16_000), (LIVE, 24_000), (REALTIME, 24_000)]


def opened(url: str, path: str, rate: int, stack: ExitStack) -> tuple[Wire, str]:
    query = "?model=m&aside=1&keep_s=30" if path == REALTIME else ""
    client = stack.enter_context(line(url, path + query))
    if path == LIVE:
        return client, start(client, rate)
    return client, client.until("session.created")["session"]["id"]


def test_a_killed_process_costs_no_conversation(tmp_path: Path) -> None:
    """kill -9 in mid-talk: elsewhere every event comes once, in order, and the model has taken in
    what it takes in when nothing happens, at both rates and in both protocols."""
    folder = tmp_path / "journal"
    with ExitStack() as stack:
        server = stack.enter_context(elsewhere("--journal", str(folder)))
        talks = []
        for path, rate in TALKS:
            client, session = opened(server.url, path, rate, stack)
            talk = Talk(path, rate)
            talk.go(client, 40)
            talks.append((client, session, talk))
        server.die()
        with serving(token=TOKEN, journal=folder, journal_turns=25) as other:
            for (path, rate), (client, session, talk) in zip(TALKS, talks, strict=True):
                told = unbroken(other.url, path, session, client, talk)
                with ExitStack() as undisturbed:
                    twin, _ = opened(other.url, path, rate, undisturbed)
                    same = Talk(path, rate)
                    same.go(twin, 80)
                    # At 24 kHz a resampler that was written down differs in the last bit.
                    assert rate != 16_000 or same.digest(twin) == told
                    assert heard(twin) == heard(client)


def heard(client: Wire) -> list[tuple[str, Any]]:
    """What the model heard, said and did, up to micro-turn 70."""
    told = [(e["type"], e.get("delta", e.get("name"))) for e in client.seen]
    of = [one for one in told if one[0].endswith(("put_transcript.delta", "transcription.delta"))]
    return of[:70] + [one for one in told if one[0] == "aside.act"][:56]


def unbroken(url: str, path: str, session: str, client: Wire, talk: Talk) -> str:
    """Comes back, goes on, comes back again; the digest, and no event missing or twice."""
    client.rest()
    last = number(client.seen[-1])
    with line(url, f"{path}?resume={session}&after={last}") as again:
        resumed = again.recv()
        assert (resumed["type"], resumed["complete"]) == ("aside.session.resumed", True)
        again.seen.clear()
        talk.resumed = talk.turn
        talk.go(again, 40)
        digest = talk.digest(again)
    told = client.seen = client.seen + again.seen
    assert [number(event) for event in told] == list(range(1, len(told) + 1))
    return digest


def test_a_real_model_goes_on_bit_for_bit(tmp_path: Path) -> None:
    """The shipped kind of engine: the same words and the same sound as without a break."""
    engine = runtime.load(untrained.folder(tmp_path))
    chance = np.random.default_rng(3)
    sound = [(0.1 * chance.standard_normal(3200)).astype(np.float32) for _ in range(32)]

    def told(cut_at: int | None) -> list[tuple[str, Any]]:
        folder = tmp_path / f"journal{cut_at}"
        seen: list[dict[str, Any]] = []
        with serving(engine, token=TOKEN, journal=folder, journal_turns=25) as server:
            with line(server.url, LIVE) as client:
                session = start(client)
                hear(client, sound[:cut_at])
                seen += client.seen
                copy = tmp_path / "copy"
                if cut_at is not None:
                    shutil.copytree(folder, copy)  # as a process that dies now leaves it
            if cut_at is None:
                return content(seen)
        with serving(engine, token=TOKEN, journal=copy) as other:
            query = f"?resume={session}&after={number(seen[-1])}"
            with line(other.url, LIVE + query) as again:
                hear(again, sound[cut_at:])
                return content(seen + again.seen[1:])

    assert told(27) == told(None)


def hear(client: Wire, sound: list[np.ndarray]) -> None:
    for chunk in sound:
        client.send("session.thinking.append", content="x", delegation_id=None)
        client.hear(chunk)
        client.until("session.thinking.appended")


def content(events: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    kinds = ("input_transcript.delta", "output_transcript.delta", "output_audio.delta")
    return [(e["type"], e["delta"]) for e in events if e["type"].endswith(kinds)]


def test_who_stops_in_order_leaves_sessions_to_the_next(tmp_path: Path) -> None:
    """A server that is told to stop cuts its clients off without an end; the next one has them."""
    with ExitStack() as clients:
        with serving(token=TOKEN, journal=tmp_path) as server:
            client = clients.enter_context(line(server.url, LIVE))
            session = start(client)
            client.turns(3)
        client.rest()
        assert client.socket.close_code == 1012
    assert not any(event["type"] == "session.closed" for event in client.seen)
    with serving(token=TOKEN, journal=tmp_path) as server:
        with line(server.url, f"{LIVE}?resume={session}&after=0") as again:
            assert again.until("aside.session.resumed")["turn"] == 3
            again.turns(1)
            again.send("session.close")
            assert again.rest()[-1]["reason"] == "close_requested"
        assert eventually(lambda: not list(tmp_path.glob("session*"))), "it leaves nothing"


def test_there_is_one_writer(tmp_path: Path) -> None:
    """A process that was cut off from the others writes on: nobody reads it, and it notices."""
    with (
        serving(token=TOKEN, journal=tmp_path, journal_turns=25) as old,
        serving(token=TOKEN, journal=tmp_path) as new,
        line(old.url, LIVE) as client,
    ):
        session = start(client)
        client.turns(2)
        with line(new.url, f"{LIVE}?resume={session}&after=0") as again:
            assert again.until("aside.session.resumed")["turn"] == 2
            again.turns(2)
            with suppress(ConnectionClosed):
                while True:
                    client.hear(tone(0))
                    time.sleep(0.01)
            assert eventually(lambda: old.sessions == 0, within_s=20)
            again.turns(1)
            assert new.hall.find(session) is not None
            assert (tmp_path / session).exists(), "who was displaced leaves it alone"


def test_a_damaged_journal_costs_its_session_alone(tmp_path: Path) -> None:
    """Half a record at the end is no record; a state that cannot be read is no session."""
    with ExitStack() as stack:
        server = stack.enter_context(elsewhere("--journal", str(tmp_path)))
        clients = [stack.enter_context(line(server.url, LIVE)) for _ in range(3)]
        sessions = [start(client) for client in clients]
        for client in clients:
            client.turns(2)
        server.die()
        torn, broken, whole = sessions
        log = next((tmp_path / torn).glob("*.log"))
        log.write_bytes(log.read_bytes()[:-1])
        next((tmp_path / broken).glob("*.state")).write_bytes(b"\x80\x05garbage")
        with serving(token=TOKEN, journal=tmp_path) as other:
            with line(other.url, f"{LIVE}?resume={broken}&after=0") as lost:
                lost.rest()
                assert lost.socket.close_code == 1013
            for session in (torn, whole):
                with line(other.url, f"{LIVE}?resume={session}&after=0") as again:
                    assert again.until("aside.session.resumed")["turn"] == 2
                    again.turns(1)
            for name in ("..", "../" + whole, "session_", "session_" + "0" * 24, "session_\x00"):
                with pytest.raises(InvalidStatus), line(other.url, f"{LIVE}?resume={name}"):
                    pass


def test_a_disk_that_refuses_costs_the_journal_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Full, it is said once, and the talk goes on; when the server stops it is over, and says so,
    since nobody could go on with it."""
    full_words = os.strerror(errno.ENOSPC)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, full_words)

    with ExitStack() as clients:
        with serving(token=TOKEN, journal=tmp_path) as server:
            client = clients.enter_context(line(server.url, LIVE))
            start(client)
            client.turns(2)
            monkeypatch.setattr(Journal, "note", full)
            client.turns(3)
        assert client.rest()[-1]["type"] == "session.closed"
    said = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert said == [f"a journal cannot be written ({full_words}): its session is not kept"]


def test_a_journal_that_cannot_be_is_said_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where the folder should be: nothing is served, and it is named with what to do."""
    (tmp_path / "file").write_text("")
    assert run(["--journal", str(tmp_path / "file")], load) == 1
    said = capsys.readouterr().err
    assert str(tmp_path / "file") in said
    assert "give a folder" in said


def test_what_others_can_write_is_never_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python's own values do what they say: a folder, a session or a state of others is refused."""
    planted = b"cos\nsystem\n(S'touch %s/harm'\ntR." % bytes(tmp_path)
    folder, rest = tmp_path / "journal", tmp_path / "rest"
    folder.mkdir()
    folder.chmod(0o777)
    assert run(["--journal", str(folder)], load) == 1
    assert "yours alone" in capsys.readouterr().err
    folder.chmod(0o700)
    journals = Journals(folder)
    journal = journals.begin("session_planted")
    journal.save(journal.turn_page(), planted)
    state = next((folder / "session_planted").glob("*.state"))
    state.chmod(0o666)
    with (
        serving(token=TOKEN, journal=folder) as server,
        line(server.url, f"{LIVE}?resume=session_planted&after=0") as lost,
    ):
        lost.rest()
    rest.write_bytes(planted)
    rest.chmod(0o666)
    assert take(rest, "scripted") is None
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize(("text", "claims"), [("crash", 0), ("hang 3", 2)])
def test_a_micro_turn_that_ends_processes_ends_no_session(
    tmp_path: Path, text: str, claims: int
) -> None:
    """One that fails in the other process, too, is undone; so is one that two died of already."""
    copy = tmp_path / "copy"
    with (
        serving(token=TOKEN, journal=tmp_path / "journal") as server,
        line(server.url, LIVE) as client,
    ):
        session = start(client)
        client.turns(2)
        client.send("aside.input_text.append", text=text)
        client.hear(tone(0))
        log = next((tmp_path / "journal" / session).glob("*.log"))
        assert eventually(lambda: list(_read(log.read_bytes()))[-1][0] in (TAKEN, UNDONE))
        if text == "crash":
            client.until("error")
        shutil.copytree(tmp_path / "journal", copy)
    (log,) = (copy / session).glob("*.log")
    if text == "crash":  # as a process leaves it that dies before it has undone it
        log.write_bytes(log.read_bytes()[: -_HEAD.size])
    assert list(_read(log.read_bytes()))[-1][0] == TAKEN
    for number in range(2, 2 + claims):
        _claim(copy / session, number)
    with (
        serving(token=TOKEN, journal=copy) as other,
        line(other.url, f"{LIVE}?resume={session}&after=0") as again,
    ):
        assert again.until("aside.session.resumed")["turn"] == 2
        again.until("error")


def test_what_comes_without_sound_does_not_fill_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No time passes, so no state is written: the session ends. With sound it goes on."""
    monkeypatch.setattr(keeper, "PAGE_BYTES", 20_000)
    monkeypatch.setattr(keeper, "LIMIT_BYTES", 100_000)
    with serving(token=TOKEN, journal=tmp_path) as server, line(server.url, LIVE) as client:
        session = start(client)
        for _ in range(60):
            client.send("aside.addressed", addressed=True, event_id="x" * 250)
            client.turns(1)
        on_disk = sum(file.stat().st_size for file in (tmp_path / session).iterdir())
        assert on_disk < 150_000
        with suppress(ConnectionClosed):
            for _ in range(1_000):
                client.send("aside.addressed", addressed=True, event_id="x" * 250)
        client.rest()
        assert client.socket.close_code == 1008


def test_what_nobody_comes_back_to_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the age, on the disk's clock, of what was written last; other files are let be."""
    journals = Journals(tmp_path)
    for name in ("session_old", "session_new"):
        journals.begin(name).turn_page()
    monkeypatch.setattr(time, "time", lambda: 4e9)  # our own clock is a century off
    (tmp_path / "letters").mkdir()
    for file in [*(tmp_path / "session_old").iterdir(), tmp_path / "letters"]:
        os.utime(file, (0, 0))
    journals.sweep(60)
    left = sorted(file.name for file in tmp_path.iterdir() if file.is_dir())
    assert left == ["letters", "session_new"]


def test_only_who_may_come_back_is_kept(tmp_path: Path) -> None:
    """A session without `keep_s` is never written down; folders are this user's alone."""
    with serving(ScriptedEngine(), token=TOKEN, journal=tmp_path / "j") as server:
        with line(server.url, LIVE) as client:
            client.send("session.start", session=START)
            client.until("session.started")
            client.turns(2)
            assert list((tmp_path / "j").glob("session*")) == []
        with line(server.url, LIVE) as client:
            session = start(client)
            client.turns(1)
            modes = [path.stat().st_mode & 0o077 for path in (tmp_path / "j").rglob("*")]
            assert modes
            assert not any(modes)
            state = next((tmp_path / "j" / session).glob("*.state")).read_bytes()
            assert TOKEN.encode() not in state


@pytest.mark.parametrize(("from_hz", "to_hz"), [(24_000, 16_000), (16_000, 24_000)])
def test_a_resampler_is_written_down_in_mid_stream(from_hz: int, to_hz: int) -> None:
    """What is read back goes on bit for bit as the renewed one, and neither has a seam."""
    chance = np.random.default_rng(1)
    wave = (0.1 * chance.standard_normal(3 * from_hz)).astype(np.float32)
    steady, renewed = Resampler(from_hz, to_hz), Resampler(from_hz, to_hz)
    twin, at, smooth, patched = Resampler(from_hz, to_hz), 0, [], []
    while at < len(wave):
        chunk = wave[at : at + int(chance.integers(1, from_hz // 3))]
        at += len(chunk)
        renewed.renew()
        twin = pickle.loads(pickle.dumps(renewed))
        smooth.append(steady.push(chunk))
        patched.append(renewed.push(chunk))
        assert np.array_equal(patched[-1], twin.push(chunk))
    assert np.array_equal(renewed.finish(), twin.finish())
    whole = np.concatenate(smooth)
    renewed_whole = np.concatenate(patched)[: len(whole)]
    assert np.allclose(renewed_whole, whole[: len(renewed_whole)], atol=1e-6)
    assert len(renewed_whole) > 0.95 * len(whole)
