"""The transcript puts words together as people read them: both sides, side by side."""

from __future__ import annotations

from engine.replay.events import Event
from engine.replay.transcript import Row, Transcript


def word(side: str, time_s: float, text: str) -> Event:
    return Event(round(time_s * 5) - 1, time_s, side, {"text": text})  # type: ignore[arg-type]


def rows(*events: Event) -> list[dict[str, str]]:
    transcript = Transcript()
    for event in events:
        transcript.event(event)
    return [texts(row) for row in transcript.rest()]


def texts(row: Row) -> dict[str, str]:
    return {side: passage.text for side, passage in row.sides.items()}


def test_words_close_in_time_are_one_passage() -> None:
    """Words of one side within a second of each other are read as one."""
    heard = [word("heard", t, w) for t, w in ((0.4, "two"), (0.8, "plus"), (1.6, "two"))]
    assert rows(*heard) == [{"user": "two plus two"}]


def test_a_pause_begins_a_new_row() -> None:
    """After more than a second a side's words are a new passage."""
    assert rows(word("heard", 0.4, "one"), word("heard", 2.0, "two")) == [
        {"user": "one"},
        {"user": "two"},
    ]


def test_talking_at_once_stands_side_by_side() -> None:
    """What Aside says while the user talks stands beside it, and both go on growing."""
    assert rows(
        word("heard", 0.4, "say"), word("say", 0.6, "beep"), word("heard", 0.8, "that"),
        word("say", 1.0, "beep"),
    ) == [{"user": "say that", "aside": "beep beep"}]  # fmt: skip


def test_an_answer_after_a_pause_stands_below() -> None:
    """What comes after the other side has ended is a row of its own."""
    assert rows(word("heard", 0.4, "hello"), word("say", 2.0, "hello")) == [
        {"user": "hello"},
        {"aside": "hello"},
    ]


def test_no_row_changes_after_it_was_handed_out() -> None:
    """A row is settled once nothing can join it, and is handed out once."""
    transcript = Transcript()
    transcript.event(word("heard", 0.4, "one"))
    assert transcript.settled(1.0) == []
    transcript.event(word("heard", 1.2, "two"))
    assert [texts(row) for row in transcript.settled(2.4)] == [{"user": "one two"}]
    assert transcript.settled(3.0) == []
    assert transcript.rest() == []


def test_nothing_said_is_lost() -> None:
    """Every word is in exactly one passage, in order, however both sides interleave."""
    said = [
        word("heard" if n % 3 else "say", round(0.2 * (n + 1) + (n // 7), 1), f"w{n}")
        for n in range(60)
    ]
    transcript, out = Transcript(), []
    for event in said:
        transcript.event(event)
        out += transcript.settled(event.time_s)
    out += transcript.rest()
    for side, stream in (("user", "heard"), ("aside", "say")):
        expected = [e.details["text"] for e in said if e.stream == stream]
        found = [w for row in out if side in row.sides for w in row.sides[side].text.split()]  # type: ignore[index]
        assert found == expected
