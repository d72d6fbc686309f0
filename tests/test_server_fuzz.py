"""Hostile frames cost their sender an error, or its own connection, and nobody else anything."""

from __future__ import annotations

import json
import logging
import random
import subprocess
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.server import intake
from engine.server import wire as protocol
from engine.server.wire import WireError
from tests import fuzz
from tests.fuzz_assaults import ASSAULTS
from tests.scripted import ScriptedEngine, tone
from tests.serving import START, alive, pcm, realtime_wire, serving, wire

pytestmark = pytest.mark.timeout(60)

GARBAGE = [
    "",
    "{",
    "null",
    "[]",
    "3",
    '"session.start"',
    "{}",
    '{"type": null}',
    '{"type": "nothing"}',
    '{"type": ["session.close"]}',
    '{"type": "session.input_audio.append"}',
    '{"type": "session.input_audio.append", "audio": 3}',
    '{"type": "session.input_audio.append", "audio": "%%%"}',
    '{"type": "session.input_audio.append", "audio": "AAA="}AAA',
    '{"type": "session.input_audio.append", "audio": "AA=="}',
    '{"type": "session.input_audio.append", "audio": "\\u00e9"}',
    '{"type": "session.thinking.append", "content": "a"}',
    '{"type": "session.thinking.append", "content": "", "delegation_id": null}',
    '{"type": "session.thinking.append", "content": "a", "delegation_id": "none"}',
    '{"type": "session.thinking.append", "content": "a", "delegation_id": "delegation_1"}',
    '{"type": "session.thinking.append", "content": "\\ud800", "delegation_id": null}',
    '{"type": "aside.input_text.append", "text": {"a": 1}}',
    '{"type": "aside.input_video.append", "source": "sky", "image": ""}',
    '{"type": "aside.input_video.append", "source": "screen", "image": "AAAA"}',
    '{"type": "aside.addressed", "addressed": 1}',
    '{"type": "aside.addressed"}',
    '{"type": "session.update", "session": {"model": "other"}}',
    '{"type": "session.close", "extra": 1}',
    '{"type": "session.start", "session": {"model": "again"}}',
    "[" * 100_000,
    '{"a":' * 100_000,
    '{"type": "session.close", "event_id": ' + "9" * 5000 + "}",
    '{"type": "aside.input_text.append", "text": "' + "x" * 9000 + '"}',
]


@pytest.mark.parametrize("frame", GARBAGE, ids=range(len(GARBAGE)))
def test_a_bad_frame_is_an_error_and_the_session_lives(frame: str) -> None:
    """Whatever comes instead of an event is answered by `error`, and talk goes on."""
    with serving() as server, wire(server, START) as client:
        client.socket.send(frame)
        error = client.until("error")["error"]
        assert error["type"] == "invalid_request_error"
        assert len(error["message"]) < 300
        alive(client)


def mutated(event: dict[str, Any], dice: random.Random) -> str | bytes:
    """An event with something wrong in it, or, by luck, nothing."""
    odd = [None, 0, -1, 1e300, True, "", "x" * 300, [], {}, {"a": []}, "\u0000", "\U0001f600"]
    field = dice.choice([*event, "extra"])
    changed = {**event, field: dice.choice(odd)}
    text = json.dumps(changed)
    match dice.randrange(4):
        case 0:
            cut = dice.randrange(len(text))
            return text[:cut] + text[cut + 1 :]
        case 1:
            return text.encode()
        case 2:
            at = dice.randrange(len(text))
            return text[:at] + chr(dice.randrange(32, 0x2FFF)) + text[at:]
    return text


