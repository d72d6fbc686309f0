"""Laws of the runtime for GPUs, on the processor: the events of the ONNX path, alone or among many.

On a processor its steps run one by one; on a GPU they are recorded and played. The code is the
same but for that, and these tests run there as they are.
"""

from __future__ import annotations

import asyncio
import pickle
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="the GPU's runtime is written in torch")

import torch
from torch.fx.experimental.proxy_tensor import make_fx

from engine.microturn import InputTurn, OutputTurn
from engine.model.config import ModelConfig
from engine.model.tokenizer import QUIET, SPEAK
from engine.runtime.computing import ComputeError, Computing, asked
from engine.runtime.onnx_backend import PROVIDERS, OnnxBackend, providers
from engine.runtime.session import ModelSession
from engine.runtime.torch_batched import BatchedBackend, from_checkpoint
from engine.runtime.torch_grammar import RESTS, SPEAKS, Grammar
from engine.runtime.torch_pool import NoSlot
from engine.runtime.voice import VoiceMaker
from engine.runtime.writing import Writing
from tests import untrained
from tests.test_runtime_agreement import Compared
from tests.test_runtime_session import words

pytestmark = pytest.mark.timeout(300)
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
TURNS = 24
CASES = pytest.mark.parametrize(
    ("config", "seed"),
    [(untrained.SMALL, untrained.LIVELY), (untrained.EXPERTS, 5)],
    ids=["dense", "experts"],
)


@lru_cache
def made(config: ModelConfig = untrained.SMALL, seed: int = untrained.LIVELY) -> Any:
    return untrained.checkpoint(config, seed)


def plain(checkpoint: Any = None, slots: int = 4, precision: str = "fp32") -> BatchedBackend:
    computing = Computing("torch", precision, DEVICE, slots, kernels=False)
    return from_checkpoint(checkpoint or made(), computing)


@lru_cache
def voice() -> VoiceMaker:
    return VoiceMaker(made().weights)


def session(backend: Any, seed: int = 0) -> ModelSession:
    return ModelSession(backend, made().tokenizer, voice(), seed)


@lru_cache
def tape(seed: int = 5) -> list[InputTurn]:
    return untrained.everything(TURNS, seed)


def lived(one: ModelSession, turns: Sequence[InputTurn]) -> list[OutputTurn]:
    return [one.step(turn) for turn in turns]


def alike(one: np.ndarray | None, other: np.ndarray | None) -> bool:
    """Shares of voice: both there or neither, and the same within rounding."""
    if one is None or other is None:
        return one is other
    return bool(np.abs(one - other).max() < 1e-3)


@CASES
def test_logits_and_voice_are_those_of_the_onnx_path(config: ModelConfig, seed: int) -> None:
    """Step by step, the same choices but for ties, numbers within 1e-3, while the ring goes
    round several times."""
    checkpoint = made(config, seed)
    compared = Compared(OnnxBackend(checkpoint), plain(checkpoint))
    lived(ModelSession(compared, checkpoint.tokenizer, voice()), tape())
    assert max(compared.apart) < 1e-3
    assert compared.choices > 2 * TURNS


@CASES
def test_whole_micro_turns_give_the_same_events(config: ModelConfig, seed: int) -> None:
    """What the device chose by itself is what the host would have chosen, token for token."""
    checkpoint = made(config, seed)
    theirs, ours = session(OnnxBackend(checkpoint)), session(plain(checkpoint))
    for turn in tape():
        assert words([theirs.step(turn)]) == words([ours.step(turn)])
        assert alike(theirs.state.pending_voice, ours.state.pending_voice)
        assert theirs.state.written == ours.state.written
    assert ours.state.generation > 1


