"""Micro-turns are units: in order, one at a time, whole or without a trace, never piling up."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from engine.microturn import InputTurn, OutputTurn
from engine.server import unit
from engine.server.inbox import Arrivals, Inbox, Words
from engine.server.unit import Aborted, Broken, Stepper
from tests.scripted import ScriptedEngine, ScriptedSession, ScriptedState, tone
from tests.serving import START, eventually, serving, wire

pytestmark = pytest.mark.timeout(30)


def arrivals(number: int, typed: str = "") -> Arrivals:
    return Arrivals(tone(200 + 10 * number), typed=Words("text", typed) if typed else None)


def test_an_aborted_unit_leaves_no_trace() -> None:
    """Failing at any point of a session changes nothing about what follows, bit for bit."""
    clean, shaken = Stepper(ScriptedSession()), Stepper(ScriptedSession())
    for number in range(2 * unit.SNAPSHOT_EVERY_TURNS + 3):
        wanted = clean.advance(arrivals(number, "digest")).out
        with pytest.raises(Aborted):
            shaken.advance(arrivals(number, "crash"))
        assert shaken.advance(arrivals(number, "digest")).out.acts == wanted.acts


def test_who_knows_the_way_back_is_not_copied() -> None:
    """A session that sets marks is undone by them, wherever it failed, and is copied when its state
    is asked for and at no other time."""
    copies = []

    class Marked(ScriptedSession):
        def mark(self) -> ScriptedState:
            return self.state

        def go_back(self, mark: ScriptedState) -> None:
            self.state = mark

        def snapshot(self) -> ScriptedState:
            copies.append(self.state.turn)
            return super().snapshot()

        def restore(self, _: object) -> None:
            raise AssertionError("it knows the way itself")

        def step(self, turn: InputTurn) -> OutputTurn:
            out = super().step(turn)
            return replace(out, index=-1) if turn.text == "wrong" else out

    clean, shaken = Stepper(ScriptedSession()), Stepper(Marked())
    for number in range(2 * unit.SNAPSHOT_EVERY_TURNS + 3):
        wanted = clean.advance(arrivals(number, "digest")).out
        for failure in ("crash", "wrong"):
            with pytest.raises(Aborted):
                shaken.advance(arrivals(number, failure))
        assert shaken.advance(arrivals(number, "digest")).out.acts == wanted.acts
    assert not copies
    assert shaken.advance(arrivals(0)).state is None
    kept = shaken.advance(arrivals(1), keep=True).state
    assert copies == [kept.turn]


def test_a_session_answers_the_micro_turn_it_was_given() -> None:
    """An engine that answers another micro-turn, or with half a voice, is not believed."""

    class Wrong(ScriptedSession):
        audio: np.ndarray | None = None

        def step(self, turn: InputTurn) -> OutputTurn:
            super().step(turn)
            index = turn.index + 1 if self.audio is None else turn.index
            return OutputTurn(index, audio=self.audio)

    session = Wrong()
    stepper = Stepper(session)
    with pytest.raises(Aborted):
        stepper.advance(arrivals(0))
    session.audio = np.zeros(100, np.float32)
    with pytest.raises(Aborted):
        stepper.advance(arrivals(0))
    assert session.state.turn == 0


def test_a_session_that_cannot_be_undone_is_given_up() -> None:
    """When going back fails too, nothing pretends that the session is fine."""

    class Rotten(ScriptedSession):
        def restore(self, _: object) -> None:
            raise RuntimeError("no way back")

    with pytest.raises(Broken):
        Stepper(Rotten()).advance(arrivals(0, "crash"))


def test_a_failed_unit_is_told_and_the_session_goes_on() -> None:
    """An abort costs its sound and an error event; words typed later are still obeyed."""
    with serving() as server, wire(server, START) as client:
        client.send("aside.input_text.append", text="crash")
        client.hear(tone(440))
        assert client.until("error")["error"]["code"] == "unit_failed"
        assert client.until("aside.state")["state"] == "delayed"
        client.hear(tone(440))
        client.until("error")
        client.hear(tone(440))
        assert client.rest()[-1]["reason"] == "connection_lost"


def test_one_bad_moment_does_not_end_a_session() -> None:
    """A step that fails once loses its sound alone: the typed text goes into the next."""

    class Once(ScriptedSession):
        failed = False

        def step(self, turn: InputTurn) -> OutputTurn:
            out = super().step(turn)
            if turn.text and not self.failed:
                self.failed = True
                raise MemoryError
            return out

    engine = ScriptedEngine()
    engine.session = lambda seed=0: Once(seed)  # type: ignore[method-assign]
    with serving(engine) as server, wire(server, START) as client:
        client.send("aside.input_text.append", text="hello", event_id="t")
        client.hear(tone(0))
        client.until("error")
        client.hear(tone(0))
        assert client.until("aside.input_text.appended")["client_event_id"] == "t"
        assert client.until("session.output_transcript.delta")["delta"] == "hello"
        assert client.until("aside.state")["dropped_ms"] == 200


def test_units_never_overlap_and_the_loop_never_waits_for_one() -> None:
    """While a slow step computes, commands are answered; steps of one session run one by one."""
    running, most = [], []

    class Watched(ScriptedSession):
        def step(self, turn: InputTurn) -> OutputTurn:
            running.append(threading.get_ident())
            most.append(len(running))
            time.sleep(0.3)
            running.pop()
            return super().step(turn)

    engine = ScriptedEngine()
    engine.session = lambda seed=0: Watched(seed)  # type: ignore[method-assign]
    with serving(engine) as server, wire(server, START) as client:
        for _ in range(4):
            client.hear(tone(440))
        client.send("session.input_audio.mute")
        client.until("session.input_audio.muted")
        assert "session.input_transcript.delta" not in {event["type"] for event in client.seen}
        client.send("session.close")
        client.rest()
    assert len(most) == 4
    assert max(most) == 1


def test_late_means_listen_to_now() -> None:
    """A flood of sound is bounded: the oldest is dropped, it is said, and the newest is heard."""
    engine = ScriptedEngine(step_s=0.05)
    with serving(engine, behind_turns=3) as server, wire(server, START) as client:
        for number in range(40):
            client.hear(tone(200 + 10 * number))
        client.send("session.close")
        seen = client.rest()
    heard = "".join(e["delta"] for e in seen if e["type"] == "session.input_transcript.delta")
    states = [event for event in seen if event["type"] == "aside.state"]
    dropped_turns = max(state["dropped_ms"] for state in states) // 200
    assert dropped_turns >= 30
    assert len(heard.split()) == 40 - dropped_turns
    assert heard.endswith("hz570 hz580 hz590")
    assert "delayed" in {state["state"] for state in states}
    assert all(state["behind_ms"] <= 600 for state in states)
    assert [event["code"] for event in seen if event["type"] == "info"] == ["input_audio_dropped"]


def test_delayed_ends_when_it_has_caught_up() -> None:
    """The state is delayed while sound waits after a loss, and listening again afterwards."""
    engine = ScriptedEngine(step_s=0.02)
    with serving(engine, behind_turns=2) as server, wire(server, START) as client:
        for _ in range(10):
            client.hear(tone(0))
        client.until("aside.state", state="delayed")
        assert client.until("aside.state", state="listening")["behind_ms"] == 0


def test_a_stuck_unit_ends_its_session_and_no_other() -> None:
    """A step that does not end is given up after its limit; the server still serves."""
    with serving(unit_s=0.3, max_sessions=2) as server:
        with wire(server, START) as stuck:
            stuck.send("aside.input_text.append", text="hang 1.5")
            stuck.hear(tone(0))
            assert stuck.until("error")["error"]["code"] == "unit_stuck"
            assert stuck.rest()[-1]["reason"] == "connection_lost"
        with wire(server, START) as other:
            other.turns(2)
        # Its thread still works: until that ends the place counts as taken.
        assert server.sessions >= 1
        assert eventually(lambda: server.sessions == 0)


def test_what_the_model_has_not_read_waits_where_it_is_counted() -> None:
    """A flood of updates goes into micro-turns a few at a time, and not at all while many wait."""
    inbox = Inbox(16_000, 10, 64)
    for number in range(40):
        inbox.read(Words("thinking", str(number)))
    inbox.read(Words("text", "typed"))
    inbox.hear(np.zeros(5 * 3200, np.float32))
    taken = [inbox.take(unread) for unread in (0, 5_000, 5_000, 1_000, 0)]
    assert [len(one.updates) for one in taken] == [16, 0, 0, 16, 8]
    assert [one.typed is not None for one in taken] == [True, False, False, False, False]
    told = [words.content for one in taken for words in one.updates]
    assert told == [str(number) for number in range(40)]


def test_closing_finishes_what_was_sent() -> None:
    """Whole micro-turns that arrived before the close are still taken; half ones are not."""
    with serving() as server, wire(server, START) as client:
        for _ in range(3):
            client.hear(tone(440))
        client.hear(tone(440, 1600))
        client.send("session.close")
        client.hear(tone(440))
        closed = client.rest()[-1]
    assert closed["type"] == "session.closed"
    assert closed["usage"] == {"seconds": 0.6}


def test_the_same_seed_gives_the_same_events() -> None:
    """Two sessions with one seed and one input differ in nothing but their names."""

    def run() -> list[dict[str, object]]:
        with serving() as server, wire(server, {**START, "aside": {"seed": 5}}) as client:
            client.send("aside.input_text.append", text="say this twice")
            client.turns(5, hz=330)
            client.send("session.close")
            named = ("session.started", "session.closed")
            return [event for event in client.rest() if event["type"] not in named]

    assert run() == run()
