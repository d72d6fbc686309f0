"""Laws of a session, for any weights: explicit state, no trace of what failed, nothing lost."""

from __future__ import annotations

import gc
import os
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import psutil
import pytest

from engine.microturn import InputTurn, OutputTurn, Update
from engine.model.config import Stream
from engine.runtime.loading import LoadedEngine
from engine.runtime.onnx_backend import LARGE_BYTES, OnnxBackend, threads
from engine.runtime.reading import readable
from engine.runtime.session import ModelSession, counter_noise
from engine.runtime.voice import VoiceMaker
from tests import untrained

pytestmark = pytest.mark.timeout(300)
TURNS = 30
CALLS = ("listen", "token", "voice", "draw")


@lru_cache
def engine(kind: str = "onnx") -> LoadedEngine:
    made = untrained.checkpoint()
    if kind == "onnx":
        backend: Any = OnnxBackend(made)
    else:
        from engine.runtime.torch_backend import TorchBackend

        backend = TorchBackend(made)
    return LoadedEngine("small", backend, made.tokenizer, VoiceMaker(made.weights))


@lru_cache
def given() -> list[InputTurn]:
    return untrained.everything(TURNS)


def lived(session: ModelSession, turns: list[InputTurn]) -> list[OutputTurn]:
    return [session.step(turn) for turn in turns]


def words(outs: list[OutputTurn]) -> list[tuple[Any, ...]]:
    """Everything but the sound, comparable."""
    return [tuple(value for name, value in vars(o).items() if name != "audio") for o in outs]


def assert_same(one: list[OutputTurn], other: list[OutputTurn]) -> None:
    """Bit for bit, the sound included."""
    assert words(one) == words(other)
    for a, b in zip(one, other, strict=True):
        assert (a.audio is None) == (b.audio is None)
        assert a.audio is None or b.audio is None or np.array_equal(a.audio, b.audio)


class Fault(Exception):
    """Injected."""


@dataclass
class Failing:
    """A backend that fails on its n-th call, after or before it did its work."""

    backend: Any
    after: int
    late: bool

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.backend, name)
        return self._counted(found) if name in CALLS else found

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            self.after -= 1
            if self.after == -1 and not self.late:
                raise Fault
            result = call(*arguments)
            if self.after == -1:
                raise Fault
            return result

        return counted


def test_the_random_model_does_a_bit_of_everything() -> None:
    """The laws below are not empty: this session hears, says, acts, speaks and waits."""
    outs = lived(engine().session(), given())
    for what in ("heard", "say", "acts", "speaking", "waiting_text"):
        assert any(getattr(out, what) for out in outs), what
    assert any(not out.speaking for out in outs)


def test_the_same_tape_and_seed_give_the_same_events() -> None:
    """Two sessions of one engine on the same input and seed are the same, bit for bit."""
    assert_same(lived(engine().session(4), given()), lived(engine().session(4), given()))


def test_until_it_speaks_a_seed_changes_nothing() -> None:
    """Another seed draws another voice; before the first voice everything is the same."""
    one, other = (lived(engine().session(seed), given()) for seed in (1, 2))
    first = next(out.index for out in one if out.speaking)
    assert words(one[: first + 1]) == words(other[: first + 1])
    assert not np.array_equal(one[first].audio, other[first].audio)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 2**64 + 5, 2**130])
def test_any_whole_number_is_a_seed(seed: int) -> None:
    """Negative and huge seeds open sessions that speak like any other."""
    outs = lived(engine().session(seed), given()[:12])
    assert any(out.speaking for out in outs)


def test_noise_depends_on_its_three_numbers_alone() -> None:
    """Another seed, micro-turn or position draws other noise; the same draws the same."""
    keys = [(s, t, p) for s in (0, 1) for t in (0, 7, 54_000) for p in (0, 1)]
    drawn = [counter_noise(*key, 400) for key in keys]
    assert np.array_equal(drawn, [counter_noise(*key, 400) for key in reversed(keys)][::-1])
    assert np.abs(np.corrcoef(drawn) - np.eye(len(keys))).max() < 0.2


@pytest.mark.parametrize("kind", ["onnx", "torch"])
@pytest.mark.parametrize("at", [0, 17])
def test_a_snapshot_is_the_whole_session(kind: str, at: int) -> None:
    """Restored at micro-turn k, in the same session or another, it goes on bit for bit as before;
    and living on does not change what was kept."""
    session = engine(kind).session(3)
    lived(session, given()[:at])
    kept = session.snapshot()
    first = lived(session, given()[at:])
    session.restore(kept)
    assert_same(lived(session, given()[at:]), first)
    other = engine(kind).session(3)
    other.restore(kept)
    assert_same(lived(other, given()[at:]), first)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["onnx", "torch"])
def test_a_step_that_fails_leaves_no_trace(kind: str, late: bool) -> None:
    """Wherever in a micro-turn the backend fails, the session goes on as if that had not been."""
    turns = given()[:16]
    clean = lived(engine(kind).session(3), turns)
    session = engine(kind).session(3)
    sound, outs, faults = session.backend, [], 0
    for turn in turns:
        for call in range(16):
            session.backend = Failing(sound, call, late)  # type: ignore[assignment]
            try:
                outs.append(session.step(turn))
                break
            except Fault:
                faults += 1
    assert_same(outs, clean)
    assert faults > 3 * len(turns)


