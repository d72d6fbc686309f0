"""What is kept beyond the window: lines of the model's own, read again on a cadence of tokens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from engine.microturn import TURN_SAMPLES, Act, InputTurn, OutputTurn
from engine.model.config import ModelConfig, Stream
from engine.model.tokenizer import ACT, END, QUIET, SAY
from engine.runtime.backend import Listen, State
from engine.runtime.looking import MOST_PATCHES
from engine.runtime.memory import (
    EVERY_TOKENS,
    FORGET,
    HEARD_TOKENS,
    LINES_TOKENS,
    NOTES,
    REMEMBER,
    SAID_TOKENS,
    Memory,
)
from engine.runtime.session import ModelSession
from engine.server.inbox import Arrivals, Words
from engine.server.unit import Aborted, Stepper
from tests import untrained
from tests.test_training_sequence import Mute

pytestmark = pytest.mark.timeout(60)
CONFIG = ModelConfig(vocabulary=400, text_out=60)
TOKENIZER = untrained.tokenizer()
SILENCE = np.zeros(TURN_SAMPLES, np.float32)
MOST = 64
LINE = "add two"
Script = dict[int, tuple[int, ...]]


@dataclass
class Sequence:
    """A cache that keeps the sequence itself: (micro-turn, token, stream) of each place."""

    tokens: tuple[tuple[int, int, int], ...] = ()
    chosen: int = 0  # output tokens of this micro-turn

    @property
    def count(self) -> int:
        return len(self.tokens)

    def roll_back(self, count: int) -> None:
        self.tokens = self.tokens[:count]

    def copy(self) -> Sequence:
        return replace(self)


class Broken(Exception):
    """Injected."""


@dataclass
class Scripted:
    """A backend that writes what its script says on each micro-turn, and is quiet otherwise.

    breaks: micro-turns on which it fails once, with all of their text written.
    """

    script: Script
    breaks: set[int] = field(default_factory=set)
    config: ModelConfig = CONFIG
    name: str = "scripted"

    def cache(self) -> Sequence:
        return Sequence()

    def listen(self, cache: Sequence, turn: int, step: Listen) -> State:
        cache.chosen = 0
        if step.pending is not None:
            cache.tokens += ((turn - 1, *step.pending),)
        cache.tokens += ((turn, 0, int(Stream.AUDIO)),) * self.config.audio_tokens
        cache.tokens += tuple((turn, token, stream) for token, stream in step.text)
        return self._state(cache, turn)

    def token(self, cache: Sequence, turn: int, token: int, stream: int) -> State:
        cache.tokens += ((turn, token, stream),)
        cache.chosen += 1
        if turn in self.breaks and cache.chosen == len(self.script[turn]):
            self.breaks.remove(turn)
            raise Broken
        return self._state(cache, turn)

    def _state(self, cache: Sequence, turn: int) -> State:
        logits = np.zeros(self.config.vocabulary, np.float32)
        logits[(*self.script.get(turn, ()), QUIET)[cache.chosen]] = 1.0
        return State(np.zeros(1, np.float32), logits)


def session(script: Script, *breaks: int) -> ModelSession:
    return ModelSession(Scripted(script, set(breaks)), TOKENIZER, Mute())  # type: ignore[arg-type]


def tokens(text: str) -> tuple[int, ...]:
    return tuple(TOKENIZER.encode(text))


def act(text: str) -> tuple[int, ...]:
    return (ACT, *tokens(text), END)


def lived(one: ModelSession, turns: int, typed: dict[int, str] | None = None) -> list[OutputTurn]:
    texts, first = typed or {}, one.state.turn
    indices = range(first, first + turns)
    return [one.step(InputTurn(at, SILENCE, text=texts.get(at, ""))) for at in indices]


def read(one: ModelSession) -> dict[int, tuple[int, ...]]:
    """Micro-turn -> the tokens of memory that were read on it."""
    found: dict[int, tuple[int, ...]] = {}
    for turn, token, stream in one.state.cache.tokens:
        if stream == Stream.MEMORY:
            found[turn] = (*found.get(turn, ()), token)
    return found


def test_lines_are_kept_until_they_are_struck_out() -> None:
    """A line that is kept again becomes the newest; forgetting takes that line alone; other acts
    and an empty line change nothing."""
    memory = Memory()
    for name, line in ((REMEMBER, "add"), (REMEMBER, "say two"), (REMEMBER, "add"), (REMEMBER, ""),
                       ("timer", "say"), (FORGET, "say")):  # fmt: skip
        memory = memory.after_act(name, tokens(line))
    assert memory.lines == (tokens("say two"), tokens("add"))
    assert memory.after_act(FORGET, tokens("say two")).lines == (tokens("add"),)


def test_where_room_is_short_the_oldest_line_goes() -> None:
    """All lines with their ends stay within their room, and those that stay are the newest."""
    memory, lines = Memory(), [tokens(f"say {'two ' * (n % 5)}{n}") for n in range(20)]
    for count, line in enumerate(lines, 1):
        memory = memory.after_act(REMEMBER, line)
        assert sum(len(one) + 1 for one in memory.lines) <= LINES_TOKENS
        assert memory.lines == tuple(lines[count - len(memory.lines) : count])
    assert 1 < len(memory.lines) < len(lines)


@pytest.mark.parametrize("seed", range(20))
def test_it_is_never_more_than_64_tokens(seed: int) -> None:
    """Whatever is remembered, heard and said, reading it takes at most 64 tokens."""
    chance, memory = np.random.default_rng(seed), Memory()
    for _ in range(200):
        some = [tuple(chance.integers(5, 400, chance.integers(0, 50))) for _ in range(3)]
        memory = memory.with_words(some[0], some[1])
        memory = memory.after_act((REMEMBER, FORGET)[chance.integers(2)], some[2])
        assert len(memory.tokens()) <= MOST
    assert len(memory.heard) == HEARD_TOKENS
    assert len(memory.said) == SAID_TOKENS


def test_the_last_words_of_both_sides_are_read_with_the_lines() -> None:
    """Lines first, then what was heard, then a mark and what was said: the newest of each."""
    script = {1: (*tokens("say beep"), SAY, *tokens("beep"), *act(f"{REMEMBER} {LINE}"))}
    one = session(script)
    outs = lived(one, 200)
    assert outs[1].acts == (Act(REMEMBER, {"text": LINE}),)
    wanted = (*tokens(LINE), END, *tokens("say beep"), SAY, *tokens("beep"))
    assert list(read(one).values()) == [wanted]


def test_it_is_read_again_every_so_many_tokens() -> None:
    """Between two readings lie as many tokens as the cadence says, up to one micro-turn's; with
    nothing in mind nothing is read."""
    one, empty = session({0: act(f"{REMEMBER} {LINE}")}), session({})
    for quiet in (one, empty):
        lived(quiet, 600)
    places = [n for n, (_, _, stream) in enumerate(one.state.cache.tokens)
              if stream == Stream.MEMORY]  # fmt: skip
    begun = [n for n in places if n - 1 not in places]
    assert len(begun) == 3
    assert all(0 <= gap - EVERY_TOKENS < 8 for gap in np.diff([0, *begun]))
    assert read(empty) == {}


def test_what_is_forgotten_is_not_read_again() -> None:
    """A line that was struck out before the next reading is in none that follows."""
    script = {0: act(f"{REMEMBER} {LINE}"), 200: act(f"{FORGET} {LINE}")}
    one = session(script)
    lived(one, 400)
    assert list(read(one).values()) == [(*tokens(LINE), END)]


@pytest.mark.parametrize("name", NOTES)
def test_notes_are_nobody_elses(name: str) -> None:
    """What the model counts for itself is in its own sequence and in no output, nor is it kept."""
    one = session({0: act(f"{name} two"), 1: act(f"{REMEMBER} {LINE}"), 2: act(f"{name} two")})
    outs = lived(one, 5)
    assert [act.name for out in outs for act in out.acts] == [REMEMBER]
    assert one.state.memory.lines == (tokens(LINE),)
    written = [token for _, token, stream in one.state.cache.tokens if stream == Stream.ACT]
    noted = [*tokens(f"{name} two")]
    assert written == [*noted, *tokens(f"{REMEMBER} {LINE}"), *noted]


def test_typed_text_is_neither_kept_nor_counted() -> None:
    """What the user types is no word of either side here, and memory that waits to be read is no
    text of the user's that still waits."""
    long = " ".join(["add"] * 18)
    one = session({0: act(f"{REMEMBER} {long}")})
    due = next(iter(_reading(one)))
    assert one.state.memory.heard == one.state.memory.said == ()
    typed = " ".join(["two"] * (CONFIG.text_in - 1))
    one = session({0: act(f"{REMEMBER} {long}")})
    outs = lived(one, due)
    out = lived(one, 1, {due: typed})[0]
    rest = len(tokens(typed)) + len((*tokens(long), END)) - CONFIG.text_in
    assert rest > 0
    assert len(one.state.waiting) == rest
    assert out.waiting_text == 0
    assert not any(earlier.waiting_text for earlier in outs)


