"""A replay has a background too: what is delegated in it comes back in it, and onto its tape."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from engine.background.endpoint import Endpoint
from engine.background.work import NO_MIND
from engine.microturn import Act, InputTurn, OutputTurn
from engine.replay import performance
from engine.replay.beside import Background
from engine.replay.command import main
from engine.replay.session import Tail
from tests.desktop import eventually
from tests.mind_server import Asked, Reply, mind_server, refuses, says
from tests.scripted import load, tone

pytestmark = pytest.mark.timeout(60)


def replayed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main([*arguments, "--json"], load) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def said(events: list[dict[str, Any]]) -> str:
    return " ".join(event["text"] for event in events if event["stream"] == "say")


def test_what_a_replay_delegates_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    """The scripted mind's answer is an update of the session, and the session says it."""
    with mind_server(says("It will rain today.\n\nSays the forecast.")) as server:
        events = replayed(capsys, "--text", "0.0:delegate the weather", "--mind", server.url)
    assert "The request: the weather" in server.asked[0].texts
    updates = [(e["kind"], e["text"]) for e in events if e["stream"] == "update"]
    assert updates == [("commentary", "It will rain today."), ("thinking", "Says the forecast.")]
    assert said(events) == "It will rain today."


def test_the_talk_goes_on_meanwhile(capsys: pytest.CaptureFixture[str]) -> None:
    """While the mind thinks, what is typed is answered; its result comes when it comes."""
    slow = Reply([1.5, *says("It will rain today.").steps])
    with mind_server(slow) as server:
        events = replayed(
            capsys, "--mind", server.url,
            "--text", "0.0:delegate the weather", "--text", "0.4:hello",
        )  # fmt: skip
    assert said(events) == "hello It will rain today."
    times = {e["text"]: e["time_s"] for e in events if e["stream"] == "say"}
    assert times["hello"] <= 0.8
    assert times["It"] >= 1.5


def test_the_tape_needs_no_background(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Replaying its tape gives the same events and asks nobody."""
    tape = str(tmp_path / "tape")
    with mind_server(says("It will rain today.")) as server:
        arguments = ["--text", "0.0:delegate the weather", "--mind", server.url, "--out", tape]
        assert main(arguments, load) == 0
        assert main([tape, "--check", "--mind", server.url], load) == 0
        assert len(server.asked) == 1
    assert "the same" in capsys.readouterr().err


def test_the_mind_gets_the_conversation_up_to_then(capsys: pytest.CaptureFixture[str]) -> None:
    """Words of both sides are with the request, with their times in the stream."""
    with mind_server(says("It is so.")) as server:
        replayed(capsys, "--mind", server.url, "--text", "0.0:hello", "--text", "4.0:delegate it")
    assert "4 s ago, Aside: hello" in server.asked[0].texts
    assert "4 s ago, user, typed: hello" in server.asked[0].texts


def test_without_a_mind_a_replay_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """With none, the session is told in one sentence; its own acts are done all the same."""
    events = replayed(capsys, "--mind", "none", "--text", "0.0:delegate the weather")
    assert said(events) == NO_MIND
    events = replayed(capsys, "--mind", "none", "--text", "0.0:act clock")
    assert re.fullmatch(r"It is \d\d:\d\d\.", said(events))


def test_an_address_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be a mind's address ends the replay before it begins."""
    assert main(["--text", "0.0:hello", "--mind", "gopher://x"], load) == 1
    assert "--mind" in capsys.readouterr().err


def test_a_mind_that_cannot_hear_gets_what_was_understood() -> None:
    """Nobody can be asked in a replay, so it goes on with the session's own words."""

    def deaf(asked: Asked) -> Reply:
        return refuses(400, "no audio") if "input_audio" in asked.texts else says("It is dry.")

    with mind_server(deaf) as server, Background(lambda: Endpoint(server.url, "deaf")) as beside:
        given = InputTurn(0, tone(440))
        delegating = OutputTurn(0, heard="weather", acts=(Act("delegate", {"text": "weather"}),))
        beside.after(given, delegating)
        eventually(lambda: not beside._agent.busy, within_s=40)
        told = beside.before(InputTurn(1, tone(440))).updates
    assert [update.text for update in told] == ["It is dry."]
    assert "The request: weather" in server.asked[-1].texts


def test_a_mind_that_never_answers_ends_no_later_than_the_tail(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A replay does not wait for ever: its tail has an end."""
    monkeypatch.setattr(performance, "Tail", partial(Tail, limit_turns=10))

    def silent(_asked: Asked) -> Reply:
        return Reply([], before_s=30.0)

    with mind_server(silent) as server:
        events = replayed(capsys, "--text", "0.0:delegate it", "--mind", server.url)
    assert said(events) == ""