def test_a_thousand_mutations_break_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Random damage to real events: each is obeyed or refused, none reaches a traceback."""
    dice = random.Random(7)
    events: list[dict[str, Any]] = [
        {"type": "session.input_audio.append", "audio": pcm(tone(300, 64))},
        {"type": "session.input_audio.mute", "event_id": "m"},
        {"type": "session.commentary.append", "content": "a b", "delegation_id": None},
        {"type": "session.update", "session": {"delegation": {"type": "client"}}},
        {"type": "aside.input_text.append", "text": "words"},
        {"type": "aside.input_video.append", "source": "camera", "image": "/9j/4AAQ"},
        {"type": "aside.addressed", "addressed": True},
    ]
    with (
        caplog.at_level(logging.ERROR),
        serving(max_errors_in_a_row=10_000, outbox_events=4096) as server,
        wire(server, START) as client,
    ):
        for _ in range(1000):
            client.socket.send(mutated(dice.choice(events), dice))
        client.send("session.input_audio.unmute", event_id="last")
        client.until("session.input_audio.unmuted", client_event_id="last")
        errors = [event for event in client.seen if event["type"] == "error"]
        assert len(errors) > 300
        assert {error["error"]["code"] for error in errors} <= KNOWN_CODES
        client.turns(2)
    assert not caplog.records


def test_realtime_survives_them_too(caplog: pytest.LogCaptureFixture) -> None:
    """The same damage to the other protocol's events: obeyed or refused, and talk goes on."""
    dice = random.Random(13)
    message = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "a"}]}
    events: list[dict[str, Any]] = [
        {"type": "input_audio_buffer.append", "audio": pcm(tone(300, 64))},
        {"type": "conversation.item.create", "item": message},
        {"type": "session.update", "session": {"type": "realtime", "output_modalities": ["text"]}},
        {"type": "conversation.item.truncate", "item_id": "a", "content_index": 0,
         "audio_end_ms": 3},
        {"type": "response.create", "response": {"metadata": {"a": "b"}}},
        {"type": "response.cancel"},
        {"type": "aside.addressed", "addressed": False},
        {"type": "aside.playback.ack", "generation": 1, "played_ms": 10, "stopped": True},
    ]  # fmt: skip
    with (
        caplog.at_level(logging.ERROR),
        serving(max_errors_in_a_row=10_000, outbox_events=8192, pending_texts=1000) as server,
        realtime_wire(server) as client,
    ):
        for _ in range(1000):
            client.socket.send(mutated(dice.choice(events), dice))
        client.send("conversation.item.retrieve", item_id="none", event_id="last")
        while client.until("error")["error"]["event_id"] != "last":
            pass
        errors = [event for event in client.seen if event["type"] == "error"]
        assert len(errors) > 300
        assert {error["error"]["code"] for error in errors} <= KNOWN_CODES
    assert not caplog.records


KNOWN_CODES = {
    "invalid_frame", "invalid_json", "invalid_value", "invalid_audio", "invalid_image",
    "unknown_event", "unknown_parameter", "missing_required_parameter", "unknown_delegation",
    "too_much_pending", "unknown_generation", "item_not_found", "response_cancel_not_active",
    "conversation_already_has_active_response",
}  # fmt: skip


def test_the_parser_raises_nothing_else() -> None:
    """Random text is never anything but WireError to the parser."""
    dice = random.Random(11)
    alphabet = '{}[]":,\\ntfu0e-.' + "type session.start" + "\u0000\ud7ff\ue000\U0010ffff"
    for _ in range(3000):
        text = "".join(dice.choices(alphabet, k=dice.randrange(60)))
        with pytest.raises(WireError):
            protocol.parse(text)


def test_a_client_of_nothing_but_garbage_is_shown_the_door() -> None:
    """After so many errors in a row the connection ends, in order, with a reason."""
    with serving(max_errors_in_a_row=8) as server, wire(server, START) as client:
        for _ in range(8):
            client.socket.send("garbage")
        seen = client.rest()
        assert [e["type"] for e in seen].count("error") == 8
        assert seen[-1]["reason"] == "connection_lost"


def test_a_frame_over_the_limit_ends_its_connection_only() -> None:
    """A frame larger than the limit is not even read; the neighbour talks on."""
    with (
        serving(max_message_bytes=10_000) as server,
        wire(server, START) as neighbour,
        wire(server, START) as client,
    ):
        client.socket.send("x" * 100_000)
        client.rest()
        assert client.socket.close_code == 1009
        alive(neighbour)


