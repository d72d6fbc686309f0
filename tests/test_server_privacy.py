"""What is said stays between client and engine: no log ever has a word of it."""

from __future__ import annotations

import logging

import pytest

from engine.microturn import InputTurn, OutputTurn
from tests.scripted import ScriptedEngine, ScriptedSession, tone
from tests.serving import START, serving, wire

pytestmark = pytest.mark.timeout(30)
SECRET = "xylophone"


class Quoting(ScriptedSession):
    """Fails once with the conversation in its message, as careless engines do."""

    def step(self, turn: InputTurn) -> OutputTurn:
        if turn.index == 2:
            raise ValueError(f"could not say {turn.text or SECRET}")
        return super().step(turn)


def test_no_word_of_a_conversation_is_logged(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """With every logger at DEBUG, texts, transcripts, acts, errors and refusals stay out."""
    engine = ScriptedEngine()
    engine.session = lambda seed=0: Quoting(seed)  # type: ignore[method-assign]
    with caplog.at_level(logging.DEBUG), serving(engine) as server:
        with wire(server, {**START, "instructions": SECRET}) as client:
            client.send("aside.input_text.append", text=f"delegate {SECRET}")
            client.send("session.commentary.append", content=SECRET, delegation_id=None)
            client.send("aside.input_text.append", text={SECRET: SECRET})
            client.send("session.thinking.append", content=SECRET, delegation_id=SECRET)
            client.socket.send(SECRET)
            for _ in range(6):
                client.hear(tone(440))
            client.rest()
        kinds = {event["type"] for event in client.seen}
    ours = [record for record in caplog.records if record.name.startswith(("engine", "aside"))]
    assert {"session.delegation.created", "error", "session.output_transcript.delta"} <= kinds
    assert any("ValueError" in record.getMessage() for record in ours)
    for record in ours:
        assert SECRET not in record.getMessage()
        assert SECRET not in str(record.exc_info)
    output = capfd.readouterr()
    assert SECRET not in output.out + output.err


def test_the_token_is_not_shown_by_accident() -> None:
    """Printing the settings of a server does not print its token."""
    with serving() as server:
        assert server.settings.token not in repr(server.settings)