def _reading(one: ModelSession) -> dict[int, tuple[int, ...]]:
    lived(one, 200)
    return read(one)


def test_a_micro_turn_that_fails_remembers_nothing() -> None:
    """Failing after the act was written leaves memory as it was; tried again, it is kept once."""
    one, clean = session({3: act(f"{REMEMBER} {LINE}")}, 3), session({3: act(f"{REMEMBER} {LINE}")})
    lived(one, 3)
    before = one.state.memory
    with pytest.raises(Broken):
        lived(one, 1)
    assert one.state.memory == before == Memory()
    lived(one, 200)
    lived(clean, 203)
    assert one.state.memory == clean.state.memory
    assert one.state.memory.lines == (tokens(LINE),)
    assert read(one) == read(clean) != {}


def test_a_snapshot_holds_what_is_in_mind() -> None:
    """Restored into another session, the line is read on the same micro-turn as without."""
    script = {0: act(f"{REMEMBER} {LINE}")}
    one, other = session(script), session(script)
    lived(one, 50)
    kept = one.snapshot()
    lived(one, 150)
    assert list(read(one).values()) == [(*tokens(LINE), END)]
    other.restore(kept)
    lived(other, 150)
    assert read(other) == read(one)
    assert kept.memory.lines == (tokens(LINE),)
    assert kept.memory.read == 0