def test_more_sound_than_allowed_in_one_event_is_refused() -> None:
    """Ten seconds at once are the most; the error says so and nothing of it is heard."""
    with serving() as server, wire(server, START) as client:
        client.hear(np.zeros(16_000 * 11, np.float32))
        assert client.until("error")["error"]["code"] == "invalid_audio"
        alive(client)


def test_texts_do_not_pile_up() -> None:
    """With no sound to carry them, texts wait in bounds and the next one is refused."""
    with serving(pending_texts=5) as server, wire(server, START) as client:
        for _ in range(6):
            client.send("aside.input_text.append", text="w", event_id="x")
        refused = client.until("error")["error"]
        assert (refused["code"], refused["client_event_id"]) == ("too_much_pending", "x")


def test_clocks_that_are_wrong_end_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on, a day back: sessions go by the sound that comes, whatever a clock says."""
    with serving() as server, wire(server, START) as client:
        client.turns(2)
        now = time.time
        for skew_s in (86_400.0, -86_400.0):
            monkeypatch.setattr(time, "time", lambda skew_s=skew_s: now() + skew_s)
            alive(client)
            with wire(server, START) as late:
                alive(late)
        client.send("session.close")
        assert client.rest()[-1]["usage"] == {"seconds": 0.8}


def test_a_client_whose_clock_is_fast_is_told() -> None:
    """Sound that comes quicker than it can be taken in is dropped from its old end, and said so;
    sound that comes slowly is waited for. Time is what was taken in, and nothing else."""
    slow = ScriptedEngine(step_s=0.05)
    with serving(slow, behind_turns=2) as server, wire(server, START) as client:
        for _ in range(12):
            client.hear(tone(440))
        client.send("session.close")
        ended = client.rest()[-1]["usage"]["seconds"]
        dropped = [e for e in client.seen if e["type"] == "aside.state"][-1]["dropped_ms"]
        assert dropped > 0
        assert round(ended + dropped / 1000, 3) == 2.4


def of_this_commit() -> int:
    """A seed that is another one for each change, and the same wherever that is tried."""
    asked = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=8", "HEAD"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    return int(told.stdout, 16) if told.returncode == 0 else 3


@pytest.mark.timeout(150)
def test_a_minute_of_every_assault_there_is() -> None:
    """All kinds that the fuzz runner knows, again and again: it finds nothing. An hour of it, by
    hand: `python -m tests.fuzz --seconds 3600`."""
    report = fuzz.run(seed=of_this_commit(), first=0, rounds=None, seconds=60, only=None)
    assert report.findings == []
    assert set(report.rounds) == set(ASSAULTS)


def test_the_runner_finds_what_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an error planted in the server it reports the round, and that round finds it again."""

    def forgetful(mark: Any, _event_id: Any) -> list[Any]:
        raise KeyError("planted")

    monkeypatch.setattr(intake, "_riding", forgetful)
    arguments = ["--seed", "5", "--rounds", "1", "--only", "sound"]
    assert fuzz.main(arguments) == 1
    found = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (found["kind"], found["round"]) == ("sound", 0)
    assert "--seed 5 --from 0 --rounds 1" in found["again"]
    assert fuzz.main([*arguments, "--from", "0"]) == 1


def test_extensions_need_asking() -> None:
    """Without `aside` in session.start ours are refused, and none are sent."""
    plain = {key: value for key, value in START.items() if key != "aside"}
    with serving() as server, wire(server, plain) as client:
        client.send("aside.input_text.append", text="act wave")
        assert client.until("error")["error"]["code"] == "extensions_not_requested"
        client.send("session.instructions.append", content="act wave", delegation_id=None)
        client.turns(2)
        client.send("session.close")
        assert not [e for e in client.rest() if "aside" in e["type"] or "aside" in e]