@pytest.mark.parametrize("seed", range(3))
def test_the_devices_grammar_is_the_hosts(seed: int) -> None:
    """Whatever the logits, whatever is open, many rows at once: the same tokens under the same
    streams, and the same end."""
    chance, rows = np.random.default_rng(seed), 64
    grammar = Grammar(untrained.SMALL, rows, torch.device(DEVICE))
    at = torch.arange(rows).to(DEVICE)
    acting = torch.from_numpy(chance.integers(0, 2, rows)).to(DEVICE)
    hosts = [Writing(untrained.SMALL.text_out, bool(one)) for one in acting.tolist()]
    grammar.begin(at, acting)
    tokens: list[list[int]] = [[] for _ in range(rows)]
    done = [False] * rows
    while not all(done):
        logits = chance.normal(size=(rows + 1, untrained.SMALL.vocabulary)).astype(np.float32)
        logits[:, :5] += chance.normal(size=(rows + 1, 5)) * 3 + 2
        grammar.choose(at, torch.from_numpy(logits[:rows]).to(DEVICE))
        under = grammar.written.under.tolist()
        for row, host in enumerate(hosts):
            if not done[row]:
                tokens[row].append(host.choose(logits[row]))
                assert int(grammar.written.token[row]) == tokens[row][-1]
                done[row] = tokens[row][-1] in (QUIET, SPEAK)
                assert done[row] or host.take(tokens[row][-1]) == under[row]
    grammar.choose(at, torch.zeros(rows, untrained.SMALL.vocabulary).to(DEVICE))
    written = grammar.written
    for row, wanted in enumerate(tokens):
        if wanted[-1] == SPEAK:
            assert written.tokens[row, : len(wanted)].tolist() == wanted
            assert written.phase[row] == SPEAKS or written.phase[row] == RESTS
    assert {len(one) for one in tokens} > {1}


