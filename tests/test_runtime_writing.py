"""The grammar of a micro-turn's text holds for whatever the model would like."""

from __future__ import annotations

import numpy as np
import pytest

from engine.model.config import Stream
from engine.model.tokenizer import ACT, CONTROLS, END, QUIET, SAY, SPEAK
from engine.runtime.writing import MARKS, Writing

pytestmark = pytest.mark.timeout(30)
WORD = 300


def written(chance: np.random.Generator, acting: bool) -> tuple[list[int], list[int], Writing]:
    """The tokens of one micro-turn of random wishes, and the stream of each before the end."""
    writing, tokens, streams = Writing(8, acting), [], []
    while True:
        wishes = chance.standard_normal(400)
        wishes[: len(CONTROLS)] += chance.uniform(0, 4)
        tokens.append(writing.choose(wishes.astype(np.float32)))
        if tokens[-1] in (QUIET, SPEAK):
            return tokens, streams, writing
        streams.append(writing.take(tokens[-1]))


@pytest.mark.parametrize("acting", [False, True])
def test_heard_then_say_then_act_then_quiet_or_speak(acting: bool) -> None:
    """Streams come in order, each at most once, at most eight words' tokens, and it always ends."""
    chance = np.random.default_rng(0)
    for _ in range(500):
        tokens, streams, writing = written(chance, acting)
        text = [stream for stream in streams if stream != Stream.CONTROL]
        marks = [token for token in tokens if token in (SAY, ACT, END)]
        assert text == sorted(text)
        assert len(text) <= 8
        assert len(marks) == len(set(marks))
        assert len(streams) <= 8 + MARKS
        assert set(text) <= ({Stream.ACT} if acting else {Stream.HEARD, Stream.SAY, Stream.ACT})
        assert writing.acting == ((acting or ACT in marks) and END not in marks)


def test_nothing_is_written_after_an_act_has_ended() -> None:
    """After the end of an act only quiet or speak may come."""
    chance = np.random.default_rng(1)
    tried = [written(chance, True)[0] for _ in range(300)]
    ended = [tokens for tokens in tried if END in tokens]
    assert len(ended) > 50
    assert all(tokens[tokens.index(END) + 1] in (QUIET, SPEAK) for tokens in ended)


def test_an_act_ends_only_where_one_began() -> None:
    """Without an open act, its end cannot be written, however much it is wished for."""
    wishes = np.zeros(400, np.float32)
    wishes[END] = 9.0
    assert Writing(8, acting=False).choose(wishes) != END
    assert Writing(8, acting=True).choose(wishes) == END


def test_the_likeliest_allowed_token_is_taken() -> None:
    """The runtime never prefers: what the grammar allows and the model likes best is written."""
    wishes = np.zeros(400, np.float32)
    wishes[[WORD, SPEAK]] = 2.0, 1.0
    writing = Writing(2, acting=False)
    for _ in range(2):
        assert writing.choose(wishes) == WORD
        assert writing.take(WORD) == Stream.HEARD
    assert writing.choose(wishes) == SPEAK


def test_only_what_the_budget_cut_waits() -> None:
    """Heard words are whole once something is said; what is cut is the stream being written."""
    writing = Writing(2, acting=False)
    writing.take(WORD)
    assert not writing.cut(Stream.HEARD)
    writing.take(SAY)
    writing.take(WORD)
    assert not writing.cut(Stream.HEARD)
    assert writing.cut(Stream.SAY)