def test_a_served_session_keeps_it_through_failures() -> None:
    """The server restores its last snapshot and repeats what followed: a line that was kept before
    or since is still there, and is read when it would have been."""
    script = {2: act(f"{REMEMBER} {LINE}"), 30: act(f"{REMEMBER} say"), 40: act("timer two")}
    one, clean = session(script, 40), session(script)
    stepper = Stepper(one)
    for at in range(200):
        arrivals = Arrivals(SILENCE, typed=Words("text", "add") if at == 35 else None)
        if at == 40:
            with pytest.raises(Aborted):
                stepper.advance(arrivals)
        stepper.advance(arrivals)
    lived(clean, 200, {35: "add"})
    assert read(one) == read(clean)
    assert list(read(one).values()) == [(*tokens(LINE), END, *tokens("say"), END)]


def test_a_line_longer_than_the_room_loses_its_end_and_nothing_else_is_read() -> None:
    """It can be struck out by the words it was written with, like any other."""
    long = tuple(range(100, 100 + 2 * LINES_TOKENS))
    memory = Memory().after_act(REMEMBER, (7, 8)).after_act(REMEMBER, long)
    assert memory.lines == (long[: LINES_TOKENS - 1],)
    assert len(memory.tokens()) == LINES_TOKENS
    assert memory.after_act(FORGET, long).lines == ()


def test_what_was_read_last_is_in_sight_until_it_is_read_again() -> None:
    """With the window that ships, and between two readings a micro-turn of most pictures."""
    config = ModelConfig()
    read = LINES_TOKENS + HEARD_TOKENS + 1 + SAID_TOKENS
    turn = config.audio_tokens + MOST_PATCHES + config.text_out + config.voice_tokens + 4
    assert EVERY_TOKENS + read + turn <= config.window