def together(
    backend: BatchedBackend, sessions: Sequence[ModelSession], turns: Sequence[InputTurn]
) -> list[OutputTurn]:
    """All of them in one batch: the device is kept busy until everybody waits for it."""
    outs: dict[int, OutputTurn] = {}

    def step(index: int) -> None:
        outs[index] = sessions[index].step(turns[index])

    threads = [threading.Thread(target=step, args=(i,)) for i in range(len(sessions))]
    with backend._lock:
        for thread in threads:
            thread.start()
        while len(backend._due) < len(sessions):
            threading.Event().wait(0.001)
    for thread in threads:
        thread.join()
    return [outs[index] for index in range(len(sessions))]


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the batches that were computed."""
    from engine.runtime.torch_turns import Turns

    sizes: list[int] = []
    inner = Turns.advance

    def noted(self: Turns, given: Any) -> Any:
        sizes.append(len(given))
        return inner(self, given)

    monkeypatch.setattr(Turns, "advance", noted)
    return sizes


def test_a_session_among_others_is_a_session_alone(batches: list[int]) -> None:
    """Sessions of different people in one batch, which come and go meanwhile, hear, write, act and
    speak as each does by itself."""
    backend = plain()
    alone = {seed: lived(session(plain(), seed), tape(seed)[:20]) for seed in range(3)}
    lives: dict[int, tuple[int, int]] = {0: (0, 20), 1: (4, 20), 2: (7, 15)}  # from, to
    open_, heard = {}, {seed: [] for seed in lives}  # type: ignore[var-annotated]
    for now in range(20):
        open_ |= {seed: session(backend, seed) for seed, life in lives.items() if life[0] == now}
        open_ = {seed: one for seed, one in open_.items() if now < lives[seed][1]}
        due = list(open_)
        turns = [tape(seed)[now - lives[seed][0]] for seed in due]
        outs = together(backend, [open_[seed] for seed in due], turns)
        for seed, out in zip(due, outs, strict=True):
            heard[seed].append(out)
    for seed, outs in heard.items():
        assert words(outs) == words(alone[seed][: len(outs)])
    assert batches[-20:] == [1] * 4 + [2] * 3 + [3] * 8 + [2] * 5


def test_who_is_due_while_the_device_is_busy_is_computed_at_once() -> None:
    """Many threads, no order: every session's events are its own."""
    backend = plain(slots=6)
    wanted = [words(lived(session(backend, seed), tape(seed)[:12])) for seed in range(6)]
    outs: dict[int, list[OutputTurn]] = {}

    def live(seed: int) -> None:
        outs[seed] = lived(session(backend, seed), tape(seed)[:12])

    threads = [threading.Thread(target=live, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [words(outs[seed]) for seed in range(6)] == wanted


def test_a_snapshot_is_a_value_in_either_runtime() -> None:
    """Kept, put into a file and taken up again, by this runtime or by ONNX's, in a slot of its own:
    it goes on as the session did; and living on does not change what was kept."""
    backend = plain()
    one = session(backend, 3)
    lived(one, tape()[:12])
    kept = pickle.dumps(one.snapshot())
    first = words(lived(one, tape()[12:]))
    one.restore(pickle.loads(kept))
    assert words(lived(one, tape()[12:])) == first
    for other in (session(backend, 3), session(OnnxBackend(made()), 3)):
        other.restore(pickle.loads(kept))
        assert words(lived(other, tape()[12:])) == first
    from_onnx = session(OnnxBackend(made()), 3)
    lived(from_onnx, tape()[:12])
    one.restore(from_onnx.snapshot())
    assert words(lived(one, tape()[12:])) == first


class Traced:
    """Records as a CUDA graph does, on the processor: every operation once, on the tensors as they
    lie, and plays those again without the code that made them."""

    records = True

    def __init__(self) -> None:
        self.graphs: dict[Any, Any] = {}

    def lacks(self, key: Any) -> bool:
        return key not in self.graphs

    def record(self, key: Any, step: Any) -> None:
        def traced() -> torch.Tensor:
            step()
            return torch.zeros(())

        self.graphs[key] = make_fx(traced)()

    def run(self, key: Any, _step: Any) -> None:
        self.graphs[key]()


def test_steps_can_be_recorded_once_and_played_again() -> None:
    """Nothing in a step is decided or read by the host: played from a recording that was made with
    nobody in it, session after session, it gives the events of the code itself."""
    backend, wanted = plain(), words(lived(session(plain(), 3), tape()[:8]))
    backend.turns.recorder = Traced()  # type: ignore[assignment]
    assert words(lived(session(backend, 3), tape()[:8])) == wanted
    assert words(lived(session(backend, 3), tape()[:8])) == wanted
    kinds = {kind for kind, size in backend.turns.recorder.graphs}  # type: ignore[attr-defined]
    assert kinds == {"hear", "read", "look", "write", "flow", "voice"}


class Fault(Exception):
    """Injected."""


def test_a_step_that_fails_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever in a micro-turn the device fails, the session goes on as if that had not been."""
    clean = words(lived(session(plain(), 3), tape()[:12]))
    backend = plain()
    one, run, faults, outs = session(backend, 3), backend.turns.recorder.run, 0, []
    for turn in tape()[:12]:
        for call in range(20):
            calls = iter(range(100))

            def failing(key: Any, step: Any, after: int = call, seen: Any = calls) -> None:
                run(key, step)
                if next(seen) == after:
                    raise Fault

            monkeypatch.setattr(backend.turns.recorder, "run", failing)
            try:
                outs.append(one.step(turn))
                break
            except Fault:
                faults += 1
    assert words(outs) == clean
    assert faults > 2 * 12


def test_what_cannot_be_taken_fails_alone() -> None:
    """More than a micro-turn may hold is refused by its size, before any batch; nothing is lost."""
    backend = plain()
    one, clean = session(backend, 3), words(lived(session(plain(), 3), tape()[:4]))
    outs = lived(one, tape()[:3])
    inner = one._input
    one._input = lambda turn: replace(inner(turn), text=((9, 3),) * 99)  # type: ignore[method-assign]
    with pytest.raises(ValueError, match="99 tokens of text"):
        one.step(tape()[3])
    one._input = inner  # type: ignore[method-assign]
    assert words([*outs, one.step(tape()[3])]) == clean


def test_a_slot_keeps_nothing_of_whom_it_belonged_to() -> None:
    """Once a session is gone its slot is another's, empty; and the events there are, bit for bit,
    those of a slot that nobody had."""
    backend = plain(slots=1)
    before = session(backend, 1)
    lived(before, tape(7)[:12])
    assert backend.pool.keys[:, 0].any()
    with pytest.raises(NoSlot, match="all 1 places"):
        session(backend)
    del before
    later = session(backend, 3)
    assert not backend.pool.keys[:, 0].any()
    assert not backend.pool.values[:, 0].any()
    fresh = session(plain(slots=1), 3)
    for turn in tape()[:12]:
        ours, theirs = later.step(turn), fresh.step(turn)
        assert words([ours]) == words([theirs])
        assert (ours.audio is None) == (theirs.audio is None)
        assert ours.audio is None or np.array_equal(ours.audio, theirs.audio)  # type: ignore[arg-type]


@CASES
@pytest.mark.parametrize(("precision", "smaller", "apart"), [("bf16", 2, 0.03), ("int8", 3, 0.03)])
def test_smaller_weights_compute_nearly_the_same(
    config: ModelConfig, seed: int, precision: str, smaller: float, apart: float
) -> None:
    """In bf16 and in int8 what a step reads is smaller, and its first logits are near those of
    float32; sessions live on it."""
    checkpoint = made(config, seed)
    exact, rough = plain(checkpoint), plain(checkpoint, precision=precision)
    sizes = [
        sum(matrix.bytes for matrix in backend.turns.network._matrices.values())
        for backend in (exact, rough)
    ]
    assert sizes[0] / sizes[1] >= smaller
    first = []
    for backend in (exact, rough):
        one = session(backend)
        first.append(backend.listen(one.state.cache, 0, one._input(tape()[0])).logits)
    assert np.linalg.norm(first[0] - first[1]) < apart * np.linalg.norm(first[0])
    outs = lived(session(rough, 3), tape()[:10])
    assert any(out.speaking for out in outs)
    assert precision in rough.name


def test_what_is_not_to_be_had_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown back end or precision, a device that is not there, a precision that ONNX Runtime
    does not have, torch where there is none: what, where and what now."""
    for wrong, told in (
        (lambda: Computing("fast"), "fast is no back end: one of auto, onnx, torch"),
        (lambda: Computing("torch", "fp12"), "fp12 is no precision: one of auto, fp32, bf16, int8"),
        (lambda: from_checkpoint(made(), Computing("torch", device="cuda:77")), "--device cpu"),
        (lambda: Computing("onnx", "bf16").chosen(), "bf16 needs --backend torch"),
        (lambda: OnnxBackend(made(), "cuda:77"), "it has: cpu"),
    ):
        if "it has" not in told or "CUDAExecutionProvider" not in str(providers("auto")):
            with pytest.raises(ComputeError, match=told):
                wrong()
    monkeypatch.setattr("engine.runtime.computing.find_spec", lambda _: None)
    with pytest.raises(ComputeError, match=r"torch is not installed here.*aside gpu add"):
        Computing("torch").chosen()


def test_who_computes_is_chosen_by_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that torch can use: torch on it. None: ONNX Runtime, on the first provider it has, in
    bytes where that is faster. A precision of torch's: torch. The environment asks of every
    command."""
    for machine, wanted in (("x86_64", True), ("AMD64", True), ("arm64", False)):
        monkeypatch.setattr("platform.machine", lambda found=machine: found)
        asked_nothing = OnnxBackend(made(untrained.WIDE), precision="auto")
        assert asked_nothing.name.endswith("CPU int8") == wanted
        assert OnnxBackend(made(untrained.WIDE)).name.endswith("CPU")
    assert Computing("torch", device="cpu").chosen().precision == "fp32"
    for cards, wanted in ((True, ("torch", "cuda")), (False, ("onnx", "auto"))):
        monkeypatch.setattr("engine.runtime.computing.torch_sees_cuda", lambda found=cards: found)
        chosen = Computing().chosen()
        assert (chosen.backend, chosen.device) == wanted
        assert Computing(device="cpu").chosen().backend == "onnx"
        assert Computing(precision="int8").chosen().backend == wanted[0]
        assert Computing(precision="bf16").chosen().backend == "torch"
        assert Computing("torch").chosen().device == ("cuda" if cards else "cpu")
    assert asked({}) == Computing("onnx")
    given = {"ASIDE_BACKEND": "torch", "ASIDE_PRECISION": "int8", "ASIDE_DEVICE": "cpu"}
    assert asked(given) == Computing("torch", "int8", "cpu")
    monkeypatch.setattr("onnxruntime.get_available_providers", lambda: list(PROVIDERS))
    assert providers("auto") == list(PROVIDERS)
    assert providers("cpu") == ["CPUExecutionProvider"]
    assert providers("cuda:1") == [("CUDAExecutionProvider", {"device_id": "1"})]


def test_the_server_serves_on_torch(tmp_path: Any) -> None:
    """`aside serve --backend torch --precision bf16`, as the app starts it: it talks, and tells in
    its capabilities who computes."""
    for package in ("platformdirs", "websockets"):
        pytest.importorskip(package, reason="what a borrowed GPU's machine may lack")
    from engine.evaluation.bench.served import calling, served

    model = untrained.folder(tmp_path)
    told: list[str] = []

    async def talk() -> int:
        options = ("--backend", "torch", "--precision", "bf16", "--device", DEVICE)
        async with served(model, options=options) as server, calling(server) as caller:
            note = caller._note
            caller._note = lambda event: told.append(getattr(event, "computes", "")) or note(event)  # type: ignore[method-assign,func-returns-value]
            for _ in range(3):
                await caller.ask()
            return caller.done

    assert asyncio.run(talk()) == 3
    assert f"torch {torch.__version__}" in "".join(told)
    assert "bf16" in "".join(told)
