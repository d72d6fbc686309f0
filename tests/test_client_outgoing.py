"""Words survive an engine; sound and pictures are of the moment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.client.events import Appended, DelegationEvent, Error
from engine.client.items import Hush, Item, Mute, Picture, Sound, Tracked, Words, pieces
from engine.client.outgoing import MAX_SOUNDS, MAX_WORDS, Outgoing
from engine.microturn import Update
from tests.scripted import tone

pytestmark = pytest.mark.timeout(10)


def drained(outgoing: Outgoing) -> list[Item]:
    """All that can be sent now."""
    return list(iter(outgoing.take, None))


def kinds(items: list[Item]) -> list[type]:
    return [type(item) for item in items]


def words(items: list[Item]) -> list[Words]:
    assert all(isinstance(item, Words) for item in items)
    return [item for item in items if isinstance(item, Words)]


def test_words_typed_without_an_engine_reach_the_next() -> None:
    """Text waits for a session; sound and pictures of that time do not."""
    outgoing = Outgoing()
    outgoing.say("hello")
    outgoing.hear(tone(440))
    outgoing.see("camera", b"old")
    outgoing.begin(sees=True)
    assert [item.said for item in words(drained(outgoing))] == ["hello"]


def test_unconfirmed_words_go_again_once() -> None:
    """What a lost session did not confirm is sent to the next, not to a third, and that is told."""
    outgoing = Outgoing()
    outgoing.say("kept")
    outgoing.say("confirmed")
    outgoing.begin(sees=True)
    first = words(drained(outgoing))
    outgoing.notice(Appended("text", 0, first[1].id))
    assert outgoing.end() == []
    outgoing.begin(sees=True)
    assert [item.said for item in words(drained(outgoing))] == ["kept"]
    assert [type(error) for error in outgoing.end()] == [Error]
    outgoing.begin(sees=True)
    assert drained(outgoing) == []


def test_what_arrived_is_told_by_its_own_name() -> None:
    """Also where an earlier one was given up or refused: which is which does not shift."""
    outgoing = Outgoing()
    for name in ("lost", "refused", "taken"):
        outgoing.say(Tracked("commentary", f"{name} and told", None, name))
    outgoing.begin(sees=True)
    lost = words(drained(outgoing))[0]
    outgoing.end()
    outgoing.begin(sees=True)
    _, refused, taken = words(drained(outgoing))
    refusal = Error("invalid_value", "", refused.id)
    assert outgoing.notice(refusal) == refusal
    appended = Appended("commentary", 3, taken.id)
    assert outgoing.notice(appended) == replace(appended, key="taken")
    assert [error.client_event_id for error in outgoing.end()] == [lost.id]


def test_refused_words_are_not_sent_again() -> None:
    """An error about a text is an answer to it."""
    outgoing = Outgoing()
    outgoing.begin(sees=True)
    outgoing.say("too long")
    sent = words(drained(outgoing))
    outgoing.notice(Error("invalid_value", "", sent[0].id))
    outgoing.end()
    outgoing.begin(sees=True)
    assert drained(outgoing) == []


def test_order_is_kept_across_sessions() -> None:
    """What waits longest goes first, whether it was sent before or not."""
    outgoing = Outgoing()
    outgoing.begin(sees=True)
    outgoing.say("one")
    outgoing.say("two")
    drained(outgoing)
    outgoing.say("three")
    outgoing.end()
    outgoing.begin(sees=True)
    assert [item.said for item in words(drained(outgoing))] == ["one", "two", "three"]


def test_a_result_outlives_its_delegation() -> None:
    """In the session that delegated a result names it; in the next it is told without a name."""
    outgoing = Outgoing()
    outgoing.begin(sees=True)
    outgoing.notice(DelegationEvent("d1", 0))
    outgoing.say(Update("commentary", "done", "d1"))
    assert words(drained(outgoing))[0].said == Update("commentary", "done", "d1")
    outgoing.end()
    outgoing.begin(sees=True)
    again = words(drained(outgoing))
    assert [item.said for item in again] == [Update("commentary", "done", None)]


def test_only_the_last_piece_of_an_update_is_complete() -> None:
    """So that who asks for an answer asks once, when all of it is there."""
    outgoing = Outgoing()
    outgoing.begin(sees=True)
    outgoing.say(Update("commentary", "word " * 300))
    outgoing.say("typed")
    assert [item.more for item in words(drained(outgoing))] == [True] * 3 + [False] * 2


def test_mute_holds_across_sessions() -> None:
    """A muted user stays muted when the engine restarts, before any sound is sent."""
    outgoing = Outgoing()
    outgoing.begin(sees=True)
    outgoing.mute(True)
    assert drained(outgoing) == [Mute(True)]
    outgoing.end()
    outgoing.begin(sees=True)
    outgoing.hear(tone(440))
    assert kinds(drained(outgoing)) == [Mute, Sound]
    outgoing.mute(False)
    outgoing.end()
    outgoing.begin(sees=True)
    assert Mute not in kinds(drained(outgoing))


def test_a_hush_is_of_its_session_alone() -> None:
    """It goes before the words that wait, and never to a session that did not speak."""
    outgoing = Outgoing()
    outgoing.hush(3, 100)
    outgoing.begin(sees=True)
    assert drained(outgoing) == []
    outgoing.say("hello")
    outgoing.hush(1, 250)
    assert kinds(drained(outgoing)) == [Hush, Words]
    outgoing.hush(1, 250)
    outgoing.end()
    outgoing.begin(sees=True)
    assert Hush not in kinds(drained(outgoing))


def test_who_is_meant_rides_on_the_sound() -> None:
    """Nothing is claimed before the app says so; then it is so for every sound, a moment between
    two sounds counts, and it holds across sessions."""
    outgoing = Outgoing()

    def told(*states: bool) -> bool | None:
        for on in states:
            outgoing.address(on)
        outgoing.hear(tone(440))
        (sound,) = drained(outgoing)
        assert isinstance(sound, Sound)
        return sound.addressed

    outgoing.begin(sees=True)
    assert told() is None
    assert told(False) is False
    assert told(True) is True
    assert told() is True
    assert told(False) is False
    assert told(True, False) is True
    assert told() is False
    outgoing.address(True)
    outgoing.end()
    outgoing.begin(sees=True)
    assert told() is True


def test_every_queue_is_bounded() -> None:
    """A stalled connection costs a bounded amount: the newest sound, the newest pictures."""
    outgoing = Outgoing()
    outgoing.begin(sees=True)
    for number in range(10 * MAX_SOUNDS):
        outgoing.hear(np.full(10, number / 1000, np.float32))
        outgoing.see("screen", bytes([number % 256]))
    refusals = [outgoing.say("w") for _ in range(MAX_WORDS + 10)]
    assert sum(refusal is not None for refusal in refusals) == 10
    sent = drained(outgoing)
    sounds = [item for item in sent if isinstance(item, Sound)]
    assert len(sounds) == MAX_SOUNDS
    assert sounds[-1].samples[0] == np.float32((10 * MAX_SOUNDS - 1) / 1000)
    assert len([item for item in sent if isinstance(item, Picture)]) == 1


def test_words_overtake_sound() -> None:
    """A text goes out before the sound that completes the micro-turn it belongs to."""
    outgoing = Outgoing()
    outgoing.begin(sees=True)
    outgoing.hear(tone(440))
    outgoing.see("camera", b"picture")
    outgoing.say("now")
    assert kinds(drained(outgoing)) == [Words, Picture, Sound]


@pytest.mark.parametrize("text", ["", "short", "word " * 300, "\u00e9\u4e2d" * 700, "a" * 2000])
def test_a_long_update_goes_in_pieces(text: str) -> None:
    """No piece can be over 500 tokens, none cuts a character, and together they are the whole."""
    parts = pieces(Update("commentary", text, "d"))
    assert all(len(part.text.encode()) <= 480 and part.delegation_id == "d" for part in parts)
    assert "".join(part.text for part in parts).replace(" ", "") == text.replace(" ", "")
    outgoing = Outgoing()
    outgoing.begin(sees=True)
    outgoing.say(Update("commentary", text))
    assert len({item.id for item in words(drained(outgoing))}) == len(parts)
