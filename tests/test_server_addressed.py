"""Who is meant: a key to talk, held or not, reaches the model with the sound it belongs to."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine.client.events import SessionEvent, Started
from engine.client.items import Sound
from engine.client.live import LiveClient, Opening
from engine.microturn import OutputTurn
from engine.server.inbox import Arrivals, Inbox, Words
from engine.server.unit import Aborted, Stepper
from tests.scripted import ScriptedEngine, ScriptedSession, tone
from tests.serving import START, Wire, eventually, pcm, realtime_wire, serving, wire
from tests.test_client_live import converse
from tests.test_server_resume import KEPT, back, cut, number

pytestmark = pytest.mark.timeout(30)
HALF = np.zeros(1600, np.float32)
WHOLE = np.zeros(3200, np.float32)


def taken(inbox: Inbox) -> list[bool]:
    return [inbox.take(0).addressed for _ in range(inbox.waiting_turns)]


def test_a_client_that_says_nothing_is_talking_to_it() -> None:
    """Whoever connects wants answers; what is said first takes the place of that."""
    inbox = Inbox(16_000, 5, 10)
    inbox.hear(WHOLE)
    assert taken(inbox) == [True]
    inbox = Inbox(16_000, 5, 10)
    inbox.hold_key(False)
    inbox.hear(WHOLE)
    assert taken(inbox) == [False]


def test_a_press_within_one_micro_turn_is_seen_on_it() -> None:
    """Down and up between two halves of a micro-turn: that one, and neither of its neighbours."""
    inbox = Inbox(16_000, 5, 10)
    inbox.hold_key(False)
    inbox.hear(WHOLE)
    inbox.hear(HALF)
    inbox.hold_key(True)
    inbox.hold_key(False)
    inbox.hear(HALF)
    inbox.hear(WHOLE)
    assert taken(inbox) == [False, True, False]


def test_the_key_belongs_to_the_sound_it_came_with() -> None:
    """Micro-turns that wait keep their own; the one in which the key goes up was held too."""
    inbox = Inbox(16_000, 5, 10)
    inbox.hold_key(False)
    inbox.hear(np.concatenate([WHOLE, HALF]))
    inbox.hold_key(True)
    inbox.hear(np.concatenate([HALF, WHOLE, HALF]))
    inbox.hold_key(False)
    inbox.hear(np.concatenate([HALF, WHOLE]))
    assert taken(inbox) == [False, True, True, True, False]


def test_sound_that_is_dropped_takes_its_key_along() -> None:
    """Falling behind, and forgetting what waits, leave each micro-turn with its own key."""
    inbox = Inbox(16_000, 2, 10)
    inbox.hold_key(True)
    inbox.hear(np.concatenate([WHOLE, WHOLE]))
    inbox.hold_key(False)
    inbox.hear(WHOLE)  # the micro-turn in which it went up, and the oldest is dropped
    inbox.hear(np.concatenate([WHOLE, WHOLE]))
    assert taken(inbox) == [False, False]
    inbox.hold_key(True)
    inbox.hear(WHOLE)
    inbox.forget_sound()
    inbox.hold_key(False)
    inbox.hear(WHOLE)
    inbox.hear(WHOLE)
    assert taken(inbox) == [True, False]


def test_undoing_a_micro_turn_keeps_who_was_meant() -> None:
    """What is repeated after a failure was addressed where it had been, and nowhere else."""
    stepper = Stepper(ScriptedSession())
    for held in (True, False, True):
        stepper.advance(Arrivals(tone(0), addressed=held))
    with pytest.raises(Aborted):
        stepper.advance(Arrivals(tone(0), typed=Words("text", "crash"), addressed=True))
    asked = Arrivals(tone(0), typed=Words("text", "addressed"))
    assert told(stepper.advance(asked).out) == "1010"


def told(out: OutputTurn) -> str:
    return str(out.acts[0].arguments["turns"])


def closed(client: Wire, engine: ScriptedEngine) -> str:
    """What a session that is over was told of each of its micro-turns."""
    client.send("session.close")
    client.rest()
    return engine.sessions[0].state.addressed


def test_gpt_live_tells_the_model_who_is_meant() -> None:
    """The event is obeyed from its place in the sound on, and is among the capabilities."""
    engine = ScriptedEngine()
    with serving(engine, behind_turns=50) as server, wire(server, START) as client:
        assert "aside.addressed" in client.until("aside.capabilities")["client_events"]
        for addressed in (None, False, None, True, False, None):
            if addressed is not None:
                client.send("aside.addressed", addressed=addressed)
            client.hear(tone(0))
        # The micro-turn in which it changes was held for a part of it, except the first of all.
        assert closed(client, engine) == "100110"


def test_realtime_tells_it_too() -> None:
    """The same event means the same there, where sound comes at 24 kHz."""
    engine = ScriptedEngine()
    with serving(engine, behind_turns=50) as server, realtime_wire(server) as client:
        for addressed in (False, True):
            client.send("aside.addressed", addressed=addressed)
            for _ in range(4):
                client.send("input_audio_buffer.append", audio=pcm(tone(0, 4800)))
        assert eventually(lambda: len(engine.sessions[0].state.addressed) == 7)
    # The resampler holds back a little of the sound, so the key is early by as much.
    assert engine.sessions[0].state.addressed == "0001111"


def test_without_extensions_it_is_refused() -> None:
    """A stock client has no such event, and is taken to be talking to the model all the time."""
    plain = {key: value for key, value in START.items() if key != "aside"}
    engine = ScriptedEngine()
    with serving(engine) as server, wire(server, plain) as client:
        client.send("aside.addressed", addressed=False)
        assert client.until("error")["error"]["code"] == "extensions_not_requested"
        client.turns(3)
    assert engine.sessions[0].state.addressed == "111"


def test_it_outlives_a_lost_connection() -> None:
    """Who comes back to a session need not say again whether the key is down."""
    engine = ScriptedEngine()
    with serving(engine, behind_turns=50) as server:
        with wire(server, KEPT) as client:
            session = client.seen[-1]["session"]["id"]
            client.send("aside.addressed", addressed=False)
            client.turns(2)
            cut(client)
        with back(server, session, number(client.seen[-1])) as again:
            again.until("aside.session.resumed")
            again.turns(2)
            assert closed(again, engine) == "0000"


def test_our_client_tells_it_with_the_sound() -> None:
    """What rides on the sound is told when it changes, even while the connection is away."""
    engine = ScriptedEngine()
    sounds = [Sound(tone(0), on) for on in (False, False, True, True, False, False)]

    async def talk(client: LiveClient, event: SessionEvent) -> None:
        if isinstance(event, Started):
            for sound in sounds[:3]:
                await client.write(sound)
            client.pull_the_cable()
            for sound in sounds[3:]:
                await client.write(sound)
            await client.close()

    with serving(engine, behind_turns=50) as server:
        converse(server, talk, Opening(keep_s=20))
    # The micro-turn in which it changes back counts as a whole. While the cable is out a busy
    # server may let a micro-turn of silence pass, with the key as it was.
    told = engine.sessions[0].state.addressed
    assert re.fullmatch("0{2,}1{3,}0+", told), told
