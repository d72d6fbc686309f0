"""The real model behind the wire is the same model: the wire adds nothing and loses nothing."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import numpy as np
import pytest
from openai import AsyncOpenAI

from engine import runtime
from engine.microturn import TURN_SAMPLES, Engine, InputTurn, OutputTurn, Update
from engine.server.inbox import Arrivals, Words
from engine.server.server import Server
from engine.server.sound import decode_pcm16, encode_pcm16
from engine.server.unit import Aborted, Stepper
from tests import untrained
from tests.scripted import tone
from tests.serving import serving, unpcm

pytestmark = pytest.mark.timeout(120)
TURNS = 10
HELD = range(7, 9)  # micro-turns on which the key to talk is down
TYPED = "say beep when I say operator"
TOLD = Update("commentary", "the answer is forty two")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Of random weights with which it hears, says, does and speaks, and always the same."""
    return runtime.load(untrained.folder(tmp_path_factory.mktemp("model")))


def tape() -> np.ndarray:
    """Two seconds of something with structure, as the wire carries it: (10, 3200)."""
    dice = np.random.default_rng(5)
    noise = dice.normal(0, 0.02, TURNS * TURN_SAMPLES).astype(np.float32)
    wave = noise + tone(180, len(noise)) * (np.arange(len(noise)) % 6000 < 3000)
    return decode_pcm16(encode_pcm16(wave), 16_000).reshape(TURNS, TURN_SAMPLES)


def directly(engine: Engine, seed: int) -> list[OutputTurn]:
    """The session stepped without a wire."""
    session = engine.session(seed)
    outs = [session.step(InputTurn(0, tape()[0], text=TYPED, updates=(TOLD,)))]
    for index, audio in enumerate(tape()[1:], 1):
        outs.append(session.step(InputTurn(index, audio, addressed=index in HELD)))
    return outs


async def _over_the_wire(server: Server, seed: int) -> list[Any]:
    url = server.url.replace("ws:", "http:")
    async with AsyncOpenAI(base_url=url, api_key=server.settings.token).live.connect() as stock:
        session: Any = {
            "model": "nano",
            "instructions": TYPED,
            "audio": {"format": {"type": "audio/pcm", "rate": 16000}},
            "aside": {"seed": seed},
        }
        await stock.session.start(session=session)
        await stock.session.commentary.append(content=TOLD.text, delegation_id=None)
        for index, audio in enumerate(tape()):
            # It goes up on the last of them, which was held for a part of its time.
            key = {"type": "aside.addressed", "addressed": HELD[0] <= index < HELD[-1]}
            await stock.send_raw(json.dumps(key))
            await stock.session.input_audio.append(audio=encode_pcm16(audio))
        await stock.session.close()
        return [event async for event in stock]


def over_the_wire(engine: Engine, seed: int) -> list[Any]:
    with serving(engine, behind_turns=TURNS, unit_s=60) as server:
        return asyncio.run(_over_the_wire(server, seed))


def words(events: list[Any], stream: str) -> list[tuple[int, str]]:
    """(start_ms, text) of each fragment of a transcript."""
    kind = f"session.{stream}_transcript.delta"
    return [(event.start_ms, event.delta.strip()) for event in events if event.type == kind]


def acts(events: list[Any]) -> list[tuple[int, str, Any]]:
    """(micro-turn, name, arguments) of each act, delegations among them."""
    found = []
    for event in events:
        if event.type == "aside.act":
            found.append((event.turn, event.name, event.arguments))
        elif event.type == "session.delegation.created":
            found.append((event.aside["turn"], "delegate", event.aside["arguments"]))
    return found


@pytest.mark.parametrize("seed", [0, 7])
def test_the_wire_tells_what_the_session_did(engine: Engine, seed: int) -> None:
    """Same seed, same tape: the stock client gets the words, acts and sound of a direct session."""
    outs, events = directly(engine, seed), over_the_wire(engine, seed)
    assert not [event for event in events if event.type in ("error", "info")]
    assert words(events, "input") == [(200 * o.index, o.heard) for o in outs if o.heard]
    assert words(events, "output") == [(200 * o.index + 200, o.say) for o in outs if o.say]
    assert acts(events) == [(o.index, a.name, dict(a.arguments)) for o in outs for a in o.acts]
    sounding = [o for o in outs if o.audio is not None]
    heard = [event for event in events if event.type == "session.output_audio.delta"]
    marks = [(event.aside["turn"], event.aside["generation"]) for event in heard]
    assert marks == [(o.index, o.generation) for o in sounding]
    for event, out in zip(heard, sounding, strict=True):
        assert out.audio is not None
        assert np.array_equal(unpcm(event.delta), decode_pcm16(encode_pcm16(out.audio), 16_000))
    assert events[-1].usage.seconds == pytest.approx(TURNS * 0.2)


def test_something_was_compared(engine: Engine) -> None:
    """The tape makes the model do all of it: else a part of the law above would be empty."""
    for seed in (0, 7):
        outs = directly(engine, seed)
        assert any(out.heard for out in outs)
        assert any(out.say for out in outs)
        assert any(out.acts for out in outs)
        assert any(out.audio is not None for out in outs)


def test_an_abort_leaves_no_trace_in_the_model(engine: Engine) -> None:
    """A step of the real model that fails at its very end changes nothing that follows."""
    shaken = engine.session(3)
    step, fail = shaken.step, [False]

    def failing(turn: InputTurn) -> OutputTurn:
        out = step(turn)
        if fail.pop():
            raise MemoryError
        return out

    shaken.step = failing  # type: ignore[method-assign]
    stepper, told = Stepper(shaken), []
    for index, audio in enumerate(tape()):
        words = Words("text", TYPED) if index == 0 else None
        fail[:] = [False] * 2 * TURNS + [index == 8]
        if index == 8:
            with pytest.raises(Aborted):
                stepper.advance(Arrivals(audio, typed=words))
        told.append(stepper.advance(Arrivals(audio, typed=words)).out)
    clean = engine.session(3)
    for index, (audio, out) in enumerate(zip(tape(), told, strict=True)):
        text = TYPED if index == 0 else ""
        assert_same(clean.step(InputTurn(index, audio, text=text)), out)


def assert_same(one: OutputTurn, other: OutputTurn) -> None:
    assert (one.heard, one.say, one.acts) == (other.heard, other.say, other.acts)
    assert (one.speaking, one.generation) == (other.speaking, other.generation)
    assert np.array_equal(
        one.audio if one.audio is not None else [], other.audio if other.audio is not None else []
    )