def test_a_bad_frame_is_refused_and_the_session_goes_on() -> None:
    """A frame that is no picture fails its micro-turn; the same micro-turn can be given again."""
    session, clean = engine().session(), lived(engine().session(), given())
    outs = []
    for turn in given():
        camera = replace(turn.camera, pixels=np.zeros((4, 4), np.uint8)) if turn.camera else None
        if camera is not None:
            with pytest.raises(ValueError, match="no RGB picture"):
                session.step(replace(turn, camera=camera))
        outs.append(session.step(turn))
    assert_same(outs, clean)


@pytest.mark.parametrize("index", [0, 2, 5])
def test_micro_turns_come_in_order(index: int) -> None:
    """A micro-turn that is not the next one is refused by number, and changes nothing."""
    session = engine().session()
    session.step(given()[0])
    with pytest.raises(ValueError, match=f"{index} came where 1 was due"):
        session.step(replace(given()[1], index=index))
    assert session.state.turn == 1


def test_typed_text_waits_visibly_and_whole() -> None:
    """Of a long message 32 tokens enter per micro-turn; how many wait is told; none is lost."""
    session, entered = engine().session(), []
    text = " ".join(untrained.WORDS * 12)
    tokens = session.tokenizer.encode(readable(text))
    inner = session.backend.listen
    session.backend = Noting(session.backend, entered)  # type: ignore[assignment]
    quiet = [replace(turn, text="", updates=()) for turn in given()]
    outs = lived(session, [replace(quiet[0], text=text), *quiet[1:20]])
    assert [len(step.text) for step in entered[:2]] == [32, 32]
    typed = [token for step in entered for token, stream in step.text if stream == Stream.TEXT]
    assert typed == tokens
    left = [max(0, len(tokens) - 32 * (out.index + 1)) for out in outs]
    assert [out.waiting_text for out in outs] == left
    assert left[0] > 0 == left[-1]
    assert session.backend.listen != inner


@dataclass
class Noting:
    """A backend that keeps the input of every micro-turn."""

    backend: Any
    entered: list[Any]

    def listen(self, cache: Any, turn: int, step: Any) -> Any:
        self.entered.append(step)
        return self.backend.listen(cache, turn, step)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.backend, name)


def test_updates_enter_under_their_own_streams() -> None:
    """Typed text, silent context and what may be spoken are three streams, in this order."""
    session, entered = engine().session(), []
    session.backend = Noting(session.backend, entered)  # type: ignore[assignment]
    told = (Update("thinking", "four"), Update("commentary", "seven"))
    session.step(replace(given()[0], text="say", updates=told))
    streams = [stream for _, stream in entered[0].text]
    assert list(dict.fromkeys(streams)) == [Stream.TEXT, Stream.THINKING, Stream.COMMENTARY]
    assert streams == sorted(streams)


@pytest.mark.parametrize("text", ["\x00\ud83d\ude00 ✓", "<quiet><speak>", "ß" * 500, " \n\t "])
def test_any_text_can_be_typed(text: str) -> None:
    """Strange letters, and words that look like control tokens, are read as text."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16")
    session, entered = engine().session(), []
    session.backend = Noting(session.backend, entered)  # type: ignore[assignment]
    lived(session, [replace(given()[0], text=text), *given()[1:3]])
    assert all(token > 4 for step in entered for token, _ in step.text)


def test_a_session_does_not_grow() -> None:
    """The size of a session's state is the same after one micro-turn and after hundreds, and
    nothing that Python knows of stays of a micro-turn."""
    session = engine().session()
    session.step(given()[0])
    first = size(session)
    turns = [replace(given()[i % TURNS], index=i) for i in range(1, 300)]
    tracemalloc.start()
    try:
        lived(session, turns[:150])
        gc.collect()
        known, memory = tracemalloc.get_traced_memory()[0], psutil.Process().memory_info().rss
        lived(session, turns[150:])
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - known
    finally:
        tracemalloc.stop()
    assert size(session) == first
    assert grown < 150 * 2000, "not even a hundredth of a micro-turn's sound and pictures, each"
    assert psutil.Process().memory_info().rss - memory < 32 * 2**20


def size(session: ModelSession) -> int:
    """Bytes of the ring."""
    ring = session.state.cache
    return int(ring.keys.nbytes + ring.values.nbytes)


def test_a_small_model_takes_a_second_thread_to_look_alone() -> None:
    """Steps of a few tokens are done little sooner by two; a large model's are."""
    backend: Any = engine().backend
    used = {
        kind: session.get_session_options().intra_op_num_threads
        for kind, session in backend._sessions.items()
    }
    here = min(2, len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else 2
    assert threads("look", 0) == here
    assert used == {kind: here if kind == "look" else 1 for kind in used}
    assert set(used) > {"look", "listen", "token"}
    assert threads("token", LARGE_BYTES) == here


def test_a_model_that_never_saw_is_shown_nothing() -> None:
    """Pictures from a source that the weights were not trained on change nothing at all."""
    session, whole = engine().session(), engine().session()
    session.config = replace(session.config, sees="")
    unseen = [replace(turn, camera=None, screen=None) for turn in given()]
    assert_same(lived(session, given()), lived(whole, unseen))
